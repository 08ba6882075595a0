"""What a table says when it is empty: nothing yet, filtered out, or all clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme


class Picture(QWidget):
    """A thin icon, 40 px."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(40), current_theme().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = current_theme().px(40)
        picture = icon_pixmap(self.name, "text3", side, self.devicePixelRatioF())
        QPainter(self).drawPixmap((self.width() - side) // 2, 0, picture)


class EmptyState(QWidget):
    """An icon, a sentence, one line why, one button and perhaps links."""

    def __init__(
        self, icon: str, sentence: str, why: str, deeds: Sequence[tuple[str, Callable[[], object]]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addStretch(2)
        picture = Picture(icon)
        picture.setFixedHeight(picture.sizeHint().height())
        box.addWidget(picture)
        title, reason = label(sentence, "subtitle", wrap=True), label(why, "body2", wrap=True)
        for each in (title, reason):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(each)
        box.addSpacing(8)
        self.buttons = []
        for place, (words, slot) in enumerate(deeds):
            button = Button(words, kind="secondary" if place == 0 else "link", slot=slot)
            self.buttons.append(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        reason.setVisible(bool(why))
