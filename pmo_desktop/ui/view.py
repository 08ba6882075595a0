"""A view of a register: columns, widths, sorting, grouping and filters, as it is kept in the file and remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.ui.filter import Condition, condition_from_json, condition_to_json


@dataclass(frozen=True, slots=True)
class View:
    """How a table is shown. Widths are of 100 % text size; a width of 0 is the column's own."""

    name: str = ""
    columns: tuple[tuple[str, int], ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    group: str | None = None
    conditions: tuple[Condition, ...] = ()
    frozen: int = 2
    density: str = ""
    built_in: bool = False

    def to_json(self) -> str:
        """The view as text; the name lies beside it."""
        return json.dumps(
            {
                "columns": [{"field": name, "width": width} for name, width in self.columns],
                "sort": [{"field": name, "descending": descending} for name, descending in self.sort],
                "group": self.group,
                "filters": [condition_to_json(each) for each in self.conditions],
                "frozen": self.frozen,
                "density": self.density,
            },
            ensure_ascii=False,
        )


def view_from_json(name: str, text: str) -> View | None:
    """A stored view; None when the text is none, so that one broken view never closes a register."""
    try:
        stored = json.loads(text)
        return _read(name, stored)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def same_look(one: View, other: View) -> bool:
    """Whether two views show the same, whatever they are called and however wide their columns are."""
    return _look(one) == _look(other)


def columns_chosen(view: View, base: View) -> bool:
    """Whether columns are a person's choice: of a saved view, or other than those of the built-in one it came from."""
    return not base.built_in or (view.columns, view.frozen) != (base.columns, base.frozen)


def _look(view: View) -> tuple[Any, ...]:
    return (tuple(name for name, _ in view.columns), view.sort, view.group, set(view.conditions), view.frozen)


def _read(name: str, stored: Mapping[str, Any]) -> View:
    conditions = [condition_from_json(each) for each in stored.get("filters", [])]
    return View(
        name,
        tuple((str(each["field"]), int(each.get("width", 0))) for each in stored["columns"]),
        tuple((str(each["field"]), bool(each.get("descending"))) for each in stored.get("sort", [])),
        str(stored["group"]) if stored.get("group") else None,
        tuple(each for each in conditions if each is not None),
        int(stored.get("frozen", 2)),
        str(stored.get("density") or ""),
    )
