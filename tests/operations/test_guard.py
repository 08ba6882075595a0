"""No way round the rules: what is typed in a table, booked, imported or handed over is judged like any deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.allocations import reassign, reduce, set_status, shift_allocations
from pmo_desktop.operations.deliverables import accept_deliverable, submit_deliverable
from pmo_desktop.operations.gatedecision import decide_gate
from pmo_desktop.operations.guard import granting
from pmo_desktop.operations.history import redo, undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.projects import report_status
from pmo_desktop.operations.records import Edit, close_records, create_record, duplicate_records, edit_cells
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.rules.booking import Unit
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.rules.compliance import Event, Mode, Outcome
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_milestone, a_project, a_report, a_resource, a_row, an_allocation, state_hash
from tests.operations.gatestage import DAY, Stage, change, make_stage

D = Mode.DIRECTIVE


@pytest.fixture
def stage(store: Store) -> Stage:
    made = make_stage(store, D)
    made.people["chris"] = a_resource(store, custom={})
    return made


def typed(stage: Stage, entity: str, row: str, **values: object) -> Callable[[], object]:
    return lambda: edit_cells(stage.store, entity, [Edit(row, name, value) for name, value in values.items()])


def refused(stage: Stage, deed: Callable[[], object]) -> list[Event]:
    """The events that a deed is refused for; no row is changed."""
    before = state_hash(stage.store)
    with pytest.raises(Ruled) as caught:
        deed()
    assert state_hash(stage.store) == before
    return [ruling.event for ruling in caught.value.rulings]


def test_a_decision_typed_in_the_register_is_a_decision(stage: Stage) -> None:
    assert refused(stage, typed(stage, "gate_review", stage.g1, decision="Approve")) == [Event.MISSING]
    typed(stage, "gate_review", stage.g1, decision="Rework")()
    values = {"project": stage.project, "code": "X1", "decision": "Approve"}
    assert refused(stage, lambda: create_record(stage.store, "gate_review", values)) == [Event.SKIPPED]


def test_nobody_passes_the_gate_of_the_project_they_manage(stage: Stage) -> None:
    stage.answer_all()
    change(stage, "deliverable", stage.brief, status="Accepted")
    with pytest.raises(Known, match="Nobody passes their own gate: G1 of HW-101"):
        decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY, stage.people["priya"])
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY, stage.people["sue"])
    assert not stage.overrides()


def test_a_decision_under_another_code_is_judged_when_it_takes_the_code_of_a_gate(stage: Stage) -> None:
    other = a_row(stage.store, "gate_review", project=stage.project, code="X1", decision="Approve", custom={})
    assert refused(stage, typed(stage, "gate_review", other, code="G1")) == [Event.MISSING]
    typed(stage, "gate_review", stage.g1, comment="Soon.")()


def test_under_supportive_authority_one_may_accept_and_decide_ones_own(store: Store) -> None:
    stage = make_stage(store, Mode.SUPPORTIVE)
    submit_deliverable(store, stage.brief, DAY)
    accept_deliverable(store, stage.brief, DAY, stage.people["ben"])
    decide_gate(store, stage.g1, GateDecision.APPROVE, DAY, stage.people["priya"])
    assert not stage.overrides()


def test_a_gate_ticked_off_among_the_milestones_is_skipped(stage: Stage) -> None:
    assert refused(stage, typed(stage, "milestone", stage.first, actual=DAY)) == [Event.SKIPPED]
    assert refused(stage, typed(stage, "milestone", stage.second, status="Complete")) == [Event.SKIPPED]
    plain = a_milestone(stage.store, stage.project, "Tea", custom={})
    typed(stage, "milestone", plain, actual=DAY)()
    change(stage, "gate_review", stage.g1, decision="Approve")
    typed(stage, "milestone", stage.first, actual=DAY)()
    assert not stage.overrides()


def test_a_phase_begins_when_the_gate_before_it_is_passed(stage: Stage) -> None:
    assert refused(stage, typed(stage, "phase", stage.do, status="Under way")) == [Event.START]
    change(stage, "project", stage.project, methodology=None)
    assert refused(stage, typed(stage, "phase", stage.do, status="Under way")) == [Event.START]
    change(stage, "phase", stage.think, status="Not started")
    typed(stage, "phase", stage.think, status="Under way")()
    change(stage, "gate_review", stage.g1, decision="Approve")
    typed(stage, "phase", stage.do, status="Under way")()
    assert not stage.overrides()


def test_a_project_without_gates_starts_and_books_freely(stage: Stage) -> None:
    bare = a_project(stage.store, "Bare", lifecycle_status="Proposed", custom={})
    phase = a_row(stage.store, "phase", project=bare, name="All", custom={})
    typed(stage, "project", bare, lifecycle_status="Active")()
    typed(stage, "phase", phase, status="Under way")()
    book(stage, bare, DAY)
    assert not stage.overrides()


def book(stage: Stage, project: str, day: date, status: str = "Confirmed") -> str:
    """Book somebody for half of a day."""
    days = {"period_start": day, "period_end": day, "quantity": 50.0, "unit": "%"}
    booked = {"resource": stage.people["chris"], "project": project, "status": status}
    return create_record(stage.store, "allocation", booked | days)


def test_a_confirmed_booking_waits_for_the_gate_before_its_phase(stage: Stage) -> None:
    assert refused(stage, lambda: book(stage, stage.project, date(2026, 12, 14))) == [Event.START]
    assert refused(stage, lambda: book(stage, stage.project, date(2028, 1, 10))) == [
        Event.START
    ]  # in no phase: the first gate
    book(stage, stage.project, DAY)  # in the first phase, before which there is no gate
    soft = book(stage, stage.project, date(2026, 12, 14), "Requested")

    def deed() -> object:
        return set_status(stage.store, [soft], AllocationStatus.CONFIRMED, DAY)

    assert refused(stage, deed) == [Event.START]
    stage.waive(Event.START, "G1")
    deed()
    assert stage.overrides() == [(Event.START, D, Outcome.WAIVED)]


def test_a_confirmed_booking_may_shrink_but_not_grow(stage: Stage) -> None:
    first, last = date(2026, 12, 14), date(2026, 12, 18)
    booked = an_allocation(
        stage.store,
        stage.people["chris"],
        stage.project,
        period_start=first,
        period_end=last,
        status="Confirmed",
        custom={},
    )
    store = stage.store
    assert refused(stage, lambda: reduce(store, booked, (first, last), 80.0, Unit.PERCENT)) == [Event.START]
    assert refused(stage, lambda: shift_allocations(store, [booked], 1, Grain.WEEK)) == [Event.START]
    assert refused(stage, lambda: shift_allocations(store, [booked], -1, Grain.WEEK)) == [Event.START]
    other = a_resource(store, "Dana", custom={})
    reassign(store, [booked], other)
    reduce(store, booked, (first, last), 20.0, Unit.PERCENT)
    assert not stage.overrides()


def test_money_is_spent_only_after_the_gate_before_its_phase(stage: Stage) -> None:
    typed(stage, "project", stage.project, actual_to_date=5_000_00)()  # in the first phase, before which is no gate
    change(stage, "phase", stage.think, finish=DAY - timedelta(days=1))
    change(stage, "phase", stage.do, start=DAY)
    assert refused(stage, typed(stage, "project", stage.project, actual_to_date=6_000_00)) == [Event.START]
    typed(stage, "project", stage.project, actual_to_date=4_000_00)()  # a correction spends nothing
    bare = a_project(stage.store, "Bare", custom={})
    typed(stage, "project", bare, actual_to_date=1_00)()
    stage.waive(Event.START, "G1")
    typed(stage, "project", stage.project, actual_to_date=6_000_00)()
    assert [row["subject"] for row in read_rows(stage.store, "override")] == ["Spending of HW-101 before G1 is decided"]


def test_a_copy_of_a_project_has_a_manager_too_who_is_assigned(stage: Stage) -> None:
    assert refused(stage, lambda: duplicate_records(stage.store, "project", [stage.project])) == [Event.MANAGER]
    with granting(stage.grant("helen")):
        duplicate_records(stage.store, "project", [stage.project])
    assert stage.overrides() == [(Event.MANAGER, D, Outcome.APPROVED)]


def test_to_leave_a_project_without_manager_baseline_or_rating_asks_nobody_but_for_the_baseline(stage: Stage) -> None:
    change(stage, "project", stage.project, budget_approved=640_000_000, rag_overall="A")
    typed(stage, "project", stage.project, pm=None, rag_overall=None, start_baseline=DAY)()
    assert refused(stage, typed(stage, "project", stage.project, budget_approved=None)) == [Event.BASELINE]


def test_closing_in_the_register_is_closing(stage: Stage) -> None:
    cells = {"project": stage.project, "status": "Not started", "custom": {}}
    action = a_row(stage.store, "action", description="Ring the bell", **cells)
    assert refused(stage, lambda: close_records(stage.store, "project", [stage.project], DAY)) == [Event.CLOSURE]
    change(stage, "action", action, owner=stage.people["priya"])
    assert refused(stage, lambda: close_records(stage.store, "project", [stage.project], DAY)) == [Event.CLOSURE]
    change(stage, "action", action, owner=stage.people["mia"])
    close_records(stage.store, "project", [stage.project], DAY)
    assert not stage.overrides()


def test_a_rating_may_be_worse_than_it_computes_and_is_compared_with_time_and_cost_first(stage: Stage) -> None:
    change(
        stage,
        "project",
        stage.project,
        budget_approved=100,
        eac=100,
        start_baseline=date(2026, 1, 1),
        finish_baseline=date(2026, 12, 31),
        finish_forecast=date(2026, 12, 31),
        rag_scope="R",
    )
    typed(stage, "project", stage.project, rag_overall="R")()
    typed(stage, "project", stage.project, rag_overall="G")()  # time and cost compute as green
    change(stage, "project", stage.project, eac=120)
    assert refused(stage, typed(stage, "project", stage.project, rag_overall="AG")) == [Event.RATING]
    bare = a_project(stage.store, "Bare", custom={})
    typed(stage, "project", bare, rag_overall="G")()  # nothing to compare with


def test_a_report_in_time_is_not_late_and_the_first_never_is(stage: Stage) -> None:
    report_status(stage.store, [stage.project], DAY)
    report_status(stage.store, [stage.project], DAY)
    other = a_project(stage.store, "Other", report_date=date(2026, 11, 1), custom={})
    report_status(stage.store, [other], DAY)
    assert not stage.overrides()
    late = a_project(stage.store, "Late", report_date=date(2026, 8, 1), custom={})
    create_record(stage.store, "status_report", {"project": late, "period_end": DAY})
    old = a_project(stage.store, "Old", report_date=date(2026, 8, 1), custom={})
    a_report(stage.store, old, date(2026, 7, 1), custom={})
    report_status(stage.store, [other, old], DAY + timedelta(days=1))
    assert [row["subject"] for row in read_rows(stage.store, "override")] == [
        "Report of Late for 13 November 2026, the last one was for 1 August 2026",
        "Report of Old for 14 November 2026, the last one was for 1 August 2026",
    ]


def test_undo_and_redo_are_no_new_deeds(stage: Stage) -> None:
    edits = [Edit(stage.project, "pm", stage.people["mia"])]
    with granting(stage.grant("helen")):
        edit_cells(stage.store, "project", edits)
    undo(stage.store)
    redo(stage.store)
    assert len(stage.overrides()) == 1


def test_an_import_is_not_blocked_and_tells_what_it_went_past(stage: Stage) -> None:
    rows: list[list[Cell]] = [
        ["Ref", "Project name", "PM", "RAG", "Time RAG", "Status"],
        ["HW-103", "Bare", "Mia Lund", "Green", "Red", "Active"],
        ["HW-102", "Other", None, "Red", "Red", "Active"],
    ]
    bare = a_project(stage.store, "Bare", ref="HW-103", custom={})
    a_milestone(stage.store, bare, "Board", type="Gate", gate="B1", custom={})
    plan = plan_import(stage.store, Workbook("register.xlsx", "f00d", [Sheet("Register", rows)]))
    apply_plan(stage.store, plan)
    told = read_rows(stage.store, "override")
    assert [(row["event"], row["outcome"]) for row in told] == [
        (event, Outcome.WARNED) for event in (Event.RATING, Event.START, Event.MANAGER)
    ]
    assert {row["reason"] for row in told} == {"by import of register.xlsx"}
    undo(stage.store)
    assert not stage.overrides()


def test_an_import_under_supportive_authority_tells_nothing(store: Store) -> None:
    stage = make_stage(store, Mode.SUPPORTIVE)
    a_project(store, "Bare", ref="HW-103", custom={})
    rows: list[list[Cell]] = [["Ref", "Project name", "PM"], ["HW-103", "Bare", "Mia Lund"]]
    apply_plan(store, plan_import(store, Workbook("register.xlsx", "f00d", [Sheet("Register", rows)])))
    assert not stage.overrides()
