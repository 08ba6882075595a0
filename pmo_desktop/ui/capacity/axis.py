"""The time axis of the capacity grid: what stands over each period, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from pmo_desktop.rules.calendar import MONTHS_PER_QUARTER, MONTHS_PER_YEAR, Grain, Periods
from pmo_desktop.rules.wording import MONTHS

WIDTHS = {Grain.WEEK: 40, Grain.MONTH: 52, Grain.QUARTER: 64}
MEAN_WEEKS = 13


class Band(NamedTuple):
    """A heading over several periods."""

    first: int
    last: int
    words: str


@dataclass(frozen=True, eq=False)
class Axis:
    """The periods in sight; `today` is the data date, `year_starts_in` the month of the financial year."""

    periods: Periods
    today: date
    year_starts_in: int = 1

    @property
    def grain(self) -> Grain:
        """Weeks, months or quarters."""
        return self.periods.grain

    @property
    def count(self) -> int:
        """Number of periods."""
        return self.periods.count

    @property
    def width(self) -> int:
        """Pixels of a period at 100 % text size."""
        return WIDTHS[self.grain]

    @cached_property
    def firsts(self) -> list[date]:
        """The first day of each period."""
        return self.periods.firsts

    @cached_property
    def lasts(self) -> list[date]:
        """The last day of each period."""
        return self.periods.lasts

    @cached_property
    def labels(self) -> list[str]:
        """What stands over each period: the day of a week's Monday, the month, the quarter."""
        return [_LABELS[self.grain](day, self.year_starts_in) for day in self.firsts]

    @cached_property
    def bands(self) -> list[Band]:
        """The months over weeks, the years over months and quarters."""
        found: list[Band] = []
        key: object = None
        for place, day in enumerate(self.firsts):
            this = (day.year, day.month) if self.grain is Grain.WEEK else _year_of(day, self.year_starts_in)
            if this != key:
                found.append(Band(place, place, self._band_words(day, found)))
                key = this
            found[-1] = found[-1]._replace(last=place)
        return found

    @cached_property
    def now(self) -> int:
        """The period in which the data date lies, or the one nearest to it."""
        index = self.periods.horizon.index(self.today)
        return self.periods.of_day(max(0, min(index, self.periods.horizon.length - 1)))

    @cached_property
    def ahead(self) -> slice:
        """The periods of the next 13 weeks from the data date's one on."""
        last = self.firsts[self.now] + timedelta(weeks=MEAN_WEEKS) - timedelta(1)
        end = next((place for place in range(self.now, self.count) if self.firsts[place] > last), self.count)
        return slice(self.now, max(end, self.now + 1))

    def month_step(self, place: int, by: int) -> int:
        """The period that begins a month later or earlier, at least one period on."""
        day = self.firsts[place]
        months = day.year * MONTHS_PER_YEAR + day.month - 1 + by
        wanted = date(months // MONTHS_PER_YEAR, months % MONTHS_PER_YEAR + 1, min(day.day, 28))
        index = self.periods.horizon.index(wanted)
        found = self.periods.of_day(max(0, min(index, self.periods.horizon.length - 1)))
        found = max(found, place + 1) if by > 0 else min(found, place - 1)
        return max(0, min(found, self.count - 1))

    def title(self, place: int) -> str:
        """`Week of 30 Nov 2026`, `November 2026`, `Q4 2026`."""
        day = self.firsts[place]
        if self.grain is Grain.WEEK:
            return f"Week of {_short(day)}"
        if self.grain is Grain.MONTH:
            return f"{MONTHS[day.month - 1]} {day.year}"
        return f"{self.labels[place]} {_year_words(day, self.year_starts_in)}"

    def spoken(self, place: int) -> str:
        """The period inside a sentence: `week of 30 November`."""
        day = self.firsts[place]
        return f"week of {day.day} {MONTHS[day.month - 1]}" if self.grain is Grain.WEEK else self.title(place)

    def span_words(self) -> str:
        """`16 Nov 2026 to 15 May 2027`."""
        return f"{_short(self.firsts[0])} to {_short(self.lasts[-1])}"

    def _band_words(self, day: date, before: list[Band]) -> str:
        if self.grain is not Grain.WEEK:
            return _year_words(day, self.year_starts_in)
        first_of_year = not before or day.month == 1
        return f"{_month(day)} {day.year}" if first_of_year else _month(day)


def _month(day: date) -> str:
    return MONTHS[day.month - 1][:3]


def _short(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _year_of(day: date, starts_in: int) -> int:
    """The year in which the financial year of a day begins."""
    return day.year if day.month >= starts_in else day.year - 1


def _year_words(day: date, starts_in: int) -> str:
    year = _year_of(day, starts_in)
    return f"{year}" if starts_in == 1 else f"{year}/{(year + 1) % 100:02}"


def _quarter(day: date, starts_in: int) -> str:
    return f"Q{(day.month - starts_in) % MONTHS_PER_YEAR // MONTHS_PER_QUARTER + 1}"


_LABELS: dict[Grain, Callable[[date, int], str]] = {
    Grain.WEEK: lambda day, _starts: str(day.day),
    Grain.MONTH: lambda day, _starts: _month(day),
    Grain.QUARTER: _quarter,
}
