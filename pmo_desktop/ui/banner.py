"""The banner: one sentence and one action above the thing it is about; info, ok, warn or err."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme

_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "err": "octagon-alert"}


class Banner(QFrame):
    """A message that stays until it is closed or its action was taken."""

    closed = Signal()

    def __init__(
        self,
        kind: str,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        *,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setProperty("banner", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        self.words = label(text, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(10)
        row.addWidget(Mark(_ICONS[kind], f"{kind}_fg"))
        row.addWidget(self.words, 1)
        for action_text, slot in actions:
            row.addWidget(Button(action_text, kind="link", slot=slot))
        if closable:
            row.addWidget(IconButton("x", "Close the message", self.close_banner))

    def close_banner(self) -> None:
        """Take it away for good."""
        self.hide()
        self.closed.emit()
        self.deleteLater()


class BannerStack(QWidget):
    """Where banners of the whole window stand, under the pane's header; one of each key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 0)
        self._column.setSpacing(8)
        self._banners: dict[str, Banner] = {}
        self.hide()

    def set_gap(self, below: int) -> None:
        """The room under the banners: a pane with margins of its own needs none."""
        self._column.setContentsMargins(20, 12, 20, below)

    def show_banner(
        self,
        key: str,
        kind: str,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> Banner:
        """Show a banner, in the place of an earlier one of the same key."""
        self.drop(key)
        banner = Banner(kind, text, actions)
        banner.closed.connect(lambda: self._forget(key, banner))
        self._banners[key] = banner
        self._column.addWidget(banner)
        self.show()
        return banner

    def drop(self, key: str) -> None:
        """Take a banner away, if it is there."""
        found = self._banners.pop(key, None)
        if found is not None:
            found.close_banner()
        self.setVisible(bool(self._banners))

    def clear(self) -> None:
        """Take all banners away."""
        for key in tuple(self._banners):
            self.drop(key)

    def _forget(self, key: str, banner: Banner) -> None:
        if self._banners.get(key) is banner:
            del self._banners[key]
            self.setVisible(bool(self._banners))


class Mark(QWidget):
    """A small icon in a token's colour."""

    def __init__(self, icon: str, tone: str = "text2", side: int = 18) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self._side = side
        self.setFixedSize(current_theme().px(side), current_theme().px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in the theme's present colour."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icon_pixmap(self._icon, self._tone, self.width(), self.devicePixelRatioF()))
