"""Two table views side by side that scroll and stand as one: key columns frozen at the left, the others right."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QScrollBar, QTableView, QWidget


def dress_half(view: QTableView) -> None:
    """A bare table view: no frame, no lines, no bar of its own across, and Tab left to the cells."""
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(1)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setCornerButtonEnabled(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def lay_halves(holder: QWidget, left: QTableView, right: QTableView, across: QScrollBar, margin: int = 0) -> None:
    """Put both halves into their holder, over the bar that scrolls the right one."""
    box = QGridLayout(holder)
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(0)
    box.addWidget(left, 0, 0)
    box.addWidget(right, 0, 1)
    box.addWidget(across, 1, 0, 1, 2)
    box.setColumnStretch(1, 1)
    left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    across.setVisible(False)


def link_halves(left: QTableView, right: QTableView) -> QItemSelectionModel:
    """Give both halves, which show one model, one selection and one vertical scroll; the selection is answered."""
    spare, shared = left.selectionModel(), right.selectionModel()
    left.setSelectionModel(shared)
    spare.deleteLater()
    one, two = left.verticalScrollBar(), right.verticalScrollBar()
    one.valueChanged.connect(two.setValue)
    two.valueChanged.connect(one.setValue)
    return shared
