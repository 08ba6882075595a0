"""Who gives way: priorities as people write them, and what follows where they say nothing."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.precedence import find_least, rank_priority


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("1", 1), ("P2", 2), ("Priority 3", 3), ("3 - Low", 3), ("2.5", 2.5), ("#7", 7),
        ("Critical", 1), ("high", 2), ("H", 2), ("Medium", 3), ("Low", 4), ("Low priority", 4),
        ("Must", 1), ("Should have", 2), ("Could", 4), ("Won\N{RIGHT SINGLE QUOTATION MARK}t", 5),
        ("", None), ("as agreed", None), ("2026-11-13x", None),
    ],
)  # fmt: skip
def test_a_priority_has_a_rank_or_none(text: str, rank: float | None) -> None:
    assert rank_priority(text) == rank


@pytest.mark.parametrize(
    ("priorities", "least"),
    [(["1", "3", "2"], 1), (["Must", "Could"], 1), (["1", "1"], None), (["Low", ""], None), ([], None)],
)
def test_the_lowest_gives_way_when_it_is_one_alone(priorities: list[str], least: int | None) -> None:
    assert find_least(priorities) == least
