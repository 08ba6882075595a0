"""Lists for long pages: the wheel scrolls the page instead of changing an answer, and long lists fill when wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column can become: a field's name, `new` or `ignore`, and its words."""

    name: str
    words: str


class _NoWheel(QObject):
    """A wheel over a list must scroll the page and not change an answer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


_WHEEL = _NoWheel()


class CalmCombo(QComboBox):
    """A list that leaves the wheel to the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_WHEEL)


class LazyCombo(CalmCombo):
    """A list that is filled when it is first wanted: a wide workbook has hundreds of them."""

    def __init__(self, fill: Callable[[], list[Target]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self._filled = False
        self.setMaxVisibleItems(20)

    def show_only(self, words: str, key: str) -> None:
        """Show one item; the others come when somebody looks for them."""
        self._filled = False
        self.clear()
        self.addItem(words, key)

    def fill(self) -> None:
        """Put every choice in, the present one chosen."""
        if self._filled:
            return
        self._filled = True
        key = self.currentData()
        self.clear()
        for target in self._fill():
            self.addItem(target.words, target.name)
        self.setCurrentIndex(max(0, self.findData(key)))

    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        super().keyPressEvent(event)
