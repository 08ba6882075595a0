"""Who answers a command: the pane on screen, else the open file, else the window. Only answered ones are enabled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.commands import SHELL_COMMANDS
from pmo_desktop.ui.places import Place

Handler = Callable[[], object]
Provider = Callable[[], dict[str, Handler]]


class Dispatch:
    """Registers all commands and finds the one who answers; later providers win over earlier ones."""

    def __init__(self, owner: QWidget, places: tuple[Place, ...]) -> None:
        self.registry = ActionRegistry(owner)
        self.handlers: dict[str, Handler] = {}
        self.providers: list[Provider] = []
        self.after_enabling: list[Callable[[], object]] = []
        self.on_error: Callable[[Exception], object] | None = None
        self._register(places)

    def perform(self, id_: str) -> bool:
        """Do a command; false when nobody answers it now."""
        handler = self._offered().get(id_)
        if handler is None:
            return False
        try:
            handler()
        except Exception as error:
            if self.on_error is None:
                raise
            self.on_error(error)
        return True

    def enable(self) -> None:
        """Enable exactly the commands that somebody answers."""
        offered = self._offered()
        for entry in self.registry:
            entry.action.setEnabled(entry.id in offered)
        for call in self.after_enabling:
            call()

    def _offered(self) -> dict[str, Handler]:
        offered = dict(self.handlers)
        for provider in self.providers:
            offered |= provider()
        return offered

    def _register(self, places: tuple[Place, ...]) -> None:
        for command in SHELL_COMMANDS:
            self.registry.add(
                command.id,
                command.text,
                self._performer(command.id),
                shortcut=command.shortcut,
                icon=command.icon,
                menu=command.menu,
                section=command.section,
                checkable=command.menu == "View/Density",
            )
        for place in places:
            self.registry.add(
                f"go.{place.name}",
                place.title,
                self._performer(f"go.{place.name}"),
                shortcut=f"Ctrl+{place.number}" if place.number else "",
                icon=place.icon,
                menu="Go",
                section=2,
            )
        self.registry.add_pane_commands(self.perform)

    def _performer(self, id_: str) -> Handler:
        return lambda: self.perform(id_)
