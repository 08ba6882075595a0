"""The capacity pane: who is booked for how much of their time, as a grid to work in."""

from __future__ import annotations

from pmo_desktop.ui.capacity.pane import CapacityPane
from pmo_desktop.ui.context import Context


def build_pane(context: Context) -> CapacityPane:
    """The pane of an open file."""
    return CapacityPane(context)
