"""An amount is read in the money of its own row, whatever its decimals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_project


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store()
    yield opened
    opened.close()


def budgets(store: Store, path: Path, rows: list[tuple[Any, ...]]) -> list[int | None]:
    """What the Budget column of a workbook of somebody's would be kept as."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    (table,) = plan_import(store, read_workbook(path)).tables
    return [row.values.get("budget_approved") for row in table.rows]


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        (("JPY", "JPY", "JPY"), [1_250_000, 1_300_000, 1_350_000]),
        (("GBP", "JPY", "KWD"), [125_000_000, 1_300_000, 1_350_000_000]),
        (("EUR", None, "JPY"), [125_000_000, 130_000_000, 1_350_000]),
        ((None, None, None), [125_000_000, 130_000_000, 135_000_000]),
    ],
)
def test_a_column_of_currencies_says_each_rows(
    store: Store, tmp_path: Path, codes: tuple[str | None, ...], kept: list[int]
) -> None:
    amounts = (1_250_000, "1,300,000", 1_350_000)
    rows = [
        (f"P-{n}", f"Project {n}", "Active", code, amount)
        for n, (code, amount) in enumerate(zip(codes, amounts, strict=True))
    ]
    assert budgets(store, tmp_path / "a.xlsx", [("ID", "Project", "Status", "Currency", "Budget"), *rows]) == kept


def test_a_file_that_names_no_currency_is_in_that_of_the_record(store: Store, tmp_path: Path) -> None:
    for ref, currency in (("P-1", "JPY"), ("P-2", "KWD"), ("P-3", None)):
        a_project(store, ref=ref, currency=currency)
    rows = [(f"P-{n}", f"Project {n}", "Active", 1_250_000) for n in (1, 2, 3, 4)]
    found = budgets(store, tmp_path / "a.xlsx", [("ID", "Project", "Status", "Budget"), *rows])
    assert found == [1_250_000, 1_250_000_000, 125_000_000, 125_000_000]
