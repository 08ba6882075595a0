"""The first steps of an empty portfolio: a checklist that ticks itself and can be put away."""

from __future__ import annotations

import zlib

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmo_desktop.store.rows import read_settings, row_count
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows, label

# What is to do, the command or pane that does it.
STEPS = (
    ("organisation", "Say whose portfolio this is: organisation, currency, board", "file.settings"),
    ("project", "Bring in a register, or add the first project", "go.projects"),
    ("person", "Name the people who manage and sponsor", "go.people"),
    ("milestone", "Give projects milestones and gates", "go.milestones"),
    ("status_report", "Report the first status", "go.projects"),
)


class Checklist(Rows):
    """Wanted until every step is done or the person puts it away; never in the sample."""

    def __init__(self, context: Context, empty: bool) -> None:
        super().__init__("card")
        self._context = context
        self._key = f"checklist/{zlib.crc32(str(context.store.path).encode()):08x}"
        settings = read_settings(context.store)
        self.done = {
            name: bool(settings["organisation"]) if name == "organisation" else row_count(context.store, name) > 0
            for name, _words, _command in STEPS
        }
        away = context.settings.value(self._key) == "away" or settings["sample"]
        self.wanted = not away and (empty or (not self.done["organisation"] and not all(self.done.values())))
        self.setAccessibleName("First steps")
        if self.wanted:
            self._lay_out()

    def put_away(self) -> None:
        """Not to be shown again for this file."""
        self._context.settings.setValue(self._key, "away")
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(6)
        head = QHBoxLayout()
        left = sum(not done for done in self.done.values())
        head.addWidget(label(f"First steps: {left} to go" if left else "First steps: all done", "subtitle"), 1)
        head.addWidget(IconButton("x", "Put the first steps away", self.put_away))
        column.addLayout(head)
        registry = self._context.actions
        for name, words, command in STEPS:
            if command not in registry:
                continue
            row = QHBoxLayout()
            row.setSpacing(10)
            done = self.done[name]
            row.addWidget(Mark("circle-check" if done else "minus", "ok_line" if done else "text3"))
            row.addWidget(label(words, "label" if done else ""), 1)
            if not done:
                button = Button("Do it", kind="link", slot=registry[command].trigger)
                button.setAccessibleName(f"Do it: {words}")
                row.addWidget(button)
            column.addLayout(row)
