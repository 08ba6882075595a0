"""The turns in the life of a version: the next one is drafted, a draft is approved, an approved one is retired."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pmo_desktop.figures.methods import list_methods, read_method
from pmo_desktop.operations.methods import approve_method, call_version, draft_version, new_method, retire_method
from pmo_desktop.rules.methodcheck import find_faults
from pmo_desktop.rules.methodcodes import version_key
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_linked, read_names, read_row, read_rows, read_settings
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label


class NewMethodDialog(Dialog):
    """An empty draft of one's own; `made` is its id."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__("New methodology", parent, width=440, accept_text="Start a draft")
        self.store, self.made, self.said = store, "", ""
        self.name, self.number = QLineEdit(), QLineEdit("1.0")
        form = self.add_form()
        add_row(form, "Name", self.name)
        add_row(form, "Version", self.number)

    def commit(self) -> str:
        """Make it."""
        try:
            self.made = new_method(self.store, self.name.text(), self.number.text())
        except Known as known:
            return str(known)
        self.said = f"{self.name.text().strip()} started"
        return ""


class DraftDialog(Dialog):
    """The next version begins as a copy; `made` is its id."""

    def __init__(self, store: Store, methodology: str, parent: QWidget | None = None) -> None:
        head = read_row(store, "methodology", methodology) or {"name": "", "version": ""}
        super().__init__("Draft the next version", parent, width=440, accept_text="Draft version")
        self.store, self.methodology, self.made, self.said = store, methodology, "", ""
        called = call_version(head)
        told = f"The draft begins as a copy of {called}. Projects stay on their version until they are moved."
        self.body.addWidget(label(told, "body2", wrap=True))
        self.number = QLineEdit(propose_number(store, methodology))
        self.number.selectAll()
        add_row(self.add_form(), "Version", self.number)
        self._name = str(head["name"])

    def commit(self) -> str:
        """Draft it."""
        try:
            self.made = draft_version(self.store, self.methodology, self.number.text())
        except Known as known:
            return str(known)
        self.said = f"{self._name} {self.number.text().strip()} drafted"
        return ""


class ApproveDialog(Dialog):
    """A day and a person; what stands against it is listed, and then nothing can be approved."""

    def __init__(self, store: Store, methodology: str, parent: QWidget | None = None) -> None:
        head = read_row(store, "methodology", methodology) or {"name": "", "version": ""}
        self.called = call_version(head)
        self.faults = find_faults(read_method(store, methodology))
        verb = "" if self.faults else "Approve version"
        super().__init__(f"Approve {self.called}", parent, width=640, accept_text=verb)
        self.store, self.methodology, self.said = store, methodology, ""
        if self.faults:
            count = count_text(len(self.faults), "thing stands", "things stand")
            self.body.addWidget(label(f"{count} against it. Mend this in the editor first.", "body2", wrap=True))
            self.table = PlainTable(("What is to be mended",), (0,), [(each,) for each in self.faults], "Faults")
            self.body.addWidget(self.table, 1)
            return
        told = "From then on it can be applied to projects, and is not changed any more."
        self.body.addWidget(label(told, "body2", wrap=True))
        self.day, self.by = DateField(data_date(read_settings(store))), people_box(store)
        form = self.add_form()
        add_row(form, "Approved on", self.day)
        add_row(form, "Approved by", self.by)

    def commit(self) -> str:
        """Approve it."""
        try:
            day = self.day.day()
            if day is None:
                return "Say on which day it was approved."
            approve_method(self.store, self.methodology, day, self.by.currentData())
        except (Known, ValueError) as wrong:
            return str(wrong)
        self.said = f"{self.called} approved"
        return ""


class RetireDialog(Dialog):
    """A day and why; the projects that follow it go on."""

    def __init__(self, store: Store, methodology: str, parent: QWidget | None = None) -> None:
        head = read_row(store, "methodology", methodology) or {"name": "", "version": ""}
        self.called = call_version(head)
        super().__init__(f"Retire {self.called}", parent, width=440, accept_text="Retire version")
        self.store, self.methodology, self.said = store, methodology, ""
        count = len(read_linked(store, "project", "methodology", [methodology]))
        follow = count_text(count, "project follows it and goes", "projects follow it and go") if count else ""
        told = f"It is applied no more. {follow + ' on with it.' if follow else 'No project follows it.'}"
        self.body.addWidget(label(told, "body2", wrap=True))
        self.day, self.why = DateField(data_date(read_settings(store))), QLineEdit()
        form = self.add_form()
        add_row(form, "Retired on", self.day)
        add_row(form, "Why", self.why)

    def commit(self) -> str:
        """Retire it."""
        try:
            day = self.day.day()
            if day is None:
                return "Say on which day it is retired."
            retire_method(self.store, self.methodology, day, self.why.text().strip() or None)
        except (Known, ValueError) as wrong:
            return str(wrong)
        self.said = f"{self.called} retired"
        return ""


def people_box(store: Store, chosen: str | None = None) -> QComboBox:
    """A list of people, nobody first."""
    box = QComboBox()
    box.setMaxVisibleItems(16)
    box.addItem("Nobody named", None)
    names = read_names(store)
    people = [(names.get(row["id"], ""), row["id"]) for row in read_rows(store, "person")]
    for name, key in sorted(people, key=lambda each: each[0].casefold()):
        box.addItem(name, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def propose_number(store: Store, methodology: str) -> str:
    """The version number after the newest of the same methodology: 3.2 gives 3.3, 4 gives 5."""
    lines = list_methods(store)
    own = next((line for line in lines if line.id == methodology), None)
    versions = [line.version for line in lines if own and line.code == own.code and line.version]
    if not versions:
        return "1.0"
    whole, dot, last = max(versions, key=version_key).rpartition(".")
    return f"{whole}{dot}{int(last) + 1}" if last.isdecimal() else f"{whole}{dot}{last}.1"
