"""What is offered about resources and calendars besides the deeds of every register, each by its dialog."""

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
    }


def resource_commands(pane: ShownRegister) -> Commands:
    """Of the record at hand: a resource or person who leaves, a calendar whose holidays are fetched."""
    entity, context = pane.outline.entity, pane.context
    if entity in ("resource", "person"):
        return {"resource.leave": lambda: ask_leaving(context, entity, _current(pane))}
    if entity in ("calendar", "holiday"):
        return {"calendar.holidays": lambda: ask_holidays(context, _calendar(pane))}
    return {}


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
