"""What a command answers, and workbooks for it to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pmo_desktop.cli import main


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    """The JSON that a command prints, once it has ended well."""
    capsys.readouterr()
    assert main([str(word) for word in words]) == 0
    return json.loads(capsys.readouterr().out)


def make_sheet(rows: Iterable[Sequence[Any]]) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with these rows on its one sheet, Register."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Register"
    for row in rows:
        sheet.append(list(row))
    return book, sheet
