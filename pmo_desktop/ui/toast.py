"""The toast: says what happened, offers one action such as Undo, and goes after eight seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.theme import current_theme

_STAY_MS = 8000
_ABOVE = 38  # px over the foot of the window


class ToastBar(Rows):
    """At most one is visible: a new one takes its place. It waits while the pointer or the focus is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("toast", parent)
        self._over = parent
        self.setAccessibleName("Message")
        self._action: Callable[[], object] | None = None
        self.words = label("")
        self.button = InverseButton("", name="Act on the message")
        self.button.clicked.connect(lambda _checked=False: self._act())
        self.close_button = InverseButton("", "x", "Close the message")
        self.close_button.clicked.connect(lambda _checked=False: self.hide())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(InverseMark("circle-check"))
        row.addWidget(self.words, 1)
        row.addSpacing(16)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=_STAY_MS)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    def show_message(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None:
        """Say what happened; `action_text` names what can be done about it."""
        self.words.setText(text)
        self._action = action
        self.button.setText(action_text or "")
        self.button.setVisible(action is not None)
        self.button.setAccessibleName(f"{action_text}: {text}" if action_text else "")
        self.setFixedHeight(current_theme().px(44))
        self.setMinimumWidth(min(420, self._over.width() - 40))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer stops the clock."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """And starts it again."""
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom in the middle while the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _leave(self) -> None:
        if self.button.hasFocus() or self.close_button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _place(self) -> None:
        over = self._over
        left = (over.width() - self.width()) // 2
        self.move(left, over.height() - self.height() - current_theme().px(_ABOVE))


class InverseButton(QAbstractButton):
    """A button on the toast's inverse ground."""

    def __init__(self, text: str, icon: str = "", name: str = "") -> None:
        super().__init__()
        self.setText(text)
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words in the toast's own link colour, or an icon."""
        theme = current_theme()
        self.setFixedSize(self._width(), theme.px(28))
        painter = QPainter(self)
        if self.hasFocus():
            painter.setPen(theme.color("toast_action"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        if self._icon:
            side = theme.px(16)
            picture = icon_pixmap(self._icon, "tooltip_fg", side, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
            return
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("toast_action"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def setText(self, text: str) -> None:
        """Other words need other room."""
        super().setText(text)
        self.setFixedSize(self._width(), current_theme().px(28))

    def _width(self) -> int:
        theme = current_theme()
        if not self.text():
            return theme.px(28)
        self.setFont(theme.font("strong"))
        return self.fontMetrics().horizontalAdvance(self.text()) + 16


class InverseMark(QWidget):
    """An icon on the toast's inverse ground."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        side = current_theme().px(18)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in the toast's text colour."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icon_pixmap(self._icon, "tooltip_fg", self.width(), self.devicePixelRatioF()))
