"""The authority of the PMO as it is stored: which kind is in force for a project, and what it says of an act."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from pmo_desktop.rules.authority import Ruling
from pmo_desktop.rules.compliance import FUNCTIONS, RULES, Event, Function, Mode, Standing, find_mode
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, rows_of

HEAD_WORDS = ("head of pmo", "pmo head", "head of the pmo", "head of portfolio office")  # in the role of a person


def read_mode(store: Store, project: str | None, function: Function, on: date) -> Mode:
    """The authority over one function of a project on a day; without a project, that over all portfolios."""
    with store.reading() as connection:
        portfolio = portfolios_of(connection, [project])[project] if project else None
        return find_mode(read_standings(connection), portfolio, function, on)


def judge(store: Store, event: Event, project: str | None, subject: str, on: date) -> Ruling:
    """What the authority in force on a day says of something that may happen in a project."""
    mode = read_mode(store, project, FUNCTIONS[event], on)
    return Ruling(event, mode, RULES[event][mode], project, subject)


def read_standings(connection: Connection) -> tuple[Standing, ...]:
    """The rows of authority, in the order they were made."""
    rows = rows_of(connection, "authority")
    return tuple(Standing(row["portfolio"], row["function"], Mode(row["mode"]), row["effective_from"]) for row in rows)


def portfolios_of(connection: Connection, projects: Collection[str]) -> dict[str, str | None]:
    """The portfolio of each project: its own, else that of its programme."""
    rows = rows_of(connection, "project", sorted(set(projects)))
    programmes = {row["id"]: row["portfolio"] for row in rows_of(connection, "programme")}
    found: dict[str, str | None] = dict.fromkeys(projects)
    return found | {row["id"]: row["portfolio"] or programmes.get(row["programme"]) for row in rows}


def find_heads(people: Iterable[Record]) -> frozenset[str]:
    """The ids of the people whose role says that they are the head of the PMO."""
    return frozenset(row["id"] for row in people if any(word in (row["role"] or "").lower() for word in HEAD_WORDS))


def find_doer(people: Iterable[Record], who: str) -> frozenset[str]:
    """The ids of the people who are called as the user who works, by name, e-mail or another spelling."""
    name = who.strip().casefold()
    return frozenset(row["id"] for row in people if name and name in _spellings(row))


def _spellings(row: Record) -> set[str]:
    written = [row["name"], row["email"] or "", *(row["aliases"] or "").split("\n")]
    return {each.strip().casefold() for each in written}
