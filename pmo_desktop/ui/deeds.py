"""What can be done with an open file as a whole: undo, redo, its history, settings, copies, backups, exports.

The dialogs are read when they are first asked for: all of them together take as long to read as the register to fill.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog

from pmo_desktop.operations.history import Undone, redo, undo
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dispatch import Handler
from pmo_desktop.ui.failures import Failures
from pmo_desktop.ui.panes.closuredeeds import show_authority
from pmo_desktop.ui.panes.resourcedeeds import everywhere


class Deeds:
    """Adds its commands to a desk's handlers."""

    def __init__(self, desk: Desk, failures: Failures) -> None:
        self._desk, self._failures = desk, failures
        self._window = desk.window
        writing: dict[str, Handler] = {
            "edit.undo": lambda: self._step(undo, "Undone"),
            "edit.redo": lambda: self._step(redo, "Redone"),
            "file.settings": self._show_settings,
            "file.data_date": self._pick_data_date,
            "file.import": lambda: desk.context.import_file(None),
            "file.sendout": partial(_ask_for_updates, desk, failures),
            "capacity.smooth": partial(_balance, desk, failures, may_pass_finish=False),
            "capacity.level": partial(_balance, desk, failures, may_pass_finish=True),
            "capacity.fill": partial(_fill_openings, desk, failures),
            **everywhere(desk.context),
        }
        reading: dict[str, Handler] = {
            "governance.authority": lambda: show_authority(desk.context),
            "edit.history": self._show_history,
            "file.export": self._export,
            "file.chase": partial(_show_chase, desk),
            "reports.pack": lambda: desk.navigate("reports"),
        }
        desk.handlers |= reading if desk.store.readonly else reading | writing

    def _step(self, deed: Callable[..., Undone], verb: str) -> None:
        try:
            done = deed(self._desk.store)
        except Known as error:
            self._desk.context.say(str(error))
            return
        what = done.what.removeprefix("Undo: ").removeprefix("Undo: ")
        if done.refused:
            from pmo_desktop.operations.undoreport import refusal_words, report_undo  # noqa: PLC0415  as said above

            sentence = refusal_words(report_undo(self._desk.store, done))
            self._window.banners.show_banner("undo", "warn", f"{verb}: {what}. {sentence}")
        else:
            self._desk.context.toast(f"{verb}: {what}")

    def _show_history(self) -> None:
        from pmo_desktop.ui.dialogs.history import History  # noqa: PLC0415  as said above

        History(self._desk.store, self._desk.context.toast, self._window).exec()

    def _show_settings(self) -> None:
        from pmo_desktop.ui.dialogs.filesettings import FileSettings  # noqa: PLC0415  as said above

        FileSettings(self._desk.store, self._window).exec()

    def _pick_data_date(self) -> None:
        from pmo_desktop.ui.dialogs.datefield import CalendarPopup  # noqa: PLC0415  as said above

        day = data_date(read_settings(self._desk.store))
        button = self._window.statusbar.date
        popup = CalendarPopup(day, self._set_data_date, button)
        popup.offer("Follow the calendar", lambda: self._set_data_date(None))
        popup.show_at(button.mapToGlobal(QPoint(0, -popup.sizeHint().height() - 4)))

    def _set_data_date(self, day: date | None) -> None:
        try:
            change_settings(self._desk.store, {"data_date": day})
        except Known as error:
            self._failures.show(error)
            return
        words = f"Lateness is judged by {day_text(day)}" if day else "Lateness is judged by today's date"
        self._desk.context.toast(words, "Undo", lambda: self._window.dispatch.perform("edit.undo"))

    def _export(self) -> None:
        path = ask_where(self._desk, "Export the workbook", f"{self._stem()}.xlsx", "Excel workbooks (*.xlsx)")
        if path is None:
            return
        from pmo_desktop.operations.exports import export_registers  # noqa: PLC0415  brings openpyxl: 0.3 s

        self._desk.context.run(
            "Exporting the workbook",
            lambda _progress: sum(export_registers(self._desk.store, path).rows.values()),
            lambda rows: self._desk.context.toast(f"{rows:,} rows exported to {path.name}"),
            self._failures.show,
        )

    def _stem(self) -> str:
        return self._desk.store.path.stem if self._desk.store.path else "portfolio"


def ask_where(desk: Desk, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file; beside the portfolio at first, then where the last one went."""
    state = desk.window.state
    beside = desk.store.path.parent if desk.store.path else Path.home()
    folder = Path(str(state.value("files/export_folder", beside)))
    chosen, _kind = QFileDialog.getSaveFileName(desk.window, title, str(folder / name), kinds)
    if not chosen:
        return None
    state.setValue("files/export_folder", str(Path(chosen).parent))
    return Path(chosen)


def _ask_for_updates(desk: Desk, failures: Failures) -> None:
    from pmo_desktop.ui.asking import ask_for_updates  # noqa: PLC0415  as said above

    ask_for_updates(desk, failures)


def _show_chase(desk: Desk) -> None:
    from pmo_desktop.ui.asking import show_chase  # noqa: PLC0415  as said above

    show_chase(desk)


def _balance(desk: Desk, failures: Failures, *, may_pass_finish: bool) -> None:
    from pmo_desktop.ui.balancing import balance  # noqa: PLC0415  brings numpy, which no register needs

    balance(desk, failures, may_pass_finish=may_pass_finish)


def _fill_openings(desk: Desk, failures: Failures) -> None:
    from pmo_desktop.ui.balancing import fill_openings  # noqa: PLC0415  as above

    fill_openings(desk, failures)
