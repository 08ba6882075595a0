"""Where a cell's value came from: the file, sheet and cell of an import, or the deed of a person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.source import ImportFile, ImportRow
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.net import Cells, present_cells
from pmo_desktop.store.undo import undone_batches

_UNIT = 10_000  # of a stored number
_WIDEST = 20_000  # the line of one value of a wide table is its row and its column in one number (exchange.grid)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of one cell. `file`, `sheet` and `cell` are empty for a value that somebody typed.

    `cell` is empty too where no column said the value, as with the date of a title line.
    """

    file: str
    sheet: str
    cell: str  # "F5"
    text: str | None  # the words of the cell, where they say more than its value
    batch: int
    who: str
    at: datetime
    what: str  # the deed in words

    @property
    def place(self) -> str:
        """`Jan.xlsx, Register!F5`; empty for what somebody typed."""
        return place_text((self.file, self.sheet, self.cell))


class _Origin(NamedTuple):
    number: int
    who: str
    at: datetime
    what: str
    source: str | None


def provenance_of(store: Store, entity: str, row: str, field: str) -> Provenance | None:
    """Where the present value of a cell came from; None when nobody has ever given it one.

    What an undo took back does not count, nor does the undo: the value is again from where it was before.
    """
    with store.reading() as connection:
        undone = undone_batches(connection)
        text, told = _kept_text(connection, entity, row, field)
        origin = _origin(connection, entity, row, field, undone, wordless=text is None)
        if told and (origin is None or told.number > origin.number):
            origin = told
        if origin is None:
            return None
        place = place_in(connection, entity, row, field, origin.number, origin.source)
    words = text if told and told.number == origin.number else None
    return Provenance(*place, words, origin.number, origin.who, origin.at, origin.what)


def place_in(
    connection: Connection, entity: str, row: str, field: str, batch: int, source: str | None
) -> tuple[str, str, str]:
    """The file, sheet and cell an import read a cell from, as far as they are known; empty for any other deed."""
    told = json.loads(source) if source else {}
    if told.get("deed") != "import":
        return "", "", ""
    file = str(told.get("file", ""))
    for (identity,) in connection.raw.execute(_NAMED, (row,)).fetchall():
        named = _state_at(connection, ImportRow.__tablename__, identity, batch)
        if named and named.get("batch") == batch * _UNIT:
            sheet = named.get("sheet") or _sheet(connection, named["file"], batch)
            return file, sheet, _cell(told, entity, sheet, field, named["line"] // _UNIT)
    tables = [each for each in told.get("tables", ()) if each.get("entity") == entity]
    return file, tables[0]["sheet"] if len(tables) == 1 else "", ""


def place_text(place: tuple[str, str, str]) -> str:
    """`Jan.xlsx, Register!F5` of a file, a sheet and a cell, as far as they are there."""
    file, sheet, cell = place
    spot = f"{sheet}!{cell}" if cell else sheet
    return ", ".join(each for each in (file, spot) if each)


def _cell(told: dict[str, Any], entity: str, sheet: str, field: str, line: int) -> str:
    for table in told.get("tables", ()):
        if table.get("entity") == entity and table["sheet"] == sheet and field in table.get("columns", {}):
            return _value_cell(table, field, line) if "letters" in table else f"{table['columns'][field][0]}{line}"
    return ""


def _value_cell(table: dict[str, Any], field: str, line: int) -> str:
    """The cell of a wide table that said something of one value: its own, one of its row, or the header above it."""
    row, column = divmod(line, _WIDEST)
    letters = table["columns"][field][0] or table["letters"].get(str(column), "")
    return f"{letters}{table['header'] if field in table['above'] else row}" if letters else ""


def _sheet(connection: Connection, lineage: str, batch: int) -> str:
    kept = _state_at(connection, ImportFile.__tablename__, lineage, batch)
    return str(kept["sheet"]) if kept else ""


def _origin(
    connection: Connection, entity: str, row: str, field: str, undone: set[int], *, wordless: bool
) -> _Origin | None:
    """The newest change of the cell that still stands; a birth counts when it filled the cell."""
    for name, new, *batch in connection.raw.execute(_CHANGES, (entity, row, field)):
        if batch[0] in undone or (not name and new is None):
            continue
        if name or not wordless or _has(new, field):
            return _origin_of(*batch)
        return None
    return None


def _origin_of(number: int, who: str, at: str, what: str, source: str | None) -> _Origin:
    return _Origin(number, who, datetime.fromisoformat(at), what, source)


def _has(packed: str, field: str) -> bool:
    cells = json.loads(packed)
    if field.startswith(CUSTOM_PREFIX):
        return field.removeprefix(CUSTOM_PREFIX) in json.loads(cells.get("custom", "{}"))
    return field in cells


def _kept_text(connection: Connection, entity: str, row: str, field: str) -> tuple[str | None, _Origin | None]:
    """The words kept beside the cell, and the batch that brought them."""
    found = connection.raw.execute(_TEXT, (entity, row, field)).fetchone()
    if found is None:
        return None, None
    identity, text = found
    batch = connection.raw.execute(_BIRTH, (identity,)).fetchone()
    return text, _origin_of(*batch) if batch else None


def _state_at(connection: Connection, entity: str, row: str, batch: int) -> Cells:
    """One row as it was stored right after a batch; nothing when it was not there."""
    cells = dict(present_cells(connection, entity, [(entity, row)]).get(row, {}))
    for name, old in connection.raw.execute(_LATER, (entity, row, batch)):
        if name:
            cells[name] = old
        else:
            cells = json.loads(old) if old is not None else {}
    return cells


_NAMED = "SELECT id FROM import_row WHERE row = ?"
_TEXT = "SELECT id, text FROM cell_source WHERE register = ? AND row = ? AND name = ? LIMIT 1"
_LATER = "SELECT field, old FROM change WHERE entity = ? AND row = ? AND batch > ? ORDER BY seq DESC"
_CHANGES = """SELECT field, new, batch.id, who, at, what, source FROM change JOIN batch ON batch.id = change.batch
WHERE entity = ? AND row = ? AND field IN (?, '') AND undoes IS NULL ORDER BY seq DESC"""
_BIRTH = """SELECT batch.id, who, at, what, source FROM change JOIN batch ON batch.id = change.batch
WHERE row = ? AND field = '' AND undoes IS NULL ORDER BY seq DESC LIMIT 1"""
