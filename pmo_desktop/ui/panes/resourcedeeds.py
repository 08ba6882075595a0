"""What is offered about resources, calendars and methodologies besides the deeds of every register, by dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.leaving import ask_leaving
from pmo_desktop.ui.panes.shown import ShownRegister

Commands = dict[str, Callable[[], object]]


def everywhere(context: Context) -> Commands:
    """As the palette and the menus offer them on any pane: the dialogs ask whom or what it is about."""
    return {
        "resource.leave": partial(ask_leaving, context),
        "calendar.holidays": partial(ask_holidays, context),
        "calendar.standard_new": partial(ask_standard, context),
        "method.apply": partial(ask_apply, context),
        "method.move": partial(ask_move, context),
    }


def resource_commands(pane: ShownRegister) -> Commands:
    """Of the record at hand: a resource or person who leaves, a calendar whose holidays are fetched."""
    entity, context = pane.outline.entity, pane.context
    if entity in ("resource", "person"):
        return {"resource.leave": lambda: ask_leaving(context, entity, _current(pane))}
    if entity in ("calendar", "holiday"):
        return {"calendar.holidays": lambda: ask_holidays(context, _calendar(pane))}
    return {}


def project_commands(pane: ShownRegister) -> Commands:
    """Of the project at hand: a methodology for it, and what it does without."""
    context = pane.context
    return {
        "method.apply": lambda: ask_apply(context, _current(pane)),
        "method.tailor": lambda: ask_tailoring(context, _current(pane)),
    }


def ask_apply(context: Context, project: str | None = None) -> None:
    """Size a project and give it a methodology."""
    from pmo_desktop.ui.methods.doors import apply_to_project  # noqa: PLC0415  the library, which no register needs

    apply_to_project(context, project)


def ask_move(context: Context) -> None:
    """Move live projects to another version of their methodology."""
    from pmo_desktop.ui.methods.doors import move_projects  # noqa: PLC0415  as above

    move_projects(context)


def ask_tailoring(context: Context, project: str | None) -> None:
    """What a project does without."""
    from pmo_desktop.ui.methods.doors import show_tailoring  # noqa: PLC0415  as above

    if project is None:
        context.say("Go to a project first.")
    else:
        show_tailoring(context, project)


def ask_holidays(context: Context, calendar: str | None = None) -> None:
    """Public holidays for a calendar; where there is none yet, a first one is asked for."""
    from pmo_desktop.ui.dialogs.holidays import HolidaysDialog  # noqa: PLC0415  reads 200 countries

    if not row_count(context.store, "calendar"):
        ask_standard(context)
        return
    dialog = HolidaysDialog(context.store, calendar, QApplication.activeWindow())
    if dialog.exec():
        _tell(context, dialog.said)


def ask_standard(context: Context) -> None:
    """A calendar that FTE and days are counted in."""
    from pmo_desktop.ui.dialogs.holidays import StandardDialog  # noqa: PLC0415  as above

    dialog = StandardDialog(context.store, QApplication.activeWindow())
    if dialog.exec():
        _tell(context, "Standard calendar created")
        context.navigate("calendars", dialog.made)


def _tell(context: Context, said: str) -> None:
    context.toast(said, "Undo", partial(undo_last, context))


def _current(pane: ShownRegister) -> str | None:
    return pane.grid.current.id if pane.grid.current else None


def _calendar(pane: ShownRegister) -> str | None:
    now = pane.grid.current
    if now is None:
        return None
    return now.id if pane.outline.entity == "calendar" else str(now.row["calendar"])
