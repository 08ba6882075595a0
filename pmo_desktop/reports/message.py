"""Messages: the sentence at the head of each page, made from its data by one rule, so that the page proves it."""

from __future__ import annotations

from datetime import date

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import split_items
from pmo_desktop.rules.wording import count_word, count_words, day_text, join_words, money_text, span_words
from pmo_desktop.rules.words import rag_label

NOTHING_ASKED = frozenset(
    {"", "-", "\N{EN DASH}", "n/a", "na", "nil", "no", "none", "none at present", "none this period", "none required"}
)
Decision = tuple[str, str]  # the id of the project, and what it asks


def list_decisions(subject: Subject) -> list[Decision]:
    """What the open projects ask of the board, one decision a line, worst project first; `None` asks nothing."""
    return [
        (project, item)
        for project in subject.portfolio.projects
        for item in split_items(subject.by_id[project].get("decisions_needed") or "")
        if item.casefold().rstrip(".") not in NOTHING_ASKED
    ]


def summary_message(subject: Subject) -> str:
    """How much is red, of how much, and what the board is asked for."""
    asked = len(list_decisions(subject))
    ask = f"; the board is asked for {count_words(asked, 'decision').lower()}" if asked else ""
    return _standing(subject) + ask


def dashboard_message(subject: Subject) -> str:
    """How many are green, and where the slippage is."""
    projects = subject.portfolio.projects
    if not projects:
        return "The portfolio holds no open project"
    counts = {each.code: each.count for each in subject.portfolio.statuses}
    green = f"{count_words(counts['G'], 'project')} {_are(counts['G'])} green"
    slips = [(found.slip_days, each) for each in projects if (found := subject.figures[each]).slip_days is not None]
    late = sorted((slip, each) for slip, each in slips if slip > 0)
    if not slips:
        return f"{green}; no finish can be compared with a baseline"
    if not late:
        return f"{green}; none finishes after its baseline"
    worst = [subject.project_ref(each) or subject.project_name(each) for _, each in late[-2:][::-1]]
    noun = "the longest slips are" if len(worst) > 1 else "the one slip is"
    many = f"{count_word(len(late))} {_finish(len(late))}"
    return f"{green}; {many} late, {noun} in {join_words(worst)}"


def project_news(row: Row, found: ProjectFigures) -> str:
    """How far a project's finish moves, and what becomes of its cost; its rating where neither is known."""
    parts = [part for part in (_time_words(row, found), _cost_words(found)) if part]
    rating = row.get("rag_overall")
    if not parts:
        parts = [f"rated {rag_label(rating).lower()}" if rating else "not rated"]
    return " and ".join(parts)


def _standing(subject: Subject) -> str:
    total = len(subject.portfolio.projects)
    if not total:
        return "The portfolio holds no open project"
    counts = {each.code: each for each in subject.portfolio.statuses}
    red, amber, unrated = counts["R"], counts["A"], counts["N"]
    if unrated.count == total:
        return f"None of the {total} projects is rated" if total > 1 else "The one project is not rated"
    whole = sum(amount for each in subject.portfolio.statuses for _, amount in each.eac)
    currency = subject.only_currency
    if red.count and currency and whole > 0 and red.eac:
        verb = "holds" if red.count == 1 else "hold"
        held = money_text(red.eac[0][1], currency)
        return f"{count_words(red.count, 'red project')} {verb} {held} of a {money_text(whole, currency)} portfolio"
    if red.count:
        return f"{count_words(red.count, 'project')} of {total} {_are(red.count)} red"
    return f"No project is red; {count_words(amber.count, 'project').lower()} of {total} {_are(amber.count)} amber"


def _time_words(row: Row, found: ProjectFigures) -> str:
    finish: date | None = row.get("finish_actual") or row.get("finish_forecast")
    if finish is None:
        return ""
    day = day_text(finish)
    done = row.get("finish_actual") is not None
    if found.slip_days is None:
        return f"finished on {day}" if done else f"finish is forecast for {day}"
    if found.slip_days == 0:
        return f"finished on its baseline, {day}" if done else f"finish holds at {day}"
    span = span_words(found.slip_days)
    if done:
        return f"finished {span} {'late' if found.slip_days > 0 else 'early'}, on {day}"
    return f"finish moves {span} to {day}" if found.slip_days > 0 else f"finish comes {span} forward to {day}"


def _cost_words(found: ProjectFigures) -> str:
    if found.variance is None:
        return ""
    amount = money_text(abs(found.variance), found.currency)
    if found.variance == 0:
        return "cost holds at budget"
    return f"cost {'rises' if found.variance > 0 else 'falls'} {amount}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _finish(count: int) -> str:
    return "finishes" if count == 1 else "finish"
