"""Ways out of an over-booked cell as the inspector shows them: each is one deed and one step to undo."""

from __future__ import annotations

from collections.abc import Callable

from pmo_desktop.figures.ways import Way, find_ways
from pmo_desktop.operations.allocations import resolve
from pmo_desktop.operations.history import undo
from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.stack import Stack
from pmo_desktop.ui.capacity.waycard import Offer


def offers_for(pane: ShownGrid, stack: Stack) -> list[Offer]:
    """The ways out of a cell, those that settle it first; none where the file cannot be written."""
    if stack.cell is None or not stack.excess or not pane.model.can_write:
        return []
    ways = find_ways(pane.context.store, pane.source.book, stack.cell.row, stack.cell.span, pane.scenario)
    return [Offer(way.title, way.effect, way.verb, _taking(pane, way)) for way in ways]


def _taking(pane: ShownGrid, way: Way) -> Callable[[], object]:
    """What a click on a way does."""
    store = pane.context.store

    def take() -> None:
        def tell() -> None:
            pane.context.toast(f"Done: {way.title}", "Undo", lambda: undo(store))
            pane.view.setFocus()

        pane.editing.write(lambda: resolve(store, way, pane.scenario), tell)

    return take
