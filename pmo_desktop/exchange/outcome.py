"""What became of one cell: read, emptied, or kept as text; and the few things every reading needs."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from pmo_desktop.exchange.grid import Broken, Cell, KeptText


class Outcome(Enum):
    """The three ends of a cell that is not blank."""

    READ = "read"
    EMPTIED = "emptied"  # it says that there is no value, such as TBC
    UNREAD = "unread"  # the present value stays, the text is kept


class Parsed(NamedTuple):
    """One cell as a typed value. `text` is set when the words are kept beside the value."""

    outcome: Outcome
    value: Any = None
    text: str | None = None
    precision: str | None = None  # "day", "week", "month", "quarter", "year" or "about" when less exact than it looks
    reason: str | None = None  # one sentence; set when unread or emptied
    suggestions: tuple[str, ...] = ()  # texts that could be read instead
    candidates: tuple[str, ...] = ()  # ids it fits equally well; the record's present one, if among them, stays


def read(value: Any, text: str | None = None, precision: str | None = None) -> Parsed:
    """The cell means this value; `text` is kept when it says more than the value."""
    return Parsed(Outcome.READ, value, text, precision)


def emptied(text: str) -> Parsed:
    """The cell says that there is no value."""
    return Parsed(Outcome.EMPTIED, None, text, None, f"“{shorten(text)}” says that there is no value yet.")


def unread(text: str, reason: str, suggestions: tuple[str, ...] = (), candidates: tuple[str, ...] = ()) -> Parsed:
    """The cell cannot be read as what its column is."""
    return Parsed(Outcome.UNREAD, None, text, None, reason, suggestions, candidates)


_CURLY = str.maketrans("‘’‚“”„–—‑", "'''\"\"\"---")
_INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060"
_NO_VALUE = re.compile(
    r"(?:tb[cda]|to be (?:confirmed|determined|advised|agreed|decided|appointed)"
    r"|not (?:yet )?(?:known|set|provided|available)"
    r"|n/?[ak]|not applicable|none|unknown|vacant|pending|awaited|[-–—?.]+)[.!]?",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether a text only says that there is no value: TBC, n/a, a dash."""
    return _NO_VALUE.fullmatch(text) is not None


def cell_text(cell: Cell) -> str:
    """A cell as a person would read it: trimmed, whole numbers without a point, dates as ISO."""
    if isinstance(cell, str):
        text = cell.strip()
        return text if text.isprintable() else _cleaned(text)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return plain_number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _cleaned(text: str) -> str:
    """Without control characters that no screen shows, and without invisible ones at the ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in plain if letter >= " " or letter in "\n\t").strip(_INVISIBLE).strip()


def straighten(text: str) -> str:
    """The text with the quotes and dashes of a keyboard, for comparing what Word and Excel made curly in one file."""
    return text if text.isascii() else text.translate(_CURLY)


def plain_number(number: float) -> str:
    """A number without an exponent and without a needless point: 3.0 is "3", 1e-05 is "0.00001"."""
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def shorten(text: str, length: int = 60) -> str:
    """A text that fits into a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


_ERRORS = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)


def saved_error(text: str) -> Parsed | None:
    """What a spreadsheet showed in place of a value when it was saved as text: an error's code, or a row of # signs."""
    bare = text.strip()
    if bare.upper() in _ERRORS:
        return broken(Broken(bare.upper()))
    if len(bare) > 2 and not bare.strip("#"):  # noqa: PLR2004  a narrow column shows at least three
        return unread(bare, "The cell shows only # signs: what stood behind them was not saved. Type it again.")
    return None


def broken(cell: Broken) -> Parsed:
    """A formula that ended in an error, or was never calculated; words that were kept as such before."""
    if isinstance(cell, KeptText):
        return unread(str(cell), f"“{shorten(cell)}” was kept as text in the portfolio it comes from; it is no value.")
    return unread(str(cell), f"The formula in this cell is broken ({cell}); mend it in the workbook or type the value.")
