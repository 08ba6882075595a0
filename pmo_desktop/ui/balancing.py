"""Smoothing, levelling and naming from the open file: worked out in the background, looked at, then done."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from pmo_desktop.store.errors import Known
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.granted import do_granted
from pmo_desktop.ui.dialogs.levelling import LevellingDialog
from pmo_desktop.ui.dialogs.openings import OpeningsDialog
from pmo_desktop.ui.failures import Failures

if TYPE_CHECKING:
    from pmo_desktop.figures.levelling import Levelled


def balance(desk: Desk, failures: Failures, *, may_pass_finish: bool, projects: Collection[str] | None = None) -> None:
    """Smooth bookings, or level them when projects may finish later; of all projects or of some (by id)."""
    from pmo_desktop.figures.book import read_book  # noqa: PLC0415  brings numpy: 0.1 s
    from pmo_desktop.figures.levelling import propose  # noqa: PLC0415
    from pmo_desktop.operations.levelling import apply_levelling  # noqa: PLC0415

    def work(_progress: object) -> Levelled:
        return propose(desk.store, read_book(desk.store), projects, may_pass_finish=may_pass_finish)

    def done(proposal: Levelled) -> None:
        if not LevellingDialog(proposal, desk.window).exec() or not proposal.moves:
            return
        try:
            deed = partial(apply_levelling, desk.store, proposal)
            do_granted(desk.context, deed, partial(_tell, desk, proposal.words()), desk.window)
        except Known as error:
            failures.show(error)

    desk.context.run("Levelling bookings" if may_pass_finish else "Smoothing bookings", work, done, failures.show)


def fill_openings(desk: Desk, failures: Failures) -> None:
    """Name somebody for a role still to be named, one booking after another until the dialog is closed."""
    from pmo_desktop.figures.book import read_book  # noqa: PLC0415  brings numpy: 0.1 s
    from pmo_desktop.operations.allocations import reassign  # noqa: PLC0415

    while (dialog := OpeningsDialog(read_book(desk.store), desk.window)).exec():
        opening, prospect = dialog.opening, dialog.prospect
        if prospect is None:
            return
        span = opening.span.first, opening.span.last
        what = f"Name {prospect.resource.name} for {opening.role_name} on {opening.project}"
        deed = partial(reassign, desk.store, [opening.allocation], prospect.resource.id, span, dialog.share, what)
        try:
            asked = do_granted(desk.context, deed, partial(_tell, desk, what), desk.window)
        except Known as error:
            failures.show(error)
            return
        if asked is not None:  # a rule asks for more: the next opening waits until that is settled
            return


def _tell(desk: Desk, words: str, _batch: int | None) -> None:
    desk.context.toast(words)
