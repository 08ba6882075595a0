"""What each distinct text of a rating, choice or yes-or-no column became, and how often: the unknown ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.kinds import KINDS
from pmo_desktop.exchange.outcome import Outcome, Parsed, cell_text
from pmo_desktop.exchange.plan import TablePlan, ValueMap
from pmo_desktop.model.kind import Kind

COUNTED = (Kind.RAG, Kind.POINT, Kind.CHOICE, Kind.YESNO)
_MOST_WORDS = 6  # of one column in a sentence


def count_values(kind: Kind, cells: Sequence[Cell], parsed: Sequence[Parsed | None]) -> tuple[ValueMap, ...]:
    """One entry a distinct text; spellings that differ only in case or spaces are one, called as most write it.

    `cells` are the texts as written, before any answer changed them; `parsed` is what each became.
    """
    found: dict[str, Parsed] = {}
    spellings: dict[str, Counter[str]] = {}
    # By type too: 1 and True are one key of a dict, and not one text. A cell that was mended has another reading.
    for (_, cell, one), count in Counter(zip(map(type, cells), cells, parsed, strict=True)).items():
        if one is not None and cell is not None:
            key = _fold(cell)
            if key not in found or one.outcome is Outcome.UNREAD:
                found[key] = one
            spellings.setdefault(key, Counter())[cell_text(cell)] += count
    maps = [_value_map(kind, spellings[key], one) for key, one in found.items()]
    return tuple(sorted(maps, key=lambda each: (each.known, -each.count, each.text.casefold())))


def value_lines(table: TablePlan) -> Iterable[str]:
    """One sentence a column whose words are not simply its values: `RAG: “A/R” 14 times -> Amber/Red`."""
    for column in table.columns:
        telling = [each for each in column.values if _is_telling(each)]
        if telling:
            said = "; ".join(map(_said, telling[:_MOST_WORDS]))
            more = len(telling) - _MOST_WORDS
            yield f"{column.label}: {said}" + (f"; and {more} more words" if more > 0 else "") + "."


def _value_map(kind: Kind, spelt: Counter[str], parsed: Parsed) -> ValueMap:
    value = parsed.value if parsed.outcome is Outcome.READ else None
    label = "" if value is None else KINDS[kind].say(value)
    return ValueMap(spelt.most_common(1)[0][0], value, label, spelt.total(), parsed.outcome is not Outcome.UNREAD)


def _is_telling(each: ValueMap) -> bool:
    return not each.known or each.label.casefold() != each.text.casefold()


def _said(each: ValueMap) -> str:
    times = f"“{' '.join(each.text.split())}” {each.count:,} time{'s' if each.count > 1 else ''}"
    return f"{times} -> {(each.label or 'no value') if each.known else 'not known'}"


def _fold(cell: Cell) -> str:
    return " ".join(cell_text(cell).casefold().split())
