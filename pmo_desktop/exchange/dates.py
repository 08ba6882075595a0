"""Dates as people write them in registers, read with how exact they are; one day/month order per column."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, unread

MOST_MONTHS = 12
LONGEST = 40  # characters of a text that can only be a date
EXCEL_EPOCH = date(1899, 12, 30)
LAST_OLD_YEAR = 80  # two-digit years from here on are of the last century: projects end in 2041 and began in 1997
SERIALS = range(20_000, 80_000)  # 1954 to 2119
YEARS = range(1950, 2150)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
MONTHS["sept"] = 9

_TIME = r"(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_NUMERIC = re.compile(rf"(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_WORD = r"([a-z]{3,9})\.?"
_DAY_WORD = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[\s-]*{_WORD}[\s,-]*'?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_WORD_DAY = re.compile(rf"{_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.IGNORECASE)
_DAY_ONLY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_WORD}", re.IGNORECASE)
_MONTH = re.compile(rf"{_WORD}[\s,/-]*'?(\d{{4}}|\d{{2}})", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(\d{1,2})[/-](\d{4})|(\d{4})-(\d{1,2})")
_PART = re.compile(
    r"(?P<part>(?:early|beginning|start|mid|middle|late|(?:by )?end)(?: of)?)[\s-]+(?P<rest>.+)",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(?:w/?c|week commencing|wk? ?beg\w*)\.?\s+(.+)", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?P<part>[qh])\s?(?P<number>[1-4])[\s,/-]*(?P<year>(?:fy\s?)?'?\d{2,4}(?:\s?[/-]\s?\d{2,4})?)", re.IGNORECASE
)
_YEAR = re.compile(r"(?P<fy>fy\s?)?'?(?P<first>\d{4}|\d{2})(?:\s?[/-]\s?(?P<second>\d{4}|\d{2}))?", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[,.]?\s+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|approx\.?|approximately|about|around|est\.?|~)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[](?:was|prev|previously|from|originally|tbc|est)[^)\]]*[)\]]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateRules:
    """How the dates of one column are read."""

    day_first: bool = True
    period_end: bool = True  # whether a month, quarter or year means its last day; its first for starts
    fy_start: int = 4  # the month the financial year starts in
    reference: date | None = None  # dates without a year fall nearest to this day


def parse_date(cell: object, rules: DateRules) -> Parsed:
    """A date from a date, an Excel serial number, a year, or text in the forms of registers.md 4.18."""
    if isinstance(cell, datetime):
        return read(cell.date())
    if isinstance(cell, date):
        return read(cell)
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return unread(cell_text(cell), f"{cell_text(cell)} is no date.")  # type: ignore[arg-type]
    if not isinstance(cell, str):
        return _from_number(cell, rules)
    text = cell_text(cell)
    if exact := _exact(text, rules.day_first):
        return read(exact)
    if says_nothing(text):
        return emptied(text)
    return _loose(text, rules)


def find_order(cells: Iterable[object]) -> bool | None:
    """Whether a column writes the day first, by the cells that can be read one way only; None when all fit both."""
    first = second = 0
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if match:
            first += int(match[1]) > MOST_MONTHS >= int(match[2])
            second += int(match[2]) > MOST_MONTHS >= int(match[1])
    return None if first == second else first > second


def has_open_order(cells: Iterable[object]) -> bool:
    """Whether any cell is a date whose day and month could be swapped."""
    matches = (_NUMERIC.fullmatch(cell.strip()) for cell in cells if isinstance(cell, str))
    return any(match and max(int(match[1]), int(match[2])) <= MOST_MONTHS and match[1] != match[2] for match in matches)


def looks_like_date(cell: object) -> bool:
    """Whether a cell is a date or a text that can only be one; bare numbers are not."""
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and bool(cell) and _readable(cell)


def full_year(digits: str) -> int:
    """The year that two or four digits mean: 97 is 1997, 41 is 2041."""
    year = int(digits)
    if not _short(digits):
        return year
    return year + (1900 if year >= LAST_OLD_YEAR else 2000)


def _short(digits: str) -> bool:
    return len(digits) == 2  # noqa: PLR2004  97


def _readable(text: str) -> bool:
    text = cell_text(text)
    if text.isdigit() or len(text) > LONGEST:
        return False
    return any(parse_date(text, DateRules(day_first=order)).value is not None for order in (True, False))


def _from_number(number: float, rules: DateRules) -> Parsed:
    text = cell_text(float(number))
    if int(number) in SERIALS:
        return read(EXCEL_EPOCH + timedelta(days=int(number)))
    if number in YEARS:
        return read(_period(date(int(number), 1, 1), 12, rules), text, "year")
    return unread(text, f"{text} is no date.")


def _exact(text: str, day_first: bool) -> date | None:
    """A date that is written in full; None when it is not or does not exist."""
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(text):
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        return _day(full_year(match[3]), int(month), int(day))
    text = _WEEKDAY.sub("", text, count=1)
    if (match := _DAY_WORD.fullmatch(text)) and (month := MONTHS.get(match[2].lower())):
        return _day(full_year(match[3]), month, int(match[1]))
    if (match := _WORD_DAY.fullmatch(text)) and (month := MONTHS.get(match[1].lower())):
        return _day(int(match[3]), month, int(match[2]))
    return None


def _loose(text: str, rules: DateRules) -> Parsed:
    """A date written less exactly than to the day; the text is kept."""
    bare = _ASIDE.sub(" ", text).strip()
    about = _ABOUT.match(bare)
    bare = bare[about.end() :] if about else bare
    found = _day_or_period(bare, rules)
    if found is None:
        return _refusal(text, rules)
    value, precision = found
    return read(value, text, "about" if about and precision == "day" else precision)


def _day_or_period(text: str, rules: DateRules) -> tuple[date, str] | None:
    if exact := _exact(text, rules.day_first):
        return exact, "day"
    if match := _WEEK.fullmatch(text):
        day = _exact(match[1], rules.day_first) or _without_year(match[1], rules)
        return (day, "week") if day else None
    if match := _PART.fullmatch(text):
        return _part_of(match["part"].lower(), match["rest"].strip(), rules)
    return _period_of(text, rules) or _nearest(text, rules)


def _part_of(part: str, rest: str, rules: DateRules) -> tuple[date, str] | None:
    """Early, mid or end of a month, quarter or year."""
    late = part.startswith(("late", "end", "by"))
    ends = DateRules(rules.day_first, late, rules.fy_start, rules.reference)
    found = _period_of(rest, ends)
    if found and part.startswith("mid"):
        first, precision = found
        days = {"month": 14, "quarter": 45, "year": 182}[precision]
        return first + timedelta(days=days), precision
    return found


def _period_of(text: str, rules: DateRules) -> tuple[date, str] | None:
    if (match := _MONTH.fullmatch(text)) and (month := MONTHS.get(match[1].lower())):
        return _period(date(full_year(match[2]), month, 1), 1, rules), "month"
    if match := _MONTH_NUMBER.fullmatch(text):
        first = _day(int(match[2] or match[3]), int(match[1] or match[4]), 1)
        return (_period(first, 1, rules), "month") if first else None
    if match := _QUARTER.fullmatch(text):
        return _quarter(match["part"].lower(), int(match["number"]), match["year"].strip(), rules)
    start = _year_start(text, rules)
    return (_period(start, 12, rules), "year") if start else None


def _quarter(part: str, number: int, year: str, rules: DateRules) -> tuple[date, str] | None:
    start = _year_start(year, rules)
    months = 3 if part == "q" else 6
    if start is None or number * months > MOST_MONTHS:
        return None
    first = _add_months(start, (number - 1) * months)
    return _period(first, months, rules), "quarter" if part == "q" else "year"


def _year_start(text: str, rules: DateRules) -> date | None:
    """The first day of a year: `25/26` and `FY26` (named by its end) are financial years, `2026` a calendar year."""
    match = _YEAR.fullmatch(text)
    if not match:
        return None
    first = full_year(match["first"])
    if match["second"]:
        follows = full_year(match["second"]) == first + 1
        return date(first, rules.fy_start, 1) if follows else None
    if match["fy"]:
        return date(first - (rules.fy_start > 1), rules.fy_start, 1)
    return date(first, 1, 1) if first in YEARS and not _short(match["first"]) else None


def _nearest(text: str, rules: DateRules) -> tuple[date, str] | None:
    day = _without_year(text, rules)
    return (day, "day") if day else None


def _without_year(text: str, rules: DateRules) -> date | None:
    """`3 Nov` as the day nearest to the reference."""
    match = _DAY_ONLY.fullmatch(text)
    month = MONTHS.get(match[2].lower()) if match else None
    if not match or not month or rules.reference is None:
        return None
    near = rules.reference
    days = [_day(near.year + shift, month, int(match[1])) for shift in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs((day - near).days), default=None)


def _period(first: date, months: int, rules: DateRules) -> date:
    """The first or the last day of so many months from `first` on."""
    return _add_months(first, months) - timedelta(days=1) if rules.period_end else first


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _refusal(text: str, rules: DateRules) -> Parsed:
    shown = shorten(text)
    match = _NUMERIC.fullmatch(text)
    if match:
        other = _exact(text, not rules.day_first)
        order = "day first" if rules.day_first else "month first"
        hint = (other.isoformat(),) if other else ()
        return unread(text, f"{shown} is no date when read {order}, as the rest of its column.", hint)
    if _DAY_ONLY.fullmatch(text):
        return unread(text, f"{shown} has no year.")
    return unread(text, f"“{shown}” could not be read as a date.")
