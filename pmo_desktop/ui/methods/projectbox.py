"""The list of projects to check a gate for; a name that is too long ends in dots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

_LIBRARY_ONLY = "Library only"
_MOST_SEEN = 16


class ProjectBox(QComboBox):
    """Each entry holds the id of a project; the first one, which is empty, is the library alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Check for project")
        self.setMaxVisibleItems(_MOST_SEEN)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_projects(self, projects: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these projects, by id and words."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_LIBRARY_ONLY, "")
            for identity, words in projects:
                self.addItem(words, identity)
        self.show_choice(current)

    def show_choice(self, current: str) -> None:
        """Say which project is checked."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(current)))
        self.setToolTip(self.currentText())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = field.width() - 4
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
