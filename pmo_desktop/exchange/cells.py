"""How each kind of field stands in an Excel cell: its value, number format, alignment and width."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pmo_desktop.exchange.exceltext import escape_text, shown_text
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.money import decimals, sign, to_amount

Written = str | int | float | Decimal  # a str is written as text, anything else as a number
Writer = Callable[[Any, str | None], Written]  # (typed value, currency of the row) -> what the cell holds

GENERAL, AS_TEXT = "General", "@"
_EPOCH = date(1899, 12, 30)
_FIRST_SAFE_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_MOST_DIGITS = 10**15  # Excel keeps fifteen digits of a number


@dataclass(frozen=True, slots=True)
class CellForm:
    """How the cells of a kind look. Widths are in characters: never narrower, never wider than these."""

    number_format: str
    align: str
    narrow: int
    wide: int
    wrap: bool = False


FORMS: dict[Kind, CellForm] = {
    Kind.TEXT: CellForm(GENERAL, "left", 14, 42, wrap=True),
    Kind.NOTE: CellForm(GENERAL, "left", 20, 60, wrap=True),
    Kind.CODE: CellForm(AS_TEXT, "left", 10, 20),
    Kind.NUMBER: CellForm(GENERAL, "right", 9, 14),
    Kind.PERCENT: CellForm("0.0%", "right", 9, 9),
    Kind.MONEY: CellForm(GENERAL, "right", 14, 22),  # money_format, by the currency of the row
    Kind.DATE: CellForm("dd mmm yyyy", "left", 13, 13),
    Kind.MONTH: CellForm("mmm yyyy", "left", 11, 11),
    Kind.YESNO: CellForm(GENERAL, "left", 8, 10),
    Kind.CHOICE: CellForm(AS_TEXT, "left", 11, 26),
    Kind.LINK: CellForm(GENERAL, "left", 16, 36, wrap=True),
    Kind.PERSON: CellForm(GENERAL, "left", 14, 26),
    Kind.POINT: CellForm(GENERAL, "center", 8, 12),
    Kind.RAG: CellForm(GENERAL, "center", 8, 10),
}


def money_format(currency: str | None) -> str:
    """Excel's number format of a currency: its sign or code, thousands, and the decimals it has."""
    mark = sign(currency)
    amount = "#,##0" + ("." + "0" * decimals(currency) if decimals(currency) else "")
    if not mark:
        return amount
    return f'"{mark}"{amount}' if len(mark) == 1 else f'"{mark}" {amount}'


def cell_writer(field: Field, names: Mapping[str, str]) -> Writer:
    """The function that turns a typed value of the field into what its cell holds.

    `names` says what linked rows are called, by id. None is never asked: an empty field is an empty cell.
    """
    if field.kind in (Kind.LINK, Kind.PERSON):
        return lambda value, _: _text(names.get(value, value))
    return _WRITERS[field.kind]


def write_text(value: Any, _: str | None = None) -> Written:
    """Any text, cut where a cell ends and escaped."""
    return _text(str(value))


def day_number(day: date) -> int:
    """Excel's number of a day, in the calendar that starts in 1900."""
    return (day - _EPOCH).days


def _text(text: str) -> str:
    return escape_text(shown_text(text))


def _write_number(value: float, _: str | None) -> Written:
    return value if abs(value) * 10_000 < _MOST_DIGITS else repr(value)


def _write_percent(value: float, _: str | None) -> Written:
    return round(value / 100, 6) if abs(value) * 10_000 < _MOST_DIGITS else repr(value)


def _write_money(value: int, currency: str | None) -> Written:
    """The exact amount; as text when it has more digits than Excel keeps."""
    amount = to_amount(value, currency)
    return amount if abs(value) < _MOST_DIGITS else str(amount)


def _write_date(value: date, _: str | None) -> Written:
    """Excel's day number; ISO text for days it cannot count."""
    return day_number(value) if value >= _FIRST_SAFE_DAY else value.isoformat()


def _write_yes_no(value: bool, _: str | None) -> Written:
    return "Yes" if value else "No"


_WRITERS: dict[Kind, Writer] = {
    Kind.TEXT: write_text,
    Kind.NOTE: write_text,
    Kind.CODE: write_text,
    Kind.CHOICE: write_text,
    Kind.LINK: write_text,
    Kind.PERSON: write_text,
    Kind.RAG: write_text,
    Kind.NUMBER: _write_number,
    Kind.POINT: lambda value, _: int(value),
    Kind.PERCENT: _write_percent,
    Kind.MONEY: _write_money,
    Kind.DATE: _write_date,
    Kind.MONTH: _write_date,
    Kind.YESNO: _write_yes_no,
}
