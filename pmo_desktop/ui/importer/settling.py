"""The preview's conflicts at work: which one is current, the card that shows it, and the answers it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pmo_desktop.exchange.plan import Answer, TablePlan
from pmo_desktop.ui.importer.clashes import Clash, gather_clashes, settle_cell, settle_column
from pmo_desktop.ui.importer.repair_panel import RepairPanel
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.importer.sheet_grid import SheetGrid, current_cell
from pmo_desktop.ui.importer.sheet_model import LEADING

_SETTLED = {
    Answer.THEIRS: "the file’s value is taken",
    Answer.OURS: "the portfolio’s value is kept",
    Answer.ASK: "left open",
}


class Stop(NamedTuple):
    """A cell that waits for a person: its table, the row of the sheet, the field, and what is said there."""

    table: TablePlan
    row: int
    field: str
    words: str


class Settling:
    """Keeps the panel's card on the current cell's conflict; `say` takes sentences for the foot."""

    def __init__(self, session: Session, grid: SheetGrid, panel: RepairPanel, say: Callable[[str], object]) -> None:
        self.session, self.grid, self.panel, self.say = session, grid, panel, say
        self.clashes: list[Clash] = []
        panel.clash.settled.connect(self.settle)
        grid.settled.connect(self.settle)

    def take_tables(self, tables: Iterable[TablePlan]) -> None:
        """Take the conflicts of another plan."""
        self.clashes = gather_clashes(tables)
        self._cells = {(id(each.table), each.row.row, each.column.field or ""): each for each in self.clashes}

    def here(self) -> Clash | None:
        """The conflict of the current cell."""
        table, row, field = current_cell(self.grid)
        return self._cells.get((id(table), row, field)) if self.clashes else None

    def open_stops(self) -> list[Stop]:
        """The cells whose conflict is open."""
        return [
            Stop(each.table, each.row.row, each.column.field or "", f"{each.title}: both sides changed it.")
            for each in self.clashes
            if each.is_open
        ]

    def settle(self, answer: Answer, whole: bool) -> None:
        """Say whose value the current cell, or its whole column, is to have."""
        clash = self.here()
        if clash is None:
            return
        whole = whole or not clash.column.letter  # what the table says as a whole has no cells to name
        said = settle_column if whole else settle_cell
        self.session.answer(**said(self.session.options, clash, answer))
        what = f"{clash.column.label} of every row" if whole else clash.title
        self.say(f"{what}: {_SETTLED[answer]}. Ctrl+Z takes that back.")

    def show_here(self) -> None:
        """Show the current cell's conflict beside the table, or none."""
        clash, grid = self.here(), self.grid
        if clash is None or grid.model.shown is None:
            self.panel.show_clash(None)
            return
        sides = grid.model.shown.sides(grid.model.places[grid.current_line], grid.current_place - len(LEADING))
        alike = sum(each.column is clash.column for each in self.clashes)
        place = next(at for at, each in enumerate(self.clashes, start=1) if each is clash)
        self.panel.show_clash(clash, sides, (place, len(self.clashes), alike))
