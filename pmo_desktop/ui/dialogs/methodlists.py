"""What became of a foreign checklist: what was taken into the draft, and which cells need a look."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pmo_desktop.exchange.methodlists import ReadLists
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme

_HEADS, _WIDTHS = ("Cell", "What it says", "Why it was not taken as it stands"), (150, 0, 0)


class ListsDialog(Dialog):
    """Only to read: the cells that need a look, with their addresses."""

    def __init__(self, found: ReadLists, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Taken from {file_name}", parent, width=960)
        self.body.addWidget(label(say_lists(found), "body2", wrap=True))
        rows = [(each.cell, each.text, each.why) for each in found.problems]
        self.table = PlainTable(_HEADS, [current_theme().px(each) for each in _WIDTHS], rows, "Cells that need a look")
        self.why = label("", "body2", wrap=True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.why)
        self._found = found
        self.table.itemSelectionChanged.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        """The current cell in full."""
        place = self.table.currentRow()
        there = 0 <= place < len(self._found.problems)
        self.why.setText(self._found.problems[place].why if there else "")


def say_lists(found: ReadLists) -> str:
    """What was taken, what was there already, and how many cells need a look."""
    outputs = sum(len(each) for each in found.new_outputs.values())
    criteria = sum(len(each) for each in found.new_criteria.values())
    new = [count_text(outputs, "deliverable")] if outputs else []
    new += [count_text(criteria, "criterion", "criteria")] if criteria else []
    said = f"{join_words(new)} taken into the draft" if new else "Nothing new was taken into the draft"
    known = f"; {count_text(found.known, 'row was', 'rows were')} there already" if found.known else ""
    look = f". {count_text(len(found.problems), 'cell needs', 'cells need')} a look" if found.problems else ""
    return f"{said}{known}{look}."
