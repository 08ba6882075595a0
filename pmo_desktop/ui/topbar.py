"""The top bar: menus, the field that opens the palette, undo and redo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QMenuBar, QSizePolicy, QWidget

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.theme import current_theme

HEIGHT = 38


class TopBar(QWidget):
    """Given to QMainWindow.setMenuWidget; built from the registry."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QMenuBar(self)
        self.bar.setNativeMenuBar(False)
        self.bar.setAccessibleName("Menus")
        self.menus: dict[str, QMenu] = actions.build_menus(self.bar)
        self.field = CommandField(actions["go.palette"].trigger)
        self.undo = ActionIcon(actions["edit.undo"], "undo-2")
        self.redo = ActionIcon(actions["edit.redo"], "redo-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(4)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.field)
        row.addSpacing(6)
        row.addWidget(self.undo)
        row.addWidget(self.redo)

    def sizeHint(self) -> QSize:
        """As wide as it may be, as high as the design says."""
        return QSize(800, current_theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The height is fixed."""
        return QSize(400, current_theme().px(HEIGHT))


class CommandField(QAbstractButton):
    """Looks like a search field; pressed, it opens the palette."""

    words = "Go to project, person, risk or command"

    def __init__(self, slot: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.words)
        self.setToolTip(f"{self.words} (Ctrl+K)")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # menus have the first claim
        self.clicked.connect(lambda _checked=False: slot())

    def sizeHint(self) -> QSize:
        """The width of the mock-up."""
        theme = current_theme()
        return QSize(theme.px(360), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Room for the words and the key."""
        theme = current_theme()
        return QSize(theme.px(150), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field, a lens, the words, the key."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = 2.0 if focused else 1.0
        painter.setPen(QPen(theme.color("focus" if focused else "border_strong"), width))
        painter.setBrush(theme.color("surface"))
        box = self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, 4, 4)
        side = theme.px(16)
        middle = (self.height() - side) // 2
        painter.drawPixmap(9, middle, icon_pixmap("search", "text3", side, self.devicePixelRatioF()))
        painter.setFont(theme.font("caption"))
        key = QRect(self.width() - theme.px(52), middle - 1, theme.px(46), side + 2)
        painter.setPen(theme.color("text3"))
        words = QRect(side + 16, 0, key.left() - side - 22, self.height())
        metrics = painter.fontMetrics()
        fitting = metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.setFont(theme.font("micro"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface_sunken"))
        painter.drawRoundedRect(key.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.color("text2"))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, "Ctrl+K")


class ActionIcon(IconButton):
    """An icon button that runs an action and follows its state and words."""

    def __init__(self, action: QAction, icon: str) -> None:
        super().__init__(icon, action.toolTip(), action.trigger)
        self._action = action
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.toolTip())
