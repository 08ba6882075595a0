"""A pane: one page of the window, built when it is first shown and told what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pmo_desktop.ui.context import Context

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed


class Pane(QWidget):
    """What the window asks of a page. `facts_changed` says that the sub-line or the status text is another."""

    name: ClassVar[str] = ""
    title: str = ""
    icon_name: str = ""
    print_window: QWidget | None = None  # the pages that were made of it last
    facts_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def subtitle(self) -> str:
        """The live fact beside the title."""
        return ""

    def header_actions(self) -> list[QWidget]:
        """The buttons at the right of the header, the primary one last."""
        return []

    def commands(self) -> dict[str, Callable[[], object]]:
        """The registered commands this pane answers, by id (ui.actions.PANE_COMMANDS)."""
        return {}

    def show_row(self, row_id: str) -> None:
        """Go to a record."""

    def on_changed(self, changed: Changed) -> None:
        """A batch touched rows while this pane is on screen."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything again: called before a stale pane is shown, and by F5."""

    def status_text(self) -> str:
        """Counts for the status bar, its parts separated by ` | `."""
        return ""

    def regions(self) -> list[QWidget]:
        """The widgets F6 goes through inside this pane."""
        return [self]

    def is_ready(self) -> bool:
        """Whether all that the pane does in a worker can be seen; pictures wait for it."""
        return True

    def set_narrow(self, narrow: bool) -> None:
        """The window has become too narrow for an inspector beside the list, or wide enough again."""
