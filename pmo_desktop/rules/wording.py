"""How figures are said in sentences and tables: days, weeks, money, percent and counts, in British English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pmo_desktop.rules.money import decimals, sign, to_amount
from pmo_desktop.rules.slip import DAYS_PER_WEEK, slip_weeks

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
COUNTS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_THOUSAND, _TEN = 1_000, 10
_MOST_CHANGE = 999
_FIRST_NEAR, _LAST_NEAR = 1970, 2069
_HALF_YEAR = 182
_MANY_WEEKS, _DAYS_PER_YEAR = 1_000, 365.25
_LARGE = (  # unit, decimals by which an amount is judged to reach it, suffix
    (10**12, 4, "tn"),
    (10**9, 4, "bn"),
    (10**6, 3, "m"),
)


def day_text(day: date) -> str:
    """A date in a sentence: 18 June 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date | None) -> str:
    """A date in a table: 18 Jun 27; with the whole year where two digits would mislead; an en dash for None."""
    if day is None:
        return DASH
    year = f"{day.year % 100:02}" if is_near(day) else f"{day.year:04}"
    return f"{day.day:02} {MONTHS[day.month - 1][:3]} {year}"


def is_near(day: date) -> bool:
    """Whether two digits of a year are enough."""
    return _FIRST_NEAR <= day.year <= _LAST_NEAR


def day_month(day: date) -> str:
    """A date near the data date: 18 Jun."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def near_day(day: date, today: date) -> str:
    """A date in a few words: 18 Jun, with its year when it lies half a year or more from today."""
    return day_month(day) if abs((day - today).days) < _HALF_YEAR else short_day(day)


def count_text(number: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 project, 22 projects."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def count_words(number: int, one: str, many: str = "") -> str:
    """A count at the head of a sentence: Two projects, Eleven projects, 22 projects."""
    noun = one if number == 1 else many or one + "s"
    return f"{capital(count_word(number))} {noun}"


def capital(text: str) -> str:
    """A text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def label_inside(label: str) -> str:
    """A field's label within a sentence: small letters, but for short forms such as ID and EAC."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in label.split(" "))


def count_word(number: int) -> str:
    """A count in a sentence: two, eleven, 22."""
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def join_words(parts: Sequence[str]) -> str:
    """Words in a row: a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def sentence(text: str) -> str:
    """A text with a capital first letter and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")) else ".")


def money_sign(currency: str) -> str:
    """What stands before an amount: £, or CHF and a space."""
    mark = sign(currency)
    return mark + "\N{NO-BREAK SPACE}" if mark.isalpha() else mark


def money_text(minor: int, currency: str, *, signed: bool = False) -> str:
    """Money in prose: £1.2bn, £7.3m, £910k, £450; with `signed`, +£0.9m."""
    amount = to_amount(abs(minor), currency)
    large = next((unit for unit in _LARGE if _rounded(amount / unit[0], unit[1]) >= 1), None)
    if large:
        scaled = amount / large[0]
        figure = f"{_rounded(scaled, 0 if scaled >= _THOUSAND else 1):,}{large[2]}"
    elif _rounded(amount) >= _THOUSAND:
        figure = f"{_rounded(amount / _THOUSAND)}k"
    else:
        figure = f"{_rounded(amount)}"
    return _plus_minus(minor, signed=signed) + money_sign(currency) + figure


def money_full(minor: int, currency: str) -> str:
    """An amount in full with its sign: £7,310,000, pence only where there are some."""
    amount = to_amount(abs(minor), currency)
    places = 0 if amount == amount.to_integral_value() else decimals(currency)
    return (MINUS if minor < 0 else "") + money_sign(currency) + f"{amount:,.{places}f}"


def thousands_text(minor: int | None, currency: str, *, signed: bool = False) -> str:
    """Money in a table headed k: 7,310; below ten with one decimal, below one with two; an en dash for None."""
    if minor is None:
        return DASH
    unit, size = 1000 * 10 ** decimals(currency), abs(minor)
    places = 0 if size >= _TEN * unit or size % unit == 0 else 1 if size >= unit else 2
    shown = (2 * size * 10**places + unit) // (2 * unit)  # whole numbers round half up exactly, and fast
    whole, part = divmod(shown, 10**places)
    sign = _plus_minus(minor, signed=signed) if shown else ""
    return sign + f"{whole:,}" + (f".{part:0{places}}" if places else "")


def percent_text(value: float | None, *, signed: bool = False) -> str:
    """A percentage: one decimal below ten, else none; an en dash for None."""
    if value is None:
        return DASH
    size = Decimal(repr(abs(value)))
    figure = _rounded(size, 1)
    if figure >= _TEN:
        figure = _rounded(size)
    return (_plus_minus(value, signed=signed) if figure else "") + f"{figure:,}%"


def growth_text(value: float | None, *, signed: bool = True) -> str:
    """A change in percent; beyond 999 % it says no more than that, since then the base was next to nothing."""
    if value is None or abs(value) <= _MOST_CHANGE:
        return percent_text(value, signed=signed)
    return f"<{MINUS}{_MOST_CHANGE}%" if signed and value < 0 else f">{_MOST_CHANGE}%"


def number_text(value: float | None) -> str:
    """A plain number with at most four decimals; an en dash for None."""
    if value is None:
        return DASH
    figure = _rounded(Decimal(repr(abs(value))), 4).normalize()
    return (MINUS if value < 0 and figure else "") + f"{figure:,f}"


def slip_text(days: int | None) -> str:
    """A slip in a table: +12 wk, −2 wk, +3 d below a week, +21 yr from a thousand weeks on, 0; an en dash for None."""
    if days is None:
        return DASH
    if days == 0:
        return "0"
    weeks = abs(slip_weeks(days))
    if weeks >= _MANY_WEEKS:
        size = f"{round(abs(days) / _DAYS_PER_YEAR)} yr"
    else:
        size = f"{abs(days)} d" if abs(days) < DAYS_PER_WEEK else f"{weeks} wk"
    return _plus_minus(days, signed=True) + size


def slip_words(days: int) -> str:
    """A slip in a sentence: 12 weeks late, 3 days early, on its baseline date."""
    if days == 0:
        return "on its baseline date"
    return f"{span_words(days)} {'late' if days > 0 else 'early'}"


def span_words(days: int) -> str:
    """A length of time without its sign: 12 weeks, 3 days."""
    if abs(days) < DAYS_PER_WEEK:
        return count_text(abs(days), "day")
    weeks = abs(slip_weeks(days))
    return count_text(round(abs(days) / _DAYS_PER_YEAR), "year") if weeks >= _MANY_WEEKS else count_text(weeks, "week")


def _rounded(value: Decimal, places: int = 0) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plus_minus(value: float, *, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""
