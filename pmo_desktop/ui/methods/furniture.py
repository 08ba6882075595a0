"""The parts of the methodology pane and where they stand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.methods.page import GatePage
from pmo_desktop.ui.methods.readiness import ReadinessInspector
from pmo_desktop.ui.methods.resourcepage import ResourcePage
from pmo_desktop.ui.methods.strip import LifeStrip
from pmo_desktop.ui.methods.tree import MethodTree
from pmo_desktop.ui.sidebyside import SideBySide
from pmo_desktop.ui.state import read_bool, read_int

if TYPE_CHECKING:
    from pmo_desktop.ui.methods.review import ReviewPage
    from pmo_desktop.ui.methods.starters import StarterPage

_TREE_WIDTH = 220
_NARROWEST, _WIDEST = 150, 420
_KEY = "methods/tree_width"


class Furniture(QStackedWidget):
    """Three pages: the library with its inspector, the starters, and the review of a gate.

    The latter two are made when they are first shown. `left`: back to the library; `taken` and `file_asked` are those
    of the starters.
    """

    left = Signal()
    taken = Signal(str)
    file_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self.context = context
        self.tree, self.strip = MethodTree(theme), LifeStrip(theme)
        self.page, self.resources = GatePage(theme), ResourcePage(theme)
        self.inspector = ReadinessInspector(theme)
        self.add = Button("Add a methodology", "plus", "ghost")
        self.add.setVisible(not context.store.readonly)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.page)
        self.centre.addWidget(self.resources)
        self.splitter = self._split()
        self.sides = SideBySide(self.splitter, self.inspector, context.settings)
        self.inspector.setVisible(read_bool(context.settings, "inspector/shown", default=True))
        self.addWidget(self.sides)
        theme.changed.connect(self.sides.arrange)

    @property
    def is_reviewing(self) -> bool:
        """Whether the review of a gate is shown."""
        return "review" in self.__dict__ and self.currentWidget() is self.review

    @property
    def is_choosing(self) -> bool:
        """Whether the starters are shown."""
        return "starters" in self.__dict__ and self.currentWidget() is self.starters

    @cached_property
    def review(self) -> ReviewPage:
        """The review of a gate."""
        from pmo_desktop.ui.methods.review import ReviewPage  # noqa: PLC0415  not on the way to the library

        made = ReviewPage(self.context)
        made.left.connect(self.left)
        self.addWidget(made)
        return made

    @cached_property
    def starters(self) -> StarterPage:
        """The methodologies to take up."""
        from pmo_desktop.ui.methods.starters import StarterPage  # noqa: PLC0415  as above

        made = StarterPage(self.context.theme)
        made.taken.connect(self.taken)
        made.file_asked.connect(self.file_asked)
        made.left.connect(self.left)
        self.addWidget(made)
        return made

    def _split(self) -> QSplitter:
        """The tree at the left; how wide it is, as at 100 % text size, is remembered."""
        left, middle = Rows("pane"), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(20, 16, 20, 0)
        inner.setSpacing(14)
        inner.addWidget(self.strip)
        inner.addWidget(self.centre, 1)
        made = QSplitter(Qt.Orientation.Horizontal)
        made.setChildrenCollapsible(False)
        made.addWidget(left)
        made.addWidget(middle)
        made.setStretchFactor(1, 1)
        theme = self.context.theme
        width = max(_NARROWEST, min(_WIDEST, read_int(self.context.settings, _KEY, _TREE_WIDTH)))
        made.setSizes([theme.px(width), theme.px(1000)])
        made.splitterMoved.connect(lambda place, _index: self._keep_width(place))
        return made

    def _keep_width(self, place: int) -> None:
        self.context.settings.setValue(_KEY, round(place * 100 / self.context.theme.scale))
