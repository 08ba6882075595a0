"""The chase list: who has not answered, since when, and the words to remind them with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from pmo_desktop.figures.reminders import Reminder, chase_text
from pmo_desktop.figures.sendouts import Outstanding
from pmo_desktop.rules.wording import short_day
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label

_COLUMNS = ("Who", "How it stands", "Sent", "Due", "Workbook")
_WIDTHS = (180, 150, 100, 100, 0)


class ChaseDialog(Dialog):
    """`remind` writes the letter for one of those who are waited for; the buttons copy it or open it as an e-mail."""

    def __init__(
        self,
        waiting: Sequence[Outstanding],
        remind: Callable[[Outstanding], Reminder],
        toast: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Chase list", parent, width=960)
        self._waiting, self._remind, self._toast = waiting, remind, toast
        told = (
            "Whoever was asked for an update and has not answered, the most overdue first. An answer is taken off the "
            "list when it is imported."
            if waiting
            else "Nobody is waited for: every workbook that was sent out has come back."
        )
        self.body.addWidget(label(told, "body2", wrap=True))
        texts = [
            (each.name, each.standing, short_day(each.sent_on), short_day(each.due), each.file) for each in waiting
        ]
        self.table = PlainTable(_COLUMNS, _WIDTHS, texts, "Answers still to come")
        self.letter = label("", "caption", wrap=True)
        if waiting:
            self.body.addWidget(self.table, 1)
            self.body.addWidget(self.letter)
            self.email = Button("Write e-mail", "message-square", slot=self._write)
            self.foot.insertWidget(0, self.email)
            self.foot.insertWidget(1, Button("Copy reminder", "copy", slot=self._copy_reminder))
            self.foot.insertWidget(2, Button("Copy list", "list", slot=self._copy_list))
            self.table.itemSelectionChanged.connect(self._show_letter)
            self._show_letter()

    def chosen(self) -> Outstanding:
        """The one whose row is the current one."""
        return self._waiting[max(0, self.table.currentRow())]

    def _show_letter(self) -> None:
        letter = self._remind(self.chosen())
        address = letter.to or f"no address is kept for {self.chosen().name}"
        self.letter.setText(f"To: {address}\nSubject: {letter.subject}\n\n{letter.body}")

    def _write(self) -> None:
        letter = self._remind(self.chosen())
        url = f"mailto:{quote(letter.to)}?subject={quote(letter.subject)}&body={quote(letter.body)}"
        if not QDesktopServices.openUrl(QUrl(url)):
            self.show_message("No e-mail program answered. Copy the reminder and paste it into a message.", "warn")

    def _copy_reminder(self) -> None:
        letter = self._remind(self.chosen())
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        self._toast(f"Reminder to {self.chosen().name} copied")

    def _copy_list(self) -> None:
        QGuiApplication.clipboard().setText(chase_text(self._waiting))
        self._toast("Chase list copied")
