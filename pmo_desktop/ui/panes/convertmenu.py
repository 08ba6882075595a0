"""The menu of what an entry of the RAID log can become."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.raid import KINDS, convert_entry
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.panes.shown import ShownRegister


def offer_kinds(pane: ShownRegister) -> QMenu:
    """Open the menu under the toolbar; choosing a kind makes the entry and says what became of it."""
    menu = QMenu(pane)
    for kind in KINDS:
        if kind != pane.outline.entity:
            action = menu.addAction(f"Make {BY_ENTITY[kind].one} from it")
            action.triggered.connect(partial(_convert, pane, kind))
    under = pane.bar.view_button
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))
    return menu


def _convert(pane: ShownRegister, kind: str, _checked: bool = False) -> None:  # noqa: FBT002  a Qt slot
    now, store = pane.grid.current, pane.context.store
    if now is None:
        pane.context.say("Choose an entry first.")
        return
    called = call_row(store, pane.outline.entity, now.id)
    try:
        made = convert_entry(store, pane.outline.entity, now.id, kind, pane.table.reading.today)
    except Known as known:
        pane.context.toast(str(known))
        return
    said = f"{called} became {BY_ENTITY[kind].one} {call_row(store, kind, made)}"
    pane.context.toast(said, "Undo", partial(undo_last, pane.context))
    pane.context.navigate(BY_ENTITY[kind].name, made)
