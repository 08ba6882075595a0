"""Full names on sheets whose register is not kept, so that a short form elsewhere finds its person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pmo_desktop.exchange.headers import field_words, normalise
from pmo_desktop.exchange.people import Directory
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import REGISTERS

_SAID_OF_PEOPLE = (
    "Owner, Risk owner, Issue owner, Action owner, Benefit owner, Actionee, Assigned to, Raised by, Identified by, "
    "Responsible, Accountable, Requester, Requested by, Approver, Approved by, Decision maker, Made by, Reviewer, "
    "Acceptor, Chair, Lead"
)  # registers.md 4.2 to 4.17; a bare Name may be a team or a machine


def harvest_names(directory: Directory, tables: Iterable[Table]) -> None:
    """Make known whom the tables name in full in a column that is about people."""
    for table in tables:
        for column in table.columns:
            if normalise(column.header or column.name) in _person_headers():
                directory.add_full_names(table.values(column.index), kept=False)


@cache
def _person_headers() -> frozenset[str]:
    own = (of for info in REGISTERS for of in fields(info.entity.__tablename__) if of.kind is Kind.PERSON)
    declared = (word for of in own for word in field_words(of))
    return frozenset((*declared, *(normalise(word.strip()) for word in _SAID_OF_PEOPLE.split(","))))
