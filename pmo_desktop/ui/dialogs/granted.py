"""Deeds that a rule of the PMO may stand in the way of: done at once, or again with what the person is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from pmo_desktop.operations.guard import Ruled
from pmo_desktop.rules.authority import Grant
from pmo_desktop.ui.context import Context

if TYPE_CHECKING:
    from pmo_desktop.ui.dialogs.grant import GrantDialog

_DONE_co = TypeVar("_DONE_co", covariant=True)
_T = TypeVar("_T")


class Deed(Protocol[_DONE_co]):
    """Something that a rule may stand in the way of; it can be done again with what was granted."""

    def __call__(self, *, granted: Grant | None = None) -> _DONE_co: ...


def do_granted(
    context: Context, deed: Deed[_T], done: Callable[[_T], object], parent: QWidget | None = None
) -> GrantDialog | None:
    """Do a deed; where a rule asks for more, a dialog asks the person and does it again.

    `done` gets the result, at once or when the dialog is accepted; when it is given up nothing has changed. Raises
    Known for whatever else keeps the deed from being done. The answer is the dialog, None when none was needed.
    """
    try:
        result = deed()
    except Ruled as ruled:
        from pmo_desktop.ui.dialogs.grant import GrantDialog  # noqa: PLC0415  read when a rule first speaks

        dialog = GrantDialog(context, ruled, lambda granted: done(deed(granted=granted)), parent)
        dialog.open()
        return dialog
    done(result)
    return None
