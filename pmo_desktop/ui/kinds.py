"""How each kind of field looks in a window: its words, its side, its painter, its editor and how it sorts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.money import decimals
from pmo_desktop.rules.scales import SCALES
from pmo_desktop.rules.wording import money_sign, percent_text, thousands_text
from pmo_desktop.rules.words import Rag, rag_label

Row = Mapping[str, Any]
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Reading:
    """What turning values into words needs besides the values."""

    names: Mapping[str, str] = field(default_factory=dict)  # what linked rows and people are called, by id
    currency: str = "GBP"  # of rows that name none
    only_currency: str | None = "GBP"  # the one currency of all rows shown; None when they differ
    today: date = date(2000, 1, 1)  # the data date
    axes: Mapping[str, Sequence[str]] = field(default_factory=lambda: SCALES)  # the words of each scale's points


@dataclass(frozen=True, slots=True)
class KindLook:
    """One line of the table that decides how a kind looks."""

    text: Callable[[Any, Row, Reading], str]  # in a table cell; never called with None
    exact: Callable[[Any, Row, Reading], str]  # in an editor: nothing rounded
    copied: Callable[[Any, Row, Reading], str]  # on the clipboard, as a spreadsheet reads it
    order: Callable[[Any, Reading], Any]  # a sort key comparable with the others of its kind
    right: bool  # numbers and dates stand right
    painter: str  # the name of a painter in grid.cells
    editor: str  # the name of an editor in grid.editors
    width: int


def currency_of(row: Row, reading: Reading) -> str:
    """The ISO code of all money in a row."""
    return row.get("currency") or reading.currency


def with_minus(text: str) -> str:
    """A number's text with the real minus sign."""
    return text.replace("-", MINUS)


def amount_text(minor: int, currency: str) -> str:
    """Minor units in full, grouped, without a sign: 731000000 -> 7,310,000."""
    digits = decimals(currency)
    whole, part = divmod(abs(minor), 10**digits)
    cents = f".{part:0{digits}}" if part else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{cents}"


def date_text(day: date) -> str:
    """A date in a table: 18 Jun 27."""
    found = _dates.get(day)
    if found is None:
        found = _dates[day] = f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"
    return found


def long_date(day: date) -> str:
    """A date in a sentence or editor: 18 Jun 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_text(value: float) -> str:
    """A number with at most four decimals, grouped."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return with_minus("0" if text == "-0" else text)


def share_text(value: float) -> str:
    """A percentage somebody typed, such as how much is done: a whole one has no decimal."""
    return with_minus(f"{value:,.0f}%") if float(value).is_integer() else percent_text(value)


def natural_key(text: str) -> str:
    """A key by which HW-9 stands before HW-10 and case does not matter."""
    folded = text.casefold()
    return _NUMBERS.sub(_padded, folded) if _NUMBERS.search(folded) else folded


def is_list(meaning: Field) -> bool:
    """Whether a field's editor offers a list of words."""
    return KINDS[meaning.kind].editor == "choice"


def cell_text(meaning: Field, row: Row, reading: Reading) -> str:
    """A cell in words; empty when there is no value."""
    value = row.get(meaning.name)
    return "" if value is None else KINDS[meaning.kind].text(value, row, reading)


def exact_text(meaning: Field, row: Row, reading: Reading) -> str:
    """A cell as its editor shows it, nothing rounded."""
    value = row.get(meaning.name)
    return "" if value is None else KINDS[meaning.kind].exact(value, row, reading)


def copied_text(meaning: Field, row: Row, reading: Reading) -> str:
    """A cell as a spreadsheet reads it from the clipboard."""
    value = row.get(meaning.name)
    return "" if value is None else KINDS[meaning.kind].copied(value, row, reading)


def sort_key(meaning: Field, value: Any, reading: Reading) -> Any:
    """A key for sorting; None for an empty cell, which always stands last."""
    if value is None or value == "":
        return None
    if meaning.kind is Kind.CHOICE and meaning.choices:
        return _choice_order(meaning.choices).get(value, len(meaning.choices)), natural_key(str(value))
    return KINDS[meaning.kind].order(value, reading)


@cache
def _choice_order(choices: tuple[str, ...]) -> dict[str, int]:
    return {choice: place for place, choice in enumerate(choices)}


_dates: dict[date, str] = {}
_NUMBERS = re.compile(r"\d+")


def _padded(found: re.Match[str]) -> str:
    return found.group().zfill(12)


def _plain(value: Any, _row: Row, _reading: Reading) -> str:
    return str(value)


def _one_line(value: Any, _row: Row, _reading: Reading) -> str:
    text = str(value)
    return " ".join(text.split()) if "\n" in text else text


def _number(value: Any, _row: Row, _reading: Reading) -> str:
    return number_text(value)


def _number_exact(value: Any, _row: Row, _reading: Reading) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _percent(value: Any, _row: Row, _reading: Reading) -> str:
    return share_text(value)


def _percent_exact(value: Any, row: Row, reading: Reading) -> str:
    return _number_exact(value, row, reading) + "%"


def _money(value: Any, row: Row, reading: Reading) -> str:
    currency = currency_of(row, reading)
    text = thousands_text(value, currency)
    return text if reading.only_currency else money_sign(currency) + text


def _money_exact(value: Any, row: Row, reading: Reading) -> str:
    return amount_text(value, currency_of(row, reading))


def _money_copied(value: Any, row: Row, reading: Reading) -> str:
    return _money_exact(value, row, reading).replace(",", "")


def _date(value: Any, _row: Row, _reading: Reading) -> str:
    return date_text(value)


def _date_exact(value: Any, _row: Row, _reading: Reading) -> str:
    return long_date(value)


def _date_copied(value: Any, _row: Row, _reading: Reading) -> str:
    return str(value.isoformat())


def _month(value: Any, _row: Row, _reading: Reading) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _yes_no(value: Any, _row: Row, _reading: Reading) -> str:
    return "Yes" if value else "No"


def _name(value: Any, _row: Row, reading: Reading) -> str:
    return reading.names.get(value, "")


def _rag(value: Any, _row: Row, _reading: Reading) -> str:
    return rag_label(value)


def _text_order(value: Any, _reading: Reading) -> str:
    return natural_key(str(value))


def _same_order(value: Any, _reading: Reading) -> Any:
    return value


def _name_order(value: Any, reading: Reading) -> str | None:
    name = reading.names.get(value)
    return natural_key(name) if name else None


def _rag_order(value: Any, _reading: Reading) -> int:
    return Rag(value).badness


# text, exact, copied, order, right, painter, editor, width
KINDS: dict[Kind, KindLook] = {
    Kind.TEXT: KindLook(_plain, _plain, _plain, _text_order, False, "text", "line", 180),
    Kind.NOTE: KindLook(_one_line, _plain, _plain, _text_order, False, "text", "note", 260),
    Kind.CODE: KindLook(_plain, _plain, _plain, _text_order, False, "code", "line", 84),
    Kind.NUMBER: KindLook(_number, _number_exact, _number_exact, _same_order, True, "text", "line", 80),
    Kind.PERCENT: KindLook(_percent, _percent_exact, _percent_exact, _same_order, True, "text", "line", 68),
    Kind.MONEY: KindLook(_money, _money_exact, _money_copied, _same_order, True, "text", "line", 84),
    Kind.DATE: KindLook(_date, _date_exact, _date_copied, _same_order, True, "text", "date", 88),
    Kind.MONTH: KindLook(_month, _month, _date_copied, _same_order, True, "text", "date", 84),
    Kind.YESNO: KindLook(_yes_no, _yes_no, _yes_no, _same_order, False, "text", "choice", 70),
    Kind.CHOICE: KindLook(_plain, _plain, _plain, _text_order, False, "quiet", "choice", 110),
    Kind.LINK: KindLook(_name, _name, _name, _name_order, False, "quiet", "choice", 150),
    Kind.PERSON: KindLook(_name, _name, _name, _name_order, False, "quiet", "choice", 120),
    Kind.POINT: KindLook(_plain, _plain, _plain, _same_order, True, "text", "choice", 76),
    Kind.RAG: KindLook(_rag, _rag, _rag, _rag_order, False, "rag", "choice", 62),
}
