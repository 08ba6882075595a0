"""The key at the foot of the dashboard: what each mark that it uses means, in the words of the file's own scale."""

from __future__ import annotations

from pmo_desktop.reports.marks import draw_gate, draw_rating, draw_trend, rating_width
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.gates import GateState
from pmo_desktop.rules.words import Rag, Trend, rag_label

_MARK = 10.0
_GATES = "gate passed, next"
Entry = tuple[str | None, str]


def paint_key(page: Page, y: float, subject: Subject) -> None:
    """Draw the key in one line around y: ratings with their meanings as far as these fit, then trends and gates."""
    x = page.paper.left
    for code, label in _fit_entries(subject, page.paper.content):
        x += rating_width(code, _MARK) / 2
        draw_rating(page, x, y, code, _MARK)
        x += rating_width(code, _MARK) / 2 + 4.0
        x += page.text(x, y + 2.7, label, CAPTION) + 12.0
    if _has_trends(subject):
        for trend in (Trend.BETTER, Trend.WORSE):
            draw_trend(page, x + 3.0, y, trend, 6.4)
            x += 10.0 + page.text(x + 10.0, y + 2.7, trend.value, CAPTION) + 10.0
    if _has_gates(subject):
        for state in (GateState.PASSED, GateState.NEXT):
            draw_gate(page, x + 4.0, y, state)
            x += 8.7
        page.text(x + 4.0, y + 2.7, _GATES, CAPTION)


def _fit_entries(subject: Subject, room: float) -> list[Entry]:
    used = {subject.by_id[project].get("rag_overall") for project in subject.portfolio.projects}
    codes = [rating.value for rating in Rag if rating.value in used or rating.value in ("R", "A", "G")]
    entries: list[Entry] = [(code, _meaning(code, subject.material.meanings)) for code in codes]
    entries.append((None, "Not rated"))
    marks = 76.0 * _has_trends(subject) + (26.0 + width_of(_GATES, CAPTION)) * _has_gates(subject)
    if _width(entries) + marks <= room:
        return entries
    return [(code, rag_label(code)) for code, _ in entries]


def _width(entries: list[Entry]) -> float:
    return sum(rating_width(code, _MARK) + 16.0 + width_of(label, CAPTION) for code, label in entries)


def _meaning(code: str, meanings: dict[str, str]) -> str:
    meaning = one_line(meanings.get(code, ""))
    if not meaning or code == Rag.COMPLETE:
        return rag_label(code)
    return f"{rag_label(code)}: {meaning[0].lower()}{meaning[1:]}"


def _has_trends(subject: Subject) -> bool:
    return subject.portfolio.since is not None


def _has_gates(subject: Subject) -> bool:
    return any(subject.figures[project].gate_track for project in subject.portfolio.projects)
