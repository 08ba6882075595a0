"""The sheet `Data dictionary` of an export: what every column means, and how to read it back without guessing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmo_desktop.exchange.sheets import Column
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.scales import POINTS, SCALES, point_word

TITLE = "Data dictionary"
ABOUT, LISTS, LONG_TEXTS, KEPT = "About this export", "Lists", "Long texts", "Kept texts"
STAMP = "Newest change (batch)"  # on ABOUT: which state the workbook shows, and is compared with when it comes back
OWN_SHEETS = (TITLE, LISTS, ABOUT, LONG_TEXTS, KEPT)  # sheets of an export that hold no register
KEPT_HEADERS = ("On sheet", "Identity", "Under header", "Words kept where no value could be read")
HEADERS = (
    "On sheet",
    "Under header",
    "What it means",
    "Kind of value",
    "Measured in",
    "Allowed values",
    "Read back as",
)

KIND_WORDS: dict[Kind, str] = {
    Kind.TEXT: "Text",
    Kind.NOTE: "Long text",
    Kind.CODE: "Reference",
    Kind.NUMBER: "Number",
    Kind.PERCENT: "Percent",
    Kind.MONEY: "Money",
    Kind.DATE: "Date",
    Kind.MONTH: "Month",
    Kind.YESNO: "Yes or No",
    Kind.CHOICE: "Choice",
    Kind.LINK: "Link",
    Kind.PERSON: "Person",
    Kind.POINT: "Point of a scale",
    Kind.RAG: "Rating",
}
RAG_MEANING = "R red, AR amber/red, A amber, AG amber/green, G green, C complete; empty: not rated"
_IDENTITY_HELP = "Which record the row is; hidden. Leave it alone and the row is found again even when it was renamed."


@dataclass(frozen=True, slots=True)
class Entry:
    """What an export of ours says about one of its columns."""

    field: str  # the field's name; "" for a computed figure, which a re-import leaves out
    kind: Kind | None


def dictionary_rows(sheets: Iterable[tuple[str, Sequence[Column]]]) -> list[tuple[str, ...]]:
    """One line a column, without the header, for sheets given as (title, columns)."""
    return [_line(title, column) for title, columns in sheets for column in columns]


def read_dictionary(grid: Sequence[Sequence[Any]]) -> Mapping[tuple[str, str], Entry]:
    """What the sheet `Data dictionary` of an export says: (sheet, header) -> Entry.

    `grid` is the whole sheet, its first row the header. Empty when it is not a dictionary of ours: someone else's
    sheet of that name, or one whose headers were changed, says nothing. Percent columns of an export hold fractions.
    """
    if not grid or tuple(str(cell) for cell in grid[0][: len(HEADERS)]) != HEADERS:
        return {}
    kinds = {words: kind for kind, words in KIND_WORDS.items()}
    blank = [""] * len(HEADERS)  # readers leave out blank cells at the right
    lines = ([*(str(cell or "") for cell in row), *blank] for row in grid[1:])
    return {(line[0], line[1]): Entry(line[6], kinds.get(line[3])) for line in lines if line[0] and line[1]}


def _line(title: str, column: Column) -> tuple[str, ...]:
    field = column.field
    meaning = _IDENTITY_HELP if column.hidden else field.help or field.label
    read_back = "" if field.computed else field.name
    return (title, column.header, meaning, KIND_WORDS[field.kind], _unit(field), _allowed(field), read_back)


def _unit(field: Field) -> str:
    if field.kind is Kind.MONEY:
        return "the currency of the row"
    return "percent of one hundred" if field.kind is Kind.PERCENT else field.unit


def _allowed(field: Field) -> str:
    if field.kind is Kind.RAG:
        return RAG_MEANING
    if field.kind is Kind.POINT:
        return ", ".join(point_word(point, SCALES[field.scale]) for point in POINTS)
    if field.kind is Kind.YESNO:
        return "Yes, No"
    if field.computed:
        return "computed; not read back"
    return ", ".join(field.choices)
