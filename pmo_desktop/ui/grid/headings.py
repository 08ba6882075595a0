"""Group headings: chevron, name, count, status marks and sums, drawn across the cells of their line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.grid.ink import PADDING, TOO_NARROW, Face, Ink
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.marks import MARGIN, rag_mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

_CHEVRON = 14
_COUNT_MARK = 12


def heading_anchor(columns: Sequence[Column], place: int, first: int, rating: str) -> int:
    """The column whose heading content reaches over a cell: itself, or the nearest to its left that starts one."""
    for candidate in range(place, first - 1, -1):
        column = columns[candidate]
        if column.total or column.name == rating or candidate == 0:
            return candidate
    return place


def paint_heading(
    painter: QPainter, rect: QRect, group: Group, place: int, anchor: int, view: QTableView, ink: Ink
) -> None:
    """One cell of a group's line: the part of the content that falls into it."""
    table = view.model()
    columns: Sequence[Column] = table.columns  # type: ignore[attr-defined]
    reading: Reading = table.reading  # type: ignore[attr-defined]
    rating: str = table.rating  # type: ignore[attr-defined]
    painter.save()
    painter.setClipRect(rect)
    start = view.columnViewportPosition(anchor)
    if anchor == 0:
        _paint_label(painter, rect, start, group, ink)
    elif columns[anchor].name == rating:
        _paint_counts(painter, rect, start, group.ratings(rating), ink)
    elif anchor == place:
        _paint_total(painter, rect, group.total(columns[place], reading), columns[place], ink)
    painter.restore()


def _paint_label(painter: QPainter, rect: QRect, start: int, group: Group, ink: Ink) -> None:
    side, ratio = ink.theme.px(_CHEVRON), painter.device().devicePixelRatioF()
    chevron = icon_pixmap("chevron-down" if group.open else "chevron-right", "text2", side, ratio)
    painter.drawPixmap(start + PADDING, rect.center().y() + 1 - side // 2, chevron)
    x = start + PADDING + side + 6
    _words(painter, rect, x, group.label, ink.strong, ink, "text")
    _words(painter, rect, x + ink.strong.width(group.label) + 8, f"{len(group.records):,}", ink.caption, ink, "text3")


def _paint_counts(painter: QPainter, rect: QRect, start: int, counts: list[tuple[str, int]], ink: Ink) -> None:
    size, ratio = ink.theme.px(_COUNT_MARK), painter.device().devicePixelRatioF()
    x = float(start + PADDING + 1)
    for code, count in counts:
        mark = rag_mark(ink.theme, None if code == "N" else code, size, ratio)
        painter.drawPixmap(round(x) - MARGIN, rect.center().y() + 1 - size // 2 - MARGIN, mark)
        text = f"{count:,}" if len(code) == 1 else f"{count:,} {code}"
        _words(painter, rect, x + size + 5, text, ink.caption, ink, "text2")
        x += size + 5 + ink.caption.width(text) + 12


def _paint_total(painter: QPainter, rect: QRect, text: str, column: Column, ink: Ink) -> None:
    room = rect.width() - 2 * PADDING
    said = text if ink.strong.width(text) <= room else TOO_NARROW
    x = rect.right() + 1 - PADDING - ink.strong.width(said) if column.right else rect.left() + PADDING
    _words(painter, rect, x, said, ink.strong, ink, "text")


def _words(painter: QPainter, rect: QRect, x: float, text: str, face: Face, ink: Ink, token: str) -> None:
    painter.setFont(face.font)
    painter.setPen(ink.color(token))
    painter.drawText(QPointF(x, rect.top() + rect.height() / 2 + face.rise), text)
