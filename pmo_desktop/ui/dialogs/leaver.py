"""The leaver wizard: who leaves when, and for each booking and each thing owned who takes it over; one step in all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.leaver import BookedItem, Leaving, OwnedItem, read_leaving
from pmo_desktop.figures.slate import say_amount
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.leaver import REMOVE, STAY, Handover, key_of, leave
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.rules.words import RecordStatus
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_rows, read_settings
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row
from pmo_desktop.ui.dialogs.granted import done_granted
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label

_BOOKED = ("Booked for", "From", "To", "How much", "Taken over by")
_OWNED = ("What", "As", "Taken over by")
_TO = 380  # pixels of the column with the choices
_IDLE = "Stays as it is: no work falls on these days"
_STAYS, _GOES = "Stays as it is", "Take the booking away"
_NOTHING_ASKED = "Say who leaves and on which day; everything that has to be handed over is listed then."


class LeaverDialog(Dialog):
    """`entity` and `identity` name a resource or a person to begin with; either can be chosen in the dialog.

    `book`: the whole capacity book of the store, where it has been read already.
    """

    def __init__(
        self,
        store: Store,
        entity: str = "resource",
        identity: str | None = None,
        parent: QWidget | None = None,
        book: Book | None = None,
        context: Context | None = None,
    ) -> None:
        super().__init__("Somebody leaves", parent, width=960, accept_text="Hand over")
        self.store, self._book, self.context = store, book, context
        self.leaving: Leaving | None = None
        self.said = ""
        self.who, self.day = QComboBox(), DateField(data_date(read_settings(store)))
        self.who.setMaxVisibleItems(20)
        self.leavers = list_leavers(store)
        self.who.addItems([name for _sort, _key, name in self.leavers])
        wanted = [(sort, key) == (entity, identity) for sort, key, _name in self.leavers]
        self.who.setCurrentIndex(wanted.index(True) if any(wanted) else -1)
        form = self.add_form()
        add_row(form, "Who leaves", self.who)
        add_row(form, "Last day", self.day)
        self.told = label("", "body2", wrap=True)
        self.body.addWidget(self.told)
        self.booked, self.owned = _empty(_BOOKED, "Bookings"), _empty(_OWNED, "Owned")
        self.booked_choices: list[QComboBox] = []
        self.owned_choices: list[QComboBox] = []
        self.who.currentIndexChanged.connect(self.look)
        self.day.editingFinished.connect(self.look)
        self.day.textChanged.connect(self._look_at_pick)
        self.look()

    def look(self) -> None:
        """List what the chosen one leaves behind after the chosen day; said again only when either changed."""
        wanted = self._wanted()
        if wanted is None:
            self.leaving = None
            self._show()
        elif self.leaving is None or (wanted[1], wanted[2]) != (self._shown, self.leaving.on):
            self._book = self._book or read_book(self.store)  # once: nothing else is written while this is asked
            try:
                self.leaving = read_leaving(self.store, *wanted, self._book)
            except KeyError:
                self.leaving = None
            self._shown = wanted[1]
            self._show()

    def commit(self) -> str:
        """Hand over as chosen."""
        self.look()
        if self.leaving is None:
            return _NOTHING_ASKED
        deed = partial(leave, self.store, self.leaving, self.handover())
        try:
            deed()
        except Ruled as ruled:
            if not done_granted(self.context, ruled, deed, self):
                return str(ruled)
        except Known as known:
            return str(known)
        self.said = f"{self.leaving.name} leaves on {short_day(self.leaving.on)}"
        return ""

    def handover(self) -> Handover:
        """What is chosen in the tables."""
        assert self.leaving is not None  # noqa: S101  asked for only when somebody is shown
        booked = zip(self.leaving.booked, self.booked_choices, strict=True)
        owned = zip(self.leaving.owned, self.owned_choices, strict=True)
        return Handover(
            {item.allocation: choice.currentData() for item, choice in booked if choice.currentData() != STAY},
            {key_of(item): choice.currentData() for item, choice in owned if choice.currentData() != STAY},
        )

    # ------------------------------------------------------------------ below the counter

    _shown = ""

    def _look_at_pick(self) -> None:
        """A day picked from the calendar counts at once; one being typed, when it is done."""
        if not self.day.hasFocus():
            self.look()

    def _wanted(self) -> tuple[str, str, date] | None:
        chosen = self.leavers[self.who.currentIndex()][:2] if self.who.currentIndex() >= 0 else None
        try:
            day = self.day.day()
        except ValueError:
            return None
        return (*chosen, day) if chosen and day else None

    def _show(self) -> None:
        for table in (self.booked, self.owned):
            self.body.removeWidget(table)
            table.hide()
            table.deleteLater()
        booked = self.leaving.booked if self.leaving else ()
        owned = self.leaving.owned if self.leaving else ()
        self.told.setText(_say(self.leaving))
        self.booked = PlainTable(_BOOKED, (0, 96, 96, 90, _TO), [_booked_row(item) for item in booked], "Bookings")
        self.owned = PlainTable(_OWNED, (0, 150, _TO), [_owned_row(item) for item in owned], "Owned")
        names = read_names(self.store) if owned else {}
        people = sorted(
            ((row["id"], names.get(row["id"], "")) for row in read_rows(self.store, "person") if _is_in_use(row)),
            key=lambda each: each[1].casefold(),
        )
        self.booked_choices = [_add_choice(self.booked, row, 4, _booked_choice(it)) for row, it in enumerate(booked)]
        self.owned_choices = [
            _add_choice(self.owned, row, 2, _owned_choice(item, people, self.leaving)) for row, item in enumerate(owned)
        ]
        for table, rows in ((self.booked, booked), (self.owned, owned)):
            table.setVisible(bool(rows))
            self.body.addWidget(table, 1)
        self.fit()


def list_leavers(store: Store) -> list[tuple[str, str, str]]:
    """Who could leave, by name: every resource in use, and every person who is none: entity, id, name."""
    resources = [row for row in read_rows(store, "resource") if _is_in_use(row)]
    known = {row["person"] for row in resources}
    people = [row for row in read_rows(store, "person") if _is_in_use(row) and row["id"] not in known]
    found = [("resource", row["id"], row["name"]) for row in resources]
    found += [("person", row["id"], row["name"]) for row in people]
    return sorted(found, key=lambda each: (each[2] or "").casefold())


def _is_in_use(row: dict[str, object]) -> bool:
    return row["status"] != RecordStatus.CLOSED


def _empty(headers: Sequence[str], name: str) -> PlainTable:
    table = PlainTable(headers, (0,) * len(headers), [], name)
    table.hide()
    return table


def _say(leaving: Leaving | None) -> str:
    if leaving is None:
        return _NOTHING_ASKED
    if not leaving.booked and not leaving.owned:
        return f"Nothing of {leaving.name} has to be handed over after {short_day(leaving.on)}."
    unfilled = sum(not item.idle and not any(each.fits for each in item.proposals) for item in leaving.booked)
    open_ = unfilled + sum(not item.proposals for item in leaving.owned)
    said = (
        f"{count_text(len(leaving.booked), 'booking')} after {short_day(leaving.on)} and "
        f"{count_text(len(leaving.owned), 'thing')} owned. Candidates are ranked by skill fit and free time."
    )
    return f"{said} For {open_:,} nobody has the time or is known." if open_ else said


def _booked_row(item: BookedItem) -> tuple[str, ...]:
    return item.project, short_day(item.first), short_day(item.last), say_amount(item.quantity, item.unit), ""


def _owned_row(item: OwnedItem) -> tuple[str, ...]:
    return f"{BY_ENTITY[item.entity].one.capitalize()} {item.called}", item.field.label, ""


def _add_choice(table: PlainTable, row: int, column: int, choice: QComboBox) -> QComboBox:
    what = table.item(row, 0)
    choice.setAccessibleName(f"Who takes over {what.text() if what else ''}")
    table.setCellWidget(row, column, choice)
    return choice


def _booked_choice(item: BookedItem) -> QComboBox:
    choice = QComboBox()
    for each in item.proposals:
        choice.addItem(f"{each.name} ({each.why})", each.to)
    choice.addItem(_IDLE if item.idle else _STAYS, STAY)
    choice.addItem(_GOES, REMOVE)
    if item.proposals and not item.proposals[0].fits:
        choice.setCurrentIndex(choice.findData(STAY))  # nobody is over-booked unless it is chosen
    return choice


def _owned_choice(item: OwnedItem, people: Sequence[tuple[str, str]], leaving: Leaving | None) -> QComboBox:
    choice = QComboBox()
    proposed = {each.to for each in item.proposals}
    for each in item.proposals:
        choice.addItem(f"{each.name} ({each.why})", each.to)
    choice.addItem(_STAYS, STAY)
    if not item.field.required:
        choice.addItem("Nobody", None)
    for key, name in people:
        if key not in proposed and (leaving is None or key != leaving.person):
            choice.addItem(name, key)
    return choice
