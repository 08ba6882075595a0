"""Delimited text (.csv, .tsv, .txt) to rows: its encoding and delimiter found from its own content.

Runs in the reading child only.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from pmo_desktop.exchange.archive import MOST_BYTES, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Refused

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_delimited(content: bytes) -> tuple[list[list[str | None]], str, str]:
    """The records (rows are records, not lines), the encoding and the delimiter. Raises Refused."""
    text, encoding = decode(content)
    if "\x00" in text:
        raise Refused("it is not text, although its name says so. Save it again as .csv or .xlsx")
    delimiter = find_delimiter(text)
    rows: list[list[str | None]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append([cell if cell.strip() else None for cell in record])
        _check(rows[-1], len(rows))
    return rows, encoding, delimiter


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: a byte order mark, else UTF-8, else the Western one, else a guess."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return _guess(content)


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first records most evenly into the most fields."""
    csv.field_size_limit(MOST_BYTES)  # of the whole process; what is too long is refused by us, in words
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


def _guess(content: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415  heavy, and only for the rarest files

    best = from_bytes(content).best()
    if best is None:
        raise Refused("its letters are in an unknown encoding. Save it again as UTF-8 text or as .xlsx")
    return str(best), best.encoding


def _check(row: list[str | None], number: int) -> None:
    if number > MOST_ROWS:
        raise Refused(f"it has more than {MOST_ROWS:,} records. Split it and try again")
    if len(row) > MOST_COLUMNS:
        raise Refused(f"record {number:,} has {len(row):,} fields; at most {MOST_COLUMNS} columns are read")
    if any(cell is not None and len(cell) > MOST_CHARACTERS for cell in row):
        raise Refused(f"record {number:,} has a cell of more than {MOST_CHARACTERS:,} characters")
