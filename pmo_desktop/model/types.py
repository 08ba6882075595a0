"""How Python values lie in STRICT SQLite tables: text and integers only, so that JSON keeps every digit."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pmo_desktop.model.kind import Kind

MEASURE_SCALE = 10_000
_NOTHING = "{}"  # a JSON object without a key


def json_text(value: Any) -> str:
    """Compact JSON with ordered keys, so that equal maps are equal text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def instant_text(moment: datetime) -> str:
    """UTC with milliseconds and an offset, sortable as text.

    Raises ValueError for a time without a zone: which day it belongs to would be a guess.
    """
    if moment.tzinfo is None:
        message = "an instant needs a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _measure(value: float) -> int:
    return round(value * MEASURE_SCALE)


def _measured(stored: int) -> float:
    return stored / MEASURE_SCALE


def _read_map(stored: str) -> dict[str, Any]:
    """A JSON object; most rows have an empty one, and to parse it takes ten times as long as to look."""
    return {} if stored == _NOTHING else json.loads(stored)


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one sort are stored: the column's type, the way there and the way back.

    A way that is None changes nothing; neither is asked about an empty cell.
    """

    sql: str  # TEXT, INTEGER, ANY or BLOB
    store: Callable[[Any], Any] | None = None
    read: Callable[[Any], Any] | None = None


TEXT = Form("TEXT")
INTEGER = Form("INTEGER")
ANY = Form("ANY")  # the journal keeps each cell as it was stored
DATE = Form("TEXT", date.isoformat, date.fromisoformat)
INSTANT = Form("TEXT", instant_text, datetime.fromisoformat)
YESNO = Form("INTEGER", int, bool)
MEASURE = Form("INTEGER", _measure, _measured)  # ten-thousandths: exact in JSON, exact on the way back
JSON = Form("TEXT", json_text, _read_map)
BLOB = Form("BLOB")  # bytes, outside the journal, whose JSON could not hold them

FORMS: dict[Kind, Form] = {
    Kind.TEXT: TEXT,
    Kind.NOTE: TEXT,
    Kind.CODE: TEXT,
    Kind.NUMBER: MEASURE,
    Kind.PERCENT: MEASURE,
    Kind.MONEY: INTEGER,
    Kind.DATE: DATE,
    Kind.MONTH: DATE,
    Kind.YESNO: YESNO,
    Kind.CHOICE: TEXT,
    Kind.LINK: TEXT,
    Kind.PERSON: TEXT,
    Kind.POINT: INTEGER,
    Kind.RAG: TEXT,
}


def new_id() -> str:
    """A time-ordered UUID (version 7) as 32 hexadecimal digits; later ones of this process sort later."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10)) >> 6  # 74 bits; `secrets` would load a library of ciphers for them
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
