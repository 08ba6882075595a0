"""What a person sees when a rule of the PMO stands in the way of a deed: the rule, and what gets past it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from pmo_desktop.figures.authority import find_doer
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.operations.waivers import request_waiver
from pmo_desktop.rules.authority import Grant, Ruling
from pmo_desktop.rules.compliance import FUNCTIONS, Event, Reaction
from pmo_desktop.rules.wording import capital, count_text, sentence
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_rows, read_settings
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, make_form
from pmo_desktop.ui.dialogs.peoplefield import PeopleField, people_in_use
from pmo_desktop.ui.label import Rows, label

_NOTE_HEIGHT = 76
_NO_DAY = "The expiry is no day. Type it such as 13 Nov 2026."


class GrantDialog(Dialog):
    """Says each rule, takes the fields it demands and does the deed again; a block takes a waiver instead."""

    def __init__(
        self, context: Context, ruled: Ruled, again: Callable[[Grant], object], parent: QWidget | None = None
    ) -> None:
        self.blocks = [each for each in ruled.rulings if each.reaction is Reaction.BLOCK]
        title = "A rule of the PMO blocks this" if self.blocks else "The PMO's rules ask for more"
        verb = "Ask for a waiver" if self.blocks else "Go ahead"
        super().__init__(title, parent, width=640, accept_text=verb)
        self.context, self.ruled, self._again = context, ruled, again
        rulings = self.blocks or list(ruled.rulings)
        for ruling in rulings:
            self.body.addWidget(RulingCard(ruling))
        asks = {"reason", "expiry"} if self.blocks else {each for ruling in rulings for each in ruling.asks}
        self.fields = GrantFields(context.store, asks, waiving=bool(self.blocks))
        self.body.addWidget(self.fields)
        told = "Nothing has been changed. When the waiver is approved, do it again." if self.blocks else _KEPT
        self.body.addWidget(label(told, "caption", wrap=True))

    def commit(self) -> str:
        """Do the deed with what was filled in, or ask for the waivers."""
        try:
            granted = self.fields.read()
            if self.blocks:
                self._ask_waivers(granted)
            else:
                self._again(granted)
        except Known as known:
            return str(known)
        return ""

    def _ask_waivers(self, granted: Grant) -> None:
        for ruling in self.blocks:
            if ruling.project is None:
                raise Known("A waiver belongs to a project, and this rule is about none. Ask the head of the PMO.")
            ask_waiver(self.context.store, ruling.project, ruling.subject, granted, ruling.event)
        said = count_text(len(self.blocks), "waiver")
        self.context.toast(
            f"{said} requested", "Show", lambda: self.context.navigate("waivers", newest_waiver(self.context.store))
        )


_KEPT = "What you fill in is kept with the deed, and counted among the overrides."


class RulingCard(Rows):
    """One rule: what it is about, what it says, and who may set it aside."""

    def __init__(self, ruling: Ruling) -> None:
        super().__init__("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        column.addWidget(label(ruling.says, "strong", wrap=True))
        column.addWidget(label(sentence(ruling.subject), "body", wrap=True))
        column.addWidget(label(say_authority(ruling), "caption", wrap=True))


def say_authority(ruling: Ruling) -> str:
    """Under which authority a rule stands, and who may waive it."""
    over = f"{ruling.mode} authority over {FUNCTIONS[ruling.event].lower()}."
    return f"{over} {capital(ruling.waiver)} may waive it." if ruling.waiver else over


class GrantFields(QWidget):
    """Reason, expiry, approver and second person, as far as they are asked for."""

    def __init__(self, store: Store, asks: set[str], *, waiving: bool = False) -> None:
        super().__init__()
        self.asks = asks
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_NOTE_HEIGHT)
        self.expires = DateField()
        people = people_in_use(store) if asks & {"approver", "second person"} else []
        self.approver = PeopleField(people, nobody="Choose who approves it")
        self.second = PeopleField(people, nobody="Choose who agrees")
        form = make_form()
        self.setLayout(form)
        until = "Until when the waiver holds" if waiving else ""
        rows: Sequence[tuple[str, str, QWidget, str]] = (
            ("reason", "Reason", self.reason, ""),
            ("approver", "Approved by", self.approver, "Nobody approves their own."),
            ("second person", "Second person", self.second, "Somebody else who agrees to the rating."),
            ("expiry", "Expires on", self.expires, until),
        )
        for ask, words, field, note in rows:
            if ask in asks:
                add_row(form, words, field, note)
            else:
                field.setParent(self)
                field.hide()
        form.setContentsMargins(0, 0, 0, 0)

    def read(self) -> Grant:
        """What was filled in. Raises Known for what is missing and for a day that is none."""
        try:
            expires = self.expires.day() if "expiry" in self.asks else None
        except ValueError:
            raise Known(_NO_DAY) from None
        granted = Grant(self.reason.toPlainText().strip(), self.approver.person, expires, self.second.person)
        there = {
            "reason": bool(granted.reason),
            "approver": granted.approver is not None,
            "second person": granted.second is not None,
            "expiry": granted.expires is not None,
        }
        missing = [words for ask, words in _MISSING.items() if ask in self.asks and not there[ask]]
        if missing:
            raise Known(missing[0])
        return granted


_MISSING = {
    "reason": "The reason is empty: say why.",
    "approver": "Nobody is named who approves it: choose somebody.",
    "second person": "The second person is missing: choose who agrees.",
    "expiry": "The expiry is empty: say until which day it holds.",
}


def ask_waiver(
    store: Store, project: str, subject: str, granted: Grant, event: Event | None = None, concerns: str | None = None
) -> str:
    """Ask for a waiver in the name of whoever works; its id. Raises Known when its expiry is past."""
    today: date = data_date(read_settings(store))
    if granted.expires is not None and granted.expires < today:
        raise Known("The expiry is past: choose a day that lies ahead.")
    doer = next(iter(sorted(find_doer(read_rows(store, "person"), store.who))), None)
    return request_waiver(store, project, subject, granted.reason, today, event, concerns, doer, granted.expires)


def newest_waiver(store: Store) -> str | None:
    """The id of the waiver that was asked for last."""
    return max((str(row["id"]) for row in read_rows(store, "waiver")), default=None)


class WaiverDialog(Dialog):
    """Asks to do without a gate, a criterion, a deliverable or a standing control of one project."""

    def __init__(
        self, context: Context, project: str, called: str, concerns: str, subject: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Ask for a waiver", parent, width=640, accept_text="Ask for a waiver")
        self.context, self.project, self.concerns, self.subject = context, project, concerns, subject
        self.made = ""
        self.body.addWidget(label(f"{called} wants to do without “{subject}”.", "body2", wrap=True))
        self.fields = GrantFields(context.store, {"reason", "expiry"}, waiving=True)
        self.body.addWidget(self.fields)

    def commit(self) -> str:
        """Ask for it."""
        try:
            self.made = ask_waiver(
                self.context.store, self.project, self.subject, self.fields.read(), concerns=self.concerns
            )
        except Known as known:
            return str(known)
        self.context.toast("Waiver requested", "Show", lambda: self.context.navigate("waivers", self.made))
        return ""
