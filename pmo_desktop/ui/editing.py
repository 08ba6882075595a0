"""Editing in a grid: typing, pasting, filling and clearing, each one step of the journal, refused cells marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtGui import QGuiApplication

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.rules.wording import money_sign
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.clipboard import block_from_text, block_to_mime, repeat_block
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.granted import do_granted
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.kinds import amount_text, copied_text, currency_of, exact_text, is_list, long_date
from pmo_desktop.ui.refused import Refused
from pmo_desktop.ui.typed import Names, read_typed

_UNREAD = object()


class Wish(NamedTuple):
    """A text that somebody wants in a cell; or a value, when it is taken from a cell of the same sort."""

    row: str
    field: Field
    text: str
    value: Any = _UNREAD
    by_hand: bool = False  # typed: a beginning may be completed from the field's list; a pasted text is taken as it is


class Editing:
    """The deeds of one grid. `names` gives what links may point to, when it is asked."""

    def __init__(self, context: Context, entity: str, grid: Grid, names: Callable[[], Names]) -> None:
        self.context, self.entity, self.grid, self.names = context, entity, grid, names
        self.refused = Refused(context.store, grid.table)
        grid.committed.connect(self.type_cell)
        grid.cleared.connect(self.clear)
        grid.today_asked.connect(self.insert_today)
        grid.above_asked.connect(self.copy_above)
        grid.refused.connect(self.explain)

    # ------------------------------------------------------------------ typing

    def type_cell(self, row: int, place: int, text: str, fill: bool) -> None:
        """Write what was typed into a cell, or into every selected cell of its column's kind."""
        cells = list(self.grid.marked.cells()) if fill else []
        self._write([(row, place), *(cell for cell in cells if cell != (row, place))], text, by_hand=True)

    def insert_today(self) -> None:
        """Put the data date into the selected date cells."""
        columns = self.grid.table.columns
        cells = [at for at in self.grid.marked.cells() if columns[at[1]].field.kind is Kind.DATE]
        self._write(cells, long_date(self.grid.table.reading.today))

    def copy_above(self) -> None:
        """Copy the value of the cell above into the current one."""
        row, place = self.grid.current_row, self.grid.current_column
        above = row - 1
        while above >= 0 and self.grid.table.record(above) is None:
            above -= 1
        if above >= 0:
            self.apply(self._taken((above, place), [(row, place)]))

    def clear(self) -> None:
        """Empty the selected cells."""
        self._write(list(self.grid.marked.cells()), "")

    def explain(self, row: int, place: int) -> None:
        """Say why a cell is not editable."""
        column = self.grid.table.columns[place]
        if column.editable:
            self.context.say("This portfolio is open read-only. Save a copy to work in it.")
        else:
            self.context.say(
                column.why or f"{column.label} is calculated: {column.field.help[:1].lower()}{column.field.help[1:]}."
            )

    # ------------------------------------------------------------------ filling

    def fill_down(self) -> None:
        """Copy the top cells of the selection into those under them; a single row takes the row above."""
        wishes: list[Wish] = []
        for top, first, bottom, last in self.grid.marked.blocks():
            source = top if bottom > top else top - 1
            while source >= 0 and self.grid.table.record(source) is None:
                source += 1 if bottom > top else -1
            for place in range(first, last + 1):
                if source >= 0:
                    cells = [(row, place) for row in range(top, bottom + 1) if row != source]
                    wishes += self._taken((source, place), cells)
        self.apply(wishes, "filled")

    def fill_right(self) -> None:
        """Copy the left cells of the selection into those right of them."""
        wishes: list[Wish] = []
        for top, first, bottom, last in self.grid.marked.blocks():
            source = first if last > first else first - 1
            if source < 0:
                continue
            for row in range(top, bottom + 1):
                cells = [(row, place) for place in range(first, last + 1) if place != source]
                wishes += self._taken((row, source), cells)
        self.apply(wishes, "filled")

    # ------------------------------------------------------------------ the clipboard

    def copy(self, *, headers: bool = False) -> None:
        """Put the selection on the clipboard, as text and as HTML."""
        rows = sorted({row for row, _ in self.grid.marked.cells()})
        places = sorted({place for _, place in self.grid.marked.cells()})
        columns = [self.grid.table.columns[place] for place in places]
        block = [[self._copied(row, column) for column in columns] for row in rows]
        if headers:
            block.insert(0, [_copied_heading(column) for column in columns])
        if block:
            QGuiApplication.clipboard().setMimeData(block_to_mime(block, headers, [column.right for column in columns]))
            self.context.say(f"{len(rows):,} × {len(places)} cells copied.")

    def cut(self) -> None:
        """Copy the selection and empty it."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Write the clipboard's block by position from the current cell, over as many cells as it fits into."""
        block = block_from_text(QGuiApplication.clipboard().text())
        blocks = self.grid.marked.blocks()
        if not block or not blocks:
            self.context.say("There is nothing on the clipboard to paste.")
            return
        top, first, bottom, last = blocks[0][0], min(b[1] for b in blocks), blocks[-1][2], max(b[3] for b in blocks)
        block = repeat_block(block, bottom - top + 1, last - first + 1)
        wishes, row = [], top
        for texts in block:
            while row < self.grid.table.rowCount() and self.grid.table.record(row) is None:
                row += 1  # headings take no part
            for right, text in enumerate(texts):
                wishes += self._wishes([(row, first + right)], text)
            row += 1
        self.apply(wishes, "pasted", wanted=sum(len(texts) for texts in block))

    # ------------------------------------------------------------------ writing

    def apply(self, wishes: Sequence[Wish], done: str = "changed", wanted: int | None = None) -> None:
        """Write all that can be read as one step; mark what cannot, with its reason."""
        edits, problems = self.read(wishes)

        def tell(batch: int | None) -> None:
            self.refused.mark({(wish.row, wish.field.name) for wish in wishes}, problems)
            if len(wishes) == 1 == (wanted or 1) and edits and batch is not None:
                self._say_value(wishes[0])
            else:
                self._tell(len(edits), wanted or len(wishes), problems, done, written=batch is not None)

        if not edits:
            tell(None)
            return
        deed = partial(edit_cells, self.context.store, self.entity, edits)
        try:
            do_granted(self.context, deed, tell, self.grid.window())
        except Known as known:
            self.context.toast(str(known))

    def read(self, wishes: Iterable[Wish]) -> tuple[list[Edit], dict[tuple[str, str], tuple[str, str]]]:
        """Edits for the texts that can be read, and what is wrong with the others."""
        table, names = self.grid.table, self.names()
        edits: list[Edit] = []
        problems: dict[tuple[str, str], tuple[str, str]] = {}
        for row, meaning, text, value, by_hand in wishes:
            record = table.arrangement.by_id.get(row)
            if value is not _UNREAD:
                edits.append(Edit(row, meaning.name, value))
                continue
            offered = self.grid.choices(meaning) if by_hand and is_list(meaning) else ()
            typed = read_typed(meaning, text, record.row if record else {}, table.reading, names, offered)
            if typed.reason:
                problems[row, meaning.name] = (text, typed.reason)
            else:
                edits.append(Edit(row, meaning.name, typed.value))
        return edits, problems

    def _write(self, cells: Sequence[tuple[int, int]], text: str, *, by_hand: bool = False) -> None:
        self.apply([wish._replace(by_hand=by_hand) for wish in self._wishes(cells, text)])

    def _wishes(self, cells: Iterable[tuple[int, int]], text: str) -> list[Wish]:
        table = self.grid.table
        found = []
        for row, place in cells:
            record = table.record(row)
            if record is not None and place < table.columnCount() and table.columns[place].editable:
                found.append(Wish(record.id, table.columns[place].field, text))
        return found

    def _taken(self, source: tuple[int, int], cells: Sequence[tuple[int, int]]) -> list[Wish]:
        """Wishes for what a cell holds: its value where the kinds agree, else its text."""
        record, given = self.grid.table.record(source[0]), self.grid.table.columns[source[1]].field
        if record is None:
            return []
        value, text = record.row.get(given.name), self.grid.edit.text_of(*source)
        wishes = self._wishes(cells, text)
        if value is None:
            return wishes
        alike = [(each.field.kind, each.field.to) == (given.kind, given.to) for each in wishes]
        return [each._replace(value=value) if same else each for each, same in zip(wishes, alike, strict=True)]

    def _tell(
        self, good: int, wanted: int, problems: dict[tuple[str, str], tuple[str, str]], done: str, *, written: bool
    ) -> None:
        if problems and wanted > 1:
            count = len(problems)
            ask = f"Show {count} problem{'' if count == 1 else 's'}"
            self.context.toast(f"{good:,} of {wanted:,} cells {done}", ask, lambda: self._show_problem(problems))
        elif problems:
            self.context.say(next(iter(problems.values()))[1])
        elif not wanted and done == "filled":
            self.context.say("Nothing was filled: select a cell with those that are to get its value.")
        elif wanted > 1 and good:
            missing = "" if good == wanted else f" of {wanted:,}"
            self.context.say(f"{good:,}{missing} cells {done}." if written else "The cells hold these values already.")

    def _say_value(self, wish: Wish) -> None:
        """Say what was written where it is not shown as it was typed: money in full, a beginning that was completed."""
        table, meaning = self.grid.table, wish.field
        record = table.arrangement.by_id.get(wish.row)
        value = record.row.get(meaning.name) if record else None
        said = ""
        if record and value is not None and meaning.kind is Kind.MONEY:
            currency = currency_of(record.row, table.reading)
            said = money_sign(currency) + amount_text(value, currency)
        elif record and is_list(meaning) and wish.value is _UNREAD:
            word = exact_text(meaning, record.row, table.reading)
            said = word if word.casefold() != wish.text.strip().casefold() else ""
        self.context.say(f"{meaning.label} is now {said}." if said else "")

    def _show_problem(self, problems: dict[tuple[str, str], tuple[str, str]]) -> None:
        (row, name), (text, reason) = next(iter(problems.items()))
        if self.grid.go_to(row, name):
            self.grid.setFocus()
        self.context.say(f"“{text}”: {reason}")

    def _copied(self, row: int, column: Column) -> str:
        record = self.grid.table.record(row)
        if record is None:
            return ""
        if column.field.computed and column.text:
            return column.words(record.row, self.grid.table.reading)
        text = copied_text(column.field, record.row, self.grid.table.reading)
        return text or self.grid.table.kept_text(record, column)


def _copied_heading(column: Column) -> str:
    """A heading without the thousands of the screen: copied money is in full."""
    return column.label
