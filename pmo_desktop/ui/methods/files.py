"""Files of the methodology pane: starters and files taken in, templates saved, documents made, evidence opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from pmo_desktop.operations.attachments import copy_to_open
from pmo_desktop.operations.methodfiles import import_method, take_starter
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_row, read_settings
from pmo_desktop.store.writing import replacing
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.furniture import Furniture
from pmo_desktop.ui.methods.page import GatePage
from pmo_desktop.ui.methods.readiness import ReadinessInspector
from pmo_desktop.ui.methods.resourcepage import ResourcePage
from pmo_desktop.ui.methods.shelf import Shelf


class ShownFiles(Protocol):
    """What of the pane the deeds with files need."""

    context: Context
    shelf: Shelf
    version: str
    check: Check | None
    page: GatePage
    resources: ResourcePage
    inspector: ReadinessInspector
    pages: Furniture

    def go_to_version(self, version: str) -> None:
        """Show another version."""


class FileDeeds:
    """The deeds of one pane with files."""

    def __init__(self, shown: ShownFiles) -> None:
        self.shown = shown

    def connect_all(self) -> None:
        """Answer what the parts of the pane ask for."""
        shown = self.shown
        shown.pages.taken.connect(self.take_up)
        shown.pages.file_asked.connect(self.take_file)
        shown.inspector.file_asked.connect(self.open_evidence)
        shown.resources.template_asked.connect(self.save_template)
        shown.page.templates.link_clicked.connect(lambda code, _column: self.make_document(code))
        shown.page.templates.opened.connect(self.make_document)
        shown.resources.list.opened.connect(self.save_template)
        shown.page.checklist.link_clicked.connect(lambda code, _column: self.open_first(code))

    # ------------------------------------------------------------------ into the library

    def take_up(self, code: str) -> None:
        """Take a starter into the library and approve it, so that projects can follow it at once."""
        store = self.shown.context.store
        try:
            made = take_starter(store, code, data_date(read_settings(store)))
        except Known as known:
            self._refuse(known)
            return
        self._tell_taken(made, "taken up and approved")

    def take_file(self) -> None:
        """Take one in from a workbook, or from a folder by its head."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._over(), "Take in a methodology", "", "Methodologies (*.xlsx method.md)"
        )
        if not chosen:
            return
        try:
            taken = import_method(self.shown.context.store, Path(chosen))
        except Known as known:
            self._refuse(known)
            return
        self._tell_taken(taken.methodology, "taken in as a draft")

    def _tell_taken(self, made: str, how: str) -> None:
        row = read_row(self.shown.context.store, "methodology", made) or {}
        self.shown.go_to_version(made)
        words = f"{row.get('name')} {row.get('version') or ''}".strip()
        self.shown.context.toast(f"{words} {how}", "Undo", partial(undo_last, self.shown.context))

    # ------------------------------------------------------------------ out of it

    def make_document(self, code: str) -> None:
        """Fill a template with what is known of the checked project; without a project, save a copy of it."""
        check = self.shown.check
        if check is None:
            self.save_template(code)
            return
        folder = QFileDialog.getExistingDirectory(self._over(), "Where to put the document")
        if not folder:
            return
        # docxtpl and openpyxl are not read before somebody makes a document.
        from pmo_desktop.operations.documents import generate_document  # noqa: PLC0415

        try:
            path = generate_document(self.shown.context.store, check.gate.project, code, Path(folder))
        except Known as known:
            self._refuse(known)
            return
        self.shown.context.toast(f"{path.name} made", "Open", lambda: open_file(path))

    def save_template(self, code: str) -> None:
        """Write a copy of a template where the person chooses."""
        method = self.shown.shelf.method(self.shown.version)
        template = next((each for each in method.templates if each.code == code), None) if method else None
        if template is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(self._over(), "Save a copy", template.file_name)
        if not chosen:
            return
        try:
            with replacing(Path(chosen)) as temporary:
                temporary.write_bytes(template.content)
        except Known as known:
            self._refuse(known)
            return
        self.shown.context.toast(f"{Path(chosen).name} saved")

    def open_first(self, code: str) -> None:
        """Open what is attached to a criterion, or go to the deliverable that shows it."""
        found = self.shown.check.find(code) if self.shown.check else None
        if found is None:
            return
        if found.evidence:
            self.open_evidence(found.evidence[0].attachment)
        elif found.deliverable:
            self.shown.context.navigate("deliverables", found.deliverable)

    def open_evidence(self, attachment: str) -> None:
        """Show an attached file or link in the program that the system has for it; programs are never run."""
        row = read_row(self.shown.context.store, "attachment", attachment)
        if row is None:
            return
        if row["link"]:
            QDesktopServices.openUrl(QUrl(row["link"]))
            return
        try:
            open_file(copy_to_open(self.shown.context.store, attachment))
        except Known as known:
            self._refuse(known)

    def _refuse(self, known: Known) -> None:
        self.shown.context.toast(str(known))

    def _over(self) -> QWidget:
        return self.shown.page


def open_file(path: Path) -> None:
    """Show a file in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
