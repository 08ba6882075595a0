"""Closing a project: the checklist that reads the data, what stands behind each line, and who keeps what is open."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QTableWidgetItem, QWidget

from pmo_desktop.figures.closure import Closure, ClosureLine, LineState, read_closure
from pmo_desktop.figures.handover import read_staying
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.closure import archive_project, close_project, reopen_project
from pmo_desktop.operations.sendouts import file_words
from pmo_desktop.rules.wording import capital, count_text
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import Record, data_date, read_names, read_row, read_settings
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget, make_form
from pmo_desktop.ui.dialogs.granted import do_granted
from pmo_desktop.ui.dialogs.peoplefield import PeopleField, people_in_use
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.marks import rag_mark
from pmo_desktop.ui.theme import current_theme

_LINES = ("", "What is looked at", "How it stands")
_ROWS = ("Entry", "Kind", "Kept by")
_KEEPER, _ICON = 260, 22
_KEPT = frozenset({"action", "risk", "issue", "deliverable", "benefit"})
_CODES = {LineState.OK: "C", LineState.NOT_OK: "R", LineState.NOT_NEEDED: None}


class ClosureDialog(Dialog):
    """Close a project that goes on, or reopen one that has ended; either is one step."""

    def __init__(self, context: Context, project: str, parent: QWidget | None = None) -> None:
        self.context, self.store, self.project = context, context.store, project
        row = read_row(context.store, "project", project)
        if row is None:
            raise Known("The project has been deleted. Undo the deletion first.")
        self.ended = row["lifecycle_status"] in ENDED
        called = str(row["ref"] or row["name"])
        super().__init__(
            f"{called} is {row['lifecycle_status'].lower()}" if self.ended else f"Close {called}",
            parent,
            width=960,
            accept_text="Reopen project" if self.ended else "Close project",
        )
        self.day, self.reason = DateField(data_date(read_settings(context.store))), QLineEdit()
        self.handover: dict[str, str] = {}
        self.keepers: list[QComboBox] = []
        self.shown: ClosureLine | None = None
        self.told, self.behind = label("", "body2", wrap=True), label("", "strong")
        self.lines = PlainTable(_LINES, (38, 236, 0), [], "Checklist")
        self.rows = PlainTable(_ROWS, (0, 130, _KEEPER), [], "Entries behind the line")
        self.people: list[tuple[str, str]] = []
        self.everything = PeopleField((), nobody="Choose one for all")
        self.closure: Closure = read_closure(self.store, project)
        self._lay_out(str(row["name"] or ""))
        self.lines.currentCellChanged.connect(lambda at, *_others: self._show_line(at))
        self.rows.cellDoubleClicked.connect(lambda at, _column: self._go_to(at))
        self.rows.cellActivated.connect(lambda at, _column: self._go_to(at))
        self.everything.activated.connect(lambda _at: self._give_all())
        self.day.editingFinished.connect(self.read)
        self.read()

    def read(self) -> None:
        """Judge the checklist by the day that is chosen."""
        try:
            on = self.day.day()
        except ValueError:
            return
        self.closure = read_closure(self.store, self.project, on)
        self.people = self._staying(self.closure.day)
        with_choice = self.everything.person
        self.everything.clear()
        self.everything.addItem("Choose one for all", None)
        for identity, name in self.people:
            self.everything.addItem(name, identity)
        self.everything.choose(with_choice)
        lines = self.closure.lines
        at = self.lines.currentRow() if self.shown else -1
        self.lines.fill([("", line.title, line.words) for line in lines])
        for row, line in enumerate(lines):
            self.lines.setItem(row, 0, _mark_item(line.state))
        first = next((row for row, line in enumerate(lines) if line.state is LineState.NOT_OK), 0)
        self.lines.setCurrentCell(at if at >= 0 else first, 1)
        self._show_line(self.lines.currentRow())
        self._tell()

    def commit(self) -> str:
        """Close it, through the rules of the PMO, or reopen it."""
        try:
            if self.ended:
                deed = partial(reopen_project, self.store, self.project, self.reason.text())
                do_granted(self.context, deed, partial(self._done, "reopened"), self.parentWidget())
                return ""
            on = self.day.day()
            if on is None:
                return "Say on which day the project is closed."
            closing = partial(
                close_project, self.store, self.project, on, self.handover, reason=self.reason.text().strip() or None
            )
            do_granted(self.context, closing, partial(self._done, "closed"), self.parentWidget())
        except ValueError:
            return "The day is no day. Type it such as 13 Nov 2026."
        except Known as known:
            return str(known)
        return ""

    def save_archive(self) -> None:
        """Write all of the project into one ZIP."""
        name = f"{file_words(self.closure.called)}.zip"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Save the archive", str(Path.home() / name), "Archives (*.zip)"
        )
        if not chosen:
            return
        try:
            made = archive_project(self.store, self.project, Path(chosen))
        except Known as known:
            self.show_message(str(known))
            return
        self.show_message(f"{count_text(len(made.names), 'file')} written to {made.path.name}.", "ok")

    # ------------------------------------------------------------------ below the counter

    def _done(self, verb: str, _batch: object) -> None:
        self.context.toast(f"{self.closure.called} {verb}", "Undo", partial(undo_last, self.context))

    def _staying(self, day: date) -> list[tuple[str, str]]:
        row = read_row(self.store, "project", self.project)
        with self.store.reading() as connection:
            staying = read_staying(connection, row, day) if row else frozenset()
        return [each for each in people_in_use(self.store) if each[0] in staying]

    def _tell(self) -> None:
        left = [line for line in self.closure.lines if line.state is LineState.NOT_OK]
        waiting = self._waiting()
        said = "Nothing stands in the way." if not left else f"{count_text(len(left), 'line')} not OK."
        given = sum(each in self.handover for each in waiting)
        if waiting:
            said = f"{said} {given:,} of {count_text(len(waiting), 'entry', 'entries')} given to somebody who stays."
        self.told.setText(said)

    def _waiting(self) -> list[str]:
        """The entries that somebody has to keep, by id."""
        lines = (line for line in self.closure.lines if line.code != "accepted")
        return list(dict.fromkeys(key for line in lines for entity, key in line.rows if entity in _KEPT))

    def _show_line(self, at: int) -> None:
        if not 0 <= at < len(self.closure.lines):
            return
        line = self.shown = self.closure.lines[at]
        names = read_names(self.store)
        for choice in self.keepers:
            choice.hide()  # the table lets it go only later
        found = [(entity, key, read_row(self.store, entity, key) or {}) for entity, key in line.rows]
        self.rows.fill([(_called(entity, row, names), capital(BY_ENTITY[entity].one), "") for entity, _, row in found])
        self.keepers = []
        for place, (entity, key, _row) in enumerate(found):
            if entity in _KEPT and line.code != "accepted" and not self.ended:
                self._add_keeper(place, key)
        self.behind.setText(
            f"{line.title}: {count_text(len(found), 'entry', 'entries')}"
            if found
            else f"{line.title}: no entries behind it"
        )
        self.rows.setVisible(bool(found))

    def _add_keeper(self, place: int, key: str) -> None:
        choice = PeopleField(self.people, self.handover.get(key), nobody="Nobody yet")
        item = self.rows.item(place, 0)
        choice.setAccessibleName(f"Who keeps {item.text() if item else ''}")
        choice.activated.connect(lambda _at: self._give(key, choice.person))
        self.rows.setCellWidget(place, 2, choice)
        self.keepers.append(choice)

    def _give(self, key: str, person: str | None) -> None:
        if person is None:
            self.handover.pop(key, None)
        else:
            self.handover[key] = person
        self._tell()

    def _give_all(self) -> None:
        """Everything that is open, on whichever line, goes to one person."""
        person = self.everything.person
        for key in self._waiting():
            self._give(key, person)
        self._show_line(self.lines.currentRow())

    def _go_to(self, at: int) -> None:
        if self.shown is not None and 0 <= at < len(self.shown.rows):
            entity, key = self.shown.rows[at]
            self.reject()
            self.context.navigate(BY_ENTITY[entity].name, key)

    def _lay_out(self, name: str) -> None:
        if name:
            self.body.addWidget(label(name, "body2", wrap=True))
        form = make_form()
        if not self.ended:
            add_row(form, "Closed on", self.day)
        add_row(form, "Reason", self.reason)
        self.body.addLayout(form)
        self.body.addWidget(self.told)
        self.lines.setIconSize(QSize(_ICON, _ICON))
        self.lines.setMinimumHeight(7 * 32 + 30)
        self.body.addWidget(self.lines, 3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.behind, 1)
        all_ = label("All open entries go to", "label")
        all_.setBuddy(self.everything)
        self.everything.setAccessibleName("Who keeps all open entries")
        self.everything.setMinimumWidth(_KEEPER)
        for part in (all_, self.everything):
            head.addWidget(part)
            part.setVisible(not self.ended)
        self.body.addWidget(as_widget(head))
        self.rows.setMinimumHeight(3 * 32 + 30)
        self.body.addWidget(self.rows, 2)
        self.archive_button = Button("Save archive…", "download", slot=self.save_archive)
        self.foot.insertWidget(0, self.archive_button)


def ask_closure(context: Context, project: str | None, parent: QWidget | None) -> ClosureDialog | None:
    """Open the dialog for a project; a sentence where none is selected."""
    if project is None:
        context.say("Select the project that is to be closed or reopened.")
        return None
    dialog = ClosureDialog(context, project, parent)
    dialog.open()
    return dialog


def _called(entity: str, row: Record, names: dict[str, str]) -> str:
    """A row by its reference and its title; a booking by whose it is."""
    info = BY_ENTITY[entity]
    title = row.get(info.title)
    words = names.get(str(title), "") if info.by else title
    return "  ".join(str(each) for each in (row.get(info.ref) if info.ref else None, words) if each)


def _mark_item(state: LineState) -> QTableWidgetItem:
    item = QTableWidgetItem(_icon(state), "")
    item.setToolTip(state)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, str(state))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _icon(state: LineState) -> QIcon:
    picture = rag_mark(current_theme(), _CODES[state], 16)
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # a mark keeps its colour in the chosen line
    return made
