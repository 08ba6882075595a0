"""What an open batch has written of the registers that rules guard, and what has to be known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmo_desktop.figures.gatebook import GateBook, read_books
from pmo_desktop.model.journal import Change
from pmo_desktop.model.setting import SETTINGS_ID
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.net import Net, net_changes
from pmo_desktop.store.rows import Record, data_date, rows_of

GUARDED = ("project", "phase", "deliverable", "gate_review", "milestone", "allocation", "status_report", "override")


@dataclass(frozen=True, slots=True)
class Written:
    """One row that a batch wrote: as it is now, and the stored value before of each cell that changed."""

    row: Record
    before: Mapping[str, Any]
    born: bool

    def changed(self, *names: str) -> bool:
        """Whether the batch gave one of these cells another value, or made the row."""
        return self.born or any(name in self.before for name in names)


@dataclass(slots=True)
class Scene:
    """The rows of guarded registers that a batch wrote, the day it is judged by, and what has to be known of them."""

    connection: Connection
    day: date
    settings: Record
    written: dict[str, list[Written]]
    _books: dict[str, GateBook] = field(default_factory=dict)

    def book(self, project: str) -> GateBook:
        """The gate book of a project, as it is now."""
        if project not in self._books:
            self._books |= read_books(self.connection, [project])
        return self._books[project]

    def called(self, project: str) -> str:
        """How a sentence calls a project."""
        row = self.book(project).project
        return str(row["ref"] or row["name"])

    def own(self, project: str) -> frozenset[str]:
        """Who may approve nothing of a project's: whoever manages it."""
        manager = self.book(project).project["pm"]
        return frozenset({manager} if manager else ())

    def told(self) -> set[tuple[str, str, str]]:
        """The acts that this batch has told of already: event, project, subject."""
        return {(each.row["event"], each.row["project"], each.row["subject"]) for each in self.written["override"]}


def read_scene(connection: Connection, number: int, day: date | None = None) -> Scene:
    """What a batch wrote so far, judged on a day, else on the data date."""
    net = net_changes(connection, (Change.batch == number) & Change.entity.in_(GUARDED))
    (settings,) = rows_of(connection, "settings", [SETTINGS_ID])
    written = {name: _written(connection, net, name) for name in GUARDED}
    return Scene(connection, day or data_date(settings), settings, written)


def _written(connection: Connection, net: Net, entity: str) -> list[Written]:
    born = {row for name, row in net.born if name == entity}
    changed = {row: found for (name, row), found in net.cells.items() if name == entity}
    cells = {row: {name: old for name, (old, _) in found.items()} for row, found in changed.items()}
    rows = rows_of(connection, entity, sorted(born | cells.keys())) if born or cells else []
    return [Written(row, cells.get(row["id"], {}), row["id"] in born) for row in rows]
