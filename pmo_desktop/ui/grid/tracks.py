"""The columns of a grid on screen: which half shows which, how wide, and the one scroll bar under both."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollBar

from pmo_desktop.ui.grid.board import Board

_ROWS_MEASURED = 1_000
_WIDEST = 640
_MARK_WIDTHS = {"variance": 24, "report": 20}  # what a painter draws beside the words


class Tracks:
    """Lays the model's columns out over both halves."""

    def __init__(self, board: Board, across: QScrollBar) -> None:
        self.board, self.across = board, across
        self.frozen = 2
        inner = board.right.horizontalScrollBar()
        inner.rangeChanged.connect(self._bar_range)
        inner.valueChanged.connect(across.setValue)
        across.valueChanged.connect(inner.setValue)
        for view in (board.left, board.right):
            view.horizontalHeader().sectionResized.connect(self._resized)

    def lay(self) -> None:
        """Give each half its columns and widths; called when the model's columns are others."""
        left, right = self.board.left, self.board.right
        columns = self.board.table.columns
        frozen = min(self.frozen, len(columns))
        left.last_column = right.first_column = frozen
        right.last_column = len(columns)
        left.setVisible(frozen > 0)
        left.is_leading, right.is_leading = frozen > 0, frozen == 0
        for view, mine in ((left, range(frozen)), (right, range(frozen, len(columns)))):
            header = view.horizontalHeader()
            header.blockSignals(True)
            for place, column in enumerate(columns):
                header.moveSection(header.visualIndex(place), place)
                view.setColumnHidden(place, place not in mine)
                view.setColumnWidth(place, self.board.ink.theme.px(column.width))
            header.blockSignals(False)
            header.viewport().update()
        self._fit_left()

    def width_of(self, place: int) -> int:
        """The present width of a column, as at 100 % text size."""
        return round(self.board.half(place).columnWidth(place) * 100 / self.board.ink.theme.scale)

    def best_width(self, place: int) -> int:
        """The width at which the words of a column's first thousand rows fit, as at 100 % text size."""
        table, ink = self.board.table, self.board.ink
        column = table.columns[place]
        face = ink.name if column.strong else ink.body
        shown = table.arrangement.shown[:_ROWS_MEASURED]
        widest = max((face.width(record.texts[place]) for record in shown), default=0)
        head = ink.caption.width(column.heading(table.reading)) + 26
        need = max(head, widest + _MARK_WIDTHS.get(column.look, 0) + 20)
        return round(min(need, _WIDEST) * 100 / ink.theme.scale)

    def _bar_range(self, low: int, high: int) -> None:
        self.across.setRange(low, high)
        self.across.setPageStep(self.board.right.viewport().width())
        self.across.setVisible(high > low)

    def _resized(self, _place: int, _old: int, new: int) -> None:
        if new > 0:
            self._fit_left()
            self.board.widths_changed.emit()

    def _fit_left(self) -> None:
        widths = [self.board.left.columnWidth(place) for place in range(self.board.right.first_column)]
        self.board.left.setFixedWidth(max(1, sum(widths)))
