"""Money, numbers and percentages as people write them, in exact decimal arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pmo_desktop.exchange.outcome import Outcome, Parsed, cell_text, emptied, read, says_nothing, shorten, unread
from pmo_desktop.model.types import MEASURE_SCALE
from pmo_desktop.rules.money import READ_SIGNS, WRITTEN

MOST = 2**53 - 1  # beyond it a spreadsheet's number loses digits
_SURELY_SMALL = 1_000  # in the biggest unit and pence still far from too big
UNITS = {"": Decimal(1), "1": Decimal(1), "k": Decimal(1000), "m": Decimal(10**6), "bn": Decimal(10**9)}
_SUFFIX = {
    "k": "k", "000": "k", "000s": "k", "thousand": "k", "thousands": "k", "m": "m", "mn": "m", "mln": "m", "mio": "m",
    "million": "m", "millions": "m", "bn": "bn", "b": "bn", "billion": "bn", "billions": "bn",
}  # fmt: skip

_SIGN = "|".join(re.escape(mark) for mark in READ_SIGNS)
_CURRENCY = rf"(?P<{{0}}>{_SIGN}|\b[A-Z]{{{{3}}}}\b)"
_NUMBER = r"[+-]?[ ]?\d[\d., '’\u00a0\u202f]*|[+-]?[.,]\d+"
_WORDS = "(?i:thousands?|millions?|billions?|mio|mln|mn|bn|[kmb])"
_AMOUNT = re.compile(
    r"(?P<about>c\.?|ca\.?|circa|approx\.?|approximately|about|around|est\.?|up to|[~<>≈])?\s*"
    r"(?P<open>\()?\s*(?P<sign>[-–−])?\s*"
    rf"(?:{_CURRENCY.format('before')}(?P<unit>(?i:k|m|bn))?(?![a-z]))?\s*"
    rf"(?P<number>{_NUMBER})\s*(?:(?P<suffix>{_WORDS})(?![A-Za-z]))?\.?\s*"
    rf"(?:{_CURRENCY.format('after')})?\s*(?P<close>\))?\s*(?P<trailing>(?<![.,])-)?(?:(?<=[.,])-)?",
)
_REMARK = re.compile(
    r"(?P<amount>.*\d.*?)\s*(?:[(\[](?P<inside>[^)\]\d]*)[)\]]|(?P<word>(?i:(?:tbc|est|approx)\.?)|[*†^]+))"
)
_RANGE = re.compile(
    r"(?P<sign>\D*)(?P<low>\d[\d.,]*)\s*(?P<first>[kmbn]*)\s*(?:-|–|—|to)\s*[£$€]?\s*(?P<high>\d[\d.,]*)\s*(?P<unit>.*)",
    re.IGNORECASE,
)
_HEADER_UNIT = re.compile(
    r"(?:[£$€¥₹]|(?-i:\b[A-Z]{3})\b|['’(])\s?(?P<unit>k|m|mn|mln|bn|000s?|million|thousand|billion)s?\b"
    r"|\b(?-i:[A-Z]{3})(?P<glued>k|m|bn)\b|\b(?P<leading>k|m|bn)\s?(?:[£$€¥₹]|(?-i:[A-Z]{3})\b)"
    r"|\b(?:in|of)\s+(?:[£$€]\s?|pounds\s+)?(?P<word>thousand|million|billion)s?\b",
    re.IGNORECASE,
)
_SYMBOL = re.compile(_SIGN)
_CODE = re.compile(r"\b[A-Z]{3}\b")
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\.\d{3},")
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?!\d)|,\d{3}[.,]|\d\.\d{4,}")


@dataclass(frozen=True, slots=True)
class MoneyRules:
    """How the amounts of one column are read."""

    unit: str = ""  # "k", "m" or "bn" for numbers that do not name their own
    comma: bool = False  # whether the comma is the decimal sign
    digits: int = 2  # of minor units: pence and cents 2, yen 0


def parse_money(cell: object, rules: MoneyRules) -> Parsed:
    """An amount in minor units, exactly; halves away from zero. A range is never guessed at."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) < _SURELY_SMALL and cell == int(cell):
            return read(int(cell) * int(UNITS[rules.unit]) * 10**rules.digits)
        return _minor(Decimal(repr(cell)), UNITS[rules.unit], rules, cell_text(float(cell)), about=False)
    text = cell_text(cell)  # type: ignore[arg-type]
    if text.lower() in ("nil", "zero"):
        return read(0)
    if says_nothing(text.lstrip("£$€ ")):
        return emptied(text)
    match = _amount(text)
    if match is None and (remark := _REMARK.fullmatch(text)) and (match := _amount(remark["amount"])):
        found = parse_money(remark["amount"], rules)
        return found._replace(text=text, precision="about") if found.outcome is Outcome.READ else _refusal(text)
    number = _decimal(match["number"], comma=rules.comma) if match else None
    if match is None or number is None:
        return _refusal(text)
    suffix = (match["suffix"] or match["unit"] or "").lower()
    factor = UNITS[_SUFFIX[suffix] if suffix else rules.unit]
    negative = bool(match["open"] and match["close"]) or bool(match["sign"] or match["trailing"])
    return _minor(-number if negative else number, factor, rules, text, about=bool(match["about"]))


def parse_number(cell: object, *, unit: str = "", comma: bool = False) -> Parsed:
    """A plain number, to four decimals; a trailing word equal to the field's unit is dropped."""
    if isinstance(cell, bool):
        return unread(cell_text(cell), f"{cell_text(cell)} is no number.")
    text = cell_text(cell)  # type: ignore[arg-type]
    if says_nothing(text):
        return emptied(text)
    bare = re.sub(rf"\s*(?:{unit.rstrip('s')}s?)$", "", text, flags=re.IGNORECASE) if unit else text
    number = Decimal(repr(cell)) if isinstance(cell, (int, float)) else _decimal(bare, comma=comma)
    if number is None:
        return unread(text, f"“{shorten(text)}” could not be read as a number.")
    return _measure(number, text)


def parse_percent(cell: object, *, fraction: bool, comma: bool = False) -> Parsed:
    """A percentage as 0-100; `fraction` says that bare numbers of the column are parts of one."""
    if isinstance(cell, str) and cell.strip().endswith("%"):
        number = _decimal(cell.strip()[:-1].strip(), comma=comma)
        if number is not None:
            return _measure(number, cell_text(cell))
    found = parse_number(cell, comma=comma)
    if found.value is None:
        return found
    if isinstance(cell, (int, float)):  # a calculated share has digits without end, which say nothing
        number = Decimal(repr(cell)) * Decimal(100 if fraction else 1)
        return _measure(number, "")._replace(text=None, precision=None)
    return _measure(Decimal(repr(found.value)) * 100, cell_text(cell)) if fraction else found  # type: ignore[arg-type]


def is_fraction(cells: Iterable[object], number_format: str = "") -> bool:
    """Whether bare numbers of a percent column are parts of one: by their format, else none above 1, one below."""
    numbers = [float(cell) for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    numbers += [
        float(cell) for cell in cells if isinstance(cell, str) and re.fullmatch(r"[01]?\.\d+|[01]", cell.strip())
    ]
    if "%" in number_format:
        return True
    return bool(numbers) and max(numbers) <= 1 and any(0 < number < 1 for number in numbers)


def header_unit(header: str) -> str:
    """The unit a header names: `(£k)`, `£m`, `£'000`; empty when it names none."""
    match = _HEADER_UNIT.search(header)
    return _SUFFIX[next(word for word in match.groups() if word).lower()] if match else ""


def find_currency(texts: Iterable[str]) -> str:
    """The one currency a column's texts name; empty when they name none or several."""
    found: set[str] = set()
    for text in texts:
        symbol = _SYMBOL.search(text)
        named = READ_SIGNS[symbol[0]] if symbol else ""
        found |= {named} if named else set(_CODE.findall(text)) & WRITTEN
    return found.pop() if len(found) == 1 else ""


def uses_comma(cells: Iterable[object]) -> bool:
    """Whether a column writes the decimal sign as a comma, judged by cells that can mean nothing else."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    commas = sum(_COMMA_DECIMAL.search(text) is not None for text in texts)
    return commas > sum(_POINT_DECIMAL.search(text) is not None for text in texts)


def names_unit(cell: object) -> bool:
    """Whether a cell says its own unit: £1.2m, 845k."""
    match = _amount(cell.strip()) if isinstance(cell, str) else None
    return bool(match and (match["suffix"] or match["unit"]))


def looks_like_money(cell: object) -> bool:
    """Whether a text names a currency or a unit beside its number."""
    match = _amount(cell.strip()) if isinstance(cell, str) else None
    return bool(match and (match["suffix"] or match["before"] or match["after"]))


def _amount(text: str) -> re.Match[str] | None:
    match = _AMOUNT.fullmatch(text)
    if not match:
        return None
    codes = {match["before"], match["after"]} - {None}
    known = all(code in WRITTEN or not code.isalpha() for code in codes if code)
    return match if known and bool(match["open"]) == bool(match["close"]) else None


def _decimal(text: str, *, comma: bool) -> Decimal | None:
    """A number with thousands and decimal signs; None when its groups make no sense."""
    bare = re.sub(r"[ '’\u00a0\u202f]", "", text)
    if "," in bare and "." in bare:
        comma = bare.rfind(",") > bare.rfind(".")
    elif re.fullmatch(r"[+-]?\d+,\d{1,2}", bare):
        comma = True  # 1,5 cannot be thousands
    group, point = (".", ",") if comma else (",", ".")
    whole, _, rest = bare.partition(point)
    if group in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return None
    plain = whole.replace(group, "") + ("." + rest if rest else "")
    return Decimal(plain) if re.fullmatch(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", plain) else None


def _minor(number: Decimal, factor: Decimal, rules: MoneyRules, text: str, *, about: bool) -> Parsed:
    if not number.is_finite():
        return unread(text, f"{text} is no amount.")
    scaled = (number * factor).scaleb(rules.digits)
    if abs(scaled) > MOST:
        return unread(text, f"{shorten(text)} is too big an amount to keep.")
    minor = int(scaled.quantize(Decimal(1), ROUND_HALF_UP))
    return read(minor, text, "about") if about else read(minor)


def _measure(number: Decimal, text: str) -> Parsed:
    """A number at the four decimals that are kept; the text stays beside it when that says less than was written."""
    if not number.is_finite() or abs(number) * MEASURE_SCALE > MOST:
        return unread(text, f"{shorten(text)} is too big a number to keep.")
    kept = number.quantize(Decimal(1).scaleb(-4), ROUND_HALF_EVEN)
    noise = abs(kept - number) < Decimal("1e-9") * max(Decimal(1), abs(number))
    value = float(kept) + 0.0  # -0.0 is 0
    return read(value) if noise else read(value, text, "about")


def _refusal(text: str) -> Parsed:
    if ends := _RANGE.fullmatch(text):
        unit = ends["unit"].strip()
        both = (f"{ends['sign']}{ends['low']}{ends['first'] or unit}", f"{ends['sign']}{ends['high']}{unit}")
        mends = tuple(end for end in both if _amount(end))
        return unread(text, f"“{shorten(text)}” is a range; say which amount is meant.", mends)
    return unread(text, f"“{shorten(text)}” could not be read as an amount.")
