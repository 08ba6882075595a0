"""The Undo of a toast: takes back the newest step, and says why when it cannot."""

from __future__ import annotations

from pmo_desktop.operations.history import undo
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.context import Context


def undo_last(context: Context) -> None:
    """Undo the newest step of the file."""
    try:
        undo(context.store)
    except Known as known:
        context.toast(str(known))
