"""The header of a table: quiet words, the sorted columns stronger with an arrow, a menu on each."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.ink import PADDING
from pmo_desktop.ui.icons import icon_pixmap

NARROWEST = 36


class Header(QHeaderView):
    """Paints headings; a click sorts, Shift or Ctrl adds a sort key, a drag moves, a right click opens the menu."""

    sort_asked = Signal(int, bool)  # column, added to the keys already sorted by
    menu_asked = Signal(int, QPoint)

    def __init__(self, board: Board, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.board = board
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setAccessibleName("Column headings")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pressed = -1
        self._pressed_at = QPoint()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.board.ink.theme.px(30))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        board = self.board
        ink, columns = board.ink, board.table.columns
        painter.fillRect(rect, ink.color("header_bg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("border"))
        painter.fillRect(rect.right(), rect.top() + 8, 1, rect.height() - 16, ink.color("border"))
        if section >= len(columns):
            return
        column, keys = columns[section], board.table.wanted.sort
        place = next((at for at, (name, _) in enumerate(keys) if name == column.name), None)
        font = ink.theme.font("caption_strong")
        if place is not None:
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink.color("text" if place is not None else "text3"))
        arrow = 16 if place is not None else 0
        words = painter.fontMetrics().elidedText(
            column.heading(board.table.reading), Qt.TextElideMode.ElideRight, rect.width() - 2 * PADDING - arrow
        )
        box = rect.adjusted(PADDING, 0, -PADDING - (arrow if column.right else 0), 0)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)
        if place is not None:
            x = (
                rect.right() - PADDING - 12
                if column.right
                else box.left() + painter.fontMetrics().horizontalAdvance(words) + 4
            )
            self._paint_arrow(painter, rect, x, descending=keys[place][1], rank=place + 1 if len(keys) > 1 else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._pressed = self.logicalIndexAt(at) if event.button() == Qt.MouseButton.LeftButton else -1
        self._pressed_at = at
        if self._on_divider(at):
            self._pressed = -1
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        if self._pressed >= 0 and (at - self._pressed_at).manhattanLength() < 5:
            held = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
            self.sort_asked.emit(self._pressed, bool(held))
        self._pressed = -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_asked.emit(section, event.globalPos())

    def _on_divider(self, at: QPoint) -> bool:
        return self.cursor().shape() == Qt.CursorShape.SplitHCursor

    def _paint_arrow(self, painter: QPainter, rect: QRect, x: int, *, descending: bool, rank: int) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = icon_pixmap("arrow-down" if descending else "arrow-up", "text", 12, ratio)
        painter.drawPixmap(x, rect.center().y() - 5, picture)
        if rank:
            painter.setFont(self.board.ink.theme.font("micro"))
            painter.drawText(QRect(x + 10, rect.top() + 2, 10, 14), Qt.AlignmentFlag.AlignCenter, str(rank))
