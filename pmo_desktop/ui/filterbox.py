"""The popover that makes or edits one filter: a field, then a checklist of its values or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.checklist import Checklist
from pmo_desktop.ui.filter import OPERATORS, Condition, distinct_values, operators_for, value_words
from pmo_desktop.ui.kinds import Reading, Row, exact_text, sort_key
from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.typed import Names, read_typed

_MOST_VALUES = 2_000
Done = Callable[[Condition], object]


class FilterBox(Popover):
    """Asks for one condition; `done` gets it."""

    def __init__(
        self,
        parent: QWidget,
        fields: Sequence[Field],
        rows: Sequence[Row],
        reading: Reading,
        done: Done,
        condition: Condition | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(parent, "Filter")
        self.fields = sorted(fields, key=lambda each: each.label.casefold())
        self.rows, self.reading, self.done = rows, reading, done
        self.condition = condition
        self.list: Checklist | None = None
        self.setMinimumWidth(300)
        self._lay_out(condition.field if condition else field)

    @property
    def meaning(self) -> Field:
        """The field that is filtered by."""
        return self.fields[max(0, self.which.currentIndex())]

    def _lay_out(self, field: str | None) -> None:
        self.which, self.how, self.value = QComboBox(), QComboBox(), QLineEdit()
        for box, name in ((self.which, "Field"), (self.how, "Condition"), (self.value, "Value")):
            box.setAccessibleName(name)
        self.which.addItems([each.label for each in self.fields])
        names = [each.name for each in self.fields]
        self.which.setCurrentIndex(names.index(field) if field in names else 0)
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.value.returnPressed.connect(self._finish)
        self.column.addWidget(self.which)
        self.column.addWidget(self.how)
        self.column.addWidget(self.value)
        self.column.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("Show these rows", kind="secondary", slot=self._finish))
        self.column.addLayout(foot)
        self.which.currentIndexChanged.connect(lambda _at: self._show_operators())
        self.how.currentIndexChanged.connect(lambda _at: self._show_value())
        self._show_operators()
        (self.value if self.list is None else self.list).setFocus()

    def _show_operators(self) -> None:
        offered = ["is", "is not", *operators_for(self.meaning.kind)]
        self.how.blockSignals(True)
        self.how.clear()
        for key in offered:
            self.how.addItem(OPERATORS[key].label, key)
        present = self.condition.operator if self._is_same_field() and self.condition else self._usual()
        self.how.setCurrentIndex(max(0, offered.index(present) if present in offered else 0))
        self.how.blockSignals(False)
        self._show_value()

    def _usual(self) -> str:
        usual = {
            Kind.DATE: "before",
            Kind.MONTH: "before",
            Kind.NUMBER: "over",
            Kind.PERCENT: "over",
            Kind.MONEY: "over",
        }
        texts = dict.fromkeys((Kind.TEXT, Kind.NOTE, Kind.CODE), "contains")
        return (usual | texts).get(self.meaning.kind, "is")

    def _show_value(self) -> None:
        key = self.how.currentData()
        if self.list is not None:
            self.column.removeWidget(self.list)
            self.list.deleteLater()
            self.list = None
        needs = OPERATORS[key].values
        self.value.setVisible(needs == 1)
        self.value.setPlaceholderText(_EXAMPLES.get(self.meaning.kind, "") if key != "within" else "30")
        if needs == 1:
            self.value.setText(self._present_text(key))
            self.value.setFocus()
        elif needs == -1:
            self.list = self._make_list()
            self.column.insertWidget(2, self.list, 1)
            self.list.setFocus()
        self.wrong.hide()
        self.adjustSize()

    def _make_list(self) -> Checklist:
        meaning, reading = self.meaning, self.reading
        found = distinct_values(self.rows, meaning)
        found.sort(key=lambda each: _value_order(meaning, each[0], reading))
        known = {value for value, _ in found}
        found += [(choice, 0) for choice in meaning.choices if choice not in known]
        entries = [(value, value_words(value, meaning, reading), count) for value, count in found[:_MOST_VALUES]]
        ticked = self.condition.values if self.condition and self._is_same_field() else ()
        return Checklist(entries, ticked, meaning.label)

    def _present_text(self, key: str) -> str:
        if self.condition is None or not self._is_same_field() or not self.condition.values:
            return ""
        value = self.condition.values[0]
        if key in ("contains", "lacks", "starts", "within"):
            return str(value)
        return exact_text(self.meaning, {self.meaning.name: value}, self.reading) if _fits(self.meaning, value) else ""

    def _is_same_field(self) -> bool:
        return self.condition is not None and self.condition.field == self.meaning.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        key = self.how.currentData()
        values: tuple[Any, ...] = ()
        if self.list is not None:
            values = tuple(self.list.ticked())
            if not values:
                self._refuse("Tick at least one value.")
                return
        elif OPERATORS[key].values == 1:
            found, reason = self._read_value(key)
            if reason:
                self._refuse(reason)
                return
            values = (found,)
        done, condition = self.done, Condition(self.meaning.name, key, values)
        self.close()
        done(condition)

    def _read_value(self, key: str) -> tuple[Any, str]:
        text = self.value.text().strip()
        if not text:
            return None, "Type a value."
        if key in ("contains", "lacks", "starts"):
            return text, ""
        meaning = self.meaning
        if key == "within":
            meaning = Field("days", "Days", Kind.NUMBER)
        typed = read_typed(meaning, text, {}, self.reading, Names())
        return typed.value, typed.reason

    def _refuse(self, reason: str) -> None:
        self.wrong.setText(reason)
        self.wrong.show()
        self.adjustSize()


_EXAMPLES = {Kind.DATE: "18 Jun 2027", Kind.MONEY: "250k", Kind.PERCENT: "10", Kind.NUMBER: "10"}


def _fits(meaning: Field, value: Any) -> bool:
    return isinstance(value, date) is (meaning.kind in (Kind.DATE, Kind.MONTH))


def _value_order(meaning: Field, value: Any, reading: Reading) -> tuple[bool, Any]:
    key = sort_key(meaning, value, reading)
    if meaning.kind is Kind.RAG and key is not None:
        key = -key
    return (key is None, key if key is not None else 0)
