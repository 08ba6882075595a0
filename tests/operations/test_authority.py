"""Ten events under three kinds of authority: what the PMO allows, warns of, wants approved, and blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from pmo_desktop.figures.overrides import list_overrides
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.closure import close_project
from pmo_desktop.operations.deliverables import submit_deliverable
from pmo_desktop.operations.gatedecision import decide_gate
from pmo_desktop.operations.guard import granting, guard
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.projects import rebaseline, report_status
from pmo_desktop.operations.records import Edit, create_record, edit_cells, write_rows
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.rules.authority import Grant
from pmo_desktop.rules.compliance import FUNCTIONS, RULES, Event, Mode, Outcome, Reaction
from pmo_desktop.rules.wording import capital
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_person, a_portfolio, a_report, a_row, state_hash
from tests.operations.gatestage import DAY, LATER, Stage, change, make_stage

S, C, D = Mode.SUPPORTIVE, Mode.CONTROLLING, Mode.DIRECTIVE
ALLOW, WARN, APPROVAL, BLOCK = Reaction
TABLE = [  # domain.md h.1, row by row
    (Event.MISSING, S, ALLOW),
    (Event.MISSING, C, BLOCK),
    (Event.MISSING, D, BLOCK),
    (Event.UNAPPROVED, S, ALLOW),
    (Event.UNAPPROVED, C, WARN),
    (Event.UNAPPROVED, D, BLOCK),
    (Event.SKIPPED, S, ALLOW),
    (Event.SKIPPED, C, APPROVAL),
    (Event.SKIPPED, D, BLOCK),
    (Event.TEMPLATE, S, ALLOW),
    (Event.TEMPLATE, C, WARN),
    (Event.TEMPLATE, D, WARN),
    (Event.LATE_REPORT, S, ALLOW),
    (Event.LATE_REPORT, C, WARN),
    (Event.LATE_REPORT, D, WARN),
    (Event.BASELINE, S, ALLOW),
    (Event.BASELINE, C, APPROVAL),
    (Event.BASELINE, D, APPROVAL),
    (Event.RATING, S, ALLOW),
    (Event.RATING, C, WARN),
    (Event.RATING, D, APPROVAL),
    (Event.START, S, ALLOW),
    (Event.START, C, WARN),
    (Event.START, D, BLOCK),
    (Event.MANAGER, S, ALLOW),
    (Event.MANAGER, C, WARN),
    (Event.MANAGER, D, APPROVAL),
    (Event.CLOSURE, S, ALLOW),
    (Event.CLOSURE, C, WARN),
    (Event.CLOSURE, D, BLOCK),
]
Deed = Callable[[], object]


def pass_g1(stage: Stage) -> Deed:
    """Approve the first gate."""
    by = stage.people["sue"]
    return lambda: decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY, by)


def missing(stage: Stage) -> Deed:
    stage.answer_all()
    return pass_g1(stage)


def unapproved(stage: Stage) -> Deed:
    stage.answer_all()
    change(stage, "deliverable", stage.brief, status="Submitted")
    return pass_g1(stage)


def skipped(stage: Stage) -> Deed:
    stage.answer_all()
    by = stage.people["sue"]
    return lambda: decide_gate(stage.store, stage.g2, GateDecision.APPROVE, DAY, by)


def template(stage: Stage) -> Deed:
    return lambda: submit_deliverable(stage.store, stage.brief, DAY, template_used=False)


def late_report(stage: Stage) -> Deed:
    a_report(stage.store, stage.project, date(2026, 8, 31), custom={})
    return lambda: report_status(stage.store, [stage.project], DAY)


def baseline(stage: Stage) -> Deed:
    change(stage, "project", stage.project, finish_baseline=date(2027, 6, 30))
    new = {"finish_baseline": date(2027, 9, 30)}
    return lambda: rebaseline(stage.store, stage.project, DAY, "It grew.", new)


def rating(stage: Stage) -> Deed:
    change(stage, "project", stage.project, rag_time="R", rag_cost="G")
    edits = [Edit(stage.project, "rag_overall", "G")]
    return lambda: edit_cells(stage.store, "project", edits)


def start(stage: Stage) -> Deed:
    edits = [Edit(stage.project, "lifecycle_status", "Active")]
    return lambda: edit_cells(stage.store, "project", edits)


def manager(stage: Stage) -> Deed:
    edits = [Edit(stage.project, "pm", stage.people["mia"])]
    return lambda: edit_cells(stage.store, "project", edits)


def closure(stage: Stage) -> Deed:
    a_row(stage.store, "action", project=stage.project, description="Ring the bell", status="Not started", custom={})
    return lambda: close_project(stage.store, stage.project, DAY)


DEEDS: dict[Event, Callable[[Stage], Deed]] = {
    Event.MISSING: missing,
    Event.UNAPPROVED: unapproved,
    Event.SKIPPED: skipped,
    Event.TEMPLATE: template,
    Event.LATE_REPORT: late_report,
    Event.BASELINE: baseline,
    Event.RATING: rating,
    Event.START: start,
    Event.MANAGER: manager,
    Event.CLOSURE: closure,
}


def refused(stage: Stage, deed: Deed, granted: Grant | None) -> Ruled:
    """The refusal of a deed, which left no row changed."""
    before, newest = state_hash(stage.store), latest_batches(stage.store, 1)[0].batch
    with pytest.raises(Ruled) as caught, granting(granted):
        deed()
    assert (state_hash(stage.store), latest_batches(stage.store, 1)[0].batch) == (before, newest)
    return caught.value


def test_the_table_is_whole() -> None:
    assert len(set(TABLE)) == 30
    assert {(event, mode) for event, mode, _ in TABLE} == {(event, mode) for event in Event for mode in Mode}


@pytest.mark.parametrize(("event", "mode", "reaction"), TABLE, ids=lambda each: each.name)
def test_each_event_has_exactly_one_reaction(store: Store, event: Event, mode: Mode, reaction: Reaction) -> None:
    stage = make_stage(store, mode)
    deed = DEEDS[event](stage)
    grant = stage.grant("priya" if event is Event.MANAGER else "sue")
    if reaction is ALLOW:
        deed()
        assert not stage.overrides()
        return
    if reaction is WARN:
        if RULES[event][mode].asks:
            assert "It needs a reason and an expiry" in str(refused(stage, deed, None))
            with granting(grant):
                deed()
        else:
            deed()
        assert stage.overrides() == [(event, mode, Outcome.WARNED)]
        return
    known = refused(stage, deed, None)
    assert [(each.event, each.reaction) for each in known.rulings] == [(event, reaction)]
    assert str(known).startswith("Nothing was changed.")
    if reaction is APPROVAL:
        own = stage.people["mia" if event is Event.MANAGER else "priya"]
        assert "Nobody approves their own" in str(refused(stage, deed, replace(grant, approver=own, second=own)))
        with granting(grant):
            deed()
        assert stage.overrides() == [(event, mode, Outcome.APPROVED)]
        return
    assert capital(RULES[event][mode].waiver) in str(refused(stage, deed, grant))
    if mode is D:
        change(stage, "waiver", waiver_past_the_rules(stage, event), approver=stage.people["mia"])
        assert "The head of the PMO may waive it" in str(refused(stage, deed, grant))
    stage.waive(event)
    deed()
    assert stage.overrides() == [(event, mode, Outcome.WAIVED)]


def waiver_past_the_rules(stage: Stage, event: Event) -> str:
    """A waiver whose approval somebody typed into the register."""
    cells = {"project": stage.project, "subject": "Let me", "event": event, "reason": "So.", "custom": {}}
    return a_row(stage.store, "waiver", **cells, status="Approved", approver=stage.people["mia"], expires=LATER)


def test_an_override_says_what_why_who_and_until_when_and_goes_with_its_deed(store: Store) -> None:
    stage = make_stage(store, D)
    before = state_hash(store)
    with granting(stage.grant("sue")):
        edit_cells(store, "project", [Edit(stage.project, "pm", stage.people["mia"])])
    (row,) = list_overrides(store)
    assert (row["subject"], row["reason"], row["who"]) == ("Manager of HW-101", "The board agreed.", "ann")
    assert (row["approver"], row["expires"], row["done_on"]) == (stage.people["sue"], LATER, DAY)
    undo(store)
    assert state_hash(store) == before


def test_without_any_authority_everything_goes_on_as_before(store: Store) -> None:
    stage = make_stage(store)
    missing(stage)()
    assert not stage.overrides()


def test_the_authority_of_a_portfolio_holds_there_alone(store: Store) -> None:
    stage = make_stage(store)
    change_team = a_portfolio(store, "Change", custom={})
    programme = a_row(store, "programme", name="Customer", portfolio=change_team, custom={})
    set_authority(store, D, DAY, change_team, FUNCTIONS[Event.MANAGER], " The board asked. ")
    deed = manager(stage)
    deed()
    undo(store)
    change(stage, "project", stage.project, programme=programme)
    assert [each.mode for each in refused(stage, deed, None).rulings] == [D]
    assert latest_batches(store, 9)[-1].what


def test_authority_is_named_in_the_history_and_needs_a_portfolio_that_is_there(store: Store) -> None:
    set_authority(store, C, DAY, reason="Asked.")
    newest = latest_batches(store, 1)[0]
    assert (newest.what, newest.why) == ("Controlling authority from 13 November 2026", "Asked.")
    set_authority(store, S, DAY, a_portfolio(store, "Change", custom={}), FUNCTIONS[Event.BASELINE])
    assert latest_batches(store, 1)[0].what == "Supportive authority over baselines in Change from 13 November 2026"
    with pytest.raises(Known, match="portfolio has been deleted"):
        set_authority(store, C, DAY, "gone")


def test_before_the_day_it_comes_into_force_an_authority_says_nothing(store: Store) -> None:
    stage = make_stage(store)
    set_authority(store, D, date(2026, 12, 1))
    manager(stage)()
    assert not stage.overrides()


def test_whoever_does_the_deed_does_not_approve_it(store: Store) -> None:
    stage = make_stage(store, D)
    ann = a_person(store, "Ann Smith", aliases="A. Smith\nAnn", custom={})
    grant = replace(stage.grant(), approver=ann)
    assert "Nobody approves their own" in str(refused(stage, manager(stage), grant))


def test_an_expiry_that_is_past_grants_nothing(store: Store) -> None:
    stage = make_stage(store, C)
    grant = replace(stage.grant(), expires=date(2026, 11, 12))
    assert "expiry is past" in str(refused(stage, rating(stage), grant))


def test_several_rules_are_said_at_once(store: Store) -> None:
    stage = make_stage(store, D)
    edits = [Edit(stage.project, "pm", stage.people["mia"]), Edit(stage.project, "lifecycle_status", "Active")]
    known = refused(stage, lambda: edit_cells(store, "project", edits), None)
    assert [each.event for each in known.rulings] == [Event.START, Event.MANAGER]
    assert [each.subject for each in known.rulings] == ["Start of HW-101 before G1 is decided", "Manager of HW-101"]
    assert known.rulings[0].says in str(known)


def test_a_project_that_is_made_with_a_manager_is_an_assignment(store: Store) -> None:
    stage = make_stage(store, D)
    with pytest.raises(Ruled, match="The PMO assigns"):
        create_record(store, "project", {"name": "New", "pm": stage.people["mia"]})
    with granting(stage.grant()):
        create_record(store, "project", {"name": "New", "pm": stage.people["mia"]})
    assert stage.overrides() == [(Event.MANAGER, D, Outcome.APPROVED)]


def test_a_rule_tells_of_an_act_once_in_a_batch_however_often_it_looks(store: Store) -> None:
    stage = make_stage(store, C)
    with batch(store, "Assign twice") as work:
        write_rows(work.connection, "project", {stage.project: {"pm": stage.people["mia"]}})
        guard(work.connection)
        guard(work.connection)
    assert len(stage.overrides()) == 1


def test_where_no_authority_is_set_a_guard_costs_next_to_nothing(store: Store) -> None:
    with store.reading() as connection:
        begun = perf_counter()
        for _ in range(1_000):
            guard(connection)
        assert perf_counter() - begun < 0.1  # 0.1 ms each; measured 3 microseconds
