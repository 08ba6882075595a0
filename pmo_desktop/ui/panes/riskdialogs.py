"""The dialogs of the risk pane: due reviews, the simulation, the scheme; each is read when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.panes.shown import ShownRegister


def risk_dialogs(pane: ShownRegister) -> dict[str, Callable[[], object]]:
    """What opens them, by command; those that write only where the file may be written."""
    found: dict[str, Callable[[], object]] = {"risk.simulate": partial(open_simulation, pane)}
    if pane.table.can_write:
        found |= {"risk.review": partial(open_reviews, pane), "risk.scheme": partial(open_scheme, pane)}
    return found


def open_reviews(pane: ShownRegister) -> None:
    """Go through the reviews that are due."""
    from pmo_desktop.ui.dialogs.reviewqueue import ReviewQueue  # noqa: PLC0415  as the module says

    _show(pane, ReviewQueue(pane.context, pane.table.reading, pane.sheet.names, pane))


def open_simulation(pane: ShownRegister) -> None:
    """Show what the open risks may cost together."""
    from pmo_desktop.ui.dialogs.exposure import ExposureDialog  # noqa: PLC0415  brings numpy

    _show(pane, ExposureDialog(pane.context, pane))


def open_scheme(pane: ShownRegister) -> None:
    """Show the scheme that scores are judged by, to be changed."""
    from pmo_desktop.ui.dialogs.riskscheme import RiskSchemeDialog  # noqa: PLC0415  as the module says

    _show(pane, RiskSchemeDialog(pane.context, pane))


def _show(pane: ShownRegister, dialog: Dialog) -> None:
    pane.dialog = dialog
    dialog.open()
