"""The distinct words of a column and what each becomes: unknown ones first, known ones when somebody wants them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import ValueMap
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.calm_combo import CalmCombo
from pmo_desktop.ui.importer.repairs import shorten
from pmo_desktop.ui.label import label

MOST = 40  # words of one column on screen
_AS_TEXT, _NONE = "Keep as text", "No value"


class ValueRows(QWidget):
    """`mapped` carries a word and the value it is to mean."""

    mapped = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ValueRow] = []
        self.values: tuple[ValueMap, ...] = ()
        self.choices: tuple[str, ...] = ()
        self.is_open = False  # whether the known ones are shown too
        self.toggle = Button("", kind="link", slot=self._toggle)
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a full page may not squeeze it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._box)
        column.addWidget(self.toggle)

    def show_values(self, values: Sequence[ValueMap], choices: Sequence[str]) -> None:
        """Show the words of a column; without choices there is nothing to answer."""
        given = (tuple(values), tuple(choices))
        if given != (self.values, self.choices):
            self.values, self.choices = given
            self._fill()
        self.setVisible(bool(self.values and self.choices))

    def _fill(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        known = [each for each in self.values if each.known]
        wanted = [each for each in self.values if self.is_open or not each.known] if self.choices else []
        self.rows = [ValueRow(each, self.choices) for each in wanted[:MOST]]
        for row in self.rows:
            row.chosen.connect(partial(self.mapped.emit, row.value.text))
            self._box.addWidget(row)
        more = f", {len(wanted) - MOST:,} more than fit here" if len(wanted) > MOST else ""
        words = f"{'Hide' if self.is_open else 'Show'} {count_text(len(known), 'known value')}{more}"
        self.toggle.setText(words)
        self.toggle.setVisible(bool(known))

    def _toggle(self) -> None:
        self.is_open = not self.is_open
        self._fill()


class ValueRow(QWidget):
    """A word of the workbook, how often it stands there, and a list to say what it means."""

    chosen = Signal(str)

    def __init__(self, value: ValueMap, choices: Sequence[str]) -> None:
        super().__init__()
        self.value = value
        self.choice = CalmCombo()
        if not value.known:
            self.choice.addItem(_AS_TEXT, "")
        elif value.value is None:
            self.choice.addItem(_NONE, "")
        for each in choices:
            self.choice.addItem(each, each)
        self.choice.setCurrentIndex(max(0, self.choice.findData(value.label)) if value.label else 0)
        self.choice.setAccessibleName(f"What {value.text} means")
        self.choice.activated.connect(self._take)
        times = f"“{shorten(value.text, 40)}”, {count_text(value.count, 'cell')}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark("circle-check" if value.known else "triangle-alert", _tone(value), 14))
        row.addWidget(label(times, "caption" if value.known else "caption_warn"))
        row.addWidget(Mark("arrow-right", "text3", 14))
        row.addWidget(self.choice)
        row.addStretch(1)

    def _take(self) -> None:
        if value := self.choice.currentData():
            self.chosen.emit(value)


def _tone(value: ValueMap) -> str:
    return "ok_fg" if value.known else "warn_fg"
