"""A segmented control: a few words in one frame of which exactly one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy

from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.theme import current_theme

_HEIGHT = 28
_INSET = 2


class Segment(QAbstractButton):
    """One of the words."""

    def __init__(self, words: str, told: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(told)
        self.setToolTip(told if told != words else "")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + theme.px(20), theme.px(_HEIGHT - 2 * _INSET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, on = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), self.isChecked()
        if on or self.hasFocus():
            focused = self.hasFocus()
            painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
            painter.setBrush(theme.color("surface" if on else "surface_sunken"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(theme.font("body_medium"))  # chosen or not: weight must not depend on state
        painter.setPen(theme.color("text" if on else "text2" if self.underMouse() else "text3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(Rows):
    """`chosen` carries the key of the word a person chose."""

    chosen = Signal(str)

    def __init__(self, name: str, offered: Sequence[tuple[str, str, str]]) -> None:
        """`offered`: key, words, and the words in full."""
        super().__init__("segments")
        self.setAccessibleName(name)
        self.buttons: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(0)
        for key, words, told in offered:
            button = self.buttons[key] = Segment(words, f"{name}: {told}")
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))

    def show_choice(self, key: str) -> None:
        """Mark one as chosen."""
        self.buttons[key].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = list(self.buttons)
        here = next((place for place, key in enumerate(keys) if self.buttons[key].hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        button = self.buttons[keys[(here + step) % len(keys)]]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()
