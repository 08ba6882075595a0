"""Which values a field accepts, whoever offers them."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.errors import Known

TEXTS = (Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CHOICE)
LARGEST_POINT = 9  # schemes go up to 9 x 9
LARGEST = 9_007_199_254_740_991  # beyond it a spreadsheet's number loses digits


class NewName(str):
    """The name of a person, programme or portfolio that is to be found or created."""

    __slots__ = ()


def accept_value(field: Field, value: Any) -> Any:
    """The value as it is kept: texts trimmed, empty texts as None. Raises Known in one sentence."""
    if isinstance(value, str) and field.kind in TEXTS:
        value = clean_text(value, lines=field.kind is Kind.NOTE) or None
    if value is None:
        if field.required:
            raise _refused(field, "may not be empty", "Type a value")
        return None
    reason = _reason_against(field, value)
    if reason:
        raise _refused(field, *reason)
    return float(value) if field.kind in (Kind.NUMBER, Kind.PERCENT) else value


def clean_text(text: str, *, lines: bool) -> str:
    """Trimmed, without control characters that no screen shows; line breaks only where a field has lines."""
    kept = "".join(each for each in text.replace("\r\n", "\n").replace("\r", "\n") if each >= " " or each in "\n\t")
    return (kept if lines else " ".join(kept.split("\n"))).strip(" \t\n\u00a0")


def _reason_against(field: Field, value: Any) -> tuple[str, str] | None:
    if field.kind in (Kind.NUMBER, Kind.PERCENT):
        return _against_number(value)
    if field.kind is Kind.MONEY and (not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST):
        return "is no amount of money that can be kept exactly", "Type an amount below 90 trillion"
    if field.kind in (Kind.DATE, Kind.MONTH) and (not isinstance(value, date) or isinstance(value, datetime)):
        return "is no date", "Type a day such as 18 Jun 2027"
    if field.kind is Kind.POINT and (type(value) is not int or not 1 <= value <= LARGEST_POINT):
        return "is no point of its scale", f"Type a whole number from 1 to {LARGEST_POINT}"
    if field.kind is Kind.RAG and value not in tuple(Rag):
        return "is no rating", "Choose one from the list"
    if field.kind is Kind.CHOICE and field.choices and value not in field.choices:
        return f"cannot be “{value}”", f"Choose one of {', '.join(field.choices)}"
    if field.kind is Kind.YESNO and not isinstance(value, bool):
        return "is neither yes nor no", "Choose one"
    return None


def _against_number(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return "is no number", "Type digits only"
    return ("is too large to keep exactly", "Type a smaller number") if abs(value) > LARGEST / 10_000 else None


def _refused(field: Field, reason: str, mend: str) -> Known:
    return Known(f"Nothing was changed: {field.label} {reason}. {mend}.")
