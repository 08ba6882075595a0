"""A block of the clipboard as a workbook: its headings, or those of the columns on screen."""

from __future__ import annotations

import pytest

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.clipboard import Block
from pmo_desktop.ui.pasting import clipboard_book, with_header

NAME = Field("name", "Project", Kind.TEXT, also=("Title",))
FINISH = Field("finish_forecast", "Finish", Kind.DATE)
FIELDS = {"name": NAME, "finish_forecast": FINISH}


@pytest.mark.parametrize(
    ("block", "first"),
    [
        ([["Project", "Finish"], ["Alpha", "1 Mar 2028"]], ["Project", "Finish"]),
        ([["title ", "FINISH", "Note"], ["Alpha", "", "x"]], ["title ", "FINISH", "Note"]),
        ([["Alpha", "1 Mar 2028"]], ["Project", "Finish"]),
        ([["Alpha", "1 Mar 2028", "x", "y"]], ["Project", "Finish", "Column 3", "Column 4"]),
        ([["Alpha"]], ["Project"]),
    ],
)
def test_a_block_stands_under_headings(block: Block, first: list[str]) -> None:
    headed = with_header(block, [NAME, FINISH], FIELDS)
    assert headed[0] == first
    assert headed[-1] == block[-1]


def test_blank_cells_are_empty_and_the_same_block_has_the_same_fingerprint() -> None:
    book = clipboard_book([["Project", "Finish"], ["Alpha", " "]], "text")
    assert (book.name, book.sheets[0].rows) == ("Clipboard", [["Project", "Finish"], ["Alpha", None]])
    assert book.fingerprint == clipboard_book([["x"]], "text").fingerprint
