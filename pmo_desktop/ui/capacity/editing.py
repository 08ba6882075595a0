"""Editing in the capacity grid: typing, clearing, filling, copying, pasting and shifting, each one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from pmo_desktop.figures.book import UNITS
from pmo_desktop.operations.allocations import CellEdit, set_cells, shift_allocations
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.capacity.lines import DAY, FTE, PERCENT, Level, Line, unit_of
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.typed import read_amount
from pmo_desktop.ui.capacity.view import GridView
from pmo_desktop.ui.clipboard import block_from_text, block_to_mime, repeat_block
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.granted import do_granted

_UNITS = {PERCENT: AllocationUnit.DAYS, DAY: AllocationUnit.DAYS, FTE: AllocationUnit.FTE}
_READ_ONLY = "This portfolio is open read-only. Save a copy to work in it."
_NEED_PART = "Open the line first (Space): amounts are typed into the lines of a project."


@dataclass(frozen=True, slots=True)
class Wish:
    """A text that somebody wants in the cell of a part."""

    line: Line
    column: int
    text: str


class GridEditing:
    """The deeds of one grid. `ask_other` asks which project, or who, an amount typed into a whole line is for."""

    def __init__(
        self, context: Context, view: GridView, source: Callable[[], Source], ask_other: Callable[..., object]
    ) -> None:
        self.context, self.view, self.source, self.ask_other = context, view, source, ask_other
        self.scenario: str | None = None  # what edits are written into; None is the plan
        view.committed.connect(self.type_cell)
        view.cleared.connect(self.clear)
        view.shift_asked.connect(self.shift)

    def type_cell(self, row: int, column: int, text: str, fill: bool) -> None:
        """Write what was typed into a cell, or into every selected cell of a part."""
        line = self.view.grid.lines[row]
        cells = list(self.view.cells()) if fill else [(row, column)]
        if line.level is Level.HEAD:
            if text.strip():
                columns = sorted({place for at, place in cells if at == row}) or [column]
                self.ask_other(line, lambda part: self.apply([Wish(part, place, text) for place in columns]))
            return
        self.apply(self._wishes(cells, text))

    def clear(self) -> None:
        """Book nothing in the selected cells."""
        wishes = self._wishes(self.view.cells(), "")
        self.apply([each for each in wishes if each.line.amounts.booked[each.column]], "cleared", nothing=_NEED_PART)

    def fill_right(self) -> None:
        """Copy the left cells of the selection into those right of them; of a single column the cell left of it."""
        wishes: list[Wish] = []
        for top, first, bottom, last in self.view.blocks():
            given = first if last > first else first - 1
            for row in range(top, bottom + 1):
                if given >= 0:
                    wishes += self._taken((row, given), [(row, at) for at in range(first, last + 1) if at != given])
        self.apply(wishes, "filled", nothing=_NEED_PART)

    def fill_down(self) -> None:
        """Copy the top cells of the selection into those under them; of a single row the part above it."""
        wishes: list[Wish] = []
        for top, first, bottom, last in self.view.blocks():
            rows = [row for row in range(top, bottom + 1) if self.view.grid.lines[row].editable]
            given = rows[0] if len(rows) > 1 else top - 1
            for column in range(first, last + 1):
                if rows and given >= 0:
                    wishes += self._taken((given, column), [(row, column) for row in rows if row != given])
        self.apply(wishes, "filled", nothing=_NEED_PART)

    # ------------------------------------------------------------------ the clipboard

    def copy(self, *, headers: bool = False) -> None:
        """Put the selection on the clipboard as text and as HTML; the headers are names and periods."""
        cells = set(self.view.cells())
        rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
        if not rows:
            return
        lines = self.view.grid.lines
        block = [[self._exact(lines[row], column) for column in columns] for row in rows]
        if headers:
            block = [[self.view.grid.lines[row].name, *texts] for row, texts in zip(rows, block, strict=True)]
            block.insert(0, ["", *(self.source().axis.firsts[column].isoformat() for column in columns)])
        right = [False] * headers + [True] * len(columns)
        QGuiApplication.clipboard().setMimeData(block_to_mime(block, headers, right))
        self.context.say(f"{len(rows):,} × {len(columns):,} cells copied.")

    def cut(self) -> None:
        """Copy the selection and book nothing there."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Write the clipboard's block by position from the current cell; lines of people and teams take no part."""
        block = block_from_text(QGuiApplication.clipboard().text())
        blocks = self.view.blocks()
        if not block or not blocks:
            self.context.say("There is nothing on the clipboard to paste.")
            return
        top, left = min(each[0] for each in blocks), min(each[1] for each in blocks)
        bottom, right = max(each[2] for each in blocks), max(each[3] for each in blocks)
        rows = [row for row in range(top, len(self.view.grid.lines)) if self.view.grid.lines[row].editable]
        selected = sum(row <= bottom for row in rows)
        block = repeat_block(block, max(1, selected), right - left + 1)
        wishes: list[Wish] = []
        for row, texts in zip(rows, block, strict=False):
            wishes += self._wishes([(row, left + at) for at in range(len(texts))], "", texts)
        self.apply(wishes, "pasted", wanted=sum(len(texts) for texts in block), nothing=_NEED_PART)

    # ------------------------------------------------------------------ shifting

    def shift(self, by: int) -> None:
        """Move the allocations of the selected cells by some periods; the selection goes with them."""
        source, blocks, store = self.source(), self.view.blocks(), self.context.store
        ids: set[str] = set()
        for row, column in self.view.cells():
            ids.update(source.allocations(self.view.grid.lines[row], column))
        target = self.view.column + by
        if not ids or not 0 <= target < source.axis.count:
            self.context.say("There is no allocation here to shift." if not ids else "That is beyond the days shown.")
            return
        row = self.view.row

        def follow() -> None:
            self.view.go(row, target)
            self.view.select(*((top, max(0, left + by), bottom, right + by) for top, left, bottom, right in blocks))

        grain, scenario = source.axis.grain, self.scenario
        self.write(lambda: shift_allocations(store, sorted(ids), by, grain, scenario), follow)

    # ------------------------------------------------------------------ writing

    def apply(
        self,
        wishes: Sequence[Wish],
        done: str = "changed",
        wanted: int | None = None,
        nothing: str = "",
        *,
        days: bool = False,
    ) -> None:
        """Write all that can be read as one step; say what cannot, with its reason. `days`: bare numbers are days."""
        others = [wish for wish in wishes if wish.text.strip() != self._exact(wish.line, wish.column)]
        edits, problems = self.read(others, days=days)
        self.source().keep_lines((edit.resource, edit.project) for edit in edits)
        grain, scenario = self.source().axis.grain, self.scenario
        kept = len(edits) + len(wishes) - len(others)

        def tell() -> None:
            self._tell(len(edits), kept, wanted or len(wishes), problems, done if wishes else "", nothing)

        if edits:
            self.write(lambda: set_cells(self.context.store, edits, grain, scenario=scenario), tell)
        else:
            tell()

    def _tell(self, written: int, kept: int, count: int, problems: Sequence[str], done: str, nothing: str) -> None:
        """Say what became of so many cells: how many were written, and how many of all hold what was wanted."""
        if problems and count > 1:
            self.context.toast(f"{written:,} of {count:,} cells {done}. {problems[0]}")
        elif problems:
            self.context.say(problems[0])
        elif not written:
            self.context.say("The cells hold these amounts already." if done else nothing)
        elif count > 1:
            self.context.say(f"{kept:,}{'' if kept == count else f' of {count:,}'} cells {done}.")
        else:
            self.context.say("")

    def read(self, wishes: Iterable[Wish], *, days: bool = False) -> tuple[list[CellEdit], list[str]]:
        """Edits for the texts that can be read, and what is wrong with the others."""
        axis, measure, wanted = self.source().axis, self.source().measure, self.source().wanted
        status = AllocationStatus.CONFIRMED if wanted.confirmed_only else None
        edits: list[CellEdit] = []
        problems: list[str] = []
        for wish in wishes:
            amount = read_amount(wish.text, _UNITS[DAY if days else unit_of(wish.line, measure)])
            if amount.reason or wish.line.resource is None:
                problems.append(amount.reason)
                continue
            day, unit = axis.firsts[wish.column], UNITS[amount.unit]
            edits.append(CellEdit(wish.line.resource, wish.line.project, day, amount.quantity, unit, status=status))
        return edits, problems

    def write(self, deed: Callable[[], object], done: Callable[[], object]) -> None:
        """Do a deed that writes, then `done()`; what is known to go wrong is said.

        Where a rule of the PMO asks for more, the person is asked, and it is done when that was given.
        """
        if not self.view.grid.can_write:
            self.context.say(_READ_ONLY)
            return
        try:
            do_granted(self.context, deed, lambda _result: done(), self.view.window())
        except Known as known:
            self.context.toast(str(known))

    def _wishes(self, cells: Iterable[tuple[int, int]], text: str, texts: Sequence[str] | None = None) -> list[Wish]:
        lines, count = self.view.grid.lines, self.view.grid.axis.count
        return [
            Wish(lines[row], column, text if texts is None else texts[at])
            for at, (row, column) in enumerate(cells)
            if lines[row].editable and column < count
        ]

    def _taken(self, given: tuple[int, int], cells: Sequence[tuple[int, int]]) -> list[Wish]:
        """Wishes for what a cell holds."""
        line = self.view.grid.lines[given[0]]
        return self._wishes(cells, self._exact(line, given[1])) if line.editable else []

    def _exact(self, line: Line, column: int) -> str:
        """A cell's amount in its unit, nothing rounded that a spreadsheet would miss; nothing where it is 0."""
        measure = self.source().measure
        booked = int(line.amounts.booked[column])
        if not booked:
            return ""
        unit = unit_of(line, measure)
        whole = {
            PERCENT: line.amounts.available[column] / 100,
            DAY: measure.day,
            FTE: line.amounts.full[column],
        }[unit]
        return f"{booked / whole:.4f}".rstrip("0").rstrip(".") if whole else ""
