"""A list prints exactly the rows and fields it is given, whatever their width and length."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.reports.frame import make_imprint
from pmo_desktop.reports.listing import Listing, ListRow, Shown, write_listing
from pmo_desktop.reports.marks import Rating
from pmo_desktop.rules.words import Trend

IMPRINT = make_imprint("Projects", {"classification": "Internal"}, date(2026, 11, 13), None)
TEXT, RAG, MONEY = (
    Field("name", "Project", Kind.TEXT),
    Field("rag", "RAG", Kind.RAG),
    Field("eac", "EAC", Kind.MONEY, unit="£k"),
)


def print_rows(*rows: ListRow, fields: tuple[Field, ...] = (TEXT, RAG, MONEY), paper: str = "a4") -> list[str]:
    out = io.BytesIO()
    pages = write_listing(Listing("Projects", ("Red and amber",), fields, rows), IMPRINT, paper, out)
    found = [page.extract_text() for page in PdfReader(out).pages]
    assert len(found) == pages
    return found


def row(*cells: Shown, group: bool = False, total: bool = False) -> ListRow:
    return ListRow(cells, group=group, total=total)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_rows_groups_and_totals_stand_as_they_were_given(paper: str) -> None:
    (text,) = print_rows(
        row("Customer", "", "", group=True),
        row("Billing", Rating("AR", Trend.WORSE), "7,310"),
        row("Tariff", Rating(None), "−20"),
        row("Total", "", "7,290", total=True),
        paper=paper,
    )
    for part in ("Projects", "2 rows, Red and amber", "RAG", "EAC, £k", "Customer", "Billing", "AR", "7,310", "−20"):
        assert part in text
    assert text.index("Tariff") < text.index("Total")
    assert "Internal. Projects, data date 13 Nov 2026, by PMO Desktop" in text


def test_an_empty_list_prints_its_head() -> None:
    (text,) = print_rows()
    assert "0 rows" in text
    assert "EAC, £k" in text


def test_long_lists_repeat_head_and_group() -> None:
    rows = [row(f"Project {number}", Rating("G"), "1") for number in range(90)]
    pages = print_rows(row("Customer", "", "", group=True), *rows)
    assert len(pages) == 3
    assert all("RAG" in page for page in pages)
    assert all("Customer, continued" in page for page in pages[1:])
    found = "".join(pages)
    assert all(f"Project {number}" in found for number in range(90))


def test_a_list_too_wide_goes_on_in_bands_under_its_key() -> None:
    fields = (TEXT, *(Field(f"note{n}", f"Note number {n}", Kind.NOTE) for n in range(20)))
    pages = print_rows(row("Billing", *(f"some words of note {n}" for n in range(20))), fields=fields)
    assert len(pages) > 1
    assert all("Billing" in page for page in pages)
    assert "columns 1 of" in pages[0]
    squeezed = " ".join(" ".join(pages).split())
    assert all(f"Note number {n}" in squeezed for n in range(20))


def test_a_cell_longer_than_a_page_is_in_the_annex() -> None:
    text = " ".join(f"word{number}" for number in range(4000))
    pages = print_rows(row("Billing", Rating("R"), "1", text), fields=(TEXT, RAG, MONEY, Field("n", "Note", Kind.NOTE)))
    assert "Annex" in pages[1]
    assert "word3999" in "".join(pages[1:])


def test_a_list_without_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="field"):
        print_rows(fields=())
