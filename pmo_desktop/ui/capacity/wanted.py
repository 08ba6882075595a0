"""What a person wants to see in the capacity grid: the unit, the grain, which way round, and the filters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QSettings

from pmo_desktop.rules.calendar import Grain
from pmo_desktop.ui.capacity.lines import DAY, FTE, PERCENT

PEOPLE, PROJECTS = "people", "projects"
FILTERS = {"teams": "Team", "roles": "Role", "skills": "Skill", "projects": "Project"}
UNITS = (PERCENT, DAY, FTE)
GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
_KEY = "capacity/wanted"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters hold ids; () lets everybody through."""

    unit: str = PERCENT
    grain: str = Grain.WEEK.value
    way: str = PEOPLE
    confirmed_only: bool = False
    over_only: bool = False
    teams: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether somebody may be out of sight."""
        return self.over_only or any(getattr(self, name) for name in FILTERS)

    def unfiltered(self) -> Wanted:
        """The same of everybody."""
        return Wanted(self.unit, self.grain, self.way, self.confirmed_only)


def read_wanted(settings: QSettings) -> Wanted:
    """What was wanted last time: filters are of one portfolio, hence not remembered."""
    try:
        kept = json.loads(str(settings.value(_KEY, "{}")))
        found = Wanted(unit=kept["unit"], grain=kept["grain"], way=kept["way"], confirmed_only=kept["confirmed_only"])
    except (ValueError, TypeError, KeyError):
        return Wanted()
    known: Sequence[bool] = (found.unit in UNITS, found.grain in GRAINS, found.way in (PEOPLE, PROJECTS))
    return found if all(known) and isinstance(found.confirmed_only, bool) else Wanted()


def keep_wanted(settings: QSettings, wanted: Wanted) -> None:
    """Remember what is wanted."""
    settings.setValue(_KEY, json.dumps(asdict(wanted.unfiltered())))
