"""The keys of the capacity grid: a spreadsheet's, and those of a tree while a whole line is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pmo_desktop.ui.capacity.lines import Level
from pmo_desktop.ui.capacity.surface import Surface

Key = Qt.Key
_NONE, _CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_RETURNS = (Key.Key_Return, Key.Key_Enter)
_CLAIMED = {(Key.Key_Left, _ALT), (Key.Key_Right, _ALT)}  # elsewhere back and forward


def claims(event: QKeyEvent) -> bool:
    """Whether a key that the window has a command for is the grid's own."""
    return (Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier) in _CLAIMED


class GridKeys:
    """Answers a key press: True when it was a key of the grid."""

    def __init__(self, view: Surface) -> None:
        self.view = view

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Key(event.key())
        if key in _ARROWS:
            return self._arrow(*_ARROWS[key], held)
        if key in (Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown):
            return self._jump(key, held)
        deed = self._deeds().get((key, held))
        if deed is not None:
            deed()
            return True
        return self._type(event, held)

    def begin(self) -> None:
        """Edit the current cell; on a team, fold it."""
        line = self.view.line
        if line is not None and line.level is Level.GROUP:
            self.view.fold_asked.emit(self.view.row)
        else:
            self.view.edit_asked.emit(None)

    def step(self, down: int, right: int) -> None:
        """Go to a neighbouring cell."""
        self.view.go(self.view.row + down, self.view.column + right)

    def _arrow(self, down: int, right: int, held: Qt.KeyboardModifier) -> bool:
        view, extend = self.view, bool(held & _SHIFT)
        if held == _ALT:
            if right:
                view.shift_asked.emit(right)
            return bool(right)
        if held & _ALT:
            return False
        if right and not held and self._fold(right):
            return True
        row, column = view.row, view.column
        if held & _CTRL and right:
            view.go(row, view.grid.axis.month_step(column, right), extend=extend)
        elif held & _CTRL:
            view.go(self._next_head(row, down), column, extend=extend)
        else:
            view.go(row + down, column + right, extend=extend)
        return True

    def _fold(self, right: int) -> bool:
        """Open with Right and close with Left, on a team and on a line that is selected as a whole."""
        view, line = self.view, self.view.line
        if line is None or not line.foldable or not (line.level is Level.GROUP or view.takes_line):
            return False
        if line.open != (right > 0):
            whole = view.takes_line
            view.fold_asked.emit(view.row)
            if whole:
                self._take_line()
        return True

    def _next_head(self, row: int, down: int) -> int:
        """The next line up or down that is no part of another."""
        lines = self.view.grid.lines
        ahead = range(row + down, len(lines) if down > 0 else -1, down)
        return next((each for each in ahead if lines[each].level is Level.HEAD), row)

    def _jump(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if held & _CTRL and key in (Key.Key_PageUp, Key.Key_PageDown):
            return False  # the window's: previous and next pane
        view = self.view
        last, whole = view.grid.axis.count - 1, bool(held & _CTRL)
        page = max(1, view.viewport().height() // max(1, view.side.defaultSectionSize()) - 1)
        row, column = {
            Key.Key_Home: (0 if whole else view.row, 0),
            Key.Key_End: (len(view.grid.lines) - 1 if whole else view.row, last),
            Key.Key_PageUp: (view.row - page, view.column),
            Key.Key_PageDown: (view.row + page, view.column),
        }[key]
        view.go(row, column, extend=bool(held & _SHIFT))
        return True

    def _deeds(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]:
        view = self.view
        return {
            **{(each, _NONE): self._enter for each in _RETURNS},
            **{(each, _SHIFT): lambda: self.step(-1, 0) for each in _RETURNS},
            (Key.Key_F2, _NONE): self.begin,
            (Key.Key_Tab, _NONE): lambda: self.step(0, 1),
            (Key.Key_Backtab, _SHIFT): lambda: self.step(0, -1),
            (Key.Key_Tab, _CTRL): lambda: view.leave_asked.emit(True),
            (Key.Key_Backtab, _CTRL | _SHIFT): lambda: view.leave_asked.emit(False),
            (Key.Key_Escape, _NONE): lambda: view.go(view.row, view.column),
            (Key.Key_Delete, _NONE): view.cleared.emit,
            (Key.Key_Backspace, _NONE): lambda: view.edit_asked.emit(""),
            (Key.Key_Space, _NONE): self._toggle,
            (Key.Key_Space, _SHIFT): self._take_line,
            (Key.Key_Space, _CTRL): self._take_columns,
        }

    def _enter(self) -> None:
        line = self.view.line
        if line is not None and line.level is Level.GROUP:
            self._toggle()
        else:
            self.step(1, 0)

    def _toggle(self) -> None:
        if self.view.line is not None and self.view.line.foldable:
            self.view.fold_asked.emit(self.view.row)

    def _take_line(self) -> None:
        view = self.view
        view.select((view.row, 0, view.row, view.grid.axis.count - 1))

    def _take_columns(self) -> None:
        view, blocks = self.view, self.view.blocks()
        left, right = min(each[1] for each in blocks), max(each[3] for each in blocks)
        view.select((0, left, len(view.grid.lines) - 1, right))

    def _type(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
        text = event.text()
        if bool(held & _CTRL) != bool(held & _ALT) or not text or not text.isprintable():
            return False
        if self.view.line is None or self.view.line.level is Level.GROUP:
            return False
        self.view.edit_asked.emit(text)
        return True
