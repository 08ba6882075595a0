"""Health checks and audits as they stand: a sheet with its scores, the findings that are open, whom to check next.

Sources: oracles MATUR-003 and -004 for scores; the draw by weight is of rules.audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.material import Row, read_material
from pmo_desktop.figures.projects import ProjectFigures, figures_by_project, read_rating
from pmo_desktop.rules.assurance import Answer, AuditStatus, FindingStatus, Grade, Tier
from pmo_desktop.rules.audit import Exposure, draw_sample, score_answers, weigh_project
from pmo_desktop.rules.words import ENDED, Rag
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_row, read_rows, read_settings

_OVER = (FindingStatus.VERIFIED, FindingStatus.REJECTED)
_TIERS: Mapping[str, Tier] = {str(tier): tier for tier in Tier}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One question of a check with what was answered; the question as it read when the check was planned."""

    code: str
    text: str
    guidance: str
    weight: float
    answer: Answer | None
    comment: str


@dataclass(frozen=True, slots=True)
class AuditSection:
    """The questions of one section; `score` in percent, None when none of them applies."""

    name: str
    lines: tuple[AuditLine, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """A check with its questions by section; `score` in percent, None when nothing applies. `row` is its entry."""

    row: Record
    sections: tuple[AuditSection, ...]
    score: float | None
    answered: int
    asked: int
    findings: tuple[Record, ...]


def read_audit(store: Store, audit: str) -> AuditSheet:
    """A check with its questions, answers and findings. Raises Known when it is gone."""
    head = read_row(store, "audit", audit)
    if head is None:
        raise Known("This check has been deleted. Undo the deletion first.")
    sets = [row["id"] for row in read_rows(store, "question_set") if row["name"] == head["questions"]]
    known = {row["code"]: row for row in read_linked(store, "question", "question_set", sets)}
    by_section: defaultdict[str, list[AuditLine]] = defaultdict(list)
    for row in read_linked(store, "audit_answer", "audit", [audit]):
        question = known.get(row["code"], {})
        by_section[question.get("section") or ""].append(_line(row, question))
    sections = tuple(AuditSection(name, tuple(lines), _score(lines)) for name, lines in by_section.items())
    lines = [line for section in sections for line in section.lines]
    called = head["ref"] or head["title"]
    findings = tuple(row for row in read_rows(store, "finding") if row["audit"] == called)
    answered = sum(line.answer is not None for line in lines)
    return AuditSheet(head, sections, _score(lines), answered, len(lines), findings)


def _line(row: Record, question: Record) -> AuditLine:
    weight = question.get("weight")
    return AuditLine(
        row["code"],
        row["text"],
        question.get("guidance") or "",
        1.0 if weight is None else weight,
        Answer(row["answer"]) if row["answer"] else None,
        row["comment"] or "",
    )


def _score(lines: list[AuditLine]) -> float | None:
    return score_answers((line.answer, line.weight) for line in lines)


@dataclass(frozen=True, slots=True)
class Pick:
    """A project drawn for the next round of checks: its weight in the draw, and why, in words."""

    project: str
    called: str
    name: str
    weight: float
    reasons: tuple[str, ...]


def audit_sample(store: Store, count: int, seed: int, on: date | None = None) -> tuple[Pick, ...]:
    """So many projects to check next, drawn by risk without replacement; the same for a seed and a state of the file.

    Weights: tier, rating, finish and cost outside tolerance, days since the last check that was reported, critical
    findings that are open. Projects that have ended are not drawn.
    """
    material = read_material(store, on)
    figures, day = figures_by_project(material), material.data_date
    audited = _last_audits(store)
    criticals = Counter(
        row["project"]
        for row in read_rows(store, "finding")
        if row["grade"] == Grade.CRITICAL and row["status"] not in _OVER
    )
    live = [row for row in material.projects if row["lifecycle_status"] not in ENDED]
    rows = {row["id"]: row for row in sorted(live, key=lambda row: (row["ref"] or "", row["name"] or "", row["id"]))}
    weighed = [
        weigh_project(_exposure(row, figures[key], audited.get(key), criticals[key]), day) for key, row in rows.items()
    ]
    return tuple(
        Pick(
            each.project,
            str(rows[each.project]["ref"] or rows[each.project]["name"]),
            str(rows[each.project]["name"] or ""),
            each.weight,
            each.reasons,
        )
        for each in draw_sample(weighed, count, seed)
    )


def _last_audits(store: Store) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in read_rows(store, "audit"):
        if row["project"] and row["held_on"] and row["status"] == AuditStatus.REPORTED:
            found[row["project"]] = max(row["held_on"], found.get(row["project"], date.min))
    return found


def _exposure(row: Row, figures: ProjectFigures, audited: date | None, criticals: int) -> Exposure:
    return Exposure(
        project=str(row["id"]),
        tier=_TIERS.get(str(row["tier"])),
        rating=read_rating(row["rag_overall"]),
        slip=figures.slip_days or 0,
        late=figures.rag_time_computed == Rag.RED,
        variance=figures.variance_pct or 0.0,
        over=figures.rag_cost_computed == Rag.RED,
        last_audit=audited,
        criticals=criticals,
    )


@dataclass(frozen=True, slots=True)
class FindingsOverview:
    """What became of findings: the open ones by grade, those past due, those that repeat an earlier one."""

    open: Mapping[Grade | None, int]
    overdue: tuple[Record, ...]
    repeats: tuple[Record, ...]
    to_verify: tuple[Record, ...]
    closed: int


def read_findings(store: Store, on: date | None = None) -> FindingsOverview:
    """The findings on a day, else on the data date; the longest overdue first. A finding not graded counts as None."""
    day = on or data_date(read_settings(store))
    rows = read_rows(store, "finding")
    still = [row for row in rows if row["status"] not in _OVER]
    counted = Counter(Grade(row["grade"]) if row["grade"] else None for row in still)
    late = [row for row in still if row["status"] != FindingStatus.DONE and row["due"] and row["due"] < day]
    return FindingsOverview(
        {grade: counted[grade] for grade in (*Grade, None) if grade or counted[None]},
        tuple(sorted(late, key=lambda row: row["due"])),
        tuple(row for row in still if row["repeat_of"]),
        tuple(row for row in still if row["status"] == FindingStatus.DONE),
        len(rows) - len(still),
    )
