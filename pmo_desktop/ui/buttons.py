"""Buttons that keep six pixels between icon and text and take their colour from the theme at each paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QToolButton, QWidget

from pmo_desktop.ui.icons import icon as themed_icon
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.theme import current_theme

KINDS = ("primary", "secondary", "ghost", "destructive", "link", "quiet")
_GAP = 6
_TEXT = {
    "primary": "on_accent",
    "secondary": "text",
    "ghost": "text",
    "destructive": "danger",
    "link": "link",
    "quiet": "text2",
}
_ICON = {
    "primary": "on_accent",
    "secondary": "text2",
    "ghost": "text2",
    "destructive": "danger",
    "link": "link",
    "quiet": "text2",
}
_PADDING = {"primary": 14, "secondary": 12, "ghost": 8, "destructive": 12, "link": 4, "quiet": 4}


class Button(QPushButton):
    """A push button: primary (filled, one per window), secondary, ghost (toolbars), destructive or link."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "secondary",
        slot: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        if kind not in KINDS:
            message = f"no button is {kind}"
            raise ValueError(message)
        self.kind = kind
        self.icon_name = icon
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind in ("link", "quiet") else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if slot is not None:
            self.clicked.connect(lambda _checked=False: slot())

    def sizeHint(self) -> QSize:
        """Room for icon, gap and text."""
        theme = current_theme()
        width = self._content_width() + 2 * theme.px(_PADDING[self.kind])
        return QSize(width, theme.px(22 if self.kind in ("link", "quiet") else 28))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet's box, then icon and text of our own."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words = option.text
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        theme, on = current_theme(), self.isEnabled()
        left = (self.width() - self._content_width()) // 2
        if self.icon_name:
            side = theme.px(16)
            token = _ICON[self.kind] if on else "text_disabled"
            ratio = self.devicePixelRatioF()
            picture = icon_pixmap(self.icon_name, token, side, ratio)
            painter.drawPixmap(left, (self.height() - side) // 2, picture)
            left += side + (_GAP if words else 0)
        painter.setFont(self.font())
        painter.setPen(theme.color(_TEXT[self.kind] if on else "text_disabled"))
        rect = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, words)

    def _content_width(self) -> int:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width() if self.text() else 0
        if not self.icon_name:
            return words
        return words + current_theme().px(16) + (_GAP if words else 0)


class IconButton(QToolButton):
    """A button of one icon: its name is what a screen reader says and what the pointer is told."""

    def __init__(
        self,
        icon: str,
        name: str,
        slot: Callable[[], object] | None = None,
        *,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(themed_icon(icon))
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCheckable(checkable)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        side = current_theme().px(28)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(16, 16))
        if slot is not None:
            self.clicked.connect(lambda _checked=False: slot())


class ActionButton(Button):
    """A button that runs a registered action and is enabled when the action is."""

    def __init__(self, action: QAction, kind: str, icon: str, text: str) -> None:
        super().__init__(text or action.text().replace("&", "").replace("...", "…"), icon, kind, action.trigger)
        self._action = action
        action.changed.connect(self._follow)  # a bound method: the connection ends with the button
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())


def action_button(action: QAction, kind: str = "secondary", icon: str = "", text: str = "") -> Button:
    """A button for a registered action."""
    return ActionButton(action, kind, icon, text)
