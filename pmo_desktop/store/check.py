"""Is a portfolio whole: the engine's own check, the links, and whether the journal explains every row."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.journal import Change
from pmo_desktop.model.setting import SETTINGS_ID
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.net import net_changes, present_cells

_SHOWN = 5


def check_quickly(raw: sqlite3.Connection) -> list[str]:
    """Damage that shows in the file's structure, in sentences; empty when it is sound. 0.1 s for 100 MB."""
    return _engine_says(raw, "quick_check")


def check_wholly(raw: sqlite3.Connection) -> list[str]:
    """Structure, indexes, links and the journal's bookkeeping, in sentences; empty when all is well."""
    damage = _engine_says(raw, "integrity_check")
    return damage or _broken_links(raw) + _journal_gaps(raw)


def check_values(raw: sqlite3.Connection) -> list[str]:
    """Whether the journal, played from the first line, gives exactly the rows of today; slow, for a check on demand."""
    connection = Connection(raw)
    try:
        return _unexplained(connection)
    finally:
        connection.close()


def _engine_says(raw: sqlite3.Connection, pragma: str) -> list[str]:
    try:
        found = [row[0] for row in raw.execute(f"PRAGMA {pragma}({_SHOWN})").fetchall()]
    except sqlite3.DatabaseError as error:  # damage so deep that the check itself gives up
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:  # no damage: somebody ended it
            raise
        found = [str(error)]
    return [] if found == ["ok"] else [f"The file is damaged: {' '.join(line.split())}." for line in found]


def _broken_links(raw: sqlite3.Connection) -> list[str]:
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    return [
        f"A row of {table} points to a row of {parent} that is not there." for table, _, parent, _ in broken[:_SHOWN]
    ]


def _journal_gaps(raw: sqlite3.Connection) -> list[str]:
    found = [sentence for query, sentence in _GAPS if raw.execute(query).fetchone()]
    told: defaultdict[str, set[str]] = defaultdict(set)
    for entity, row, born in raw.execute("SELECT entity, row, old IS NULL FROM change WHERE field = '' ORDER BY seq"):
        (told[entity].add if born else told[entity].discard)(row)
    kept = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for entity in kept.intersection(entities()):  # an older file may not have all of them yet
        there = {row[0] for row in raw.execute(f"SELECT id FROM {entity}")}  # noqa: S608  names of our own tables
        if missing := len(there - told[entity]):
            found.append(f"The journal does not know where {missing} rows of {entity} came from.")
        if ghosts := len(told[entity] - there):
            found.append(f"The journal does not know where {ghosts} rows of {entity} went.")
    return found


def _unexplained(connection: Connection) -> list[str]:
    net = net_changes(connection, Change.seq > 0)
    wrong = []
    for entity in entities():
        told = {key: cells for key, cells in net.born.items() if key[0] == entity}
        now = present_cells(connection, entity, told)
        differing = [row for (_, row), cells in told.items() if cells != now.get(row)]
        wrong += [f"The journal tells another story of row {row} of {entity}." for row in differing]
    return wrong[:_SHOWN]


_GAPS = (
    ("SELECT 1 FROM change WHERE batch NOT IN (SELECT id FROM batch)", "The journal has changes of a batch it lost."),
    (
        "SELECT 1 FROM batch WHERE undoes >= id OR undoes NOT IN (SELECT id FROM batch)",
        "The journal has an undo of a batch that is not there.",
    ),
    (
        "SELECT 1 FROM change AS one JOIN change AS two ON two.seq = one.seq + 1 WHERE two.batch < one.batch",
        "The journal is out of order.",
    ),
    (f"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM settings WHERE id = '{SETTINGS_ID}')", "The settings are missing."),  # noqa: S608  a constant
)
