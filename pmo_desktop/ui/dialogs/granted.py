"""Deeds that a rule of the PMO may stand in the way of: done at once, or again with what the person is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from pmo_desktop.operations.guard import granting
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.ui.context import Context

if TYPE_CHECKING:
    from pmo_desktop.rules.authority import Grant
    from pmo_desktop.ui.dialogs.grant import GrantDialog

_T = TypeVar("_T")


def do_granted(
    context: Context, deed: Callable[[], _T], done: Callable[[_T], object], parent: QWidget | None = None
) -> GrantDialog | None:
    """Do a deed; where a rule asks for more, a dialog asks the person and does it again.

    `done` gets the result, at once or when the dialog is accepted; when it is given up nothing has changed. Raises
    Known for whatever else keeps the deed from being done. The answer is the dialog, None when none was needed.
    """
    try:
        result = deed()
    except Ruled as ruled:
        dialog = ask_grant(context, ruled, deed, done, parent)
        dialog.open()
        return dialog
    done(result)
    return None


def ask_grant(
    context: Context,
    ruled: Ruled,
    deed: Callable[[], _T],
    done: Callable[[_T], object],
    parent: QWidget | None = None,
) -> GrantDialog:
    """The dialog that asks for what a rule demands, then does the deed and hands its result to `done`; not yet open."""
    from pmo_desktop.ui.dialogs.grant import GrantDialog  # noqa: PLC0415  read when a rule first speaks

    def again(granted: Grant) -> None:
        with granting(granted):
            result = deed()
        done(result)

    return GrantDialog(context, ruled, again, parent)


def done_granted(context: Context | None, ruled: Ruled, deed: Callable[[], object], parent: QWidget) -> bool:
    """Ask from within a dialog for what a rule demands, and do the deed with it; whether that was done.

    A waiver that was asked for does nothing yet; without a context nobody can be asked.
    """
    if context is None:
        return False
    asked = ask_grant(context, ruled, deed, lambda _result: None, parent)
    return bool(asked.exec()) and not asked.blocks
