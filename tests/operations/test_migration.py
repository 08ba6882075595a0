"""Live projects move to another version of their methodology as the preview says, and back by undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.migration import (
    Answered,
    Appearing,
    Leaving,
    ProjectMigration,
    Renaming,
    preview_migration,
)
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methods import install_method
from pmo_desktop.operations.migration import migrate_projects
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.rules.method import Criterion, Gate, MethodPhase
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_person, a_project, a_row, change_row, remove_row, state_hash
from tests.twosteps import CHECK, DAY, DO, FIRST, G1, G2, SECOND, STUDY, THING, THINK, approved

START, FINISH = date(2026, 11, 2), date(2027, 2, 21)


@pytest.fixture
def versions(store: Store) -> tuple[str, str]:
    return approved(store), approved(store, SECOND)


def a_live_project(store: Store, first: str, name: str = "Alpha") -> str:
    project = a_project(store, name, start_forecast=START, finish_forecast=FINISH)
    apply_method(store, project, first)
    return project


def row_of(store: Store, entity: str, project: str, code: str) -> dict[str, Any] | None:
    cell = "gate" if entity == "milestone" else "code"
    return next((row for row in read_rows(store, entity) if (row["project"], row[cell]) == (project, code)), None)


def there(store: Store, entity: str, project: str, code: str) -> dict[str, Any]:
    row = row_of(store, entity, project, code)
    assert row is not None
    return row


def answer(store: Store, project: str, gate: str, code: str, said: str | None = "Yes", **cells: Any) -> str:
    review = there(store, "gate_review", project, gate)["id"]
    return a_row(store, "gate_answer", review=review, code=code, text=f"As {code} read", answer=said, **cells)


def previewed(store: Store, project: str, to: str) -> ProjectMigration:
    (preview,) = preview_migration(store, [project], to)
    return preview


def test_the_preview_says_what_appears_disappears_is_renamed_and_carried_over(
    store: Store, versions: tuple[str, str]
) -> None:
    first, second = versions
    project = a_live_project(store, first)
    answer(store, project, "G1", "g1-brief")
    answer(store, project, "G1", "g1-money", "No")
    answer(store, project, "G2", "g2-works", None)
    before = state_hash(store)
    found = previewed(store, project, second)
    assert state_hash(store) == before
    assert found.appears == (
        Appearing("phase", "check", "Check"),
        Appearing("gate", "G3", "Keep it?"),
        Appearing("deliverable", "report", "Report"),
        Appearing("criterion", "g3-kept", "Somebody keeps it."),
    )
    study = there(store, "deliverable", project, "study")["id"]
    assert found.leaves == (
        Leaving("deliverable", "study", "Study", (("deliverable", study),), ""),
        Leaving("criterion", "g1-money", "The money is there.", (), "it is answered No"),
    )
    assert found.renamed == (
        Renaming("phase", "think", "Think", "Think hard", own=False),
        Renaming("gate", "G1", "Go?", "Worth it?", own=False),
        Renaming("deliverable", "brief", "Brief", "One-page brief", own=False),
        Renaming("criterion", "g1-brief", "The brief is agreed.", "All agree on the brief.", own=False),
    )
    assert found.carried == (Answered("G1", "g1-brief", "As g1-brief read", "Yes"),)
    assert found.at_risk == (Answered("G1", "g1-money", "As g1-money read", "No"),)


def test_a_project_moves_as_one_step_and_back_to_the_same_state(store: Store, versions: tuple[str, str]) -> None:
    first, second = versions
    project = a_live_project(store, first)
    kept = answer(store, project, "G1", "g1-brief")
    before = state_hash(store)
    assert migrate_projects(store, [project], second)
    assert (read_row(store, "project", project) or {})["methodology"] == second
    phases = sorted(read_rows(store, "phase"), key=lambda row: row["position"])
    assert [(row["code"], row["name"]) for row in phases] == [
        ("think", "Think hard"),
        ("do", "Do"),
        ("check", "Check"),
    ]
    assert there(store, "milestone", project, "G1")["name"] == "G1 Worth it?"
    assert there(store, "gate_review", project, "G1")["name"] == "Worth it?"
    assert there(store, "milestone", project, "G3")["forecast"] == FINISH
    assert there(store, "gate_review", project, "G3")
    brief = there(store, "deliverable", project, "brief")
    assert (brief["name"], brief["stage"]) == ("One-page brief", "Think hard")
    manual = there(store, "deliverable", project, "manual")
    assert (manual["stage"], manual["gate"], manual["mandatory"]) == ("Check", "G3", True)
    assert row_of(store, "deliverable", project, "study") is None
    assert there(store, "deliverable", project, "report")["due"] == FINISH
    assert (read_row(store, "gate_answer", kept) or {})["answer"] == "Yes"
    assert latest_batches(store)[0].what == "Move Alpha to Two steps 2.0"
    undo(store)
    assert state_hash(store) == before


def test_one_some_or_all_move_in_one_step(store: Store, versions: tuple[str, str]) -> None:
    first, second = versions
    projects = [a_live_project(store, first, name) for name in ("Alpha", "Beta", "Gamma")]
    before = state_hash(store)
    migrate_projects(store, projects[:2], second)
    follows = [row["methodology"] for row in read_rows(store, "project")]
    assert follows == [second, second, first]
    assert latest_batches(store)[0].what == "Move 2 projects to Two steps 2.0"
    migrate_projects(store, projects, second)
    assert latest_batches(store)[0].what == "Move Gamma to Two steps 2.0"
    assert migrate_projects(store, projects, second) is None
    undo(store)
    undo(store)
    assert state_hash(store) == before


def test_a_name_of_its_own_and_changed_cells_stay(store: Store, versions: tuple[str, str]) -> None:
    first, second = versions
    project = a_live_project(store, first)
    for entity, code in (("phase", "think"), ("milestone", "G1"), ("deliverable", "brief")):
        change_row(store, entity, there(store, entity, project, code)["id"], name="Ours")
    change_row(store, "deliverable", there(store, "deliverable", project, "manual")["id"], mandatory=True, stage="Late")
    renamed = {each.code: each.own for each in previewed(store, project, second).renamed}
    assert renamed == {"think": True, "G1": True, "brief": True, "g1-brief": False}
    migrate_projects(store, [project], second)
    assert there(store, "phase", project, "think")["name"] == "Ours"
    assert there(store, "milestone", project, "G1")["name"] == "Ours"
    assert there(store, "deliverable", project, "brief")["name"] == "Ours"
    assert there(store, "deliverable", project, "manual")["stage"] == "Late"


@pytest.mark.parametrize(
    ("cells", "work"),
    [
        ({"status": "In progress"}, "it is in progress"),
        ({"status": "Not needed"}, "it is not needed"),
        ({"comment": "Half done", "submitted_on": DAY}, "submitted on and comment: filled in"),
        ({"name": "Our study"}, "it has a name of its own"),
        ({"custom": {"x": "y"}}, "it has fields of your own"),
    ],
)
def test_what_was_worked_on_stays_with_a_remark_and_binds_nobody(
    store: Store, versions: tuple[str, str], cells: dict[str, Any], work: str
) -> None:
    first, second = versions
    project = a_live_project(store, first)
    study = there(store, "deliverable", project, "study")["id"]
    change_row(store, "deliverable", study, mandatory=True, **cells)
    assert previewed(store, project, second).leaves[0].work == work
    before = state_hash(store)
    migrate_projects(store, [project], second)
    kept = read_row(store, "deliverable", study)
    assert kept
    assert kept["comment"] == "\n".join([*filter(None, [cells.get("comment")]), "Not in Two steps 2.0 any more."])
    assert (kept["code"], kept["mandatory"]) == ("study", False)
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize("trace", ["attachment", "link", "back link", "quality review"])
def test_what_others_point_to_stays(store: Store, versions: tuple[str, str], trace: str) -> None:
    first, second = versions
    project = a_live_project(store, first)
    study = there(store, "deliverable", project, "study")["id"]
    here, far = (
        {"register": "deliverable", "row": study, "called": "s"},
        {"register": "risk", "row": "r", "called": "r"},
    )
    ends = (here, far) if trace == "link" else (far, here)
    link = {
        f"{side}_{name}": value for side, end in zip(("from", "to"), ends, strict=True) for name, value in end.items()
    }
    if trace == "attachment":
        a_row(store, "attachment", register="deliverable", row=study, name="study.docx", link="x")
    elif trace == "quality review":
        a_row(store, "quality_review", project=project, deliverable="STUDY", title="Read it", custom={})
        a_row(store, "quality_review", project=project, title="Read all", custom={})
    else:
        a_row(store, "entry_link", kind="became", **link)
    assert previewed(store, project, second).leaves[0].work
    migrate_projects(store, [project], second)
    assert read_row(store, "deliverable", study)


def test_a_gate_that_is_gone_goes_with_its_milestone_review_and_empty_answers(store: Store) -> None:
    second, first = approved(store, SECOND), approved(store)
    project = a_live_project(store, second)
    answer(store, project, "G3", "g3-kept", None)
    before = state_hash(store)
    migrate_projects(store, [project], first)
    assert row_of(store, "milestone", project, "G3") is None
    assert row_of(store, "gate_review", project, "G3") is None
    assert row_of(store, "phase", project, "check") is None
    assert read_rows(store, "gate_answer") == []
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize("trace", ["answer", "comment", "vote", "decision", "date"])
def test_a_gate_somebody_worked_at_stays_with_its_answers(store: Store, trace: str) -> None:
    second, first = approved(store, SECOND), approved(store)
    project = a_live_project(store, second)
    review, stone = there(store, "gate_review", project, "G3")["id"], there(store, "milestone", project, "G3")["id"]
    if trace in ("answer", "comment"):
        answer(store, project, "G3", "g3-kept", "Yes" if trace == "answer" else None, comment="Nearly")
    elif trace == "vote":
        a_row(store, "gate_vote", review=review, person=a_person(store), vote="Approve")
    elif trace == "decision":
        change_row(store, "gate_review", review, decision="Approve")
    else:
        change_row(store, "milestone", stone, actual=DAY, status="Complete")
    answers = read_rows(store, "gate_answer")
    migrate_projects(store, [project], first)
    assert read_rows(store, "gate_answer") == answers
    for entity, row in (("gate_review", review), ("milestone", stone)):
        assert (read_row(store, entity, row) or {})["comment"] == "Not in Two steps 1.0 any more."


def test_an_answer_follows_its_criterion_to_another_gate_until_the_gate_is_decided(store: Store) -> None:
    line = Criterion("g1-money", "The money is there.")
    moved = replace(
        FIRST,
        version="1.1",
        phases=(
            replace(THINK, gates=(replace(G1, criteria=G1.criteria[:1]),)),
            replace(DO, gates=(replace(G2, criteria=(line,)),)),
        ),
    )
    first, second = approved(store), approved(store, moved)
    open_one, decided = a_live_project(store, first), a_live_project(store, first, "Beta")
    answers = [answer(store, each, "G1", "g1-money") for each in (open_one, decided)]
    change_row(store, "gate_review", there(store, "gate_review", decided, "G1")["id"], decision="Approve")
    migrate_projects(store, [open_one, decided], second)
    rows = [read_row(store, "gate_answer", each) or {} for each in answers]
    assert rows[0]["review"] == there(store, "gate_review", open_one, "G2")["id"]
    assert rows[1]["review"] == there(store, "gate_review", decided, "G1")["id"]


def test_an_answer_stays_where_it_is_when_the_project_has_not_the_other_gate(store: Store) -> None:
    line = Criterion("g1-money", "The money is there.")
    moved = replace(FIRST, version="1.1", phases=(THINK, replace(DO, gates=(replace(G2, criteria=(line,)),))))
    moved = replace(moved, phases=(replace(THINK, gates=(replace(G1, criteria=G1.criteria[:1]),)), moved.phases[1]))
    first, second = approved(store), approved(store, moved)
    project = a_live_project(store, first)
    said = answer(store, project, "G1", "g1-money")
    remove_row(store, "gate_review", there(store, "gate_review", project, "G2")["id"])
    remove_row(store, "milestone", there(store, "milestone", project, "G2")["id"])
    migrate_projects(store, [project], second)
    assert (read_row(store, "gate_answer", said) or {})["review"] == there(store, "gate_review", project, "G1")["id"]


def test_what_was_left_out_or_deleted_stays_out_unless_it_is_mandatory_now(store: Store) -> None:
    must = replace(
        FIRST, version="1.1", phases=(replace(THINK, deliverables=(STUDY,)), replace(DO, deliverables=(THING,)))
    )
    first, second = approved(store), approved(store, must)
    project = a_project(store)
    apply_method(store, project, first, without=["study"])
    for entity, code in (("deliverable", "thing"), ("phase", "do")):
        remove_row(store, entity, there(store, entity, project, code)["id"])
    found = previewed(store, project, second)
    assert found.appears == (Appearing("deliverable", "thing", "The thing"),)


def test_a_part_under_another_code_with_the_same_name_is_the_same_row(store: Store) -> None:
    other = replace(FIRST, version="1.1", phases=(replace(THINK, code="muse"), DO))
    first, second = approved(store), approved(store, other)
    project = a_live_project(store, first)
    phase = there(store, "phase", project, "think")["id"]
    found = previewed(store, project, second)
    assert (found.appears, found.leaves) == ((), ())
    migrate_projects(store, [project], second)
    assert (read_row(store, "phase", phase) or {})["code"] == "muse"


def test_rows_of_no_part_are_left_alone(store: Store, versions: tuple[str, str]) -> None:
    first, second = versions
    project = a_live_project(store, first)
    own = a_row(store, "deliverable", project=project, name="Our own", custom={})
    far = a_row(store, "phase", project=project, name="Far", code="far", custom={})
    rows = read_row(store, "deliverable", own), read_row(store, "phase", far)
    migrate_projects(store, [project], second)
    assert (read_row(store, "deliverable", own), read_row(store, "phase", far)) == rows


def test_a_project_without_a_methodology_holds_all_up_and_nothing_is_moved(
    store: Store, versions: tuple[str, str]
) -> None:
    first, second = versions
    live, bare, lone = a_live_project(store, first), a_project(store, "Bare"), a_project(store, "Lone")
    draft = install_method(store, replace(SECOND, version="3.0"))
    before = state_hash(store)
    assert [each.refused for each in preview_migration(store, [live, bare, "gone"], second)] == [
        "",
        "It follows no methodology: apply one to it first.",
    ]
    with pytest.raises(Known, match="Nothing was moved, because Bare has no methodology"):
        migrate_projects(store, [live, bare], second)
    with pytest.raises(Known, match=r"Bare and Lone have no methodology[.] Apply one to them"):
        migrate_projects(store, [bare, lone], second)
    with pytest.raises(Known, match=r"Two steps 3[.]0 is not approved"):
        migrate_projects(store, [live], draft)
    assert state_hash(store) == before
    assert previewed(store, live, first).refused == "It follows this version already."


def test_a_project_may_move_to_another_methodology_altogether(store: Store) -> None:
    gate = Gate("S1", "Start?", criteria=(Criterion("s1", "Begin?"),))
    other = replace(FIRST, code="one", name="One step", phases=(MethodPhase("all", "All", gates=(gate,)), CHECK))
    first, second = approved(store), approved(store, other)
    project = a_live_project(store, first)
    before = state_hash(store)
    migrate_projects(store, [project], second)
    assert {row["code"] for row in read_rows(store, "phase")} == {"all", "check"}
    assert {row["gate"] for row in read_rows(store, "milestone")} == {"S1", "G3"}
    assert {row["code"] for row in read_rows(store, "deliverable")} == {"manual", "report"}
    undo(store)
    assert state_hash(store) == before
