"""Reads what is typed or pasted into a cell of the capacity grid: `0.5`, `50%`, `3d`, `4h`, `0.5 FTE`."""

from __future__ import annotations

import re
from typing import NamedTuple

from pmo_desktop.rules.words import AllocationUnit

_MOST = 100_000.0
_AMOUNT = re.compile(r"(?P<number>[+-]?(?:\d[\d,\s]*(?:\.\d*)?|\.\d+))\s*(?P<unit>%|[a-z]*)\.?", re.IGNORECASE)
_UNITS = {
    "%": AllocationUnit.PERCENT,
    **dict.fromkeys(("pc", "percent"), AllocationUnit.PERCENT),
    **dict.fromkeys(("d", "day", "days", "md", "pd"), AllocationUnit.DAYS),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), AllocationUnit.HOURS),
    **dict.fromkeys(("f", "fte", "wte"), AllocationUnit.FTE),
}


class Amount(NamedTuple):
    """A quantity in a unit; or the reason why the text is none."""

    quantity: float
    unit: AllocationUnit
    reason: str = ""


def read_amount(text: str, usual: AllocationUnit) -> Amount:
    """What a text says; a bare number is in the unit of the cell, and nothing or a dash is 0."""
    plain = text.strip().removeprefix("=").strip()
    if plain in ("", "-", "–", "—"):
        return Amount(0.0, usual)
    found = _AMOUNT.fullmatch(plain)
    unit = _UNITS.get(found["unit"].casefold(), usual if not found["unit"] else None) if found else None
    if found is None or unit is None:
        return Amount(0.0, usual, f"“{plain}” is no amount. Type 0.5, 50%, 3d, 4h or 0.5 FTE.")
    number = _number(found["number"])
    if number is None:
        return Amount(0.0, usual, f"“{plain}” is no amount. Type 0.5, 50%, 3d, 4h or 0.5 FTE.")
    if number < 0:
        return Amount(0.0, usual, "An allocation cannot be less than nothing.")
    if number > _MOST:
        return Amount(0.0, usual, f"“{plain}” is more than anybody can be booked for.")
    return Amount(number, unit)


def _number(text: str) -> float | None:
    """A number with a decimal point, or with the comma of one: `0,5` is a half and `1,000` a thousand."""
    plain = re.sub(r"\s", "", text)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", plain):
        plain = plain.replace(",", "")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None
