"""A column of a table: a field, where it stands, how wide, and which special look a pane gave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.slip import slip_weeks
from pmo_desktop.rules.wording import growth_text, money_sign
from pmo_desktop.ui.kinds import KINDS, MINUS, Reading, Row, cell_text

_WIDEST_HEADING = 150  # pixels; longer headings are cut and told in full by their hint
Total = Callable[[Sequence[Row], Reading], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `look` names a painter; `text` replaces the kind's words; `total` says a group's figure."""

    field: Field
    width: int
    look: str
    label: str
    text: Callable[[Row, Reading], str] | None = None
    total: Total | None = None
    beside: str = ""  # a further field the painter draws next to the value, such as the trend
    why: str = ""  # how a calculated column comes about, said when somebody tries to edit it
    strong: bool = False  # the name a row goes by
    snapshot: str = ""  # the field that says whose day's state a row holds, in registers of snapshots

    @property
    def name(self) -> str:
        """The field's name: a column's key in views and saved state."""
        return self.field.name

    @property
    def right(self) -> bool:
        """Whether words stand on the right."""
        return KINDS[self.field.kind].right

    @property
    def editable(self) -> bool:
        """Whether a person may type into it."""
        return not self.field.computed

    def heading(self, reading: Reading) -> str:
        """The header's words, with the unit that its numbers are shown in."""
        if self.field.kind is not Kind.MONEY:
            return f"{self.label}, {self.field.unit}" if self.field.unit and self.text is None else self.label
        one = reading.only_currency
        return f"{self.label} {money_sign(one).strip()}k" if one else f"{self.label} k"

    def figure(self, rows: Sequence[Row], reading: Reading) -> str:
        """The figure of some rows together; empty when there is none, or none that means anything."""
        return self.total(rows, reading) if self.total and self.may_add(rows) else ""

    def may_add(self, rows: Sequence[Row]) -> bool:
        """Whether these rows have a sum: snapshots only within one day."""
        return not self.snapshot or len({row.get(self.snapshot) for row in rows}) <= 1

    def words(self, row: Row, reading: Reading) -> str:
        """A cell's words; empty when there is no value."""
        return self.text(row, reading) if self.text else cell_text(self.field, row, reading)


def column_of(meaning: Field, **special: object) -> Column:
    """A field as a column in its kind's ordinary look."""
    look = KINDS[meaning.kind]
    total = sum_total(meaning.name) if meaning.kind is Kind.MONEY else None
    plain = Column(meaning, max(look.width, _heading_width(meaning)), look.painter, meaning.label, total=total)
    return replace(plain, **special) if special else plain  # type: ignore[arg-type]


def _heading_width(meaning: Field) -> int:
    """About what a heading with its unit takes at 100 % text size, within reason."""
    unit = " £k" if meaning.kind is Kind.MONEY else f", {meaning.unit}" if meaning.unit else ""
    return min(_WIDEST_HEADING, 18 + round(6.8 * len(meaning.label + unit)))


@cache  # so that the same column made twice is equal
def sum_total(name: str) -> Total:
    """A group's sum of a money field: one figure per currency, never mixed."""

    def total(rows: Sequence[Row], reading: Reading) -> str:
        sums = sums_by_currency(rows, name, reading)
        text = KINDS[Kind.MONEY].text
        return " + ".join(text(sums[key], {"currency": key}, reading) for key in sorted(sums))

    return total


def sums_by_currency(rows: Sequence[Row], name: str, reading: Reading) -> dict[str, int]:
    """The sums of a money field in minor units, by ISO code; rows without a value are left out."""
    sums: dict[str, int] = {}
    default = reading.currency
    amounts = [(row.get("currency"), value) for row in rows if (value := row.get(name)) is not None]
    for key in {currency for currency, _ in amounts}:
        total = sum([value for currency, value in amounts if currency == key])
        sums[key or default] = sums.get(key or default, 0) + total
    return sums


@cache
def share_total(top: str, bottom: str) -> Total:
    """A group's percentage: the sum of one field by the sum of another, over rows that have both, in one currency."""

    def total(rows: Sequence[Row], reading: Reading) -> str:
        both = [row for row in rows if row.get(top) is not None and row.get(bottom) is not None]
        over, under = sums_by_currency(both, top, reading), sums_by_currency(both, bottom, reading)
        if len(under) != 1:
            return ""
        (key,) = under
        return growth_text(over[key] * 100 / under[key]) if under[key] > 0 else ""

    return total


def no_sum_words(label: str) -> str:
    """Why snapshots of several days have no sum."""
    return f"No sum of {label}: these rows are of several periods"


def signed(text: str) -> str:
    """A signed number's text: real minus, and no sign before nought."""
    bare = text.lstrip("+-")
    if not any(digit in "123456789" for digit in bare):
        return bare
    return text.replace("-", MINUS)


def slip_text(row: Row, _reading: Reading) -> str:
    """Slip in weeks: +12 wk; 0 when it is on its day or within half a week."""
    days = row.get("slip_days")
    if days is None:
        return ""
    weeks = slip_weeks(days)
    return f"{signed(f'{weeks:+d}')} wk" if weeks else "0"


def variance_text(row: Row, _reading: Reading) -> str:
    """Variance in percent with its sign."""
    value = row.get("variance_pct")
    return "" if value is None else growth_text(value)
