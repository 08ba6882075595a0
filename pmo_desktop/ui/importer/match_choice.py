"""Which field tells the rows of a table apart: the register's own way, or one that a person names."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from pmo_desktop.exchange.plan import TablePlan, Treatment
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.ui.importer.calm_combo import CalmCombo

USUAL = ""  # the reference, else the name
_WIDTH = 180
_KEYS = (Kind.TEXT, Kind.CODE)


class MatchChoice(CalmCombo):
    """`decided` carries the register and the field its rows are told by; empty for the usual way."""

    decided = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.register = ""
        self.setAccessibleName("Match rows on")
        self.setMinimumWidth(_WIDTH)
        self.setToolTip("What a row of the workbook and a record must share to be the same")
        self.activated.connect(lambda _at: self.decided.emit(self.register, self.currentData()))

    def show_table(self, table: TablePlan, given: Mapping[str, str]) -> None:
        """Offer the fields of a table that could tell its rows apart."""
        self.register = table.into or ""
        self.clear()
        for name, words in match_choices(table):
            self.addItem(words, name)
        self.setCurrentIndex(max(0, self.findData(given.get(self.register, USUAL))))


def match_choices(table: TablePlan) -> list[tuple[str, str]]:
    """The usual way first, then each mapped column of words or codes: field name and words."""
    info = BY_NAME[table.into] if table.into else None
    mapped = {each.field: each for each in table.columns if each.treatment is Treatment.FIELD and each.field}
    keys = [mapped[name].label for name in (info.ref, info.title) if name in mapped] if info else []
    usual = f"{keys[0]}, else name" if len(keys) > 1 else (keys or ["ID, else name"])[0]
    return [(USUAL, usual), *((str(name), each.label) for name, each in mapped.items() if each.kind in _KEYS)]


def match_words(table: TablePlan, given: Mapping[str, str]) -> str:
    """How rows are matched, in a sentence."""
    name = given.get(table.into or "", USUAL)
    return next(
        (f"Rows match on {words}." for key, words in match_choices(table) if key == name), "Rows match on their ID."
    )
