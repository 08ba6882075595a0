"""The end-project report: its sentence, every baseline against the final, and what is handed over to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from pmo_desktop.reports.closure import Ending, read_ending, write_closure_report
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_baseline, a_person, a_project, a_row, change_row
from tests.reports.conftest import DATA_DATE
from tests.reports.records import HOSTILE, read_back, squeezed, words_of


def pages_of(ending: Ending, paper: str = "a4") -> PdfReader:
    return read_back(lambda paper, out: write_closure_report(ending, paper, out), paper)


def told(store: Store, project: str) -> str:
    return words_of(pages_of(read_ending(store, project)))


def test_a_project_of_which_nothing_is_known_is_one_page(store: Store) -> None:
    text = told(store, a_project(store, "Bare", ref="HW-9", custom={}))
    assert "HW-9 cannot be closed yet: two of 6 checks are open" in text
    assert "G OK Open actions handed over No action is open." in text
    assert "R Not OK Last report No status was ever reported." in text
    assert "Baselines against the final" not in text
    assert "Sponsor Signature Date" in text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "A-1 is ready to be closed"),
        ({"lifecycle_status": "Closed", "finish_actual": DATA_DATE}, "ended on 13 November 2026, and nothing is left"),
        ({"lifecycle_status": "Cancelled"}, "A-1 has ended, and nothing is left open"),
    ],
)
def test_the_sentence_follows_the_checks_and_the_state(store: Store, values: dict[str, Any], words: str) -> None:
    project = a_project(store, ref="A-1", custom={}, **values)
    a_row(store, "status_report", project=project, period_end=DATA_DATE)
    for number in range(3):
        a_row(store, "lesson", project=project, title=f"Lesson {number}", custom={})
    assert words in told(store, project)


def test_what_is_left_open_after_the_end_is_said(store: Store) -> None:
    project = a_project(store, ref="A-1", lifecycle_status="Closed", custom={})
    a_row(store, "status_report", project=project, period_end=DATA_DATE)
    assert "A-1 has ended; one of 6 checks is open" in told(store, project)


@pytest.fixture
def whole(store: Store) -> str:
    """A project with something under every head."""
    sue, ben = a_person(store, "Sue"), a_person(store, "Ben")
    method = a_row(store, "methodology", ref="m 1", code="m", name="Steps", version="1.0", custom={})
    project = a_project(
        store,
        "Billing",
        ref="HW-1",
        custom={},
        currency="GBP",
        sro=sue,
        pm=ben,
        methodology=method,
        rag_overall="G",
        key_achievements="One\nTwo",
        finish_baseline=date(2026, 10, 1),
        finish_actual=date(2026, 10, 15),
        budget_approved=100_000_00,
        actual_to_date=90_000_00,
    )
    own = {"project": project, "custom": {}}
    a_baseline(
        store, project, date(2026, 3, 1), finish_baseline=date(2026, 8, 1), budget_approved=80_000_00, reason="Tender"
    )
    a_baseline(store, project, date(2026, 5, 1), finish_baseline=date(2026, 9, 1))
    a_row(store, "deliverable", name="Manual", ref="D-1", status="Accepted", accepted_on=DATA_DATE, **own)
    a_row(store, "deliverable", name="Left out", status="Not needed", **own)
    values = {"baseline_value": 0.0, "target_value": 10.0, "actual_value": 4.0, "unit": "h"}
    a_row(store, "benefit", title="Hours saved", status="On track", handover_owner=sue, **values, **own)
    a_row(store, "benefit", title="Calm", **own)
    a_row(store, "lesson", title="Ask early", type="Went well", cause="Luck", recommendation="Ask", **own)
    a_row(store, "risk", ref="R-1", title="Rain", prob_residual=3, impact_residual=4, owner=sue, **own)
    a_row(store, "action", ref="ACT-1", description="Sweep", due=date(2026, 12, 1), **own)
    return project


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_part_says_what_became_of_it(store: Store, whole: str, paper: str) -> None:
    text = words_of(pages_of(read_ending(store, whole), paper))
    assert "Original, until 1 March 2026 Tender 01 Aug 26 +11 wk £80,000 +£10k" in text
    assert "Replanned, until 1 May 2026 01 Sep 26 +6 wk \N{EN DASH} \N{EN DASH}" in text
    assert "In force 01 Oct 26 +2 wk £100,000 \N{MINUS SIGN}£10k Final 15 Oct 26 £90,000" in text
    assert "Methodology Steps 1.0 Last rating Green Finished 15 October 2026" in text
    assert "What was achieved One Two" in text
    assert "G Accepted D-1 Manual \N{EN DASH} 13 Nov 26" in text
    assert "Left out" not in text
    assert "G On track Hours saved 0 to 10 h, 4 40% Sue" in text
    assert "No status Calm \N{EN DASH} \N{EN DASH} \N{EN DASH}" in text
    assert "Ask early Went well Luck Ask" in text
    assert "Risks 1 open R-1 Rain 12 Sue \N{EN DASH} Actions 1 open ACT-1 Sweep \N{EN DASH} 01 Dec 26" in text


def test_a_forecast_is_not_called_final(store: Store) -> None:
    project = a_project(store, ref="A-1", custom={}, finish_forecast=date(2027, 1, 1))
    text = told(store, project)
    assert "Original, in force" in text
    assert "Forecast finish, cost to date 01 Jan 27" in text


def test_hostile_and_long_words_are_all_there(store: Store, whole: str) -> None:
    own = {"project": whole, "custom": {}}
    long = HOSTILE * 60
    change_row(store, "project", whole, name=HOSTILE * 5, ref="R" * 400, description=long, rag_comment=long)
    a_row(store, "lesson", title=long, cause=long, effect=long, recommendation=long, audience=long, **own)
    a_row(store, "deliverable", name=long, **own)
    a_row(store, "issue", title=long, ref=HOSTILE, **own)
    text = squeezed(pages_of(read_ending(store, whole)))
    assert text.count("{{7*7}}") >= 60 * 8
    assert "R" * 90 in text


def test_a_project_that_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        read_ending(store, "gone")
