"""Who a cell means: people by full name, `Surname, First`, initial or address; never one of two at random."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, straighten, unread
from pmo_desktop.exchange.plan import NewRecord
from pmo_desktop.model.types import new_id

_SEPARATOR = re.compile(r"\s*(?:[/;|\n]|\s&\s|\band\b)\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_INITIALS = re.compile(r"(?P<letters>(?:[A-Z]\.?[\s-]?){1,3})\s+(?P<surname>[^\W\d_]{2,}(?:[\s'’-][^\W\d_]+)*)")
_NOBODY = frozenset(
    [
        "vacant",
        "pmo",
        "team",
        "various",
        "all",
        "nobody",
        "unassigned",
        "not assigned",
        "not allocated",
        "external",
        "to be recruited",
    ]
)
_LONGEST_NAME = 80


@dataclass(slots=True)
class Directory:
    """The people known so far, and those a plan creates."""

    names: dict[str, str] = field(default_factory=dict)  # id -> name
    new: list[NewRecord] = field(default_factory=list)
    _exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _surnames: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, identity: str, name: str, others: Iterable[str] = ()) -> None:
        """Make somebody known, by name and by other spellings."""
        self.names[identity] = name
        for each in (name, *others):
            if each and each.strip():
                self._exact[_fold(each)].add(identity)
        words = _fold(name).split()
        if len(words) > 1:
            for start in range(1, len(words)):
                self._surnames[" ".join(words[start:])].add(identity)

    def add_full_names(self, cells: Iterable[object]) -> None:
        """Create those whom a column names in full, so that initials elsewhere can find them."""
        for cell in dict.fromkeys(cells):
            if isinstance(cell, str) and (name := _first_name(cell)) and not _INITIALS.fullmatch(name):
                self.parse(cell)

    def parse(self, cell: object) -> Parsed:
        """The id of the person a cell means; several people link the first and keep the text."""
        text = cell_text(cell)  # type: ignore[arg-type]
        if says_nothing(text) or text.casefold() in _NOBODY:
            return emptied(text)
        if not any(letter.isalpha() for letter in text):
            return unread(text, f"“{shorten(text)}” is no name.")
        if exact := self._exact.get(_fold(text)):
            return self._only(exact, text)
        name = _first_name(text)
        if len(name) > _LONGEST_NAME or not name:
            return unread(text, f"“{shorten(text)}” is too long for a name.")
        found = self._find(name)
        kept = text if _fold(name) != _fold(text) and not _is_swapped(text) else None
        return found if found.value is None or kept is None else read(found.value, kept)

    def _find(self, name: str) -> Parsed:
        email = _EMAIL.search(name)
        plain = email[0] if email else name
        if exact := self._exact.get(_fold(plain)):
            return self._only(exact, name)
        if initials := _INITIALS.fullmatch(plain):
            fitting = self._by_initial(initials["letters"][0], initials["surname"])
            if fitting:
                return self._only(fitting, name)
        return read(self._create(plain, email[0] if email else None))

    def _by_initial(self, initial: str, surname: str) -> set[str]:
        found = self._surnames.get(_fold(surname), set())
        return {each for each in found if _fold(self.names[each]).startswith(initial.casefold())}

    def _only(self, fitting: set[str], text: str) -> Parsed:
        if len(fitting) == 1:
            return read(next(iter(fitting)))
        names = sorted(self.names[each] for each in fitting)
        reason = f"“{shorten(text)}” fits {len(names)} people: {', '.join(names)}. Say which."
        return unread(text, reason, tuple(names), tuple(sorted(fitting)))

    def _create(self, name: str, email: str | None) -> str:
        made = NewRecord(new_id(), "person", {"name": name, "email": email, "verified": False})
        self.new.append(made)
        self.add(made.id, name, [email or ""])
        return made.id


def read_directory(rows: Iterable[Mapping[str, Any]]) -> Directory:
    """The people of a portfolio."""
    directory = Directory()
    for row in rows:
        aliases = (row.get("aliases") or "").splitlines()
        directory.add(row["id"], row["name"], [row.get("email") or "", *aliases])
    return directory


def _first_name(text: str) -> str:
    """The first of the people a text names, as `First Surname`."""
    first = _SEPARATOR.split(_BRACKETS.sub("", text.strip()))[0].strip()
    parts = [part.strip() for part in first.split(",")]
    if len(parts) == 2 and _is_swapped(first):  # noqa: PLR2004  surname and first name
        return f"{parts[1]} {parts[0]}"
    return " ".join(parts[0].split())


def _is_swapped(text: str) -> bool:
    """Whether a text is `Surname, First`: two full names with a comma between are two people."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004  as above
        return False
    surname, first = (part.split() for part in parts)
    return len(first) <= 2 and (len(surname) == 1 or len(first) == 1)  # noqa: PLR2004  a middle name


def _fold(text: str) -> str:
    return " ".join(straighten(text).replace(".", " ").casefold().split())
