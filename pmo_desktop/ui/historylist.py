"""The history of one record: what changed, from what to what, who did it and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.history import Moment, row_history
from pmo_desktop.rules.wording import money_sign
from pmo_desktop.store.file import Store
from pmo_desktop.ui.kinds import DASH, MONTHS, Reading, cell_text, exact_text
from pmo_desktop.ui.label import ElidedLabel, label, rule

MOST = 120
_ARROW = "\N{RIGHTWARDS ARROW}"


class HistoryList(QWidget):
    """Moments of one row, newest first, those of one deed together."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 8)
        self._box.setSpacing(4)
        self.shown: list[str] = []

    def show_row(self, store: Store, entity: str, identity: str, reading: Reading) -> None:
        """Show the history of a row."""
        self.show_moments(row_history(store, entity, identity), reading)

    def show_moments(self, moments: Sequence[Moment], reading: Reading, only: Field | None = None) -> None:
        """Show moments, newest first; of births only what they gave the field `only`."""
        self.clear()
        batch = None
        for moment in moments[:MOST]:
            if moment.batch != batch:
                batch = moment.batch
                self._add_deed(moment)
            if moment.field is not None:
                self._add_change(moment.field, moment.old, moment.new, reading)
            elif only is not None and moment.new:
                self._add_change(only, None, moment.new.get(only.name), reading)
        if len(moments) > MOST:
            self._box.addWidget(
                label(f"{len(moments) - MOST:,} earlier changes are in Edit > History.", "caption_quiet")
            )
        self._box.addStretch(1)

    def clear(self) -> None:
        """Show nothing."""
        self.shown.clear()
        while item := self._box.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _add_deed(self, moment: Moment) -> None:
        if self.shown:
            self._box.addWidget(rule("rule_soft"))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(moment.what, "medium"), 1)
        at = moment.at.astimezone()
        when = f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"
        row.addWidget(label(when, "caption_quiet"), 0, Qt.AlignmentFlag.AlignRight)
        self._box.addWidget(line)
        who = f"{moment.who}, from {moment.where}" if moment.where else moment.who
        self._box.addWidget(label(who, "caption_quiet", wrap=True))
        self.shown.append(f"{moment.what}, {who}, {when}")

    def _add_change(self, meaning: Field, old: Any, new: Any, reading: Reading) -> None:
        said = f"{meaning.label}: {_words(meaning, old, reading)} {_ARROW} {_words(meaning, new, reading)}"
        self._box.addWidget(label(said, "body2", wrap=True))
        self.shown.append(said)


def _words(meaning: Field, value: Any, reading: Reading) -> str:
    if value is None:
        return DASH
    row = {meaning.name: value}
    if meaning.kind is Kind.MONEY:
        return money_sign(reading.currency) + exact_text(meaning, row, reading)
    text = cell_text(meaning, row, reading) or str(value)
    return text if len(text) < 160 else text[:157] + "…"
