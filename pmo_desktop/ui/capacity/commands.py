"""Which registered commands the capacity pane answers, and by what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pmo_desktop.figures.book import Book
from pmo_desktop.ui.capacity.gridexport import export_shown, print_shown
from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.verbs import GridVerbs
from pmo_desktop.ui.leaving import ask_leaving

Commands = dict[str, Callable[[], object]]


def grid_commands(pane: ShownGrid, verbs: GridVerbs) -> Commands:
    """Reading for everybody; writing where the file may be written."""
    return _reading(pane) | (_writing(pane, verbs) if pane.model.can_write else {})


def _reading(pane: ShownGrid) -> Commands:
    view, editing = pane.view, pane.editing
    return {
        "edit.copy": editing.copy,
        "edit.copy_headers": partial(editing.copy, headers=True),
        "edit.select_all": view.selectAll,
        "view.inspector": pane.toggle_inspector,
        "view.filter": lambda: pane.bar.filters.show_fields(pane.bar.filters),
        "export.view": partial(export_shown, pane),
        "print.view": partial(print_shown, pane),
        "capacity.resolve": partial(show_ways, pane),
        "capacity.unfold": partial(pane.fold_all, is_open=True),
        "capacity.fold": partial(pane.fold_all, is_open=False),
    }


def _writing(pane: ShownGrid, verbs: GridVerbs) -> Commands:
    editing = pane.editing
    return {
        "edit.cut": editing.cut,
        "edit.paste": editing.paste,
        "edit.fill_down": editing.fill_down,
        "edit.fill_right": editing.fill_right,
        "record.new": verbs.ask_new,
        "record.delete": verbs.delete,
        "capacity.earlier": partial(editing.shift, -1),
        "capacity.later": partial(editing.shift, 1),
        "capacity.reassign": verbs.ask_reassign,
        "resource.leave": lambda: ask_leaving(pane.context, identity=_at_hand(pane), book=_whole(pane)),
    }


def _at_hand(pane: ShownGrid) -> str | None:
    """The resource of the current line; None on a team or a project, where the wizard asks."""
    head = pane.head_of(pane.view.line)
    return head.resource if head is not None else None


def _whole(pane: ShownGrid) -> Book | None:
    """The book of the plan, once all of it has been read."""
    return None if pane.plan.windowed else pane.plan


def show_ways(pane: ShownGrid) -> None:
    """Open the inspector on the ways out of the current cell, and give them the keyboard."""
    if pane.inspector.isHidden():
        pane.toggle_inspector()
    pane.inspect()
    pane.find_offers()
    if not pane.inspector.focus_ways():
        stack = pane.inspector.stack
        over = stack is not None and stack.excess > 0
        pane.context.say("Nobody else and no other week has room for it." if over else "This cell is not over-booked.")
