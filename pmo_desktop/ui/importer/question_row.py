"""A question the file leaves open, asked in place with its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from pmo_desktop.exchange.plan import ImportOptions, Question, Struck
from pmo_desktop.rules.money import OFFERED
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.importer.planned import given_to
from pmo_desktop.ui.label import label

UNITS = {"1": "As written", "k": "Thousands", "m": "Millions", "bn": "Billions"}
HIDDEN = {"true": "Read them", "false": "Leave them out"}
STRUCK = {Struck.CLOSE: "Close them", Struck.READ: "Read them as they are", Struck.LEAVE: "Leave them out"}
FILLED = {"true": "For the rows below too", "false": "For its own row only"}
ORDERS = {"true": "Day first: 5/2 is 5 February", "false": "Month first: 5/2 is 2 May"}

_YES_NO = {"day_first": ORDERS, "hidden": HIDDEN, "fill_down": FILLED}
COLUMNS = {"new": "A field of your own", "ignore": "Leave it out"}


class QuestionRow(QWidget):
    """One question; `answered` carries it and the value of its option."""

    answered = Signal(object, object)

    def __init__(self, question: Question, options: ImportOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._columns: Mapping[str, str] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName(question.text)
        self.choice.setMinimumWidth(230)
        self.words = label(question.text, "medium", wrap=True)
        self.words.setBuddy(self.choice)
        self.mark = Mark("circle-alert", "warn_fg", 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.choice)
        self.show_answer(options)
        self.choice.activated.connect(self._take)

    def show_answer(self, options: ImportOptions) -> None:
        """Show the answer given so far; none yet is `Choose…`."""
        given = given_to(options, self.question)
        self.choice.blockSignals(True)
        self.choice.clear()
        if given is None:
            self.choice.addItem("Choose…", None)
        for value, words in answers(self.question):
            self.choice.addItem(words, value)
        self.choice.setCurrentIndex(max(0, self.choice.findData(_text(given))))
        self.choice.blockSignals(False)
        self.mark.setVisible(given is None)

    def _take(self) -> None:
        value = self.choice.currentData()
        if value is not None:
            self.answered.emit(self.question, _typed(self.question.option, value))


def answers(question: Question) -> list[tuple[str, str]]:
    """The answers to a question: what is handed on, and its words."""
    if question.words:
        return list(zip(question.choices, question.words, strict=True))
    if question.option == "money_unit":
        return [(key, UNITS.get(key, key)) for key in question.choices or tuple(UNITS)]
    if question.option == "currency":
        return [(key, key) for key in _with_common(question.choices)]
    if question.option in _YES_NO:
        return list(_YES_NO[question.option].items())
    if question.option == "struck":
        return [(str(key), words) for key, words in STRUCK.items()]
    if question.option == "columns":
        return [(key, COLUMNS.get(key, key)) for key in question.choices]
    return [(key, key) for key in question.choices]


def _with_common(choices: Sequence[str]) -> list[str]:
    return [*choices, *(each for each in OFFERED if each not in choices)]


def _text(given: object) -> str | None:
    return None if given is None else str(given).lower() if isinstance(given, bool) else str(given)


def _typed(option: str, value: str) -> Any:
    if option in _YES_NO:
        return value == "true"
    return Struck(value) if option == "struck" else value
