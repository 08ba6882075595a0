"""Packs and lists are written whole or not at all, and a wrong choice is one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.packs import build_pack, print_capacity, print_list
from pmo_desktop.reports.listing import Listing, ListRow
from pmo_desktop.reports.pack import PackOptions
from pmo_desktop.store.errors import Known
from pmo_desktop.store.opening import create_memory_store, create_store, open_store
from tests.builders import a_project, a_resource, an_allocation
from tests.operations.conftest import Small


class Stopped(Exception):  # noqa: N818  what a person does, not an error
    """The person cancelled."""


LIST = Listing("Projects", (), (Field("name", "Project", Kind.TEXT),), (ListRow(("Alpha",)),))


def test_a_pack_is_a_file_with_a_page_for_each_project(small: Small, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    result = build_pack(small.store, target)
    assert result.path == target
    assert result.pages == len(PdfReader(target).pages)
    assert set(result.projects) == {small.alpha, small.beta}
    assert "Alpha" in PdfReader(target).pages[result.projects[small.alpha] - 1].extract_text()


def test_the_capacity_pages_are_of_the_weeks_from_a_day_on(tmp_path: Path) -> None:
    store = create_memory_store("ann", data_date=date(2026, 11, 13))
    an_allocation(store, a_resource(store), a_project(store), quantity=150.0, status="Confirmed")
    assert print_capacity(store, tmp_path / "capacity.pdf", date(2026, 11, 9)) == 1
    (page,) = PdfReader(tmp_path / "capacity.pdf").pages
    assert "weeks starting 9 November 2026 to 1 February 2027" in page.extract_text()
    store.readonly = True
    with pytest.raises(Known, match="no booking is confirmed in the 13 weeks from 7 December 2026"):
        print_capacity(store, tmp_path / "none.pdf", date(2026, 12, 7))
    assert not (tmp_path / "none.pdf").exists()
    store.close()


def test_one_state_gives_the_same_file_also_after_closing(tmp_path: Path) -> None:
    store = create_store(tmp_path / "a.pmo")
    a_project(store)
    build_pack(store, tmp_path / "1.pdf")
    store.close()
    again = open_store(tmp_path / "a.pmo")
    build_pack(again, tmp_path / "2.pdf")
    again.close()
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.parametrize(
    "options",
    [PackOptions(paper="a5"), PackOptions(projects="best"), PackOptions(projects=("nobody",))],
)
def test_a_wrong_choice_is_one_sentence_and_no_file(small: Small, tmp_path: Path, options: PackOptions) -> None:
    with pytest.raises(Known):
        build_pack(small.store, tmp_path / "pack.pdf", options)
    assert list(tmp_path.glob("*.pdf")) == []


def test_cancelling_leaves_the_old_file(small: Small, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    build_pack(small.store, target)
    before = target.read_bytes()

    def cancel(done: int, _total: int) -> None:
        if done == 2:
            raise Stopped

    a_project(small.store, "Another")
    with pytest.raises(Stopped):
        build_pack(small.store, target, progress=cancel)
    assert target.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["pack.pdf"]


def test_a_read_only_copy_is_printed_without_another_copy(small: Small, tmp_path: Path) -> None:
    copy = small.store.copy_to_memory()
    assert build_pack(copy, tmp_path / "pack.pdf").pages > 3
    assert not copy.closed
    copy.close()


def test_a_list_is_printed(small: Small, tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    assert print_list(small.store, target, LIST, "letter") == 1
    assert "Alpha" in PdfReader(target).pages[0].extract_text()


def test_a_list_that_cannot_be_printed_is_refused(small: Small, tmp_path: Path) -> None:
    with pytest.raises(Known):
        print_list(small.store, tmp_path / "list.pdf", LIST, "a5")
    with pytest.raises(Known):
        print_list(small.store, tmp_path / "list.pdf", Listing("Projects", (), (), ()))
    assert list(tmp_path.glob("*.pdf")) == []
