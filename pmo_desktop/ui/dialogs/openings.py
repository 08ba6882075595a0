"""Roles still to be named: who could fill each, and naming one, whole or in part."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.openings import Opening, find_openings, share_that_fits, staff_openings, who_could_fill
from pmo_desktop.figures.requests import Prospect
from pmo_desktop.rules.wording import short_day
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label

_OPEN = ("Role", "Project", "From", "To", "Time")
_OPEN_WIDTHS = (0, 200, 110, 110, 90)
_PEOPLE = ("Who could fill it", "Role, time and skills", "Fit")
_PEOPLE_WIDTHS = (220, 0, 90)
_WHOLE = 100


class OpeningsDialog(Dialog):
    """`opening`, `prospect` and `share` are what was chosen when the primary button was pressed."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        self._book = book
        self._openings = find_openings(book)
        verb = "Name them" if self._openings else ""
        super().__init__("Who could fill open requests", parent, width=960, accept_text=verb)
        self._people: list[Prospect] = []
        if not self._openings:
            self.body.addWidget(label("No role is still to be named from the data date on.", "body2", wrap=True))
            return
        self.body.addWidget(label(f"The next 13 weeks: {staff_openings(book).words}", "body2", wrap=True))
        self.wanted = PlainTable(_OPEN, _OPEN_WIDTHS, [_texts(each) for each in self._openings], "Roles to be named")
        self.body.addWidget(self.wanted, 1)
        self.people = PlainTable(_PEOPLE, _PEOPLE_WIDTHS, [], "Who could fill it")
        self.body.addWidget(self.people, 1)
        self.nobody = label("", "caption", wrap=True)
        self.body.addWidget(self.nobody)
        self.part = QSpinBox()
        self.part.setRange(1, _WHOLE)
        self.part.setSuffix(" %")
        add_row(self.add_form(), "Share of the booking", self.part, "What is left stays with the role")
        self.wanted.itemSelectionChanged.connect(self._show_people)
        self.people.itemSelectionChanged.connect(self._fit_share)
        self._show_people()

    @property
    def opening(self) -> Opening:
        """The booking whose row is the current one."""
        return self._openings[max(0, self.wanted.currentRow())]

    @property
    def prospect(self) -> Prospect | None:
        """Who was chosen; None where nobody can."""
        row = self.people.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    @property
    def share(self) -> float:
        """The percent of the booking that they are named for."""
        return float(self.part.value())

    def commit(self) -> str:
        """Somebody must be chosen."""
        return "" if self.prospect else "Nobody has the role and the time. Choose another booking."

    def _show_people(self) -> None:
        self._people = who_could_fill(self._book, self.opening)
        self.people.fill([(each.resource.name, each.words, f"{each.candidate.score:.0%}") for each in self._people])
        self.nobody.setText("" if self._people else "Nobody has this role or a skill for it, and time left.")
        self._fit_share()

    def _fit_share(self) -> None:
        if self.accept_button is not None:
            self.accept_button.setEnabled(self.prospect is not None)
        if self.prospect is not None:
            self.part.setValue(int(share_that_fits(self.opening, self.prospect)))


def _texts(opening: Opening) -> tuple[str, ...]:
    span = opening.span
    return opening.role_name, opening.project, short_day(span.first), short_day(span.last), opening.amount
