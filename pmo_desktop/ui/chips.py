"""Filter chips: one for each condition, with its words, a cross to remove it, and a dashed one to add another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.theme import Theme, current_theme

_HEIGHT = 26
_MOST_WIDE = 300
_GAP = 8


class Chip(QAbstractButton):
    """One condition in words; a click edits it, its cross or Delete removes it."""

    removed = Signal()

    def __init__(self, label: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.label, self.words = label, words
        self.setAccessibleName(f"Filter {label}: {words}. Press to edit, Delete to remove.")
        self.setToolTip(f"{label}: {words}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        wide = _advance(theme, self.label + ": ", "body") + _advance(theme, self.words, "strong") + theme.px(44)
        return QSize(min(round(wide), theme.px(_MOST_WIDE)), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "accent"), 2 if focused else 1))
        painter.setBrush(theme.color("accent_tint"))
        painter.drawRoundedRect(_inner(self.rect(), 1 if focused else 0.5), self.height() / 2, self.height() / 2)
        painter.setPen(theme.color("accent_text"))
        painter.setFont(theme.font("body"))
        left, room = theme.px(10), self.width() - theme.px(36)
        head = self.label + ": "
        painter.drawText(QPointF(left, self._baseline(painter)), head)
        left += painter.fontMetrics().horizontalAdvance(head)
        painter.setFont(theme.font("strong"))
        words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room - left + theme.px(10))
        painter.drawText(QPointF(left, self._baseline(painter)), words)
        cross = icon_pixmap("x", "accent_text", theme.px(12), self.devicePixelRatioF())
        painter.drawPixmap(self._cross().center() - QPoint(theme.px(6), theme.px(6)), cross)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._cross().contains(event.position().toPoint()):
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _baseline(self, painter: QPainter) -> float:
        metrics = painter.fontMetrics()
        return self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2

    def _cross(self) -> QRect:
        side = self.height()
        return QRect(self.width() - side, 0, side, side)


class DashedChip(QAbstractButton):
    """A dashed outline with a few words: adds a filter, or names the chips there was no room for."""

    def __init__(self, words: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        wide = _advance(theme, self.text(), "body") + theme.px(22) + (theme.px(16) if self.icon_name else 0)
        return QSize(round(wide), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        colour = theme.color("focus" if focused else "border_strong")
        pen = QPen(colour, 2 if focused else 1, Qt.PenStyle.SolidLine if focused else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        if self.underMouse():
            painter.setBrush(theme.color("hover"))
        painter.drawRoundedRect(_inner(self.rect(), 1 if focused else 0.5), self.height() / 2, self.height() / 2)
        left = theme.px(11)
        if self.icon_name:
            side = theme.px(12)
            picture = icon_pixmap(self.icon_name, "text2", side, self.devicePixelRatioF())
            painter.drawPixmap(left - 2, (self.height() - side) // 2, picture)
            left += theme.px(14)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        metrics = painter.fontMetrics()
        painter.drawText(QPointF(left, self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2), self.text())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """The chips in one line; those without room lie behind a chip that counts them."""

    edit_asked = Signal(int, QWidget)  # a condition's place, and the widget to open its popover under
    remove_asked = Signal(int)
    add_asked = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(120)
        self.setFixedHeight(current_theme().px(_HEIGHT) + 4)
        self.chips: list[Chip] = []
        self.more = DashedChip("+1", "", self)
        self.more.clicked.connect(self._show_more)
        self.add = DashedChip("Add filter", "plus", self)
        self.add.clicked.connect(lambda: self.add_asked.emit(self.add))
        self.setAccessibleName("Filters")

    def show_conditions(self, said: Sequence[tuple[Condition, str, str]]) -> None:
        """Show conditions with their label and words."""
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._make(place, label, words) for place, (_, label, words) in enumerate(said)]
        self.arrange()

    def arrange(self) -> None:
        """Place as many chips as there is room for."""
        self.setFixedHeight(current_theme().px(_HEIGHT) + 4)
        room = self.width() - self.add.sizeHint().width() - _GAP
        reserve, x, fitting = self.more.sizeHint().width() + _GAP, 0, 0
        for place, chip in enumerate(self.chips):
            need = chip.sizeHint().width()
            last = place == len(self.chips) - 1
            if x + need > room - (0 if last else reserve):
                break
            chip.setGeometry(x, 2, need, chip.sizeHint().height())
            x, fitting = x + need + _GAP, fitting + 1
        for place, chip in enumerate(self.chips):
            chip.setVisible(place < fitting)
        hidden = len(self.chips) - fitting
        self.more.setVisible(hidden > 0)
        if hidden:
            self.more.setText(f"+{hidden}")
            self.more.setAccessibleName(f"{hidden} more filters")
            self.more.setGeometry(x, 2, self.more.sizeHint().width(), self.more.sizeHint().height())
            x += self.more.width() + _GAP
        self.add.setGeometry(x, 2, self.add.sizeHint().width(), self.add.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def _make(self, place: int, label: str, words: str) -> Chip:
        chip = Chip(label, words, self)
        chip.clicked.connect(lambda: self.edit_asked.emit(place, chip))
        chip.removed.connect(lambda: self.remove_asked.emit(place))
        return chip

    def _show_more(self) -> None:
        menu = QMenu(self)
        for place, chip in enumerate(self.chips):
            if not chip.isVisible():
                action = menu.addAction(f"{chip.label}: {chip.words}")
                action.triggered.connect(_emit(self.edit_asked.emit, place, self.more))
        menu.exec(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _emit(call: Callable[[int, QWidget], None], place: int, widget: QWidget) -> Callable[[], None]:
    return lambda: call(place, widget)


def _advance(theme: Theme, text: str, role: str) -> float:
    return QFontMetricsF(theme.font(role)).horizontalAdvance(text)


def _inner(rect: QRect, by: float) -> QRectF:
    return QRectF(rect).adjusted(by, by, -by, -by)
