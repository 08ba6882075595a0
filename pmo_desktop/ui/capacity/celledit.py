"""The editor of one cell of the capacity grid: a line edit over the cell, with the keys of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WHILE_TYPING = {  # as long as nobody pressed F2 the arrows commit and go on, as in a spreadsheet
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellEditor(QLineEdit):
    """Says what was typed and where to go next; `done` carries text, fill, rows down and columns right."""

    done = Signal(str, bool, int, int)
    dropped = Signal()

    def __init__(self, viewport: QWidget, text: str, *, typed: bool) -> None:
        super().__init__(text, viewport)
        self.typed, self._over = typed, False
        self.setProperty("role", "cell")
        self.setAccessibleName("Amount: 0.5, 50%, 3d, 4h or 0.5 FTE")
        if not typed:
            self.selectAll()
            self.end(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _step_of(key, held, typed=self.typed)
        if key in _RETURNS and held == Qt.KeyboardModifier.ControlModifier:
            self._finish(fill=True)
        elif step is not None:
            self._finish(*step)
        elif key == Qt.Key.Key_Escape:
            self._over = True
            self.dropped.emit()
        elif key == Qt.Key.Key_F2:
            self.typed = False
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab is a key of the cell here, not a way to the next widget."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TABS:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish()

    def _finish(self, down: int = 0, right: int = 0, *, fill: bool = False) -> None:
        if not self._over:
            self._over = True
            self.done.emit(self.text(), fill, down, right)


def _step_of(key: Qt.Key, held: Qt.KeyboardModifier, *, typed: bool) -> tuple[int, int] | None:
    shift = Qt.KeyboardModifier.ShiftModifier
    if key in _RETURNS and held in (Qt.KeyboardModifier.NoModifier, shift):
        return (-1 if held == shift else 1, 0)
    if key == Qt.Key.Key_Tab:
        return (0, 1)
    if key == Qt.Key.Key_Backtab:
        return (0, -1)
    return _WHILE_TYPING.get(key) if typed and held == Qt.KeyboardModifier.NoModifier else None
