"""Flowing documents: what keeps together goes over together, heads stand again, long rows are split well."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from pmo_desktop.reports.blocks import Kind, draw_blocks, draw_shares
from pmo_desktop.reports.document import draw_sheets
from pmo_desktop.reports.flow import Flow, Piece
from pmo_desktop.reports.frame import Imprint, Sheet
from pmo_desktop.reports.grid import Group, Say, Told, list_pieces, make_columns, tell
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.particulars import list_bullets, list_particulars, list_signatures
from pmo_desktop.reports.style import BODY, UPRIGHT
from tests.reports.conftest import DATA_DATE

PAPER = UPRIGHT["a4"]


def drawn(sheets: list[Sheet]) -> list[str]:
    out = io.BytesIO()
    draw_sheets(Imprint("T", "B", "F", "A", DATA_DATE), sheets, PAPER, out)
    return [page.extract_text() for page in PdfReader(out).pages]


def pages_of(flow: Flow, title: str = "Title", words: str = "said") -> list[str]:
    return drawn(flow.sheets("Name", flow.head(title, words, ["part", ""])))


@pytest.mark.parametrize("filler", range(40, 62))
def test_a_section_never_ends_a_page_and_no_line_of_a_text_stands_alone(filler: int) -> None:
    flow = Flow(PAPER)
    for number in range(filler):
        flow.text(f"filler {number}", BODY)
    flow.section("A section")
    flow.text("word " * 60)
    for page in pages_of(flow):
        lines = page.splitlines()
        body = [line for line in lines if line.startswith(("filler", "word", "A section"))]
        assert body[-1] != "A section"
        words = [line.startswith("word") for line in body]
        assert sum(words) != 1


@pytest.mark.parametrize("lines", [1, 12, 13, 14, 15, 40, 200])
def test_a_row_of_any_height_goes_on_under_its_heads(lines: int) -> None:
    flow = Flow(PAPER)
    columns = make_columns(PAPER.left, PAPER.content, ("Left", 0.5), ("Right", 0.5, "right"))
    words = "\n".join(f"line {number}" for number in range(lines))
    rows: list[Any] = [
        Group("Group", "note"),
        (Told((Say(words),), "R"), tell("right")),
        (tell("next", mark="N"), tell("")),
    ]
    flow.add(list_pieces(columns, rows))
    pages = pages_of(flow)
    assert "".join(pages).count("line ") == lines
    for page in pages[1:]:
        assert "Left" in page
        assert "Group, continued" in page
    assert all(page.count("line ") != 1 for page in pages[1:])


@pytest.mark.parametrize("count", range(37, 45))
def test_the_last_row_is_never_alone_on_a_page(count: int) -> None:
    flow = Flow(PAPER)
    columns = make_columns(PAPER.left, PAPER.content, ("Head", 1.0))
    flow.add(list_pieces(columns, [(tell(f"row {number}"),) for number in range(count)]))
    assert all(page.count("row ") > 1 for page in pages_of(flow))


def test_a_title_that_ends_a_sentence_begins_another() -> None:
    assert "Ready? Said" in pages_of(filled(), "Ready?")[0]
    assert "Ready: said" in pages_of(filled(), "Ready")[0]


def test_two_lines_of_a_message_are_about_as_long() -> None:
    heading = filled().head("A title of a good many words that go on to the end of its line and on", "one", [])
    first, second = heading.message
    assert len(second) > len(first) / 2


def filled() -> Flow:
    flow = Flow(PAPER)
    flow.text("x")
    return flow


def test_what_keeps_together_but_is_longer_than_a_page_goes_on_overleaf() -> None:
    flow = filled()
    flow.text("two\n\nthree", listed=True)
    tall = Piece(300.0, lambda page, y: None, keeps=True)
    flow.add([tall, tall, tall])
    flow.section("Empty at its end")
    pages = pages_of(flow)
    assert ["two" in pages[0], len(pages), "Empty at its end" in pages[2]] == [True, 3, True]


def test_particulars_stand_in_two_columns_where_they_are_short_and_nothing_of_a_long_one_is_lost() -> None:
    flow = Flow(PAPER)
    long = "word " * 900 + "end"
    pairs = [
        ("One", "1"),
        ("Two", "2"),
        ("None", None),
        ("Long", long),
        ("Blank", " \n "),
        ("Three", "3"),
        ("More", long),
    ]
    flow.add(list_particulars(PAPER, pairs))
    text = " ".join(" ".join(pages_of(flow)).split())
    assert "One 1 Two 2 Long word" in text
    assert text.count("word") == 1800
    assert text.count("end") == 2
    assert "None" not in text
    assert "Blank" not in text
    assert not list_particulars(PAPER, [("None", "")])


@pytest.mark.parametrize(
    ("items", "first"), [(["short", "also", "third"], "short also"), (["long " * 50, "b"], "long")]
)
def test_bullets_stand_beside_each_other_where_all_fit(items: list[str], first: str) -> None:
    flow = Flow(PAPER)
    flow.add(list_bullets(PAPER, items))
    text = " ".join(" ".join(pages_of(flow)).split())
    assert first in text
    assert all(" ".join(item.split()) in text for item in items)


def test_signatures_are_kept_together_unless_they_are_many() -> None:
    few, many = (list_signatures([("Role", "Name")] * number) for number in (3, 30))
    assert [piece.keeps for piece in few] == [True, True, False]
    assert not any(piece.keeps for piece in many)


def test_blocks_are_stretches_where_there_are_many_and_nothing_where_there_is_nothing() -> None:
    boxes: list[tuple[float, float]] = []

    class Watched(Page):
        def box(self, x: float, y: float, width: float, height: float, **more: Any) -> None:
            boxes.append((x, width))

    page = Watched(None, PAPER, {})  # type: ignore[arg-type]
    draw_blocks(page, 40, 40, 100, 8, [Kind("G", 0, "met")])
    draw_shares(page, 40, 40, 100, 8, [Kind("G", 0, "met")])
    assert boxes == []
    draw_blocks(page, 40, 40, 100, 8, [Kind("G", 20, "met"), Kind("N", 4, "open")])
    assert len(boxes) == 24
    boxes.clear()
    draw_blocks(page, 40, 40, 100, 8, [Kind("G", 21, "met"), Kind("R", 0, "no"), Kind("N", 4, "open")])
    assert [x for x, _ in boxes] == pytest.approx([40, 124.35], abs=0.1)
    assert boxes[-1][0] + boxes[-1][1] == pytest.approx(140)
    boxes.clear()
    draw_shares(page, 40, 40, 100, 8, [Kind("G", 3, "met"), Kind("N", 1, "open")])
    assert boxes == [(40, 75), (115, 25)]
