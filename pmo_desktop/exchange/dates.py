"""Dates as people write them in registers, read with how exact they are; one day/month order per column."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, unread

MOST_MONTHS = 12
_QUARTER_MONTHS = 3
_LONGEST_NOTE = 120  # characters of a date with a remark
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
_DAY_ONLY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[\s-]*{_WORD}", re.IGNORECASE)
_MONTH_DAY_ONLY = re.compile(rf"{_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)", re.IGNORECASE)
_NUMBERS_ONLY = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH = re.compile(rf"{_WORD}[\s,/-]*'?(\d{{4}}|\d{{2}})", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(\d{1,2})[/-](\d{4})|(\d{4})-(\d{1,2})")
_PART = re.compile(
    r"(?P<part>(?:early|beginning|start|mid|middle|late|(?:by )?end)(?: of)?)[\s-]+(?P<rest>.+)",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(?:w/?[ce]|week (?:commencing|ending|of)|wk? ?beg\w*)\.?\s+(.+)", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:(?P<part>q|h|half|quarter)\s?(?P<number>[1-4])|(?P<first>[1-4])\s?(?P<after>[qh]))"
    r"(?:[\s,/-]*(?P<year>(?:fy\s?)?'?\d{2,4}(?:\s?[/-]\s?\d{2,4})?))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?P<year>(?:fy\s?)?\d{2,4}(?:/\d{2,4})?)[\s,-]+(?P<part>[qh]\s?[1-4])", re.IGNORECASE)
_YEAR = re.compile(r"(?P<fy>fy\s?)?'?(?P<first>\d{4}|\d{2})(?:\s?[/-]\s?(?P<second>\d{4}|\d{2}))?", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[,.]?\s+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|approx\.?|approximately|about|around|est\.?|~)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_MOVED = re.compile(r".*\d.*(?:→|->|=>|⇒)\s*(?P<now>.*\d.*)")  # Aug 26 -> Oct 26
_BEFORE = re.compile(
    r"(?:completed?|done|achieved|delivered|closed|finished|started|approved|due|by|before|from|on|forecast|expected"
    r"|(?:now|slipped|slipping|moved|revised|rescheduled)(?: to)?)[\s:]+(?=.*\d)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?<=\d)\s*(?:[-–—;:,*?]+\s*|\s)(?:[^\W\d][^\d]*)?")  # words after a date, no second date
_NO_END = frozenset({"ongoing", "on going", "on-going", "asap", "rolling", "continuous", "open ended", "open-ended"})


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
    if text.casefold().rstrip(".!") in _NO_END:
        return emptied(text)._replace(reason=f"“{text}” names no day.")
    if _SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return _from_number(float(text), rules)
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
    if math.isfinite(number) and int(number) in SERIALS:
        return read(EXCEL_EPOCH + timedelta(days=int(number)))
    if basic := _basic(text):
        return read(basic)
    if number in YEARS:
        return read(_period(date(int(number), 1, 1), 12, rules), text, "year")
    return unread(text, f"{text} is no date.")


def _exact(text: str, day_first: bool) -> date | None:
    """A date that is written in full; None when it is not or does not exist."""
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if basic := _basic(text):
        return basic
    if match := _NUMERIC.fullmatch(text):
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        return _day(full_year(match[3]), int(month), int(day))
    text = _WEEKDAY.sub("", text, count=1)
    if (match := _DAY_WORD.fullmatch(text)) and (month := MONTHS.get(match[2].lower())):
        return _day(full_year(match[3]), month, int(match[1]))
    if (match := _WORD_DAY.fullmatch(text)) and (month := MONTHS.get(match[1].lower())):
        return _day(int(match[3]), month, int(match[2]))
    return None


def _basic(text: str) -> date | None:
    """20260601, which is also how a number may be written."""
    match = _BASIC.fullmatch(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _loose(text: str, rules: DateRules) -> Parsed:
    """A date written less exactly than to the day, or with words around it; the text is kept."""
    bare = _ASIDE.sub(" ", text).strip()
    if moved := _MOVED.fullmatch(bare):
        bare = moved["now"].strip()
    about = _ABOUT.match(bare)
    bare = bare[about.end() :] if about else bare
    found = _day_or_period(bare, rules) or _among_words(bare, rules)
    if found is None:
        return _refusal(text, rules)
    value, precision = found
    return read(value, text, "about" if about and precision == "day" else precision)


def _among_words(text: str, rules: DateRules) -> tuple[date, str] | None:
    """`Completed 3/4/26`, `31/12/2026 - subject to board`: words stand around one date, never around two."""
    if len(text) > _LONGEST_NOTE:
        return None
    bare = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    for match in [None, *_AFTER.finditer(bare)]:
        whole = bare if match is None else bare[: match.start()] if match.end() == len(bare) else ""
        if whole and whole != text and (found := _day_or_period(whole, rules)):
            return found
    return None


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
    ends = replace(rules, period_end=late)
    found = _period_of(rest, ends) or _nearest_period(rest, ends)
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
    if match := _YEAR_FIRST.fullmatch(text):
        text = f"{match['part']} {match['year']}"
    if (match := _QUARTER.fullmatch(text)) and match["year"]:
        return _quarter(match, match["year"].strip(), rules)
    start = _year_start(text, rules)
    return (_period(start, 12, rules), "year") if start else None


def _quarter(match: re.Match[str], year: str, rules: DateRules) -> tuple[date, str] | None:
    start = _year_start(f"20{year}" if year.isdigit() and _short(year) else year, rules)
    number, months = int(match["number"] or match["first"]), _months_of(match)
    if start is None or number * months > MOST_MONTHS:
        return None
    first = _add_months(start, (number - 1) * months)
    return _period(first, months, rules), "quarter" if months == _QUARTER_MONTHS else "year"


def _months_of(match: re.Match[str]) -> int:
    """Three for a quarter, six for a half year."""
    return 6 if (match["part"] or match["after"]).lower().startswith("h") else _QUARTER_MONTHS


def _nearest_period(text: str, rules: DateRules) -> tuple[date, str] | None:
    """`Sept`, `Q4` and `H1` without a year: the month, or the part of a financial year, nearest to the reference."""
    near, month = rules.reference, MONTHS.get(text.lower().rstrip("."))
    if near is None:
        return None
    years = range(near.year - 1, near.year + 2)
    if month:
        found = [_period(date(year, month, 1), 1, rules) for year in years]
        return min(found, key=lambda day: abs((day - near).days)), "month"
    match = _QUARTER.fullmatch(text)
    if match is None or match["year"]:
        return None
    parts = [part for year in years if (part := _quarter(match, f"fy{year}", rules))]
    return min(parts, key=lambda part: abs((part[0] - near).days), default=None)


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
    return (day, "day") if day else _nearest_period(text, rules)


def _without_year(text: str, rules: DateRules) -> date | None:
    """`3 Nov` as the day nearest to the reference."""
    near, found = rules.reference, _day_and_month(text, day_first=rules.day_first)
    if found is None or near is None:
        return None
    days = [_day(near.year + shift, found[1], found[0]) for shift in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs((day - near).days), default=None)


def _day_and_month(text: str, *, day_first: bool) -> tuple[int, int] | None:
    """`3 Nov`, `Nov 3rd` or `3/11`, which say no year."""
    if (match := _DAY_ONLY.fullmatch(text)) and (month := MONTHS.get(match[2].lower())):
        return int(match[1]), month
    if (match := _MONTH_DAY_ONLY.fullmatch(text)) and (month := MONTHS.get(match[1].lower())):
        return int(match[2]), month
    if match := _NUMBERS_ONLY.fullmatch(text):
        return (int(match[1]), int(match[2])) if day_first else (int(match[2]), int(match[1]))
    return None


def _period(first: date, months: int, rules: DateRules) -> date:
    """The first or the last day of so many months from `first` on."""
    return _add_months(first, months) - timedelta(days=1) if rules.period_end else first


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _day(year: int, month: int, day: int) -> date | None:
    """The day, if there is such a one."""
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
    if _day_and_month(text, day_first=rules.day_first):
        return unread(text, f"{shown} has no year.")
    return unread(text, f"“{shown}” could not be read as a date.")
