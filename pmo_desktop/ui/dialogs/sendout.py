"""Send out for update: which managers are asked, until when, and where their workbooks go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.figures.sendouts import Manager
from pmo_desktop.model.registers import count_rows
from pmo_desktop.rules.wording import DASH, count_text, short_day
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label

_COLUMNS = ("Manager", "Rows", "Last sent", "Last answered")
_WIDTHS = (220, 0, 200, 130)
_DAYS = 7  # to answer in, unless somebody says otherwise


class SendOutDialog(Dialog):
    """What is chosen stands in `people`, `due` and `folder` once it was accepted; nothing is written here."""

    def __init__(self, managers: Sequence[Manager], folder: Path, today: date, parent: QWidget | None = None) -> None:
        super().__init__("Send out for update", parent, width=960, accept_text="Write workbooks")
        self._managers, self._today = managers, today
        self.people: list[str] = []
        self.due: date | None = None
        self.folder = folder
        told = (
            "Each manager gets one protected workbook with their own rows: what they may update is white, all else is "
            "locked. Import what comes back like any workbook; you see what would change first."
        )
        self.body.addWidget(label(told, "body2", wrap=True))
        texts = [_texts(each) for each in managers]
        self.table = PlainTable(_COLUMNS, _WIDTHS, texts, "Managers of open projects", ticks=True)
        self.table.itemChanged.connect(lambda _item: self._count())
        self.body.addWidget(self.table, 1)
        self._add_form(folder)
        self.foot.insertWidget(0, Button("Tick all", kind="ghost", slot=lambda: self._tick(all_of_them=True)))
        self.foot.insertWidget(1, Button("Tick none", kind="ghost", slot=lambda: self._tick(all_of_them=False)))
        self._count()

    def ticked(self) -> list[str]:
        """The people that are ticked, in their order."""
        return [each.person for row, each in enumerate(self._managers) if self.table.is_ticked(row)]

    def commit(self) -> str:
        """Take what was chosen, or say what is wrong with it."""
        people, folder = self.ticked(), Path(self.place.text().strip()).expanduser()
        if not people:
            return "Tick at least one manager."
        try:
            due = self.day.day()
        except ValueError as error:
            return str(error)
        if due is not None and due < self._today:
            return "The day to answer by has passed. Choose a later one."
        if not self.place.text().strip() or not folder.is_dir():
            return "Choose a folder that is there."
        self.people, self.due, self.folder = people, due, folder
        return ""

    def _add_form(self, folder: Path) -> None:
        form = self.add_form()
        self.day = DateField(self._today + timedelta(days=_DAYS), "No day")
        add_row(form, "Answer by", self.day, "Said in the workbook; afterwards the chase list calls it overdue")
        self.place = QLineEdit(str(folder))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.place, 1)
        line.addWidget(Button("Choose…", "folder", slot=self._choose))
        self.place.setAccessibleName("Folder")
        add_row(form, "Folder", as_widget(line), "A file that lies there already is never written over")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where the workbooks go", self.place.text())
        if chosen:
            self.place.setText(chosen)

    def _tick(self, *, all_of_them: bool) -> None:
        for row in range(len(self._managers)):
            self.table.tick(row, on=all_of_them)

    def _count(self) -> None:
        """The button says how many workbooks it writes."""
        number = len(self.ticked())
        if self.accept_button is not None:
            self.accept_button.setText(f"Write {count_text(number, 'workbook')}" if number else "Write workbooks")
            self.accept_button.setEnabled(bool(number))
        if not self._managers:
            self.show_message("No open project has a manager, so there is nobody to ask.", "warn")


def _texts(manager: Manager) -> tuple[str, ...]:
    sent = short_day(manager.sent_on) + (", not answered" if manager.waiting else "")
    answered = short_day(manager.answered_on) if manager.answered_on else DASH
    return (manager.name, count_rows(manager.rows), sent, answered)
