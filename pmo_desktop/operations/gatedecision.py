"""Deciding a gate: the decision, its conditions as actions, and what follows for milestone, phases and project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pmo_desktop.figures.gatebook import GateBook, GatePlace
from pmo_desktop.model.raid import Action
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.gates import book_of, open_row
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.raid import add_link, next_ref
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import GateDecision, PhaseStatus
from pmo_desktop.rules.words import ActionStatus, LinkKind, MilestoneStatus, ProjectStatus
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_row


class Condition(NamedTuple):
    """One condition of an approval: what has to be done, by whom (a person's id), and by when."""

    text: str
    owner: str | None
    due: date | None


def decide_gate(
    store: Store,
    review: str,
    decision: GateDecision,
    on: date,
    by: str | None = None,
    reason: str = "",
    conditions: Sequence[Condition] = (),
    next_review: date | None = None,
) -> int | None:
    """Write down what the board decided, with all that follows from it, as one step.

    A gate that passes ends its phase, begins the next one, and is achieved on the day. Hold puts the project on hold;
    Stop cancels nothing, it says that the project should be. Conditions become actions of the project, linked to it.
    Raises Known for a decided gate, and for what is missing: a reason for not passing, conditions with owner and day;
    Ruled when the PMO's rules ask for more than was granted.
    """
    row = open_row(store, review)
    given = [Condition(each.text.strip(), each.owner, each.due) for each in map(Condition._make, conditions)]
    _check(decision, reason, given)
    cells: dict[str, Any] = {"decision": decision, "decided_on": on, "decided_by": by}
    cells |= {"reason": reason.strip() or None, "next_review": next_review, "held_on": row["held_on"] or on}
    what = f"{decision} {row['code']} of {call_row(store, 'project', row['project'])}"
    with batch(store, what, why=reason.strip() or None) as work:
        write_rows(work.connection, "gate_review", {review: cells})
        _write_conditions(work.connection, row, given, on)
        if decision.passes:
            _pass(work.connection, book_of(store, row["project"]), row["code"], on)
        elif decision is GateDecision.HOLD:
            write_rows(work.connection, "project", {row["project"]: {"lifecycle_status": ProjectStatus.ON_HOLD}})
        guard(work.connection, on=on)
    return work.id if work.changed else None


def reopen_gate(store: Store, review: str, reason: str) -> int | None:
    """Take a decision back so that the gate can be reviewed again; answers, votes and conditions stay.

    Of a gate that had passed, the milestone lies ahead again, its phase goes on, and the next one waits unless it is
    complete. Raises Known without a reason, and for a gate that is not decided.
    """
    row = read_row(store, "gate_review", review)
    if row is None or row["decision"] is None:
        raise Known("Nothing was changed: there is no decision to take back. Choose a gate that is decided.")
    if not reason.strip():
        raise Known("Nothing was changed: to reopen a gate needs a reason. Say why it is reviewed again.")
    emptied = dict.fromkeys(("decision", "decided_on", "decided_by", "reason", "next_review", "held_on"))
    with batch(store, f"Reopen {call_row(store, 'gate_review', review)}", why=reason.strip()) as work:
        write_rows(work.connection, "gate_review", {review: emptied})
        if GateDecision(row["decision"]).passes:
            _unpass(work.connection, book_of(store, row["project"]), row["code"])
    return work.id if work.changed else None


def _check(decision: GateDecision, reason: str, conditions: Sequence[Condition]) -> None:
    if not decision.passes and not reason.strip():
        raise Known(f"Nothing was decided: {decision} needs a reason. Say what the project has to do.")
    if decision is GateDecision.CONDITIONS and not conditions:
        raise Known("Nothing was decided: an approval with conditions has none. Add one, or choose Approve.")
    if decision is not GateDecision.CONDITIONS and conditions:
        raise Known(f"Nothing was decided: {decision} takes no conditions. Choose Approve with conditions.")
    for each in conditions:
        if not (each.text and each.owner and each.due):
            called = f"“{each.text}”" if each.text else "a condition"
            raise Known(f"Nothing was decided: {called} needs a text, an owner and a day. Fill them in.")


def _write_conditions(connection: Connection, review: Record, conditions: Sequence[Condition], on: date) -> None:
    taken = linked_rows(connection, "action", "project", [review["project"]])
    for text, owner, due in conditions:
        row: dict[str, Any] = {"id": new_id(), "ref": next_ref(taken, "action", review["project"])}
        row |= {"project": review["project"], "description": text, "owner": owner, "due": due, "raised": on}
        row |= {"source": f"Gate {review['code']}", "source_ref": review["code"], "status": ActionStatus.NOT_STARTED}
        connection.execute(sql.insert(Action), row | {"custom": {}})
        taken.append(row)
        ends = ("action", row["id"], row["ref"]), ("gate_review", review["id"], review["code"])
        add_link(connection, LinkKind.CONDITION, *ends)


def _pass(connection: Connection, book: GateBook, code: str, on: date) -> None:
    gate = _gate(book, code)
    if gate.milestone is not None:
        achieved = {"actual": gate.milestone["actual"] or on, "status": MilestoneStatus.COMPLETE}
        write_rows(connection, "milestone", {gate.milestone["id"]: achieved})
    ended, after = _phases(book, gate)
    changes = {}
    if ended is not None:
        changes[ended["id"]] = {"status": PhaseStatus.COMPLETE}
    if after is not None and after["status"] in (None, PhaseStatus.NOT_STARTED):
        changes[after["id"]] = {"status": PhaseStatus.UNDER_WAY}
    write_rows(connection, "phase", changes)


def _unpass(connection: Connection, book: GateBook, code: str) -> None:
    gate = _gate(book, code)
    if gate.milestone is not None:
        ahead = {"actual": None, "status": MilestoneStatus.IN_PROGRESS}
        write_rows(connection, "milestone", {gate.milestone["id"]: ahead})
    ended, after = _phases(book, gate)
    changes = {}
    if ended is not None:
        changes[ended["id"]] = {"status": PhaseStatus.UNDER_WAY}
    if after is not None and after["status"] == PhaseStatus.UNDER_WAY:
        changes[after["id"]] = {"status": PhaseStatus.NOT_STARTED}
    write_rows(connection, "phase", changes)


def _gate(book: GateBook, code: str) -> GatePlace:
    gate = book.find(code)
    assert gate is not None, "a gate that has a review is among the project's gates"  # noqa: S101
    return gate


def _phases(book: GateBook, gate: GatePlace) -> tuple[Record | None, Record | None]:
    """The phase that a gate ends and the one after it; only the last gate of a phase ends it."""
    if gate.phase:
        later = book.gates[book.gates.index(gate) + 1 :]
        place = next((at for at, row in enumerate(book.phases) if row["code"] == gate.phase), None)
        if place is None or any(each.phase == gate.phase for each in later):
            return None, None
    else:
        place = book.gates.index(gate)
    ahead = (*book.phases[place : place + 2], None, None)
    return ahead[0], ahead[1]
