"""The review queue: which risks are to be looked at, why, how they would stand with late actions, and how they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmo_desktop.figures.riskbook import RiskBook, RiskFigures, late_actions, read_risk_book, spots_at
from pmo_desktop.rules.hints import Wording, find_alike, hint_words
from pmo_desktop.rules.money import decimals
from pmo_desktop.rules.reviews import push_back, review_due
from pmo_desktop.rules.risk import Cell, Scheme, dimension_point, impact_of
from pmo_desktop.rules.wording import count_text, near_day, number_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_rows, read_settings

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """One risk to look at. `due` is when; `pushed` the cell it stands in while actions are late, else None.

    `escalate`: it was above appetite a reporting cycle ago and still is. `reasons` say all this in words.
    """

    risk: RiskFigures
    due: date | None
    pushed: Cell | None
    escalate: bool
    reasons: tuple[str, ...]
    hints: tuple[str, ...]

    def is_due(self, today: date) -> bool:
        """Whether somebody should look at it now."""
        return self.due is None or self.due <= today or self.escalate or self.pushed is not None


def read_reviews(store: Store, day: date | None = None) -> list[Review]:
    """Every open risk as a review, the most urgent first: to be escalated, pushed back, overdue the longest."""
    settings = read_settings(store)
    today = day or data_date(settings)
    book = read_risk_book(store, today)
    rows = [each.row for each in book.risks]
    cycle = today - timedelta(days=round(settings["report_days"]))
    before = spots_at(store, rows, cycle)
    late: defaultdict[str, list[tuple[float | None, float | None]]] = defaultdict(list)
    for action in late_actions(read_rows(store, "mitigation"), today):
        late[action["risk"]].append((action["effect_prob"], action["effect_impact"]))
    alike = find_alike({each.id: str(each.row["title"]) for each in book.risks})
    called = {each.id: each.called for each in book.risks}
    found = []
    for each in book.risks:
        like = called.get(alike.get(each.id, ""), "")
        found.append(_review(each, book, today, before.get(each.id), late[each.id], like, settings["currency"]))
    return sorted(found, key=_urgency)


def _urgency(review: Review) -> tuple[bool, bool, date, float]:
    score = review.risk.now.score if review.risk.now else 0.0
    return (not review.escalate, review.pushed is None, review.due or date.min, -score)


def _review(
    risk: RiskFigures,
    book: RiskBook,
    today: date,
    before: tuple[int, int] | None,
    late: list[tuple[float | None, float | None]],
    like: str,
    currency: str,
) -> Review:
    row, scheme = risk.row, book.scheme
    level = risk.now.level if risk.now else None
    due = review_due(row["last_review"], row["next_review"], row["date_raised"], level, len(scheme.bands))
    pushed = _pushed(risk, book, late)
    limit = book.appetite if row["appetite"] is None else row["appetite"]
    inside = before is not None and before[0] <= scheme.likelihoods and before[1] <= scheme.impacts
    stayed = risk.above and before is not None and inside and scheme.judge(*before).score >= limit
    escalate = stayed and not row["escalated_to"]
    reasons = [_due_words(due, row["last_review"], today)]
    if escalate:
        reasons.insert(0, f"Above appetite ({number_text(limit)}) for two reporting cycles and not escalated.")
    if pushed and risk.now:
        said = f"{number_text(pushed.score)} instead of {number_text(risk.now.score)}"
        reasons.append(f"{count_text(len(late), 'action')} overdue: it counts as {said} until done.")
    hints = hint_words(
        Wording(
            str(row["title"] or ""),
            str(row["event"] or ""),
            owned=bool(row["owner"]),
            dated=bool(row["action_due"] or row["next_review"]),
            mitigated=bool(row["actions"] or row["response_strategy"]),
        )
    )
    hints += _meant(row, scheme, currency)
    if like:
        hints.append(f"It says nearly the same as {like}.")
    return Review(risk, due, pushed, escalate, tuple(filter(None, reasons)), tuple(hints))


def _meant(row: Row, scheme: Scheme, currency: str) -> list[str]:
    """What its likely cost and delay mean by the scheme's limits, where that is a greater impact than the one given.

    The limits are amounts of the portfolio's currency; nothing is converted.
    """
    rated = impact_of(row, "residual") or impact_of(row, "inherent")
    own = (row["currency"] or currency) == currency
    cost = row["cost_likely"] / 10 ** decimals(currency) if own and row["cost_likely"] is not None else None
    found = []
    measured = (("cost", cost, scheme.cost_limits), ("delay", row["days_likely"], scheme.time_limits))
    for named, amount, limits in measured:
        point = dimension_point(amount, limits) if limits and amount is not None else 0
        if rated and point > rated:
            found.append(f"Its likely {named} means impact {point}, but it is rated {rated}.")
    return found


def _pushed(risk: RiskFigures, book: RiskBook, late: list[tuple[float | None, float | None]]) -> Cell | None:
    """The worse cell that late actions leave a risk in; None when they change nothing."""
    if risk.spot is None or not late:
        return None
    spot = push_back(risk.spot, risk.spots.get("inherent"), late)
    return book.scheme.judge(*spot, opportunity=risk.is_opportunity) if spot != risk.spot else None


def _due_words(due: date | None, last: date | None, today: date) -> str:
    if due is None:
        return "Never reviewed."
    days = (today - due).days
    when = "due today" if days == 0 else f"overdue by {count_text(days, 'day')}" if days > 0 else ""
    if not when:
        return f"Next review {near_day(due, today)}."
    return f"Review {when}, last {near_day(last, today)}." if last else f"Review {when}, never reviewed."
