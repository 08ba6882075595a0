"""Methodologies are taken from files and written to files, and come back as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.exchange.methodfolder import write_method_folder
from pmo_desktop.figures.methods import read_method
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methodfiles import (
    export_method_folder,
    export_method_workbook,
    import_method,
    import_method_lists,
    list_starters,
    take_starter,
)
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.method import Method, MethodPhase
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from tests.builders import state_hash
from tests.exchange.officemade import a_book
from tests.figures.test_methods import METHOD


def test_a_version_goes_out_as_a_folder_and_comes_into_another_portfolio(store: Store, tmp_path: Path) -> None:
    written = export_method_folder(store, install_method(store, METHOD), tmp_path)
    assert written == tmp_path / "two-steps 1-0"
    other = create_memory_store("bo")
    for path in (written, written / "method.md"):
        taken = import_method(other, path)
        assert read_method(other, taken.methodology) == METHOD
        assert (taken.name, taken.faults) == ("Two steps", ())
        assert read_rows(other, "methodology")[0]["status"] == "Draft"
        undo(other)
    assert not read_rows(other, "methodology")
    other.close()


def test_a_version_goes_out_as_a_workbook_and_comes_into_another_portfolio(store: Store, tmp_path: Path) -> None:
    written = export_method_workbook(store, install_method(store, METHOD), tmp_path / "method.xlsx")
    other = create_memory_store("bo")
    assert read_method(other, import_method(other, written).methodology) == METHOD
    other.close()


def test_nothing_is_written_over(store: Store, tmp_path: Path) -> None:
    identity = install_method(store, METHOD)
    names = [export_method_folder(store, identity, tmp_path).name for _ in range(2)]
    assert names == ["two-steps 1-0", "two-steps 1-0 (2)"]
    with pytest.raises(Known, match="does not exist"):
        export_method_folder(store, identity, tmp_path / "gone")


def test_what_does_not_hold_together_is_said_and_taken_in(store: Store, tmp_path: Path) -> None:
    lost = Method("m", "M", "1", phases=(MethodPhase("p", "P"),), guidance=METHOD.guidance)
    write_method_folder(lost, tmp_path / "m")
    assert import_method(store, tmp_path / "m").faults == (
        "The page “How to think” concerns think, which no phase, gate or deliverable has as its code.",
    )


def test_a_version_that_is_there_or_cannot_be_read_leaves_no_row_changed(store: Store, tmp_path: Path) -> None:
    written = export_method_folder(store, install_method(store, METHOD), tmp_path)
    before = state_hash(store)
    with pytest.raises(Known, match="is in the library already"):
        import_method(store, written)
    with pytest.raises(Known, match=r"has no file method\.md"):
        import_method(store, tmp_path)
    with pytest.raises(Known, match="was not read"):
        import_method(store, tmp_path / "gone.xlsx")
    assert state_hash(store) == before


def test_starters_are_listed_and_taken_by_their_code(store: Store) -> None:
    starters = list_starters()
    assert [each.name for each in starters] == sorted(each.name for each in starters)
    assert next(each for each in starters if each.code == "small-work").tier == "Tier 3"
    identity = take_starter(store, "small-work")
    assert read_method(store, identity).code == "small-work"
    (approved,) = read_rows(store, "methodology", [take_starter(store, "hybrid", date(2026, 11, 13))])
    assert (approved["status"], approved["approved_on"]) == ("Approved", date(2026, 11, 13))
    with pytest.raises(Known, match=r"no methodology “large-work” among those that are shipped\. Choose from"):
        take_starter(store, "large-work")


def test_foreign_lists_go_into_a_draft_as_one_step(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lists.xlsx"
    path.write_bytes(
        a_book(["Gate", "Criterion", "Mandatory"], ["G1", "The sponsor is named.", "yes"], ["G7", "Lost", "no"])
    )
    identity = install_method(store, METHOD)
    before = state_hash(store)
    found = import_method_lists(store, identity, path)
    assert [each.cell for each in found.problems] == ["Sheet!A3"]
    assert read_method(store, identity) == found.method
    assert [each.code for each in found.method.phases[0].gates[0].criteria] == [
        "g1-brief",
        "g1-money",
        "the-sponsor-is-named",
    ]
    undo(store)
    assert state_hash(store) == before


def test_foreign_deliverables_go_behind_those_of_their_phase(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lists.xlsx"
    path.write_bytes(a_book(["Phase", "Deliverable", "Purpose"], ["Think", "Plan", "Shows how"], ["Do", "Report", "x"]))
    identity = install_method(store, METHOD)
    assert import_method_lists(store, identity, path).problems == ()
    outputs = [(phase.code, each.code) for phase, each in read_method(store, identity).outputs()]
    assert outputs == [("think", "brief"), ("think", "plan"), ("do", "thing"), ("do", "report")]


def test_an_approved_version_takes_no_lists(store: Store, tmp_path: Path) -> None:
    identity = install_method(store, METHOD, date(2026, 11, 13))
    with pytest.raises(Known, match="draft the next version first"):
        import_method_lists(store, identity, tmp_path / "lists.xlsx")
