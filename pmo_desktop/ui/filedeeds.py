"""What can be done with the file itself: mark a point, copy, back up, restore, look at its properties, check it.

What does it, and the dialogs, are read when they are first needed: nobody waits for them at the start.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.file import Store
from pmo_desktop.ui.deeds import ask_where
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dispatch import Handler
from pmo_desktop.ui.failures import Failures

_TICK_MS, _SOON_MS = 5 * 60_000, 5_000


class FileDeeds(QObject):
    """Adds its commands to a desk's handlers and makes backups while somebody works."""

    def __init__(self, desk: Desk, failures: Failures) -> None:
        super().__init__(desk)
        self._desk, self._failures = desk, failures
        self._window = desk.window
        handlers: dict[str, Handler] = {
            "file.copy": self._save_copy,
            "file.properties": self._show_properties,
            "tools.check": self._check,
        }
        if desk.store.path is not None and not desk.store.readonly:
            handlers |= {"file.point": self._name_point, "file.backup": self._back_up, "file.restore": self._restore}
            name_second_place(str(self._window.state.value("backup/second_place", "")))
            timer = QTimer(self, interval=_TICK_MS)
            timer.timeout.connect(lambda: self._back_up_if_due("TIMER"))
            timer.start()
            soon = QTimer(self, singleShot=True, interval=_SOON_MS)
            soon.timeout.connect(lambda: self._back_up_if_due("OPENED"))
            soon.start()
        desk.handlers |= handlers

    def _name_point(self) -> None:
        told = "Everything is saved already. A named point is a line in the history to come back to."
        from pmo_desktop.ui.dialogs.onefield import OneField  # noqa: PLC0415  as said above

        dialog = OneField("Save a named point", told, "Name", "Save point", self._mark, self._window)
        dialog.field.setPlaceholderText("Such as Before the June board")
        dialog.exec()

    def _mark(self, name: str) -> None:
        from pmo_desktop.operations.files import name_point  # noqa: PLC0415  as said above

        name_point(self._desk.store, name)
        self._desk.context.toast(f"Named point saved: {name.strip()}")

    def _save_copy(self) -> None:
        store = self._desk.store
        stem = store.path.stem if store.path else "portfolio"
        path = ask_where(self._desk, "Save a copy as", f"{stem} copy.pmo", "Portfolios (*.pmo)")
        if path is not None:
            from pmo_desktop.operations.files import save_copy  # noqa: PLC0415  as said above

            self._run("Saving a copy", lambda: save_copy(store, path.with_suffix(".pmo")), "Copy saved")

    def _back_up(self) -> None:
        name_second_place(str(self._window.state.value("backup/second_place", "")))
        from pmo_desktop.operations.files import back_up  # noqa: PLC0415  as said above

        self._run("Backing up", lambda: back_up(self._desk.store), "Backup made and verified")

    def _back_up_if_due(self, occasion: str) -> None:
        """Back up in the background where it is due; `occasion` is the name of an Occasion."""
        if self._window.runner.busy:
            return
        from pmo_desktop.operations.files import Occasion, back_up_if_due  # noqa: PLC0415  as said above

        store, when = self._desk.store, Occasion[occasion]
        self._desk.context.run("Backing up", lambda _progress: back_up_if_due(store, when), None, self._failures.show)

    def _restore(self) -> None:
        path = self._desk.store.path
        if path is None:
            return
        from pmo_desktop.ui.dialogs.restore import Restore  # noqa: PLC0415  as said above

        dialog = Restore(path, self._window)
        if dialog.exec() and dialog.restored is not None:
            restored = dialog.restored
            self._desk.context.toast(
                f"Restored to {restored.name}", "Open", lambda: self._window.opening.emit(restored)
            )

    def _show_properties(self) -> None:
        from pmo_desktop.operations.files import portfolio_properties  # noqa: PLC0415  as said above
        from pmo_desktop.ui.dialogs.properties import PropertiesDialog  # noqa: PLC0415

        PropertiesDialog(portfolio_properties(self._desk.store), self._window).exec()

    def _check(self) -> None:
        store = self._desk.store
        self._desk.context.run("Checking the file", lambda _progress: check_store(store), self._tell_check)

    def _tell_check(self, found: list[str]) -> None:
        if not found:
            self._desk.context.toast("The file was checked: nothing is wrong with it")
            return
        words = f"{count_text(len(found), 'thing is', 'things are')} wrong with the file: {' '.join(found[:3])}"
        self._window.banners.show_banner("check", "err", words, (("Restore from backup…", self._restore),))

    def _run(self, label: str, work: Handler, told: str) -> None:
        def done(path: Path) -> None:
            self._desk.context.toast(f"{told}: {path.name}")

        self._desk.context.run(label, lambda _progress: work(), done, self._failures.show)


def check_store(store: Store) -> list[str]:
    """What is wrong with an open portfolio, in sentences; read from a copy, so that work goes on."""
    from pmo_desktop.store.check import check_values, check_wholly  # noqa: PLC0415  as said above

    copy = store.copy_to_memory()
    try:
        return check_wholly(copy.raw) or check_values(copy.raw)
    finally:
        copy.close()


def name_second_place(folder: str) -> None:
    """Tell the store where backups go as well; an environment that names a place already is left alone."""
    if not folder:
        return
    from pmo_desktop.store.backup import SECOND_VARIABLE  # noqa: PLC0415  as said above

    os.environ.setdefault(SECOND_VARIABLE, folder)
