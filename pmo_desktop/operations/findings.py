"""Findings of audits: raised, agreed with an action, acted on by their owner, verified by somebody else.

Source: domain.md h.1, separation of duties: nobody verifies their own work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.figures.repeats import find_repeated
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.audits import find_audit, next_number
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.raid import add_link, next_ref
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import FindingStatus, Grade
from pmo_desktop.rules.words import OVER, ActionStatus, LinkKind
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_row, read_rows, read_settings

_BEFORE_ACTION = (FindingStatus.OPEN, FindingStatus.AGREED)


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding that was raised; `repeats` says in a sentence which earlier one comes back, or is empty."""

    id: str
    ref: str
    repeats: str


def raise_finding(
    store: Store,
    audit: str,
    code: str,
    title: str,
    grade: Grade,
    owner: str | None = None,
    due: date | None = None,
    *,
    cause: str | None = None,
    recommendation: str | None = None,
) -> Raised:
    """Say what a check found with a question, as one step; a finding that comes back is linked to the earlier one.

    Raises Known when the check is gone or the title is empty.
    """
    head = find_audit(store, audit)
    if not title.strip():
        raise Known("Nothing was raised: the finding has no title. Say what was found.")
    repeated = find_repeated(store, head, code, title)
    ref = next_number(store, "finding", "F")
    row: dict[str, Any] = {
        "id": new_id(),
        "ref": ref,
        "project": head["project"],
        "title": title.strip(),
        "audit": head["ref"] or head["title"],
        "code": code or None,
        "grade": grade,
        "cause": cause,
        "recommendation": recommendation,
        "owner": owner,
        "raised": data_date(read_settings(store)),
        "due": due,
        "repeat_of": repeated.ref if repeated else None,
        "status": FindingStatus.OPEN,
        "custom": {},
    }
    tail = f", which repeats {repeated.ref}" if repeated else ""
    with batch(store, f"Raise finding {ref} in {row['audit']}{tail}") as work:
        work.connection.execute(sql.insert(entities()["finding"]), row)
    said = f"It repeats {repeated.ref}, {repeated.title}." if repeated else ""
    return Raised(str(row["id"]), ref, said)


def agree_action(store: Store, finding: str, action: str, owner: str | None = None, due: date | None = None) -> str:
    """Agree what is done about a finding: an action in the register of actions, linked to it; the answer is its id.

    Owner and day are those of the finding unless others are named. Raises Known when nobody owns it, nothing says what
    is done, or the finding is past that.
    """
    row = _finding(store, finding, *_BEFORE_ACTION)
    who, when, text = owner or row["owner"], due or row["due"], action.strip()
    if not text:
        raise Known("Nothing was agreed: say what will be done.")
    if who is None:
        raise Known(f"Nothing was agreed: nobody owns {_call(row)}. Name who will do it.")
    ref = next_ref(read_rows(store, "action"), "action", row["project"])
    made: dict[str, Any] = {
        "id": new_id(),
        "ref": ref,
        "project": row["project"],
        "description": text,
        "source": "Audit",
        "source_ref": _call(row),
        "owner": who,
        "raised": data_date(read_settings(store)),
        "due": when,
        "status": ActionStatus.NOT_STARTED,
        "custom": {},
    }
    with batch(store, f"Agree action {ref} for {_call(row)}") as work:
        work.connection.execute(sql.insert(entities()["action"]), made)
        cells = {"action": text, "owner": who, "due": when, "status": FindingStatus.AGREED}
        write_rows(work.connection, "finding", {finding: cells})
        add_link(work.connection, LinkKind.UNDER, ("action", made["id"], ref), ("finding", finding, _call(row)))
    return str(made["id"])


def finish_finding(store: Store, finding: str, on: date) -> int | None:
    """Say that what was agreed is done, and complete its actions; somebody else has yet to verify it.

    Raises Known when nothing was agreed.
    """
    row = _finding(store, finding, FindingStatus.AGREED)
    with batch(store, f"Finish what was agreed for {_call(row)}") as work:
        write_rows(work.connection, "finding", {finding: {"status": FindingStatus.DONE, "done": on}})
        ended = {each["id"]: {"status": ActionStatus.COMPLETE, "done": on} for each in _open_actions(store, finding)}
        write_rows(work.connection, "action", ended)
    return work.id if work.changed else None


def verify_finding(store: Store, finding: str, verifier: str, on: date) -> int | None:
    """Close a finding whose action is done: somebody looked and it is so.

    Raises Known when it is not done, and when the verifier owns it or one of its actions.
    """
    row = _finding(store, finding, FindingStatus.DONE)
    if verifier in {row["owner"], *(each["owner"] for each in _actions(store, finding))}:
        person = call_row(store, "person", verifier)
        raise Known(f"{_call(row)} was not verified: {person} acted on it. Ask somebody else to look.")
    with batch(store, f"Verify {_call(row)}") as work:
        cells = {"status": FindingStatus.VERIFIED, "verified_on": on, "verified_by": verifier}
        write_rows(work.connection, "finding", {finding: cells})
    return work.id if work.changed else None


def return_finding(store: Store, finding: str, why: str) -> int | None:
    """Send a finding back to its owner: what was done does not mend it. Raises Known without a reason."""
    row = _finding(store, finding, FindingStatus.DONE)
    reason = _reason(why, "sent back")
    with batch(store, f"Send {_call(row)} back to its owner", why=reason) as work:
        cells = {"status": FindingStatus.AGREED, "done": None, "comment": _add(row["comment"], reason)}
        write_rows(work.connection, "finding", {finding: cells})
    return work.id if work.changed else None


def reject_finding(store: Store, finding: str, why: str) -> int | None:
    """Say that a finding is not accepted, and why; it stays in the register. Raises Known without a reason."""
    row = _finding(store, finding, *_BEFORE_ACTION)
    reason = _reason(why, "rejected")
    with batch(store, f"Reject {_call(row)}", why=reason) as work:
        cells = {"status": FindingStatus.REJECTED, "comment": _add(row["comment"], reason)}
        write_rows(work.connection, "finding", {finding: cells})
    return work.id if work.changed else None


def _finding(store: Store, finding: str, *allowed: FindingStatus) -> Record:
    """The finding. Raises Known when it is gone, or does not stand where the deed begins."""
    row = read_row(store, "finding", finding)
    if row is None:
        raise Known("Nothing was changed: the finding has been deleted. Undo the deletion first.")
    status = FindingStatus(row["status"] or FindingStatus.OPEN)
    if status not in allowed:
        wanted = " or ".join(f"“{each}”" for each in allowed)
        raise Known(f"Nothing was changed: {_call(row)} stands at “{status}”; this can be done at {wanted}.")
    return row


def _actions(store: Store, finding: str) -> list[Record]:
    """The actions that were agreed for a finding."""
    links = read_rows(store, "entry_link")
    ids = [each["from_row"] for each in links if (each["from_register"], each["to_row"]) == ("action", finding)]
    return read_rows(store, "action", ids)


def _open_actions(store: Store, finding: str) -> list[Record]:
    return [row for row in _actions(store, finding) if row["status"] not in OVER[ActionStatus]]


def _reason(why: str, done: str) -> str:
    if not why.strip():
        raise Known(f"Nothing was {done}: say why.")
    return why.strip()


def _add(comment: str | None, reason: str) -> str:
    return f"{comment}\n{reason}" if comment else reason


def _call(row: Record) -> str:
    return str(row["ref"] or row["title"])
