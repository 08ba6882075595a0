"""The context menu of a cell: the same commands as in the menus, and filtering by its value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.viewcontrols import ViewControls

_BLOCKS = (
    ("record.open",),
    ("edit.copy", "edit.copy_headers", "edit.cut", "edit.paste", "edit.paste_new", "edit.fill_down"),
    ("record.new", "record.duplicate", "record.report", "record.rebaseline", "record.close"),
    ("method.apply", "method.tailor"),
    ("record.convert", "record.escalate", "risk.gather"),
)
PLAIN_DEEDS = frozenset(id_ for block in _BLOCKS for id_ in block)  # those of every register


def cell_menu(
    parent: QWidget, actions: ActionRegistry, grid: Grid, controls: ViewControls, own: Sequence[str] = ()
) -> QMenu:
    """The menu of the current cell; `own` are the commands of its register."""
    menu = QMenu(parent)
    menu.setAccessibleName("Commands for this cell")
    for place, block in enumerate((*_BLOCKS[:-1], own, _BLOCKS[-1])):
        for id_ in block:
            if id_ in actions and actions[id_].isEnabled():
                menu.addAction(actions[id_])
        if place == 0:
            edit = menu.addAction(icon("pencil"), "Edit cell\tF2", grid.edit.begin)
            edit.setEnabled(grid.current is not None)
        menu.addSeparator()
    _add_filters(menu, grid, controls)
    if "record.delete" in actions and actions["record.delete"].isEnabled():
        menu.addSeparator()
        menu.addAction(actions["record.delete"])
    return menu


def _add_filters(menu: QMenu, grid: Grid, controls: ViewControls) -> None:
    record = grid.current
    if record is None:
        return
    column = grid.table.columns[grid.current_column]
    value = record.row.get(column.name) or None
    here = controls.grid.half(grid.current_column).viewport().mapToGlobal(QPoint(40, 40))
    of_column = controls.column_menu(grid.current_column, here)
    of_column.setTitle(f"Column {column.label}")
    menu.addMenu(of_column)
    if isinstance(value, tuple):
        return  # a gate track is no value to filter by
    menu.addAction(icon("list-filter"), "Filter to this value", lambda: controls.filter_to(column.name, value))
    menu.addAction("Exclude this value", lambda: controls.filter_to(column.name, value, exclude=True))
