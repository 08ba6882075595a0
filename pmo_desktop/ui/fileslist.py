"""The files and links of one entry: attached, opened, exported and taken off; a dropped file is attached."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.figures.attachments import Attached, read_attachments
from pmo_desktop.operations.attachments import (
    attach_file,
    attach_link,
    copy_to_open,
    export_attachment,
    remove_attachment,
)
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.onefield import OneField
from pmo_desktop.ui.drops import dropped_paths
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.openfile import open_with_system

_T = TypeVar("_T")
_FOLDER = "files/attach_folder"
_NONE = "Nothing is attached. Drop a file here, or attach one."


class FilesList(Rows):
    """Shows the attachments of one row of an entity."""

    def __init__(self, context: Context, entity: str) -> None:
        super().__init__("scrolled")
        self.context, self.store, self.entity, self.row = context, context.store, entity, ""
        self.parts: list[AttachedRow] = []
        self.dialog: OneField | None = None
        self.setAccessibleName("Files and links")
        self.none = label(_NONE, "body2", wrap=True)
        self.file_button = Button("Attach file…", "plus", slot=self.ask_files)
        self.link_button = Button("Add link…", "link", slot=self.ask_link)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(8)
        for button in (self.file_button, self.link_button):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.none)
        column.addLayout(self.lines)
        column.addLayout(foot)

    def show_row(self, row: str, *, editable: bool) -> None:
        """Show what is attached to a row."""
        self.row = row
        self.setAcceptDrops(editable)
        found = read_attachments(self.store, self.entity, [row]).get(row, ())
        for part in self.parts:
            self.lines.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = [AttachedRow(each, self, editable=editable) for each in found]
        for part in self.parts:
            self.lines.addWidget(part)
        self.none.setVisible(not found)
        for button in (self.file_button, self.link_button):
            button.setVisible(editable)

    def ask_files(self) -> None:
        """Choose files to attach."""
        folder = str(self.context.settings.value(_FOLDER, str(Path.home())))
        chosen, _kind = QFileDialog.getOpenFileNames(self, "Attach files", folder)
        if chosen:
            self.context.settings.setValue(_FOLDER, str(Path(chosen[0]).parent))
            self.attach([Path(each) for each in chosen])

    def attach(self, paths: list[Path]) -> None:
        """Keep copies of files with the row, each as one step."""
        made = [path for path in paths if self.try_(partial(attach_file, self.store, self.entity, self.row, path))]
        if made:
            words = made[0].name if len(made) == 1 else count_text(len(made), "file")
            self.context.toast(f"{words} attached", "Undo", partial(undo_last, self.context))

    def ask_link(self) -> None:
        """Type the address of a page."""
        told = "The address of a page that begins with https:// or http://."
        deed = partial(attach_link, self.store, self.entity, self.row)
        self.dialog = OneField("Add a link", told, "Address", "Add link", deed, self.window())
        self.dialog.open()

    def open_one(self, each: Attached) -> None:
        """Open a link in the browser, a file as a copy in the program that the system has for it."""
        self.try_(lambda: open_with_system(each.link or copy_to_open(self.store, each.id)))

    def export_one(self, each: Attached) -> None:
        """Write a file into a folder."""
        folder = QFileDialog.getExistingDirectory(self, f"Export {each.name} to")
        if folder and (made := self.try_(lambda: export_attachment(self.store, each.id, Path(folder)))):
            self.context.toast(f"{made.name} written to {made.parent}")

    def remove_one(self, each: Attached) -> None:
        """Take an attachment off; undo brings it back."""
        if self.try_(lambda: remove_attachment(self.store, each.id)):
            self.context.toast(f"{each.name} removed", "Undo", partial(undo_last, self.context))

    def try_(self, deed: Callable[[], _T]) -> _T | None:
        """Do a deed; what cannot be done is said."""
        try:
            return deed()
        except Known as known:
            self.context.toast(str(known))
            return None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.attach(dropped_paths(event.mimeData()))


class AttachedRow(QWidget):
    """One file or link with what can be done with it."""

    def __init__(self, each: Attached, files: FilesList, *, editable: bool) -> None:
        super().__init__()
        name = ElidedLabel(each.name, "strong")
        added = f"{short_day(each.added_on)}" if each.added_on else ""
        told = " · ".join(filter(None, ("Link" if each.link else each.size_text, added, each.added_by, each.note)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(ElidedLabel(told, "caption"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(2)
        row.addLayout(words, 1)
        self.buttons = {"open": IconButton("external-link", f"Open {each.name}", partial(files.open_one, each))}
        if each.link is None:
            self.buttons["export"] = IconButton("download", f"Export {each.name}", partial(files.export_one, each))
        if editable:
            self.buttons["remove"] = IconButton("trash-2", f"Remove {each.name}", partial(files.remove_one, each))
        for button in self.buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule("rule_soft"))
