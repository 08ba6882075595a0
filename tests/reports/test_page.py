"""A page refuses what would be clipped, overlap its column, or be too small to read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import PAPERS, TABLE, Type
from pmo_desktop.store.errors import Bug

A4 = PAPERS["a4"]


@pytest.fixture
def page() -> Page:
    return Page(Canvas(io.BytesIO()), A4, {})


CLIPPED: tuple[Callable[[Page], object], ...] = (
    lambda page: page.text(A4.right - 5, 100, "over the right edge", TABLE),
    lambda page: page.text(A4.left - 5, 100, "left of the frame", TABLE),
    lambda page: page.text(A4.left + 10, 100, "to the left", TABLE, align="right"),
    lambda page: page.text(A4.left, A4.bottom + 5, "into the footer", TABLE),
    lambda page: page.text(A4.left, -3, "above the page", TABLE),
    lambda page: page.text(A4.left, 100, "wider than its column", TABLE, width=20),
    lambda page: page.text(A4.left, 100, "too small", Type(6.9)),
    lambda page: page.box(A4.right - 5, 100, 10, 10, fill="#000000"),
    lambda page: page.circle(A4.left, 100, 5, fill="#000000"),
    lambda page: page.rule(A4.left, A4.right + 2, 100, 1, "#000000"),
    lambda page: page.polygon(((A4.left, 100), (A4.left, A4.height), (200, 100)), fill="#000000"),
)


@pytest.mark.parametrize("draw", CLIPPED)
def test_what_would_be_clipped_is_a_bug(page: Page, draw: Callable[[Page], object]) -> None:
    with pytest.raises(Bug):
        draw(page)


def test_what_fits_is_drawn_and_measured(page: Page) -> None:
    assert page.text(A4.left, 100, "", TABLE) == 0
    assert page.text(A4.right, 100, "fits", TABLE, align="right", width=40) > 10
    page.box(A4.left, 100, A4.content, 20, fill="#000000", line="#FFFFFF", radius=2)
    page.rule(A4.left, A4.right, A4.bottom, 1, "#000000")


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_grid_fills_the_content(name: str) -> None:
    paper = PAPERS[name]
    first, last = paper.column(1, 1), paper.column(12, 12)
    assert first[0] == paper.left
    assert sum(last) == pytest.approx(paper.right)
    assert paper.column(1, 12)[1] == pytest.approx(paper.content)
