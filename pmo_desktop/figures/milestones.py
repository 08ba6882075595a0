"""Milestones on the data date: how far each has slipped, which are due, which are overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pmo_desktop.figures.material import Material, Row
from pmo_desktop.figures.projects import expected_date, is_achieved, is_cancelled
from pmo_desktop.rules.slip import days_overdue, slip_days

AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class MilestoneFigures:
    """One milestone that has not happened; `slip` is None without both a baseline and a forecast."""

    milestone: str
    project: str
    name: str
    expected: date
    slip: int | None
    overdue: int

    @property
    def is_late(self) -> bool:
        """Whether it is forecast after its baseline, or its day has passed."""
        return self.overdue > 0 or (self.slip is not None and self.slip > 0)


def milestone_slip(milestone: Row) -> int | None:
    """Days from a milestone's baseline to its actual or forecast date, or None."""
    promised = milestone.get("baseline")
    happened = milestone.get("actual") or milestone.get("forecast")
    return slip_days(promised, happened) if promised and happened else None


def open_milestones(material: Material, projects: Iterable[str]) -> list[MilestoneFigures]:
    """The dated milestones of some projects that are neither achieved nor cancelled, the earliest first."""
    found = [
        MilestoneFigures(
            milestone=each["id"],
            project=project,
            name=each["name"],
            expected=day,
            slip=milestone_slip(each),
            overdue=days_overdue(day, material.data_date),
        )
        for project in projects
        for each in material.milestones.get(project, [])
        if not is_achieved(each) and not is_cancelled(each) and (day := expected_date(each))
    ]
    return sorted(found, key=lambda each: (each.expected, each.name, each.milestone))


def is_due(milestone: MilestoneFigures, data_date: date) -> bool:
    """Whether a milestone falls in the 30 days from the data date on."""
    return data_date <= milestone.expected <= data_date + AHEAD
