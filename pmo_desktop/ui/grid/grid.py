"""The grid: two synchronised halves of one table, key columns frozen at the left, with one current cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.arrange import Group, Record
from pmo_desktop.ui.grid.ink import Ink
from pmo_desktop.ui.grid.keys import GridKeys
from pmo_desktop.ui.grid.spots import SpotKeeper
from pmo_desktop.ui.grid.view import HalfView
from pmo_desktop.ui.kinds import exact_text
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.theme import Theme

Flag = QItemSelectionModel.SelectionFlag


class Grid(QWidget):
    """What a pane shows its register in. Rows and places are lines and columns of the table model."""

    current_changed = Signal()  # another current cell
    selected = Signal()  # another selection
    committed = Signal(int, int, str, bool)  # row, column, text, into the whole selection
    cleared = Signal()  # Delete on the selection
    today_asked = Signal()
    above_asked = Signal()
    menu_asked = Signal(QPoint)
    refused = Signal(int, int)  # somebody tried to edit a cell that is not editable
    widths_changed = Signal()

    def __init__(self, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.ink = table, Ink(theme)
        self.keys = GridKeys(self)
        self.frozen = 2
        self.anchor = self.end = (0, 0)  # of a range: where it began, and the corner that moves
        self.current_row = self.current_column = -1
        self.hovered_row = -1
        self.has_range = self.is_active = False
        self._blocks: list[tuple[int, int, int, int]] = []
        self.choices: Callable[[Field], Sequence[str]] = lambda _field: ()
        self.left, self.right = HalfView(self, is_leading=True), HalfView(self, is_leading=False)
        self._lay_out()
        self._link()
        self.keeper = SpotKeeper(self)
        theme.changed.connect(self._dress)
        self._dress()

    # ------------------------------------------------------------------ columns

    def set_frozen(self, count: int) -> None:
        """Keep the first columns in sight."""
        self.frozen = count
        self.lay_columns()

    def lay_columns(self) -> None:
        """Give each half its columns and widths; called when the model's columns are others."""
        columns = self.table.columns
        frozen = min(self.frozen, len(columns))
        self.left.last_column = self.right.first_column = frozen
        self.right.last_column = len(columns)
        self.left.setVisible(frozen > 0)
        self.left.is_leading, self.right.is_leading = frozen > 0, frozen == 0
        for view, mine in ((self.left, range(frozen)), (self.right, range(frozen, len(columns)))):
            header = view.heading
            header.blockSignals(True)
            for place, column in enumerate(columns):
                header.moveSection(header.visualIndex(place), place)
                view.setColumnHidden(place, place not in mine)
                view.setColumnWidth(place, self.ink.theme.px(column.width))
            header.blockSignals(False)
            header.viewport().update()
        self._fit_left()

    def width_of(self, place: int) -> int:
        """The present width of a column, as at 100 % text size."""
        view = self.half(place)
        return round(view.columnWidth(place) * 100 / self.ink.theme.scale)

    def best_width(self, place: int) -> int:
        """The width at which the words of a column's first thousand rows fit."""
        column = self.table.columns[place]
        face = self.ink.name if column.strong else self.ink.body
        widest = max((face.width(record.texts[place]) for record in self.table.arrangement.shown[:1000]), default=0)
        head = self.ink.caption.width(column.heading(self.table.reading)) + 26
        extra = {"variance": 24, "rag": 0, "report": 20}.get(column.look, 0)
        return round(max(head, min(widest + extra + 20, 640)))

    def half(self, place: int) -> HalfView:
        """The half that shows a column."""
        return self.left if place < self.right.first_column else self.right

    # ------------------------------------------------------------------ the current cell

    @property
    def current(self) -> Record | None:
        """The record of the current line; None on a heading or in an empty table."""
        return self.table.record(self.current_row)

    @property
    def page(self) -> int:
        """Lines that Page Down moves over."""
        return max(1, self.right.viewport().height() // max(1, self.ink.theme.row_height) - 1)

    def go(self, row: int, place: int) -> None:
        """Make a cell the current one, and the only one selected."""
        if 0 <= row < self.table.rowCount() and 0 <= place < self.table.columnCount():
            self.anchor = self.end = (row, place)
            index = self.table.index(row, place)
            self.selection.setCurrentIndex(index, Flag.ClearAndSelect)
            self.show_cell(row, place)

    def go_to(self, identity: str, name: str | None = None) -> bool:
        """Make a record's line the current one; False when it is not among the lines."""
        row = self.table.place_of(identity)
        if row is None:
            return False
        place = self.table.column_of(name) if name else None
        self.go(row, max(0, self.current_column) if place is None else place)
        return True

    def step(self, down: int, right: int) -> None:
        """Move to the next record cell: over headings downwards, round the end of the line sideways."""
        row, place = self.current_row + down, self.current_column + right
        if right and not 0 <= place < self.table.columnCount():
            row, place = row + right, 0 if right > 0 else self.table.columnCount() - 1
            down = right
        while down and isinstance(self.table.line(row), Group):
            row += down
        if self.table.line(row) is not None:
            self.go(row, place)

    def show_cell(self, row: int, place: int) -> None:
        """Scroll a cell into sight and give its half the keyboard if the grid has it."""
        index, view = self.table.index(row, place), self.half(place)
        view.scrollTo(index)
        other = self.right if view is self.left else self.left
        if other.hasFocus():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_filled(self, row: int, place: int) -> bool:
        """Whether a cell has words; a heading has none."""
        record = self.table.record(row)
        return record is not None and bool(record.texts[place])

    # ------------------------------------------------------------------ selection

    @property
    def selection(self) -> QItemSelectionModel:
        """The selection both halves share."""
        return self.right.selectionModel()

    def extend_to(self, row: int, place: int) -> None:
        """Select the block from the anchor to a cell; the anchor stays current."""
        self.end = (row, place)
        (top, bottom), (first, last) = sorted((self.anchor[0], row)), sorted((self.anchor[1], place))
        block = QItemSelection(self.table.index(top, first), self.table.index(bottom, last))
        self.selection.select(block, Flag.ClearAndSelect)
        self.show_cell(row, place)

    def chosen_places(self, row: int) -> range | frozenset[int]:
        """The selected columns of a line while a range is selected."""
        hit = [range(first, last + 1) for top, first, bottom, last in self._blocks if top <= row <= bottom]
        return hit[0] if len(hit) == 1 else frozenset(place for each in hit for place in each)

    def select_row(self) -> None:
        """Select the whole of each selected line."""
        self.anchor = (self.anchor[0], 0)
        self.extend_to(self.end[0], self.table.columnCount() - 1)

    def select_column(self) -> None:
        """Select the whole of each selected column."""
        self.anchor = (0, self.anchor[1])
        self.extend_to(self.table.rowCount() - 1, self.end[1])

    def select_all(self) -> None:
        """Select every cell."""
        self.anchor = (0, 0)
        self.extend_to(self.table.rowCount() - 1, self.table.columnCount() - 1)

    def clear_selection(self) -> None:
        """Select nothing but the current cell."""
        self.go(self.current_row, self.current_column)

    def blocks(self) -> list[tuple[int, int, int, int]]:
        """The selected ranges: first row, first column, last row, last column; merged where the seam divides one."""
        found = self.selection.selection()
        each = [found.at(place) for place in range(found.count())]
        ranges = [(one.top(), one.left(), one.bottom(), one.right()) for one in each]
        if not ranges and self.current_row >= 0:
            ranges = [(self.current_row, self.current_column, self.current_row, self.current_column)]
        return sorted(ranges)

    def selected_cells(self) -> Iterator[tuple[int, int]]:
        """Every selected cell of a record, in reading order within each block."""
        for top, first, bottom, last in self.blocks():
            for row in range(top, bottom + 1):
                if self.table.record(row) is not None:
                    for place in range(first, last + 1):
                        yield row, place

    def selected_records(self) -> list[Record]:
        """The records that the selection touches, from top to bottom."""
        rows = sorted({row for top, _, bottom, _ in self.blocks() for row in range(top, bottom + 1)})
        return [record for row in rows if (record := self.table.record(row)) is not None]

    # ------------------------------------------------------------------ editing

    def edit_current(self) -> None:
        """Open the editor of the current cell; on a heading, fold it."""
        if isinstance(self.table.line(self.current_row), Group):
            self.fold_current()
        else:
            self.open_editor(None)

    def open_editor(self, typed: str | None) -> None:
        """Open the editor; what was typed replaces the content. A cell that is not editable says why."""
        index = self.table.index(self.current_row, self.current_column)
        if not index.isValid() or self.table.record(index.row()) is None:
            return
        if not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.refused.emit(index.row(), index.column())
            return
        self.half(index.column()).open_editor(index, typed)

    def open_list(self) -> bool:
        """Open the editor of the current cell with its list of choices or its calendar."""
        self.open_editor(None)
        editor = self.half(self.current_column).open_editor_widget()
        if editor is not None and hasattr(editor, "show_list"):
            editor.show_list()
        return True

    def editable_text(self, row: int, place: int) -> str:
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
        if fill or text != self.editable_text(row, place):
            self.committed.emit(row, place, text, fill)

    def toggle_yes_no(self) -> bool:
        """Turn a yes into a no; False when the current cell is neither."""
        place, record = self.current_column, self.current
        if record is None or self.table.columns[place].field.kind is not Kind.YESNO:
            return False
        yes = record.row.get(self.table.columns[place].name)
        self.committed.emit(self.current_row, place, "No" if yes else "Yes", False)
        return True

    # ------------------------------------------------------------------ from the halves

    def fold_current(self, *, is_open: bool | None = None) -> None:
        """Open or close the group whose heading is current."""
        self.table.fold(self.current_row, is_open=is_open)

    def click_heading(self, row: int, x: float) -> bool:
        """A click on a heading's chevron folds it."""
        if isinstance(self.table.line(row), Group) and x < self.ink.theme.px(32):
            self.go(row, 0)
            self.fold_current()
            return True
        return False

    def hover(self, row: int) -> None:
        """Tint the line under the pointer."""
        if row != self.hovered_row:
            before, self.hovered_row = self.hovered_row, row
            for line in (before, row):
                self._repaint_row(line)

    def wheel(self, view: HalfView, event: QWheelEvent) -> bool:
        """Scroll sideways with Shift, and downwards over the frozen half."""
        step = event.angleDelta()
        across = step.x() or (step.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        bar = self.right.horizontalScrollBar() if across else self.right.verticalScrollBar()
        if not across and view is self.right:
            return False
        bar.setValue(bar.value() - (across or step.y()))
        return True

    def focus_changed(self) -> None:
        """The keyboard came or went: the current row changes its tint."""
        active = self.left.hasFocus() or self.right.hasFocus()
        if active != self.is_active:
            self.is_active = active
            self.left.viewport().update()
            self.right.viewport().update()

    # ------------------------------------------------------------------ below the counter

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the half with the current cell."""
        self.half(max(0, self.current_column)).setFocus(reason)

    def _lay_out(self) -> None:
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.left, 0, 0)
        box.addWidget(self.right, 0, 1)
        box.addWidget(self.across, 1, 0, 1, 2)
        box.setColumnStretch(1, 1)
        self.left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setAccessibleName("Key columns")
        self.right.setAccessibleName("Register")
        self.across.setVisible(False)

    def _link(self) -> None:
        self.left.setModel(self.table)
        self.right.setModel(self.table)
        spare = self.left.selectionModel()
        self.left.setSelectionModel(self.right.selectionModel())
        spare.deleteLater()
        one, two = self.left.verticalScrollBar(), self.right.verticalScrollBar()
        one.valueChanged.connect(two.setValue)
        two.valueChanged.connect(one.setValue)
        inner = self.right.horizontalScrollBar()
        inner.rangeChanged.connect(self._bar_range)
        inner.valueChanged.connect(self.across.setValue)
        self.across.valueChanged.connect(inner.setValue)
        for view in (self.left, self.right):
            view.heading.sectionResized.connect(self._resized)
        self.selection.currentChanged.connect(self._current_moved)
        self.selection.selectionChanged.connect(self._selection_moved)

    def _bar_range(self, low: int, high: int) -> None:
        self.across.setRange(low, high)
        self.across.setPageStep(self.right.viewport().width())
        self.across.setVisible(high > low)

    def _resized(self, place: int, _old: int, new: int) -> None:
        if new > 0:
            self._fit_left()
            self.widths_changed.emit()

    def _fit_left(self) -> None:
        widths = [self.left.columnWidth(place) for place in range(self.right.first_column)]
        self.left.setFixedWidth(max(1, sum(widths)))

    def _current_moved(self, index: QModelIndex, before: QModelIndex) -> None:
        self.current_row, self.current_column = index.row(), index.column()
        if not self.keeper.holding:
            for row in {before.row(), index.row()}:
                self._repaint_row(row)
            self.current_changed.emit()

    def _selection_moved(self) -> None:
        ranges = self.selection.selection()
        several = ranges.count() > 1 or (ranges.count() == 1 and ranges.at(0).width() * ranges.at(0).height() > 1)
        if several or self.has_range:
            self.left.viewport().update()
            self.right.viewport().update()
        self.has_range = several
        self._blocks = self.blocks() if several else []
        if not self.keeper.holding:
            self.selected.emit()

    def _repaint_row(self, row: int) -> None:
        self.left.repaint_row(row)
        self.right.repaint_row(row)

    def _dress(self) -> None:
        self.ink.renew()
        for view in (self.left, self.right):
            view.verticalHeader().setDefaultSectionSize(self.ink.theme.row_height)
            view.viewport().update()
        self.lay_columns()
