"""The columns of a grid on screen: which half shows which, how wide, and the one scroll bar under both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_desktop.ui.grid.grid import Grid
    from pmo_desktop.ui.grid.view import HalfView

_ROWS_MEASURED = 1_000
_WIDEST = 640
_MARK_WIDTHS = {"variance": 24, "report": 20}  # what a painter draws beside the words


class Tracks:
    """Lays the model's columns out over both halves."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.frozen = 2
        inner = grid.right.horizontalScrollBar()
        inner.rangeChanged.connect(self._bar_range)
        inner.valueChanged.connect(grid.across.setValue)
        grid.across.valueChanged.connect(inner.setValue)
        for view in (grid.left, grid.right):
            view.heading.sectionResized.connect(self._resized)

    def lay(self) -> None:
        """Give each half its columns and widths; called when the model's columns are others."""
        left, right = self.grid.left, self.grid.right
        columns = self.grid.table.columns
        frozen = min(self.frozen, len(columns))
        left.last_column = right.first_column = frozen
        right.last_column = len(columns)
        left.setVisible(frozen > 0)
        left.is_leading, right.is_leading = frozen > 0, frozen == 0
        for view, mine in ((left, range(frozen)), (right, range(frozen, len(columns)))):
            header = view.heading
            header.blockSignals(True)
            for place, column in enumerate(columns):
                header.moveSection(header.visualIndex(place), place)
                view.setColumnHidden(place, place not in mine)
                view.setColumnWidth(place, self.grid.ink.theme.px(column.width))
            header.blockSignals(False)
            header.viewport().update()
        self._fit_left()

    def half(self, place: int) -> HalfView:
        """The half that shows a column."""
        return self.grid.left if place < self.grid.right.first_column else self.grid.right

    def width_of(self, place: int) -> int:
        """The present width of a column, as at 100 % text size."""
        return round(self.half(place).columnWidth(place) * 100 / self.grid.ink.theme.scale)

    def best_width(self, place: int) -> int:
        """The width at which the words of a column's first thousand rows fit, as at 100 % text size."""
        table, ink = self.grid.table, self.grid.ink
        column = table.columns[place]
        face = ink.name if column.strong else ink.body
        shown = table.arrangement.shown[:_ROWS_MEASURED]
        widest = max((face.width(record.texts[place]) for record in shown), default=0)
        head = ink.caption.width(column.heading(table.reading)) + 26
        need = max(head, widest + _MARK_WIDTHS.get(column.look, 0) + 20)
        return round(min(need, _WIDEST) * 100 / ink.theme.scale)

    def _bar_range(self, low: int, high: int) -> None:
        self.grid.across.setRange(low, high)
        self.grid.across.setPageStep(self.grid.right.viewport().width())
        self.grid.across.setVisible(high > low)

    def _resized(self, _place: int, _old: int, new: int) -> None:
        if new > 0:
            self._fit_left()
            self.grid.widths_changed.emit()

    def _fit_left(self) -> None:
        widths = [self.grid.left.columnWidth(place) for place in range(self.grid.right.first_column)]
        self.grid.left.setFixedWidth(max(1, sum(widths)))
