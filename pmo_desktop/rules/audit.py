"""The arithmetic of audits: the score of answers, which finding repeats another, and which projects to look at next.

Sources: oracles MATUR-003 and -004 (what does not apply leaves the denominator, what nobody answered does not);
domain.md h.2 for the grades; a weighted draw without replacement after Efraimidis and Spirakis (2006).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pmo_desktop.rules.assurance import Answer, Tier
from pmo_desktop.rules.hints import ALIKE, likeness, telling_words
from pmo_desktop.rules.wording import count_text, span_words
from pmo_desktop.rules.words import Rag, rag_label

WORTH: Mapping[Answer | None, float] = {Answer.YES: 1.0, Answer.PARTLY: 0.5, Answer.NO: 0.0, None: 0.0}
_BY_TIER: Mapping[Tier | None, float] = {Tier.ONE: 3.0, Tier.TWO: 2.0, Tier.THREE: 1.0, None: 2.0}
_BY_RATING: Mapping[str | None, float] = {Rag.RED: 3.0, Rag.AMBER_RED: 2.5, Rag.AMBER: 2.0, Rag.AMBER_GREEN: 1.0}
_UNRATED, _NEVER, _LONG_AGO, _OUTSIDE = 1.5, 3.0, 2.0, 2.0
_PER_CRITICAL, _MOST_CRITICAL = 2.0, 4.0
_YEAR, _HALF_YEAR = 365, 182


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """One question of a set; `weight` says how much it counts."""

    code: str
    text: str
    section: str = ""
    guidance: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A set of questions as plain data."""

    name: str
    purpose: str
    questions: tuple[AuditQuestion, ...]


def score_answers(answers: Iterable[tuple[Answer | None, float]]) -> float | None:
    """The score in percent, 0-100, of answers with their weights: yes counts whole, partly half.

    What does not apply leaves the denominator, what nobody answered stays in it; None when nothing is left.
    """
    counted = [(WORTH[answer], weight) for answer, weight in answers if answer is not Answer.NOT_APPLICABLE]
    asked = sum(weight for _, weight in counted)
    return 100.0 * sum(worth * weight for worth, weight in counted) / asked if asked else None


class Earlier(NamedTuple):
    """A finding of an earlier audit, or the new one, as far as repetition goes: what it is about and of whom."""

    ref: str
    project: str | None
    manager: str | None
    code: str
    title: str


def find_repeat(new: Earlier, earlier: Iterable[Earlier]) -> Earlier | None:
    """The finding that comes back in a new one, given the earlier ones in their order; the latest of the nearest kind.

    It is one of the same project, else of the same manager, that was found with the same question or says nearly the
    same.
    """
    alike = [each for each in earlier if _same_thing(new, each)]
    here = [each for each in alike if new.project is not None and each.project == new.project]
    theirs = [each for each in alike if new.manager is not None and each.manager == new.manager]
    return next(reversed(here or theirs), None)


def _same_thing(one: Earlier, other: Earlier) -> bool:
    if one.code and one.code == other.code:
        return True
    titles = [" ".join(each.title.casefold().split()) for each in (one, other)]
    return titles[0] == titles[1] or likeness(*map(telling_words, titles)) >= ALIKE


@dataclass(frozen=True, slots=True)
class Exposure:
    """What makes a project worth a look. `late` and `over`: beyond tolerance; slip in days, variance in percent."""

    project: str
    tier: Tier | None
    rating: Rag | None
    slip: int
    late: bool
    variance: float
    over: bool
    last_audit: date | None
    criticals: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A project, how heavily it weighs in the draw, and why, in words."""

    project: str
    weight: float
    reasons: tuple[str, ...]


def weigh_project(each: Exposure, on: date) -> Weighed:
    """The weight of a project by its tier and rating, what is out of tolerance, its last audit and open criticals."""
    reasons = [
        str(each.tier or "no tier given"),
        f"rated {rag_label(each.rating).lower()}" if each.rating else "not rated",
    ]
    weight = _BY_TIER[each.tier] + (_BY_RATING.get(each.rating, 0.5) if each.rating else _UNRATED)
    if each.late:
        weight += _OUTSIDE
        reasons.append(f"{span_words(each.slip)} late")
    if each.over:
        weight += _OUTSIDE
        reasons.append(f"{each.variance:.0f} % over budget")
    since = (on - each.last_audit).days if each.last_audit else None
    if since is None:
        weight += _NEVER
        reasons.append("never audited")
    else:
        weight += _LONG_AGO if since > _YEAR else _LONG_AGO / 2 if since > _HALF_YEAR else 0
        reasons.append(f"last audited {count_text(max(since, 0), 'day')} ago")
    if each.criticals:
        weight += min(_PER_CRITICAL * each.criticals, _MOST_CRITICAL)
        reasons.append(f"{count_text(each.criticals, 'critical finding')} open")
    return Weighed(each.project, weight, tuple(reasons))


def draw_sample(weighed: Iterable[Weighed], count: int, seed: int) -> tuple[Weighed, ...]:
    """So many of the projects, drawn by weight without replacement; the same for the same seed and order."""
    draw = random.Random(seed)  # noqa: S311  a draw that can be repeated, not a secret
    keyed = [(draw.random() ** (1.0 / each.weight), place, each) for place, each in enumerate(weighed)]
    return tuple(each for _, _, each in sorted(keyed, key=lambda key: (-key[0], key[1]))[:count])
