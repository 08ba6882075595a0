"""The portfolio's figures: who counts, sums that never mix currencies, what is due, what moved, who owes a report."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.attention import Rule
from pmo_desktop.figures.history import read_stamp
from pmo_desktop.figures.material import read_material, thresholds_on
from pmo_desktop.figures.milestones import milestone_slip
from pmo_desktop.figures.portfolio import NO_PROGRAMME, portfolio_figures
from pmo_desktop.rules.rating import DEFAULT_THRESHOLDS
from pmo_desktop.rules.words import Trend
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_programme, a_project, a_report

DATA_DATE = date(2026, 11, 13)
RECENT, OLD = date(2026, 11, 1), date(2026, 8, 31)


def test_only_open_projects_count(store: Store) -> None:
    for state in ("Active", "On hold", None, "Proposed", "Closed", "Cancelled"):
        a_project(store, f"{state}", lifecycle_status=state, rag_overall="G")
    found = portfolio_figures(store)
    assert (len(found.projects), found.proposed, found.ended) == (3, 1, 2)


def test_statuses_count_on_three_points_with_not_rated_and_complete_apart(store: Store) -> None:
    for place, rating in enumerate(("R", "AR", "A", "AG", "G", "C", None)):
        a_project(store, f"P{place}", rag_overall=rating, eac=100, currency="GBP")
    counts = {each.code: each.count for each in portfolio_figures(store).statuses}
    assert counts == {"R": 1, "A": 3, "G": 1, "N": 1, "C": 1}


def test_totals_stand_by_currency_the_portfolios_own_first(store: Store) -> None:
    a_project(store, "A", currency="EUR", budget_approved=100, eac=110)
    a_project(store, "B", currency="GBP", budget_approved=1000, eac=900, actual_to_date=5)
    a_project(store, "C", budget_approved=1000)
    a_project(store, "D", currency="USD")
    pounds, euros = portfolio_figures(store).totals
    assert (pounds.currency, pounds.budget, pounds.eac, pounds.actual, pounds.projects) == ("GBP", 2000, 900, 5, 2)
    assert (pounds.variance, pounds.variance_pct, pounds.compared) == (-100, -10.0, 1)
    assert (euros.currency, euros.variance_pct, euros.actual) == ("EUR", 10.0, None)


def test_whole_life_cost_is_money_too(store: Store) -> None:
    a_project(store, "A", whole_life_cost=700, rag_overall="R")
    found = portfolio_figures(store)
    assert [(total.whole_life, total.eac) for total in found.totals] == [(700, None)]
    assert found.statuses[0].eac == (("GBP", 700),)


def test_an_unknown_sum_is_not_zero(store: Store) -> None:
    a_project(store, "A", actual_to_date=7)
    (total,) = portfolio_figures(store).totals
    assert (total.budget, total.eac, total.variance, total.variance_pct) == (None, None, None, None)


def test_the_money_of_a_status_is_the_eac_else_the_budget(store: Store) -> None:
    a_project(store, "A", rag_overall="R", budget_approved=100, eac=0)
    a_project(store, "B", rag_overall="R", budget_approved=30)
    a_project(store, "C", rag_overall="R", eac=5, currency="EUR")
    red = portfolio_figures(store).statuses[0]
    assert red.eac == (("GBP", 30), ("EUR", 5))


def test_moves_and_changes_compare_with_the_reports_before(store: Store) -> None:
    worse = a_project(store, "A", rag_overall="R", report_date=RECENT)
    better = a_project(store, "B", rag_overall="G", report_date=RECENT)
    a_project(store, "New", rag_overall="R", report_date=RECENT)
    a_report(store, worse, date(2026, 9, 30), rag_overall="A")
    a_report(store, better, date(2026, 10, 1), rag_overall="A")
    found = portfolio_figures(store)
    assert {each.code: each.change for each in found.statuses} == {"R": 1, "A": -2, "G": 1, "N": 0, "C": 0}
    assert [(move.project, move.before, move.now, move.trend) for move in found.moves] == [
        (worse, "A", "R", Trend.WORSE),
        (better, "A", "G", Trend.BETTER),
    ]
    assert found.since == date(2026, 10, 1)


def test_without_earlier_reports_there_is_no_change(store: Store) -> None:
    a_project(store, "A", rag_overall="R")
    found = portfolio_figures(store)
    assert {each.change for each in found.statuses} == {None}
    assert (found.since, found.moves) == (None, ())


def test_milestones_due_in_thirty_days_and_overdue(store: Store) -> None:
    project = a_project(store)
    a_milestone(store, project, "Today", forecast=date(2026, 11, 13))
    a_milestone(store, project, "Last day", baseline=date(2026, 12, 1), forecast=date(2026, 12, 13))
    a_milestone(store, project, "After", forecast=date(2026, 12, 14))
    a_milestone(store, project, "Before", forecast=date(2026, 11, 12))
    a_milestone(store, a_project(store, "Shut", lifecycle_status="Closed"), "Shut", forecast=date(2026, 11, 20))
    found = portfolio_figures(store)
    assert [each.name for each in found.due] == ["Today", "Last day"]
    assert (found.due_late, [each.slip for each in found.due]) == (1, [None, 12])
    assert [(each.name, each.overdue, each.is_late) for each in found.overdue] == [("Before", 1, True)]


def test_a_milestones_slip_takes_what_happened_before_what_is_forecast() -> None:
    row = {"baseline": date(2026, 1, 1), "forecast": date(2026, 2, 1), "actual": date(2026, 1, 3)}
    assert milestone_slip(row) == 2
    assert milestone_slip({"baseline": date(2026, 1, 1), "forecast": None}) is None


def test_programmes_stand_worst_first_with_those_who_owe_a_report(store: Store) -> None:
    calm, hot = a_programme(store, "Calm"), a_programme(store, "Hot")
    a_project(store, "Loose", rag_overall="R", report_date=RECENT)
    a_project(store, "A", programme=calm, rag_overall="A", report_date=RECENT)
    stale = a_project(store, "B", programme=hot, rag_overall="G", report_date=OLD)
    worst = a_project(store, "C", programme=hot, rag_overall="R", report_date=RECENT)
    done = a_project(store, "D", programme=hot, rag_overall="C")
    found = portfolio_figures(store)
    assert [each.name for each in found.programmes] == ["Hot", "Calm", NO_PROGRAMME]
    hot_one = found.programmes[0]
    assert hot_one.projects == (worst, stale, done)
    assert (hot_one.reports_due, hot_one.reports_in, hot_one.missing) == (2, 1, (stale,))
    assert (found.reports_due, found.reports_in) == (4, 3)


def test_worst_first_then_those_that_worsened_then_the_longer_slip(store: Store) -> None:
    baseline = date(2027, 1, 1)
    same = a_project(store, "Same", rag_overall="A", finish_baseline=baseline, finish_forecast=date(2027, 6, 1))
    slow = a_project(store, "Slow", rag_overall="A", finish_baseline=baseline, finish_forecast=date(2027, 2, 1))
    worse = a_project(store, "Worse", rag_overall="A", report_date=RECENT)
    a_report(store, worse, OLD, rag_overall="G")
    unrated = a_project(store, "Unrated")
    done = a_project(store, "Done", rag_overall="C")
    green = a_project(store, "Green", rag_overall="G")
    assert portfolio_figures(store).projects == (worse, same, slow, green, unrated, done)


class TestAttention:
    """One line a project, by the gravest rule it meets."""

    def test_each_rule_finds_its_project(self, store: Store) -> None:
        red = a_project(store, "Red", rag_overall="R", report_date=RECENT, decisions_needed="Decide")
        worse = a_project(store, "Worse", rag_overall="A", report_date=RECENT)
        a_report(store, worse, OLD, rag_overall="G")
        over = a_project(store, "Over", rag_overall="G", report_date=RECENT, budget_approved=100, eac=120)
        stale = a_project(store, "Stale", rag_overall="G", report_date=OLD)
        late = a_project(store, "Late", rag_overall="G", report_date=RECENT)
        a_milestone(store, late, "Go-live", forecast=date(2026, 11, 1))
        a_milestone(store, late, "Review", forecast=date(2026, 11, 2))
        a_project(store, "Calm", rag_overall="G", report_date=RECENT)
        found = portfolio_figures(store).attention
        assert [(each.project, each.main.rule) for each in found] == [
            (red, Rule.RED),
            (worse, Rule.WORSENING),
            (over, Rule.OVER_TOLERANCE),
            (stale, Rule.STALE),
            (late, Rule.OVERDUE),
        ]
        assert [each.main.reason for each in found] == [
            "Rated red",
            "Now amber, was green on 31 August 2026",
            "EAC 20% over budget; tolerance is 7%, yet rated green",
            "Last reported 74 days ago, the cycle is 31",
            "Go-live was due 1 November 2026, 1 other milestone overdue",
        ]
        assert all(each.main.action for each in found)

    def test_a_project_is_listed_once_with_all_its_reasons(self, store: Store) -> None:
        project = a_project(
            store,
            "All",
            rag_overall="R",
            report_date=OLD,
            start_baseline=date(2026, 1, 1),
            finish_baseline=date(2026, 12, 31),
            finish_forecast=date(2027, 12, 31),
        )
        a_report(store, project, date(2026, 7, 31), rag_overall="G")
        a_milestone(store, project, "Go-live", forecast=date(2026, 11, 1))
        (found,) = portfolio_figures(store).attention
        assert [each.rule for each in found.findings] == [Rule.RED, Rule.OVER_TOLERANCE, Rule.STALE, Rule.OVERDUE]
        assert found.main.reason == "Rated red, was green on 31 July 2026"
        assert found.main.action == "Ask for a recovery plan"
        assert found.findings[1].reason == "Finish 52 weeks late, 100% of its duration; tolerance is 7%"

    @pytest.mark.parametrize("rating", ["C"])
    def test_complete_projects_owe_no_report(self, store: Store, rating: str) -> None:
        a_project(store, "Done", rag_overall=rating)
        a_project(store, "Done too", rag_overall=rating, report_date=OLD)
        assert portfolio_figures(store).attention == ()

    @pytest.mark.parametrize(
        ("rating", "reason"), [("G", "Rated, but when is not known"), (None, "No status has ever been reported")]
    )
    def test_never_reported_is_said(self, store: Store, rating: str | None, reason: str) -> None:
        a_project(store, "Silent", rag_overall=rating)
        (found,) = portfolio_figures(store).attention
        assert found.main.reason == reason


def test_an_empty_portfolio_has_empty_figures(store: Store) -> None:
    found = portfolio_figures(store)
    assert (found.projects, found.totals, found.programmes, found.attention, found.due) == ((), (), (), (), ())
    assert [each.count for each in found.statuses] == [0, 0, 0, 0, 0]


def test_the_material_knows_what_ratings_mean_and_its_defaults(store: Store) -> None:
    material = read_material(store)
    assert material.meanings["R"] == "Outside tolerance, a plan is needed"
    assert material.meanings["AR"] == "Success is in doubt; urgent action is needed"
    assert (material.currency, material.report_days) == ("GBP", 31)


def test_before_any_scale_is_in_force_the_default_thresholds_hold() -> None:
    assert thresholds_on(DATA_DATE, [], []) == DEFAULT_THRESHOLDS


def test_the_stamp_is_the_newest_batch(store: Store) -> None:
    first = read_stamp(store)
    a_project(store)
    second = read_stamp(store)
    assert first is not None
    assert second is not None
    assert second.batch == first.batch + 1
    assert second.at >= first.at
