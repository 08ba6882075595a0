"""Projects by status month by month: the newest report up to each month's end, and how they stand now."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.figures.material import Material
from pmo_desktop.figures.statuses import statuses_by_month

PROJECTS = ("p", "q")


def material(ratings: dict[str, str | None], reports: dict[str, list[tuple[date, str | None]]]) -> Material:
    """Two projects with their present ratings and past reports, on 13 November 2026."""
    rows: tuple[dict[str, Any], ...] = tuple({"id": each, "rag_overall": ratings.get(each)} for each in PROJECTS)
    past = {
        each: [{"period_end": day, "rag_overall": rating} for day, rating in found] for each, found in reports.items()
    }
    return Material(data_date=date(2026, 11, 13), settings={}, projects=rows, reports=past)


def test_each_month_counts_the_newest_report_up_to_its_end() -> None:
    reports: dict[str, list[tuple[date, str | None]]] = {
        "p": [(date(2026, 10, 31), "R"), (date(2026, 9, 30), "G"), (date(2026, 11, 1), "A")],
        "q": [(date(2026, 9, 15), "A")],
    }
    found = statuses_by_month(material({"p": "A", "q": "G"}, reports), PROJECTS)
    assert [each.on for each in found] == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 13)]
    assert [(each.counts["R"], each.counts["A"], each.counts["G"]) for each in found] == [
        (0, 1, 1),
        (1, 1, 0),
        (0, 1, 1),
    ]


def test_five_points_count_on_three_and_none_as_not_rated() -> None:
    reports: dict[str, list[tuple[date, str | None]]] = {
        "p": [(date(2026, 10, 31), "AR")],
        "q": [(date(2026, 10, 31), None)],
    }
    found = statuses_by_month(material({"p": "AG", "q": "C"}, reports), PROJECTS)
    assert (found[0].counts["A"], found[0].counts["N"]) == (1, 1)
    assert (found[1].counts["A"], found[1].counts["C"], found[1].counts["N"]) == (1, 1, 0)


def test_without_past_reports_there_is_nothing_to_show() -> None:
    assert statuses_by_month(material({"p": "R"}, {}), PROJECTS) == ()
    assert statuses_by_month(material({"p": "R"}, {"p": [(date(2026, 11, 5), "R")]}), PROJECTS) == ()


def test_projects_not_asked_for_do_not_count() -> None:
    reports: dict[str, list[tuple[date, str | None]]] = {
        "p": [(date(2026, 10, 31), "R")],
        "q": [(date(2026, 10, 31), "R")],
    }
    found = statuses_by_month(material({"p": "R", "q": "R"}, reports), ("p",))
    assert [each.counts["R"] for each in found] == [1, 1]


def test_twelve_months_end_with_this_one() -> None:
    reports: dict[str, list[tuple[date, str | None]]] = {"p": [(date(2024, 1, 31), "G")]}
    found = statuses_by_month(material({"p": "G"}, reports), PROJECTS)
    assert len(found) == 12
    assert found[0].on == date(2025, 12, 31)
    assert found[2].on == date(2026, 2, 28)
