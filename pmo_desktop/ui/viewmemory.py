"""How one person left a table: its view, folded groups and current record, in their own settings."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QSettings

from pmo_desktop.ui.view import View, view_from_json


class ViewMemory:
    """Reads and writes the settings of one table."""

    def __init__(self, settings: QSettings, table: str) -> None:
        self.settings, self.key = settings, f"tables/{table}"

    def keep(self, view: View, base: str, closed: Collection[Any], record: str) -> None:
        """Remember a view, the name of the one it came from, the folded groups and the current record."""
        plain = [each for each in closed if each is None or isinstance(each, str)]
        for name, value in (
            ("view", view.to_json()),
            ("base", base),
            ("closed", json.dumps(plain)),
            ("record", record),
        ):
            self.settings.setValue(f"{self.key}/{name}", value)

    def view(self) -> tuple[str, View | None]:
        """The name of the view it came from (`=` before a built-in one), and the view; None when there is none."""
        named = self._text("base")
        return named, view_from_json(named.removeprefix("="), self._text("view"))

    def closed(self) -> set[Any]:
        """The groups that were folded."""
        try:
            return set(json.loads(self._text("closed") or "[]"))
        except (ValueError, TypeError):
            return set()

    def record(self) -> str:
        """The record that was current; empty when none was."""
        return self._text("record")

    def _text(self, name: str) -> str:
        return str(self.settings.value(f"{self.key}/{name}", "") or "")
