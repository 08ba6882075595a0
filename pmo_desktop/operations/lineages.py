"""Keeping what an imported file said, in the same batch as the import itself, so that undo forgets it too."""

from __future__ import annotations

from typing import Any

from pmo_desktop.exchange.plan import LineagePlan, Mark, Plan
from pmo_desktop.model.source import ImportFile, ImportRow
from pmo_desktop.model.types import json_text, new_id
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.pace import portions

Row = dict[str, Any]
_TOLD = ("line", "sheet", "batch", "said", "last")


def remember_files(connection: Connection, plan: Plan, batch: int) -> None:
    """Write the lineages of a plan that is being applied as `batch`."""
    for lineage in plan.lineages:
        if not (lineage.new and not lineage.marks):
            _write_file(connection, plan, lineage, batch)
            _write_rows(connection, lineage, batch)


def _write_file(connection: Connection, plan: Plan, lineage: LineagePlan, batch: int) -> None:
    table = ImportFile.__table__
    since = {name: first if first is not None else batch for name, first in lineage.since.items()}
    row: Row = {"file": plan.file, "sheet": lineage.sheet, "batch": batch}
    row |= {
        "headers": json_text(list(lineage.headers)),
        "since": json_text(since),
        "answers": json_text(lineage.answers),
    }
    if lineage.new:
        connection.execute(sql.insert(table), row | {"id": lineage.id, "register": lineage.entity})
    else:
        connection.execute(sql.update(table).where(table.c.id == lineage.id).values(row))


def _write_rows(connection: Connection, lineage: LineagePlan, batch: int) -> None:
    table = ImportRow.__table__
    here = sql.update(table).where(table.c.id == sql.bindparam("key"))
    for new in portions([mark for mark in lineage.marks if not mark.id], count=1):
        connection.execute(
            sql.insert(table),
            [_row(mark, batch) | {"id": new_id(), "file": lineage.id, "row": mark.row} for mark in new],
        )
    again = here.values({name: sql.bindparam(f"to_{name}", type_=table.columns[name].type) for name in _TOLD})
    for known in portions([mark for mark in lineage.marks if mark.id], count=1):
        rows = [(mark.id, _row(mark, batch)) for mark in known]
        connection.execute(again, [{"key": key} | {f"to_{name}": row[name] for name in _TOLD} for key, row in rows])
    gone = [{"key": key, "to_last": file} for key, file in lineage.gone.items()]
    for vanished in portions(gone, count=1):
        connection.execute(here.values(last=sql.bindparam("to_last")), vanished)


def _row(mark: Mark, batch: int) -> Row:
    said = json_text(dict(mark.said)) if mark.said else None
    return {"line": mark.line, "sheet": mark.sheet or None, "batch": batch, "said": said, "last": None}
