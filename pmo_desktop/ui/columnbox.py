"""The column chooser: which columns, in which order, how many of them frozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover

_NAME = Qt.ItemDataRole.UserRole
Done = Callable[[tuple[str, ...], int], object]


class ColumnBox(Popover):
    """Every change shows at once; `done` gets the names shown and the number frozen."""

    def __init__(
        self,
        parent: QWidget,
        fields: Sequence[Field],
        shown: Sequence[str],
        frozen: int,
        first: Sequence[str],
        done: Done,
        new: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent, "Columns")
        self.done, self._first, self._new = done, tuple(first), new
        self._quiet = True
        self.setMinimumWidth(320)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search columns")
        self.search.setAccessibleName("Search columns")
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName("Columns, ticked ones are shown")
        self.list.setProperty("role", "boxed")
        self.list.setMinimumHeight(340)
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self._add_foot(frozen)
        if new is not None:
            self.new_field = Button("New field…", "plus", "link", slot=self._ask_new)
            self.column.addWidget(self.new_field, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill(fields, shown)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.model().rowsMoved.connect(lambda *_moved: self._tell())
        self._quiet = False
        self.search.setFocus()

    def shown(self) -> tuple[str, ...]:
        """The names of the ticked columns in order."""
        return tuple(item.data(_NAME) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def move_current(self, by: int) -> None:
        """Move the current column up or down."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            self._quiet = True
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self._quiet = False
            self._tell()

    def _fill(self, fields: Sequence[Field], shown: Sequence[str]) -> None:
        known = {each.name: each for each in fields}
        rest = sorted((each for each in fields if each.name not in shown), key=lambda each: each.label.casefold())
        for each in [*(known[name] for name in shown if name in known), *rest]:
            item = QListWidgetItem(each.label)
            item.setData(_NAME, each.name)
            item.setToolTip(each.help)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _add_foot(self, frozen: int) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(IconButton("arrow-up", "Move up", lambda: self.move_current(-1)))
        row.addWidget(IconButton("arrow-down", "Move down", lambda: self.move_current(1)))
        row.addSpacing(8)
        words = label("Frozen", "caption")
        self.frozen = QSpinBox()
        self.frozen.setRange(0, 6)
        self.frozen.setValue(frozen)
        self.frozen.setAccessibleName("Frozen columns")
        words.setBuddy(self.frozen)
        self.frozen.valueChanged.connect(lambda _count: self._tell())
        row.addWidget(words)
        row.addWidget(self.frozen)
        row.addStretch(1)
        row.addWidget(Button("Reset", kind="link", slot=self._reset))
        self.column.addLayout(row)

    def _ask_new(self) -> None:
        new = self._new
        self.close()
        if new is not None:
            new()

    def _reset(self) -> None:
        self._quiet = True
        items = {item.data(_NAME): item for item in self._items()}
        for name, item in items.items():
            item.setCheckState(Qt.CheckState.Checked if name in self._first else Qt.CheckState.Unchecked)
        for place, name in enumerate(each for each in self._first if each in items):
            self.list.insertItem(place, self.list.takeItem(self.list.row(items[name])))
        self._quiet = False
        self._tell()

    def _tell(self) -> None:
        shown = self.shown()
        if not self._quiet and shown:
            self.done(shown, self.frozen.value())

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.casefold() not in item.text().casefold())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
