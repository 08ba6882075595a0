"""The keys of a grid as Excel hands know them, over both halves: moving, extending, editing, folding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.celledit import CellEdit
from pmo_desktop.ui.grid.marked import Marked

Key = Qt.Key
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_RETURNS = (Key.Key_Return, Key.Key_Enter)


class GridKeys:
    """Answers a key press: True when it was a key of the grid."""

    def __init__(self, board: Board, marked: Marked, edit: CellEdit) -> None:
        self.board, self.marked, self.edit = board, marked, edit

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Key(event.key())
        if key in _ARROWS:
            return self._arrow(key, held)
        if key in (Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown):
            return self._jump(key, held)
        if self._do(key, held):
            return True
        return self._type(event, held)

    def _arrow(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        board = self.board
        down, right = _ARROWS[key]
        if held & _ALT:
            return key == Key.Key_Down and held == _ALT and self.edit.open_list()
        line = board.table.line(board.current_row)
        if isinstance(line, Group) and right and not held:
            board.fold_current(is_open=right > 0)
            return True
        row, place = board.end[0], board.end[1]
        if held & _CTRL:
            target = self._edge(row, place, down, right)
        else:
            target = (row + down, place + right)
        self._to(target, extend=bool(held & _SHIFT))
        return True

    def _jump(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if held & _CTRL and key in (Key.Key_PageUp, Key.Key_PageDown):
            return False  # the window's: previous and next pane
        board = self.board
        row, place = board.end
        last_row, last_place = board.table.rowCount() - 1, board.table.columnCount() - 1
        targets = {
            Key.Key_Home: (0 if held & _CTRL else row, 0),
            Key.Key_End: (last_row if held & _CTRL else row, last_place),
            Key.Key_PageUp: (row - self._page(), place),
            Key.Key_PageDown: (row + self._page(), place),
        }
        self._to(targets[key], extend=bool(held & _SHIFT))
        return True

    def _do(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        board = self.board
        if key == Key.Key_Space and held in (_CTRL, _SHIFT):
            (self.marked.take_columns if held == _CTRL else self.marked.take_rows)()
            return True
        if key in _RETURNS and held in (Qt.KeyboardModifier.NoModifier, _SHIFT):
            return self._enter(-1 if held == _SHIFT else 1)
        deeds: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]] = {
            (Key.Key_F2, Qt.KeyboardModifier.NoModifier): self.edit.begin,
            (Key.Key_Tab, Qt.KeyboardModifier.NoModifier): lambda: board.step(0, 1),
            (Key.Key_Backtab, _SHIFT): lambda: board.step(0, -1),
            (Key.Key_Tab, _CTRL): lambda: board.right.leave(forward=True),
            (Key.Key_Backtab, _CTRL | _SHIFT): lambda: board.left.leave(forward=False),
            (Key.Key_Escape, Qt.KeyboardModifier.NoModifier): self.edit.dismiss,
            (Key.Key_Delete, Qt.KeyboardModifier.NoModifier): board.cleared.emit,
            (Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): lambda: self.edit.open(""),
            (Key.Key_Semicolon, _CTRL): board.today_asked.emit,
            (Key.Key_Apostrophe, _CTRL): board.above_asked.emit,
        }
        deed = deeds.get((key, held))
        if deed is None:
            return False
        deed()
        return True

    def _enter(self, down: int) -> bool:
        if isinstance(self.board.table.line(self.board.current_row), Group):
            self.board.fold_current()
        else:
            self.board.step(down, 0)
        return True

    def _page(self) -> int:
        """Lines that Page Down moves over."""
        height = self.board.right.viewport().height()
        return max(1, height // max(1, self.board.ink.theme.row_height) - 1)

    def _type(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
        text = event.text()
        if held & (_CTRL | _ALT) and bool(held & _CTRL) != bool(held & _ALT):
            return False
        if not text or not text.isprintable():
            return False
        if isinstance(self.board.table.line(self.board.current_row), Group):
            if text == " ":
                self.board.fold_current()
            return text == " "
        if text == " " and self.edit.toggle():
            return True
        self.edit.open(text)
        return True

    def _to(self, target: tuple[int, int], *, extend: bool) -> None:
        board = self.board
        row = max(0, min(target[0], board.table.rowCount() - 1))
        place = max(0, min(target[1], board.table.columnCount() - 1))
        if extend:
            self.marked.extend_to(row, place)
        else:
            board.go(row, place)

    def _edge(self, row: int, place: int, down: int, right: int) -> tuple[int, int]:
        """The end of the filled or empty stretch in a direction, as Ctrl+arrow finds it in a spreadsheet."""
        board = self.board
        rows, places = board.table.rowCount(), board.table.columnCount()

        def inside(at: tuple[int, int]) -> bool:
            return 0 <= at[0] < rows and 0 <= at[1] < places

        at, ahead = (row, place), (row + down, place + right)
        if not inside(ahead):
            return at
        stretch = board.is_filled(*at) and board.is_filled(*ahead)
        while inside(ahead):
            if stretch and not board.is_filled(*ahead):
                return at
            at, ahead = ahead, (ahead[0] + down, ahead[1] + right)
            if not stretch and board.is_filled(*at):
                return at
        return at
