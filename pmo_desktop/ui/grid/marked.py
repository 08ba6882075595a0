"""What is selected in a grid: blocks of cells over both halves, and the records they touch."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.grid.board import Block, Board

Flag = QItemSelectionModel.SelectionFlag


class Marked:
    """The selection that both halves share."""

    def __init__(self, board: Board) -> None:
        self.board, self.table, self.model = board, board.table, board.model
        self.model.selectionChanged.connect(self._moved)

    @property
    def has_range(self) -> bool:
        """Whether more than one cell is selected."""
        return bool(self.board.ranges)

    def extend_to(self, row: int, place: int) -> None:
        """Select the block from the anchor to a cell; the anchor stays current."""
        self.board.end = (row, place)
        (top, bottom), (first, last) = sorted((self.board.anchor[0], row)), sorted((self.board.anchor[1], place))
        block = QItemSelection(self.table.index(top, first), self.table.index(bottom, last))
        self.model.select(block, Flag.ClearAndSelect)
        self.board.show_cell(row, place)

    def take_rows(self) -> None:
        """Select the whole of each selected line."""
        self.board.anchor = (self.board.anchor[0], 0)
        self.extend_to(self.board.end[0], self.table.columnCount() - 1)

    def take_columns(self) -> None:
        """Select the whole of each selected column."""
        self.board.anchor = (0, self.board.anchor[1])
        self.extend_to(self.table.rowCount() - 1, self.board.end[1])

    def take_all(self) -> None:
        """Select every cell."""
        self.board.anchor = (0, 0)
        self.extend_to(self.table.rowCount() - 1, self.table.columnCount() - 1)

    def clear(self) -> None:
        """Select nothing but the current cell."""
        self.board.go(self.board.current_row, self.board.current_column)

    def blocks(self) -> list[Block]:
        """The selected ranges from top to bottom; the current cell when nothing is selected."""
        found = self.model.selection()
        each = [found.at(place) for place in range(found.count())]
        ranges = [(one.top(), one.left(), one.bottom(), one.right()) for one in each]
        if not ranges and self.board.current_row >= 0:
            ranges = [(self.board.current_row, self.board.current_column) * 2]
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

    def _moved(self) -> None:
        found = self.model.selection()
        several = found.count() > 1 or (found.count() == 1 and found.at(0).width() * found.at(0).height() > 1)
        if several or self.has_range:
            self.board.paint_again()
        self.board.ranges = self.blocks() if several else []
        if not self.board.holding:
            self.board.selected.emit()
