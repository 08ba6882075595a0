"""What somebody typed or pasted into a cell, as a typed value: by the same readers that read imported workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import created
from pmo_desktop.operations.values import NewName, accept_value
from pmo_desktop.rules.money import decimals
from pmo_desktop.rules.scales import POINTS, point_word
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.kinds import Reading, Row, currency_of

_STARTS = ("start",)
_MOST_NAMED = 4  # words a sentence lists before it counts the rest


class Typed(NamedTuple):
    """A value to be written, or the reason why the text is none."""

    value: Any = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that links may point to: entity -> folded name -> ids."""

    ids: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    fy_start: int = 4

    def named(self, entity: str) -> list[str]:
        """The folded names of an entity."""
        return list(self.ids.get(entity, ()))


def read_typed(
    meaning: Field, text: str, row: Row, reading: Reading, names: Names, offered: Sequence[str] = ()
) -> Typed:
    """The value a text means in a field of a row. An empty text empties the cell.

    `offered` are the words of the field's list: a beginning that means nothing by itself is completed from them.
    """
    text = text.strip()
    found = _read(meaning, text, row, reading, names)
    if not (found.reason or isinstance(found.value, NewName)):
        return found
    words = complete_word(text, offered)
    if len(words) == 1:
        return _read(meaning, words[0], row, reading, names)
    return Typed(reason=_ambiguous(text, words)) if words else found


def complete_word(text: str, offered: Sequence[str]) -> list[str]:
    """The words that a beginning may stand for: one when it is plain, none when nothing begins so.

    A beginning of a later word (a surname) counts where no word itself begins so. `Amber` is plain although
    `Amber-Red` begins with it.
    """
    start = text.casefold()
    if not start:
        return []
    folded = [(each, each.casefold()) for each in offered]
    found = [each for each, word in folded if word.startswith(start)]
    found = found or [each for each, word in folded if any(part.startswith(start) for part in word.split()[1:])]
    shortest = min(found, key=len, default="").casefold()
    whole = all(each.casefold().startswith(shortest) for each in found)
    return [min(found, key=len)] if found and whole else found


def _ambiguous(text: str, words: Sequence[str]) -> str:
    said = [*words[:_MOST_NAMED], f"{len(words) - _MOST_NAMED:,} others"] if len(words) > _MOST_NAMED + 1 else words
    return f"“{text}” could be {', '.join(said[:-1])} or {said[-1]}. Type more of it."


def _read(meaning: Field, text: str, row: Row, reading: Reading, names: Names) -> Typed:
    if not text:
        found = Typed()
    elif meaning.kind in (Kind.LINK, Kind.PERSON):
        found = _read_link(meaning, text, names)
    elif meaning.kind in (Kind.TEXT, Kind.NOTE, Kind.CODE):
        found = Typed(text)
    elif meaning.kind is Kind.POINT and (own := _own_point(text, reading.axes[meaning.scale])):
        found = own
    else:
        found = _parse(meaning, text, row, reading, names)
    return found if found.reason else _accepted(meaning, found)


def _own_point(text: str, words: Sequence[str]) -> Typed | None:
    """A point of the scheme in force, by its number or its word; None where other people's words may mean one.

    Those stand for points 1 to 5, so on a scale of another length they mean nothing.
    """
    first = text.split(maxsplit=1)[0]
    if first.isdecimal() and (first == text or text == point_word(int(first), words)):
        inside = 1 <= int(first) <= len(words)
        return Typed(int(first)) if inside else Typed(reason=f"The scale has no point {first}. Type 1 to {len(words)}.")
    folded = [word.casefold() for word in words]
    if text.casefold() in folded:
        return Typed(folded.index(text.casefold()) + 1)
    if len(words) == len(POINTS):
        return None
    return Typed(reason=f"“{text}” is no point of this scale. Type 1 to {len(words)}.")


def _parse(meaning: Field, text: str, row: Row, reading: Reading, names: Names) -> Typed:
    # Read with the first text that needs them: patterns and words by the hundred, not needed to show a register.
    from pmo_desktop.exchange.dates import DateRules  # noqa: PLC0415
    from pmo_desktop.exchange.kinds import Context, parse_cell  # noqa: PLC0415
    from pmo_desktop.exchange.money import MoneyRules  # noqa: PLC0415
    from pmo_desktop.exchange.outcome import Outcome  # noqa: PLC0415

    starts = any(word in meaning.name for word in _STARTS)
    dates = DateRules(day_first=True, period_end=not starts, fy_start=names.fy_start, reference=reading.today)
    money = MoneyRules(digits=decimals(currency_of(row, reading)))
    parsed = parse_cell(text, Context(meaning, dates, money))
    if parsed.outcome is Outcome.UNREAD:
        return Typed(reason=parsed.reason or "it cannot be read")
    return Typed(parsed.value)


def _read_link(meaning: Field, text: str, names: Names) -> Typed:
    found = names.ids.get(meaning.to, {}).get(text.casefold(), [])
    if len(found) == 1:
        return Typed(found[0])
    if found:
        return Typed(reason=f"{len(found)} rows are called {text}; choose one by its ID.")
    if meaning.to in created():
        return Typed(NewName(text))
    return Typed(reason=f"There is no {label_inside(meaning.label)} called “{text}”. Choose one from the list.")


def _accepted(meaning: Field, found: Typed) -> Typed:
    """A value the operation would refuse is refused here, so that the other cells of a paste are written."""
    if isinstance(found.value, NewName):
        return found
    try:
        return Typed(accept_value(meaning, found.value))
    except Known as refused:
        return Typed(reason=str(refused).removeprefix("Nothing was changed: "))
