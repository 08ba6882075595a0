"""What the capacity grid does with keys, clicks and the editor of a cell; what is asked of it leaves by signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from pmo_desktop.ui.capacity.celledit import CellEditor
from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.keys import GridKeys, claims
from pmo_desktop.ui.capacity.lines import Level
from pmo_desktop.ui.capacity.model import GridModel
from pmo_desktop.ui.capacity.surface import Surface

_SIDE = 6  # pixels by which the editor is wider than a cell


class GridView(Surface):
    """A surface that is alive."""

    def __init__(self, model: GridModel, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__(model, ink, parent)
        self.editor: CellEditor | None = None
        self.keys = GridKeys(self)
        self.side.fold_asked.connect(self.fold_asked)
        self.edit_asked.connect(self.open_editor)
        self.leave_asked.connect(self.leave)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._move_editor())

    def open_editor(self, typed: str | None) -> None:
        """Edit the current cell; what was typed replaces its content. A team's line cannot be edited."""
        line = self.line
        if line is None or line.level is Level.GROUP or not self.grid.can_write:
            return
        self.scrollTo(self.currentIndex())
        text = typed if typed is not None else self._text() if line.editable else ""
        self.editor = CellEditor(self.viewport(), text, typed=typed is not None)
        self._move_editor()
        self.editor.done.connect(self._take_text)
        self.editor.dropped.connect(self.close_editor)
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Forget what was typed."""
        editor, self.editor = self.editor, None
        if editor is not None:
            kept = editor.hasFocus()
            editor.hide()
            editor.deleteLater()
            if kept:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keyboard(self) -> bool:
        return self.hasFocus() or self.editor is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keys that the window knows as something else belong to the grid while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and claims(event):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves between cells; Ctrl+Tab and F6 leave the grid."""
        return False

    def leave(self, forward: bool) -> None:
        """Give the keyboard to the widget after or before the grid."""
        super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.go(index.row(), index.column())
            return
        if index.isValid() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = (index.row(), index.column())
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.keys.begin()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).bottomLeft() if by_key else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways with Shift."""
        turned = event.angleDelta()
        if turned.y() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned.y())
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._note_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._note_focus()

    def _note_focus(self) -> None:
        self.side.active = self.has_keyboard()
        self.side.viewport().update()
        self.viewport().update()

    def _text(self) -> str:
        return self.grid.text(self.grid.lines[self.row], self.column)

    def _move_editor(self) -> None:
        if self.editor is not None:
            self.editor.setGeometry(self.visualRect(self.currentIndex()).adjusted(-_SIDE, -1, _SIDE, 1))

    def _take_text(self, text: str, fill: bool, down: int, right: int) -> None:
        editor, row, column = self.editor, self.row, self.column
        untouched = editor is not None and not editor.typed and text == self._text() and not fill
        self.close_editor()
        self.setFocus(Qt.FocusReason.OtherFocusReason) if down or right or fill else None
        if down or right:
            self.keys.step(down, right)
        if not untouched:
            self.committed.emit(row, column, text, fill)
