"""A workbook that asks one person for an update: their rows, what they may change in white, the rest locked and grey.

It asks for nothing but Excel or LibreOffice: no macro, no account. What comes back is read by `updates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from pmo_desktop.exchange import dress, lists, ticket
from pmo_desktop.exchange.dictionary import LISTS, RAG_MEANING
from pmo_desktop.exchange.exceltext import escape_text
from pmo_desktop.exchange.registersheet import Around, SheetContent, write_plain, write_register
from pmo_desktop.exchange.stream import streamed_book
from pmo_desktop.exchange.ticket import Ticket
from pmo_desktop.rules.wording import count_text, day_text, join_words

GUIDE = "How to answer"
OWN_SHEETS = (GUIDE, LISTS, ticket.TITLE)
_VERY_HIDDEN = "veryHidden"  # not offered under Unhide


@dataclass(frozen=True, slots=True)
class Request:
    """One workbook to be sent: to whom, what of, until when, and to whom it goes back."""

    ticket: Ticket
    name: str  # of the person
    title: str  # of the portfolio
    due: date | None
    back_to: str
    sheets: Sequence[SheetContent]
    around: Around


def write_send_out(request: Request, path: Path) -> None:
    """Write the workbook to `path`, which is written over; give it a temporary file (store.writing).

    Texts stay texts whatever they begin with; dates, amounts and percents are typed. Raises OSError when the disk is
    full.
    """
    with streamed_book(path) as book:
        book.properties.creator, book.properties.title = "PMO Desktop", escape_text(f"{request.title}: update")
        dress.protect(write_plain(book, GUIDE, _guide_rows(request), (24, 90)))
        placed = lists.Lists()
        for sheet in request.sheets:
            write_register(book, sheet, request.around, placed)
        _add_hidden(book, request, placed)


def _add_hidden(book: Workbook, request: Request, placed: lists.Lists) -> None:
    if placed.placed:
        write_plain(book, LISTS, placed.rows(), [28] * len(placed.placed)).sheet_state = "hidden"
    described = [(sheet.info.sheet, sheet.columns) for sheet in request.sheets]
    hidden = write_plain(book, ticket.TITLE, ticket.ticket_rows(request.ticket, described), (22, 34, 34, 22))
    hidden.sheet_state = _VERY_HIDDEN
    dress.protect(hidden)


def _guide_rows(request: Request) -> Iterator[tuple[str, str]]:
    counts = [
        count_text(len(sheet.rows), sheet.info.one, sheet.info.many) + f" on the sheet {sheet.info.sheet}"
        for sheet in request.sheets
    ]
    yield ("Update", request.title)
    yield ("For", request.name)
    if request.due:
        yield ("Answer by", day_text(request.due))
    yield ("Send back to", request.back_to)
    yield ("Your rows", join_words(counts) + ".")
    yield ("What to do", "Go through your rows and bring the white cells up to date. Grey cells are only to read.")
    yield ("Nothing new", "A white cell that you leave alone stays as it is. Empty it to say that there is no value.")
    yield ("Ratings", RAG_MEANING + ".")
    yield ("Not known yet", "Write TBC. Other words in a cell for a date or an amount are kept and looked at.")
    yield ("Rows", "Please add and delete none, and do not copy this workbook for somebody else: tell us instead.")
    yield ("Then", "Save the workbook under any name and send it back. Only what you changed is taken over.")
