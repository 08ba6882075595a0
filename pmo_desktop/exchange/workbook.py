"""Registers as an Excel workbook that can be edited and imported back: sheets, dictionary, lists, an account of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from pmo_desktop.exchange import dictionary, lists
from pmo_desktop.exchange.exceltext import escape_text, text_pieces
from pmo_desktop.exchange.registersheet import Around, Oddity, SheetContent, write_plain, write_register
from pmo_desktop.exchange.stream import streamed_book

_LONG_HEADER = ("On sheet", "In cell", "Under header", "Part", "The whole text, piece by piece")


@dataclass(frozen=True, slots=True)
class Content:
    """A whole export. `about` says in pairs (what, value) which state of which portfolio it shows."""

    sheets: Sequence[SheetContent]
    around: Around
    title: str
    about: Sequence[tuple[str, str]]


def write_workbook(content: Content, path: Path) -> None:
    """Write the export to `path`, which is written over; give it a temporary file (store.writing).

    Texts stay texts whatever they begin with; a text longer than a cell is cut with a note and stands whole on the
    sheet `Long texts`; amounts, numbers, percents and dates are typed. Raises OSError when the disk is full.
    """
    with streamed_book(path) as book:
        book.properties.creator, book.properties.title = "PMO Desktop", escape_text(content.title)
        placed = lists.Lists()
        oddities: list[Oddity] = []
        for sheet in content.sheets:
            oddities += write_register(book, sheet, content.around, placed)
        _write_dictionary(book, content.sheets)
        if placed.placed:
            write_plain(book, dictionary.LISTS, placed.rows(), [28] * len(placed.placed))
        write_plain(book, dictionary.ABOUT, _about_rows(content, oddities), (26, 110))
        if len(kept := list(_kept_rows(content.sheets))) > 1:
            write_plain(book, dictionary.KEPT, kept, (18, 38, 26, 80))
        if any(oddity.cut for oddity in oddities):
            write_plain(book, dictionary.LONG_TEXTS, _long_rows(oddities), (18, 9, 20, 7, 100))


def _write_dictionary(book: Workbook, sheets: Iterable[SheetContent]) -> None:
    described = dictionary.dictionary_rows((sheet.info.sheet, sheet.columns) for sheet in sheets)
    write_plain(book, dictionary.TITLE, [dictionary.HEADERS, *described], (18, 24, 46, 16, 22, 50, 20))


def _about_rows(content: Content, oddities: Sequence[Oddity]) -> Iterator[tuple[str, str]]:
    yield ("About", content.title)
    yield from content.about
    for sheet in content.sheets:
        yield (sheet.info.sheet, _counted(len(sheet.rows), "row", "rows"))
    yield (
        "Reading it back",
        "Edit any cell, keep the headers, and import the workbook: only what you changed changes.",
    )
    yield ("Ratings", dictionary.RAG_MEANING)
    for oddity in oddities:
        yield (f"{oddity.sheet}!{oddity.cell}", f"{oddity.header}: {_explained(oddity)}")


def _explained(oddity: Oddity) -> str:
    if oddity.cut:
        return f"cut, since a cell ends there; the whole text stands on the sheet {dictionary.LONG_TEXTS}."
    return "written as text, since Excel would change a number of more than 15 digits or a day before March 1900."


def _kept_rows(sheets: Iterable[SheetContent]) -> Iterator[tuple[str, ...]]:
    """The words of cells without a value, so that the portfolio which reads them back keeps them as words too."""
    yield dictionary.KEPT_HEADERS
    for sheet in sheets:
        for row in sheet.rows if sheet.texts else ():
            for column in sheet.columns:
                text = sheet.texts.get((row["id"], column.field.name))
                if text and row.get(column.field.name) in (None, ""):
                    yield (sheet.info.sheet, row["id"], column.header, text)


def _long_rows(oddities: Iterable[Oddity]) -> Iterator[tuple[str, ...]]:
    yield _LONG_HEADER
    for oddity in oddities:
        pieces = text_pieces(oddity.text) if oddity.cut else ()
        for number, piece in enumerate(pieces, start=1):
            yield (oddity.sheet, oddity.cell, oddity.header, f"{number} of {len(pieces)}", piece)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
