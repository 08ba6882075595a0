"""The drop-down lists of an export: the app's own choices, on a sheet `Lists`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.cells import write_text
from pmo_desktop.exchange.dictionary import LISTS
from pmo_desktop.exchange.sheets import Column
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.scales import POINTS
from pmo_desktop.rules.words import Rag

_YES_NO = ("Yes", "No")
_LONGEST_CHOICE = 255  # Excel refuses a longer entry


@dataclass(frozen=True, slots=True)
class Choices:
    """The entries of one drop-down; `closed` when nothing else may be typed."""

    title: str
    entries: tuple[str, ...]
    closed: bool


@dataclass(slots=True)
class Lists:
    """The lists of a workbook, each kept once however many columns use it."""

    placed: list[Choices] = field(default_factory=list)

    def place(self, choices: Choices) -> str:
        """The formula that points at the entries on the sheet; equal entries share a column."""
        known = next((at for at, each in enumerate(self.placed) if each.entries == choices.entries), None)
        if known is None:
            known = len(self.placed)
            self.placed.append(choices)
        letter = column_letter(known)
        return f"{LISTS}!${letter}$2:${letter}${len(choices.entries) + 1}"

    def rows(self) -> Iterable[list[str | None]]:
        """The sheet, header first: one list a column."""
        yield [choices.title for choices in self.placed]
        for at in range(max((len(each.entries) for each in self.placed), default=0)):
            yield [each.entries[at] if at < len(each.entries) else None for each in self.placed]


def column_choices(
    column: Column, rows: Sequence[Mapping[str, Any]], called: Mapping[str, Sequence[str]]
) -> Choices | None:
    """What a cell of the column may hold, as far as the app knows; None when anything may.

    `called` holds the names of all rows of each entity a link may point to, by entity.
    """
    of = column.field
    if of.computed:
        return None
    entries, closed = _entries(of, rows, called)
    fitting = tuple(dict.fromkeys(entry for entry in entries if entry and len(entry) <= _LONGEST_CHOICE))
    return Choices(_title(of), fitting, closed) if fitting else None


def column_letter(index: int) -> str:
    """The letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _entries(
    of: Field, rows: Sequence[Mapping[str, Any]], called: Mapping[str, Sequence[str]]
) -> tuple[Iterable[str], bool]:
    if of.kind is Kind.RAG:
        return tuple(Rag), True
    if of.kind is Kind.YESNO:
        return _YES_NO, True
    if of.kind is Kind.POINT:
        greatest = max((row[of.name] for row in rows if row.get(of.name)), default=0)
        return tuple(map(str, range(1, max(len(POINTS), greatest) + 1))), False
    if of.kind in (Kind.LINK, Kind.PERSON):
        names = {str(write_text(name)) for name in called.get(of.to, ())}
        return sorted(names, key=str.casefold), False
    if of.kind is Kind.CHOICE:
        used = {str(write_text(word)) for word in {row.get(of.name) for row in rows} if word}
        return (*of.choices, *sorted(used.difference(of.choices), key=str.casefold)), bool(of.choices)
    return (), False


def _title(of: Field) -> str:
    """The list's header; never a word that an import could take for a column of a register."""
    return f"Choices: {of.to or of.label}" if of.kind is not Kind.RAG else "Choices: rating"
