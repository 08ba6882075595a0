"""The tailoring record of a project: what it does without, who said so, why and until when; and changing it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.figures.applying import called
from pmo_desktop.figures.tailoring import TailoringLine, read_tailoring
from pmo_desktop.operations.tailoring import tailor_in, tailor_out
from pmo_desktop.rules.assurance import DeliverableStatus
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_linked, read_row, read_settings
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.methodlife import people_box
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label, rule
from pmo_desktop.ui.theme import current_theme

_HEADS = ("What", "Stands", "Why", "Asked by", "Approver", "Since", "Until")
_WIDTHS = (220, 92, 0, 112, 112, 100, 100)
_SETTLED = (DeliverableStatus.ACCEPTED, DeliverableStatus.NOT_NEEDED)


class TailoringDialog(Dialog):
    """Each change is one step; `changed` says that there was one."""

    def __init__(self, store: Store, project: str, parent: QWidget | None = None) -> None:
        row = read_row(store, "project", project)
        name = " ".join(dict.fromkeys(filter(None, (called(row), row["name"])))) if row else "a deleted project"
        super().__init__(f"Tailoring of {name}", parent, width=960)
        self.store, self.project, self.changed = store, project, False
        self.today = data_date(read_settings(store))
        self.lines: tuple[TailoringLine, ...] = ()
        self.told = label("", "body2", wrap=True)
        self.table = PlainTable(
            _HEADS, [current_theme().px(each) for each in _WIDTHS], [], "What the project does without"
        )
        self.full = label("", "body2", wrap=True)
        self.back = Button("Take back in", "undo-2", slot=self.take_in)
        self.what, self.reason, self.until = QComboBox(), QLineEdit(), DateField(placeholder="For good")
        self.by, self.approver = people_box(store), people_box(store)
        self.out = Button("Tailor out", "minus", slot=self.take_out)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._tell)
        self.look()

    def look(self) -> None:
        """Read the record again."""
        try:
            self.lines = read_tailoring(self.store, self.project, self.today)
        except Known as known:
            self.show_message(str(known))
            return
        self.table.fill([_row(line) for line in self.lines])
        self.table.setVisible(bool(self.lines))
        lapsed = sum(line.lapsed for line in self.lines)
        said = f"{count_text(len(self.lines), 'thing')} left out or waived." if self.lines else ""
        if lapsed:
            said += f" {count_text(lapsed, 'waiver has', 'waivers have')} lapsed: what was waived is due again."
        self.told.setText(said or "The project does all that its methodology asks.")
        self._offer()
        self._tell()

    def take_out(self) -> None:
        """The project does without the chosen deliverable."""

        def deed() -> object:
            return tailor_out(
                self.store,
                self.project,
                str(self.what.currentData()),
                self.reason.text(),
                self.until.day(),
                self.today,
                self.by.currentData(),
                self.approver.currentData(),
            )

        if self.what.currentData() is None:
            self.show_message("There is no deliverable left to tailor out.")
        elif self._do(deed):
            self.reason.clear()
            self.until.set_day(None)

    def take_in(self) -> None:
        """The project does the chosen one after all."""
        line = self._current()
        if line is not None:
            self._do(lambda: tailor_in(self.store, self.project, line.code))

    # ------------------------------------------------------------------ below the counter

    def _do(self, deed: Callable[[], object]) -> bool:
        self.clear_message()
        try:
            deed()
        except (Known, ValueError) as wrong:
            self.show_message(str(wrong))
            return False
        self.changed = True
        self.look()
        return True

    def _current(self) -> TailoringLine | None:
        place = self.table.currentRow()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def _tell(self) -> None:
        """Only what is out, and stands in the project, can be taken back in."""
        line = self._current()
        codes = {row["code"] for row in self._deliverables() if row["status"] == DeliverableStatus.NOT_NEEDED}
        self.full.setText(line.reason if line else "")
        self.back.setVisible(bool(self.lines))
        self.back.setEnabled(line is not None and line.code in codes)

    def _deliverables(self) -> list[dict[str, object]]:
        return list(read_linked(self.store, "deliverable", "project", [self.project]))

    def _offer(self) -> None:
        self.what.clear()
        for row in self._deliverables():
            if row["code"] and row["status"] not in _SETTLED:
                mandatory = " (mandatory)" if row["mandatory"] else ""
                self.what.addItem(f"{row['name']}{mandatory}", row["code"])
        for widget in (self.what, self.out):
            widget.setEnabled(self.what.count() > 0)

    def _lay_out(self) -> None:
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        under = QHBoxLayout()
        under.setSpacing(12)
        under.addWidget(self.full, 1)
        under.addWidget(self.back)
        self.body.addLayout(under)
        self.body.addWidget(rule())
        self.body.addWidget(label("Do without a deliverable", "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        self.what.setMaxVisibleItems(16)
        places: tuple[tuple[str, QWidget], ...] = (
            ("Deliverable", self.what),
            ("Asked by", self.by),
            ("Why", self.reason),
            ("Approver", self.approver),
            ("Until", self.until),
        )
        for place, (words, field) in enumerate(places):
            name = label(words, "label")
            name.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(name, place // 2, 2 * (place % 2))
            grid.addWidget(field, place // 2, 2 * (place % 2) + 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.out)
        grid.addLayout(foot, 2, 3)
        self.body.addLayout(grid)


def _row(line: TailoringLine) -> tuple[str, ...]:
    stands = "Lapsed" if line.lapsed else line.status
    dash = "\N{EN DASH}"
    until = short_day(line.until) if line.until else "For good" if line.waiver else dash
    who = (line.requested_by or dash, line.approver or dash)
    return line.name, stands, line.reason or dash, *who, short_day(line.since), until
