"""Which scale bare numbers of a column are on: as a person said, its header or the whole column says; else asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.plan import ColumnMap, ImportOptions, Question
from pmo_desktop.exchange.points import Settled, number_in, split_pair
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.scales import NUMBERS, POINTS, RATINGS, find_scale, rating_scales, scale_words
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.errors import Known

Columns = Sequence[tuple[ColumnMap, Field]]
Cells = Mapping[int, Sequence[Cell]]


def settle_points(
    sheet: str, columns: Columns, cells: Cells, options: ImportOptions, sides: Mapping[str, int]
) -> list[Question]:
    """Give each column of points its scale. Those that leave it open share one, and one question asks for it.

    `sides` says how many points the portfolio's own axes have.
    """
    open_ones: dict[tuple[str, ...], list[ColumnMap]] = {}
    settled: set[str] = set()
    for points, group in _groups(columns, sides):
        by_column = {column.index: _numbers(cells[column.index]) for column in group}
        numbers = [number for each in by_column.values() for number in each]
        answer = next((_answer(each, options) for each in group if each.header in options.scales), "")
        upward = any(each.upward for each in group)
        found = find_scale(numbers, said=answer or group[0].scale, one_way=upward, points=points)
        numbered = [column for column in group if by_column[column.index]]
        for column in group:
            column.scale = found.names[0] if column in numbered else ""
        if numbered and found.settled:
            settled.add(found.names[0])
        elif numbered:
            open_ones.setdefault(found.names, []).extend(numbered)
    for names in [names for names in open_ones if len(settled.intersection(names)) == 1]:
        for column in open_ones.pop(names):  # one register is seldom on two scales
            (column.scale,) = settled.intersection(names)
    return [_question(sheet, names, group) for names, group in open_ones.items()]


def settle_rating(
    sheet: str, column: ColumnMap, cells: Sequence[Cell], options: ImportOptions
) -> tuple[Sequence[Cell], list[Question]]:
    """The cells of a rating column with bare numbers as the ratings they were said to be, or what must be asked."""
    filled = [cell for cell in cells if cell is not None]
    numbers = [number for cell in filled if (number := number_in(cell)) is not None and not isinstance(cell, bool)]
    names = rating_scales(numbers) if numbers and len(numbers) == len(filled) else ()
    if not names:
        return cells, []
    codes = RATINGS.get(options.scales.get(column.header, ""), ())
    if not codes:
        return cells, [_question(sheet, names, [column])]
    by_number = dict(enumerate(codes, start=1))
    return [by_number.get(int(number_in(cell) or 0), cell) if cell is not None else None for cell in cells], []


def _answer(column: ColumnMap, options: ImportOptions) -> str:
    """The scale a person said. Raises Known when it is one of ratings."""
    said = options.scales[column.header]
    if said not in NUMBERS:
        message = f"“{column.header}” is no rating: its numbers cannot be {said}. Choose one of {', '.join(NUMBERS)}."
        raise Known(message)
    return said


class _Key(NamedTuple):
    """What columns have in common that are surely on one scale."""

    points: int
    said: str
    upward: bool


def _groups(columns: Columns, sides: Mapping[str, int]) -> list[tuple[int, list[ColumnMap]]]:
    """Columns of points together that nothing tells apart, with the length of their axis."""
    found: dict[_Key, list[ColumnMap]] = {}
    for column, field in columns:
        if field.kind is Kind.POINT:
            key = _Key(sides.get(field.scale, len(POINTS)), column.scale, column.upward)
            found.setdefault(key, []).append(column)
    return [(key.points, group) for key, group in found.items()]


def _numbers(cells: Sequence[Cell]) -> list[float]:
    """The bare numbers of a column, those within combined cells among them; percent signs speak for themselves."""
    found = []
    for cell in cells:
        if cell is None or isinstance(cell, Settled):
            continue
        pair = split_pair(cell_text(cell))
        halves = (pair.one, pair.other) if pair else (cell,)
        found += [number for half in halves if "%" not in str(half) and (number := number_in(half)) is not None]
    return found


def _question(sheet: str, names: tuple[str, ...], group: Sequence[ColumnMap]) -> Question:
    headers = join_words([f"“{' '.join(header.split())}”" for header in dict.fromkeys(each.header for each in group)])
    rated = names[0] in RATINGS
    taken = "so far they are kept as text" if rated else f"so far they are read as {scale_words(names[0])}"
    text = f"The numbers of {headers} may be on one of several scales; {taken}."
    return Question("scales", sheet, group[0].header, text, names, tuple(map(scale_words, names)))
