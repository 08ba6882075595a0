"""Texts a table would not take: marked in their cells until they are mended, forgotten or undone with their step."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pmo_desktop.store.file import Store
from pmo_desktop.ui.table import Table

Cell = tuple[str, str]  # row and field
Problems = Mapping[Cell, tuple[str, str]]  # the text and why it was refused


class Refused:
    """The refused texts of one table, and the step each of them was part of."""

    def __init__(self, store: Store, table: Table) -> None:
        self.store, self.table = store, table
        self._steps: dict[Cell, int | None] = {}

    def mark(self, tried: Collection[Cell], problems: Problems) -> None:
        """Of the cells just tried, mark those that were refused and no others.

        They belong to the newest step: the one that wrote their neighbours, else the one undo would take next.
        """
        kept = {cell: told for cell, told in self.table.problems.items() if cell not in tried}
        self.table.set_problems(kept | dict(problems))
        if problems:
            from pmo_desktop.operations.history import newest_deed  # noqa: PLC0415  the first time something is refused

            self._steps |= dict.fromkeys(problems, newest_deed(self.store))

    def forget_undone(self) -> None:
        """Forget the texts whose step was undone: nothing of a paste stays behind."""
        if self.table.problems:
            from pmo_desktop.operations.history import taken_back  # noqa: PLC0415  as above

            undone = taken_back(self.store)
            left = {cell: told for cell, told in self.table.problems.items() if self._steps.get(cell) not in undone}
            self.table.set_problems(left)
