"""Built-in views fitted to what a register holds: a column that is empty throughout gives way to a filled field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.kinds import Row
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.view import View, columns_chosen

_FEW_ROWS = 10  # a register of fewer rows is still being typed: its empty columns wait to be filled
_EMPTY = (None, "", ())


def fit_view(view: View, fields: Sequence[Field], rows: Sequence[Row], group: str | None) -> View:
    """A built-in view without the columns that no row fills, and with the fields that at least half of them fill.

    No more columns than before, the fullest first, long texts last; a field that says the same in every row tells
    nothing. The view stays as it is for a few rows, or when less than half of its columns could be filled.
    """
    names = [name for name, _ in view.columns]
    empty = {name for name in names if all(row.get(name) in _EMPTY for row in rows)}
    if len(rows) < _FEW_ROWS or not empty:
        return view
    offered = [each for each in fields if not each.computed and each.name not in {*names, group}]
    full = [name for name in names if name not in empty]
    fitted = [*full, *_fullest(offered, rows)][: len(names)]
    if len(fitted) * 2 < len(names):
        return view
    frozen = sum(name not in empty for name in names[: view.frozen])
    return replace(view, columns=tuple((name, 0) for name in fitted), frozen=frozen)


def fit_views(outline: Outline, fields: Sequence[Field], rows: Sequence[Row]) -> tuple[View, ...]:
    """The built-in views of a register, fitted to its rows."""
    plain = outline.views or (outline.first_view(),)
    return tuple(fit_view(each, fields, rows, outline.group) for each in plain)


def find_base(base: View, built: Sequence[View]) -> View:
    """What the view that somebody started from is among these built-in ones; a saved one stays."""
    same = next((each for each in built if each.name == base.name), built[0])
    return same if base.built_in else base


def refit_view(view: View, base: View, built: Sequence[View]) -> View:
    """What a view becomes once these are the built-in ones; columns that somebody has chosen stay."""
    if not base.built_in or columns_chosen(view, base):
        return view
    now = find_base(base, built)
    return replace(view, columns=now.columns, frozen=now.frozen)


def _fullest(fields: Sequence[Field], rows: Sequence[Row]) -> list[str]:
    counted = []
    for place, meaning in enumerate(fields):
        values = [value for row in rows if (value := row.get(meaning.name)) not in _EMPTY]
        if len(values) * 2 >= len(rows) and len(set(values)) > 1:
            counted.append((meaning.kind is Kind.NOTE, -len(values), place, meaning.name))
    return [name for *_, name in sorted(counted)]
