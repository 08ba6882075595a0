"""What a protected sheet asks of the cells that may be edited: dates are days, amounts are numbers, ratings letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from pmo_desktop.exchange.dictionary import RAG_MEANING
from pmo_desktop.exchange.lists import column_letter
from pmo_desktop.exchange.sheets import Column
from pmo_desktop.exchange.stream import StreamSheet
from pmo_desktop.model.kind import Kind

_FIRST_DAY, _LAST_DAY = "DATE(1990,1,1)", "DATE(2199,12,31)"
_LARGEST = "999999999999999"
_Type = Literal["date", "decimal"]
_ALLOWED: dict[Kind, tuple[_Type, str, str, str]] = {  # Excel's type of check, least, most, what is said otherwise
    Kind.DATE: ("date", _FIRST_DAY, _LAST_DAY, "This is no date. Keep it as words?"),
    Kind.MONTH: ("date", _FIRST_DAY, _LAST_DAY, "This is no date. Keep it as words?"),
    Kind.PERCENT: ("decimal", "0", "1", "A percent lies between 0% and 100%. Keep it?"),
    Kind.MONEY: ("decimal", f"-{_LARGEST}", _LARGEST, "This is no amount. Keep it as words?"),
    Kind.NUMBER: ("decimal", f"-{_LARGEST}", _LARGEST, "This is no number. Keep it as words?"),
}


def add_checks(sheet: StreamSheet, columns: Sequence[Column], opened: frozenset[str], rows: int) -> None:
    """Check what is typed into open cells, as a question and never as a refusal: words such as TBC may stand there.

    Ratings have a list already, which `registersheet` adds; what its letters mean is said when a cell is entered.
    """
    for index, column in enumerate(columns):
        if column.field.name in opened and column.field.kind in _ALLOWED and rows:
            letter = column_letter(index)
            sheet.data_validations.append(_check(column, f"{letter}2:{letter}{rows + 1}"))


def prompt_of(column: Column) -> tuple[str, str] | None:
    """Title and text of the note that Excel shows when a cell with a list is entered; None where none is needed."""
    return (column.header[:32], RAG_MEANING) if column.field.kind is Kind.RAG else None


def _check(column: Column, cells: str) -> DataValidation:
    kind, least, most, said = _ALLOWED[column.field.kind]
    return DataValidation(
        type=kind,
        operator="between",
        formula1=least,
        formula2=most,
        sqref=cells,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=column.header[:32],
        error=said,
    )
