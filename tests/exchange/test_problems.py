"""The list of problems is a workbook whose texts stay texts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pmo_desktop.exchange.plan import Answer, Conflict, Level, MissingRow, Problem
from pmo_desktop.exchange.problems import HEADERS, write_problems
from pmo_desktop.store.errors import Known
from tests.ui.importstage import small_plan


def test_every_problem_is_written_with_its_place_and_what_happens(tmp_path: Path) -> None:
    plan = small_plan()
    plan.tables[0].problems.append(
        Problem("Register!C3", "=cmd()", "“=cmd()” is no rating.", Level.NOTE, 3, "rag_overall", ("Green", "Amber"))
    )
    assert write_problems(tmp_path / "problems.xlsx", plan) == 3
    sheet = load_workbook(tmp_path / "problems.xlsx")["Problems"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == HEADERS
    assert rows[1][:2] == ("Register", "B5")  # what keeps a row waiting stands first
    assert rows[2][:6] == ("Register", "D4", "4", "HW-510 Solar", "Fcst End", "31/11/2027")
    assert rows[3][8] == "Green or Amber"
    assert sheet["F4"].data_type == "s"
    assert sheet["F4"].value == "=cmd()"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Known, match="does not exist"):
        write_problems(tmp_path / "missing" / "problems.xlsx", small_plan())
    assert list(tmp_path.glob("*.xlsx")) == []


def test_open_conflicts_and_missing_records_stand_below(tmp_path: Path) -> None:
    plan = small_plan()
    count = write_problems(tmp_path / "before.xlsx", plan)
    row = next(each for each in plan.tables[0].rows if each.row == 4)
    moment = datetime(2026, 11, 3, 12, tzinfo=UTC)
    row.conflicts = {
        "rag_overall": Conflict("G", "A", "R", "bo", moment),
        "stage": Conflict("a", "b", "c", "bo", moment, Answer.OURS),
    }
    plan.tables[0].missing = [MissingRow("f00d", "HW-9 Lift", "October.xlsx")]
    assert write_problems(tmp_path / "problems.xlsx", plan) == count + 2
    sheet = load_workbook(tmp_path / "problems.xlsx")["Problems"]
    conflict, missing = [tuple(cell.value or "" for cell in line) for line in sheet.iter_rows()][-2:]
    assert conflict[3] == "HW-510 Solar"
    assert conflict[6] == "Both sides changed it: Green last time, Amber in the file now, Red here, set by bo"
    assert (missing[3], missing[6]) == ("HW-9 Lift", "“October.xlsx” named it last; this file does not")
