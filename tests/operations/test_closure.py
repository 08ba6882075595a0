"""Closing a project, its bundle, and opening it again."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pmo_desktop.figures.closure import read_closure
from pmo_desktop.operations.closure import archive_project, close_project, reopen_project
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import keep_blob
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_resource, a_row, an_allocation, state_hash
from tests.operations.gatestage import DAY, Stage, change, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def entries(stage: Stage) -> dict[str, str]:
    """One open entry of each kind that is handed over."""
    own = {"project": stage.project, "custom": {}}
    return {
        "action": a_row(stage.store, "action", description="Ring", status="Not started", **own),
        "risk": a_row(stage.store, "risk", title="Rain", status="Open", **own),
        "issue": a_row(stage.store, "issue", title="Wet", status="Open", **own),
        "benefit": a_row(stage.store, "benefit", title="Time", **own),
        "deliverable": stage.thing,
    }


def test_closing_hands_over_releases_and_finishes_as_one_step(stage: Stage) -> None:
    store, mia = stage.store, stage.people["mia"]
    open_ones = entries(stage)
    who = a_resource(store, custom={})
    running = an_allocation(store, who, stage.project, period_start=date(2026, 11, 9), custom={})
    ahead = an_allocation(store, who, stage.project, status="Requested", custom={})
    before = state_hash(store)
    close_project(store, stage.project, DAY, dict.fromkeys(open_ones.values(), mia), reason="All done.")
    row = stage.row("project", stage.project)
    assert (row["lifecycle_status"], row["finish_actual"]) == ("Closed", DAY)
    owners = [stage.row(entity, identity)["owner"] for entity, identity in list(open_ones.items())[:3]]
    assert owners == [mia] * 3
    assert [stage.row(each, open_ones[each])["handover_owner"] for each in ("benefit", "deliverable")] == [mia] * 2
    kept = stage.row("allocation", running)
    assert (kept["period_start"], kept["period_end"], kept["quantity"]) == (date(2026, 11, 9), DAY, 50.0)
    assert read_row(store, "allocation", ahead) is None
    closure = read_closure(store, stage.project)
    assert {closure.line(code).state for code in ("actions", "risks", "issues", "bookings", "benefits")} == {"OK"}
    assert (latest_batches(store, 1)[0].what, latest_batches(store, 1)[0].why) == ("Close HW-101", "All done.")
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("who", "row", "words"),
    [("priya", "action", "does not stay"), ("mia", "elsewhere", "is not open in the project")],
)
def test_a_handover_that_cannot_be_leaves_everything_as_it_was(stage: Stage, who: str, row: str, words: str) -> None:
    open_ones = entries(stage) | {"elsewhere": a_row(stage.store, "action", description="Other", custom={})}
    before = state_hash(stage.store)
    with pytest.raises(Known, match=words):
        close_project(stage.store, stage.project, DAY, {open_ones[row]: stage.people[who]})
    assert state_hash(stage.store) == before


def test_under_directive_authority_open_actions_are_handed_over_first(store: Store) -> None:
    stage = make_stage(store, Mode.DIRECTIVE)
    action = entries(stage)["action"]
    with pytest.raises(Ruled, match="cannot close before its open actions are handed over"):
        close_project(store, stage.project, DAY)
    close_project(store, stage.project, DAY, {action: stage.people["mia"]})
    assert not stage.overrides()


def test_a_project_ends_once_and_keeps_the_day_it_finished(stage: Stage) -> None:
    change(stage, "project", stage.project, finish_actual=date(2026, 11, 1))
    close_project(stage.store, stage.project, DAY)
    assert stage.row("project", stage.project)["finish_actual"] == date(2026, 11, 1)
    with pytest.raises(Known, match="HW-101 is closed"):
        close_project(stage.store, stage.project, DAY)
    with pytest.raises(Known, match="has been deleted"):
        close_project(stage.store, "gone", DAY)


def test_a_project_is_reopened_with_a_reason(stage: Stage) -> None:
    with pytest.raises(Known, match="has not ended"):
        reopen_project(stage.store, stage.project, "Why not.")
    close_project(stage.store, stage.project, DAY)
    with pytest.raises(Known, match="needs a reason"):
        reopen_project(stage.store, stage.project, "  ")
    reopen_project(stage.store, stage.project, " More to do. ")
    row = stage.row("project", stage.project)
    assert (row["lifecycle_status"], row["finish_actual"]) == ("Active", None)
    assert latest_batches(stage.store, 1)[0].why == "More to do."


def attach(stage: Stage, name: str, content: bytes | None) -> None:
    key = None
    if content is not None:
        with batch(stage.store, "Keep", keep_empty=True) as work:
            key = keep_blob(work.connection, content)
    a_row(stage.store, "attachment", register="deliverable", row=stage.brief, name=name, blob=key)


def test_the_bundle_holds_the_rows_the_attachments_and_an_account(stage: Stage, tmp_path: Path) -> None:
    risk = entries(stage)["risk"]
    a_row(stage.store, "mitigation", risk=risk, description="Umbrella", custom={})
    for name in ("../../brief.docx", "BRIEF.docx", "a:b.txt"):
        attach(stage, name, name.encode())
    attach(stage, "Only a link", None)
    out = tmp_path / "bundle.zip"
    made = archive_project(stage.store, stage.project, out)
    with zipfile.ZipFile(out) as bundle:
        assert tuple(bundle.namelist()) == made.names
        account = bundle.read("README.txt").decode()
        contents = {name: bundle.read(name) for name in made.names if name.startswith("attachments/")}
        book = openpyxl.load_workbook(bundle.open("project.xlsx"))
    assert all(name.count("/") == 1 and ".." not in name for name in contents)
    assert sorted(contents.values()) == [b"../../brief.docx", b"BRIEF.docx", b"a:b.txt"]
    assert len({name.casefold() for name in contents}) == 3
    assert made.names[:3] == ("README.txt", "project.xlsx", "end-project report.pdf")
    assert account.startswith("HW-101  Billing\r\nState on 13 November 2026")
    assert "Not OK      Lessons logged: 0 lessons logged" in account
    sheets = {
        "Projects",
        "Phases",
        "Deliverables",
        "Gate reviews",
        "Milestones",
        "Risks",
        "Issues",
        "Actions",
        "Benefits",
    }
    assert sheets <= set(book.sheetnames)
    assert len(read_rows(stage.store, "deliverable")) == 2


def test_equal_names_get_a_number_and_a_bundle_of_what_is_gone_is_refused(stage: Stage, tmp_path: Path) -> None:
    attach(stage, "note.txt", b"one")
    attach(stage, "Note.txt", b"two")
    attach(stage, "note.TXT", b"three")
    made = archive_project(stage.store, stage.project, tmp_path / "bundle.zip")
    assert made.names[3:] == ("attachments/note.txt", "attachments/Note (2).txt", "attachments/note (3).TXT")
    a_row(stage.store, "attachment", register="project", row=stage.project, name="lost.txt", blob="00")
    with pytest.raises(Known, match="not in the portfolio any more"):
        archive_project(stage.store, stage.project, tmp_path / "other.zip")
    assert not (tmp_path / "other.zip").exists()
    with pytest.raises(Known, match="has been deleted"):
        archive_project(stage.store, "gone", tmp_path / "other.zip")
