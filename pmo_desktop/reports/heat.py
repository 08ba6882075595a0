"""The heat of capacity on paper: time booked as colour, figure, weight and corner; leave as hatching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BOLD, BORDER, BORDER_STRONG, CAP_HEIGHT, CAPTION, INK, REGULAR, Type, heat_bins
from pmo_desktop.reports.table import shrink
from pmo_desktop.reports.text import width_of

FULL = 100
_FAR_OVER = 116
_CORNER, _FAR_CORNER = 3.6, 5.4
_HATCH, _STEP = 9.0, 2.4  # width of the hatching of part of a week, and between its lines
_SWATCH = 11.0
NO_TIME = "!"  # booked where no time is available


@dataclass(frozen=True, slots=True)
class Heat:
    """One cell: booked / available in percent, None where nothing is available; the share of days off, 0 to 1."""

    percent: int | None
    over: bool
    off: float = 0.0


def paint_heat(page: Page, x: float, y: float, width: float, height: float, heat: Heat) -> None:
    """Draw a cell from its top left corner: readable without colour by its figure, weight, corner and hatching."""
    look = bin_of(heat)
    left, top, wide, tall = x + 0.4, y + 0.4, width - 0.8, height - 0.8
    page.box(left, top, wide, tall, fill=look.fill)
    if heat.off > 0:
        part = wide if heat.percent is None and not heat.over else min(wide, _HATCH)
        paint_hatch(page, left + wide - part, top, part, tall)
    if heat.over:
        size = _FAR_CORNER if heat.percent is None or heat.percent >= _FAR_OVER else _CORNER
        page.polygon(((left + wide - size, top), (left + wide, top), (left + wide, top + size)), fill=INK)
    style = figure_style(look.ink, heavy=heat.over)
    figure = NO_TIME if heat.percent is None and heat.over else "" if heat.percent is None else f"{heat.percent:,}"
    style = shrink(figure, style, wide - 2.0)
    page.text(x + width / 2, y + height / 2 + style.size * CAP_HEIGHT / 2, figure, style, align="centre")


def paint_hatch(page: Page, x: float, y: float, width: float, height: float) -> None:
    """Fill a rectangle with lines of 45 degrees."""
    reach = width + height
    for number in range(1, int(reach / _STEP) + 1):
        at = number * _STEP  # the line on which x + y, seen from the corner, is so much
        first = (x + min(at, width), y + max(0.0, at - width))
        last = (x + max(0.0, at - height), y + min(at, height))
        page.stroke((first, last), 0.4, BORDER_STRONG)


def paint_heat_key(page: Page, x: float, y: float, room: float, *, no_time: bool) -> None:
    """Draw what the colours mean in one line around y, as far as the room goes."""
    entries = [(each.fill, each.label) for each in heat_bins()]
    entries += [("", "leave or holiday"), *([(NO_TIME, "no time to book")] if no_time else [])]
    gap = min(12.0, (room - sum(_SWATCH + 4.0 + width_of(label, CAPTION) for _, label in entries)) / len(entries))
    for fill, label in entries:
        top = y - _SWATCH / 2
        if fill == NO_TIME:
            page.text(x + _SWATCH / 2, y + 2.9, NO_TIME, figure_style(INK, heavy=True), align="centre")
        elif fill:
            page.box(x, top, _SWATCH, _SWATCH, fill=fill, line=BORDER)
        else:
            paint_hatch(page, x, top, _SWATCH, _SWATCH)
        x += _SWATCH + 4.0
        x += page.text(x, y + 2.7, label, CAPTION) + gap


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str
    ink: str


def bin_of(heat: Heat) -> _Look:
    """The colours of a cell; one that is booked without any time to book is as bad as the worst."""
    bins = heat_bins()
    if heat.percent is None:
        return _Look(bins[-1].fill, bins[-1].ink) if heat.over else _Look(bins[0].fill, bins[0].ink)
    found = next((each for each in bins if each.below > heat.percent), bins[-1])
    return _Look(found.fill, found.ink)


@cache
def figure_style(ink: str, *, heavy: bool) -> Type:
    """The type of a cell's figure."""
    return Type(8.4, BOLD if heavy else REGULAR, 10.6, ink)


def step_points(values: Sequence[float], x: float, step: float, base: float, scale: float) -> list[tuple[float, float]]:
    """The corners of a stepped line: each value from one edge of its step to the next."""
    points = []
    for number, value in enumerate(values):
        y = base - value * scale
        points += [(x + number * step, y), (x + (number + 1) * step, y)]
    return points
