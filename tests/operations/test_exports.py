"""Exporting: the whole portfolio, some registers, or a table as it is seen; whole or not at all."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.operations.exports import MOST_ROWS, export_registers, export_view, write_template
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_names, read_rows


@pytest.fixture
def store() -> Iterator[Store]:
    """A portfolio with a project of each sort."""
    opened = create_memory_store(organisation="Tetford Council", title="Change portfolio", data_date=date(2026, 11, 1))
    ann = create_record(opened, "person", {"name": "Ann Lee"})
    digital = create_record(opened, "programme", {"name": "Digital"})
    bridge = {"ref": "B-1", "name": "Bridge", "pm": ann, "programme": digital, "eac": 150_00, "budget_approved": 100_00}
    dates = {"finish_baseline": date(2027, 1, 1), "finish_forecast": date(2027, 1, 15)}
    create_record(opened, "project", bridge | dates)
    create_record(opened, "project", {"ref": "A-1", "name": "Archive"})
    yield opened
    opened.close()


def ids(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        found = connection.raw.execute("SELECT ref, id FROM project").fetchall()
    return {ref: identity for ref, identity in found}  # noqa: C416  rows are no pairs to a type checker


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet as dicts by header."""
    grid = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, grid[0]), row, strict=True)) for row in grid[1:]]


def test_a_rating_that_was_edited_in_the_export_comes_back_unasked(store: Store, tmp_path: Path) -> None:
    rain = create_record(store, "risk", {"title": "Rain", "ref": "R1", "prob_inherent": 5, "impact_inherent": 4})
    done = export_registers(store, tmp_path / "risks.xlsx", ["risks"])
    book = openpyxl.load_workbook(done.path)
    header = [cell.value for cell in book["Risks"][1]]
    book["Risks"].cell(2, header.index("Inherent likelihood") + 1).value = 2
    book.save(done.path)
    plan = plan_import(store, read_workbook(done.path))
    assert plan.questions == []
    apply_plan(store, plan)
    (row,) = read_rows(store, "risk")
    assert (row["id"], row["prob_inherent"], row["impact_inherent"]) == (rain, 2, 4)


def test_all_registers_go_into_one_private_workbook(store: Store, tmp_path: Path) -> None:
    done = export_registers(store, tmp_path / "all.xlsx")
    filled = {"Projects": 2, "Programmes": 1, "People": 1}
    assert done.rows == {info.sheet: filled.get(info.sheet, 0) for info in REGISTERS}
    assert openpyxl.load_workbook(done.path).sheetnames[: len(REGISTERS)] == [info.sheet for info in REGISTERS]
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    bridge = rows(done.path, "Projects")[0]
    assert (bridge["Programme"], bridge["Manager"], bridge["EAC"]) == ("Digital", "Ann Lee", 150)


def test_some_registers_are_named(store: Store, tmp_path: Path) -> None:
    assert export_registers(store, tmp_path / "a.xlsx", ["people"]).rows == {"People": 1}


def test_an_unknown_register_is_told_with_those_there_are(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Known, match=r"no register “wishes”\. Choose from projects, milestones"):
        export_registers(store, tmp_path / "a.xlsx", ["wishes"])
    assert not (tmp_path / "a.xlsx").exists()


def test_the_organisations_own_fields_are_exported(store: Store, tmp_path: Path) -> None:
    field = add_custom_field(store, "project", "Ward", Kind.CHOICE)
    edit_cells(store, "project", [Edit(ids(store)["B-1"], field.name, "North")])
    assert rows(export_registers(store, tmp_path / "a.xlsx").path, "Projects")[0]["Ward"] == "North"


def test_a_view_is_written_as_it_is_seen_and_says_so(store: Store, tmp_path: Path) -> None:
    known = ids(store)
    seen = ["name", "ref", "slip_days", "gate_track"]
    done = export_view(store, tmp_path / "a.xlsx", "projects", seen, [known["A-1"], known["B-1"]], "Only open ones")
    found = rows(done.path, "Projects")
    assert list(found[0]) == ["Project", "ID", "Slip", "Gates", "Identity"]
    assert [row["Project"] for row in found] == ["Archive", "Bridge"]
    assert [row["Slip"] for row in found] == [None, 14]
    about = {row["About"]: row["Change portfolio"] for row in rows(done.path, "About this export")}
    assert about["As shown"] == "Only open ones"
    assert about["Data date"] == "1 November 2026 (set in the file)"
    assert about["Organisation"] == "Tetford Council"


def test_an_amount_in_a_view_brings_its_currency_along(store: Store, tmp_path: Path) -> None:
    done = export_view(store, tmp_path / "a.xlsx", "projects", ["name", "eac"], [ids(store)["B-1"]], "")
    found = rows(done.path, "Projects")[0]
    assert list(found) == ["Project", "Currency", "EAC", "Identity"]
    assert (found["Currency"], found["EAC"]) == ("GBP", 150)
    assert "As shown" not in [row["About"] for row in rows(done.path, "About this export")]


def test_a_view_may_bring_figures_of_its_own_and_passes_over_rows_that_are_gone(store: Store, tmp_path: Path) -> None:
    bridge = ids(store)["B-1"]
    days = Field("late_days", "Days late", Kind.NUMBER, computed=True)
    seen: list[Field | str] = ["name", days, "gate_track"]
    figures = {bridge: {"late_days": 3, "gate_track": ("not", "text")}}
    done = export_view(store, tmp_path / "a.xlsx", "projects", seen, [bridge, "gone"], "", figures)
    assert [(row["Days late"], row["Gates"]) for row in rows(done.path, "Projects")] == [(3, None)]


def test_a_template_is_empty_and_what_is_typed_into_it_comes_in_as_new(store: Store, tmp_path: Path) -> None:
    path = write_template(store, tmp_path / "a.xlsx", "projects").path
    book = openpyxl.load_workbook(path)
    sheet = book["Projects"]
    headers = [str(cell.value) for cell in sheet[1]]
    assert sheet.max_row == 1
    typed = {"ID": "N-1", "Project": "New one", "RAG": "A", "Manager": "Ann Lee", "Done": 0.5}
    sheet.append([typed.get(header) for header in headers])
    book.save(path)
    apply_plan(store, plan_import(store, read_workbook(path)))
    new = next(row for row in read_rows(store, "project") if row["ref"] == "N-1")
    assert (new["name"], new["rag_overall"], new["pct_complete"]) == ("New one", "A", 50)
    assert read_names(store)[new["pm"]] == "Ann Lee"
    assert len(read_rows(store, "person")) == 1


def test_without_a_data_date_today_is_said(store: Store, tmp_path: Path) -> None:
    change_settings(store, {"data_date": None, "classification": None, "title": None})
    done = export_registers(store, tmp_path / "a.xlsx", ["people"])
    about = {row["About"]: str(row["Tetford Council"]) for row in rows(done.path, "About this export")}
    assert about["Data date"].endswith("(today)")
    assert "Classification" not in about


def test_more_rows_than_a_sheet_holds_are_refused_in_one_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ROWS == 2**20 - 1
    monkeypatch.setattr("pmo_desktop.operations.exports.MOST_ROWS", 1)
    with pytest.raises(Known, match="there are 2 projects and a sheet holds 1"):
        export_registers(store, tmp_path / "a.xlsx")


def test_the_old_workbook_stays_when_the_new_one_cannot_be_written(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(Known, match="Choose another name"):
        export_registers(store, tmp_path / "a.xlsx")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".pmo")] == []
