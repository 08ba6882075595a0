"""Opening the editor of the current cell, what it starts with, and handing on what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.editors import ChoiceEditor, DateEditor
from pmo_desktop.ui.kinds import exact_text


class CellEdit:
    """Editing in place."""

    def __init__(self, board: Board) -> None:
        self.board, self.table = board, board.table

    def begin(self) -> None:
        """Open the editor of the current cell; on a heading, fold it."""
        if isinstance(self.table.line(self.board.current_row), Group):
            self.board.fold_current()
        else:
            self.open(None)

    def open(self, typed: str | None) -> None:
        """Open the editor; what was typed replaces the content. A cell that is not editable says why."""
        index = self.table.index(self.board.current_row, self.board.current_column)
        if not index.isValid() or self.table.record(index.row()) is None:
            return
        if not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.board.refused.emit(index.row(), index.column())
            return
        self.board.half(index.column()).open_editor(index, typed)

    def open_list(self) -> bool:
        """Open the editor of the current cell with its list of choices or its calendar."""
        self.open(None)
        editor = self.board.half(self.board.current_column).open_editor_widget()
        if isinstance(editor, ChoiceEditor | DateEditor):
            editor.show_list()
        return True

    def text_of(self, row: int, place: int) -> str:
        """A cell's content as its editor shows it: nothing rounded; a kept text where there is no value."""
        record, column = self.table.record(row), self.table.columns[place]
        if record is None:
            return ""
        problem = self.table.problems.get((record.id, column.name))
        if problem:
            return problem[0]
        return exact_text(column.field, record.row, self.table.reading) or self.table.kept_text(record, column)

    def commit(self, row: int, place: int, text: str, *, fill: bool) -> None:
        """Hand what was typed to whoever writes it."""
        if fill or text != self.text_of(row, place):
            self.board.committed.emit(row, place, text, fill)

    def dismiss(self) -> None:
        """Forget a refused text in the current cell; else select nothing but that cell."""
        record = self.board.current
        key = (record.id, self.table.columns[self.board.current_column].name) if record else None
        if key in self.table.problems:
            self.table.set_problems({each: told for each, told in self.table.problems.items() if each != key})
        else:
            self.board.go(self.board.current_row, self.board.current_column)

    def toggle(self) -> bool:
        """Turn a yes into a no; False when the current cell is neither."""
        place, record = self.board.current_column, self.board.current
        if record is None or self.table.columns[place].field.kind is not Kind.YESNO:
            return False
        yes = record.row.get(self.table.columns[place].name)
        self.board.committed.emit(self.board.current_row, place, "No" if yes else "Yes", False)
        return True
