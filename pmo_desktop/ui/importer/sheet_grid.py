"""The preview's table: two halves side by side on one model, key columns frozen, one current cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QScrollBar, QTableView, QWidget

from pmo_desktop.exchange.plan import Answer, TablePlan
from pmo_desktop.model.kind import Field
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.ui.grid.halves import dress_half, lay_halves, link_halves
from pmo_desktop.ui.importer.faces import ALL, Shown, key_fields
from pmo_desktop.ui.importer.sheet_delegate import SheetDelegate
from pmo_desktop.ui.importer.sheet_header import SheetHeader
from pmo_desktop.ui.importer.sheet_ink import SheetInk
from pmo_desktop.ui.importer.sheet_model import LEADING, SheetModel
from pmo_desktop.ui.importer.sheet_widths import column_width
from pmo_desktop.ui.theme import Theme

ROW_HEIGHT = 36
_LETTERS = {Qt.Key.Key_T: Answer.THEIRS, Qt.Key.Key_O: Answer.OURS}


class SheetGrid(QFrame):
    """Shows one tab of one table; F2 or typing changes what is read in a cell."""

    current_changed = Signal()
    edited = Signal(int, int, str)  # line, place, text
    skipped = Signal()  # Delete: leave the current row out
    settled = Signal(object, bool)  # T or O on a conflict: the answer, and whether for the whole column

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.model = SheetModel(self)
        self.ink = SheetInk(theme)
        self.title_field = ""
        self.current_line = self.current_place = 0
        self.is_active = False
        self.first_key = ""
        self.choices: Callable[[Field], Sequence[str]] = lambda _field: ()
        self.frozen = len(LEADING)
        self.left, self.right = _Half(self), _Half(self)
        self._lay_out()
        self._link()
        theme.changed.connect(self._dress)
        self._dress()

    # ------------------------------------------------------------------ what is shown

    def show_table(self, shown: Shown | None, tab: str = ALL) -> None:
        """Show a table; its columns are measured anew."""
        at = (self.current_line, self.current_place)
        self.model.show(shown, tab)
        info = BY_NAME[shown.table.into] if shown and shown.table.into else None
        self.title_field = info.title if info else ""
        self._lay_columns()
        self.go(*at)

    def show_tab(self, tab: str) -> None:
        """Show another tab of the same table."""
        self.model.show(self.model.shown, tab)
        self.go(0, self.current_place)

    def found_text(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What the editor of a cell starts with."""
        shown = self.model.shown
        return shown.found_text(self.model.places[index.row()], index.column() - len(LEADING)) if shown else ""

    def ground(self, line: int) -> str:
        """The colour behind a line."""
        if line != self.current_line:
            return "surface"
        return "selected" if self.is_active else "selected_inactive"

    # ------------------------------------------------------------------ the current cell

    def go(self, line: int, place: int) -> None:
        """Make a cell the current one and bring it into sight."""
        if not self.model.rowCount():
            return
        line = max(0, min(line, self.model.rowCount() - 1))
        place = max(0, min(place, self.model.columnCount() - 1))
        index = self.model.index(line, place)
        self.right.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        view = self.half(place)
        view.scrollTo(index)
        other = self.right if view is self.left else self.left
        if other.hasFocus():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def half(self, place: int) -> QTableView:
        """The half that shows a column."""
        return self.left if place < self.frozen else self.right

    def edit_current(self, typed: str = "") -> bool:
        """Open the editor of the current cell; False where nothing can be typed."""
        index = self.model.index(self.current_line, self.current_place)
        if not self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.first_key = typed
        view = self.half(index.column())
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.edit(index)
        editor = view.indexWidget(index)
        if isinstance(editor, QLineEdit):  # the view selects all of it, and the next letter would replace it
            editor.deselect()
            editor.end(False)
        return True

    def commit(self, line: int, place: int, text: str) -> None:
        """Take what was typed; shown at once, planned anew by whoever listens."""
        if text == self.found_text(self.model.index(line, place)):
            return
        column = self.model.column(place)
        if column is not None:
            self.model.typed[(self.model.row(line).row, column.field or "")] = text
            self.edited.emit(line, place, text)
            self.update_halves()

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key of either half; False when it is not the grid's."""
        step = _step(self, event)
        if step is not None:
            self.go(*step)
            return True
        if event.key() == Qt.Key.Key_F2 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            return self.edit_current()
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.skipped.emit()
            return True
        if (answer := _answer_to(self, event)) is not None:
            self.settled.emit(answer, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.text().isprintable() and event.text() and not held:
            return self.edit_current(event.text())
        return False

    def focus_changed(self) -> None:
        """The keyboard came or went: the current row changes its tint."""
        active = self.left.hasFocus() or self.right.hasFocus()
        if active != self.is_active:
            self.is_active = active
            self.update_halves()

    def update_halves(self) -> None:
        """Paint both halves again."""
        self.left.viewport().update()
        self.right.viewport().update()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the half with the current cell."""
        self.half(self.current_place).setFocus(reason)

    # ------------------------------------------------------------------ below the counter

    def _lay_out(self) -> None:
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        lay_halves(self, self.left, self.right, self.across, margin=1)
        self.left.setAccessibleName("Preview, key columns")
        self.right.setAccessibleName("Preview")
        self.right.horizontalHeader().setStretchLastSection(True)
        self.setFocusProxy(self.left)

    def _link(self) -> None:
        for view in (self.left, self.right):
            view.setModel(self.model)
            view.setItemDelegate(SheetDelegate(self, view))
        link_halves(self.left, self.right)
        inner = self.right.horizontalScrollBar()
        inner.rangeChanged.connect(self._bar_range)
        inner.valueChanged.connect(self.across.setValue)
        self.across.valueChanged.connect(inner.setValue)
        self.left.horizontalHeader().sectionResized.connect(lambda *_: self._fit_left())
        self.right.selectionModel().currentChanged.connect(self._current_moved)

    def _bar_range(self, low: int, high: int) -> None:
        self.across.setRange(low, high)
        self.across.setPageStep(self.right.viewport().width())
        self.across.setVisible(high > low)

    def _current_moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.current_line, self.current_place = index.row(), index.column()
            self.update_halves()
            self.current_changed.emit()

    def _lay_columns(self) -> None:
        shown = self.model.shown
        if shown is None:
            return
        keys = set(key_fields(shown.table)[:2])
        leading = sum(1 for column in shown.columns if column.field in keys)
        self.frozen = len(LEADING) + leading
        for place in range(self.model.columnCount()):
            column = self.model.column(place)
            is_title = column is not None and column.field == self.title_field
            width = column_width(self.model, place, self.ink, is_title=is_title)
            for view, mine in ((self.left, place < self.frozen), (self.right, place >= self.frozen)):
                view.setColumnHidden(place, not mine)
                view.setColumnWidth(place, width)
        self._fit_left()

    def _fit_left(self) -> None:
        widths = [self.left.columnWidth(place) for place in range(self.frozen)]
        self.left.setFixedWidth(max(1, sum(widths)))

    def _dress(self) -> None:
        self.ink.renew()
        for view in (self.left, self.right):
            view.verticalHeader().setDefaultSectionSize(self.ink.theme.px(ROW_HEIGHT))
        self._lay_columns()
        self.update_halves()


def current_cell(grid: SheetGrid) -> tuple[TablePlan | None, int, str]:
    """The current cell: its table, the row of the sheet and the field; no table where nothing is shown."""
    model = grid.model
    if model.shown is None or not model.rowCount():
        return None, 0, ""
    column = model.column(grid.current_place)
    return model.shown.table, model.row(grid.current_line).row, (column.field or "") if column else ""


def _answer_to(grid: SheetGrid, event: QKeyEvent) -> Answer | None:
    """What a letter answers on a cell in conflict; elsewhere it begins to type."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    column = grid.model.column(grid.current_place)
    if held or column is None or not grid.model.rowCount():
        return None
    in_conflict = column.field in grid.model.row(grid.current_line).conflicts
    return _LETTERS.get(Qt.Key(event.key())) if in_conflict else None


def _step(grid: SheetGrid, event: QKeyEvent) -> tuple[int, int] | None:
    """Where a key leads from the current cell; None when it leads nowhere."""
    line, place = grid.current_line, grid.current_place
    last, end = grid.model.rowCount() - 1, grid.model.columnCount() - 1
    page = max(1, grid.right.viewport().height() // grid.ink.theme.px(ROW_HEIGHT) - 1)
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return None
    steps = {
        Qt.Key.Key_Up: (0 if control else line - 1, place),
        Qt.Key.Key_Down: (last if control else line + 1, place),
        Qt.Key.Key_PageUp: (line - page, place),
        Qt.Key.Key_PageDown: (line + page, place),
        Qt.Key.Key_Left: (line, 0 if control else place - 1),
        Qt.Key.Key_Right: (line, end if control else place + 1),
        Qt.Key.Key_Home: (0 if control else line, 0),
        Qt.Key.Key_End: (last if control else line, end),
    }
    if not control:
        steps |= {Qt.Key.Key_Tab: (line, place + 1), Qt.Key.Key_Backtab: (line, place - 1)}
        steps |= {Qt.Key.Key_Return: (line + 1, place), Qt.Key.Key_Enter: (line + 1, place)}
    return steps.get(Qt.Key(event.key()))


class _Half(QTableView):
    """Hands keys to the grid, which knows both halves."""

    def __init__(self, grid: SheetGrid) -> None:
        super().__init__(grid)
        self.grid = grid
        self.setHorizontalHeader(SheetHeader(grid.model, grid.ink, self))
        dress_half(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif not self.grid.press(event):
            event.ignore()

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab moves between cells; F6 leaves the table

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = event.angleDelta()
        across = step.x() or (step.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        right = self.grid.right
        bar = right.horizontalScrollBar() if across else right.verticalScrollBar()
        bar.setValue(bar.value() - (across or step.y()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.grid.focus_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.grid.focus_changed()
