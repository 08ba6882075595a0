"""The command palette (Ctrl+K): go to any record, run any command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.finder import Finder, Found
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import Rows, label, rule
from pmo_desktop.ui.theme import current_theme

_WIDTH, _TOP, _MOST_HEIGHT = 640, 110, 470
_FOUND = Qt.ItemDataRole.UserRole + 1
_HINT = "Up and Down to move, Enter to open, > for commands only, # for an ID"


class Palette(QWidget):
    """A scrim over the window with a field and a list; `choose` gets what was picked."""

    def __init__(self, over: QWidget, choose: Callable[[Found], object]) -> None:
        super().__init__(over)
        self.setProperty("role", "scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._choose = choose
        self._finder = Finder(())
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self.box = Rows("popover", self)
        self.field = QLineEdit()
        self.field.setProperty("role", "palette")
        self.field.setPlaceholderText("Go to project, person, risk or command")
        self.field.setAccessibleName("Go to project, person, risk or command")
        self.field.setAccessibleDescription(_HINT)
        self.list = QListView()
        self.list.setAccessibleName("What was found")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(FoundDelegate(self.list))
        self.model = QStandardItemModel()
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self.accept())
        over.installEventFilter(self)
        self.hide()

    def open_with(self, things: list[Found], recent: list[str], before: QWidget | None, text: str = "") -> None:
        """Show it over the window; `before` gets the focus back."""
        self._finder, self._recent, self._before = Finder(things), recent, before
        self.field.setText(text)
        self._search(text)
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def accept(self) -> None:
        """Take what is marked."""
        found = self.list.currentIndex().data(_FOUND)
        if isinstance(found, Found):
            self.dismiss()
            self._choose(found)

    def shown(self) -> list[Found]:
        """What is listed, without the headings."""
        items = [self.model.item(row).data(_FOUND) for row in range(self.model.rowCount())]
        return [each for each in items if isinstance(each, Found)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field move the mark; a window of another size needs another place."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def mousePressEvent(self, event: QEvent) -> None:
        """A click beside the box dismisses."""
        self.dismiss()

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        rows = [row for row in range(self.model.rowCount()) if self.model.item(row).isEnabled()]
        if not rows:
            return
        here = self.list.currentIndex().row()
        at = rows.index(here) if here in rows else 0
        last = len(rows) - 1
        to = (at + by) % len(rows) if abs(by) == 1 else max(0, min(last, at + by))
        self.list.setCurrentIndex(self.model.index(rows[to], 0))

    def _search(self, text: str) -> None:
        found = self._finder.find(text, self._recent)
        self.model.clear()
        group = ""
        for each in found:
            if each.group != group:
                group = each.group
                self._add_heading(group)
            item = QStandardItem(each.text)
            item.setData(each, _FOUND)
            item.setData(f"{each.group}: {each.text}. {each.note}", Qt.ItemDataRole.AccessibleTextRole)
            self.model.appendRow(item)
        if not found:
            self._add_heading(f"Nothing is called “{text.strip()}”")
        self._move(0)
        self._fit()

    def _add_heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setEnabled(False)
        self.model.appendRow(item)

    def _fit(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        theme = current_theme()
        self.setGeometry(over.rect())
        rows = [self.model.item(row) for row in range(self.model.rowCount())]
        height = sum(theme.px(_ROW if item.isEnabled() else _HEAD) for item in rows) + 12
        width = min(theme.px(_WIDTH), over.width() - 40)
        head = theme.px(54) + theme.px(34)
        most = min(theme.px(_MOST_HEIGHT), over.height() - 150)
        self.box.setGeometry((over.width() - width) // 2, _TOP, width, min(height + head, most))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(18, 5, 18, 5)
        top.setSpacing(12)
        top.addWidget(Mark("search", "text2"))
        top.addWidget(self.field, 1)
        column.addLayout(top)
        column.addWidget(rule())
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("role", "raised")
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        hint = label(_HINT, "caption")
        hint.setContentsMargins(18, 8, 18, 8)
        column.addWidget(hint)


_ROW, _HEAD = 38, 28


class FoundDelegate(QStyledItemDelegate):
    """Paints a heading, or an icon, words, quiet words and a shortcut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Headings are lower than rows."""
        found = isinstance(index.data(_FOUND), Found)
        return QSize(100, current_theme().px(_ROW if found else _HEAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = index.data(_FOUND)
        if not isinstance(found, Found):
            painter.setFont(theme.font("caption_strong"))
            painter.setPen(theme.color("text3"))
            painter.drawText(rect.adjusted(18, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(rect.adjusted(8, 1, -8, -1), 4, 4)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_found(painter, rect, found, "Enter" if selected and not found.keys else found.keys, selected)
        painter.restore()

    def _paint_found(self, painter: QPainter, rect: QRect, found: Found, keys: str, selected: bool) -> None:
        theme = current_theme()
        side = theme.px(16)
        top = rect.y() + (rect.height() - side) // 2
        tone = "accent_text" if selected else "text2"
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(rect.x() + 18, top, icon_pixmap(found.icon or "chevron-right", tone, side, ratio))
        right = rect.right() - 18
        if keys:
            right = self._paint_keys(painter, rect, keys) - 10
        left = rect.x() + 18 + side + 12
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(found.text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, rect.y(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, name)
        left += painter.fontMetrics().horizontalAdvance(name) + 12
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        room = right - left
        if found.note and room > theme.px(60):
            note = painter.fontMetrics().elidedText(found.note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, rect.y(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_keys(self, painter: QPainter, rect: QRect, keys: str) -> int:
        """The shortcut in its little frame; gives the frame's left edge."""
        theme = current_theme()
        painter.setFont(theme.font("micro"))
        width = painter.fontMetrics().horizontalAdvance(keys) + 14
        frame = QRect(rect.right() - 18 - width, rect.y() + (rect.height() - theme.px(20)) // 2, width, theme.px(20))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(theme.color("text2"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, keys)
        return frame.left()
