"""The delegate: opens the editors of one half of a grid and commits them by the keys of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.celledit import CellEdit
from pmo_desktop.ui.grid.editors import make_editor, read_editor, write_editor
from pmo_desktop.ui.grid.half import Half

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Makes, fills, places and reads editors; the painting is done by grid.painting."""

    def __init__(self, board: Board, view: Half, cells: CellEdit) -> None:
        super().__init__(view)
        self.board, self.view, self.cells = board, view, cells

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self.board.ink.theme.row_height)

    # ------------------------------------------------------------------ editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self.board.table.columns[index.column()]
        return make_editor(parent, column.field, self.board.choices)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if self.view.pending is not None:
            write_editor(editor, self.view.pending, replaced=True)
            self.view.pending = None
        elif not editor.property("filled"):
            write_editor(editor, self.cells.text_of(index.row(), index.column()), replaced=False)
        editor.setProperty("filled", True)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self.cells.commit(index.row(), index.column(), read_editor(editor), fill=bool(editor.property("fill")))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
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
                self.board.step(*step)
                return True
        return super().eventFilter(editor, event)


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
