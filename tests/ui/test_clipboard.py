"""Blocks to and from spreadsheets."""

from __future__ import annotations

import pytest

from pmo_desktop.ui.clipboard import block_from_text, block_to_html, block_to_text, repeat_block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("one", [["one"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('a\t"two\nlines"\nb\tc', [["a", "two\nlines"], ["b", "c"]]),
        ('"say ""hi"""\tx', [['say "hi"', "x"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ('6" pipe\nplain', [['6" pipe'], ["plain"]]),
        ("one\n\nthree", [["one"], [""], ["three"]]),
    ],
)
def test_text_of_either_spreadsheet_becomes_a_block(text: str, block: list[list[str]]) -> None:
    assert block_from_text(text) == block


@pytest.mark.parametrize("block", [[["a", "b\nc"], ['d"e', "f\tg"]], [["1"], ["2"]], [["x", "", "z"]]])
def test_a_block_comes_back_as_it_went(block: list[list[str]]) -> None:
    assert block_from_text(block_to_text(block)) == block


def test_html_escapes_and_aligns() -> None:
    made = block_to_html([["Name", "EAC"], ["A & <B>", "12"]], True, [False, True])
    assert "<th>Name</th>" in made
    assert "<td>A &amp; &lt;B&gt;</td>" in made
    assert '<td align="right">12</td>' in made


def test_a_block_is_repeated_only_over_whole_multiples() -> None:
    assert repeat_block([["x"]], 2, 2) == [["x", "x"], ["x", "x"]]
    assert repeat_block([["a"], ["b"]], 4, 1) == [["a"], ["b"], ["a"], ["b"]]
    assert repeat_block([["a"], ["b"]], 3, 1) == [["a"], ["b"]]
