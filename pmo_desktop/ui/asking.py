"""Asking managers for updates and chasing their answers, from the open file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pmo_desktop.exchange.asked import ASKED
from pmo_desktop.figures.reminders import remind
from pmo_desktop.figures.sendouts import chase_list, list_managers
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.rows import read_settings
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.chase import ChaseDialog
from pmo_desktop.ui.dialogs.sendout import SendOutDialog
from pmo_desktop.ui.failures import Failures

if TYPE_CHECKING:
    from pmo_desktop.operations.sendouts import Sent

_FOLDER = "files/send_out_folder"


def ask_for_updates(desk: Desk, failures: Failures) -> None:
    """Choose managers, day and folder, then write the workbooks in the background."""
    beside = desk.store.path.parent if desk.store.path else Path.home()
    folder = Path(str(desk.window.state.value(_FOLDER, beside)))
    today = date.today()  # noqa: DTZ011  the reader's own day is what is meant
    dialog = SendOutDialog(list_managers(desk.store, ASKED), folder, today, desk.window)
    if not dialog.exec():
        return
    desk.window.state.setValue(_FOLDER, str(dialog.folder))
    from pmo_desktop.operations.sendouts import send_out  # noqa: PLC0415  brings openpyxl: 0.3 s

    def done(sent: tuple[Sent, ...]) -> None:
        words = f"{count_text(len(sent), 'workbook')} written to {dialog.folder}"
        url = QUrl.fromLocalFile(str(dialog.folder))
        desk.context.toast(words, "Open the folder", lambda: QDesktopServices.openUrl(url))

    def work(_progress: object) -> tuple[Sent, ...]:
        return send_out(desk.store, dialog.people, dialog.folder, dialog.due)

    desk.context.run("Sending out for update", work, done, failures.show)


def show_chase(desk: Desk) -> None:
    """The chase list."""
    settings = read_settings(desk.store)
    title = settings["title"] or settings["organisation"] or "the portfolio"
    sender = settings["owner"] or desk.store.who
    waiting = chase_list(desk.store)
    ChaseDialog(waiting, lambda each: remind(each, title, sender), desk.context.toast, desk.window).exec()
