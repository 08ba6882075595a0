"""Quality reviews of deliverables: planned, held, and what follows from their result."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.audits import next_number
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import DeliverableStatus, ReviewResult
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row


def plan_quality_review(
    store: Store,
    deliverable: str,
    planned: date | None = None,
    reviewer: str | None = None,
    method: str | None = None,
) -> str:
    """Plan a review of a deliverable against its acceptance criteria, as one step; the answer is the review's id.

    Raises Known when the deliverable is gone or was tailored out.
    """
    row = read_row(store, "deliverable", deliverable)
    if row is None:
        raise Known("Nothing was planned: the deliverable has been deleted. Undo the deletion first.")
    if row["status"] == DeliverableStatus.NOT_NEEDED:
        raise Known(f"Nothing was planned: {row['name']} is not needed in this project. Choose another deliverable.")
    ref = next_number(store, "quality_review", "QR")
    made: dict[str, Any] = {
        "id": new_id(),
        "ref": ref,
        "project": row["project"],
        "deliverable": row["name"],
        "title": f"Review of {row['name']}",
        "method": method,
        "planned": planned,
        "reviewer": reviewer,
        "custom": {},
    }
    with batch(store, f"Plan quality review {ref} of {row['name']}") as work:
        work.connection.execute(sql.insert(entities()["quality_review"]), made)
    return str(made["id"])


def record_quality_result(
    store: Store,
    review: str,
    result: ReviewResult,
    on: date,
    errors_found: int = 0,
    errors_open: int | None = None,
    comment: str | None = None,
) -> int | None:
    """Say how a review ended; a fail returns the deliverable to its author, a pass does not accept it by itself.

    `errors_open` is `errors_found` unless it is given. Raises Known when the review is gone, the numbers contradict
    each other, or a pass leaves errors open.
    """
    row = read_row(store, "quality_review", review)
    if row is None:
        raise Known("Nothing was recorded: the review has been deleted. Undo the deletion first.")
    still = errors_found if errors_open is None else errors_open
    if not 0 <= still <= errors_found:
        raise Known(f"Nothing was recorded: {still} errors are open of {errors_found} found. Correct the numbers.")
    if result is ReviewResult.PASS and still:
        raise Known(f"Nothing was recorded: errors are still open. Choose “{ReviewResult.ACTIONS}”, or close them.")
    called = row["ref"] or row["title"]
    with batch(store, f"Record {result.lower()} in quality review {called}") as work:
        cells: dict[str, Any] = {"result": result, "held_on": on, "errors_found": errors_found, "errors_open": still}
        write_rows(work.connection, "quality_review", {review: cells | ({"comment": comment} if comment else {})})
        if result is ReviewResult.FAIL:
            back = {"status": DeliverableStatus.REJECTED, "accepted_on": None}
            write_rows(work.connection, "deliverable", {each["id"]: back for each in _reviewed(store, row)})
    return work.id if work.changed else None


def _reviewed(store: Store, review: Record) -> list[Record]:
    """The deliverable of a review: the one of its project that is called so; none where several are."""
    wanted = (review["deliverable"] or "").strip().casefold()
    rows = read_linked(store, "deliverable", "project", [review["project"]])
    found = [row for row in rows if row["name"].strip().casefold() == wanted]
    return found if len(found) == 1 else []
