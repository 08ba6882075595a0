"""Each kind of field in foreign files: how a cell is read, how a value is said, and when two values are the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.exchange.dates import DateRules, parse_date
from pmo_desktop.exchange.exceltext import shown_text
from pmo_desktop.exchange.grid import Broken
from pmo_desktop.exchange.links import Links
from pmo_desktop.exchange.money import MoneyRules, parse_money, parse_number, parse_percent
from pmo_desktop.exchange.outcome import (
    Outcome,
    Parsed,
    broken,
    cell_text,
    emptied,
    plain_number,
    read,
    saved_error,
    says_nothing,
    unread,
)
from pmo_desktop.exchange.people import Directory
from pmo_desktop.exchange.points import Part, parse_point
from pmo_desktop.exchange.words import parse_choice, parse_rag, parse_yes_no
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.types import MEASURE_SCALE
from pmo_desktop.rules.scales import DEFAULT, POINTS
from pmo_desktop.rules.words import rag_label


@dataclass(slots=True)
class Context:
    """What reading one column needs to know besides the cell."""

    field: Field
    dates: DateRules = dataclasses.field(default_factory=DateRules)
    money: MoneyRules = dataclasses.field(default_factory=MoneyRules)
    scale: str = DEFAULT  # of numbers in a column of points
    points: int = len(POINTS)  # of the axis that such a column is about
    part: Part = Part.WHOLE  # of a cell that says likelihood and impact at once
    fraction: bool = False  # bare numbers of a percent column are parts of one
    people: Directory = dataclasses.field(default_factory=Directory)
    links: Mapping[str, Links] = dataclasses.field(default_factory=dict)  # by entity


@dataclass(frozen=True, slots=True)
class KindRules:
    """How values of one kind come from cells and go back to words."""

    parse: Callable[[Any, Context], Parsed]
    say: Callable[[Any], str]  # for sentences and problem lists; ids of links are said by whoever knows the names
    same: Callable[[Any, Any], bool]  # whether a value read from a file is the one that is kept


_FREE = (Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CHOICE, Kind.LINK)  # where somebody may have written any sign


def parse_cell(cell: Any, context: Context) -> Parsed:
    """One cell that is not blank, as a value of the context's field."""
    if isinstance(cell, Broken):
        return broken(cell)
    if isinstance(cell, str) and "#" in cell and context.field.kind not in _FREE and (error := saved_error(cell)):
        return error
    return KINDS[context.field.kind].parse(cell, context)


def _parse_text(cell: Any, _: Context) -> Parsed:
    text = cell_text(cell)
    return _line(text if text.isprintable() else " ".join(text.split("\n")))


def _parse_note(cell: Any, _: Context) -> Parsed:
    return _line(cell_text(cell))


def _line(clean: str) -> Parsed:
    if not clean:
        return Parsed(Outcome.EMPTIED, None, None)
    return emptied(clean) if len(clean) < 4 and says_nothing(clean) and clean.isalpha() else read(clean)  # noqa: PLR2004


def _parse_code(cell: Any, _: Context) -> Parsed:
    text = " ".join(cell_text(cell).split())
    if not text:  # nothing but control characters
        return Parsed(Outcome.EMPTIED, None, None)
    return emptied(text) if says_nothing(text) else read(text)


def _parse_month(cell: Any, context: Context) -> Parsed:
    found = parse_date(cell, context.dates)
    return found._replace(value=found.value.replace(day=1)) if found.value else found


def _parse_point(cell: Any, context: Context) -> Parsed:
    return parse_point(cell, context.scale, context.part, context.points)


def _parse_link(cell: Any, context: Context) -> Parsed:
    links = context.links.get(context.field.to)
    if links is None:
        text = cell_text(cell)
        return unread(text, "This link cannot be read from a file.")
    return links.parse(cell)


def _parse_percent(cell: Any, context: Context) -> Parsed:
    return parse_percent(cell, fraction=context.fraction, comma=context.money.comma)


def _parse_number(cell: Any, context: Context) -> Parsed:
    return parse_number(cell, unit=context.field.unit, comma=context.money.comma)


def _same_text(new: Any, old: Any) -> bool:
    """Equal, or cut by our own export where an Excel cell ends."""
    return bool(new == old or (new and old and new == shown_text(old)))


def _same_measure(new: Any, old: Any) -> bool:
    return bool(new == old or (None not in (new, old) and round(new * MEASURE_SCALE) == round(old * MEASURE_SCALE)))


def _same(new: Any, old: Any) -> bool:
    return bool(new == old)


_TEXT = KindRules(_parse_text, str, _same_text)
KINDS: dict[Kind, KindRules] = {
    Kind.TEXT: _TEXT,
    Kind.NOTE: KindRules(_parse_note, str, _same_text),
    Kind.CODE: KindRules(_parse_code, str, _same_text),
    Kind.NUMBER: KindRules(_parse_number, plain_number, _same_measure),
    Kind.PERCENT: KindRules(_parse_percent, lambda value: f"{plain_number(value)}%", _same_measure),
    Kind.MONEY: KindRules(lambda cell, context: parse_money(cell, context.money), str, _same),
    Kind.DATE: KindRules(lambda cell, context: parse_date(cell, context.dates), lambda value: value.isoformat(), _same),
    Kind.MONTH: KindRules(_parse_month, lambda value: f"{value:%Y-%m}", _same),
    Kind.YESNO: KindRules(lambda cell, _: parse_yes_no(cell), lambda value: "Yes" if value else "No", _same),
    Kind.CHOICE: KindRules(lambda cell, context: parse_choice(cell, context.field.choices), str, _same_text),
    Kind.LINK: KindRules(_parse_link, str, _same),
    Kind.PERSON: KindRules(lambda cell, context: context.people.parse(cell), str, _same),
    Kind.POINT: KindRules(
        lambda cell, context: parse_point(cell, context.scale, context.part, context.points), str, _same
    ),
    Kind.RAG: KindRules(lambda cell, _: parse_rag(cell), rag_label, _same),
}
