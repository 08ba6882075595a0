"""How each kind of field is printed: its words and the side of the column it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.reports.style import Type
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import (
    MONTHS,
    money_full,
    money_text,
    number_text,
    percent_text,
    short_day,
    thousands_text,
)
from pmo_desktop.rules.words import rag_label


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the table: words from value, currency and names of linked rows, and the column's side."""

    text: Callable[[Any, str, Mapping[str, str]], str]
    align: str = "left"


def field_text(field: Field, row: Mapping[str, Any], names: Mapping[str, str], currency: str) -> str:
    """A field of a row in words on one line; empty when it has no value. `currency` is that of rows that name none."""
    value = row.get(field.name)
    if value is None or value == "":
        return ""
    text = KINDS[field.kind].text(value, row.get("currency") or currency, names)
    unit = f" {field.unit}" if field.unit and field.kind is Kind.NUMBER else ""
    return one_line(text) + unit


def fit_thousands(minor: int | None, currency: str, prefix: str, style: Type, width: float) -> str:
    """Money for a column headed in thousands; an amount too wide for it is said with its own unit, as £4.5tn."""
    text = thousands_text(minor, currency)
    if minor is None:
        return text
    text = prefix + text
    return text if width_of(text, style) <= width else money_text(minor, currency)


def _words(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return str(value)


def _number(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return number_text(value)


def _percent(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return percent_text(value)


def _money(value: Any, currency: str, _names: Mapping[str, str]) -> str:
    return money_full(value, currency)


def _date(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return short_day(value)


def _month(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def _yes_no(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return "Yes" if value else "No"


def _name(value: Any, _currency: str, names: Mapping[str, str]) -> str:
    return names.get(value, "")


def _rag(value: Any, _currency: str, _names: Mapping[str, str]) -> str:
    return rag_label(value)


KINDS: dict[Kind, Printed] = {
    Kind.TEXT: Printed(_words),
    Kind.NOTE: Printed(_words),
    Kind.CODE: Printed(_words),
    Kind.NUMBER: Printed(_number, "right"),
    Kind.PERCENT: Printed(_percent, "right"),
    Kind.MONEY: Printed(_money, "right"),
    Kind.DATE: Printed(_date, "right"),
    Kind.MONTH: Printed(_month, "right"),
    Kind.YESNO: Printed(_yes_no),
    Kind.CHOICE: Printed(_words),
    Kind.LINK: Printed(_name),
    Kind.PERSON: Printed(_name),
    Kind.POINT: Printed(_words),
    Kind.RAG: Printed(_rag),
}
