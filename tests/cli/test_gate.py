"""The command `gate`: how a gate of a project stands, in words and as plain data."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmo_desktop.cli import main
from pmo_desktop.operations.gatedecision import Condition, decide_gate
from pmo_desktop.operations.gates import answer_criteria, vote_gate
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.store.opening import open_store
from tests.builders import a_milestone, a_project
from tests.cli.command import answer
from tests.operations.gatestage import BRIEF, DAY, MONEY, make_stage


@pytest.fixture
def reviewed(portfolio: Path) -> Path:
    """A portfolio in which the first gate is approved with a condition, the second not looked at."""
    with closing(open_store(portfolio)) as store:
        change_settings(store, {"data_date": DAY})
        stage = make_stage(store)
        answer_criteria(store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.NO}, {MONEY: "Not yet."})
        stage.waive(None, MONEY)
        vote_gate(store, stage.g1, stage.people["sue"], GateDecision.APPROVE)
        conditions = [Condition("Find money", stage.people["ben"], date(2026, 11, 20))]
        decide_gate(store, stage.g1, GateDecision.CONDITIONS, DAY, stage.people["sue"], conditions=conditions)
        a_project(store, "Twin", custom={})
        a_project(store, "twin", custom={})
        bare = a_project(store, "Bare", ref="HW-9", custom={})
        a_milestone(store, bare, "Board", type="Gate", gate="B1", custom={})
    return portfolio


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    capsys.readouterr()
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_a_gate_is_told_in_lines(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "gate", reviewed, "hw-101", "G1").splitlines()
    assert lines[:4] == [
        "G1 Go?, HW-101",
        "Approved with conditions.",
        "Mandatory: 1 of 3 met, 33% ready",
        "Expected: 13 November 2026. It has been passed.",
    ]
    assert "  Yes           The brief is agreed." in lines
    assert "  No            The money is there. (waived)" in lines
    assert "  -             Somebody has a better idea. (optional)" in lines
    assert "  Not started   Brief" in lines
    assert lines[-1] == "  open          ACT-001 Find money (Ben Ali, 20 November 2026)"


def test_a_bare_gate_says_that_nothing_is_known(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "gate", reviewed, "bare", "B1").splitlines() == [
        "B1 Board, HW-9",
        "Nothing is mandatory at this gate.",
        "Mandatory: nothing is mandatory at this gate",
        "Expected: no date. Neither the gate nor what it asks for has a date.",
    ]


def test_the_same_comes_as_plain_data(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "gate", reviewed, "Billing", "G1", "--json")
    assert (told["code"], told["readiness"], told["decided_by"]) == ("G1", pytest.approx(33.3, abs=0.1), "Sue Okafor")
    assert told["tally"] == {"met": 1, "partly": 0, "not_met": 1, "not_answered": 1, "not_applicable": 0}
    assert told["outlook"] == {"day": "2026-11-13", "reason": "It has been passed."}
    assert told["criteria"][1]["waiver"]["expires"] == "2027-03-31"
    assert told["votes"] == [{"person": "Sue Okafor", "vote": "Approve", "comment": ""}]
    assert (told["conditions"][0]["owner"], told["deliverables"][0]["owner"]) == ("Ben Ali", "Ben Ali")


def test_the_record_of_the_review_is_written(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = reviewed.with_name("G1.pdf")
    told = answer(capsys, "gate", reviewed, "HW-101", "G1", "--out", out, "--json")
    assert told["report"] == str(out)
    assert len(PdfReader(out).pages) == told["pages"]
    assert f"Wrote {out}, {told['pages']} page" in said(capsys, "gate", reviewed, "HW-101", "G1", "--out", out)
    assert main(["gate", str(reviewed), "HW-101", "G1", "--out", str(out / "no" / "folder.pdf")]) == 1


@pytest.mark.parametrize(
    ("project", "gate", "words"),
    [
        ("HW-7", "G1", "There is no project HW-7."),
        ("Twin", "G1", "2 projects are called Twin; name one by its ID."),
        ("HW-101", "G7", "HW-101 has no gate G7. Its gates are G1, G2."),
    ],
)
def test_what_is_not_there_is_one_line(
    reviewed: Path, capsys: pytest.CaptureFixture[str], project: str, gate: str, words: str
) -> None:
    assert main(["gate", str(reviewed), project, gate]) == 1
    assert words in capsys.readouterr().err
