"""A main widget and a side sheet: beside each other where there is room, else the sheet over the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmo_desktop.ui.state import read_int
from pmo_desktop.ui.theme import current_theme

NARROWEST, WIDEST, USUAL = 300, 520, 352
_EDGE = 5
_KEY = "inspector/width"
_STEP = 16


def stack(pane: QWidget, *parts: QWidget | None) -> None:
    """Lay out what there is of a pane below each other without gaps; the last takes the height that is left."""
    box = QVBoxLayout(pane)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for part in filter(None, parts):
        box.addWidget(part, int(part is parts[-1]))


class SideBySide(QWidget):
    """Lays out two widgets; the edge between them can be dragged, or moved with the arrow keys.

    The side's width, as at 100 % text size, is remembered: one for all inspectors.
    """

    def __init__(self, main: QWidget, side: QWidget, settings: QSettings) -> None:
        super().__init__()
        self.main, self.side, self.settings = main, side, settings
        self.width_wanted = max(NARROWEST, min(WIDEST, read_int(settings, _KEY, USUAL)))
        self.over = False
        main.setParent(self)
        side.setParent(self)
        self.edge = Edge(self)
        side.installEventFilter(self)

    def set_over(self, over: bool) -> None:
        """Put the side over the main widget, or beside it."""
        self.over = over
        self.arrange()

    def set_side_width(self, width: int) -> None:
        """Make the side so wide, within its limits."""
        self.width_wanted = max(NARROWEST, min(WIDEST, width))
        self.arrange()
        self.settings.setValue(_KEY, self.width_wanted)

    def arrange(self) -> None:
        """Place both."""
        shown = not self.side.isHidden()
        wide = min(current_theme().px(self.width_wanted), self.width() - 120) if shown else 0
        self.main.setGeometry(0, 0, self.width() if self.over else self.width() - wide, self.height())
        self.edge.setVisible(shown)
        if shown:
            self.side.setGeometry(self.width() - wide, 0, wide, self.height())
            self.edge.setGeometry(QRect(self.width() - wide - _EDGE // 2, 0, _EDGE, self.height()))
            self.side.raise_()
            self.edge.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.arrange()
        return False


class Edge(QWidget):
    """The thin edge that is dragged."""

    def __init__(self, parent: SideBySide) -> None:
        super().__init__(parent)
        self.box = parent
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName("Width of the inspector")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        across = self.mapTo(self.box, event.position().toPoint()).x()
        self.box.set_side_width(round((self.box.width() - across) * 100 / current_theme().scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: _STEP, Qt.Key.Key_Right: -_STEP}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.box.set_side_width(self.box.width_wanted + by)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or self.underMouse():
            QPainter(self).fillRect(_EDGE // 2, 0, 2, self.height(), current_theme().color("focus"))
