"""Small charts: milestones as baseline and forecast dots on a time axis, and the bar of projects by status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.milestones import milestone_slip
from pmo_desktop.figures.totals import StatusCount
from pmo_desktop.reports.marks import draw_dot
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    ACCENT,
    BAD,
    CAPTION,
    GOOD,
    GRID,
    INK,
    INK2,
    TABLE,
    WARN,
    Type,
    rag_look,
)
from pmo_desktop.reports.table import Cell
from pmo_desktop.rules.slip import days_overdue
from pmo_desktop.rules.wording import DASH, slip_text

CHART_ROW = 18.0
AXIS, FOOT = 13.0, 16.0
_SLIP_WIDTH = 40.0
_MOST_TICKS = 9
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)  # months between the ticks of a time axis
_SLIP = Type(8.4, "PMOSans-SemiBold", 10.6)
_GREEN, _BAR = "#0F5C48", 14.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis from its first tick to its last, over a stretch of the page."""

    ticks: tuple[date, ...]
    x: float
    width: float

    def place(self, day: date) -> float:
        """Where a day stands."""
        first, last = self.ticks[0], self.ticks[-1]
        return self.x + self.width * (day - first).days / max(1, (last - first).days)


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One milestone of the chart: its name broken to the label column, and its dates."""

    label: Cell
    baseline: date | None
    expected: date | None
    achieved: bool
    slip: int | None
    overdue: int

    @property
    def height(self) -> float:
        """The height the row takes."""
        return max(CHART_ROW, len(self.label.lines) * self.label.style.leading + 4.0)


def make_row(milestone: Row, label: Cell, data_date: date, *, achieved: bool) -> ChartRow:
    """A milestone as a row of the chart."""
    expected = milestone.get("actual") or milestone.get("forecast")
    due = expected or milestone.get("baseline")
    return ChartRow(
        label=label,
        baseline=milestone.get("baseline"),
        expected=expected,
        achieved=achieved,
        slip=milestone_slip(milestone),
        overdue=0 if achieved else days_overdue(due, data_date),
    )


def chart_height(rows: Sequence[ChartRow]) -> float:
    """The height of a milestone chart without its title."""
    return AXIS + sum(row.height for row in rows) + FOOT


def make_axis(days: Sequence[date], x: float, width: float) -> Axis:
    """A time axis that holds all days, on whole months, quarters or years, with at most nine ticks."""
    first, last = min(days), max(days)
    for step in _STEPS:
        start = _month_number(first) // step * step
        stop = _month_number(last) // step * step + step
        if (stop - start) // step < _MOST_TICKS:
            break
    ticks = tuple(_month_date(number) for number in range(start, stop + 1, step))
    return Axis(ticks, x, width)


def paint_milestones(page: Page, x: float, y: float, width: float, rows: Sequence[ChartRow], data_date: date) -> float:
    """Draw the chart from its top edge; returns its bottom edge."""
    label = label_width(width)
    days = [day for row in rows for day in (row.baseline, row.expected) if day]
    axis = make_axis([*days, data_date], x + label + 8.0, width - label - _SLIP_WIDTH - 16.0)
    bottom = y + AXIS + sum(row.height for row in rows)
    _paint_axis(page, axis, y, bottom, data_date)
    y += AXIS
    for row in rows:
        _paint_row(page, axis, row, x, y + row.height / 2, x + width)
        y += row.height
    base = y + 11.5
    draw_dot(page, x + 4.2, base - 2.7, INK2, filled=False, half=3.6)
    after = 12.0 + page.text(x + 12.0, base, "baseline", CAPTION) + 12.0
    draw_dot(page, x + after, base - 2.7, INK2, filled=True, half=3.6)
    page.text(x + after + 8.0, base, "forecast or actual", CAPTION)
    return y + FOOT


def label_width(width: float) -> float:
    """The room that a chart of this width leaves for a milestone's name."""
    return width * 0.29


def paint_status_bar(page: Page, x: float, y: float, width: float, counts: Sequence[StatusCount]) -> None:
    """Draw the number of projects at each status as one bar; a count too narrow for its figure stands without it."""
    total = sum(each.count for each in counts)
    gap = 1.5
    room = width - gap * (sum(each.count > 0 for each in counts) - 1)
    for each in counts:
        if not each.count:
            continue
        size = room * each.count / total
        look = rag_look(each.code)
        page.box(x, y, size, _BAR, fill=look.fill, line=look.line)
        if size > 6.0 + 5.0 * len(str(each.count)):
            style = Type(8.6, "PMOSans-SemiBold", colour=look.ink)
            page.text(x + size / 2, y + _BAR / 2 + 3.1, str(each.count), style, align="centre")
        x += size + gap


def _paint_axis(page: Page, axis: Axis, y: float, bottom: float, data_date: date) -> None:
    today = axis.place(data_date)
    for number, tick in enumerate(axis.ticks):
        x = axis.place(tick)
        page.stroke(((x, y + 1.0), (x, bottom)), 0.4, GRID)
        if number < len(axis.ticks) - 1:
            page.text(x + 2.0, y + 7.6, _tick_text(axis, tick), CAPTION)
    page.stroke(((today, y + AXIS - 2.0), (today, bottom)), 1.2, ACCENT, (2, 1.6))
    page.text(today, bottom + 9.0, "Data date", Type(7.5, "PMOSans-Medium", colour=ACCENT), align="centre")


def _paint_row(page: Page, axis: Axis, row: ChartRow, x: float, middle: float, right: float) -> None:
    ink = slip_colour(row)
    page.rule(axis.x, axis.x + axis.width, middle, 0.4, GRID)
    top = middle - (len(row.label.lines) - 1) * row.label.style.leading / 2
    for number, line in enumerate(row.label.lines):
        page.text(x, top + number * row.label.style.leading + 3.0, line, row.label.style)
    if row.baseline and row.expected and row.baseline != row.expected:
        page.stroke(((axis.place(row.baseline), middle), (axis.place(row.expected), middle)), 1.4, ink)
    if row.baseline:
        draw_dot(page, axis.place(row.baseline), middle, ink, filled=False)
    if row.expected:
        draw_dot(page, axis.place(row.expected), middle, ink, filled=True)
    style = _SLIP if not row.achieved and (row.overdue or (row.slip or 0) > 0) else TABLE
    page.text(right, middle + 3.0, _slip_words(row), style, align="right", ink=INK if ink == INK2 else ink)


def _slip_words(row: ChartRow) -> str:
    if row.baseline is None and row.expected is None:
        return "no date"
    return slip_text(row.slip) if row.slip is not None else "overdue" if row.overdue else DASH


def slip_colour(row: ChartRow) -> str:
    """Red when it lies ahead and is late, or is overdue; green when it lies ahead and is early; quiet when done."""
    if row.achieved:
        return INK2
    if row.overdue:
        return BAD
    slip = row.slip or 0
    return GOOD if slip < 0 else WARN if slip > 0 and slip < 14 else BAD if slip > 0 else INK2


def _tick_text(axis: Axis, tick: date) -> str:
    months = _month_number(axis.ticks[1]) - _month_number(axis.ticks[0])
    if months >= 12:
        return str(tick.year)
    if months >= 3:
        return f"Q{(tick.month - 1) // 3 + 1} {tick.year % 100:02}"
    return f"{tick:%b} {tick.year % 100:02}"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_date(number: int) -> date:
    year, month = divmod(number, 12)
    if year > date.max.year:
        return date.max
    return date(max(1, year), month + 1, 1) if year >= 1 else date.min
