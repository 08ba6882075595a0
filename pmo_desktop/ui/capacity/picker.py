"""Asks which project, or who: a list that narrows while one types, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.theme import current_theme

Choice = tuple[str | None, str]  # an id and its words
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ID = Qt.ItemDataRole.UserRole


class Picker(Popover):
    """Calls `chosen` with the id; Esc chooses nothing."""

    def __init__(
        self, parent: QWidget, question: str, offered: Sequence[Choice], chosen: Callable[[str | None], object]
    ) -> None:
        super().__init__(parent, question)
        self._chosen = chosen
        self.search, self.values = QLineEdit(), QListWidget()
        self.search.setPlaceholderText("Type to narrow")
        self.search.setAccessibleName(question)
        self.values.setAccessibleName(question)
        self.values.setProperty("role", "raised")
        self.values.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for identity, words in offered:
            item = QListWidgetItem(words)
            item.setData(_ID, identity)
            self.values.addItem(item)
        self.values.setCurrentRow(0)
        for part in (label(question, "caption_strong"), self.search, self.values):
            self.column.addWidget(part)
        self.setFixedWidth(current_theme().px(300))
        self.values.setFixedHeight(current_theme().px(min(9, max(2, len(offered))) * 28))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.values.itemClicked.connect(lambda _item: self._take())
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter act on the list while the text has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in _RETURNS:
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        row = self.values.currentRow() + by
        while 0 <= row < self.values.count() and self.values.item(row).isHidden():
            row += by
        if 0 <= row < self.values.count():
            self.values.setCurrentRow(row)

    def _narrow(self, text: str) -> None:
        first = -1
        for row in range(self.values.count()):
            hidden = text.casefold() not in self.values.item(row).text().casefold()
            self.values.item(row).setHidden(hidden)
            first = row if first < 0 and not hidden else first
        self.values.setCurrentRow(first)

    def _take(self) -> None:
        item = self.values.currentItem()
        if item is None or item.isHidden():
            return
        identity = item.data(_ID)
        self.close()
        self._chosen(identity)
