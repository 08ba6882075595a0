"""Ratings have one word each, an order from worst to best, and three points for totals."""

from __future__ import annotations

from pmo_desktop.rules.words import NOT_RATED, Rag, rag_label


def test_every_rating_has_a_word_and_no_rating_is_said() -> None:
    assert [rating.label for rating in Rag] == ["Red", "Amber/Red", "Amber", "Amber/Green", "Green", "Complete"]
    assert rag_label("AG") == "Amber/Green"
    assert rag_label(None) == rag_label("") == NOT_RATED


def test_ratings_stand_from_worst_to_best() -> None:
    assert [rating.badness for rating in Rag] == [5, 4, 3, 2, 1, 0]


def test_five_points_are_three_in_totals() -> None:
    assert [rating.three_point.value for rating in Rag] == ["R", "A", "A", "A", "G", "C"]
