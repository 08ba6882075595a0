"""Where a person stands in a grid, kept by record rather than by line while the lines are rearranged."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.marked import Marked
from pmo_desktop.ui.grid.tracks import Tracks

_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Spot:
    """The current cell and the selected cells, by record id and field."""

    record: str | None
    group: object
    field: str | None
    row: int
    scroll: int
    cells: tuple[tuple[str, str], ...] = ()


class SpotKeeper:
    """Remembers the spot before the model rearranges its lines and goes back to it afterwards."""

    def __init__(self, board: Board, marked: Marked, tracks: Tracks) -> None:
        self.board, self.marked, self.tracks = board, marked, tracks
        self._spot: Spot | None = None
        board.table.rearranging.connect(self.hold)
        board.table.rearranged.connect(self.release)

    def hold(self) -> None:
        """Remember where the person stands."""
        self._spot = self.note()
        self.board.holding = True

    def note(self) -> Spot:
        """Where the person stands now."""
        board, table = self.board, self.board.table
        line, columns = table.line(board.current_row), table.columns
        name = columns[board.current_column].name if 0 <= board.current_column < len(columns) else None
        cells: list[tuple[str, str]] = []
        if self.marked.has_range:
            for row, place in self.marked.cells():
                record = table.record(row)
                if record is not None:
                    cells.append((record.id, columns[place].name))
                if len(cells) > _MOST_KEPT:
                    cells = []
                    break
        scroll = board.right.verticalScrollBar().value()
        if isinstance(line, Group):
            return Spot(None, line.key, name, board.current_row, scroll)
        return Spot(line.id if line else None, None, name, board.current_row, scroll, tuple(cells))

    def release(self) -> None:
        """Go back to the record, or to the line nearest to where it was."""
        spot, self._spot = self._spot, None
        self.tracks.lay()
        if spot is not None:
            self._return(spot)
        self.board.holding = False
        self.board.current_changed.emit()
        self.board.selected.emit()

    def _return(self, spot: Spot) -> None:
        board, table = self.board, self.board.table
        if not table.rowCount() or not table.columnCount():
            board.current_row = board.current_column = -1
            board.ranges = []
            return
        place = (table.column_of(spot.field) if spot.field else None) or 0
        row = self._row_of(spot)
        bar = board.right.verticalScrollBar()
        bar.setValue(min(spot.scroll, bar.maximum()))
        board.go(row, place)
        self._select_again(spot)

    def _row_of(self, spot: Spot) -> int:
        table = self.board.table
        if spot.record is not None:
            found = table.place_of(spot.record)
            if found is not None:
                return found
        elif spot.row >= 0 and spot.field is not None:
            for row, line in enumerate(table.arrangement.lines):
                if isinstance(line, Group) and line.key == spot.group:
                    return row
        row = max(0, min(spot.row, table.rowCount() - 1))
        while row + 1 < table.rowCount() and table.record(row) is None:
            row += 1
        return row

    def _select_again(self, spot: Spot) -> None:
        table, chosen = self.board.table, QItemSelection()
        rows = table.places_of({identity for identity, _ in spot.cells}) if spot.cells else {}
        for identity, name in spot.cells:
            row, place = rows.get(identity), table.column_of(name)
            if row is not None and place is not None:
                index = table.index(row, place)
                chosen.select(index, index)
        if not chosen.isEmpty():
            self.marked.model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
