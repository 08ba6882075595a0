"""Capacity as a table: a row a team, role, person or project, a column a week, month or quarter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Measure, Side, make_grid
from pmo_desktop.figures.demand import RoleTable, role_balance
from pmo_desktop.rules.booking import TICKS_PER_HOUR
from pmo_desktop.rules.calendar import Grain, Numbers, Periods
from pmo_desktop.rules.load import ROUNDING, Share, Undefined, share_of

_WHOLE = 100.0


class By(StrEnum):
    """What a row is."""

    TEAM = "team"
    ROLE = "role"
    PERSON = "person"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Amounts:
    """One cell, in hours; `utilisation` in percent, None with its reason; `over`: hours beyond what is available."""

    available: float
    confirmed: float
    tentative: float
    utilisation: float | None
    reason: str | None
    days: float | None
    fte: float | None
    over_booked: bool

    @property
    def booked(self) -> float:
        """Confirmed and tentative together."""
        return self.confirmed + self.tentative

    def value(self, unit: Measure) -> float | None:
        """What is shown in a unit; None where there is none."""
        return {Measure.PERCENT: self.utilisation, Measure.DAYS: self.days, Measure.FTE: self.fte}[unit]


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `note` is the role of a person, the reference of a project; `fte` is None where it has none."""

    id: str | None
    name: str
    note: str
    fte: float | None
    cells: tuple[Amounts, ...]


@dataclass(frozen=True, slots=True)
class CapacityTable:
    """Rows by periods; `short` says which role is the bottleneck of each period where one is, by its number."""

    by: By
    periods: Periods
    rows: tuple[Row, ...]
    short: dict[int, str]


def capacity_table(book: Book, by: By, grain: Grain, *, confirmed_only: bool = False) -> CapacityTable:
    """The table of a book, over its days."""
    if by is By.ROLE:
        roles = role_balance(book, book.periods(grain), confirmed_only=confirmed_only)
        return CapacityTable(by, roles.periods, _role_rows(book, roles), _shortages(roles))
    side = Side.PROJECTS if by is By.PROJECT else Side.RESOURCES
    grid = make_grid(book, Lens(grain=grain, confirmed_only=confirmed_only), side)
    level = Level.GROUP if by is By.TEAM else Level.TOP
    rows = [_grid_row(grid, at) for at, line in enumerate(grid.lines) if line.level is level]
    if by is By.PERSON:
        rows.sort(key=lambda row: (row.name.casefold(), row.id or ""))
    return CapacityTable(by, grid.periods, tuple(rows), {})


@dataclass(frozen=True, slots=True)
class _Scale:
    """What ticks become: `day` of a standard day, `full` int64[periods] of one FTE."""

    day: float
    full: Numbers

    def cell(self, available: int, hard: int, soft: int, period: int, share: Share, *, over: bool) -> Amounts:
        """One cell of exact ticks."""
        booked, full = hard + soft, int(self.full[period])
        return Amounts(
            available / TICKS_PER_HOUR,
            hard / TICKS_PER_HOUR,
            soft / TICKS_PER_HOUR,
            None if share.value is None else share.value * _WHOLE,
            share.reason.words if share.reason else None,
            booked / self.day if self.day else None,
            booked / full if full else None,
            over,
        )


def _grid_row(grid: Grid, at: int) -> Row:
    scale, line = _Scale(grid.day, grid.full), grid.lines[at]
    available, hard, soft, over = (each[at].tolist() for each in (grid.available, grid.hard, grid.soft, grid.over))
    cells = tuple(
        scale.cell(available[n], hard[n], soft[n], n, grid.share(at, n, n + 1), over=over[n])
        for n in range(grid.periods.count)
    )
    return Row(line.id, line.title, line.note, line.fte, cells)


def _role_rows(book: Book, table: RoleTable) -> tuple[Row, ...]:
    day = (book.standard.daily_hours or 0.0) * TICKS_PER_HOUR
    scale = _Scale(day, table.full)
    fte: dict[str | None, float] = {}
    for each in book.resources:
        fte[each.role] = fte.get(each.role, 0.0) + each.fte
    rows = []
    for number, role in enumerate(table.roles):
        available, hard, soft = (each[number].tolist() for each in (table.available, table.hard, table.soft))
        cells = tuple(
            scale.cell(
                available[n],
                hard[n],
                soft[n],
                n,
                share_of(float(hard[n] + soft[n]), float(available[n]), Undefined.NO_SUPPLY),
                over=hard[n] + soft[n] > available[n] + ROUNDING,
            )
            for n in range(table.periods.count)
        )
        rows.append(Row(role, table.names[number], "", fte.get(role, 0.0), cells))
    return tuple(rows)


def _shortages(table: RoleTable) -> dict[int, str]:
    """The bottleneck of each period where a role is short."""
    words = {period: table.words(period) for period in range(table.periods.count)}
    return {period: said for period, said in words.items() if said}
