"""What the board needs to know: up to five claims, each a sentence with its evidence, found by rule in the figures."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.attention import Attention, Rule
from pmo_desktop.figures.totals import MoneyTotal
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import clean, one_line
from pmo_desktop.rules.wording import (
    count_text,
    count_words,
    growth_text,
    join_words,
    money_text,
    near_day,
    sentence,
    slip_words,
)
from pmo_desktop.rules.words import rag_label

MOST_CLAIMS = 5
_MOST_PROJECTS = 3
_GRAVE = (Rule.RED, Rule.WORSENING, Rule.OVER_TOLERANCE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the sentences that prove it; `project` is the id of the one it is about, or empty."""

    title: str
    evidence: tuple[str, ...]
    project: str = ""
    shorter: str = ""  # the title with the project's reference for its name


def list_claims(subject: Subject) -> list[Claim]:
    """The claims in the order of gravity; one that says all is well when no rule finds anything."""
    grave = [each for each in subject.portfolio.attention if each.main.rule in _GRAVE]
    claims = [_project_claim(each, subject) for each in grave[:_MOST_PROJECTS]]
    found = (_money_claim(subject), _milestone_claim(subject), _report_claim(subject))
    claims += [claim for claim in found if claim]
    if not claims and subject.portfolio.projects:
        return [Claim("No project needs the board's attention.", ("Nothing is red, worsening, late or unreported.",))]
    return claims[:MOST_CLAIMS]


def _project_claim(attention: Attention, subject: Subject) -> Claim:
    row, found = subject.by_id[attention.project], subject.figures[attention.project]
    rating = rag_label(row.get("rag_overall")).lower()
    late = f" and finishes {slip_words(found.slip_days)}" if found.slip_days and found.slip_days > 0 else ""
    said = f"is {rating}{late}."
    title = f"{subject.project_name(attention.project)} {said}"
    facts = [each.reason for each in attention.findings if each.rule is not Rule.RED or "was" in each.reason]
    if found.variance and found.variance > 0 and not any("EAC" in fact for fact in facts):
        over = money_text(found.variance, found.currency, signed=True)
        facts.insert(0, f"EAC {over} on budget ({growth_text(found.variance_pct)})")
    comment = [sentence(one_line(part)) for part in _sentences(clean(row.get("rag_comment") or ""))]
    action = sentence(attention.main.action)
    evidence = (*comment[:2], *(sentence(fact) for fact in facts), action)
    return Claim(title, evidence, attention.project, shorter=f"{_short(attention.project, subject)} {said}")


def _sentences(text: str) -> list[str]:
    return [part for line in text.replace(". ", ".\n").split("\n") if (part := line.strip())]


def _money_claim(subject: Subject) -> Claim | None:
    compared = [
        each for each in subject.portfolio.totals if each.variance is not None and each.variance_pct is not None
    ]
    if not compared:
        return None
    claims = [_total_words(each) for each in compared]
    rows = [subject.by_id[project] for project in subject.portfolio.projects]
    evidence = []
    for total in compared:
        over = sorted(
            (
                (found.variance, row["id"])
                for row in rows
                if (found := subject.figures[row["id"]]).currency == total.currency and (found.variance or 0) > 0
            ),
            key=lambda each: -(each[0] or 0),
        )
        named = [
            f"{_short(project, subject)} {money_text(value or 0, total.currency, signed=True)}"
            for value, project in over[:3]
        ]
        if named:
            evidence.append(f"The largest overruns are {join_words(named)}.")
        if total.compared < total.projects:
            missing = count_text(total.projects - total.compared, "project")
            evidence.append(f"{missing} in {total.currency} without a budget or an EAC not counted.")
    return Claim(f"{join_words(claims)}.", tuple(evidence))


def _short(project: str, subject: Subject) -> str:
    return subject.project_ref(project) or subject.project_name(project)


def _total_words(total: MoneyTotal) -> str:
    budget = total.budget or 0
    eac = budget + (total.variance or 0) if total.compared == total.projects else total.eac or 0
    percent = total.variance_pct or 0.0
    if total.variance == 0:
        return f"EAC is {money_text(eac, total.currency)}, at budget"
    side = "above" if percent > 0 else "below"
    return f"EAC is {money_text(eac, total.currency)}, {growth_text(abs(percent), signed=False)} {side} budget"


def _milestone_claim(subject: Subject) -> Claim | None:
    portfolio = subject.portfolio
    if not portfolio.due and not portfolio.overdue:
        return None
    parts = []
    if portfolio.due:
        late = f", {portfolio.due_late} of them late" if portfolio.due_late else ", none of them late"
        verb = "falls" if len(portfolio.due) == 1 else "fall"
        parts.append(f"{count_words(len(portfolio.due), 'milestone')} {verb} due in 30 days{late}")
    if portfolio.overdue:
        many = count_words(len(portfolio.overdue), "milestone") if not parts else str(len(portfolio.overdue))
        parts.append(f"{many} {'is' if len(portfolio.overdue) == 1 else 'are'} overdue")
    named = [
        f"{one_line(each.name)} ({_short(each.project, subject)}, {near_day(each.expected, portfolio.data_date)})"
        for each in (*portfolio.overdue, *(each for each in portfolio.due if each.is_late))
    ]
    return Claim(f"{'; '.join(parts)}.", (sentence(join_words(named[:3])),) if named else ())


def _report_claim(subject: Subject) -> Claim | None:
    portfolio = subject.portfolio
    missing = portfolio.reports_due - portfolio.reports_in
    if not missing:
        return None
    where = [
        f"{one_line(each.name)} {len(each.missing)}" if each.programme else f"{len(each.missing)} without a programme"
        for each in portfolio.programmes
        if each.missing
    ]
    if len(portfolio.programmes) == 1:
        where = []
    verb = "is" if missing == 1 else "are"
    title = f"{count_words(missing, 'status report')} of {portfolio.reports_due} {verb} missing or out of date."
    return Claim(title, (sentence(join_words(where)),) if where else ())
