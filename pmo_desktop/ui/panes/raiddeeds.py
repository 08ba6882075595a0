"""What is offered for entries of the RAID log besides the deeds of every register: convert, escalate, gather."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from pmo_desktop.figures.risks import is_open
from pmo_desktop.model.catalog import fields, find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.naming import call_row, count_rows
from pmo_desktop.operations.raid import KINDS, convert_entry, gather_risks, gather_under_new
from pmo_desktop.operations.risks import escalate_entry
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import Record, read_rows
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.panes.shown import ShownRegister

_REASON = Field("reason", "Reason", Kind.NOTE)
_HEAD = Field("head", "Portfolio risk", Kind.CHOICE, "One there is already, or the title of a new one")


def raid_commands(pane: ShownRegister) -> dict[str, Callable[[], object]]:
    """The deeds that the entries of a register can have done to them."""
    entity = pane.outline.entity
    found: dict[str, Callable[[], object]] = {}
    if entity in KINDS:
        found["record.convert"] = lambda: offer_kinds(pane)
    if any(each.name == "escalated_to" for each in fields(entity)):
        found["record.escalate"] = lambda: ask_escalation(pane)
    if entity == "risk":
        found["risk.gather"] = lambda: ask_gathering(pane)
    return found


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


def ask_escalation(pane: ShownRegister) -> AskBox | None:
    """Ask to whom the current entry is escalated: the board sees it, its project still keeps it."""
    now, entity = pane.grid.current, pane.outline.entity
    if now is None:
        pane.context.say("Choose an entry first.")
        return None
    called = call_row(pane.context.store, entity, now.id)
    told = "It is shown to the board in the next pack. Its project still keeps it."
    asked = [find_field(entity, "escalated_to"), _REASON]
    return _ask(pane, f"Escalate {called}", asked, "Escalate", partial(_escalate, pane, now.id), told)


def ask_gathering(pane: ShownRegister) -> AskBox | None:
    """Ask under which risk of the portfolio the selected ones are gathered, or what a new one is called."""
    chosen = [record.id for record in pane.grid.marked.records()]
    if not chosen:
        pane.context.say("Choose the risks first.")
        return None
    heads = _heads(pane, chosen)
    told = "The risk of the portfolio shows what these may cost together. Choose one, or type the title of a new one."
    said = count_rows(pane.context.store, "risk", chosen)
    finish = partial(_gather, pane, chosen, heads)
    return _ask(pane, f"Gather {said} under", [_HEAD], "Gather", finish, told, tuple(heads))


def _heads(pane: ShownRegister, chosen: Sequence[str]) -> dict[str, str]:
    """The open risks of the portfolio itself by what they are called, those chosen left out."""
    rows = (row for row in read_rows(pane.context.store, "risk") if not row["project"] and is_open(row))
    return {_called(row): row["id"] for row in rows if row["id"] not in chosen}


def _called(row: Record) -> str:
    return " ".join(str(row[name]) for name in ("ref", "title") if row[name])


def _ask(
    pane: ShownRegister,
    title: str,
    asked: list[Field],
    button: str,
    finish: Callable[[dict[str, Any]], object],
    told: str,
    offered: Sequence[str] = (),
) -> AskBox:
    box = AskBox(
        pane.bar.view_button,
        title,
        asked,
        button,
        finish,
        reading=pane.table.reading,
        names=pane.sheet.names,
        choices=lambda meaning: offered if meaning is _HEAD else pane.grid.choices(meaning),
        told=told,
    )
    box.open_under(pane.bar.view_button)
    return box


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


def _escalate(pane: ShownRegister, entry: str, values: dict[str, Any]) -> None:
    store, entity, to = pane.context.store, pane.outline.entity, values["escalated_to"] or ""
    escalate_entry(store, entity, entry, to, values["reason"])
    pane.context.toast(f"{call_row(store, entity, entry)} escalated to {to}", "Undo", partial(undo_last, pane.context))


def _gather(pane: ShownRegister, risks: Sequence[str], heads: dict[str, str], values: dict[str, Any]) -> None:
    store, typed = pane.context.store, values["head"] or ""
    head = heads.get(typed) or gather_under_new(store, typed, risks)
    if typed in heads:
        gather_risks(store, head, risks)
    said = f"{count_rows(store, 'risk', risks)} gathered under {call_row(store, 'risk', head)}"
    pane.context.toast(said, "Undo", partial(undo_last, pane.context))
