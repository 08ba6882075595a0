"""Waivers: ask to do without something the methodology asks for, allow or refuse it, withdraw it.

One that has expired is no waiver any more whatever its status says: that is judged by the day, and not written.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pmo_desktop.figures.authority import find_heads, read_mode
from pmo_desktop.model.delivery import Waiver
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import WaiverStatus
from pmo_desktop.rules.compliance import FUNCTIONS, Event, Function, Mode
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row, read_rows


def request_waiver(
    store: Store,
    project: str,
    subject: str,
    reason: str,
    on: date,
    event: Event | None = None,
    concerns: str | None = None,
    requested_by: str | None = None,
    expires: date | None = None,
) -> str:
    """Ask for a waiver of a rule (`event`) or of a gate, criterion or deliverable (`concerns`, its code); its id.

    Raises Known without a subject, a reason, or anything that it is for.
    """
    if not (subject.strip() and reason.strip()):
        raise Known("Nothing was requested: a waiver needs to say what is waived, and why.")
    if event is None and not concerns:
        raise Known("Nothing was requested: a waiver is for a rule, or for a gate, criterion or deliverable.")
    row: dict[str, Any] = {"id": new_id(), "project": project, "subject": subject.strip(), "reason": reason.strip()}
    row |= {"ref": _next_ref(read_rows(store, "waiver"), project), "event": event, "concerns": concerns or None}
    row |= {"requested_by": requested_by, "requested_on": on, "expires": expires, "status": WaiverStatus.REQUESTED}
    what = f"Request waiver {row['ref']} for {call_row(store, 'project', project)}"
    with batch(store, what, why=reason.strip()) as work:
        work.connection.execute(sql.insert(Waiver), row | {"custom": {}})
    return str(row["id"])


def decide_waiver(
    store: Store, waiver: str, approve: bool, on: date, by: str | None, expires: date | None = None, comment: str = ""
) -> int | None:
    """Allow or refuse a waiver that was asked for. `expires` takes the place of the day it was asked until.

    Nobody decides about their own: neither whoever asked nor, for a project, whoever manages it; and under directive
    authority only the head of the PMO allows one, who is a person whose role says so. Under supportive authority
    anybody may. Raises Known for all that is against that, for an approval without an expiry that lies ahead, and for a
    waiver that is decided already.
    """
    row = _read(store, waiver, (WaiverStatus.REQUESTED,))
    until = expires or row["expires"]
    if approve:
        _check_approval(store, row, on, by, until)
    verb = "Approve" if approve else "Reject"
    status = WaiverStatus.APPROVED if approve else WaiverStatus.REJECTED
    cells: dict[str, Any] = {"status": status, "approver": by, "decided_on": on, "expires": until}
    if comment.strip():
        cells["comment"] = comment.strip()
    with batch(store, f"{verb} waiver {call_row(store, 'waiver', waiver)}", why=comment.strip() or None) as work:
        write_rows(work.connection, "waiver", {waiver: cells})
    return work.id if work.changed else None


def withdraw_waiver(store: Store, waiver: str, reason: str = "") -> int | None:
    """Take a waiver back, asked for or approved. Raises Known when it was refused or withdrawn already."""
    _read(store, waiver, (WaiverStatus.REQUESTED, WaiverStatus.APPROVED))
    with batch(store, f"Withdraw waiver {call_row(store, 'waiver', waiver)}", why=reason.strip() or None) as work:
        write_rows(work.connection, "waiver", {waiver: {"status": WaiverStatus.WITHDRAWN}})
    return work.id if work.changed else None


def _check_approval(store: Store, row: Record, on: date, by: str | None, until: date | None) -> None:
    function = FUNCTIONS[Event(row["event"])] if row["event"] else Function.GATES
    mode = read_mode(store, row["project"], function, on)
    if by is None:
        raise Known("Nothing was approved: say who approves the waiver.")
    if until is None or until < on:
        raise Known("Nothing was approved: a waiver needs a day that lies ahead until which it holds.")
    if mode is Mode.SUPPORTIVE:
        return
    (project,) = read_rows(store, "project", [row["project"]])
    if by in (row["requested_by"], project["pm"]):
        raise Known("Nothing was approved: nobody approves their own waiver. Somebody else has to.")
    if mode is Mode.DIRECTIVE and by not in find_heads(read_rows(store, "person")):
        called = call_row(store, "person", by)
        raise Known(
            f"Nothing was approved: only the head of the PMO may waive, and the role of {called} does not say that. "
            "Choose somebody whose role says Head of PMO."
        )


def _read(store: Store, waiver: str, among: tuple[WaiverStatus, ...]) -> Record:
    row = read_row(store, "waiver", waiver)
    if row is None:
        raise Known("Nothing was changed: the waiver has been deleted. Undo the deletion first.")
    if row["status"] not in (None, *among):
        raise Known(f"Nothing was changed: the waiver is {row['status'].lower()} already. Ask for a new one.")
    return row


def _next_ref(rows: list[Record], project: str) -> str:
    taken = [
        re.fullmatch(r"W-?0*(\d{1,9})", row["ref"] or "", re.IGNORECASE) for row in rows if row["project"] == project
    ]
    return f"W-{max((int(match[1]) for match in taken if match), default=0) + 1:03}"
