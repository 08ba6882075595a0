"""The delegate: background, line, frame and content of every cell, drawn from the theme's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pmo_desktop.ui.arrange import Group, Record
from pmo_desktop.ui.grid.cells import PAINTERS, Cell
from pmo_desktop.ui.grid.editors import make_editor, read_editor, write_editor
from pmo_desktop.ui.grid.headings import heading_anchor, paint_heading

if TYPE_CHECKING:
    from pmo_desktop.ui.grid.view import HalfView

Index = QModelIndex | QPersistentModelIndex
_BAR = 3
_RING = 2


class CellDelegate(QStyledItemDelegate):
    """Paints one half of a grid and opens its editors."""

    def __init__(self, view: HalfView) -> None:
        super().__init__(view)
        self.view = view
        self.grid = view.grid
        self.pending: str | None = None  # the character that opened the editor and replaces the content

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        grid, ink, rect = self.grid, self.grid.ink, option.rect  # type: ignore[attr-defined]
        row, place = index.row(), index.column()
        line = grid.table.arrangement.lines[row]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, ink.color(self._background(row, line, selected=selected)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("grid"))
        if isinstance(line, Group):
            first = self.view.first_column
            anchor = heading_anchor(grid.table.columns, place, first, grid.table.rating)
            paint_heading(painter, rect, line, place, anchor, self.view, ink)
        else:
            self._paint_record(painter, rect, line, place)
        if row == grid.current_row:
            self._paint_current(painter, rect, place, whole=isinstance(line, Group))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self.grid.ink.theme.row_height)

    # ------------------------------------------------------------------ editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self.grid.table.columns[index.column()]
        return make_editor(parent, column.field, self.grid.choices(column.field))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if self.pending is not None:
            write_editor(editor, self.pending, replaced=True)
            self.pending = None
        elif not editor.property("filled"):
            write_editor(editor, self.grid.editable_text(index.row(), index.column()), replaced=False)
        editor.setProperty("filled", True)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self.grid.commit(index.row(), index.column(), read_editor(editor), fill=bool(editor.property("fill")))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        hint = editor.sizeHint()
        if editor.property("tall"):
            rect.setHeight(max(rect.height(), hint.height()))
        rect.setWidth(max(rect.width(), min(hint.width(), 320)))
        room = self.view.viewport().rect()
        if rect.right() > room.right():
            rect.moveRight(max(room.right(), rect.width()))
        if rect.bottom() > room.bottom():
            rect.moveBottom(room.bottom())
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            step = _STEPS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
            tall_return = editor.property("tall") and event.modifiers() == Qt.KeyboardModifier.AltModifier
            if step is not None and not tall_return:
                editor.setProperty("fill", step == (0, 0))
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.grid.step(*step)
                return True
        return super().eventFilter(editor, event)

    # ------------------------------------------------------------------ painting

    def _background(self, row: int, line: Group | Record, *, selected: bool) -> str:
        grid = self.grid
        if isinstance(line, Group):
            return "surface_sunken"
        if selected and grid.has_range or row == grid.current_row and not grid.has_range:
            return "selected" if grid.is_active else "selected_inactive"
        return "hover" if row == grid.hovered_row else "surface"

    def _paint_record(self, painter: QPainter, rect: QRect, record: Record, place: int) -> None:
        grid = self.grid
        column = grid.table.columns[place]
        text = record.texts[place]
        kept = "" if text or not grid.table.texts else grid.table.kept_text(record, column)
        problem = grid.table.problems.get((record.id, column.name)) if grid.table.problems else None
        if problem:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), grid.ink.color("err_bg"))
            text = problem[0]
        ratio = painter.device().devicePixelRatioF()
        cell = Cell(painter, rect, record, column, text, kept, grid.ink, ratio, grid.table.find_words)
        PAINTERS["text" if problem else column.look](cell)
        if problem:
            _frame(painter, rect, QPen(grid.ink.color("err_line"), 1))

    def _paint_current(self, painter: QPainter, rect: QRect, place: int, *, whole: bool) -> None:
        grid = self.grid
        if self.view.is_leading and place == self.view.first_column:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), grid.ink.color("accent"))
        if place == grid.current_column and grid.is_active and not whole:
            _frame(painter, rect, QPen(grid.ink.color("focus"), _RING))


_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_STEPS: dict[tuple[Qt.Key, Qt.KeyboardModifier], tuple[int, int]] = {
    (Qt.Key.Key_Return, _NONE): (1, 0),
    (Qt.Key.Key_Enter, _NONE): (1, 0),
    (Qt.Key.Key_Return, _SHIFT): (-1, 0),
    (Qt.Key.Key_Enter, _SHIFT): (-1, 0),
    (Qt.Key.Key_Tab, _NONE): (0, 1),
    (Qt.Key.Key_Backtab, _SHIFT): (0, -1),
    (Qt.Key.Key_Return, _CTRL): (0, 0),
    (Qt.Key.Key_Enter, _CTRL): (0, 0),
}


def _frame(painter: QPainter, rect: QRect, pen: QPen) -> None:
    half = pen.width() // 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(half, half, -max(1, half), -max(1, half)))
