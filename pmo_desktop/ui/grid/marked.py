"""What is selected in a grid: blocks of cells over both halves, and the records they touch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from pmo_desktop.ui.arrange import Record

if TYPE_CHECKING:
    from pmo_desktop.ui.grid.grid import Grid

Flag = QItemSelectionModel.SelectionFlag
Block = tuple[int, int, int, int]  # first row, first column, last row, last column


class Marked:
    """The selection that both halves share."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.table = grid, grid.table
        self.model = grid.right.selectionModel()
        self.anchor = self.end = (0, 0)  # of a range: where it began, and the corner that moves
        self.has_range = False
        self._blocks: list[Block] = []
        self.model.selectionChanged.connect(self._moved)

    def extend_to(self, row: int, place: int) -> None:
        """Select the block from the anchor to a cell; the anchor stays current."""
        self.end = (row, place)
        (top, bottom), (first, last) = sorted((self.anchor[0], row)), sorted((self.anchor[1], place))
        block = QItemSelection(self.table.index(top, first), self.table.index(bottom, last))
        self.model.select(block, Flag.ClearAndSelect)
        self.grid.show_cell(row, place)

    def take_rows(self) -> None:
        """Select the whole of each selected line."""
        self.anchor = (self.anchor[0], 0)
        self.extend_to(self.end[0], self.table.columnCount() - 1)

    def take_columns(self) -> None:
        """Select the whole of each selected column."""
        self.anchor = (0, self.anchor[1])
        self.extend_to(self.table.rowCount() - 1, self.end[1])

    def take_all(self) -> None:
        """Select every cell."""
        self.anchor = (0, 0)
        self.extend_to(self.table.rowCount() - 1, self.table.columnCount() - 1)

    def clear(self) -> None:
        """Select nothing but the current cell."""
        self.grid.go(self.grid.current_row, self.grid.current_column)

    def blocks(self) -> list[Block]:
        """The selected ranges from top to bottom; the current cell when nothing is selected."""
        found = self.model.selection()
        each = [found.at(place) for place in range(found.count())]
        ranges = [(one.top(), one.left(), one.bottom(), one.right()) for one in each]
        if not ranges and self.grid.current_row >= 0:
            ranges = [(self.grid.current_row, self.grid.current_column) * 2]
        return sorted(ranges)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every selected cell of a record, in reading order within each block."""
        for top, first, bottom, last in self.blocks():
            for row in range(top, bottom + 1):
                if self.table.record(row) is not None:
                    for place in range(first, last + 1):
                        yield row, place

    def records(self) -> list[Record]:
        """The records that the selection touches, from top to bottom."""
        rows = sorted({row for top, _, bottom, _ in self.blocks() for row in range(top, bottom + 1)})
        return [record for row in rows if (record := self.table.record(row)) is not None]

    def places_of(self, row: int) -> range | frozenset[int]:
        """The selected columns of a line while a range is selected."""
        hit = [range(first, last + 1) for top, first, bottom, last in self._blocks if top <= row <= bottom]
        return hit[0] if len(hit) == 1 else frozenset(place for each in hit for place in each)

    def _moved(self) -> None:
        ranges = self.model.selection()
        several = ranges.count() > 1 or (ranges.count() == 1 and ranges.at(0).width() * ranges.at(0).height() > 1)
        if several or self.has_range:
            self.grid.paint_again()
        self.has_range = several
        self._blocks = self.blocks() if several else []
        if not self.grid.keeper.holding:
            self.grid.selected.emit()
