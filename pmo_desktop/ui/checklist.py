"""A list of values to tick, narrowed by typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

_VALUE = Qt.ItemDataRole.UserRole


class Checklist(QWidget):
    """Values with a tick each; `entries` are (value, words, count)."""

    changed = Signal()

    def __init__(self, entries: Sequence[tuple[Any, str, int]], ticked: Iterable[Any], name: str) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName(f"Search {name}")
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.values = QListWidget()
        self.values.setAccessibleName(f"Values of {name}")
        self.values.setProperty("role", "boxed")
        self.values.setMinimumHeight(180)
        chosen = set(ticked)
        for value, words, count in entries:
            item = QListWidgetItem(f"{words}  ({count:,})" if count else words)
            item.setData(_VALUE, value)
            item.setData(Qt.ItemDataRole.UserRole + 1, words.casefold())
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
            self.values.addItem(item)
        self.values.itemChanged.connect(lambda _item: self.changed.emit())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addWidget(self.values, 1)
        self.setFocusProxy(self.search)

    def ticked(self) -> list[Any]:
        """The values that are ticked, in their order."""
        return [item.data(_VALUE) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.values.setFocus()
            self.values.setCurrentRow(next((row for row in range(self.values.count()) if not self._hidden(row)), 0))
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.casefold() not in item.data(Qt.ItemDataRole.UserRole + 1))

    def _items(self) -> list[QListWidgetItem]:
        return [self.values.item(row) for row in range(self.values.count())]

    def _hidden(self, row: int) -> bool:
        return self.values.item(row).isHidden()
