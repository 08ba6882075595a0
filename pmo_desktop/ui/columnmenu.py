"""The menu of one column: sort, filter, group, freeze, hide, width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.icons import icon

_NUMBERS = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY)
_DAYS = (Kind.DATE, Kind.MONTH)


@dataclass(frozen=True, slots=True)
class ColumnDeeds:
    """What a column's menu can do; each gets the column's field name."""

    sort: Callable[[str, bool, bool], object]  # name, descending, added to the present keys
    filter: Callable[[str], object]
    group: Callable[[str | None], object]
    freeze: Callable[[str], object]
    hide: Callable[[str], object]
    best_width: Callable[[str], object]


def column_menu(parent: QWidget, column: Column, deeds: ColumnDeeds, *, may_group: bool, grouped: str | None) -> QMenu:
    """The menu of one column."""
    menu, name = QMenu(parent), column.name
    menu.setAccessibleName(f"Column {column.label}")
    up, down = _sort_words(column.field.kind)
    menu.addAction(icon("arrow-up"), up, lambda: deeds.sort(name, False, False))
    menu.addAction(icon("arrow-down"), down, lambda: deeds.sort(name, True, False))
    menu.addAction("Add to the sorting", lambda: deeds.sort(name, column.field.kind is Kind.RAG, True))
    menu.addSeparator()
    menu.addAction(icon("list-filter"), "Filter…", lambda: deeds.filter(name))
    if may_group and grouped != name:
        menu.addAction(icon("layers"), f"Group by {column.label}", lambda: deeds.group(name))
    if grouped:
        menu.addAction("Ungroup", lambda: deeds.group(None))
    menu.addSeparator()
    menu.addAction(icon("lock"), "Freeze up to here", lambda: deeds.freeze(name))
    menu.addAction("Hide", lambda: deeds.hide(name))
    menu.addAction("Best width", lambda: deeds.best_width(name))
    return menu


def _sort_words(kind: Kind) -> tuple[str, str]:
    if kind is Kind.RAG:
        return "Sort best first", "Sort worst first"
    if kind in _NUMBERS:
        return "Sort lowest first", "Sort highest first"
    if kind in _DAYS:
        return "Sort earliest first", "Sort latest first"
    return "Sort A to Z", "Sort Z to A"
