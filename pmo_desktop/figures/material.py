"""The rows that figures are made of, read once, with the day they are judged by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pmo_desktop.rules.rating import DEFAULT_THRESHOLDS, Thresholds
from pmo_desktop.store import rows
from pmo_desktop.store.file import Store

Row = dict[str, Any]
DEFAULT_REPORT_DAYS = 31


@dataclass(frozen=True, slots=True)
class Material:
    """Rows as `store.rows` gives them; children lie by the project they belong to, in no promised order."""

    data_date: date
    settings: Row
    projects: tuple[Row, ...]
    milestones: dict[str, list[Row]] = field(default_factory=dict)
    reports: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    meanings: dict[str, str] = field(default_factory=dict)  # what each rating means, by code, in force on the data date

    @property
    def currency(self) -> str:
        """The currency of a row that names none."""
        return self.settings.get("currency") or "GBP"

    @property
    def report_days(self) -> int:
        """The reporting cycle in days."""
        return round(self.settings.get("report_days") or DEFAULT_REPORT_DAYS)


def read_material(store: Store, data_date: date | None = None) -> Material:
    """Everything the figures need, judged by the day given, else by the file's data date, else by today."""
    return replace(read_surroundings(store, data_date), projects=tuple(rows.read_rows(store, "project")))


def read_surroundings(store: Store, data_date: date | None = None) -> Material:
    """`read_material` without the projects, for a caller who has their rows already."""
    settings = rows.read_settings(store)
    day = data_date or rows.data_date(settings)
    scales, points = rows.read_rows(store, "scale"), rows.read_rows(store, "scale_point")
    return Material(
        data_date=day,
        settings=settings,
        projects=(),
        milestones=group_by_project(rows.read_rows(store, "milestone")),
        reports=group_by_project(rows.read_rows(store, "status_report")),
        names=rows.read_names(store),
        thresholds=thresholds_on(day, scales, points),
        meanings=meanings_on(day, scales, points),
    )


def group_by_project(children: list[Row]) -> dict[str, list[Row]]:
    """Rows by the project they belong to."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in children:
        grouped[row["project"]].append(row)
    return dict(grouped)


def thresholds_on(day: date, scales: list[Row], points: list[Row]) -> Thresholds:
    """The variance thresholds in force on a day; the default where the file has none."""
    begins = {
        point["code"]: point["threshold"]
        for point in _points_on("variance", day, scales, points)
        if point.get("threshold") is not None
    }
    return Thresholds(
        amber_from=begins.get("A", DEFAULT_THRESHOLDS.amber_from),
        red_above=begins.get("R", DEFAULT_THRESHOLDS.red_above),
    )


def meanings_on(day: date, scales: list[Row], points: list[Row]) -> dict[str, str]:
    """What each rating means, by code, in the scales of three and of five points in force on a day."""
    return {
        point["code"]: point["meaning"]
        for kind in ("rag5", "rag3")  # where both define a code, the plainer scale speaks
        for point in _points_on(kind, day, scales, points)
        if point.get("meaning")
    }


def _points_on(kind: str, day: date, scales: list[Row], points: list[Row]) -> list[Row]:
    in_force = [scale for scale in scales if scale["kind"] == kind and scale["effective_from"] <= day]
    if not in_force:
        return []
    newest = max(in_force, key=lambda scale: (scale["effective_from"], scale["id"]))
    return [point for point in points if point["scale"] == newest["id"]]
