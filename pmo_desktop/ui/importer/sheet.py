"""What the cells' painter and editors need of the preview's table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTableView

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.importer.sheet_ink import SheetInk
from pmo_desktop.ui.importer.sheet_model import SheetModel


class Sheet(Protocol):
    """One table in two halves with one current cell."""

    model: SheetModel
    ink: SheetInk
    title_field: str
    current_line: int
    current_place: int
    is_active: bool  # the keyboard is in one of the halves
    first_key: str  # the letter that opened the editor; the editor takes it
    choices: Callable[[Field], Sequence[str]]

    def ground(self, line: int) -> str:
        """The colour behind a line."""

    def found_text(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What the editor of a cell starts with."""

    def commit(self, line: int, place: int, text: str) -> None:
        """Take what was typed."""

    def half(self, place: int) -> QTableView:
        """The half that shows a column."""
