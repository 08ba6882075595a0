"""Delimited text (.csv, .tsv, .txt) to rows: its encoding and delimiter found from its own content.

Runs in the reading child only.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from pmo_desktop.exchange.archive import MOST_BYTES, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Refused
from pmo_desktop.exchange.encodings import decode

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100
_SAYS = re.compile(r'"?sep=(?P<delimiter>[^\r\n"])"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)  # Excel's own first line


def read_delimited(content: bytes) -> tuple[list[list[str | None]], str, str]:
    """The records (rows are records, not lines), the encoding and the delimiter. Raises Refused."""
    text, encoding = decode(content)
    if "\x00" in text:
        raise Refused("it is not text, although its name says so. Save it again as .csv or .xlsx")
    said = _SAYS.match(text)
    text = text[said.end() :] if said else text
    delimiter = said["delimiter"] if said else find_delimiter(text)
    csv.field_size_limit(MOST_BYTES)  # of the whole process; what is too long is refused by us, in words
    rows: list[list[str | None]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append([cell if cell.strip() else None for cell in record])
        _check(rows[-1], len(rows))
    return rows, encoding, delimiter


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first records most evenly into the most fields."""
    return max(DELIMITERS, key=lambda each: _evenness(text, each))


def _evenness(text: str, delimiter: str) -> float:
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record, _ in zip(reader, range(_SAMPLE), strict=False) if record]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, count = Counter(widths).most_common(1)[0]
    return 0.0 if width == 1 else count / len(widths) + min(width, 99) / 100


def _check(row: list[str | None], number: int) -> None:
    if number > MOST_ROWS:
        raise Refused(f"it has more than {MOST_ROWS:,} records. Split it and try again")
    if len(row) > MOST_COLUMNS:
        raise Refused(f"record {number:,} has {len(row):,} fields; at most {MOST_COLUMNS} columns are read")
    if any(cell is not None and len(cell) > MOST_CHARACTERS for cell in row):
        raise Refused(f"record {number:,} has a cell of more than {MOST_CHARACTERS:,} characters")
