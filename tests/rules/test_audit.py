"""Scores of answers, findings that come back, and the draw of projects by risk."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.rules.assurance import Answer, Tier
from pmo_desktop.rules.audit import (
    Earlier,
    Exposure,
    Weighed,
    draw_sample,
    find_repeat,
    score_answers,
    weigh_project,
)
from pmo_desktop.rules.words import Rag
from tests.rules.oracles import oracles

Y, P, N, X = Answer.YES, Answer.PARTLY, Answer.NO, Answer.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([Y, Y], 100.0),
        ([Y, N], 50.0),
        ([Y, P, N, None], 37.5),
        ([Y, X, X], 100.0),
        ([None, None], 0.0),
        ([Y, None], 50.0),
        ([X, X], None),
        ([], None),
    ],
)
def test_partly_is_half_what_does_not_apply_is_not_asked_and_silence_is_no(
    answers: list[Answer | None], score: float | None
) -> None:
    assert score_answers((each, 1.0) for each in answers) == score


def test_a_question_counts_by_its_weight() -> None:
    assert score_answers([(Y, 3.0), (N, 1.0)]) == 75.0
    assert score_answers([(Y, 0.0)]) is None


@pytest.mark.parametrize("case", [each for each in oracles("maturity") if each.id in ("MATUR-004", "none")])
def test_nothing_that_applies_has_no_score_as_the_reference_says(case: Any) -> None:
    words = {"NA": X}
    assert score_answers((words[each], 1.0) for each in case["inputs"]["answers"]) is case["expected"]["percent"]


FOUND = Earlier("", "alpha", "ann", "HC-03", "Nobody owns the worst risk")


@pytest.mark.parametrize(
    ("earlier", "repeats"),
    [
        ([], None),
        ([Earlier("F-1", "alpha", "ann", "HC-03", "Other words")], "F-1"),
        ([Earlier("F-1", "beta", "ann", "HC-03", "Other words")], "F-1"),
        ([Earlier("F-1", "beta", "bea", "HC-03", "Other words")], None),
        ([Earlier("F-1", "alpha", "bea", "HC-09", "nobody owns  the WORST risk")], "F-1"),
        ([Earlier("F-1", "alpha", "bea", "", "Nobody owns worst of the risk")], "F-1"),
        ([Earlier("F-1", "alpha", "ann", "HC-04", "The plan has no dates")], None),
        ([Earlier("F-1", "alpha", "x", "HC-03", "a"), Earlier("F-2", "beta", "ann", "HC-03", "b")], "F-1"),
        ([Earlier("F-1", "alpha", "x", "HC-03", "a"), Earlier("F-2", "alpha", "x", "HC-03", "b")], "F-2"),
    ],
)
def test_a_finding_repeats_one_of_the_same_project_or_else_manager(earlier: list[Earlier], repeats: str | None) -> None:
    found = find_repeat(FOUND, earlier)
    assert (found.ref if found else None) == repeats


def test_what_belongs_to_nobody_repeats_nothing() -> None:
    nobody = Earlier("", None, None, "HC-03", "Nobody owns the worst risk")
    assert find_repeat(nobody, [nobody._replace(ref="F-1")]) is None


ON = date(2026, 11, 13)
CALM = Exposure("alpha", Tier.THREE, Rag.GREEN, 0, False, 0.0, False, date(2026, 10, 1), 0)


@pytest.mark.parametrize(
    ("changes", "weight", "reason"),
    [
        ({}, 1.5, "last audited 43 days ago"),
        ({"tier": Tier.ONE}, 3.5, "Tier 1"),
        ({"tier": None}, 2.5, "no tier given"),
        ({"rating": Rag.RED}, 4.0, "rated red"),
        ({"rating": None}, 2.5, "not rated"),
        ({"slip": 84, "late": True}, 3.5, "12 weeks late"),
        ({"variance": 12.4, "over": True}, 3.5, "12 % over budget"),
        ({"last_audit": None}, 4.5, "never audited"),
        ({"last_audit": date(2025, 1, 1)}, 3.5, "last audited 681 days ago"),
        ({"last_audit": date(2026, 3, 1)}, 2.5, "last audited 257 days ago"),
        ({"last_audit": date(2026, 12, 1)}, 1.5, "last audited 0 days ago"),
        ({"criticals": 1}, 3.5, "1 critical finding open"),
        ({"criticals": 5}, 5.5, "5 critical findings open"),
    ],
)
def test_a_project_weighs_by_what_makes_it_worth_a_look(changes: dict[str, Any], weight: float, reason: str) -> None:
    found = weigh_project(replace(CALM, **changes), ON)
    assert found.weight == weight
    assert reason in found.reasons


def test_a_draw_is_the_same_for_a_seed_and_takes_nobody_twice() -> None:
    weighed = [Weighed(f"p{place}", 1.0 + place, ()) for place in range(20)]
    first = draw_sample(weighed, 5, 7)
    assert first == draw_sample(weighed, 5, 7)
    assert len({each.project for each in first}) == 5
    assert len(draw_sample(weighed, 50, 7)) == 20
    assert any(draw_sample(weighed, 5, seed) != first for seed in range(3))


def test_who_weighs_more_is_drawn_more_often() -> None:
    weighed = [Weighed("heavy", 9.0, ()), Weighed("light", 1.0, ())]
    drawn = Counter(draw_sample(weighed, 1, seed)[0].project for seed in range(1_000))
    assert drawn["heavy"] / 1_000 == pytest.approx(0.9, abs=0.03)
