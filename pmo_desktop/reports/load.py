"""Demand against capacity as a chart: a bar a week, what is beyond capacity in another colour, capacity as a line."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_desktop.figures.outlook import Outlook
from pmo_desktop.reports.frame import draw_section
from pmo_desktop.reports.heat import step_points
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BORDER_STRONG, CAPTION, GRID, INK, heat_bins
from pmo_desktop.reports.table import Column
from pmo_desktop.rules.wording import number_text

CHART_HEIGHT = 132.0
LEAST_CHART = 96.0
_BAR = 0.7  # of a week's width
_ABOVE = 14.0  # between the title and the highest bar
_MOST_TICKS = 4
_FULL, _OVER = 4, 6  # steps of the heat


def paint_load(
    page: Page, outlook: Outlook, span: tuple[float, float], weeks: Sequence[Column], y: float, height: float
) -> None:
    """Draw the chart from its top edge, its weeks under those of the table; `span` is the table's left and right."""
    left, right = span
    top = draw_section(page, left, right - left, y, "Demand against capacity, person-days a week") + _ABOVE
    base = y + height - 4.0
    page.text(left, top + 4.0, "Bars: confirmed demand", CAPTION)
    page.text(left, top + 15.0, "Line: capacity after leave", CAPTION)
    most = max(1.0, float(outlook.demand.max()), float(outlook.capacity.max()))
    scale = (base - top) / most
    ticks = axis_ticks(most)
    first, last = weeks[0].x, weeks[-1].x + weeks[-1].width
    for tick in ticks:
        page.rule(first, last, base - tick * scale, 0.4, GRID)
        page.text(first - 5.0, base - tick * scale + 2.7, number_text(tick), CAPTION, align="right")
    page.rule(first, last, base, 0.7, BORDER_STRONG)
    for column, demand, capacity in zip(weeks, outlook.demand.tolist(), outlook.capacity.tolist(), strict=True):
        _paint_bar(page, column, base, scale, demand, capacity)
    page.stroke(step_points(outlook.capacity.tolist(), first, weeks[0].width, base, scale), 1.2, INK)


def axis_ticks(most: float) -> list[float]:
    """Round figures above 0 up to the most, at most four."""
    power = 0.001
    while True:
        for factor in (1, 2, 2.5, 5):
            step = factor * power
            if most / step <= _MOST_TICKS:
                return [step * number for number in range(1, int(most / step + 1e-9) + 1)]
        power *= 10


def _paint_bar(page: Page, column: Column, base: float, scale: float, demand: float, capacity: float) -> None:
    bins = heat_bins()
    width = column.width * _BAR
    x = column.x + (column.width - width) / 2
    within = min(demand, capacity)
    if within > 0:
        page.box(x, base - within * scale, width, within * scale, fill=bins[_FULL].fill)
    if demand > capacity:
        page.box(x, base - demand * scale, width, (demand - capacity) * scale, fill=bins[_OVER].fill)
