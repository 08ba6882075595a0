"""The keyboard map: every shortcut there is, read from the registry, with a filter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.dialogs.dialog import Dialog

# Keys that tables and editors answer themselves, so that no command stands for them.
GRID_KEYS = (
    ("Edit the cell, caret at its end", "F2"),
    ("Replace the content", "any character"),
    ("Commit and go down, up", "Enter, Shift+Enter"),
    ("Commit and go right, left", "Tab, Shift+Tab"),
    ("Cancel the edit, then clear the selection", "Esc"),
    ("Clear the cells", "Del"),
    ("Fill the selection while editing", "Ctrl+Enter"),
    ("Today; the value from above", "Ctrl+; and Ctrl+'"),
    ("List or calendar; column menu on a header", "Alt+Down"),
    ("Column; row", "Ctrl+Space; Shift+Space"),
    ("Edge of the data, extending with Shift", "Ctrl+arrows"),
    ("First cell; last cell", "Ctrl+Home; Ctrl+End"),
    ("Open or close a group", "Space"),
    ("Context menu", "Menu, Shift+F10"),
)
# The wizard's own keys, which work in its window only.
IMPORT_KEYS = (
    ("Next step, or apply", "Ctrl+Enter"),
    ("Back", "Alt+B"),
    ("Next problem; the one before", "F7; Shift+F7"),
    ("Conflict: take the file’s value", "T"),
    ("Conflict: keep ours", "O"),
    ("Conflict: the same for its whole column", "Shift+T; Shift+O"),
    ("Leave the row out", "Del"),
    ("Take the last answer back", "Ctrl+Z"),
)
# The keys of a gate's checklist in the methodology pane and in a gate review.
GATE_KEYS = (
    ("Criterion met; partly met", "Y; P"),
    ("Not met; does not apply, with a comment", "N; -"),
    ("Met or open again", "Space"),
    ("Attach a file; a link", "A; L"),
    ("Ask for a waiver", "W"),
    ("Details of the criterion", "Enter"),
    ("Several criteria at once", "Shift+arrows, Ctrl+click"),
    ("Phase or gate before, after", "Left, Right on the life cycle"),
)


class KeyboardMap(Dialog):
    """A table of commands and keys."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__("Keyboard map", parent, width=640)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("Find a command or a key")
        self.finder.setAccessibleName("Find a command or a key")
        self.finder.textChanged.connect(self._filter)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName("Shortcuts")
        self.table.setProperty("role", "boxed")
        self.table.setHorizontalHeaderLabels(["Command", "Keys", "Where"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(1, 190)
        self.table.setColumnWidth(2, 90)
        self.body.addWidget(self.finder)
        self.table.setMinimumHeight(390)
        self.body.addWidget(self.table, 1)
        for words, keys, where in list_keys(actions):
            row = self.table.rowCount()
            self.table.insertRow(row)
            for column, text in enumerate((words, keys, where)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.finder.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for row in range(self.table.rowCount()):
            items = [self.table.item(row, column) for column in range(3)]
            seen = " ".join(item.text() for item in items if item is not None).casefold()
            self.table.setRowHidden(row, wanted not in seen)


def list_keys(actions: ActionRegistry) -> list[tuple[str, str, str]]:
    """Command, keys and where they work; commands in the order of the menus, then those of tables, gates, imports."""
    registered = [
        (entry.text.partition(":")[0].removesuffix("…"), ", ".join(entry.shortcuts), entry.menu.partition("/")[0])
        for entry in actions
        if entry.shortcuts
    ]
    tables = [(words, keys, "Tables") for words, keys in GRID_KEYS]
    gates = [(words, keys, "Gates") for words, keys in GATE_KEYS]
    return registered + tables + gates + [(words, keys, "Import") for words, keys in IMPORT_KEYS]
