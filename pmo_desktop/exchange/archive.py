"""The guard before a zipped workbook is parsed: what it claims, what it really holds, and nothing that can explode.

Limits: reliability.md 4.2. Runs in the reading child only.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
MOST_PARTS = 2_000
MOST_UNPACKED = 500 * MEGABYTE
MOST_PART = 200 * MEGABYTE
SMALL_PART = 10 * MEGABYTE
LEAST_RATIO = 0.005
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
MOST_CHARACTERS = 32_767

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_MARKUP = (".xml", ".rels", ".vml")
_TYPE = b"<!DOCTYPE"
_DANGEROUS = tuple(
    mark.decode().encode(code) for mark in (_TYPE, b"<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["'](\d+)["']""")
_WIDE = re.compile(rb"""\sr=["']([A-Z]{2,3})\d""")
_VALUED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\sr=["']([A-Z]{1,3})(\d+)["'](?:[^>]*[^/>])?>(?!</)""")
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")


class Refused(Exception):  # noqa: N818  an answer to the person, not a fault
    """The file is not read. The message is what is wrong with it and how to mend it, without the file's name."""

    def __init__(self, sentence: str, *, password: bool = False) -> None:
        """`password` says that the right password would mend it."""
        super().__init__(sentence)
        self.password = password


def check_archive(file: IO[bytes]) -> None:
    """Refuse a zip that is damaged, too big, packed too tightly, or that declares entities. Raises Refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_sizes(archive.infolist())
            for part in archive.infolist():
                _check_part(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error) as error:
        raise Refused("it is damaged or incomplete. Ask for it again, or open it in Excel and save it anew") from error


def column_number(letters: bytes | str) -> int:
    """The 1-based number of a column: A is 1, XFD is 16384."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode():
        number = number * 26 + letter - 64
    return number


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Refused(f"it has {len(parts):,} parts, a workbook at most {MOST_PARTS:,}; it is not safe to open")
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(part.file_size > MOST_PART for part in parts):
        raise Refused("it would unpack to far more than a register needs, which is not safe to open")
    for part in parts:
        if part.file_size > SMALL_PART and part.compress_size < part.file_size * LEAST_RATIO:
            raise Refused("it is packed so tightly that it is not safe to open")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if not part.filename.lower().endswith(_MARKUP):
        return
    content = archive.read(part)
    if any(mark in content for mark in _DANGEROUS):
        raise Refused("it defines entities in its XML, which Excel never does; it is not safe to open")
    if _SHEET.match(part.filename):
        _check_extent(content)


def _check_extent(content: bytes) -> None:
    """Refuse a sheet by its real cells, whatever its dimension tag says; a far cell without a value does not count."""
    if len(_CELL.findall(content)) > MOST_CELLS:
        raise Refused(f"a sheet has more than {MOST_CELLS:,} cells. Keep only the register in it and try again")
    height = max(map(int, _ROW.findall(content)), default=0)
    width = max(map(column_number, set(_WIDE.findall(content))), default=26)
    if _fits(height, width):
        return
    valued = [(column_number(letters), int(row)) for letters, row in _VALUED.findall(content)]
    height, width = max((row for _, row in valued), default=0), max((column for column, _ in valued), default=0)
    if not _fits(height, width):
        raise Refused(
            f"a sheet reaches over {height:,} rows and {width:,} columns; "
            f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read. Delete stray cells far from the table"
        )


def _fits(height: int, width: int) -> bool:
    return height <= MOST_ROWS and width <= MOST_COLUMNS and height * width <= MOST_CELLS
