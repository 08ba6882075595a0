"""What a register's pane shows in the place of an empty table."""

from __future__ import annotations

from pmo_desktop.ui.emptystate import EmptyState
from pmo_desktop.ui.panes.shown import ShownRegister


class Emptiness:
    """Swaps the grid for an empty state and back, after each change of the lines."""

    def __init__(self, pane: ShownRegister) -> None:
        self.pane = pane
        pane.table.rearranged.connect(self.show)

    def show(self) -> None:
        """Show the grid when it has lines, else say why it has none."""
        pages = self.pane.pages
        old = pages.widget(1)
        if old is not None:
            pages.removeWidget(old)
            old.deleteLater()
        if not self.pane.table.rowCount():
            pages.addWidget(self._state())
            pages.setCurrentIndex(1)

    def _state(self) -> EmptyState:
        """Why there is no line."""
        if self.pane.sheet.rows:
            return self._filtered()
        return self._nothing() if self.pane.is_ready() else self._coming()

    def _coming(self) -> EmptyState:
        outline = self.pane.outline
        return EmptyState(outline.icon, f"The {outline.many} are being read", "There are many of them.", (), self.pane)

    def _nothing(self) -> EmptyState:
        outline, actions = self.pane.outline, self.pane.context.actions
        offered = (("record.new", f"New {outline.one}"), ("file.import", "Import from Excel"))
        deeds = [(words, actions[id_].trigger) for id_, words in offered if id_ in actions]
        return EmptyState(outline.icon, f"No {outline.many} yet", outline.hint, deeds, self.pane)

    def _filtered(self) -> EmptyState:
        outline, said = self.pane.outline, self.pane.controls.said_conditions()
        if self.pane.bar.finder.text():
            said.append(f"Find: {self.pane.bar.finder.text()}")
        count = len(self.pane.sheet.rows)
        hidden = f"{count:,} {outline.one} is" if count == 1 else f"{count:,} {outline.many} are"
        why = f"{hidden} hidden by {' and '.join(f'“{each}”' for each in said)}."
        deeds = [("Clear filters", self.pane.clear_filters)]
        return EmptyState(outline.icon, f"No {outline.many} match these filters", why, deeds, self.pane)
