"""The checks before a pack is issued: what a board would ask about, found before they do."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.material import Material
from pmo_desktop.figures.portfolio import PortfolioFigures
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.rules.words import Rag

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One check: whether it passes, and what it found."""

    passed: bool
    text: str


def list_checks(material: Material, portfolio: PortfolioFigures) -> list[Check]:
    """Reports in, every project rated, reds with a request, milestones in hand, board named: those that fail first."""
    if not portfolio.projects:  # nothing to look at is not the same as nothing wrong
        return [Check(False, "No project is open: there is nothing to report on"), _check_board(material)]
    rows = {row["id"]: row for row in material.projects}
    missing = [each for programme in portfolio.programmes for each in programme.missing]
    open_rows = [rows[each] for each in portfolio.projects]
    unrated = [row["id"] for row in open_rows if not row.get("rag_overall")]
    silent = [row["id"] for row in open_rows if row.get("rag_overall") == Rag.RED and not row.get("decisions_needed")]
    undated = [row["id"] for row in open_rows if not row.get("finish_forecast")]
    late = len(portfolio.overdue)
    checks = [
        _check(missing, rows, "All status reports of this cycle are in", "Without a report this cycle"),
        _check(unrated, rows, "Every project is rated", "Not rated"),
        _check(silent, rows, "Every red project asks for something", "Red, but asks nothing of the board"),
        _check(undated, rows, "Every project has a forecast finish", "No forecast finish"),
        Check(not late, f"{count_text(late, 'milestone')} overdue" if late else "No milestone is overdue"),
        _check_board(material),
    ]
    return sorted(checks, key=lambda each: each.passed)


def _check(found: list[str], rows: dict[str, dict[str, object]], good: str, bad: str) -> Check:
    if not found:
        return Check(True, good)
    named = [str(rows[each].get("ref") or rows[each].get("name") or "unnamed") for each in found[:_NAMED]]
    more = len(found) - len(named)
    listed = ", ".join(named) + f" and {more} more" if more else join_words(named)
    return Check(False, f"{bad}: {listed}")


def _check_board(material: Material) -> Check:
    settings = material.settings
    lacking = [words for name, words in (("board", "the board"), ("board_date", "its date")) if not settings.get(name)]
    return Check(not lacking, f"Not set: {join_words(lacking)}" if lacking else "The board and its date are set")
