"""What is attached to entries: files and links, each with its size in words and whether it can be opened from here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pmo_desktop.rules.filenames import find_program
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows

_THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment of an entry. `size`: bytes, None for a link. `program`: the ending that keeps it from opening."""

    id: str
    register: str
    row: str
    name: str
    link: str | None
    size: int | None
    note: str
    added_on: date | None
    added_by: str
    program: str

    @property
    def size_text(self) -> str:
        """Its size in words: 640 bytes, 12 kB, 3.4 MB; empty for a link."""
        return "" if self.size is None else size_text(self.size)


def read_attachments(store: Store, entity: str, rows: Collection[str]) -> dict[str, tuple[Attached, ...]]:
    """The attachments of some entries of one kind by entry, the oldest first; an entry without any is left out."""
    wanted = set(rows)
    found: dict[str, list[Attached]] = {}
    for each in read_rows(store, "attachment"):
        if each["register"] == entity and each["row"] in wanted:
            found.setdefault(each["row"], []).append(_attached(each))
    return {row: tuple(attached) for row, attached in found.items()}


def size_text(size: int) -> str:
    """A number of bytes in words, in thousands: 640 bytes, 12 kB, 3.4 MB."""
    if size < _THOUSAND:
        return count_text(size, "byte")
    kilo = round(size / _THOUSAND)
    return f"{kilo} kB" if kilo < _THOUSAND else f"{size / _THOUSAND**2:.1f} MB"


def _attached(row: Record) -> Attached:
    return Attached(
        row["id"],
        row["register"],
        row["row"],
        row["name"],
        row["link"],
        None if row["size"] is None else round(row["size"]),
        row["note"] or "",
        row["added_on"],
        row["added_by"] or "",
        find_program(row["name"]) if row["blob"] else "",
    )
