"""The shipped messy register is the one its script makes from the shipped portfolio."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "sample" / "register.xlsx"


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_script_makes_the_shipped_file_again(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("sample_register", ROOT / "packaging" / "sample_register.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write_register(tmp_path / "register.xlsx")
    assert cells(tmp_path / "register.xlsx") == cells(SHIPPED)


def test_it_is_as_messy_as_registers_are() -> None:
    sheets = cells(SHIPPED)
    register = sheets["Register"]
    assert list(sheets) == ["Register", "Milestones", "Risks", "Resources", "Leave", "Resource plan", "Notes"]
    assert register[1][0] == "Data as at 13 November 2026"
    assert register[4][:2] == ("TRAM RENEWAL", None)
    assert register[-1][0] == "Total"
    plan = sheets["Resource plan"]
    assert plan[1] == ("Name", "Role", "Project", *plan[1][3:-1], "Total")
    assert plan[1][3] == "Nov-26"
    assert plan[-1][-1] == pytest.approx(sum(row[-1] for row in plan[2:-1]), abs=0.05)
    assert {"end Mar 27", "TBC"} <= {cell for row in register for cell in row}
