"""Smoothing and levelling as deeds: a proposal is worked out, looked at, and written as one step."""

from __future__ import annotations

from pmo_desktop.figures.levelling import Levelled
from pmo_desktop.operations.allocations import apply_changes
from pmo_desktop.rules.wording import count_text, sentence
from pmo_desktop.store.file import Store


def apply_levelling(store: Store, proposal: Levelled, scenario: str | None = None) -> int | None:
    """Move the allocations of a proposal, in the plan or in a scenario; None when it moves nothing.

    Raises Known when one of them has changed since the proposal was made.
    """
    if not proposal.moves:
        return None
    verb = "Level" if proposal.may_pass_finish else "Smooth"
    what = f"{verb} bookings: {count_text(len(proposal.moves), 'allocation')} moved"
    return apply_changes(store, proposal.changes, proposal.stored, what, sentence(proposal.effect()), scenario)
