"""What is offered about the end of a project, about pages on a row, and about the authority of the PMO."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pmo_desktop.operations.naming import call_row
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.panes.shown import ShownRegister


def show_authority(context: Context) -> None:
    """What the PMO may demand, since when, and how often it was got past."""
    from pmo_desktop.ui.dialogs.authority import AuthorityDialog  # noqa: PLC0415  read when it is first opened

    dialog = AuthorityDialog(context, QApplication.activeWindow())
    dialog.open()


def closure_commands(pane: ShownRegister) -> dict[str, Callable[[], object]]:
    """Closing a project, and the report of its end."""

    def close() -> None:
        from pmo_desktop.ui.dialogs.closure import ask_closure  # noqa: PLC0415  read when it is first opened

        now = pane.grid.current
        pane.dialog = ask_closure(pane.context, now.id if now else None, pane.window())

    def close_chosen() -> None:
        if len(pane.verbs.ids()) > 1:
            pane.verbs.ask_close(pane.bar.view_button)
        else:
            close()

    def write(project: str, path: Path) -> None:
        from pmo_desktop.operations.prints import print_closure_report  # noqa: PLC0415  reportlab, when one prints

        print_closure_report(pane.context.store, project, path)

    printing = partial(print_current, pane, "Choose the project whose end is to be told.", write)
    return {"project.closure": close, "record.close": close_chosen, "project.end_report": printing}


def print_current(pane: ShownRegister, unchosen: str, write: Callable[[str, Path], object]) -> None:
    """Show the pages about the current row; a sentence where none is chosen."""
    from pmo_desktop.ui.printing import show_pages  # noqa: PLC0415  QtPdf, when somebody prints

    now = pane.grid.current
    if now is None:
        pane.context.say(unchosen)
        return
    show_pages(pane, call_row(pane.context.store, pane.outline.entity, now.id), partial(write, now.id))
