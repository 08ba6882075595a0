"""What an open file needs of the window, read in the window's thread while a worker opens the store.

A module a turn of the event loop, so that the window stays alive. Never in a worker: Qt's classes are made while such
a module is read, and Qt may meanwhile look for one in the window's thread, which ended the process now and then.
"""

from __future__ import annotations

from collections import deque
from importlib import import_module

from PySide6.QtCore import QTimer

# In small portions: each brings a few hundredths of a second of others along.
MODULES = (
    "ui.kinds",
    "ui.outline",
    "ui.grid.view",
    "ui.grid.grid",
    "ui.arranger",
    "ui.editing",
    "ui.inspector",
    "ui.panes.shown",
    "ui.desk",
    "ui.deeds",
    "ui.filedeeds",
    "ui.records",
)


class Furnishing:
    """Reads the modules of an open file and of the pane shown first; `finish` reads at once what is left."""

    def __init__(self, pane: str) -> None:
        self._left = deque((*MODULES, pane))
        QTimer.singleShot(0, self._go_on)

    def finish(self) -> None:
        """Read what is left."""
        while self._left:
            self._read()

    def _go_on(self) -> None:
        if self._left:
            self._read()
            QTimer.singleShot(0, self._go_on)

    def _read(self) -> None:
        import_module(f"pmo_desktop.{self._left.popleft()}")
