"""Text on paper: cleaned, broken into lines that fit, and never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.reports import text
from pmo_desktop.reports.style import BODY, TABLE, Type

WIDTH = 80.0


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\tb", "a b"),
        ("e\u0301", "\u00e9"),
        ("a\u200bb\u202ec\ufe0f", "abc"),
        ("a\u2009b\u3000c", "a b c"),
        ("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"),
        ("😀", "\N{WHITE SQUARE}"),
        ("日本", "\N{WHITE SQUARE}" * 2),
        ("<b>&amp;", "<b>&amp;"),
        (12, "12"),
        ("", ""),
    ],
)
def test_a_value_is_cleaned_for_drawing(raw: object, shown: str) -> None:
    assert text.clean(raw) == shown


def test_characters_without_a_shape_of_their_own_are_named() -> None:
    assert text.missing_characters("plain") == set()
    assert text.missing_characters("é − £ ☃ 😀") == {"😀", "☃"} - text.missing_characters("£") - _drawn("☃")
    assert text.missing_characters("\N{WHITE SQUARE}") == set()


def _drawn(character: str) -> set[str]:
    return set() if text.clean(character) == text.REPLACEMENT else {character}


@given(st.text(max_size=400))
def test_wrapped_lines_fit_and_hold_every_character(raw: str) -> None:
    plain = text.clean(raw)
    lines = text.wrap(plain, TABLE, WIDTH)
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(text.width_of(line, TABLE) <= WIDTH + 0.01 or len(line) == 1 for line in lines)


def test_words_stand_together_where_they_fit() -> None:
    assert text.wrap("to be or not to be", TABLE, 1000.0) == ["to be or not to be"]
    lines = text.wrap("to be or not to be that is the question", TABLE, WIDTH)
    assert len(lines) > 1
    assert " ".join(lines) == "to be or not to be that is the question"


def test_a_word_wider_than_the_line_is_broken_after_the_words_before_it() -> None:
    lines = text.wrap("ab " + "x" * 60, TABLE, WIDTH)
    assert lines[0] == "ab"
    assert "".join(lines[1:]) == "x" * 60


def test_lists_have_a_bullet_an_item_and_paragraphs_a_gap() -> None:
    listed = text.lines_of("- Tariff owner appointed\n\n• Accounts cleansed", BODY, 300.0, listed=True)
    assert [(line.text, line.bullet) for line in listed] == [
        ("Tariff owner appointed", True),
        ("Accounts cleansed", True),
    ]
    assert listed[1].gap > 0
    plain = text.lines_of("First\nSecond", BODY, 300.0)
    assert [(line.text, line.bullet, line.gap > 0) for line in plain] == [
        ("First", False, False),
        ("Second", False, True),
    ]
    assert text.height_of(plain, BODY) == pytest.approx(2 * BODY.leading + plain[1].gap)


def test_one_item_is_no_list_and_nothing_has_no_lines() -> None:
    assert [(line.text, line.bullet) for line in text.lines_of("- Alone", BODY, 300.0, listed=True)] == [
        ("Alone", False)
    ]
    assert text.lines_of(" \n ", BODY, 300.0) == []


def test_items_of_a_list() -> None:
    assert text.split_items("- a\n• b\n\n* c  d\n-") == ["a", "b", "c d", "-"]


def test_widths_follow_the_size() -> None:
    assert text.width_of("abc", Type(20)) == pytest.approx(2 * text.width_of("abc", Type(10)))
    assert text.width_of("0123456789", Type(10)) == pytest.approx(10 * text.width_of("7", Type(10)))
