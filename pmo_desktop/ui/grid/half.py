"""One half of a grid as a bare table view: its columns, its editor, its lines; for its input see view.py."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pmo_desktop.ui.grid.editors import LineEditor
from pmo_desktop.ui.grid.halves import dress_half


class Half(QTableView):
    """Shows either the frozen columns or the others."""

    def __init__(self, parent: QWidget, *, is_leading: bool) -> None:
        super().__init__(parent)
        self.is_leading = is_leading  # draws the accent bar of the current row
        self.first_column = self.last_column = 0
        self.pending: str | None = None  # the character that opens the editor and replaces the content
        dress_half(self)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setAutoScrollMargin(24)

    def open_editor(self, index: QModelIndex, typed: str | None) -> None:
        """Edit a cell; what was typed replaces its content."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pending = typed
        self.edit(index)
        editor = self.open_editor_widget()
        if isinstance(editor, LineEditor):  # Qt has selected everything: the next letter would replace the first
            editor.end(False)

    def open_editor_widget(self) -> QWidget | None:
        """The editor that is open in this half."""
        return self.viewport().findChild(LineEditor) if self.is_editing() else None

    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def repaint_row(self, row: int) -> None:
        """Paint a line again in this half."""
        if row >= 0:
            height = self.rowHeight(row)
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), height)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves between cells; Ctrl+Tab and F6 leave the table."""
        return False

    def leave(self, *, forward: bool) -> None:
        """Give the keyboard to the widget after or before the table."""
        self.setFocus(Qt.FocusReason.TabFocusReason)  # Qt goes on from where the keyboard is
        super().focusNextPrevChild(forward)
