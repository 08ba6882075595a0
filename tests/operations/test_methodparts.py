"""The parts of a draft are added, changed, moved, copied and deleted, each one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmo_desktop.figures.methods import read_method, read_parts
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methodparts import (
    add_part,
    change_part,
    delete_part,
    deletion_words,
    duplicate_part,
    move_part,
    put_template,
    replace_template,
    set_duty,
)
from pmo_desktop.operations.methods import approve_method, install_method
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import DutyOf
from pmo_desktop.rules.methodcheck import find_faults
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import state_hash
from tests.twosteps import DAY, FIRST


@pytest.fixture
def draft(store: Store) -> str:
    return install_method(store, FIRST)


def part(store: Store, draft: str, entity: str, **cells: Any) -> str:
    """The id of the first part with these cells."""
    rows = read_parts(store, draft)[entity]
    found: str = next(row["id"] for row in rows if cells.items() <= row.items())
    return found


def codes(store: Store, draft: str, entity: str) -> list[str]:
    return [row["code"] for row in read_parts(store, draft)[entity]]


def test_a_part_is_added_at_the_end_or_after_another_with_a_proposed_code(store: Store, draft: str) -> None:
    think, do = part(store, draft, "method_phase", code="think"), part(store, draft, "method_phase", code="do")
    before = state_hash(store)
    add_part(store, "method_phase", draft, {"name": "Try out", "weeks": 2}, after=think)
    assert codes(store, draft, "method_phase") == ["think", "try-out", "do"]
    assert latest_batches(store)[0].what == "Add phase “Try out” to Two steps 1.0"
    undo(store)
    assert state_hash(store) == before
    gate = add_part(store, "method_gate", do, {"name": "Go?"})
    add_part(store, "method_criterion", gate, {"text": "Brief", "mandatory": "Tier 1"})
    add_part(store, "method_deliverable", do, {"name": "Note", "code": "Note"})
    add_part(store, "method_guidance", draft, {"title": "More", "text": "words", "concerns": "do"})
    add_part(store, "method_term", draft, {"term": "Thing"})
    method = read_method(store, draft)
    assert [line.code for line in (method.find_gate("G3") or method.phases[0].gates[0]).criteria] == ["brief-2"]
    assert [each.code for each in method.phases[1].deliverables] == ["thing", "manual", "Note"]
    assert (method.guidance[-1].title, method.terms[-1].term) == ("More", "Thing")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": ""}, "Deliverable may not be empty"),
        ({"name": "x", "mandatory": "Always"}, "cannot be “Always”"),
        ({"name": "x", "code": "THINK"}, "the code THINK is that of phase “Think”"),
    ],
)
def test_what_is_not_accepted_is_said_and_nothing_is_added(
    store: Store, draft: str, values: dict[str, Any], told: str
) -> None:
    phase, before = part(store, draft, "method_phase", code="do"), state_hash(store)
    with pytest.raises(Known, match=told):
        add_part(store, "method_deliverable", phase, values)
    assert state_hash(store) == before


def test_cells_that_are_not_typed_are_refused(store: Store, draft: str) -> None:
    with pytest.raises(ValueError, match="position"):
        add_part(store, "method_phase", draft, {"name": "x", "position": 9})
    with pytest.raises(ValueError, match="blob"):
        change_part(store, "method_template", part(store, draft, "method_template"), {"blob": "x"})
    with pytest.raises(ValueError, match="put_template"):
        add_part(store, "method_template", draft, {"name": "x"})


def test_a_cell_is_changed_and_the_step_names_it(store: Store, draft: str) -> None:
    brief = part(store, draft, "method_deliverable", code="brief")
    before = state_hash(store)
    change_part(store, "method_deliverable", brief, {"purpose": " Why. "})
    assert read_method(store, draft).phases[0].deliverables[0].purpose == "Why."
    assert latest_batches(store)[0].what == "Change purpose of deliverable “Brief” in Two steps 1.0"
    assert change_part(store, "method_deliverable", brief, {"purpose": "Why."}) is None
    change_part(store, "method_deliverable", brief, {"purpose": None, "name": "Sheet"})
    assert latest_batches(store)[0].what == "Change 2 cells of deliverable “Brief” in Two steps 1.0"
    undo(store)
    undo(store)
    assert state_hash(store) == before


def test_what_names_a_part_by_its_code_follows_a_new_code(store: Store, draft: str) -> None:
    change_part(store, "method_deliverable", part(store, draft, "method_deliverable", code="brief"), {"code": "sheet"})
    change_part(store, "method_gate", part(store, draft, "method_gate", code="G1"), {"code": "G0"})
    change_part(store, "method_phase", part(store, draft, "method_phase", code="think"), {"code": "muse"})
    change_part(store, "method_template", part(store, draft, "method_template", code="note"), {"code": "page"})
    method = read_method(store, draft)
    assert find_faults(method) == ()
    assert method.phases[0].gates[0].criteria[0].evidence == "sheet"
    assert method.phases[0].deliverables[0].template == "page"
    assert [each.concerns for each in method.duties] == ["sheet", "G0"]
    assert method.guidance[1].concerns == "muse"
    with pytest.raises(Known, match="the code muse is that of phase “Think”"):
        change_part(store, "method_gate", part(store, draft, "method_gate", code="G2"), {"code": "muse"})


def test_a_part_moves_among_its_siblings_and_no_further(store: Store, draft: str) -> None:
    brief = part(store, draft, "method_deliverable", code="brief")
    before = state_hash(store)
    move_part(store, "method_deliverable", brief, 1)
    assert codes(store, draft, "method_deliverable") == ["study", "brief", "risks", "thing", "manual"]
    assert latest_batches(store)[0].what == "Move deliverable “Brief” down in Two steps 1.0"
    undo(store)
    assert state_hash(store) == before
    assert move_part(store, "method_deliverable", brief, -1) is None
    move_part(store, "method_deliverable", part(store, draft, "method_deliverable", code="risks"), -1)
    assert [each.code for each in read_method(store, draft).phases[0].deliverables] == ["brief", "risks", "study"]
    assert [each.code for each in read_method(store, draft).phases[1].deliverables] == ["thing", "manual"]


def test_a_phase_is_copied_with_its_gates_criteria_and_deliverables_under_new_codes(store: Store, draft: str) -> None:
    before = state_hash(store)
    duplicate_part(store, "method_phase", part(store, draft, "method_phase", code="think"))
    method = read_method(store, draft)
    assert [each.name for each in method.phases] == ["Think", "Think (copy)", "Do"]
    copy = method.phases[1]
    assert copy.code == "think-copy"
    assert [each.code for each in copy.deliverables] == ["brief-2", "study-2", "risk-list"]
    assert [(gate.code, gate.criteria[0].evidence) for gate in copy.gates] == [("G3", "brief-2")]
    assert find_faults(method) == ()
    undo(store)
    assert state_hash(store) == before


def test_a_page_and_a_template_are_copied_too(store: Store, draft: str) -> None:
    duplicate_part(store, "method_guidance", part(store, draft, "method_guidance"))
    duplicate_part(store, "method_template", part(store, draft, "method_template"))
    method = read_method(store, draft)
    assert [each.title for each in method.guidance] == ["Start here", "Start here (copy)", "How to think"]
    assert [(each.code, each.content) for each in method.templates] == [
        ("note", FIRST.templates[0].content),
        ("note-copy", FIRST.templates[0].content),
    ]


def test_a_phase_goes_with_all_that_stands_in_it_and_the_step_says_so(store: Store, draft: str) -> None:
    think, before = part(store, draft, "method_phase", code="think"), state_hash(store)
    said = deletion_words(store, "method_phase", think)
    told = "with 1 gate, 2 criteria, 3 deliverables, 2 duties and 1 page of guidance"
    assert said == f"Delete phase “Think” {told}."
    delete_part(store, "method_phase", think)
    assert latest_batches(store)[0].what == f"{said.removesuffix('.')} from Two steps 1.0"
    method = read_method(store, draft)
    assert [each.code for each in method.phases] == ["do"]
    assert (method.duties, [each.title for each in method.guidance]) == ((), ["Start here"])
    assert find_faults(method) == ()
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("entity", "code", "left"),
    [
        ("method_deliverable", "brief", lambda method: method.phases[0].gates[0].criteria[0].evidence),
        ("method_template", "note", lambda method: method.phases[0].deliverables[0].template),
    ],
)
def test_what_named_a_deleted_part_as_evidence_or_template_names_nothing(
    store: Store, draft: str, entity: str, code: str, left: Callable[[Any], str]
) -> None:
    delete_part(store, entity, part(store, draft, entity, code=code))
    method = read_method(store, draft)
    assert left(method) == ""
    assert find_faults(method) == ()


def test_a_cell_of_the_raci_table_is_filled_changed_and_emptied(store: Store, draft: str) -> None:
    before = state_hash(store)
    assert set_duty(store, draft, "thing", "Sponsor", Duty.INFORMED)
    assert latest_batches(store)[0].what == "Informed for thing: Sponsor in Two steps 1.0"
    assert set_duty(store, draft, "thing", "Sponsor", Duty.INFORMED) is None
    assert set_duty(store, draft, "brief", "Sponsor", Duty.CONSULTED)
    assert read_method(store, draft).duties == (
        DutyOf("brief", "Sponsor", Duty.CONSULTED),
        DutyOf("G1", "Sponsor", Duty.RESPONSIBLE),
        DutyOf("thing", "Sponsor", Duty.INFORMED),
    )
    assert set_duty(store, draft, "thing", "Sponsor", None)
    assert set_duty(store, draft, "thing", "Sponsor", None) is None
    for _ in range(3):
        undo(store)
    assert state_hash(store) == before


def test_a_duty_concerns_what_there_is_and_names_a_role(store: Store, draft: str) -> None:
    with pytest.raises(Known, match=r"no deliverable or gate of Two steps 1[.]0 has the code think"):
        set_duty(store, draft, "think", "Sponsor", Duty.INFORMED)
    with pytest.raises(Known, match="Role may not be empty"):
        set_duty(store, draft, "thing", " ", Duty.INFORMED)


def test_a_template_is_kept_and_its_bytes_are_replaced(store: Store, draft: str) -> None:
    before = state_hash(store)
    made = put_template(store, draft, "Plan", "C:\\temp\\plan.xlsx", b"one")
    replace_template(store, made, "folder/plan 2.xlsx", b"two")
    assert replace_template(store, made, "plan 2.xlsx", b"two") is None
    kept = read_method(store, draft).templates[1]
    assert (kept.code, kept.name, kept.file_name, kept.content) == ("plan", "Plan", "plan 2.xlsx", b"two")
    undo(store)
    assert read_method(store, draft).templates[1].content == b"one"
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("name", "file_name", "content", "code", "told"),
    [
        (" ", "a.docx", b"x", None, "Template may not be empty"),
        ("A", "folder/", b"x", None, "File may not be empty"),
        ("A", "a.docx", b"", None, "the document is empty"),
        ("A", "a.docx", b"x", "NOTE", "the code NOTE is that of template “Note”"),
    ],
)
def test_a_template_needs_a_name_a_file_and_a_code_of_its_own(
    store: Store, draft: str, name: str, file_name: str, content: bytes, code: str | None, told: str
) -> None:
    before = state_hash(store)
    with pytest.raises(Known, match=told):
        put_template(store, draft, name, file_name, content, code)
    assert state_hash(store) == before


def test_a_long_criterion_is_cut_in_the_name_of_the_step(store: Store, draft: str) -> None:
    gate = part(store, draft, "method_gate", code="G1")
    add_part(store, "method_criterion", gate, {"text": "word " * 20})
    assert latest_batches(store)[0].what == f"Add criterion “{('word ' * 12).strip()}…” to Two steps 1.0"


DEEDS: dict[str, Callable[[Store, str, str], object]] = {
    "add": lambda store, draft, _: add_part(store, "method_phase", draft, {"name": "x"}),
    "change": lambda store, _, phase: change_part(store, "method_phase", phase, {"name": "x"}),
    "move": lambda store, _, phase: move_part(store, "method_phase", phase, 1),
    "duplicate": lambda store, _, phase: duplicate_part(store, "method_phase", phase),
    "delete": lambda store, _, phase: delete_part(store, "method_phase", phase),
    "duty": lambda store, draft, _: set_duty(store, draft, "brief", "x", Duty.INFORMED),
    "template": lambda store, draft, _: put_template(store, draft, "x", "x", b"x"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_an_approved_version_stays_as_it_is(
    store: Store, draft: str, deed: Callable[[Store, str, str], object]
) -> None:
    phase = part(store, draft, "method_phase")
    approve_method(store, draft, DAY)
    before = state_hash(store)
    with pytest.raises(Known, match="draft the next version first"):
        deed(store, draft, phase)
    assert state_hash(store) == before


def test_a_part_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="the gate has been deleted"):
        delete_part(store, "method_gate", "gone")
