"""The life cycle's part of the methodology pane: its commands, two buttons of the header, and the menu behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.figures.methods import MethodLine
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.methods import doors
from pmo_desktop.ui.methods.shelf import Shelf

Commands = dict[str, Callable[[], object]]
_BLOCKS = (
    ("method.edit", "method.approve", "method.retire", "method.delete"),
    ("method.apply", "method.move", "method.tailor"),
    ("method.compare",),
    ("method.export_book", "method.export_folder"),
    ("method.new", "method.import", "method.lists"),
)


class Shown(Protocol):
    """What of the pane the life cycle needs."""

    context: Context
    shelf: Shelf
    version: str
    project: str

    @property
    def facts_changed(self) -> SignalInstance:
        """Another version is shown, or it says something else."""

    def go_to_version(self, version: str) -> None:
        """Show another version."""


class Life:
    """Offers what can be done with the version that the pane shows."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.menu: QMenu | None = None
        self.compare = Button("Compare versions", "git-compare", slot=self._call(doors.compare_versions))
        self.edit = Button("Draft next version", "pencil", slot=self._call(doors.edit_or_draft))
        self.more = IconButton("ellipsis", "More about this version", self.offer)
        shown.facts_changed.connect(self.follow)
        self.follow()

    def buttons(self) -> Sequence[QWidget]:
        """Before the primary button of the header."""
        reading = (self.more, self.compare)
        return reading if self.shown.context.store.readonly else (*reading, self.edit)

    def follow(self) -> None:
        """Say what the buttons do for the version that is shown now."""
        line = self.shown.shelf.line(self.shown.version)
        drafts = [each for each in self._family(line) if each.status in ("", MethodStatus.DRAFT)]
        drafts.sort(key=lambda each: line is None or each.id != line.id)
        self.edit.setText(f"Edit draft {drafts[0].version}".strip() if drafts else "Draft next version")
        self.edit.setEnabled(line is not None)
        self.compare.setEnabled(len(self._family(line)) > 1)
        self.edit.updateGeometry()

    def commands(self) -> Commands:
        """The registered commands that this version answers."""
        line, context = self.shown.shelf.line(self.shown.version), self.shown.context
        found: Commands = {}
        if line is not None:
            found |= {
                "method.compare": self._call(doors.compare_versions),
                "method.export_book": self._call(doors.export_workbook),
                "method.export_folder": self._call(doors.export_folder),
            }
        if context.store.readonly:
            return found
        found |= {"method.new": partial(doors.start_new, context), "method.import": self._take_in}
        if line is not None:
            found |= self._turns(line)
        if self.shown.project:
            found["method.tailor"] = lambda: doors.show_tailoring(context, self.shown.project)
        return found

    def offer(self) -> None:
        """Show everything that can be done with this version."""
        offered, actions = self.commands(), self.shown.context.actions
        self.menu = menu = QMenu(self.more)
        menu.setAccessibleName("More about this version")
        for block in _BLOCKS:
            ids = [each for each in block if each in offered and each in actions]
            if ids and not menu.isEmpty():
                menu.addSeparator()
            for each in ids:
                menu.addAction(actions[each])
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    # ------------------------------------------------------------------ below the counter

    def _turns(self, line: MethodLine) -> Commands:
        found: Commands = {"method.edit": self._call(doors.edit_or_draft)}
        if line.status in ("", MethodStatus.DRAFT):
            return found | {
                "method.approve": self._call(doors.approve),
                "method.delete": self._call(doors.delete),
                "method.lists": self._call(doors.bring_in_lists),
            }
        if line.status == MethodStatus.APPROVED:
            context = self.shown.context
            found |= {
                "method.retire": self._call(doors.retire),
                "method.apply": lambda: doors.apply_to_project(context, None, self.shown.version),
                "method.move": self._call(doors.move_projects),
            }
        return found

    def _call(self, door: Callable[[Context, str], object]) -> Callable[[], object]:
        return lambda: door(self.shown.context, self.shown.version)

    def _take_in(self) -> None:
        made = doors.import_file(self.shown.context)
        if made:
            self.shown.go_to_version(made)

    def _family(self, line: MethodLine | None) -> list[MethodLine]:
        return [each for each in self.shown.shelf.lines if line is not None and each.code == line.code]
