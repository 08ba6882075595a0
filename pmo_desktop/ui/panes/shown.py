"""A register's pane as its helpers see it, so that none of them waits for the whole."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from pmo_desktop.ui.arranger import Arranger
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.inspector import Inspector
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.ownfields import OwnFields
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.registerdata import Sheet
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.verbs import Verbs
from pmo_desktop.ui.viewbar import ViewBar
from pmo_desktop.ui.viewcontrols import ViewControls


class ShownRegister(Pane):
    """What a register's pane is made of, and what its commands ask of it."""

    outline: Outline
    sheet: Sheet
    table: Table
    grid: Grid
    editing: Editing
    arranger: Arranger
    bar: ViewBar
    own_fields: OwnFields
    controls: ViewControls
    verbs: Verbs
    inspector: Inspector
    pages: QStackedWidget  # the grid, or what stands in its place when it is empty
    new_button: QWidget
    inspector_key = "inspector/shown"  # where it is remembered whether the inspector is shown
    inspector_first = True  # whether it is, until somebody says otherwise
    dialog: QWidget | None = None  # the one opened last

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.inspector.setVisible(self.inspector.isHidden())
        shown = not self.inspector.isHidden()
        self.bar.inspector_button.setChecked(shown)
        self.context.settings.setValue(self.inspector_key, shown)
        self.inspector.refresh()

    def toggle_filters(self) -> None:
        """Show or hide the filter chips."""
        self.bar.show_filters(shown=self.bar.chips.isHidden())

    def clear_filters(self) -> None:
        """Show every row of the register."""
        self.bar.finder.clear()
        self.arranger.change(conditions=())
