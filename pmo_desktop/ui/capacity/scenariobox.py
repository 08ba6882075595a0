"""The chooser of the capacity pane's header: the plan or a scenario that is edited, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.figures.scenarios import list_scenarios, read_deltas
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.scenarios import (
    create_scenario,
    delete_scenario,
    name_of,
    note_scenario,
    rename_scenario,
)
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.onefield import OneField
from pmo_desktop.ui.dialogs.scenarios import CompareDialog, MergeDialog, ShiftDialog

_PLAN = "Plan"


class ScenarioBox(Button):
    """A button that names what is edited and opens a menu; `chosen` carries a scenario's id, None for the plan.

    The pane calls `refresh` after every change of the file: a scenario that is gone gives way to the plan.
    """

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_PLAN, "layers", "ghost", self.open_menu, parent)
        self.context = context
        self.scenario: str | None = None
        self.menu_shown: QMenu | None = None
        self.setAccessibleName("Plan or scenario")
        self.refresh()

    def refresh(self) -> None:
        """Say what is edited, by its name of now."""
        names = {row["id"]: row["name"] for row in list_scenarios(self.context.store)}
        if self.scenario is not None and self.scenario not in names:
            self.choose(None)
            return
        if self.scenario is None:
            self.setText(_PLAN)
            self.setToolTip("Edits are made in the plan. Choose a scenario to try something out.")
        else:
            count = count_text(len(read_deltas(self.context.store, self.scenario)), "change")
            self.setText(f"{names[self.scenario]} ({count})")
            self.setToolTip("Edits are made in this scenario; the plan stays as it is until they are merged.")
        self.updateGeometry()

    def choose(self, scenario: str | None) -> None:
        """Edit the plan, or a scenario."""
        changed = scenario != self.scenario
        self.scenario = scenario
        self.refresh()
        if changed:
            self.chosen.emit(scenario)

    def open_menu(self) -> None:
        """The plan, the scenarios, and the deeds on the one at hand."""
        self.menu_shown = menu = self.make_menu()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def make_menu(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self)
        scenarios = list_scenarios(self.context.store)
        for key, name in [(None, _PLAN), *((row["id"], row["name"]) for row in scenarios)]:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self.scenario)
            action.triggered.connect(_bound(self.choose, key))
        menu.addSeparator()
        for words, slot, offered in self._deeds(has_some=bool(scenarios)):
            if offered:
                menu.addAction(words).triggered.connect(_bound(slot))
        return menu

    def _deeds(self, *, has_some: bool) -> list[tuple[str, Callable[[], object], bool]]:
        may, here = not self.context.store.readonly, self.scenario is not None
        return [
            ("New scenario…", self.ask_new, may),
            ("Copy this scenario…", partial(self.ask_new, copy=True), may and here),
            ("Shift a project…", self.ask_shift, may and here),
            ("Compare…", self.compare, has_some),
            ("Merge into the plan…", self.merge, may and here),
            ("Rename…", self.ask_name, may and here),
            ("Note…", self.ask_note, may and here),
            ("Delete scenario", self.delete, may and here),
        ]

    # ------------------------------------------------------------------ deeds

    def ask_new(self, *, copy: bool = False) -> None:
        """Ask for the name of a new scenario, empty or with the changes of the one at hand; go to it."""
        told = "Only what differs from the plan is kept. Edits of the grid go into it while it is chosen."
        made: list[str] = []
        like = self.scenario if copy else None

        def create(name: str) -> None:
            made.append(create_scenario(self.context.store, name, like=like))

        if OneField("New scenario", told, "Name", "Create scenario", create, self.window()).exec():
            self.choose(made[-1])

    def ask_name(self) -> None:
        """Ask for another name."""
        self._ask("Rename scenario", "Name", "Rename", partial(rename_scenario, self.context.store, self._here()))

    def ask_note(self) -> None:
        """Ask for what the scenario is about."""
        self._ask("Note of the scenario", "Note", "Keep note", partial(note_scenario, self.context.store, self._here()))

    def ask_shift(self) -> None:
        """Ask which project to move by how many weeks."""
        dialog = ShiftDialog(self.context.store, self._here(), self.window())
        if dialog.exec():
            self._tell(dialog.said)

    def compare(self) -> None:
        """Hold two against each other; at first the plan and the scenario at hand."""
        CompareDialog(self.context.store, self.scenario, self.window()).exec()

    def merge(self) -> None:
        """Choose which changes go into the plan."""
        dialog = MergeDialog(self.context.store, self._here(), self.window(), self.context)
        if dialog.exec():
            self._tell(dialog.said)

    def delete(self) -> None:
        """Delete the scenario at hand; the plan stays."""
        name = name_of(self.context.store, self.scenario)
        delete_scenario(self.context.store, self._here())
        self.choose(None)
        self._tell(f"Scenario {name} deleted")

    def _ask(self, title: str, name: str, verb: str, deed: Callable[[str], object]) -> None:
        dialog = OneField(title, "", name, verb, deed, self.window())
        row = next(each for each in list_scenarios(self.context.store) if each["id"] == self.scenario)
        dialog.field.setText(row["name"] if name == "Name" else row["note"] or "")
        dialog.field.selectAll()
        if dialog.exec():
            self.refresh()

    def _here(self) -> str:
        assert self.scenario is not None  # noqa: S101  offered only while a scenario is chosen
        return self.scenario

    def _tell(self, said: str) -> None:
        self.refresh()
        self.context.toast(said, "Undo", self._undo)

    def _undo(self) -> None:
        try:
            undo(self.context.store)
        except Known as known:
            self.context.toast(str(known))
        self.refresh()


def _bound(slot: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda *_checked: slot(*given)
