"""Group headings: chevron, name, count, status marks and sums, drawn across the line."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.half import Half
from pmo_desktop.ui.grid.ink import PADDING, TOO_NARROW, Face, Ink
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.marks import MARGIN, rag_mark

_CHEVRON = 14
_COUNT_MARK = 12


class Slot(NamedTuple):
    """A column on screen: its place in the model, its left edge and its width."""

    place: int
    x: int
    width: int


def paint_heading(painter: QPainter, band: QRect, group: Group, slots: list[Slot], board: Board, view: Half) -> None:
    """The content of a group's line in one half."""
    ink, table, ratio = board.ink, board.table, view.devicePixelRatioF()
    if view.is_leading:
        room = _paint_label(painter, band, view.columnViewportPosition(view.first_column), group, ink, ratio)
    for place, column in enumerate(table.columns[view.first_column : view.last_column], view.first_column):
        x = view.columnViewportPosition(place)
        if column.name == table.rating and not (view.is_leading and x < room):
            _paint_counts(painter, band, x, group.ratings(table.rating), ink, ratio)
    for place, x, width in slots:
        text = group.total(table.columns[place], table.reading)
        if text:
            box = QRect(x, band.top(), width, band.height())
            painter.fillRect(box.adjusted(0, 0, 0, -1), ink.color("surface_sunken"))
            _paint_total(painter, box, text, table.columns[place], ink)


def _paint_label(painter: QPainter, band: QRect, start: int, group: Group, ink: Ink, ratio: float) -> float:
    """Draws the chevron, the name and the count; gives where they end."""
    side = ink.theme.px(_CHEVRON)
    chevron = icon_pixmap("chevron-down" if group.open else "chevron-right", "text2", side, ratio)
    painter.drawPixmap(start + PADDING, band.center().y() + 1 - side // 2, chevron)
    x = start + PADDING + side + 6
    count = f"{len(group.records):,}"
    name = ink.strong.fit(group.label, max(60, band.width() - x - round(ink.caption.width(count)) - 16))
    _words(painter, band, x, name, ink.strong, ink, "text")
    after = x + ink.strong.width(name) + 8
    _words(painter, band, after, count, ink.caption, ink, "text3")
    return after + ink.caption.width(count)


def _paint_counts(
    painter: QPainter, band: QRect, start: int, counts: list[tuple[str, int]], ink: Ink, ratio: float
) -> None:
    size = ink.theme.px(_COUNT_MARK)
    x = float(start + PADDING + 1)
    for code, count in counts:
        mark = rag_mark(ink.theme, None if code == "N" else code, size, ratio)
        painter.drawPixmap(round(x) - MARGIN, band.center().y() + 1 - size // 2 - MARGIN, mark)
        text = f"{count:,}" if len(code) == 1 else f"{count:,} {code}"
        _words(painter, band, x + size + 5, text, ink.caption, ink, "text2")
        x += size + 5 + ink.caption.width(text) + 12


def _paint_total(painter: QPainter, box: QRect, text: str, column: Column, ink: Ink) -> None:
    room = box.width() - 2 * PADDING
    said = text if ink.strong.width(text) <= room else TOO_NARROW
    x = box.right() + 1 - PADDING - ink.strong.width(said) if column.right else box.left() + PADDING
    _words(painter, box, x, said, ink.strong, ink, "text")


def _words(painter: QPainter, rect: QRect, x: float, text: str, face: Face, ink: Ink, token: str) -> None:
    painter.setFont(face.font)
    painter.setPen(ink.color(token))
    painter.drawText(QPointF(x, rect.top() + rect.height() / 2 + face.rise), text)
