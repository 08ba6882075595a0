"""The context menu of the capacity grid: the same commands as in the menus, and those for allocations."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.verbs import GridVerbs
from pmo_desktop.ui.icons import icon

_BLOCKS = (
    ("edit.copy", "edit.copy_headers", "edit.cut", "edit.paste", "edit.fill_down", "edit.fill_right"),
    ("record.new", "capacity.earlier", "capacity.later", "capacity.resolve", "resource.leave"),
)


def grid_menu(pane: ShownGrid, verbs: GridVerbs) -> QMenu:
    """The menu of the current cell."""
    menu, actions, line = QMenu(pane), pane.context.actions, pane.view.line
    menu.setAccessibleName("Commands for this cell")
    if line is not None and line.foldable:
        menu.addAction("Close" if line.open else "Open", lambda: pane.fold(pane.view.row))
    edit = menu.addAction(icon("pencil"), "Edit cell\tF2", pane.view.keys.begin)
    edit.setEnabled(pane.model.can_write)
    for block in _BLOCKS:
        menu.addSeparator()
        for id_ in block:
            if id_ in actions and actions[id_].isEnabled():
                menu.addAction(actions[id_])
    menu.addSeparator()
    menu.addMenu(verbs.more_menu())
    return menu
