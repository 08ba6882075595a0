"""The navigation: whose portfolio this is, the panes there are with plain counts, and two commands at the foot."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import rule
from pmo_desktop.ui.places import Place
from pmo_desktop.ui.theme import Theme, current_theme

WIDTH, COLLAPSED = 200, 52


class Nav(QWidget):
    """The left edge of the window; `chosen` carries the name of a pane, `switching` asks for the portfolio menu."""

    chosen = Signal(str)
    switching = Signal()

    def __init__(self, places: Iterable[Place], actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Navigation")
        self.collapsed = False
        self.switch = PortfolioSwitch()
        self.switch.clicked.connect(lambda _checked=False: self.switching.emit())
        self.items: dict[str, NavItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(2)
        column.addWidget(self.switch)
        column.addSpacing(12)
        section: int | None = None
        self.families = {place.name: place.within for place in places if place.within}
        for place in sorted(places, key=lambda each: each.section):
            if place.within:
                continue
            if section is not None and place.section != section:
                _add_rule(column)
            section = place.section
            item = NavItem(place.title, place.icon, f"Ctrl+{place.number}" if place.number else "")
            item.clicked.connect(lambda _checked=False, name=place.name: self.chosen.emit(name))
            self.items[place.name] = item
            column.addWidget(item)
        column.addStretch(1)
        _add_rule(column)
        self.feet = [self._foot(column, actions, *foot) for foot in _FEET]
        self._resize()

    def select(self, name: str | None) -> None:
        """Mark the pane on screen, or the one whose family it belongs to."""
        shown = self.families.get(name, name) if name else None
        for each, item in self.items.items():
            item.setChecked(each == shown)

    def set_count(self, name: str, count: int | None) -> None:
        """The plain count beside a pane's name; None shows none."""
        if name in self.items:
            self.items[name].set_count(count)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or icons with words."""
        self.collapsed = collapsed
        self._resize()

    def set_enabled_panes(self, enabled: bool) -> None:
        """Panes can be chosen only while a portfolio is open."""
        for item in self.items.values():
            item.setEnabled(enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from item to item."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        order: list[QWidget] = [self.switch, *self.items.values(), *self.feet]
        here = next((index for index, item in enumerate(order) if item.hasFocus()), 0)
        order[(here + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)

    def relayout(self) -> None:
        """Take the sizes of the theme anew."""
        self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(current_theme().px(COLLAPSED if self.collapsed else WIDTH))
        parts: list[NavItem | PortfolioSwitch] = [self.switch, *self.items.values(), *self.feet]
        for item in parts:
            item.set_collapsed(self.collapsed)
            item.updateGeometry()

    def _foot(self, column: QVBoxLayout, actions: ActionRegistry, id_: str, text: str, icon: str) -> NavItem:
        action = actions[id_]
        item = NavItem(text, icon, action.shortcut().toString(), checkable=False)
        item.clicked.connect(lambda _checked=False: action.trigger())
        column.addWidget(item)
        return item


_FEET = (("file.import", "Import from Excel…", "upload"), ("edit.preferences", "Preferences", "settings"))


class NavItem(QAbstractButton):
    """One pane: icon, words, a count; a bar at the left and a tint when it is on screen."""

    def __init__(self, text: str, icon: str, shortcut: str = "", *, checkable: bool = True) -> None:
        super().__init__()
        self.setText(text)
        self._icon = icon
        self._shortcut = shortcut
        self._count: int | None = None
        self._collapsed = False
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()

    def set_count(self, count: int | None) -> None:
        """Show a count, or none."""
        self._count = count
        self._name()
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Without words the name moves to the tooltip."""
        self._collapsed = collapsed
        self._name()
        self.update()

    def nextCheckState(self) -> None:
        """Being pressed does not check it: the window does, when the pane is on screen."""

    def sizeHint(self) -> QSize:
        """The height of a nav item."""
        return QSize(current_theme().px(60), current_theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, bar, icon, words, count."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, theme)
        side = theme.px(18)
        left = (self.width() - side) // 2 if self._collapsed else theme.px(12)
        tone = "accent_text" if self.isChecked() else "text2"
        tone = tone if self.isEnabled() else "text_disabled"
        picture = icon_pixmap(self._icon, tone, side, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - side) // 2, picture)
        if self._collapsed:
            return
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color(("text" if self.isChecked() else "text2") if self.isEnabled() else "text_disabled"))
        words = QRect(left + side + theme.px(10), 0, self.width() - left - side - theme.px(16), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count is not None:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text2" if self.isChecked() else "text3"))
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), _RIGHT, f"{self._count:,}")

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        box = self.rect().toRectF()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(theme.color("nav_selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(box.adjusted(0, 6, 3 - box.width(), -6), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    def _name(self) -> None:
        counted = f"{self.text()}, {self._count}" if self._count is not None else self.text()
        self.setAccessibleName(counted)
        key = f" ({self._shortcut})" if self._shortcut else ""
        self.setToolTip(f"{self.text()}{key}" if self._collapsed or key else "")


_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class PortfolioSwitch(QAbstractButton):
    """Whose portfolio is open; pressed, it offers recent ones, a new one and others."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.subtitle = "No portfolio", ""
        self._collapsed = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_names("No portfolio", "Open or start one")

    def show_names(self, title: str, subtitle: str) -> None:
        """The organisation above, the portfolio below."""
        self.title, self.subtitle = title, subtitle
        self.setAccessibleName(f"Portfolio: {title}, {subtitle}. Switch to another")
        self.setToolTip("Switch to another portfolio")
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Only the mark is left."""
        self._collapsed = collapsed
        self.update()

    def sizeHint(self) -> QSize:
        """The height of two lines."""
        return QSize(current_theme().px(60), current_theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with the mark and two lines."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
        painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
        if not self._collapsed or focused:
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 6, 6)
        side = theme.px(28)
        left = (self.width() - side) // 2 if self._collapsed else theme.px(8)
        mark = QRect(left, (self.height() - side) // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(mark, 5, 5)
        inner = theme.px(18)
        at = mark.center() - QRect(0, 0, inner, inner).center()
        painter.drawPixmap(at, icon_pixmap("layers", "on_accent", inner, self.devicePixelRatioF()))
        if not self._collapsed:
            self._paint_words(painter, theme, mark.right() + theme.px(8))

    def _paint_words(self, painter: QPainter, theme: Theme, left: int) -> None:
        room = self.width() - left - theme.px(8)
        lines = (("strong", "text", self.title, 6), ("micro", "text2", self.subtitle, 23))
        for role, tone, text, top in lines:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, theme.px(top), room, theme.px(16)), Qt.AlignmentFlag.AlignVCenter, shown)


def _add_rule(column: QVBoxLayout) -> None:
    column.addSpacing(7)
    column.addWidget(rule())
    column.addSpacing(7)
