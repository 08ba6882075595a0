"""A text survives its Excel cell: escapes, cuts, and what a spreadsheet would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.exceltext import (
    CUT_NOTE,
    LONGEST,
    PIECE,
    escape_text,
    is_formula_like,
    shown_text,
    text_pieces,
    unescape_text,
)

FACE = "\N{GRINNING FACE}"  # two UTF-16 units, one character


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain\ttext\nof\rlines", "plain\ttext\nof\rlines"),
        ("a\x00b", "a_x0000_b"),
        ("bell\x07", "bell_x0007_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_X0041_", "_x005F_X0041_"),
        ("_x004_", "_x004_"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\uffff", "_xFFFF_"),
    ],
)
def test_what_xml_forbids_is_written_as_excel_escapes_it(text: str, written: str) -> None:
    assert escape_text(text) == written


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("_xX0041\x00\x1f"))))
def test_an_escaped_text_is_read_back_as_it_was(text: str) -> None:
    assert unescape_text(escape_text(text)) == text


@pytest.mark.parametrize("length", [0, 1, LONGEST // 2, LONGEST])
def test_a_text_that_fits_is_left_alone(length: int) -> None:
    assert shown_text("x" * length) == "x" * length


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST + 1), FACE * (LONGEST // 2 + 1), ("x" + FACE) * 20_000, FACE * LONGEST, "x" * 200_000]
)
def test_a_text_too_long_is_cut_with_a_note_and_never_between_the_halves_of_a_pair(text: str) -> None:
    shown = shown_text(text)
    assert shown.endswith(CUT_NOTE)
    assert text.startswith(shown.removesuffix(CUT_NOTE))
    assert LONGEST - 2 <= units(shown) <= LONGEST
    assert shown_text(shown) == shown


@pytest.mark.parametrize("text", ["", "x", "x" * 100_000, FACE * 50_000, ("x" + FACE) * 33_000])
def test_the_pieces_of_a_long_text_fit_and_join_up_again(text: str) -> None:
    pieces = text_pieces(text)
    assert "".join(pieces) == text
    assert all(0 < units(piece) <= PIECE for piece in pieces)


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "-5", "@SUM", "\tx", "\rx", "\n=1", "  =1", "\u00a0-1", "＝1", "＠x"]
)
def test_what_a_spreadsheet_might_run_is_recognised(text: str) -> None:
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", " ", "1+1", "a=b", "'=1", "(5)", "£5"])
def test_ordinary_text_is_not(text: str) -> None:
    assert not is_formula_like(text)
