"""Health checks and audits: planned with their questions, answered, reported with a score.

A check keeps its questions as they read when it was planned, so that a set may change without changing the past.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pmo_desktop.model.assurance import AuditAnswer, Question, QuestionSet
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.records import write_rows
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.assurance import Answer, AuditKind, AuditStatus
from pmo_desktop.rules.audit import AuditQuestion, QuestionSheet, score_answers
from pmo_desktop.rules.wording import count_text, join_words, number_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row, read_rows

_NEED_COMMENT = (Answer.NO, Answer.NOT_APPLICABLE)
_OVER = (AuditStatus.REPORTED, AuditStatus.CANCELLED)


@cache
def shipped_questions() -> tuple[QuestionSheet, ...]:
    """The sets of questions that are shipped, by name."""
    files = sorted(resource_path("questions").glob("*.json"))
    sheets = [_sheet(json.loads(path.read_text(encoding="utf-8"))) for path in files]
    return tuple(sorted(sheets, key=lambda each: each.name))


def take_questions(store: Store, sheet: QuestionSheet) -> str:
    """Take a set of questions into the portfolio, as one step; the answer is its id.

    Raises Known when a set of that name is there, when it asks nothing, or two questions have one code.
    """
    if any(row["name"].casefold() == sheet.name.casefold() for row in read_rows(store, "question_set")):
        raise Known(f"There is a set of questions {sheet.name} already. Give this one another name.")
    codes = [each.code for each in sheet.questions]
    if not codes or len(set(codes)) < len(codes):
        raise Known(f"{sheet.name} was not taken in: it needs questions, each with a code of its own.")
    with batch(store, f"Take the questions {sheet.name} into the portfolio") as work:
        return write_questions(work.connection, sheet)


def write_questions(connection: Connection, sheet: QuestionSheet) -> str:
    """Write a set of questions inside a batch; the answer is its id."""
    identity = new_id()
    connection.execute(sql.insert(QuestionSet), {"id": identity, "name": sheet.name, "purpose": sheet.purpose or None})
    rows = [
        {
            "id": new_id(),
            "question_set": identity,
            "code": each.code,
            "section": each.section or None,
            "text": each.text,
            "guidance": each.guidance or None,
            "weight": each.weight,
            "position": float(place),
        }
        for place, each in enumerate(sheet.questions, start=1)
    ]
    connection.execute(sql.insert(Question), rows)
    return identity


def plan_audit(
    store: Store,
    title: str,
    questions: str,
    project: str | None = None,
    *,
    kind: AuditKind = AuditKind.HEALTH_CHECK,
    planned: date | None = None,
    auditor: str | None = None,
) -> str:
    """Plan a check of a project, or of the whole portfolio, with a set of questions by its id; the answer is its id.

    Raises Known when the title is empty, or the set or the project is gone.
    """
    head = read_row(store, "question_set", questions)
    if head is None:
        raise Known("Nothing was planned: the set of questions has been deleted. Choose another one.")
    if not title.strip():
        raise Known("Nothing was planned: the check has no title. Give it one.")
    if project is not None and read_row(store, "project", project) is None:
        raise Known("Nothing was planned: the project has been deleted. Undo the deletion first.")
    identity, ref = new_id(), next_number(store, "audit", "AUD")
    with batch(store, f"Plan {kind.lower()} {ref} {title.strip()}") as work:
        row: dict[str, Any] = {
            "id": identity,
            "ref": ref,
            "project": project,
            "title": title.strip(),
            "kind": kind,
            "questions": head["name"],
            "planned": planned,
            "auditor": auditor,
            "status": AuditStatus.PLANNED,
            "custom": {},
        }
        work.connection.execute(sql.insert(entities()["audit"]), row)
        asked = sorted(read_linked(store, "question", "question_set", [questions]), key=lambda each: each["position"])
        answers = [{"id": new_id(), "audit": identity, "code": each["code"], "text": each["text"]} for each in asked]
        work.connection.execute(sql.insert(AuditAnswer), answers)
    return identity


def answer_questions(
    store: Store, audit: str, answers: Mapping[str, Answer | None], comments: Mapping[str, str] | None = None
) -> int | None:
    """Answer questions of a check by their codes, as one step; None takes an answer back.

    The answer is the batch, None when nothing differed. Raises Known when a No or an N/A has no comment, now or from
    before, when there is no such question, or when the check is reported already.
    """
    head, said = _open_audit(store, audit), comments or {}
    rows = {row["code"]: row for row in read_linked(store, "audit_answer", "audit", [audit])}
    unknown = [code for code in (*answers, *said) if code not in rows]
    if unknown:
        raise Known(f"{_call(head)} has no question {unknown[0]}. Choose one of its own.")
    changes = {}
    for code in dict.fromkeys((*answers, *said)):
        row = rows[code]
        comment = said.get(code, row["comment"] or "").strip() or None
        changes[row["id"]] = {"answer": answers.get(code, row["answer"]), "comment": comment}
    codes = {row["id"]: code for code, row in rows.items()}
    bare = [codes[key] for key, cells in changes.items() if cells["answer"] in _NEED_COMMENT and not cells["comment"]]
    if bare:
        raise Known(f"Nothing was answered: {join_words(bare)} need a comment that says why. Add it.")
    with batch(store, f"Answer {count_text(len(changes), 'question')} of {_call(head)}") as work:
        write_rows(work.connection, "audit_answer", changes)
        if head["status"] != AuditStatus.UNDER_WAY and any(each["answer"] for each in changes.values()):
            write_rows(work.connection, "audit", {audit: {"status": AuditStatus.UNDER_WAY}})
    return work.id if work.changed else None


def report_audit(store: Store, audit: str, on: date, opinion: str | None = None) -> float | None:
    """Close a check with its score in percent, which is the answer; None when nothing in it applied.

    Yes counts whole, partly half; what does not apply leaves the denominator, what nobody answered does not. Raises
    Known when nothing at all is answered, or the check is reported already.
    """
    head = _open_audit(store, audit)
    weights = question_weights(store, head["questions"])
    rows = read_linked(store, "audit_answer", "audit", [audit])
    answers = [(Answer(row["answer"]) if row["answer"] else None, weights.get(row["code"], 1.0)) for row in rows]
    if rows and not any(answer for answer, _ in answers):
        raise Known(f"{_call(head)} was not reported: none of its questions is answered. Answer some first.")
    score = score_answers(answers)
    result = "" if score is None else f" with {number_text(round(score, 1))} %"
    with batch(store, f"Report {_call(head)}{result}") as work:
        cells = {"status": AuditStatus.REPORTED, "held_on": on, "score": score}
        kept = {"opinion": (opinion or "").strip() or head["opinion"]}
        write_rows(work.connection, "audit", {audit: cells | kept})
    return score


def question_weights(store: Store, name: str | None) -> dict[str, float]:
    """The weights of the questions of a set by code; empty when the set is not there any more."""
    sets = [row["id"] for row in read_rows(store, "question_set") if row["name"] == name]
    rows = read_linked(store, "question", "question_set", sets)
    return {row["code"]: 1.0 if row["weight"] is None else row["weight"] for row in rows}


def next_number(store: Store, entity: str, prefix: str) -> str:
    """The next free reference of a register in the whole portfolio: AUD-004 after AUD-003."""
    pattern = re.compile(rf"{prefix}-?0*(\d{{1,9}})", re.IGNORECASE)
    taken = [match for row in read_rows(store, entity) if (match := pattern.fullmatch(row["ref"] or ""))]
    return f"{prefix}-{max((int(match[1]) for match in taken), default=0) + 1:03}"


def find_audit(store: Store, audit: str) -> Record:
    """The check. Raises Known when it is gone."""
    row = read_row(store, "audit", audit)
    if row is None:
        raise Known("This check has been deleted. Undo the deletion first.")
    return row


def _open_audit(store: Store, audit: str) -> Record:
    row = find_audit(store, audit)
    if row["status"] in _OVER:
        raise Known(f"{_call(row)} is {row['status'].lower()}. Plan another check, or undo the report first.")
    return row


def _call(row: Record) -> str:
    return str(row["ref"] or row["title"])


def _sheet(data: dict[str, Any]) -> QuestionSheet:
    questions = tuple(
        AuditQuestion(each["code"], each["text"], section["name"], each.get("guidance", ""), each.get("weight", 1.0))
        for section in data["sections"]
        for each in section["questions"]
    )
    return QuestionSheet(data["name"], data["purpose"], questions)
