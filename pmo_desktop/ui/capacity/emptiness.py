"""What the capacity pane says when there is nobody to show."""

from __future__ import annotations

from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.wanted import PEOPLE
from pmo_desktop.ui.emptystate import EmptyState


def empty_state(pane: ShownGrid) -> EmptyState:
    """Nothing yet, nothing booked yet, or filtered out."""
    source, actions, navigate = pane.source, pane.context.actions, pane.context.navigate
    if source.wanted.filtered:
        deeds = [("Clear filters", lambda: pane.change(source.wanted.unfiltered()))]
        return EmptyState("users", "Nobody matches these filters", "The filters above hide every line.", deeds, pane)
    if source.wanted.way != PEOPLE and source.book.resources:
        deeds = [("Show people", lambda: pane.bar.ways.chosen.emit(PEOPLE))]
        why = "Projects appear here once somebody is booked for them."
        return EmptyState("users", "No project has bookings yet", why, deeds, pane)
    imports = [("Import from Excel", actions["file.import"].trigger)] if "file.import" in actions else []
    deeds = [("Add people", lambda: navigate("resources")), *imports]
    why = "Add the people who do the work, or bring in the workbook in which you plan them."
    return EmptyState("users", "Nobody to plan yet", why, deeds, pane)
