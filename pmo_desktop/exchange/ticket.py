"""The hidden sheet of a workbook that was sent out: which send-out it is, and which field each of its columns is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.sheets import Column

TITLE = "Send-out"
_MARK = ("PMO Desktop send-out", "1")  # the second number grows when the form of this sheet changes
_SEND_OUT, _PERSON, _VERSION, _PORTFOLIO, _COLUMN = "Send-out", "Person", "Version", "Portfolio", "Column"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the hidden sheet says. Only `send_out` decides anything on return: the rest stands in the portfolio too."""

    send_out: str  # id
    person: str  # id
    version: int  # the newest batch that the values show
    portfolio: str  # what the portfolio was called
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # sheet -> header -> field name


def ticket_rows(ticket: Ticket, sheets: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[tuple[str, ...]]:
    """The hidden sheet, for register sheets given as (title, columns)."""
    yield _MARK
    yield (_SEND_OUT, ticket.send_out)
    yield (_PERSON, ticket.person)
    yield (_VERSION, str(ticket.version))
    yield (_PORTFOLIO, ticket.portfolio)
    for title, columns in sheets:
        yield from ((_COLUMN, title, column.header, _read_back(column)) for column in columns)


def read_ticket(book: Workbook) -> Ticket | None:
    """What the workbook's hidden sheet says; None when it was not sent out, or the sheet was made unreadable."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == TITLE), None)
    lines = [[str(cell or "") for cell in (*row, "", "", "", "")[:4]] for row in sheet.rows] if sheet else []
    if not lines or tuple(lines[0][:2]) != _MARK:
        return None
    said = {line[0]: line[1] for line in lines if line[0] != _COLUMN}
    columns: dict[str, dict[str, str]] = {}
    for kind, title, header, name in lines:
        if kind == _COLUMN:
            columns.setdefault(title, {})[header] = name
    version = said.get(_VERSION, "")
    return Ticket(
        said.get(_SEND_OUT, ""),
        said.get(_PERSON, ""),
        int(version) if version.isdecimal() else 0,
        said.get(_PORTFOLIO, ""),
        columns,
    )


def _read_back(column: Column) -> str:
    return "" if column.field.computed else column.field.name
