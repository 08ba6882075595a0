"""The grid: two synchronised halves of one table, key columns frozen at the left, with one current cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.celledit import CellEdit
from pmo_desktop.ui.grid.halves import lay_halves, link_halves
from pmo_desktop.ui.grid.keys import GridKeys
from pmo_desktop.ui.grid.marked import Marked
from pmo_desktop.ui.grid.spots import SpotKeeper
from pmo_desktop.ui.grid.tracks import Tracks
from pmo_desktop.ui.grid.view import HalfView
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.theme import Theme


class Grid(Board):
    """What a pane shows its register in. Its parts: tracks (columns), marked (selection), edit (the open cell)."""

    left: HalfView
    right: HalfView

    def __init__(self, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(table, theme, parent)
        self.left, self.right = HalfView(self, is_leading=True), HalfView(self, is_leading=False)
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        self._lay_out()
        self._link()
        self.tracks, self.marked, self.edit = Tracks(self, self.across), Marked(self), CellEdit(self)
        keys = GridKeys(self, self.marked, self.edit)
        for view in (self.left, self.right):
            view.take(keys, self.marked, self.edit)
        self.keeper = SpotKeeper(self, self.marked, self.tracks)
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        lay_halves(self, self.left, self.right, self.across)
        self.left.setAccessibleName("Key columns")
        self.right.setAccessibleName("Register")
        self.setFocusProxy(self.right)

    def _link(self) -> None:
        self.left.setModel(self.table)
        self.right.setModel(self.table)
        self.model = link_halves(self.left, self.right)
        self.model.currentChanged.connect(self._current_moved)

    def _current_moved(self, index: QModelIndex, before: QModelIndex) -> None:
        self.current_row, self.current_column = index.row(), index.column()
        self.setFocusProxy(self.half(max(0, index.column())))  # it has the keyboard for the grid
        if not self.holding:
            for row in {before.row(), index.row()}:
                self.repaint_row(row)
            self.current_changed.emit()

    def _dress(self) -> None:
        self.ink.renew()
        for view in (self.left, self.right):
            view.verticalHeader().setDefaultSectionSize(self.ink.theme.row_height)
        self.tracks.lay()
        self.paint_again()
