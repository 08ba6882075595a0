"""The headers of a table with one column a period, as spans of days: months, weeks, quarters, years, numbered periods.

A row of headers is read as a whole: what one leaves open, such as its year, follows from its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

from pmo_desktop.exchange.dates import MONTHS, DateRules, full_year, parse_date

Span = tuple[date, date]  # the first and the last day, both counted

_WEEK, _FORTNIGHT = 7, 14
_YEAR_MONTHS, _QUARTER_MONTHS, _HALF_MONTHS = 12, 3, 6
_FOUR_WEEKS, _THIRTEEN = 28, 13
_FRIDAY = 4
_FEWEST, _FEWEST_DAYS = 2, 3  # columns that make a series; bare dates need a third to show their distance
_YEAR = r"(?:fy\s?)?'?(?:\d{4}|\d{2})(?:\s?[/-]\s?\d{2,4})?"
_FORMS = {
    "week": re.compile(
        rf"(?:(?P<before>\d{{4}})[\s-]*)?(?:w|wk|week)(?:\s?no)?[.\s-]?(?P<number>\d{{1,2}})(?:[\s,/-]+(?P<year>{_YEAR}))?"
    ),
    "period": re.compile(
        rf"(?:(?P<before>{_YEAR})[\s-]+)?(?:p|pd|period|m|mth|month)[.\s-]?(?P<number>\d{{1,2}})"
        rf"(?:[\s,/-]+(?P<year>{_YEAR}))?"
    ),
    "quarter": re.compile(
        rf"(?:(?P<before>{_YEAR})[\s-]+)?q(?:tr|uarter)?\s?(?P<number>[1-4])(?:[\s,/-]*(?P<year>{_YEAR}))?"
    ),
    "half": re.compile(rf"(?:(?P<before>{_YEAR})[\s-]+)?h(?:alf)?\s?(?P<number>[12])(?:[\s,/-]*(?P<year>{_YEAR}))?"),
}
_MONTH = re.compile(r"(?P<word>[a-z]{3,9})\.?(?:[\s,/-]*'?(?P<year>\d{4}|\d{2}))?")
_MONTH_NUMBER = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<first>\d{1,2})[-/.](?P<after>\d{4})")
_OF_WEEK = re.compile(
    r"(?:w/?(?P<short>[ce])\b|week\s?(?P<long>commencing|beginning|ending|starting)|wk?\s?beg\w*)\.?:?\s*(?P<day>.+)"
)
_BARE_YEAR = re.compile(r"(?P<fy>fy\s?)?'?(?P<first>\d{4}|\d{2})(?:\s?[/-]\s?'?(?P<second>\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"\d{1,2}[/.]\d{1,2}|\d{1,2}(?:st|nd|rd|th)?[\s-]?[a-z]{3,9}\.?")
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*|\s+(?:fte|days?|hours?|hrs|%|md|pd)$")


class Grain(IntEnum):
    """How long a period is; a coarser one beside a finer one is its subtotal."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    QUARTER = 3
    HALF = 4
    YEAR = 5


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """What headers leave open: the order of dates, the financial year's first month, and the year of the first one.

    Without an answer the year is the one that lies nearest to `reference`.
    """

    reference: date
    day_first: bool = True
    fy_start: int = 4
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The columns that are periods: their spans by place in the headers; `yearless` where no header names a year."""

    spans: Mapping[int, Span]
    grain: Grain
    yearless: bool = False
    financial: bool = False  # the year that is missing is a financial one, named by the year it begins in
    repeated: tuple[int, ...] = ()  # places of headers that say a period once more
    subtotals: tuple[int, ...] = ()  # places of coarser periods


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "day", "wc", "we", "month", "week", "period", "quarter", "half", "year"
    number: int = 0
    year: int | None = None  # as the header means it: of a financial one the year it begins in
    financial: bool = False
    day: date | None = None


_GRAINS = {"day": Grain.DAY, "wc": Grain.WEEK, "we": Grain.WEEK, "week": Grain.WEEK, "month": Grain.MONTH}
_GRAINS |= {"period": Grain.MONTH, "quarter": Grain.QUARTER, "half": Grain.HALF, "year": Grain.YEAR}


def read_series(headers: Sequence[str], rules: PeriodRules) -> Series | None:
    """The periods among the headers; None when no two follow each other as periods do."""
    tokens = {place: token for place, text in enumerate(headers) if (token := _token(text, rules))}
    counts = Counter(token.kind for token in tokens.values())
    kinds = [kind for kind, count in counts.items() if count >= (_FEWEST_DAYS if kind == "day" else _FEWEST)]
    if not kinds:
        return None
    kind = min(kinds, key=lambda each: (_GRAINS[each], -counts[each]))
    own = {place: token for place, token in tokens.items() if token.kind == kind}
    yearless = all(token.year is None and token.day is None for token in own.values())
    found = _spans(own, kind, rules)
    if found is None:
        return None
    spans, grain = found
    first: dict[Span, int] = {}
    for place, span in spans.items():
        first.setdefault(span, place)
    once = {place: span for place, span in spans.items() if first[span] == place}
    coarser = (place for place, token in tokens.items() if token.kind != kind and _GRAINS[token.kind] > grain)
    again = tuple(place for place in spans if place not in once)
    financial = kind in ("period", "quarter", "half")
    return Series(once, grain, yearless, financial, again, tuple(coarser)) if len(once) >= _FEWEST else None


def is_period_header(text: str) -> bool:
    """Whether a header is a period by itself."""
    return _token(text, PeriodRules(date(2000, 1, 1))) is not None


def _token(text: str, rules: PeriodRules) -> _Token | None:
    """One header; of one in two rows (`2026 / Jan`) the upper half says the year."""
    upper, _, lower = text.rpartition(" / ")
    found = _single(lower, rules) if upper else _single(text, rules)
    if found is None or not upper:
        return found
    group = _single(upper.rpartition(" / ")[2], rules)
    if group is None or found.year is not None or found.day is not None:
        return found
    return _under(found, group, rules)


def _under(token: _Token, group: _Token, rules: PeriodRules) -> _Token:
    """A period whose year stands above it."""
    if group.year is None:
        return token
    year = group.year
    if token.kind == "month" and group.financial and token.number < rules.fy_start:
        year += 1
    return replace(token, year=year)


def _single(text: str, rules: PeriodRules) -> _Token | None:
    plain = " ".join(_ASIDE.sub(" ", text.casefold().replace("–", "-").replace("’", "'")).split())
    if not plain or len(plain) > 40:  # noqa: PLR2004  a sentence
        return None
    return (
        _named_month(plain)
        or _of_week(plain, rules)
        or _numbered(plain, rules)
        or _year(plain, rules)
        or _day(plain, rules)
    )


def _named_month(text: str) -> _Token | None:
    match = _MONTH.fullmatch(text)
    if match and (month := MONTHS.get(match["word"])):
        return _Token("month", month, full_year(match["year"]) if match["year"] else None)
    match = _MONTH_NUMBER.fullmatch(text)
    if match and 1 <= (number := int(match["month"] or match["first"])) <= _YEAR_MONTHS:
        return _Token("month", number, int(match["year"] or match["after"]))
    return None


def _of_week(text: str, rules: PeriodRules) -> _Token | None:
    match = _OF_WEEK.fullmatch(text)
    if match is None:
        return None
    token = _day(match["day"], rules)
    ends = match["short"] == "e" or match["long"] == "ending"
    return replace(token, kind="we" if ends else "wc") if token else None


def _numbered(text: str, rules: PeriodRules) -> _Token | None:
    for kind, form in _FORMS.items():
        if match := form.fullmatch(text):
            said, number = match["year"] or match["before"], int(match["number"])
            most = {"week": 53, "period": _THIRTEEN}.get(kind, 4)
            if not 1 <= number <= most:
                return None
            year = _year(said.strip(), rules) if said else None
            if said and year is None:
                return None
            return _Token(kind, number, year.year if year else None, financial=bool(year and year.financial))
    return None


def _year(text: str, rules: PeriodRules) -> _Token | None:
    """`FY26` is named by its end, `25/26` says both; `2026` is a calendar year."""
    match = _BARE_YEAR.fullmatch(text)
    if match is None:
        return None
    first = full_year(match["first"])
    if match["second"]:
        return _Token("year", first, first, financial=True) if full_year(match["second"]) == first + 1 else None
    if match["fy"]:
        begins = first - (rules.fy_start > 1)
        return _Token("year", begins, begins, financial=True)
    return _Token("year", first, first) if 1950 <= first < 2150 and len(match["first"]) == 4 else None  # noqa: PLR2004


def _day(text: str, rules: PeriodRules) -> _Token | None:
    dates = DateRules(day_first=rules.day_first, reference=rules.reference)
    found = parse_date(text, dates)
    if not isinstance(found.value, date) or found.precision not in (None, "day"):
        return None
    if _DAY_MONTH.fullmatch(text):  # 05/01: the day without its year
        return _Token("day", found.value.month * 100 + found.value.day)
    return _Token("day", day=found.value)


def _spans(tokens: Mapping[int, _Token], kind: str, rules: PeriodRules) -> tuple[dict[int, Span], Grain] | None:
    dated = dict(zip(tokens, _with_years(list(tokens.values()), rules), strict=True))
    if kind == "day":
        days = {place: token.day for place, token in dated.items() if token.day}
        return _by_distance(days)
    if kind in ("wc", "we"):
        shift = timedelta(days=0 if kind == "wc" else _WEEK - 1)
        weeks = {place: token.day - shift for place, token in dated.items() if token.day}
        return {place: (day, day + timedelta(days=_WEEK - 1)) for place, day in weeks.items()}, Grain.WEEK
    four_weekly = kind == "period" and any(token.number == _THIRTEEN for token in dated.values())
    found = {place: _span(token, rules, four_weekly=four_weekly) for place, token in dated.items()}
    return {place: span for place, span in found.items() if span}, _GRAINS[kind]


def _span(token: _Token, rules: PeriodRules, *, four_weekly: bool) -> Span | None:
    year = token.year or rules.reference.year
    financial = date(year, rules.fy_start, 1)
    if token.kind == "month":
        return months_from(date(year, token.number, 1), 1)
    if token.kind == "week":
        if token.number > date(year, 12, 28).isocalendar().week:
            return None
        monday = date.fromisocalendar(year, token.number, 1)
        return monday, monday + timedelta(days=_WEEK - 1)
    if token.kind == "year":
        return months_from(financial if token.financial else date(year, 1, 1), _YEAR_MONTHS)
    if four_weekly:
        start = financial + timedelta(days=_FOUR_WEEKS * (token.number - 1))
        ends = months_from(financial, _YEAR_MONTHS)[1]
        return start, ends if token.number == _THIRTEEN else start + timedelta(days=_FOUR_WEEKS - 1)
    months = {"period": 1, "quarter": _QUARTER_MONTHS, "half": _HALF_MONTHS}[token.kind]
    if token.number * months > _YEAR_MONTHS:
        return None
    starts = financial if token.financial or token.kind == "period" or token.year is None else date(year, 1, 1)
    return months_from(_later(starts, (token.number - 1) * months), months)


def _with_years(tokens: list[_Token], rules: PeriodRules) -> Iterator[_Token]:
    """The tokens with the years that only the first, or none, of them names: a smaller number begins another year."""
    year = next((token.year for token in tokens[:1] if token.year is not None), None)
    year = year if year is not None else _first_year(tokens, rules)
    before: _Token | None = None
    for token in tokens:
        year = token.year if token.year is not None else year + bool(before and token.number <= before.number)
        before = token
        if token.kind in ("day", "wc", "we") and token.day is None:
            yield replace(token, year=year, day=_of_numbers(year, token.number))
        else:
            yield replace(token, year=year, financial=token.financial or token.year is None)


def _first_year(tokens: list[_Token], rules: PeriodRules) -> int:
    """The year of the first of them: as answered, else the one with which they lie nearest to the reference."""
    if rules.year is not None:
        return rules.year
    near = rules.reference

    def distance(year: int) -> int:
        dated = list(_with_years(tokens, replace(rules, year=year)))
        first, last = (_start_in(token, token.year or year, rules) for token in (dated[0], dated[-1]))
        return max((first - near).days, (near - last).days, 0)

    return min(
        (near.year, near.year - 1, near.year + 1), key=lambda year: (not _fits_weekday(tokens[0], year), distance(year))
    )


def _fits_weekday(token: _Token, year: int) -> bool:
    """Whether a week begins on a Monday, or ends on a Friday or later, in a year."""
    day = _of_numbers(year, token.number) if token.kind in ("wc", "we") else None
    return day is None or day.weekday() == (0 if token.kind == "wc" else max(day.weekday(), _FRIDAY))


def _start_in(token: _Token, year: int, rules: PeriodRules) -> date:
    if token.kind in ("day", "wc", "we"):
        return token.day or date(year, 1, 1)
    span = _span(replace(token, year=year, financial=True), rules, four_weekly=token.number == _THIRTEEN)
    return span[0] if span else date(year, 1, 1)


def _of_numbers(year: int, number: int) -> date | None:
    month, day = divmod(number, 100)
    try:
        return date(year, month, day)
    except ValueError:  # 29 February of another year
        return None


def _by_distance(days: Mapping[int, date]) -> tuple[dict[int, Span], Grain] | None:
    """Bare dates: what they stand for is how far they lie apart."""
    ordered = list(days.values())
    apart = {(later - earlier).days for earlier, later in pairwise(ordered)}
    if len(ordered) < _FEWEST_DAYS or min(apart) < 1:
        return None
    if apart <= {1, 2, 3, 4}:  # weekends and holidays may be left out
        return {place: (day, day) for place, day in days.items()}, Grain.DAY
    for length in (_WEEK, _FORTNIGHT):
        if apart == {length}:
            last = timedelta(days=length - 1)
            return {place: (day, day + last) for place, day in days.items()}, Grain.WEEK
    months = {_month(later) - _month(earlier) for earlier, later in pairwise(ordered)}
    grains = {1: Grain.MONTH, _QUARTER_MONTHS: Grain.QUARTER, _HALF_MONTHS: Grain.HALF, _YEAR_MONTHS: Grain.YEAR}
    step = months.pop() if len(months) == 1 else 0
    if step not in grains:
        return None
    ends = step > 1 and all((day + timedelta(days=1)).day == 1 for day in ordered)
    starts = {place: _later(day.replace(day=1), 1 - step if ends else 0) for place, day in days.items()}
    return {place: months_from(start, step) for place, start in starts.items()}, grains[step]


def months_from(first: date, months: int) -> Span:
    """The days of so many months from the first of one on."""
    return first, _later(first, months) - timedelta(days=1)


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, _YEAR_MONTHS)
    return date(first.year + years, month + 1, 1)


def _month(day: date) -> int:
    return day.year * _YEAR_MONTHS + day.month
