"""Columns of risk scores: which rating a header means, cells that say two ratings at once, and scores to check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.plan import ColumnMap, Level, Plan, Problem, RowKind, RowPlan, Treatment, cell_place
from pmo_desktop.exchange.points import Part, is_point, number_in, split_pair
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.scales import word_point
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import RiskStatus

RISK = "risk"
_LAYERS = {
    "residual": "residual current net managed mitigated controlled after post with",
    "target": "target tolerable desired planned future",
    "inherent": "inherent gross raw initial uncontrolled original before pre without",
}
_SIZES = {
    "prob": "likelihood l probability prob p chance",
    "impact": "impact i severity sev consequence c effect",
    "score": "score rating exposure lxi pxi ixl ixp factor rank priority",
}
_FILLERS = frozenset(
    re.split(
        " ",
        "risk rating level of rate the control action mitigation value number class scale assessment existing in "
        "place low high to is worst best most least point percent pct",
    )
)
_WORD_LAYER = {word: layer for layer, words in _LAYERS.items() for word in words.split()}
_WORD_SIZE = {word: size for size, words in _SIZES.items() for word in words.split()}
_RANGE = re.compile(
    r"(?P<one>\d+)\s*(?:[(=:]?\s*(?P<first>[a-z ]*?)\)?)\s*(?:-|–|to|\.\.|/|,|;)\s*"
    r"(?P<other>\d+)\s*(?:[(=:]?\s*(?P<last>[a-z ]*)\)?)?",
    re.IGNORECASE,
)
_MILD = frozenset(["low", "lowest", "least", "best", "rare", "minor", "negligible"])
_WORST = frozenset(["high", "highest", "most", "worst", "severe", "certain", "critical"])
_MOST_AGREE, _MOST_COMBINED = 0.5, 0.8


@cache
def scored_name(header: str) -> str:
    """What a header of a risk register rates: `prob_residual`, `impact_inherent`, `score_target`; empty for others.

    A rating without a word for its layer is the inherent one (registers.md 4.2).
    """
    words = [word for word in normalise(header.replace("/", " ")).split() if not word.isdigit()]
    layers = {_WORD_LAYER[word] for word in words if word in _WORD_LAYER}
    sizes = {_WORD_SIZE[word] for word in words if word in _WORD_SIZE}
    both = {"prob", "impact"} <= sizes
    rest = [word for word in words if word not in _WORD_LAYER and word not in _WORD_SIZE and word not in _FILLERS]
    if len(layers) > 1 or (rest and rest != ["x"] and not (both and "x" in rest)):
        return ""
    size = "score" if both else next((each for each in ("prob", "impact", "score") if each in sizes), "")
    return f"{size}_{next(iter(layers), 'inherent')}" if size else ""


def said_scale(header: str) -> str:
    """The scale that a header names, as in `1 (LOW) to 5 (HIGH)` or `Impact (1-3)`; empty when it names none."""
    match = _RANGE.search(header)
    if match is None:
        return ""
    one, other = int(match["one"]), int(match["other"])
    names = {(1, 5): "1-5", (1, 3): "1-3", (1, 4): "1-4", (0, 10): "0-10", (1, 10): "0-10"}
    name = names.get((min(one, other), max(one, other)), "")
    falls = _mildest(match) > min(one, other) and name in ("1-5", "1-3", "1-4")
    return "-".join(reversed(name.split("-"))) if falls else name


def _mildest(match: re.Match[str]) -> int:
    """Which of the two numbers of a range is the mild end; the smaller one where no word says so."""
    one, other = int(match["one"]), int(match["other"])
    ends = ((one, other, match["first"]), (other, one, match["last"]))
    for number, opposite, words in ends:
        told = set((words or "").casefold().split())
        if told & _MILD:
            return number
        if told & _WORST:
            return opposite
    return min(one, other)


def read_scores(table: Table, entity: str, columns: list[ColumnMap], told: frozenset[str]) -> list[ColumnMap]:
    """The columns with combined ratings split into two, and scores that only repeat other columns marked as checked.

    `told` are headers that a person answered for.
    """
    rated = {each.name for each in fields(entity) if each.kind is Kind.POINT}
    if not rated:
        return columns
    open_ones = [column for column in columns if column.header not in told]
    found = [
        part for each in columns for part in (_split(table, each, columns, rated) if each in open_ones else (each,))
    ]
    for column in open_ones:
        if layer := _layer_checked(table, column, found):
            column.treatment, column.field, column.kind, column.checks = Treatment.CHECKED, None, None, layer
            column.label, column.why = column.header, "likelihood times impact: checked, and computed here"
    upward = {column.checks for column in found if column.checks}
    for column in found:
        size, _, layer = (column.field or "").partition("_")
        if size in ("prob", "impact"):
            column.scale, column.upward = said_scale(column.header), layer in upward
    return found


def find_contradictions(table: Table, columns: Sequence[ColumnMap], rows: Sequence[RowPlan]) -> Iterator[Problem]:
    """Scores that are not their likelihood times their impact, as the file itself writes them."""
    for column in columns:
        sides = _sides(columns, column.checks) if column.checks else None
        for row in rows if sides else ():
            wrong = _contradiction(table, column, sides or (column, column), row)
            if wrong and row.kind is not RowKind.REJECTED:
                yield wrong


def occurred_notes(plan: Plan) -> Iterator[str]:
    """That risks have occurred by this file: each is an issue now, and nobody has logged one yet."""
    tables = (table for table in plan.kept if table.entity == RISK)
    rows = (row for table in tables for row in table.rows if row.kind in (RowKind.NEW, RowKind.CHANGED))
    count = sum(row.change().get("status") == RiskStatus.OCCURRED for row in rows)
    if count:
        yield f"{count_text(count, 'risk has', 'risks have')} occurred: log an issue for each."


def _contradiction(table: Table, column: ColumnMap, sides: tuple[ColumnMap, ColumnMap], row: RowPlan) -> Problem | None:
    cells = [table.cell(row.row - 1, each.index) for each in (column, *sides)]
    score, one, other = _numbers(cells)
    if score is None or one is None or other is None or score == one * other:
        return None
    text, product = cell_text(cells[0]), one * other
    reason = f"The score {text} is not {one:g} x {other:g} = {product:g}. Scores are computed, so it is not written."
    full = table.sheet.full_address(cell_place(table.sheet.layout, row.row, column))
    return Problem(full, text, reason, Level.LOOK, row.row, sides[0].field or "")


def _split(table: Table, column: ColumnMap, columns: Sequence[ColumnMap], rated: set[str]) -> Sequence[ColumnMap]:
    """Two columns in place of one whose cells say likelihood and impact; else the column itself."""
    size, _, layer = scored_name(column.header).partition("_")
    if size != "score" or column.treatment is not Treatment.NEW:
        return (column,)
    names = [f"prob_{layer}", f"impact_{layer}"]
    if not rated.issuperset(names) or {each.field for each in columns} & set(names):
        return (column,)
    filled = [cell_text(cell) for cell in table.values(column.index) if cell is not None]
    pairs = [pair for text in filled if (pair := split_pair(text)) and is_point(pair.one) and is_point(pair.other)]
    if not filled or len(pairs) < _MOST_COMBINED * len(filled):
        return (column,)
    labels = {each.name: each.label for each in fields(RISK) if each.name in names}
    parts = (Part.LAST, Part.FIRST) if _is_impact_first(column.header) else (Part.FIRST, Part.LAST)
    return tuple(
        replace(
            column,
            treatment=Treatment.FIELD,
            field=name,
            label=labels[name],
            kind=Kind.POINT,
            confidence=0.9,
            why="its cells say likelihood and impact at once",
            part=part,
        )
        for name, part in zip(names, parts, strict=True)
    )


def _is_impact_first(header: str) -> bool:
    words = normalise(header).split()
    places = {size: words.index(word) for word, size in _WORD_SIZE.items() if word in words}
    return "ixl" in words or "ixp" in words or places.get("impact", 99) < places.get("prob", -1)


def _layer_checked(table: Table, column: ColumnMap, columns: Sequence[ColumnMap]) -> str:
    """The layer whose likelihood times impact a column repeats in most rows; empty when it says something else."""
    size, _, layer = scored_name(column.header).partition("_")
    if size != "score" or column.treatment is not Treatment.NEW:
        return ""
    for each in dict.fromkeys((layer, "inherent", "residual", "target")):
        sides = _sides(columns, each)
        if sides and _agree(table, column, sides) >= _MOST_AGREE:
            return each
    return ""


def _sides(columns: Sequence[ColumnMap], layer: str) -> tuple[ColumnMap, ColumnMap] | None:
    by_field = {column.field: column for column in columns if not column.part}
    one, other = by_field.get(f"prob_{layer}"), by_field.get(f"impact_{layer}")
    return (one, other) if one and other else None


def _agree(table: Table, column: ColumnMap, sides: tuple[ColumnMap, ColumnMap]) -> float:
    """The share of rows, of those with three numbers, whose score is the product of its sides."""
    rows = zip(*(table.values(each.index) for each in (column, *sides)), strict=True)
    numbers = [found for cells in rows if None not in (found := _numbers(cells))]
    return sum(score == one * other for score, one, other in numbers) / len(numbers) if numbers else 0.0  # type: ignore[operator]  # None is sorted out


def _numbers(cells: Sequence[Cell]) -> tuple[float | None, float | None, float | None]:
    """Score, likelihood and impact as the file writes them; words of a scale are their points."""
    score, one, other = ((number_in(cell), cell) for cell in cells)
    sides = [found if found is not None else word_point(cell_text(cell)) for found, cell in (one, other)]
    return score[0], sides[0], sides[1]
