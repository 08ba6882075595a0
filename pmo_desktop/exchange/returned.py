"""An export of ours that comes back: its tables are known, and an untouched cell is told from an edited one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pmo_desktop.exchange import dictionary
from pmo_desktop.exchange.cells import Writer, Written, cell_writer, day_number
from pmo_desktop.exchange.exceltext import shown_text, unescape_text
from pmo_desktop.exchange.grid import Cell, KeptText, Sheet, Workbook
from pmo_desktop.exchange.sheets import IDENTITY
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.model.kind import Field
from pmo_desktop.store.pace import through
from pmo_desktop.store.past import Past

Record = Mapping[str, Any]


def read_returned(book: Workbook) -> dict[str, dict[str, str]]:
    """What the workbook's own data dictionary says: sheet -> header -> field; empty when it is no export of ours.

    The field of a computed figure is "": it is not read back.
    """
    found: dict[str, dict[str, str]] = {}
    for sheet in book.sheets:
        if sheet.name == dictionary.TITLE:
            for (title, header), entry in dictionary.read_dictionary(sheet.rows).items():
                found.setdefault(title, {})[header] = entry.field
    return found


def read_stamp(book: Workbook) -> int | None:
    """The batch an export of ours was written after; None when nothing says so."""
    rows = next((sheet.rows for sheet in book.sheets if sheet.name == dictionary.ABOUT), [])
    told = next((row[1] for row in rows if len(row) > 1 and row[0] == dictionary.STAMP), None)
    return int(told) if isinstance(told, str | int | float) and str(told).isdecimal() else None


def knows_records(table: Table, fields: Sequence[tuple[int, Field]], records: Mapping[str, Record]) -> bool:
    """Whether the export is of this portfolio: one of its rows carries the identity of a record that is there."""
    place = next((index for index, field in fields if field.name == IDENTITY), None)
    return place is not None and any(str(table.cell(number, place)) in records for number in table.records)


def as_it_was(
    past: Past, stamp: int, records: Mapping[str, Record], texts: Mapping[tuple[str, str], Record]
) -> tuple[dict[str, Record], dict[tuple[str, str], Record]]:
    """The records and kept texts as they were right after a batch, for those that are still there."""
    before, kept = dict(records), dict(texts)
    for identity, record in through(records.items()):
        changed = past.changed(identity, stamp)
        if not changed:
            continue
        values = {name: past.value(identity, name, stamp, record.get(name)) for name in changed if name in past.kinds}
        before[identity] = {**record, **values}
        for name in changed:
            now = texts.get((identity, name))
            words = past.text(identity, name, stamp, (now["text"], now["comment"]) if now else None)
            if words:
                kept[identity, name] = {"text": words[0], "comment": words[1]}
            else:
                kept.pop((identity, name), None)
    return before, kept


def returned_table(sheet: Sheet, told: Mapping[str, str]) -> Table | None:
    """The one table of an exported sheet: header in the first row, every row that says something a record.

    None when somebody changed the header beyond recognition; then the sheet is read like anybody's.
    """
    if not sheet.rows:
        return None
    header = [cell.strip() if isinstance(cell, str) else "" for cell in sheet.rows[0]]
    columns = [Column(index, name) for index, name in enumerate(header) if name]
    known = sum(column.header in told for column in columns)
    if not columns or known < len(columns) / 2:
        return None
    # A number format says the currency of its own row here, not that of the table.
    sheet = replace(sheet, formats={column: code for column, code in sheet.formats.items() if "%" in code})
    records = [number for number, row in enumerate(sheet.rows[1:], start=1) if any(cell is not None for cell in row)]
    return Table(sheet, 0, 0, columns, records, why="an export of ours, by its data dictionary")


def read_kept(book: Workbook) -> dict[str, dict[tuple[str, str], str]]:
    """Sheet -> (identity, header) -> the words that the export says were kept where no value could be read."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for sheet in book.sheets:
        if sheet.name == dictionary.KEPT and sheet.rows and tuple(sheet.rows[0]) == dictionary.KEPT_HEADERS:
            for title, identity, header, text in (row for row in sheet.rows[1:] if len(row) == len(sheet.rows[0])):
                found.setdefault(str(title), {})[str(identity), str(header)] = str(text)
    return found


def mark_kept(table: Table, fields: Sequence[tuple[int, Field]], kept: Mapping[tuple[str, str], str]) -> Table:
    """The table with the cells that still hold kept words told from values; `fields` as in keep_edits."""
    place = next((index for index, field in fields if field.name == IDENTITY), None)
    if place is None or not kept:
        return table
    rows = list(table.sheet.rows)
    for number in through(table.records):
        row = rows[number] = list(rows[number])
        identity = str(row[place]) if place < len(row) else ""
        for column in table.columns:
            words = kept.get((identity, column.header))
            if words is not None and column.index < len(row) and _same_text(row[column.index], words):
                row[column.index] = KeptText(row[column.index])
    return replace(table, sheet=replace(table.sheet, rows=rows), _turned=[])


def keep_edits(
    table: Table,
    fields: Sequence[tuple[int, Field]],
    records: Mapping[str, Record],
    texts: Mapping[tuple[str, str], Record],
    names: Mapping[str, str],
    currency: str,
) -> Table:
    """The table with every cell blank that still holds what the export wrote; a blank keeps the value.

    What is left are the edits, the hidden identities, and rows that are new. So texts that an import would otherwise
    interpret ("TBC", a name that two people have, an amount in the row's own currency) come back as they went out.
    `fields` says which field each column (0-based) holds; `records` and `texts` are the portfolio's by id and by
    (id, field); `currency` is that of rows which name none. An identity that a second row carries, as when somebody
    copied a row, is blank there: the copy is a row of its own.
    """
    place = next((index for index, field in fields if field.name == IDENTITY), None)
    if place is None:
        return table
    writers = [(index, field.name, cell_writer(field, names)) for index, field in fields if field.name != IDENTITY]
    in_own = [each for each in writers if each[1] != "currency"]  # an edited amount is read in its row's currency
    rows, seen = list(table.sheet.rows), set()
    for number in through(table.records):
        identity = table.cell(number, place)
        record = records.get(identity) if isinstance(identity, str) else None
        if record is None:
            continue
        row = rows[number] = list(rows[number])
        if identity in seen:
            row[place] = None
            continue
        seen.add(identity)
        own = record.get("currency")
        _blank_untouched(row, record, texts, in_own if own else writers, own or currency)
    return replace(table, sheet=replace(table.sheet, rows=rows), _turned=[])


def _blank_untouched(
    row: list[Cell],
    record: Record,
    texts: Mapping[tuple[str, str], Record],
    writers: Sequence[tuple[int, str, Writer]],
    currency: str,
) -> None:
    for index, name, write in writers:
        if index < len(row) and row[index] is not None:
            kept = texts.get((record["id"], name)) if texts else None
            if is_untouched(row[index], record.get(name), kept["text"] if kept else None, write, currency):
                row[index] = None


def is_untouched(cell: Any, value: Any, kept: str | None, write: Writer, currency: str) -> bool:
    """Whether a cell still holds what the export wrote for the present value.

    `kept` is the text kept beside an empty value; `write` is the cell_writer of the field; `currency` is that of the
    row. A cell that is blank where there is nothing to write is untouched.
    """
    if value is None or value == "":
        return _blank(cell) if kept is None else _same_text(cell, shown_text(kept))
    return _same(cell, write(value, currency))


def _blank(cell: Any) -> bool:
    return cell is None or cell == ""


def _same(cell: Any, written: Written) -> bool:
    if isinstance(written, str):
        return _same_text(cell, unescape_text(written))
    if isinstance(cell, date):
        return _number_of(cell) == written
    return isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell) == float(written)


def _number_of(day: date) -> int | None:
    """The day number of a date cell; None for one with a time of day, which no export of ours has."""
    if isinstance(day, datetime):
        return day_number(day.date()) if day == datetime.combine(day.date(), datetime.min.time()) else None
    return day_number(day)


def _same_text(cell: Any, text: str) -> bool:
    """Equal, whatever a spreadsheet program made of line ends and escapes when it saved."""
    return isinstance(cell, str) and (cell == text or _plain(cell) == _plain(text))


def _plain(text: str) -> str:
    return unescape_text(text).replace("\r\n", "\n").replace("\r", "\n")
