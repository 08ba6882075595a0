"""Messages, claims and reasons are sentences that their page proves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from pmo_desktop.reports.claims import list_claims
from pmo_desktop.reports.message import dashboard_message, list_decisions, project_news, summary_message
from pmo_desktop.reports.strip import reasons_for
from pmo_desktop.reports.subject import Subject, read_subject
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_programme, a_project, a_report

BASE = date(2027, 3, 26)
DATED: dict[str, Any] = {"start_baseline": date(2026, 3, 26), "finish_baseline": BASE}
RECENT = date(2026, 11, 1)


def news(store: Store, **values: Any) -> str:
    project = a_project(store, **values)
    subject = read_subject(store)
    return project_news(subject.by_id[project], subject.figures[project])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (DATED | {"finish_forecast": date(2027, 6, 18)}, "finish moves 12 weeks to 18 June 2027"),
        (DATED | {"finish_forecast": date(2027, 3, 12)}, "finish comes 2 weeks forward to 12 March 2027"),
        (DATED | {"finish_forecast": BASE}, "finish holds at 26 March 2027"),
        (DATED | {"finish_actual": date(2027, 4, 2)}, "finished 1 week late, on 2 April 2027"),
        (DATED | {"finish_actual": date(2027, 3, 25)}, "finished 1 day early, on 25 March 2027"),
        (DATED | {"finish_actual": BASE}, "finished on its baseline, 26 March 2027"),
        ({"finish_forecast": BASE}, "finish is forecast for 26 March 2027"),
        ({"finish_actual": BASE}, "finished on 26 March 2027"),
        ({"budget_approved": 100_000_000, "eac": 190_000_000}, "cost rises £900k"),
        ({"budget_approved": 100_000_000, "eac": 98_000_000}, "cost falls £20k"),
        ({"budget_approved": 100, "eac": 100}, "cost holds at budget"),
        (
            {"finish_forecast": BASE, "budget_approved": 1, "eac": 1},
            "finish is forecast for 26 March 2027 and cost holds at budget",
        ),
        ({"rag_overall": "AG"}, "rated amber/green"),
        ({}, "not rated"),
    ],
)
def test_the_news_of_a_project(store: Store, values: dict[str, Any], said: str) -> None:
    assert news(store, **values) == said


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ((), "The portfolio holds no open project"),
        ((None,), "The one project is not rated"),
        ((None, None), "None of the 2 projects is rated"),
        (("R", "G"), "One project of 2 is red"),
        (("A", "AR", "G"), "No project is red; two projects of 3 are amber"),
        (("A", "G"), "No project is red; one project of 2 is amber"),
    ],
)
def test_the_summary_says_how_the_portfolio_stands(store: Store, ratings: tuple[str | None, ...], said: str) -> None:
    for place, rating in enumerate(ratings):
        a_project(store, f"P{place}", rag_overall=rating)
    assert summary_message(read_subject(store)) == said


def test_one_red_project_holds(store: Store) -> None:
    a_project(store, "A", rag_overall="R", eac=100_000_000, decisions_needed="Accept")
    said = "One red project holds £1.0m of a £1.0m portfolio; the board is asked for one decision"
    assert summary_message(read_subject(store)) == said


@pytest.mark.parametrize(
    ("slips", "said"),
    [
        ((), "No projects are green; no finish can be compared with a baseline"),
        ((0, -7), "No projects are green; none finishes after its baseline"),
        ((14, 0), "No projects are green; one finishes late, the one slip is in P0"),
        ((14, 70, 35), "No projects are green; three finish late, the longest slips are in P1 and P2"),
    ],
)
def test_the_dashboard_says_where_the_slippage_is(store: Store, slips: tuple[int, ...], said: str) -> None:
    a_project(store, "Undated", rag_overall="A")
    for place, days in enumerate(slips):
        finish = date.fromordinal(BASE.toordinal() + days)
        a_project(store, f"Project {place}", ref=f"P{place}", rag_overall="A", **DATED, finish_forecast=finish)
    assert dashboard_message(read_subject(store)) == said


def test_an_empty_dashboard_says_so(store: Store) -> None:
    assert dashboard_message(read_subject(store)) == "The portfolio holds no open project"


@pytest.mark.parametrize("nothing", ["None", "n/a", "-", "Nil.", "", None])
def test_none_is_no_decision(store: Store, nothing: str | None) -> None:
    a_project(store, "A", decisions_needed=nothing)
    assert list_decisions(read_subject(store)) == []


class TestClaims:
    """What the board needs to know is found by rule, graver first."""

    def test_grave_projects_money_milestones_and_reports(self, store: Store) -> None:
        programme = a_programme(store, "Customer")
        red = a_project(
            store,
            "Billing",
            ref="HW-1",
            programme=programme,
            rag_overall="R",
            rag_comment="Rehearsal 2 failed. The cause is known. A third sentence.",
            budget_approved=640_000_000,
            eac=731_000_000,
            report_date=RECENT,
            **DATED,
            finish_forecast=date(2027, 6, 18),
        )
        a_report(store, red, date(2026, 9, 30), rag_overall="A")
        a_milestone(store, red, "Rehearsal", baseline=date(2026, 11, 1), forecast=date(2026, 11, 20))
        a_milestone(store, red, "Survey", forecast=date(2026, 11, 5))
        a_project(store, "Calm", rag_overall="G", budget_approved=100)
        claims = list_claims(read_subject(store))
        assert [claim.title for claim in claims] == [
            "Billing is red and finishes 12 weeks late.",
            "EAC is £7.3m, 14% above budget.",
            "One milestone falls due in 30 days, 1 of them late; 1 is overdue.",
            "One status report of 2 is missing or out of date.",
        ]
        assert claims[0].evidence == (
            "Rehearsal 2 failed.",
            "The cause is known.",
            "Rated red, was amber on 30 September 2026.",
            "Finish 12 weeks late, 23% of its duration and EAC 14% over budget; tolerance is 7%.",
            "Survey was due 5 November 2026.",
            "Ask for a recovery plan.",
        )
        assert claims[0].shorter == "HW-1 is red and finishes 12 weeks late."
        assert claims[1].evidence == (
            "The largest overruns are HW-1 +£910k.",
            "1 project in GBP without a budget or an EAC not counted.",
        )
        assert claims[2].evidence == ("Survey (HW-1, 5 Nov) and Rehearsal (HW-1, 20 Nov).",)
        assert claims[3].evidence == ("1 without a programme.",)

    def test_missing_reports_are_not_told_by_programme_where_there_is_none(self, store: Store) -> None:
        a_project(store, "A", rag_overall="G")
        (claim,) = list_claims(read_subject(store))
        assert (claim.title, claim.evidence) == ("One status report of 1 is missing or out of date.", ())

    def test_a_small_overspend_of_a_red_project_is_said(self, store: Store) -> None:
        a_project(store, "A", rag_overall="R", report_date=RECENT, budget_approved=100_000_000, eac=102_000_000)
        assert "EAC +£20k on budget (+2.0%)." in list_claims(read_subject(store))[0].evidence

    def test_money_at_and_below_budget(self, store: Store) -> None:
        a_project(store, "A", rag_overall="G", report_date=RECENT, budget_approved=100_000_000, eac=100_000_000)
        a_project(store, "B", currency="EUR", rag_overall="G", report_date=RECENT, budget_approved=200, eac=100)
        (claim,) = list_claims(read_subject(store))
        assert claim.title == "EAC is £1.0m, at budget and EAC is €1, 50% below budget."

    def test_overdue_alone_begins_the_sentence(self, store: Store) -> None:
        project = a_project(store, "A", rag_overall="G", report_date=RECENT)
        a_milestone(store, project, "Survey", forecast=date(2026, 11, 5))
        a_milestone(store, project, "Plan", forecast=date(2026, 11, 6))
        (claim,) = list_claims(read_subject(store))
        assert claim.title == "Two milestones are overdue."

    def test_due_and_on_time(self, store: Store) -> None:
        project = a_project(store, "A", rag_overall="G", report_date=RECENT)
        a_milestone(store, project, "Survey", forecast=date(2026, 11, 20))
        a_milestone(store, project, "Plan", forecast=date(2026, 11, 21))
        (claim,) = list_claims(read_subject(store))
        assert (claim.title, claim.evidence) == ("Two milestones fall due in 30 days, none of them late.", ())

    def test_when_all_is_well_that_is_said(self, store: Store) -> None:
        a_project(store, "A", rag_overall="G", report_date=RECENT)
        (claim,) = list_claims(read_subject(store))
        assert claim.title == "No project needs the board's attention."


class TestReasons:
    """Behind each rating of the strip stands a figure or the earlier rating."""

    def reason(self, store: Store, name: str, report: Mapping[str, Any] | None = None, **values: Any) -> str:
        project = a_project(store, **values)
        if report is not None:
            a_report(store, project, date(2026, 9, 30), **report)
        subject: Subject = read_subject(store)
        return reasons_for(name, subject.by_id[project], subject.figures[project], subject)[0]

    def test_time(self, store: Store) -> None:
        late: dict[str, Any] = DATED | {"finish_forecast": date(2027, 6, 18)}
        assert self.reason(store, "rag_time", rag_time="R", **late) == "+12 wk, +23% of its duration"
        assert self.reason(store, "rag_time", rag_time="AG", **late).endswith("; computed red")
        assert self.reason(store, "rag_time", **late).endswith("; computed red")
        assert self.reason(store, "rag_time", rag_time="C", **late) == "+12 wk, +23% of its duration"
        assert self.reason(store, "rag_time", **DATED, finish_forecast=BASE) == "On its baseline; computed green"
        undated: dict[str, Any] = {"finish_baseline": BASE, "finish_forecast": date(2027, 6, 18)}
        assert self.reason(store, "rag_time", **undated) == "+12 wk against baseline"
        assert self.reason(store, "rag_time") == "Slip not known: there is no baseline finish"

    def test_cost(self, store: Store) -> None:
        assert self.reason(store, "rag_cost", rag_cost="R", budget_approved=100, eac=114) == "EAC +14% against budget"
        assert self.reason(store, "rag_cost", eac=114) == "Variance not known: there is no approved budget"

    def test_the_others_say_how_they_stood_before(self, store: Store) -> None:
        rated: dict[str, Any] = {"rag_overall": "R", "rag_scope": "A", "report_date": RECENT}
        assert self.reason(store, "rag_overall", {"rag_overall": "A"}, **rated) == "Was amber on 30 Sep"
        assert self.reason(store, "rag_scope", {"rag_scope": "A"}, **rated) == "Unchanged since 30 Sep"
        assert self.reason(store, "rag_scope", {"scope_comment": "One\nmust-have"}, **rated) == "One must-have"
        assert self.reason(store, "rag_scope", **rated) == "No earlier report"
        assert self.reason(store, "rag_overall") == "Not rated"

    def test_an_old_rating_says_its_age(self, store: Store) -> None:
        said = self.reason(store, "rag_overall", rag_overall="G", report_date=date(2026, 9, 4))
        assert said == "Last reported 70 days ago"
