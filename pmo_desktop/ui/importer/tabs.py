"""The tabs over the preview: each with its count, in the colour of what happens."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pmo_desktop.exchange.plan import RowKind
from pmo_desktop.ui.importer.faces import ALL, CONFLICT, FIX, LOOK, MISSING, TABS
from pmo_desktop.ui.theme import Theme

_PADDING, _GAP, _HEIGHT = 12, 8, 30
_COUNT_INK = {
    ALL: "text2",
    FIX: "err_fg",
    CONFLICT: "warn_fg",
    LOOK: "warn_fg",
    RowKind.NEW: "diff_new_fg",
    RowKind.CHANGED: "accent_text",
}
_WHEN_FILLED = (CONFLICT, LOOK, MISSING)  # tabs that are there only when they have rows


class TabRow(QWidget):
    """One tab a kind of row; arrows move between them."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Rows shown")
        self.tabs: dict[str, Tab] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, words in TABS:
            tab = self.tabs[name] = Tab(name, words, theme)
            tab.clicked.connect(partial(self._take, name))
            row.addWidget(tab)
        self.tabs[ALL].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """The number of rows in each tab; an empty tab cannot be opened, those that are rarely filled are not there."""
        for name, tab in self.tabs.items():
            tab.set_count(counts.get(name, 0))
            tab.setEnabled(name == ALL or bool(counts.get(name)))
            tab.setVisible(name not in _WHEN_FILLED or bool(counts.get(name)))

    def select(self, name: str) -> None:
        """Show a tab as the open one."""
        for each, tab in self.tabs.items():
            tab.setChecked(each == name)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == name else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        open_ = [name for name, tab in self.tabs.items() if tab.isEnabled() and not tab.isHidden()]
        here = next((name for name, tab in self.tabs.items() if tab.isChecked()), ALL)
        if step is None or here not in open_:
            super().keyPressEvent(event)
            return
        name = open_[(open_.index(here) + step) % len(open_)]
        self._take(name)
        self.tabs[name].setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, name: str) -> None:
        self.select(name)
        self.chosen.emit(name)

    def _dress(self) -> None:
        for tab in self.tabs.values():
            tab.updateGeometry()
            tab.update()


class Tab(QAbstractButton):
    """A word and a count in a frame."""

    def __init__(self, name: str, words: str, theme: Theme) -> None:
        super().__init__()
        self.name, self.theme, self.count = name, theme, 0
        self.setText(words)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == ALL else Qt.FocusPolicy.ClickFocus)

    def set_count(self, count: int) -> None:
        """Show a count."""
        self.count = count
        self.setAccessibleName(f"{self.text()}, {count:,}")
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row moves on
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for word and count."""
        theme = self.theme
        width = self._width(self.text(), "body_medium") + self._width(f"{self.count:,}", "strong")
        return QSize(width + theme.px(2 * _PADDING + _GAP), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A count is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, word, count."""
        theme, on = self.theme, self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = self.isChecked()
        ground = "accent_tint" if checked else "hover" if on and self.underMouse() else "surface"
        line = "accent" if checked or self.hasFocus() else "border"
        painter.setPen(QPen(theme.color(line), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color("accent_text" if checked else "text" if on else "text_disabled"))
        left = theme.px(_PADDING)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color(_COUNT_INK.get(self.name, "text2") if on else "text_disabled"))
        left += self._width(self.text(), "body_medium") + theme.px(_GAP)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, f"{self.count:,}")

    def _width(self, text: str, role: str) -> int:
        return int(self.fontMetrics().__class__(self.theme.font(role)).horizontalAdvance(text) + 1)
