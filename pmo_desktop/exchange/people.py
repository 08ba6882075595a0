"""Who a cell means: people by full name, `Surname, First`, initials or address; never one of two at random."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.names import (
    first_name,
    fold_name,
    initial_form,
    is_full,
    is_nobody,
    is_swapped,
    letters_form,
    split_address,
)
from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, shorten, unread
from pmo_desktop.exchange.plan import NewRecord
from pmo_desktop.model.types import new_id

_LONGEST_NAME = 80


@dataclass(slots=True)
class Directory:
    """The people known so far, those a plan creates, and what it learnt about how they are written.

    `told` is what a person answered: folded name as written -> full name; a name answered by itself stands for itself.
    """

    names: dict[str, str] = field(default_factory=dict)  # id -> name
    new: list[NewRecord] = field(default_factory=list)
    told: Mapping[str, str] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)
    aliases: dict[str, list[str]] = field(default_factory=dict)  # id -> other spellings to be remembered
    merged: dict[str, str] = field(default_factory=dict)  # id of a person who is another -> id of that one
    named: set[str] = field(default_factory=set)  # ids of those whom a sheet that is not kept names in full
    _exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _surnames: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _letters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, identity: str, name: str, others: Iterable[str] = ()) -> None:
        """Make somebody known, by name and by other spellings."""
        self.names[identity] = name
        for each in (name, *others):
            if each and each.strip():
                self._exact[fold_name(each)].add(identity)
        words = fold_name(name).split()
        for start in range(1, len(words)):
            self._surnames[" ".join(words[start:])].add(identity)
        if len(words) > 1:
            self._letters["".join(word[0] for word in words)].add(identity)
            self._letters[words[0][0] + words[-1][0]].add(identity)

    def add_full_names(self, cells: Iterable[object], *, kept: bool = True) -> None:
        """Create those whom a column names in full, so that initials elsewhere can find them.

        Of a sheet that is not `kept` only what can be nothing but a full name is taken.
        """
        for cell in dict.fromkeys(cells):
            if not isinstance(cell, str) or not (name := first_name(cell)) or len(name) > _LONGEST_NAME:
                continue
            if kept and not initial_form(name) and not letters_form(name) and "@" not in name:
                self.parse(cell)
            elif not kept and is_full(name) and (found := self.parse(cell).value):
                self.named.add(found)

    def parse(self, cell: object) -> Parsed:
        """The id of the person a cell means; several people link the first and keep the text."""
        text = cell_text(cell)  # type: ignore[arg-type]
        if exact := self._known(text):
            return exact
        if is_nobody(text):
            return emptied(text)
        if not any(letter.isalpha() for letter in text):
            return unread(text, f"“{shorten(text)}” is no name.")
        name = first_name(text)
        if not name:
            return emptied(text)
        if len(name) > _LONGEST_NAME:
            return unread(text, f"“{shorten(text)}” is too long for a name.")
        found = self._find(name)
        kept = text if fold_name(name) != fold_name(text) and not is_swapped(text) and "@" not in text else None
        return found if kept is None and found.value is not None else found._replace(text=kept or text)

    def _known(self, text: str) -> Parsed | None:
        """Somebody answered for, or known by exactly this spelling."""
        folded = fold_name(text)
        if (full := self.told.get(folded)) is not None:
            return self._answered(text, full)
        exact = self._exact.get(folded)
        return self._settled(exact, text) if exact else None

    def _settled(self, exact: set[str], text: str) -> Parsed:
        """Known by this spelling; a short one may fit others too, and then a record's present one of them stays."""
        form = initial_form(text)
        if form is None:
            return self._only(exact, text)
        stubs = {each for each in exact if fold_name(self.names[each]) == fold_name(text)}  # named by no more than this
        others = self._by_initial(*form) - stubs
        if exact == stubs and others:
            return self._only(others, text)
        return self._only(exact - stubs or exact, text, others)

    def _answered(self, written: str, full: str) -> Parsed:
        """The person somebody said a name means; the name is remembered as another spelling of theirs."""
        own = fold_name(full) == fold_name(written)
        fitting = self._exact.get(fold_name(full), set())
        if len(fitting) > 1:
            return self._only(fitting, full)
        identity = next(iter(fitting), None) or self._create(full, None)
        if not own:
            self._remember(identity, written)
            for other in self._exact[fold_name(written)] - {identity}:
                if fold_name(self.names[other]) == fold_name(written) and other not in self._made():
                    self.merged[other] = identity
        return read(identity)

    def _find(self, name: str) -> Parsed:
        address, plain = split_address(name)
        if address and (exact := self._exact.get(fold_name(address))):
            return self._only(exact, name)
        for each in (plain, name):
            if each and (known := self._known(each)):
                return self._by_address(known, address)
        form = initial_form(plain) or _glued(address)
        fitting = self._by_initial(*form) if form else self._letters.get(letters_form(name), set())
        if fitting:
            return self._by_address(self._only(fitting, name), address)
        return read(self._create(plain or address or name, address or None))

    def _by_address(self, found: Parsed, address: str) -> Parsed:
        """Somebody an address led to has it from now on."""
        if found.value is not None and address:
            self._remember(found.value, address)
        return found

    def _by_initial(self, initial: str, surname: str) -> set[str]:
        found = self._surnames.get(surname, set())
        fitting = {each for each in found if fold_name(self.names[each]).startswith(initial)}
        return {each for each in fitting if initial_form(self.names[each]) is None} or fitting

    def _only(self, fitting: set[str], text: str, others: Iterable[str] = ()) -> Parsed:
        """The one who fits; `others` fit as well, though less."""
        if len(fitting) == 1:
            every = tuple(sorted(fitting.union(others)))
            return read(next(iter(fitting)))._replace(candidates=every if len(every) > 1 else ())
        names = sorted(self.names[each] for each in fitting)
        reason = f"“{shorten(text)}” fits {len(names)} people: {', '.join(names)}. Say which."
        return unread(text, reason, tuple(names), tuple(sorted(fitting)))

    def _remember(self, identity: str, spelling: str) -> None:
        if identity not in self._exact[fold_name(spelling)]:
            self._exact[fold_name(spelling)].add(identity)
            self.aliases.setdefault(identity, []).append(" ".join(spelling.split()))

    def _create(self, name: str, email: str | None) -> str:
        made = NewRecord(new_id(), "person", {"name": name, "email": email, "verified": False})
        self.new.append(made)
        self.add(made.id, name, [email or ""])
        return made.id

    def _made(self) -> set[str]:
        return {record.id for record in self.new}


def read_directory(rows: Iterable[Mapping[str, Any]], told: Mapping[str, str] | None = None) -> Directory:
    """The people of a portfolio; `told` says what was answered: name as written -> full name."""
    directory = Directory(told={fold_name(name): " ".join(full.split()) for name, full in (told or {}).items()})
    for row in rows:
        aliases = (row.get("aliases") or "").splitlines()
        directory.add(row["id"], row["name"], [row.get("email") or "", *aliases])
        if row.get("verified"):
            directory.verified.add(row["id"])
    return directory


def _glued(address: str) -> tuple[str, str] | None:
    """`jsmith@...` as an initial and a surname."""
    local = address.partition("@")[0]
    return (local[0].casefold(), fold_name(local[1:])) if len(local) > 2 and local.isalpha() else None  # noqa: PLR2004
