"""What one does at a gate: open and hold its review, answer its criteria, vote, decide, and open it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmo_desktop.figures.gatebook import GateBook, GatePlace, read_books
from pmo_desktop.model.delivery import GateAnswer, GateReview, GateVote
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, linked_rows, read_row, read_settings

_NEEDS_COMMENT = (Answer.NO, Answer.NOT_APPLICABLE)


def open_review(store: Store, project: str, code: str, reviewer: str | None = None, name: str | None = None) -> str:
    """Make the review of a gate that has none yet; its id. Raises Known when there is one already."""
    book = book_of(store, project)
    gate = book.find(code)
    if gate is not None and gate.review is not None:
        raise Known(f"{code} has a review already. Answer its criteria, or reopen it when it is decided.")
    identity = new_id()
    called = name or (gate.name if gate else None)
    with batch(store, f"Open the review of {code} of {call_row(store, 'project', project)}") as work:
        row: dict[str, Any] = {"id": identity, "project": project, "code": code, "name": called, "custom": {}}
        work.connection.execute(sql.insert(GateReview), row | {"reviewer": reviewer})
    return identity


def hold_review(store: Store, review: str, reviewer: str | None, held_on: date) -> int | None:
    """Note who reviewed a gate, and on which day. Raises Known when it is decided already."""
    open_row(store, review)
    with batch(store, f"Review {call_row(store, 'gate_review', review)}") as work:
        write_rows(work.connection, "gate_review", {review: {"reviewer": reviewer, "held_on": held_on}})
    return work.id if work.changed else None


def answer_criteria(
    store: Store,
    review: str,
    answers: Mapping[str, Answer],
    comments: Mapping[str, str] | None = None,
    on: date | None = None,
) -> int | None:
    """Answer criteria by their codes, as one step; an answer given before is replaced, its comment kept without a new.

    `on` is the data date unless given. Raises Known for No and N/A without a comment, for a criterion that the gate
    has not, and when the gate is decided.
    """
    row = open_row(store, review)
    book, gate = _place(store, row)
    texts = {each["code"]: each["text"] for each in book.criteria(gate)}
    before = book.answers_at(gate)
    said = {code: text.strip() for code, text in (comments or {}).items()}
    day = on or data_date(read_settings(store))
    rows = [_answered(code, answers[code], texts, before.get(code), said.get(code), row) for code in answers]
    about = f"{row['code']} of {call_row(store, 'project', row['project'])}"
    what = f"Answer {answers[next(iter(answers))]}" if len(answers) == 1 else count_text(len(answers), "answer")
    with batch(store, f"{what} at {about}") as work:
        signed = {"answered_on": day, "answered_by": store.who}
        fresh = [each | signed | {"id": new_id(), "review": review} for each in rows if each["code"] not in before]
        if fresh:
            work.connection.execute(sql.insert(GateAnswer), fresh)
        table = GateAnswer.__table__
        for each in rows:
            old = before.get(each["code"])
            if old is not None and any(old[name] != each[name] for name in each):
                work.connection.execute(sql.update(table).where(table.c.id == old["id"]).values(each | signed))
    return work.id if work.changed else None


def clear_answer(store: Store, review: str, code: str) -> int | None:
    """Take the answer to a criterion back; None when there is none. Raises Known when the gate is decided."""
    row = open_row(store, review)
    with batch(store, f"Clear the answer to {code} at {call_row(store, 'gate_review', review)}") as work:
        answers = linked_rows(work.connection, "gate_answer", "review", [row["id"]])
        delete_rows(work.connection, "gate_answer", [each["id"] for each in answers if each["code"] == code])
    return work.id if work.changed else None


def vote_gate(store: Store, review: str, person: str, vote: GateDecision, comment: str | None = None) -> int | None:
    """Give one member's vote; it takes the place of the one they gave before. Raises Known when the gate is decided."""
    open_row(store, review)
    what = f"{call_row(store, 'person', person)} votes {vote} at {call_row(store, 'gate_review', review)}"
    cells: dict[str, Any] = {"vote": vote, "comment": comment.strip() or None if comment else None}
    with batch(store, what) as work:
        table = GateVote.__table__
        votes = linked_rows(work.connection, "gate_vote", "review", [review])
        given = next((each["id"] for each in votes if each["person"] == person), None)
        if given is None:
            row = {"id": new_id(), "review": review, "person": person} | cells
            work.connection.execute(sql.insert(GateVote), row)
        else:
            work.connection.execute(sql.update(table).where(table.c.id == given).values(cells))
    return work.id if work.changed else None


def open_row(store: Store, review: str) -> Record:
    """The row of a review that is not decided. Raises Known when it is, or is gone."""
    row = read_row(store, "gate_review", review)
    if row is None:
        raise Known("Nothing was changed: the gate review has been deleted. Undo the deletion first.")
    if row["decision"] is not None:
        called = call_row(store, "gate_review", review)
        raise Known(f"Nothing was changed: {called} is decided ({row['decision']}). Reopen it first.")
    return row


def book_of(store: Store, project: str) -> GateBook:
    """The gate book of one project. Raises Known when it is gone."""
    with store.reading() as connection:
        book = read_books(connection, [project]).get(project)
    if book is None:
        raise Known("Nothing was changed: the project has been deleted. Undo the deletion first.")
    return book


def _place(store: Store, review: Record) -> tuple[GateBook, GatePlace]:
    book = book_of(store, review["project"])
    gate = book.find(review["code"])
    assert gate is not None, "a gate that has a review is among the project's gates"  # noqa: S101
    return book, gate


def _answered(
    code: str, answer: Answer, texts: Mapping[str, str], before: Record | None, said: str | None, review: Record
) -> dict[str, Any]:
    if code not in texts and before is None:
        raise Known(f"Nothing was changed: {review['code']} has no criterion {code}. Choose one of its checklist.")
    text = texts.get(code) or (before["text"] if before else code)
    comment = said if said is not None else before["comment"] if before else None
    if answer in _NEEDS_COMMENT and not comment:
        raise Known(f"Nothing was changed: “{text}” needs a comment that says why it is {answer}.")
    return {"code": code, "text": text, "answer": answer, "comment": comment or None}
