"""A project's figures follow from its rows; what cannot be computed is undefined with its reason, never green."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.projects import FIGURE_FIELDS, REASONS, ProjectFigures, project_figures
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.gates import GateState
from pmo_desktop.rules.rating import Honesty
from pmo_desktop.rules.words import Trend
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_project, a_report, a_row

DATED = {"start_baseline": date(2026, 1, 1), "finish_baseline": date(2026, 4, 11)}  # 100 days


def figures_of(store: Store, **values: Any) -> ProjectFigures:
    project = a_project(store, **values)
    return project_figures(store)[project]


def test_slip_is_forecast_minus_baseline_and_the_actual_replaces_the_forecast(store: Store) -> None:
    assert figures_of(store, **DATED, finish_forecast=date(2026, 4, 25)).slip_days == 14
    ended = figures_of(store, **DATED, finish_forecast=date(2026, 4, 25), finish_actual=date(2026, 4, 9))
    assert ended.slip_days == -2


@pytest.mark.parametrize(("days", "rating"), [(3, "G"), (4, "A"), (7, "A"), (8, "R"), (-30, "G")], ids=str)
def test_time_is_rated_by_the_share_of_the_duration(store: Store, days: int, rating: str) -> None:
    finish = date.fromordinal(DATED["finish_baseline"].toordinal() + days)
    found = figures_of(store, **DATED, finish_forecast=finish)
    assert found.slip_percent == days
    assert found.rag_time_computed == rating


@pytest.mark.parametrize("name", ["start_actual", "start_forecast"])
def test_a_single_start_stands_for_the_baseline_start(store: Store, name: str) -> None:
    values = {name: DATED["start_baseline"], "finish_baseline": DATED["finish_baseline"]}
    assert figures_of(store, **values, finish_forecast=date(2026, 4, 21)).rag_time_computed == "R"


@pytest.mark.parametrize(
    ("values", "figure", "reason"),
    [
        ({"finish_forecast": date(2027, 1, 1)}, "slip_days", "no_baseline"),
        ({"finish_baseline": date(2027, 1, 1)}, "slip_days", "no_forecast"),
        ({"finish_baseline": date(2027, 1, 1), "finish_forecast": date(2027, 1, 2)}, "rag_time_computed", "no_start"),
        (
            {
                "start_baseline": date(2027, 1, 1),
                "finish_baseline": date(2027, 1, 1),
                "finish_forecast": date(2027, 1, 2),
            },
            "slip_percent",
            "no_duration",
        ),
        ({"eac": 5}, "variance", "no_budget"),
        ({"budget_approved": 5}, "variance_pct", "no_eac"),
        ({"budget_approved": 0, "eac": 5}, "variance_pct", "zero_budget"),
        ({}, "rag_trend", "no_earlier_report"),
        ({}, "report_age_days", "never_reported"),
        ({}, "stale", "never_reported"),
        ({"report_date": date(2026, 1, 1)}, "stale", "not_rated"),
        ({}, "rag_computed", "unverified"),
        ({}, "watermelon", "not_rated"),
        ({"rag_overall": "G"}, "watermelon", "unverified"),
        ({"rag_overall": "C"}, "watermelon", "complete"),
        ({}, "next_gate", "no_gates"),
        ({}, "next_milestone", "no_milestones"),
    ],
)
def test_what_is_undefined_says_why(store: Store, values: dict[str, Any], figure: str, reason: str) -> None:
    found = figures_of(store, **values)
    assert getattr(found, figure) is None
    assert found.reasons[figure] == reason
    assert found.why(figure) == REASONS[reason]


def test_a_zero_budget_still_has_a_variance_in_money(store: Store) -> None:
    assert figures_of(store, budget_approved=0, eac=500).variance == 500


def test_variance_and_its_rating(store: Store) -> None:
    found = figures_of(store, budget_approved=640_000_000, eac=731_000_000, currency="EUR")
    assert (found.variance, found.currency) == (91_000_000, "EUR")
    assert found.variance_pct == pytest.approx(14.21875)
    assert found.rag_cost_computed == "R"


def test_thresholds_come_from_the_scale_in_force_on_the_data_date(store: Store) -> None:
    for day, begins in ((date(2026, 6, 1), 20.0), (date(2027, 6, 1), 0.0)):
        scale = a_row(store, "scale", kind="variance", name="Ours", effective_from=day)
        for position, code in enumerate("AR"):
            a_row(
                store, "scale_point", scale=scale, code=code, label=code, threshold=begins + position, position=position
            )
    project = a_project(store, budget_approved=100, eac=114)
    assert project_figures(store)[project].rag_cost_computed == "G"
    assert project_figures(store, date(2026, 5, 31))[project].rag_cost_computed == "R"
    assert project_figures(store, date(2027, 6, 1))[project].rag_cost_computed == "R"


def test_green_outside_and_red_inside_is_a_watermelon(store: Store) -> None:
    found = figures_of(store, rag_overall="G", budget_approved=100, eac=114)
    assert (found.watermelon, found.honesty, found.rag_computed) == (2, Honesty.WATERMELON, "R")


def test_pessimism_is_not_claimed_while_a_dimension_is_unknown(store: Store) -> None:
    found = figures_of(store, rag_overall="R", budget_approved=100, eac=105)
    assert (found.watermelon, found.honesty, found.reasons["watermelon"]) == (None, Honesty.UNVERIFIED, "unverified")
    whole = figures_of(store, rag_overall="R", budget_approved=100, eac=100, **DATED, finish_forecast=date(2026, 4, 11))
    assert (whole.watermelon, whole.honesty) == (-2, Honesty.PESSIMISTIC)


class TestTrend:
    """The trend compares the present rating with the report before it."""

    def test_the_report_of_the_same_day_is_the_present_one(self, store: Store) -> None:
        project = a_project(store, rag_overall="R", rag_time="A", report_date=date(2026, 10, 31))
        a_report(store, project, date(2026, 9, 30), rag_overall="A", rag_time="R")
        a_report(store, project, date(2026, 10, 31), rag_overall="R")
        found = project_figures(store)[project]
        assert (found.rag_prev, found.rag_prev_on, found.rag_trend) == ("A", date(2026, 9, 30), Trend.WORSE)
        assert found.trends["rag_time"] is Trend.BETTER

    def test_without_a_report_date_an_equal_newest_report_is_the_present_one(self, store: Store) -> None:
        project = a_project(store, rag_overall="A")
        a_report(store, project, date(2026, 9, 30), rag_overall="G")
        a_report(store, project, date(2026, 10, 31), rag_overall="A")
        assert project_figures(store)[project].rag_prev == "G"

    def test_without_a_report_date_a_different_newest_report_is_the_previous_one(self, store: Store) -> None:
        project = a_project(store, rag_overall="R")
        a_report(store, project, date(2026, 10, 31), rag_overall="A")
        assert project_figures(store)[project].rag_trend is Trend.WORSE

    @pytest.mark.parametrize(("rating", "reason"), [("C", "complete"), (None, "not_rated")])
    def test_complete_and_unrated_have_no_trend(self, store: Store, rating: str | None, reason: str) -> None:
        project = a_project(store, rag_overall=rating, report_date=date(2026, 10, 31))
        a_report(store, project, date(2026, 9, 30), rag_overall="G")
        found = project_figures(store)[project]
        assert (found.rag_trend, found.reasons["rag_trend"]) == (None, reason)


class TestFreshness:
    """Rated long ago is not the same as not rated."""

    @pytest.mark.parametrize(("day", "age", "stale"), [(date(2026, 10, 13), 31, False), (date(2026, 10, 12), 32, True)])
    def test_a_report_older_than_the_cycle_is_stale(self, store: Store, day: date, age: int, stale: bool) -> None:
        found = figures_of(store, rag_overall="G", report_date=day)
        assert (found.report_age_days, found.stale) == (age, stale)

    def test_the_newest_report_counts_where_the_project_has_no_date(self, store: Store) -> None:
        project = a_project(store, rag_overall="G")
        a_report(store, project, date(2026, 11, 3))
        assert project_figures(store)[project].report_age_days == 10

    @pytest.mark.parametrize("values", [{"rag_overall": "C"}, {"rag_overall": "G", "lifecycle_status": "Closed"}])
    def test_what_has_ended_owes_no_report(self, store: Store, values: dict[str, str]) -> None:
        found = figures_of(store, report_date=date(2020, 1, 1), **values)
        assert found.stale is False
        assert found.has_ended == ("lifecycle_status" in values)


class TestMilestones:
    """Gates in planned order, what comes next, and what is overdue."""

    def test_the_gate_track(self, store: Store) -> None:
        project = a_project(store)
        a_milestone(store, project, "G3", type="Gate", baseline=date(2027, 5, 1), forecast=date(2027, 5, 7))
        a_milestone(store, project, "G1", type="Gate", baseline=date(2026, 1, 1), actual=date(2026, 1, 9))
        a_milestone(store, project, "G2", type="Gate", baseline=date(2026, 6, 1), status="Complete")
        a_milestone(store, project, "G9", type="Gate", baseline=date(2026, 2, 1), status="Cancelled")
        a_milestone(store, project, "Not a gate", baseline=date(2026, 3, 1))
        a_milestone(store, project, "G4", type="Gate")
        found = project_figures(store)[project]
        assert [(stop.name, stop.state) for stop in found.gate_track] == [
            ("G1", GateState.PASSED),
            ("G2", GateState.PASSED),
            ("G3", GateState.NEXT),
            ("G4", GateState.OPEN),
        ]
        assert (found.next_gate, found.next_gate_date) == ("G3", date(2027, 5, 7))
        assert found.gates_text() == "2 of 4 gates passed, next G3"

    def test_when_all_are_passed_there_is_no_next(self, store: Store) -> None:
        project = a_project(store)
        a_milestone(store, project, "G1", type="Gate", actual=date(2026, 1, 9))
        found = project_figures(store)[project]
        assert (found.next_gate, found.reasons["next_gate"]) == (None, "all_passed")
        assert found.gates_text() == "1 of 1 gates passed"
        assert figures_of(store, name="Beta").gates_text() == ""

    def test_the_next_milestone_may_be_overdue(self, store: Store) -> None:
        project = a_project(store)
        a_milestone(store, project, "Soon", forecast=date(2026, 12, 1))
        a_milestone(store, project, "Late", baseline=date(2026, 10, 1))
        a_milestone(store, project, "Done", forecast=date(2026, 9, 1), actual=date(2026, 9, 1))
        a_milestone(store, project, "Undated")
        found = project_figures(store)[project]
        assert (found.next_milestone, found.next_milestone_date) == ("Late", date(2026, 10, 1))
        assert found.overdue_milestones == 1


def test_every_figure_field_is_a_figure_with_a_label_and_help() -> None:
    names = [each.name for each in FIGURE_FIELDS]
    assert len(names) == len(set(names)) == len({each.label for each in FIGURE_FIELDS})
    empty = ProjectFigures(project="", currency="GBP", has_ended=False)
    assert all(hasattr(empty, name) for name in names)
    assert all(each.computed and each.help and each.entity == "project" for each in FIGURE_FIELDS)
    assert {each.kind for each in FIGURE_FIELDS} <= set(Kind)


def test_the_data_date_given_wins_over_the_file(store: Store) -> None:
    project = a_project(store, rag_overall="G", report_date=date(2026, 11, 3))
    assert project_figures(store, date(2026, 11, 4))[project].report_age_days == 1
