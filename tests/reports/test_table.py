"""Tables break between rows, keep a group with its first row, and name it again on the next page."""

from __future__ import annotations

import pytest

from pmo_desktop.reports.style import TABLE
from pmo_desktop.reports.table import Cell, Row, paginate, row_height, shrink
from pmo_desktop.reports.text import width_of
from pmo_desktop.store.errors import Bug

AGAIN = Row({0: Cell(("Customer, continued",))}, 10, group=True)
GROUP = Row({0: Cell(("Customer",))}, 10, group=True, again=AGAIN)
LINE = Row({0: Cell(("Line",))}, 10)
TOTAL = Row({0: Cell(("Total",))}, 10, total=True)


def test_rows_fill_pages_and_the_group_stands_again() -> None:
    pages = paginate([GROUP, *[LINE] * 5], 40, 40)
    assert [len(page) for page in pages] == [4, 3]
    assert pages[1][0] is AGAIN


def test_a_group_never_ends_a_page() -> None:
    pages = paginate([LINE, LINE, GROUP, LINE], 30, 30)
    assert pages == [[LINE, LINE], [GROUP, LINE]]


def test_a_total_never_stands_alone() -> None:
    assert paginate([GROUP, LINE, LINE, TOTAL], 30, 30) == [[GROUP, LINE], [AGAIN, LINE, TOTAL]]
    assert paginate([LINE, LINE, TOTAL], 20, 20) == [[LINE], [LINE, TOTAL]]
    assert paginate([LINE, TOTAL], 10, 10) == [[LINE], [TOTAL]]
    assert paginate([LINE, TOTAL, TOTAL], 20, 20) == [[LINE, TOTAL], [TOTAL]]


def test_nothing_is_one_empty_page() -> None:
    assert paginate([], 40, 40) == [[]]


def test_a_row_taller_than_a_page_is_a_bug() -> None:
    with pytest.raises(Bug):
        paginate([Row({}, 50)], 40, 40)


def test_height_follows_the_tallest_cell() -> None:
    assert row_height({0: Cell(("a",))}, 14.4) == pytest.approx(14.6)
    assert row_height({0: Cell(("a", "b", "c"))}) == pytest.approx(3 * TABLE.leading + 4)
    assert row_height({}) == 14.4


def test_a_figure_too_wide_stands_smaller_but_never_too_small() -> None:
    wide = width_of("1,000,000", TABLE)
    assert shrink("1,000,000", TABLE, wide) is TABLE
    assert width_of("1,000,000", shrink("1,000,000", TABLE, wide * 0.9)) == pytest.approx(wide * 0.9)
    assert shrink("1,000,000", TABLE, wide * 0.1).size == 7.0
