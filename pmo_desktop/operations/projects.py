"""What one does with projects alone: report their status, and give them a new baseline."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import all_fields, entities
from pmo_desktop.model.project import Baseline
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_row, count_rows
from pmo_desktop.operations.records import write_rows
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import rows_of

BASELINE_FIELDS = ("start_baseline", "finish_baseline", "budget_approved")


def report_status(
    store: Store,
    ids: Collection[str],
    period_end: date,
    reported_by: str | None = None,
) -> int | None:
    """Freeze the projects' present status as their report for a period; a report of the same day is replaced."""
    shared = _shared_fields()
    with batch(store, f"Report status of {count_rows(store, 'project', ids)}") as work:
        connection = work.connection
        there = {
            row["project"]: row["id"] for row in rows_of(connection, "status_report") if row["period_end"] == period_end
        }
        rows = rows_of(connection, "project", ids)
        frozen = {
            row["id"]: {name: row[name] for name in shared} | {"reported_by": reported_by or row["pm"]} for row in rows
        }
        write_rows(connection, "status_report", {there[key]: frozen[key] for key in frozen if key in there})
        fresh = [
            values | {"id": new_id(), "project": key, "period_end": period_end, "custom": {}}
            for key, values in frozen.items()
            if key not in there
        ]
        if fresh:
            connection.execute(sql.insert(entities()["status_report"]), fresh)
        write_rows(connection, "project", {row["id"]: {"report_date": period_end} for row in rows})
        guard(connection)
    return work.id if work.changed else None


def rebaseline(store: Store, project: str, on: date, reason: str, values: Mapping[str, Any]) -> int | None:
    """Keep the present baseline as history, then set the new one.

    Raises Known without a reason, and Ruled when it needs an approval that was not granted.
    """
    if not reason.strip():
        message = "Nothing was changed: a new baseline needs a reason. Say why the board agreed to it."
        raise Known(message)
    with batch(store, f"New baseline for {call_row(store, 'project', project)}", why=reason.strip()) as work:
        (row,) = rows_of(work.connection, "project", [project])
        kept = {name: row[name] for name in (*BASELINE_FIELDS, "currency")}
        kept |= {"id": new_id(), "project": project, "replaced_on": on, "reason": reason.strip()}
        work.connection.execute(sql.insert(Baseline), kept)
        write_rows(
            work.connection, "project", {project: {name: values[name] for name in BASELINE_FIELDS if name in values}}
        )
        guard(work.connection)
    return work.id if work.changed else None


def _shared_fields() -> tuple[str, ...]:
    """The fields a report freezes: those that a project and a status report both have."""
    project, report = ([each.name for each in all_fields(name)] for name in ("project", "status_report"))
    return tuple(name for name in report if name in project and name not in ("id", "custom"))
