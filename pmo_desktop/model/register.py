"""What is said of one register: its names, how its rows are found, and how they come to their end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.model.entity import Register


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row of a register comes to its end."""

    field: str
    value: str  # what closing a row writes
    over: frozenset[str]  # every value of a row that is at its end, the one above among them
    day: str | None = None  # the field of the day it ended on

    def is_over(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is at its end."""
        return row.get(self.field) in self.over


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """How a register is named, and by which fields one of its rows is found again."""

    name: str  # on the command line, in `list --json`
    entity: type[Register]
    one: str  # in sentences
    many: str
    sheet: str  # the export's sheet
    sheets: tuple[str, ...]  # names of sheets that tend to hold it
    title: str  # the field a row is called by
    ref: str | None  # the field that identifies a row best
    within: str | None = None  # the link within which ref and title are unique
    snapshot: str | None = None  # the day whose state a row holds: amounts of several days have no sum
    ending: Ending | None = None  # None: a row is final when it is made
    by: tuple[str, ...] = ()  # rows without a name of their own: what tells them apart within `within`
    uid: str | None = None  # the identity that another program gave a row, which finds it before anything else does
    created: bool = False  # a cell that names an unknown one creates it
