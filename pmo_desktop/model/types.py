"""How Python values lie in STRICT SQLite tables: text and integers only, so that JSON keeps every digit."""

from __future__ import annotations

import json
import secrets
import threading
import time
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, UserDefinedType

MEASURE_SCALE = 10_000
_NOTHING = "{}"  # a JSON object without a key


class IsoDate(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """A moment as ISO text in UTC with milliseconds; naive times are refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class YesNo(TypeDecorator[bool]):
    """A truth value as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Measure(TypeDecorator[float]):
    """A number as an integer of ten-thousandths: exact in JSON, exact on the way back."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value * MEASURE_SCALE)

    def process_result_value(self, value: int | None, dialect: Dialect) -> float | None:
        return None if value is None else value / MEASURE_SCALE


class JsonMap(TypeDecorator[dict[str, Any]]):
    """A JSON object as text, its keys in order, so that equal maps are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        if value == _NOTHING:  # as most rows have it; to parse it takes ten times as long as to look
            return {}
        return None if value is None else json.loads(value)


class Anything(UserDefinedType[Any]):
    """SQLite's ANY: the journal keeps each cell as it was stored."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "ANY"


def json_text(value: Any) -> str:
    """Compact JSON with ordered keys."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def instant_text(moment: datetime) -> str:
    """UTC with milliseconds and an offset, sortable as text.

    Raises ValueError for a time without a zone: which day it belongs to would be a guess.
    """
    if moment.tzinfo is None:
        message = "an instant needs a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def new_id() -> str:
    """A time-ordered UUID (version 7) as 32 hexadecimal digits; later ones of this process sort later."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = (milliseconds << 80) | (7 << 76) | ((random >> 62) << 64) | (2 << 62) | (random & (1 << 62) - 1)
    return f"{_order.after(value):032x}"


class _Order:
    """Keeps ids made within one millisecond, or after a clock was set back, in the order in which they were made."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = 0

    def after(self, value: int) -> int:
        with self.lock:
            self.last = max(value, self.last + 1)
            return self.last


_order = _Order()
