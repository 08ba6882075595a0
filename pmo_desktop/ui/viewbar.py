"""The toolbar over a register: the view, its filters, grouping, columns, find, and the inspector's switch."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.chips import ChipRow
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.label import Rows, rule
from pmo_desktop.ui.theme import current_theme

HEIGHT = 42
_MANY = 50_000
_WAIT_MS = 150


class ViewBar(Rows):
    """Shows the state of a view and asks for changes; it changes nothing itself."""

    find_changed = Signal(str)
    find_left = Signal()  # Enter or Down: back to the table

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("toolbar", parent)
        self.view_button = Button("All", "bookmark", "secondary")
        self.chips = ChipRow()
        self.group_button = Button("Group", "layers", "ghost")
        self.columns_button = Button("Columns", "columns-3", "ghost")
        self.finder = FindField()
        self.inspector_button = IconButton("panel-right", "Inspector (F4)", checkable=True)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(lambda: self.find_changed.emit(self.finder.text()))
        self.row_count = 0
        self._lay_out()
        self.finder.textChanged.connect(self._find)
        self.finder.left.connect(self.find_left)
        self.relayout()

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        theme = current_theme()
        self.setFixedHeight(theme.px(HEIGHT))
        self.finder.setFixedWidth(theme.px(172))
        self.chips.arrange()

    def show_view(self, name: str, *, is_changed: bool) -> None:
        """Name the view; a dot says that it was changed and not saved."""
        self.view_button.setText(f"{name} \N{BULLET}" if is_changed else name)
        told = f"View: {name}" + (", changed and not saved" if is_changed else "")
        self.view_button.setAccessibleName(told)
        self.view_button.setToolTip(told)
        self.view_button.updateGeometry()

    def show_group(self, words: str | None) -> None:
        """Name the field the register is grouped by."""
        self.group_button.setText(words or "Group")
        self.group_button.setAccessibleName(f"Grouped by {words}" if words else "Group by")
        self.group_button.updateGeometry()

    def show_filters(self, *, shown: bool) -> None:
        """Show or hide the chips."""
        self.chips.setVisible(shown)

    def _find(self, text: str) -> None:
        if self.row_count > _MANY:
            self._wait.start()
        else:
            self.find_changed.emit(text)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.view_button)
        line = rule("rule_up")
        line.setFixedHeight(20)
        row.addWidget(line)
        row.addWidget(self.chips, 1)
        row.addWidget(self.group_button)
        row.addWidget(self.columns_button)
        row.addWidget(self.finder)
        row.addWidget(self.inspector_button)


class FindField(QLineEdit):
    """Narrows the list as one types; Esc empties it, Enter and Down go to the table."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find in list")
        self.setAccessibleName("Find in list")
        glass = QAction(icon("search", "text3"), "", self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.clear_action = QAction(icon("x", "text3"), "Clear", self)
        self.clear_action.triggered.connect(self.clear)
        self.addAction(self.clear_action, QLineEdit.ActionPosition.TrailingPosition)
        self.clear_action.setVisible(False)
        self.textChanged.connect(lambda text: self.clear_action.setVisible(bool(text)))
        for button in self.findChildren(QWidget):
            button.setAccessibleName("Clear" if button.toolTip() == "Clear" else "Find")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(172), current_theme().px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
