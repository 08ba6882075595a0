"""Opens the leaver wizard, for somebody or for whom it asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from pmo_desktop.ui.context import Context
from pmo_desktop.ui.lastundo import undo_last

if TYPE_CHECKING:
    from pmo_desktop.figures.book import Book


def ask_leaving(
    context: Context, entity: str = "resource", identity: str | None = None, book: Book | None = None
) -> None:
    """Ask when somebody leaves and who takes over; the answer is one step that its toast undoes.

    `book`: the whole capacity book, where the asking pane has it.
    """
    from pmo_desktop.ui.dialogs.leaver import LeaverDialog  # noqa: PLC0415  brings the figures of capacity: numpy

    dialog = LeaverDialog(context.store, entity, identity, QApplication.activeWindow(), book, context)
    if dialog.exec():
        context.toast(dialog.said, "Undo", partial(undo_last, context))
