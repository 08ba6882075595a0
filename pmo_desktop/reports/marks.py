"""Marks: ratings as letter, shape and colour, trends, gate tracks and variance bars, each around its centre."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    ACCENT,
    BAR_BAD,
    BAR_GOOD,
    BAR_PLAIN,
    BAR_WARN,
    BOLD,
    BORDER_STRONG,
    CAP_HEIGHT,
    INK3,
    SMALLEST,
    WHITE,
    Type,
    rag_look,
)
from pmo_desktop.rules.gates import GateState, GateStop
from pmo_desktop.rules.rating import Thresholds
from pmo_desktop.rules.wording import DASH
from pmo_desktop.rules.words import Trend

MARK = 11.0  # in tables
STRIP_MARK = 19.0  # in the status strip
GATE_STEP, GATE_HALF, MOST_GATES = 8.7, 3.5, 9
_BAR_FULL = 15.0  # percent at which the variance bar is full
_UP, _DOWN = "#0F5C48", "#8E151B"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as a cell of a table: its stored code, None for not rated, and how it moved."""

    code: str | None
    trend: Trend | None = None


def draw_rating(page: Page, x: float, y: float, code: str | None, size: float = MARK, *, letter: bool = True) -> None:
    """Draw a rating around its centre: square red, diamond amber, circle green, rounded square complete, ring none."""
    key = code or "N"
    look = rag_look(key)
    half = size / 2
    if key == "R":
        page.box(x - half * 0.93, y - half * 0.93, size * 0.93, size * 0.93, fill=look.fill, line=look.line, radius=1.4)
    elif key in ("A", "AR", "AG"):
        _diamond(page, x, y, size * (0.585 if key == "A" else 0.74), size * 0.585, fill=look.fill, line=look.line)
    elif key == "C":
        page.box(x - half, y - half, size, size, fill=look.fill, line=look.line, radius=size * 0.28)
    else:
        page.circle(x, y, half * 0.98, fill=look.fill, line=look.line)
    if letter:
        style = Type(max(SMALLEST, size * 0.54), BOLD, colour=look.ink)
        page.text(x, y + style.size * CAP_HEIGHT / 2, DASH if key == "N" else key, style, align="centre")


def draw_trend(page: Page, x: float, y: float, trend: Trend | None, size: float = 7.0) -> None:
    """Draw how a rating moved: triangle up better, dash same, triangle down worse; nothing for None."""
    half, tall = size / 2, size * 0.43
    if trend is Trend.SAME:
        page.stroke(((x - half, y), (x + half, y)), 1.1, INK3)
    elif trend is Trend.BETTER:
        page.polygon(((x - half, y + tall), (x + half, y + tall), (x, y - tall)), fill=_UP)
    elif trend is Trend.WORSE:
        page.polygon(((x - half, y - tall), (x + half, y - tall), (x, y + tall)), fill=_DOWN)


def draw_gates(page: Page, x: float, y: float, track: tuple[GateStop, ...], width: float, style: Type) -> None:
    """Draw a gate track from its left edge: filled passed, heavy outline next, light outline open; words if many."""
    passed = sum(stop.state is GateState.PASSED for stop in track)
    if len(track) > MOST_GATES:
        page.text(x, y + style.size * CAP_HEIGHT / 2, f"{passed} of {len(track)}", style, width=width)
        return
    step = min(GATE_STEP, (width - 2 * GATE_HALF) / max(1, len(track) - 1))
    half = min(GATE_HALF, step * 0.45)
    for place, stop in enumerate(track):
        draw_gate(page, x + GATE_HALF + place * step, y, stop.state, half)


def draw_gate(page: Page, x: float, y: float, state: GateState, half: float = GATE_HALF) -> None:
    """Draw one gate of a track."""
    if state is GateState.PASSED:
        _diamond(page, x, y, half, half, fill=ACCENT, line=ACCENT)
    elif state is GateState.NEXT:
        _diamond(page, x, y, half, half, fill=WHITE, line=ACCENT, weight=1.3)
    else:
        _diamond(page, x, y, half, half, fill=WHITE, line=BORDER_STRONG)


def draw_variance(page: Page, x: float, y: float, percent: float, thresholds: Thresholds, reach: float = 13.0) -> None:
    """Draw a variance as a bar left (under) or right (over) of a zero line at x; 15 % and more is the full reach."""
    page.stroke(((x, y - 4.6), (x, y + 4.6)), 0.5, BORDER_STRONG)
    size = min(1.0, abs(percent) / _BAR_FULL) * reach
    if size > 0.1:
        page.box(x if percent > 0 else x - size, y - 2.9, size, 5.8, fill=bar_colour(percent, thresholds))


def bar_colour(percent: float, thresholds: Thresholds) -> str:
    """Green under, plain within tolerance, amber from the first threshold, red above the second."""
    if percent < 0:
        return BAR_GOOD
    if percent > thresholds.red_above:
        return BAR_BAD
    return BAR_WARN if percent >= thresholds.amber_from else BAR_PLAIN


def draw_dot(page: Page, x: float, y: float, ink: str, *, filled: bool, half: float = 4.2) -> None:
    """Draw a milestone: hollow for the baseline, filled for forecast or actual."""
    _diamond(page, x, y, half, half, fill=ink if filled else WHITE, line=ink, weight=1.0)


def rating_width(code: str | None, size: float = MARK) -> float:
    """The width a rating takes."""
    return size * (1.48 if code in ("AR", "AG") else 1.17)


def _diamond(
    page: Page, x: float, y: float, wide: float, tall: float, *, fill: str, line: str, weight: float = 0.6
) -> None:
    points = ((x, y - tall), (x + wide, y), (x, y + tall), (x - wide, y))
    page.polygon(points, fill=fill, line=line, weight=weight)
