"""What one does with deliverables: hand one in, accept it, return it to its author."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import DeliverableStatus
from pmo_desktop.rules.wording import short_day
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row


def submit_deliverable(store: Store, deliverable: str, on: date, template_used: bool | None = None) -> int | None:
    """Hand a deliverable in for acceptance. `template_used`: whether it was made from its template, None as it says.

    Raises Known when it is accepted already, and Ruled when the PMO's rules ask for more than was granted.
    """
    row = _read(store, deliverable)
    if row["status"] == DeliverableStatus.ACCEPTED:
        raise Known(f"{call_row(store, 'deliverable', deliverable)} is accepted already. Return it first.")
    cells: dict[str, Any] = {"status": DeliverableStatus.SUBMITTED, "submitted_on": on}
    if template_used is not None:
        cells["template_used"] = template_used
    return _write(store, deliverable, "Submit", cells, on)


def accept_deliverable(store: Store, deliverable: str, on: date, by: str | None) -> int | None:
    """Accept a deliverable that was handed in. Under controlling and directive authority nobody accepts their own.

    Raises Known when it was not handed in, or when `by` is its owner or nobody there; Ruled as above.
    """
    row = _read(store, deliverable)
    if row["status"] != DeliverableStatus.SUBMITTED:
        raise Known(f"{call_row(store, 'deliverable', deliverable)} was not handed in. Submit it first.")
    cells = {"status": DeliverableStatus.ACCEPTED, "accepted_on": on, "acceptor": by or row["acceptor"]}
    return _write(store, deliverable, "Accept", cells, on)


def return_deliverable(store: Store, deliverable: str, on: date, reason: str) -> int | None:
    """Return a deliverable to its author with the reason, which is added to its comment. Raises Known without one."""
    row = _read(store, deliverable)
    if not reason.strip():
        raise Known("Nothing was returned: say what has to be mended before it can be accepted.")
    said = f"Returned {short_day(on)}: {reason.strip()}"
    comment = f"{row['comment']}\n{said}" if row["comment"] else said
    cells = {"status": DeliverableStatus.REJECTED, "accepted_on": None, "comment": comment}
    return _write(store, deliverable, "Return", cells, on, reason.strip())


def _read(store: Store, deliverable: str) -> Record:
    row = read_row(store, "deliverable", deliverable)
    if row is None:
        raise Known("Nothing was changed: the deliverable has been deleted. Undo the deletion first.")
    return row


def _write(
    store: Store,
    deliverable: str,
    verb: str,
    cells: dict[str, Any],
    on: date,
    why: str | None = None,
) -> int | None:
    with batch(store, f"{verb} {call_row(store, 'deliverable', deliverable)}", why=why) as work:
        write_rows(work.connection, "deliverable", {deliverable: cells})
        guard(work.connection, on=on)
    return work.id if work.changed else None
