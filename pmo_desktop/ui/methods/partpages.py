"""The pages of the editor: the fields of a part, guidance with a preview beside it, a template, the RACI table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.figures.methods import read_method, read_parts
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.methodparts import KINDS
from pmo_desktop.rules.method import Guide, Method
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_names, read_row, read_rows
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.grid.editors import NoteEditor
from pmo_desktop.ui.label import label
from pmo_desktop.ui.methods.dutygrid import DutyGrid, say_duties
from pmo_desktop.ui.methods.guidance import GuidanceView
from pmo_desktop.ui.methods.node import gate_title, list_roles
from pmo_desktop.ui.methods.partfield import Offered, PartField, PartForm, Write
from pmo_desktop.ui.theme import Theme

FIELDS: dict[str, tuple[str, ...]] = {
    "methodology": ("name", "version", "tier", "owner", "summary", "speaks", "comment"),
    "method_phase": ("name", "code", "weeks", "purpose"),
    "method_gate": ("name", "code", "question", "decides"),
    "method_criterion": ("text", "code", "section", "role", "mandatory", "evidence", "guidance"),
    "method_deliverable": (
        "name",
        "code",
        "role",
        "acceptor",
        "mandatory",
        "template",
        "purpose",
        "acceptance",
        "example",
    ),
    "method_guidance": ("title", "concerns", "text"),
    "method_term": ("term", "meaning"),
    "method_template": ("name", "code", "file_name"),
}
_ROLES = ("role", "acceptor", "decides")
_CLOSED = ("evidence", "template", "concerns", "owner")
_WIDEST = 720


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the editor has read it: its head, its stored parts, and all of it as plain data."""

    head: Record
    parts: Mapping[str, list[Record]]
    method: Method
    is_draft: bool

    def row(self, entity: str, identity: str) -> Record | None:
        """The row of a part or of the head; None when it is gone."""
        if entity == "methodology":
            return self.head
        return next((row for row in self.parts.get(entity, ()) if row["id"] == identity), None)


def read_version(store: Store, methodology: str) -> Version | None:
    """Everything about a version; None when it is gone."""
    head = read_row(store, "methodology", methodology)
    if head is None:
        return None
    is_draft = (head["status"] or "Draft") == "Draft" and not store.readonly
    return Version(head, read_parts(store, methodology), read_method(store, methodology), is_draft)


class Offers:
    """The words that a field's list offers, by what the version holds now."""

    def __init__(self, store: Store, version: Callable[[], Version]) -> None:
        self.store, self.version = store, version

    def of(self, entity: str, name: str) -> Callable[[], Offered] | None:
        """The list of one field; None for a field without one."""
        if name in _ROLES:
            return self._roles
        if name == "section":
            return self._sections
        found = {"evidence": self._outputs, "template": self._templates, "owner": self._people}.get(name)
        return self._concerns if (entity, name) == ("method_guidance", "concerns") else found

    def _roles(self) -> Offered:
        return {role: role for role in list_roles(self.version().method)}

    def _sections(self) -> Offered:
        lines = self.version().parts["method_criterion"]
        return {row["section"]: row["section"] for row in lines if row["section"]}

    def _outputs(self) -> Offered:
        return {f"{row['name']} ({row['code']})": row["code"] for row in self.version().parts["method_deliverable"]}

    def _templates(self) -> Offered:
        return {f"{row['name']} ({row['code']})": row["code"] for row in self.version().parts["method_template"]}

    def _concerns(self) -> Offered:
        parts = self.version().parts
        found: dict[str, str | None] = {f"{row['name']} ({row['code']})": row["code"] for row in parts["method_phase"]}
        found |= {gate_title(row["code"], row["name"]): row["code"] for row in parts["method_gate"]}
        return found | {f"{row['name']} ({row['code']})": row["code"] for row in parts["method_deliverable"]}

    def _people(self) -> Offered:
        names = read_names(self.store)
        people = sorted((names.get(row["id"], ""), row["id"]) for row in read_rows(self.store, "person"))
        return {name: key for name, key in people if name}


class PartPage(QWidget):
    """The fields of one sort of part under each other."""

    def __init__(self, entity: str, write: Write, offers: Offers) -> None:
        super().__init__()
        self.entity = entity
        self.form = PartForm()
        self.form.add_fields([make_field(entity, name, write, self.form, offers) for name in self.names()])
        self.form.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(24, 4, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(self.form)
        self.fill()
        self._scroll()

    def names(self) -> tuple[str, ...]:
        """The fields shown, in order."""
        return FIELDS[self.entity]

    def fill(self) -> None:
        """What stands under the form."""
        self.column.addStretch(1)

    def show_version(self, version: Version, identity: str) -> None:
        """Show a part of a version."""
        row = version.row(self.entity, identity)
        if row is not None:
            self.form.show_row(row, can_write=version.is_draft)

    def commit(self) -> None:
        """Write what is still being typed."""
        self.form.commit()

    def first_editor(self) -> QWidget:
        """Where typing begins."""
        return next(iter(self.form.fields.values())).editor

    def _scroll(self) -> None:
        """A long form scrolls."""
        inside, area = QWidget(), QScrollArea()
        inside.setProperty("role", "scrolled")
        inside.setLayout(self.column)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)


def make_field(entity: str, name: str, write: Write, parent: QWidget, offers: Offers) -> PartField:
    """One field of a form with the list it offers."""
    meaning = find_field(entity, name)
    offer = offers.of(entity, name) if meaning.kind is not Kind.CHOICE else None
    return PartField(meaning, write, parent, offer, closed=name in _CLOSED)


class GuidancePage(PartPage):
    """Title and place above; Markdown at the left and at the right what readers will see, as it is typed."""

    def __init__(self, write: Write, offers: Offers, theme: Theme) -> None:
        self.theme, self.preview = theme, GuidanceView(theme)
        self._soon = QTimer(singleShot=True, interval=150)
        self._soon.timeout.connect(self.show_preview)
        self._title = ""
        super().__init__("method_guidance", write, offers)
        self.text = make_field("method_guidance", "text", write, self, offers)
        self.form.fields["text"] = self.text  # shown, committed and restored with the others
        editor = self.text.editor
        editor.setMinimumHeight(theme.px(160))
        editor.setMaximumHeight(16_777_215)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        editor.setAccessibleName("Text in Markdown")
        if isinstance(editor, NoteEditor):
            editor.textChanged.connect(self._soon.start)
        self.preview.setAccessibleName("Preview of the page")
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for title, widget in (("Markdown", editor), ("What readers see", self.preview)):
            half = QWidget()
            column = QVBoxLayout(half)
            column.setContentsMargins(0 if title == "Markdown" else 12, 0, 12 if title == "Markdown" else 0, 0)
            column.setSpacing(4)
            column.addWidget(label(title, "label"))
            column.addWidget(widget, 1)
            halves.addWidget(half)
        halves.setSizes([500, 500])
        self.column.addWidget(halves, 1)
        self.column.addWidget(self.text.wrong)

    def names(self) -> tuple[str, ...]:
        return ("title", "concerns")

    def fill(self) -> None:
        """The halves follow once the field of the text is made."""

    def show_version(self, version: Version, identity: str) -> None:
        super().show_version(version, identity)
        row = version.row(self.entity, identity)
        self._title = row["title"] if row else ""
        self.show_preview()

    def show_preview(self) -> None:
        """Draw what the text says now."""
        self.preview.show_guides([Guide(self._title, self.text.editor.text())])


class TemplatePage(PartPage):
    """Name and code, which file it is, and the buttons that put another in its place or take a copy out."""

    replace = Signal()
    copy_out = Signal()

    def __init__(self, write: Write, offers: Offers) -> None:
        super().__init__("method_template", write, offers)

    def fill(self) -> None:
        self.told = label("", "body2", wrap=True)
        self.replace_button = Button("Replace by a file…", "upload", slot=self.replace.emit)
        self.copy_button = Button("Save a copy…", "download", slot=self.copy_out.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.replace_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        self.column.addWidget(self.told)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_version(self, version: Version, identity: str) -> None:
        super().show_version(version, identity)
        row = version.row(self.entity, identity)
        if row is None:
            return
        found = next((each for each in version.method.templates if each.code == row["code"]), None)
        users = [output.name for _, output in version.method.outputs() if output.template == row["code"]]
        used = f"Used by {', '.join(users)}." if users else "No deliverable names it as its template yet."
        self.told.setText(f"{count_text(len(found.content), 'byte') if found else 'Empty'}. {used}")
        self.replace_button.setEnabled(version.is_draft)


class DutyPage(QWidget):
    """The RACI table, with a field that adds a role."""

    said = Signal(str)
    wanted = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.grid, self.told = DutyGrid(theme), label("", "caption", wrap=True)
        self.role = QLineEdit()
        self.role.setPlaceholderText("Another role")
        self.role.setAccessibleName("Another role")
        self.role.setFixedWidth(theme.px(200))
        self.role.returnPressed.connect(self.add_role)
        self.add_button = Button("Add role", "plus", slot=self.add_role)
        self._added: list[str] = []
        self._version: Version | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.role)
        row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 20)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.grid, 1)
        column.addStretch(0)
        self.grid.duties.wanted.connect(self.wanted.emit)
        self.grid.refused.connect(self.said.emit)

    def show_version(self, version: Version, _identity: str) -> None:
        """Show the duties of a version."""
        if self._version is not None and self._version.head["id"] != version.head["id"]:
            self._added.clear()
        self._version = version
        self.grid.show_method(version.method, self._added, can_write=version.is_draft)
        self.told.setText(say_duties(self.grid.duties))
        self.grid.setVisible(self.grid.duties.rowCount() > 0 and self.grid.duties.columnCount() > 0)
        self.role.setEnabled(version.is_draft)
        self.add_button.setEnabled(version.is_draft)

    def add_role(self) -> None:
        """A column for a role; it is kept with the first letter in it."""
        name = " ".join(self.role.text().split())
        if not name or self._version is None:
            self.said.emit("Type the name of the role first.")
            self.role.setFocus()
            return
        if name.casefold() not in {each.casefold() for each in self.grid.duties.roles}:
            self._added.append(name)
            self.show_version(self._version, "")
        column = next(place for place, each in enumerate(self.grid.duties.roles) if each.casefold() == name.casefold())
        self.role.clear()
        if self.grid.duties.rowCount():
            self.grid.setCurrentIndex(self.grid.duties.index(0, column))
            self.grid.setFocus()

    def commit(self) -> None:
        """Nothing is left half typed in a table of letters."""

    def first_editor(self) -> QWidget:
        """Where typing begins."""
        return self.grid


Page = PartPage | DutyPage


def kind_words(entity: str) -> str:
    """What a spot is, over its title."""
    groups: dict[str, Any] = {"methodology": "Methodology", "duties": "Who does what"}
    one = KINDS[entity].one if entity in KINDS else groups.get(entity, "")
    return str(one)[:1].upper() + str(one)[1:]
