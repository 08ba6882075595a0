"""Paints the lines of the methodology pane: ground, status mark, icon, words of two sizes, tick and chip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.marks import MARGIN, rag_mark
from pmo_desktop.ui.methods.lines import Cell, Line, LinesModel
from pmo_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_PAD, _LINE, _UNDER = 5, 18, 16
_BAR = 3
MOST_LINES, MOST_UNDER = 4, 2  # lines of a cell's words, and of the smaller ones below
_DOTS = "\N{HORIZONTAL ELLIPSIS}"
_WRAP = Qt.TextFlag.TextWordWrap
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def text_width(theme: Theme, cell: Cell) -> int:
    """The pixels from a cell's left edge to the end of its first line."""
    words = QFontMetrics(theme.font("body")).horizontalAdvance(cell.text)
    return theme.px(8) + _before(theme, cell) + words


def fitting_words(metrics: QFontMetrics, words: str, room: int, lines: int) -> str:
    """What of a text fits into so many lines of so many pixels; what is left out is dots."""

    def fits(text: str) -> bool:
        box = metrics.boundingRect(QRect(0, 0, max(room, 20), 10_000), _WRAP, text)
        return box.height() <= metrics.lineSpacing() * lines + 2 and box.width() <= room

    if fits(words):
        return words
    parts = words.split()
    while len(parts) > 1 and not fits(" ".join(parts) + _DOTS):
        parts.pop()
    cut = " ".join(parts) + _DOTS
    return cut if fits(cut) else metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def _before(theme: Theme, cell: Cell) -> int:
    return theme.px(26) if cell.mark else theme.px(22) if cell.icon else 0


class LineDelegate(QStyledItemDelegate):
    """One line after the other; a chosen one is tinted as a whole and has a bar at its left."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self.theme, self.view = theme, view
        self.hovered_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self.view.model()
        if not isinstance(model, LinesModel):
            return
        line, rect = model.lines[index.row()], QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.heading:
            self._paint_heading(painter, rect, line)
        else:
            self._paint_ground(painter, option, index)
            self._paint_cell(painter, rect, model.cell(index.row(), index.column()))
        painter.restore()

    # ------------------------------------------------------------------ below the counter

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line) -> None:
        theme = self.theme
        painter.fillRect(rect, theme.color("surface_sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("grid"))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(8), 0)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.note)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(line.note) - theme.px(12))
        painter.setFont(theme.font("caption_strong"))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(line.heading, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, view = self.theme, QRect(option.rect), self.view
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected" if view.hasFocus() else "selected_inactive"))
        elif index.row() == self.hovered_row:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("grid"))
        if index.row() != view.currentIndex().row() or not state & QStyle.StateFlag.State_Selected:
            return
        if index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), theme.color("accent"))
        if view.hasFocus() and len(view.selectionModel().selectedRows()) > 1:
            for y in (rect.top(), rect.bottom() - 1):
                painter.fillRect(rect.left(), y, rect.width(), 2, theme.color("focus"))

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme = self.theme
        if cell.tick:
            self._paint_tick(painter, rect, cell.tick)
            return
        if cell.is_letter:
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.color("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell.text)
            return
        inner = rect.adjusted(theme.px(8), theme.px(_PAD), -theme.px(8), -theme.px(_PAD))
        self._paint_before(painter, inner, cell)
        inner.setLeft(inner.left() + _before(theme, cell))
        self._paint_words(painter, inner, cell)

    def _paint_before(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        """The mark or the icon beside the first line."""
        theme, ratio = self.theme, self.view.devicePixelRatioF()
        middle = inner.top() + theme.px(_LINE) // 2
        if cell.mark:
            side = theme.px(16)
            picture = rag_mark(theme, None if cell.mark == "-" else cell.mark, side, ratio)
            painter.drawPixmap(inner.left() - MARGIN + 1, middle - side // 2 - MARGIN, picture)
        elif cell.icon:
            side = theme.px(14)
            painter.drawPixmap(inner.left(), middle - side // 2, icon_pixmap(cell.icon, "text3", side, ratio))

    def _paint_words(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        theme = self.theme
        painter.setFont(theme.font("strong" if cell.mark else "body"))
        tone = theme.color("link" if cell.is_link else "text")
        painter.setPen(theme.rag(None if cell.mark == "-" else cell.mark).text if cell.mark else tone)
        under = theme.px(_UNDER) * self._under_lines(cell, inner.width()) if cell.under or cell.chip else 0
        room = QRect(inner.left(), inner.top(), inner.width(), max(theme.px(_LINE), inner.height() - under))
        text = fitting_words(painter.fontMetrics(), cell.text, inner.width(), MOST_LINES)
        painter.drawText(room, _TOP_LEFT | _WRAP, text)
        if not (cell.under or cell.chip):
            return
        high = painter.fontMetrics().boundingRect(room, _TOP_LEFT | _WRAP, text).height() if text else 0
        top = inner.top() + max(theme.px(_LINE), min(high, room.height()))
        below = QRect(inner.left(), top, inner.width(), inner.bottom() - top + 1)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("err_fg" if cell.is_late else "text3"))
        painter.drawText(
            below, _TOP_LEFT | _WRAP, fitting_words(painter.fontMetrics(), cell.under, below.width(), MOST_UNDER)
        )
        if cell.chip:
            self._paint_chip(painter, below, cell)

    def _under_lines(self, cell: Cell, room: int) -> int:
        metrics = QFontMetrics(self.theme.font("caption"))
        if metrics.horizontalAdvance(cell.under) <= room:
            return 1
        return MOST_UNDER

    def _paint_chip(self, painter: QPainter, below: QRect, cell: Cell) -> None:
        theme = self.theme
        wide = painter.fontMetrics().horizontalAdvance(cell.under)
        left = below.left() + (wide + theme.px(10) if cell.under else 0)
        painter.setFont(theme.font("micro"))
        box = QRectF(left, below.top(), painter.fontMetrics().horizontalAdvance(cell.chip) + theme.px(14), theme.px(16))
        if box.right() > below.right():
            return  # secondary text is dropped, never cut
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface_alt"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        painter.setPen(theme.color("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.chip)

    def _paint_tick(self, painter: QPainter, rect: QRect, tick: str) -> None:
        theme, side = self.theme, self.theme.px(15)
        box = QRectF(rect.left() + theme.px(12) + 0.5, rect.top() + theme.px(_PAD) + 1.5, side, side)
        full = tick == "on"
        painter.setPen(QPen(theme.color("accent" if tick != "off" else "border_strong"), 1.2))
        painter.setBrush(theme.color("accent" if full else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        centre = box.center()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("on_accent" if full else "accent"), 1.8))
        if full:
            path = QPainterPath(centre + QPointF(-0.27 * side, 0.02 * side))
            path.lineTo(centre + QPointF(-0.07 * side, 0.2 * side))
            path.lineTo(centre + QPointF(0.28 * side, -0.19 * side))
            painter.drawPath(path)
        elif tick == "part":
            painter.drawLine(centre + QPointF(-0.24 * side, 0), centre + QPointF(0.24 * side, 0))
