"""Restore from a backup: to a new file beside the present one, or in the place of a damaged one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QListWidget, QListWidgetItem, QWidget

from pmo_desktop.operations.files import list_backups, recover_portfolio, restore_backup
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.backup import Backup
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.properties import size_words
from pmo_desktop.ui.firstrun import when_words
from pmo_desktop.ui.label import label

_BACKUP = Qt.ItemDataRole.UserRole


class Restore(Dialog):
    """`restored` is the file that now holds the backup."""

    def __init__(self, path: Path, parent: QWidget | None = None, *, damaged: bool = False) -> None:
        words = "Put back the backup" if damaged else "Restore to a new file…"
        super().__init__("Restore from backup", parent, accept_text=words)
        self._path, self._damaged = path, damaged
        self.restored: Path | None = None
        told = (
            f"{path.name} is damaged. It is set aside under another name, not deleted, and the backup takes its place."
            if damaged
            else f"{path.name} stays as it is. The backup comes back as a file of its own."
        )
        self.body.addWidget(label(told, "body2", wrap=True))
        self.list = QListWidget()
        self.list.setProperty("role", "boxed")
        self.list.setAccessibleName("Backups, newest first")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(240)
        self.body.addWidget(self.list, 1)
        backups = list_backups(path)
        minutes = Counter(when_words(backup.moment) for backup in backups)
        for backup in backups:
            self._add(backup, exact=minutes[when_words(backup.moment)] > 1)
        self.foot.insertWidget(0, Button("Another backup file…", kind="ghost", slot=self._choose_file))
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.show_message("There is no backup of this portfolio in the usual place. Choose a file.", "warn")

    def commit(self) -> str:
        """Restore what is selected."""
        if self.list.currentRow() < 0:
            return "Choose a backup first."
        backup = Path(str(self.list.currentItem().data(_BACKUP)))
        try:
            if self._damaged:
                recover_portfolio(self._path, backup)
                self.restored = self._path
                return ""
            place = self._ask_place()
            if place is None:
                return "Nothing was restored: no place was chosen."
            self.restored = restore_backup(backup, place)
        except Known as error:
            return str(error)
        return ""

    def _ask_place(self) -> Path | None:
        name = self._path.with_name(f"{self._path.stem} restored.pmo")
        chosen, _kind = QFileDialog.getSaveFileName(self, "Restore to a new file", str(name), "Portfolios (*.pmo)")
        return Path(chosen).with_suffix(".pmo") if chosen else None

    def _add(self, backup: Backup, *, exact: bool) -> None:
        """A line for a backup; `exact` adds the second where the minute alone does not tell it from another."""
        when = when_words(backup.moment)
        if exact:
            day, time = when.split(" ")[0] if when.startswith("Today") else f"{when},", backup.moment.astimezone()
            when = f"{day} {time:%H:%M:%S}"
        projects = backup.counts.get("project")
        count = f", {count_text(projects, 'project')}" if projects is not None else ""
        item = QListWidgetItem(f"{when}{count}, {size_words(backup.size)}")
        item.setData(_BACKUP, str(backup.path))
        item.setToolTip(str(backup.path))
        self.list.addItem(item)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Choose a backup", str(self._path.parent), "Portfolios (*.pmo);;All files (*)"
        )
        if chosen:
            item = QListWidgetItem(Path(chosen).name)
            item.setData(_BACKUP, chosen)
            self.list.insertItem(0, item)
            self.list.setCurrentRow(0)
            self.clear_message()
