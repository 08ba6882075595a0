"""A gate as it stands: its checklist, what is lacking, when to expect it; and the gates that lie ahead."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.gates import NOTHING_MANDATORY, gate_calendar, read_gate_check
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.gates import answer_criteria
from pmo_desktop.rules.assurance import Answer
from pmo_desktop.rules.compliance import Event, Mode
from pmo_desktop.rules.gates import Outlook, Tally
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_milestone, a_project, a_row
from tests.operations.gatestage import BRIEF, DAY, LATER, MONEY, Stage, change, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def test_a_gate_that_nobody_looked_at_yet(stage: Stage) -> None:
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.project_called, check.name, check.question, check.decides) == (
        "HW-101",
        "Go?",
        "Is it worth it?",
        "The board",
    )
    assert (check.mandatory, check.met, check.readiness, check.reason) == (3, 0, 0.0, "")
    assert check.missing == (
        "The brief is agreed: not answered",
        "The money is there: not answered",
        "Brief: not started",
    )
    assert check.tally == Tally(0, 0, 0, 3, 0)
    assert check.verdict == (
        "Not ready. Two mandatory criteria are not answered and one mandatory deliverable is missing; the gate may "
        "pass all the same."
    )
    assert (check.mode, check.colour, check.closed, check.skipped) == (Mode.SUPPORTIVE, "A", False, ())
    assert check.outlook == Outlook(date(2026, 11, 30), "Its forecast stands.")
    assert (check.review, check.milestone, check.planned) == (stage.g1, stage.first, date(2026, 11, 30))


def test_a_criterion_has_its_answer_its_evidence_and_who_answers_for_it(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {BRIEF: Answer.PARTLY, MONEY: Answer.NO}, {MONEY: "Not yet."})
    (answer,) = [row for row in read_rows(stage.store, "gate_answer") if row["code"] == BRIEF]
    for register, row, name in (("gate_answer", answer["id"], "Minutes"), ("deliverable", stage.brief, "Brief.docx")):
        a_row(stage.store, "attachment", register=register, row=row, name=name, link="https://example.org")
    brief, money, idea = read_gate_check(stage.store, stage.project, "G1").criteria
    assert (brief.section, brief.guidance, brief.role, brief.mandatory) == ("Scope", "Ask.", "Analyst", True)
    assert (brief.answer, brief.answered_on, brief.answered_by) == (Answer.PARTLY, DAY, "test")
    assert [each.name for each in brief.evidence] == ["Minutes", "Brief.docx"]
    assert (brief.deliverable, brief.person) == (stage.brief, stage.people["ben"])
    assert (money.answer, money.comment, money.person) == (Answer.NO, "Not yet.", stage.people["sue"])
    assert (idea.mandatory, idea.person, idea.answer, idea.evidence) == (False, None, None, ())


def test_what_is_met_makes_it_ready_and_what_does_not_apply_does_not_count(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.NOT_APPLICABLE}, {MONEY: "Free."})
    change(stage, "deliverable", stage.brief, status="Submitted")
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.mandatory, check.met, check.readiness) == (2, 1, 50.0)
    assert check.missing == ("Brief: submitted, not accepted yet",)
    change(stage, "deliverable", stage.brief, status="Accepted")
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.readiness, check.colour, check.verdict) == (100.0, "G", "Ready. Everything mandatory is met.")
    assert [each.met for each in check.deliverables] == [True]


def test_a_tier_decides_what_is_mandatory(stage: Stage) -> None:
    change(stage, "project", stage.project, tier="Tier 3")
    assert [each.mandatory for each in read_gate_check(stage.store, stage.project, "G1").criteria] == [
        True,
        False,
        False,
    ]
    assert [each.code for each in read_gate_check(stage.store, stage.project, "G2").deliverables] == ["thing"]
    change(stage, "project", stage.project, tier="Tier 1")
    check = read_gate_check(stage.store, stage.project, "G2")
    song = check.deliverables[1]
    assert (song.row, song.code, song.name, song.status, song.mandatory) == (None, "song", "Song", None, True)
    assert check.missing == ("It is open: not answered", "Song: missing")
    assert check.skipped == ("G1",)


def test_a_project_says_itself_what_is_mandatory_and_calls_it_as_it_can(stage: Stage) -> None:
    change(stage, "deliverable", stage.brief, mandatory=False)
    own = {"project": stage.project, "gate": "G1", "custom": {}}
    a_row(stage.store, "deliverable", name="Own", ref="D-9", mandatory=True, status="Not needed", **own)
    a_row(stage.store, "deliverable", name="Nameless", **own)
    check = read_gate_check(stage.store, stage.project, "G1")
    assert [(each.code, each.mandatory) for each in check.deliverables] == [
        ("brief", False),
        ("D-9", True),
        ("Nameless", False),
    ]
    assert check.missing[-1] == "Own: not needed"


def test_a_late_deliverable_moves_the_gate(stage: Stage) -> None:
    change(stage, "deliverable", stage.brief, due=date(2026, 12, 18))
    check = read_gate_check(stage.store, stage.project, "G1")
    assert check.outlook == Outlook(date(2026, 12, 18), "Brief is expected on 18 December 2026.")


def test_waived_counts_as_not_met_and_is_said(store: Store) -> None:
    stage = make_stage(store, Mode.DIRECTIVE)
    answer_criteria(store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.YES})
    stage.waive(None, "brief")
    check = read_gate_check(store, stage.project, "G1")
    assert check.readiness == pytest.approx(66.7, abs=0.1)
    assert check.waived == 1
    assert check.missing == ("Brief: not started (waived)",)
    assert check.deliverables[0].waiver is not None
    assert check.verdict == "Ready with waivers. One thing is waived and not met."
    change(stage, "settings", "settings", data_date=date(2027, 4, 1))
    assert read_gate_check(store, stage.project, "G1").waived == 0


@pytest.mark.parametrize(
    ("decision", "verdict", "colour"),
    [
        ("Rework", "Sent back for rework. Reopen the gate when it is done.", "A"),
        ("Hold", "On hold. Reopen the gate when the project goes on.", "A"),
        ("Stop", "Stopped. Cancel the project, or reopen the gate.", "R"),
        ("Approve", "Approved.", "G"),
    ],
)
def test_a_decided_gate_says_what_was_decided(stage: Stage, decision: str, verdict: str, colour: str) -> None:
    change(stage, "gate_review", stage.g1, decision=decision, decided_on=DAY)
    change(stage, "milestone", stage.first, actual=DAY)
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.verdict, check.colour, check.closed) == (verdict, colour, True)
    passed = check.outlook == Outlook(DAY, "It has been passed.")
    assert passed == (decision == "Approve")


def test_a_decided_gate_shows_its_criteria_as_they_read_then(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.YES})
    (row,) = [each for each in read_rows(stage.store, "method_criterion") if each["code"] == MONEY]
    change(stage, "method_criterion", row["id"], text="There is money.")
    assert read_gate_check(stage.store, stage.project, "G1").criteria[1].text == "There is money."
    change(stage, "gate_review", stage.g1, decision="Rework")
    assert read_gate_check(stage.store, stage.project, "G1").criteria[1].text == "The money is there."


def test_without_a_methodology_a_gate_has_what_was_answered_and_its_milestone(store: Store) -> None:
    project = a_project(store, "Plain", custom={})
    a_milestone(store, project, "Board", type="Gate", gate="B1", custom={})
    check = read_gate_check(store, project, "B1")
    assert (check.project_called, check.name, check.review, check.readiness, check.reason) == (
        "Plain",
        "Board",
        None,
        None,
        NOTHING_MANDATORY,
    )
    assert (check.colour, check.votes, check.conditions) == (None, (), ())
    review = a_row(store, "gate_review", project=project, code="B1", name="The board", custom={})
    a_row(store, "gate_answer", review=review, code="x", text="Is it?", answer="Partly")
    a_row(store, "gate_answer", review=review, code="y", text="Unsaid")
    check = read_gate_check(store, project, "B1")
    assert check.name == "The board"
    assert [(each.text, each.answer) for each in check.criteria] == [("Is it?", "Partly"), ("Unsaid", None)]
    assert check.missing == ("Is it?: partly met", "Unsaid: not answered")


def test_what_is_not_there_is_said(stage: Stage) -> None:
    with pytest.raises(Known, match=r"HW-101 has no gate G9[.] Its gates are G1, G2"):
        read_gate_check(stage.store, stage.project, "G9")
    bare = a_project(stage.store, "Bare", custom={})
    with pytest.raises(Known, match="apply a methodology first"):
        read_gate_check(stage.store, bare, "G1")
    with pytest.raises(Known, match="project has been deleted"):
        read_gate_check(stage.store, "gone", "G1")


def test_the_calendar_lists_open_gates_of_live_projects_by_day(stage: Stage) -> None:
    store = stage.store
    late = a_project(store, "Late", custom={})
    a_milestone(store, late, "Was due", type="Gate", gate="L1", forecast=date(2026, 11, 3), custom={})
    a_milestone(store, late, "Passed", type="Gate", gate="L0", actual=date(2026, 10, 3), custom={})
    a_milestone(store, late, "Undated", type="Gate", gate="L2", custom={})
    over = a_project(store, "Over", lifecycle_status="Closed", custom={})
    a_milestone(store, over, "Old", type="Gate", gate="O1", forecast=date(2026, 12, 1), custom={})
    lines = gate_calendar(store)
    assert [(each.project_called, each.gate, each.days, each.within) for each in lines] == [
        ("Late", "L1", -10, 30),
        ("HW-101", "G1", 17, 30),
    ]
    assert (lines[0].readiness, lines[0].blockers) == (None, ())
    assert lines[1].readiness == 0.0
    assert lines[1].blockers[-1] == "Brief: not started"
    assert [each.gate for each in gate_calendar(store, (10, 300))] == ["L1", "G1", "G2"]
    set_authority(store, Mode.DIRECTIVE, DAY)
    stage.waive(Event.MISSING)
    waived = gate_calendar(store)[1]
    assert (waived.blockers, waived.mandatory, waived.met, waived.waived) == ((), 3, 0, 3)
    assert [each.days for each in gate_calendar(store, on=date(2026, 11, 30))] == [-27, 0]


def test_a_condition_without_a_day_never_lapses(stage: Stage) -> None:
    action = a_row(stage.store, "action", description="Some day", project=stage.project, custom={})
    ends = {"from_register": "action", "from_row": action, "from_called": "A", "to_called": "G1"}
    a_row(stage.store, "entry_link", kind="Condition of", to_register="gate_review", to_row=stage.g1, **ends)
    a_row(stage.store, "entry_link", kind="Became", to_register="gate_review", to_row=stage.g1, **ends)
    (condition,) = read_gate_check(stage.store, stage.project, "G1").conditions
    assert (condition.due, condition.lapsed, condition.ref) == (None, False, "")
    change(stage, "action", action, due=LATER, revised_due=date(2026, 11, 1))
    change(stage, "gate_review", stage.g1, decision="Approve")
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.conditions[0].lapsed, check.colour) == (True, "A")
    second = a_row(stage.store, "action", description="Too", due=DAY.replace(day=1), custom={})
    a_row(
        stage.store,
        "entry_link",
        kind="Condition of",
        to_register="gate_review",
        to_row=stage.g1,
        **(ends | {"from_row": second}),
    )
    assert read_gate_check(stage.store, stage.project, "G1").verdict == "Approved. 2 conditions have lapsed."
