"""The record of a gate review: its sentence, its parts, and texts of any length over as many pages as they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from pmo_desktop.operations.gatedecision import Condition, decide_gate
from pmo_desktop.operations.gates import answer_criteria, vote_gate
from pmo_desktop.reports.gate import GateRecord, gate_message, read_gate_record, readiness_kinds, write_gate_report
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.rules.compliance import Event, Mode
from pmo_desktop.rules.method import Criterion
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_milestone, a_project, a_row, change_row
from tests.operations import gatestage
from tests.operations.gatestage import BRIEF, DAY, MONEY, Stage, make_stage
from tests.reports.records import HOSTILE, read_back, squeezed, words_of


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store, Mode.CONTROLLING)


def record_of(stage: Stage, code: str = "G1") -> GateRecord:
    return read_gate_record(stage.store, stage.project, code)


def pages_of(record: GateRecord, paper: str = "a4") -> PdfReader:
    return read_back(lambda paper, out: write_gate_report(record, paper, out), paper)


def outline(reader: PdfReader) -> list[str]:
    lines = []
    for each in reader.outline:
        lines += [
            str(one.title) for one in (each if isinstance(each, list) else [each]) if isinstance(one, Destination)
        ]
    return lines


def add_everything(stage: Stage) -> None:
    """Answers of every kind, evidence, a waiver, votes, and an approval with a condition that has lapsed."""
    store, people = stage.store, stage.people
    answer_criteria(store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.NO}, {MONEY: "The bank has not answered."})
    answer = next(row for row in read_rows(store, "gate_answer") if row["code"] == BRIEF)
    a_row(store, "attachment", register="gate_answer", row=answer["id"], name="Brief.docx", link="https://a.example/b")
    change_row(store, "deliverable", stage.brief, status="Accepted")
    change_row(store, "gate_review", stage.g1, reviewer=people["mia"])
    change_row(store, "milestone", stage.first, baseline=date(2026, 11, 1))
    stage.waive(Event.MISSING, MONEY, "sue")
    vote_gate(store, stage.g1, people["helen"], GateDecision.APPROVE, "With a heavy heart.")
    conditions = [Condition("Find money", people["ben"], date(2026, 11, 20))]
    decide_gate(
        store, stage.g1, GateDecision.CONDITIONS, DAY, people["sue"], reason="It will come.", conditions=conditions
    )
    change_row(store, "settings", "settings", data_date=date(2026, 11, 25))


def test_a_gate_that_nobody_looked_at_can_be_signed_by_hand(stage: Stage) -> None:
    reader = pages_of(record_of(stage))
    text = words_of(reader)
    assert "Go? Not decided, 0 of 3 mandatory items are met" in text
    assert "HW-101 Billing, controlling authority, data date 13 November 2026" in text
    assert "0 of 3 mandatory items met, 0% \N{EN DASH} 3 open" in text
    assert "Not ready. Two mandatory criteria are not answered" in text
    assert "Question Is it worth it? Who decides The board Methodology Two steps 1.0" in text
    assert "Forecast 30 November 2026 Expected 30 November 2026. Its forecast stands." in text
    assert "The brief is agreed: not answered" in text
    assert "Approve Approve with conditions Rework Hold Stop" in text
    assert "Decides The board Signature Date Project manager Priya Nair Signature" in text
    assert not {"Decision", "Votes", "Conditions", "Waivers in force"} & set(outline(reader))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_decided_gate_says_who_decided_what_and_on_which_conditions(stage: Stage, paper: str) -> None:
    add_everything(stage)
    reader = pages_of(record_of(stage), paper)
    text = words_of(reader)
    assert "G1 Go? Approved with conditions; one condition has lapsed" in text
    assert outline(reader)[1:] == [
        *("Readiness", "Decision", "The gate", "What is lacking", "Checklist", "Deliverables", "Waivers in force"),
        *("Votes", "Conditions", "Sign-off"),
    ]
    assert "2 of 3 mandatory items met, 67% G 2 met 1 waived, not met" in text
    assert "Decided by Sue Okafor Decided on 13 November 2026 Reason It will come." in text
    assert "Passed on 13 November 2026, 2 weeks late against its baseline" in text
    assert "Scope 1 of 1 met" in text
    assert "Evidence: Brief.docx, https://a.example/b Answered 13 Nov 26 by test" in text
    assert "Sponsor, Sue Okafor Waived until 31 March 2027 The bank has not answered." in text
    assert "The money is there. No time. Asked for by Ben Ali Sue Okafor 31 Mar 27" in text
    assert "Helen Roth G Approve With a heavy heart." in text
    assert "R Lapsed Find money ACT-001 Ben Ali 20 Nov 26" in text
    signed = text.rpartition("Sign-off")[2]
    assert "Decided by Sue Okafor" in signed
    assert "Member of the board Helen Roth" in signed
    assert "Reviewer Mia Lund" in signed
    assert "Approve with conditions" not in signed


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"decision": "Approve"}, "approved"),
        ({"decision": "Rework"}, "sent back for rework"),
        ({"decision": "Hold"}, "put on hold"),
        ({"decision": "Stop"}, "stopped"),
        ({"decision": None, "readiness": 100.0, "met": 3}, "ready, all 3 mandatory items are met"),
        ({"decision": None, "readiness": None}, "not decided; nothing is mandatory"),
    ],
)
def test_the_sentence_follows_the_decision_and_the_readiness(
    stage: Stage, values: dict[str, object], words: str
) -> None:
    assert gate_message(replace(record_of(stage).check, **values)) == words  # type: ignore[arg-type]


def test_conditions_that_lapsed_are_counted(stage: Stage) -> None:
    add_everything(stage)
    check = record_of(stage).check
    assert gate_message(replace(check, conditions=check.conditions * 2)).endswith("; two conditions have lapsed")


def test_there_are_as_many_blocks_as_mandatory_items_and_as_many_green_ones_as_are_met(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {BRIEF: Answer.PARTLY, MONEY: Answer.NOT_APPLICABLE}, {MONEY: "None asked."})
    for status in ("Not started", "Submitted", "Returned", "Accepted", "Not needed"):
        change_row(stage.store, "deliverable", stage.brief, status=status)
        check = record_of(stage).check
        kinds = {kind.word: kind.number for kind in readiness_kinds(check)}
        assert (sum(kinds.values()), kinds["met"]) == (check.mandatory, check.met) == (2, int(status == "Accepted"))


def test_a_bare_gate_of_a_project_without_a_methodology_is_one_page(stage: Stage) -> None:
    bare = a_project(stage.store, "Bare", custom={})
    a_milestone(stage.store, bare, "Board", type="Gate", gate="B1", custom={})
    text = words_of(pages_of(read_gate_record(stage.store, bare, "B1")))
    assert "B1 Board: not decided; nothing is mandatory" in text
    assert "Expected Neither the gate nor what it asks for has a date." in text
    assert "1 of 1" in text


def test_a_gate_says_which_earlier_ones_are_not_passed_and_what_the_project_does_not_even_list(stage: Stage) -> None:
    change_row(stage.store, "deliverable", stage.thing, code="other", owner=None, status=None, mandatory=False)
    text = words_of(pages_of(record_of(stage, "G2")))
    assert "Earlier gates that are not passed: G1." in text
    assert "R Not listed Thing" in text
    assert "No status Thing Optional" in text


def test_what_is_not_there_is_refused(stage: Stage) -> None:
    with pytest.raises(Known, match="has no gate G9"):
        record_of(stage, "G9")
    with pytest.raises(KeyError):
        write_gate_report(record_of(stage), "a5", None)  # type: ignore[arg-type]


def test_sixty_criteria_with_long_and_hostile_words_flow_over_pages(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    method = gatestage.METHOD
    criteria = tuple(
        Criterion(f"c{n}", f"{n} {HOSTILE}", ["One " + HOSTILE, "Two", ""][n // 20], role="Analyst") for n in range(60)
    )
    phase = method.phases[0]
    gate = replace(phase.gates[0], name=HOSTILE * 3, question=HOSTILE * 20, criteria=criteria)
    phases = (replace(phase, gates=(gate,)), method.phases[1])
    monkeypatch.setattr(gatestage, "METHOD", replace(method, phases=phases))
    stage = make_stage(store)
    comments = {f"c{n}": f"{n}: " + (HOSTILE * 30)[:2000] for n in range(0, 60, 12)}
    answer_criteria(store, stage.g1, dict.fromkeys(comments, Answer.NO), comments)
    answer_criteria(store, stage.g1, {"c1": Answer.YES}, {"c1": "W" * 900})
    vote_gate(store, stage.g1, stage.people["ben"], GateDecision.STOP, HOSTILE * 9)
    change_row(store, "project", stage.project, name=HOSTILE * 4, ref="R" * 300)
    change_row(store, "deliverable", stage.brief, name=HOSTILE)
    change_row(store, "person", stage.people["priya"], name=HOSTILE)
    reader = pages_of(record_of(stage))
    text = squeezed(reader)
    assert len(reader.pages) > 5
    assert "".join(HOSTILE.split()) in text
    assert text.count("W" * 30) >= 1
    assert all("".join(f"{n} {HOSTILE}".split()) in text for n in range(60))
    assert "continued" in words_of(reader)
    assert "2 of 60" not in text
    last = reader.pages[-1].extract_text()
    assert last.count("Signature") >= 1
