"""A section of the inspector: a heading that folds what is under it, with a note at its right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import ElidedLabel
from pmo_desktop.ui.theme import current_theme


class SectionHead(QAbstractButton):
    """The heading: chevron and words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setText(words)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(f"{words}, section")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        wide = self.fontMetrics().horizontalAdvance(self.text()) * 1.12
        return QSize(round(wide) + theme.px(30), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        side = theme.px(14)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        painter.drawPixmap(0, (self.height() - side) // 2, icon_pixmap(name, "text2", side, self.devicePixelRatioF()))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("text"))
        metrics = painter.fontMetrics()
        at = QPointF(theme.px(20), self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2)
        painter.drawText(at, self.text())
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)


class Section(QWidget):
    """A heading with a body; `body` is a column to fill."""

    def __init__(self, words: str, note: str = "") -> None:
        super().__init__()
        self.head = SectionHead(words)
        self.note = ElidedLabel(note, "caption_quiet")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head)
        top.addWidget(self.note, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self.inside)
        self.head.toggled.connect(self.inside.setVisible)
