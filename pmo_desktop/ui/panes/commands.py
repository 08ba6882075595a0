"""Which registered commands the pane of a register answers, and by what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.ui.panes.closuredeeds import closure_commands
from pmo_desktop.ui.panes.raiddeeds import raid_commands
from pmo_desktop.ui.panes.resourcedeeds import project_commands, resource_commands
from pmo_desktop.ui.panes.shown import ShownRegister
from pmo_desktop.ui.panes.viewexport import export_shown, print_shown
from pmo_desktop.ui.pasting import paste_records
from pmo_desktop.ui.replacebox import ReplaceBox

Commands = dict[str, Callable[[], object]]


def register_commands(pane: ShownRegister) -> Commands:
    """Reading for everybody; writing where the file may be written."""
    return _reading(pane) | (_writing(pane) if pane.table.can_write else {})


def _reading(pane: ShownRegister) -> Commands:
    controls, editing = pane.controls, pane.editing
    return {
        "edit.copy": editing.copy,
        "edit.copy_headers": partial(editing.copy, headers=True),
        "edit.select_all": pane.grid.marked.take_all,
        "edit.find": controls.focus_find,
        "edit.find_next": partial(controls.next_hit, 1),
        "edit.find_previous": partial(controls.next_hit, -1),
        "view.inspector": pane.toggle_inspector,
        "view.columns": controls.show_columns,
        "view.filter": pane.toggle_filters,
        "view.group": controls.show_groups,
        "record.next": partial(controls.next_hit, 1),
        "record.previous": partial(controls.next_hit, -1),
        "record.open": pane.inspector.open_window,
        "record.goto": controls.focus_find,
        "export.view": partial(export_shown, pane),
        "print.view": partial(print_shown, pane),
    }


_GOVERNED = ("deliverable", "quality_review", "waiver", "audit", "finding")


def _writing(pane: ShownRegister) -> Commands:
    verbs, editing = pane.verbs, pane.editing
    under = pane.bar.view_button
    found: Commands = {
        "edit.cut": editing.cut,
        "edit.paste": editing.paste,
        "edit.paste_new": lambda: paste_records(editing, pane.outline.entity, pane.bar),
        "edit.replace": lambda: ask_replace(pane),
        "edit.fill_down": editing.fill_down,
        "edit.fill_right": editing.fill_right,
        "record.new": lambda: verbs.ask_new(pane.new_button),
        "record.duplicate": verbs.duplicate,
        "view.new_field": partial(pane.own_fields.ask_new, pane.bar.columns_button),
        "record.delete": verbs.delete,
    }
    if BY_ENTITY[pane.outline.entity].ending:
        found["record.close"] = lambda: verbs.ask_close(under)
    if pane.outline.entity == "project":
        found["record.report"] = lambda: verbs.ask_report(under)
        found["record.rebaseline"] = lambda: verbs.ask_rebaseline(under)
        found |= project_commands(pane) | closure_commands(pane)
    elif pane.outline.entity in _GOVERNED:
        # Their deeds bring audits, waivers and quality: not before one of these registers is shown.
        from pmo_desktop.ui.panes.governancedeeds import governance_commands  # noqa: PLC0415

        found |= governance_commands(pane)
    return found | raid_commands(pane) | resource_commands(pane)


def ask_replace(pane: ShownRegister) -> None:
    """Open find and replace with the words looked for."""
    pane.controls.open = box = ReplaceBox(pane.bar.finder, pane.editing, pane.bar.finder.text())
    box.open_under(pane.bar.finder)
