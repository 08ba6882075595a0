"""Ways out of an over-booked cell as the inspector shows them: each is one deed and one step to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_desktop.ui.capacity.inspector import Way
from pmo_desktop.ui.capacity.stack import Stack

if TYPE_CHECKING:
    from pmo_desktop.ui.capacity.pane import CapacityPane


def ways_of(pane: CapacityPane, stack: Stack) -> list[Way]:
    """The ways out of a cell, the likeliest first."""
    return []
