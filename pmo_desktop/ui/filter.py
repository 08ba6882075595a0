"""Filters: conditions on fields, combined with AND between them and OR within one, as chips say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.wording import money_sign
from pmo_desktop.rules.words import rag_label
from pmo_desktop.ui.kinds import Reading, Row, amount_text, cell_text, long_date, number_text

Test = Callable[[Row], bool]
EMPTY_WORD = "Empty"


@dataclass(frozen=True, slots=True)
class Condition:
    """One chip: a field, an operator of OPERATORS and its values.

    Values are stored values (ids, codes, minor units, dates); None among those of `is` means an empty cell.
    """

    field: str
    operator: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """How a condition is said and what it needs."""

    label: str  # in the list of operators
    values: int  # how many values it takes; -1 is any number
    words: str  # before the value on the chip


OPERATORS: dict[str, Operator] = {
    "is": Operator("is any of", -1, ""),
    "is not": Operator("is none of", -1, "not"),
    "contains": Operator("contains", 1, "contains"),
    "lacks": Operator("does not contain", 1, "without"),
    "starts": Operator("starts with", 1, "starts with"),
    "before": Operator("is before", 1, "before"),
    "after": Operator("is after", 1, "after"),
    "on": Operator("is on", 1, "on"),
    "within": Operator("is within the next days", 1, "within"),
    "past": Operator("is before the data date", 0, "past"),
    "over": Operator("is more than", 1, "over"),
    "under": Operator("is less than", 1, "under"),
    "equals": Operator("equals", 1, "="),
    "empty": Operator("is empty", 0, "empty"),
    "filled": Operator("is not empty", 0, "not empty"),
}
_WORDS = ("contains", "lacks", "starts", "empty", "filled")
_DAYS = ("before", "after", "on", "within", "past", "empty", "filled")
_AMOUNTS = ("over", "under", "equals", "empty", "filled")


def operators_for(kind: Kind) -> tuple[str, ...]:
    """The operators offered for a kind besides the checklist of values."""
    if kind in (Kind.DATE, Kind.MONTH):
        return _DAYS
    if kind in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY):
        return _AMOUNTS
    return ("empty", "filled") if kind in (Kind.YESNO, Kind.RAG) else _WORDS


def compile_conditions(conditions: Sequence[Condition], fields: dict[str, Field], reading: Reading) -> list[Test]:
    """Tests of rows; a condition on a field that is gone is left out, as a saved view may outlive its field."""
    return [compile_test(each, fields[each.field], reading) for each in conditions if each.field in fields]


def compile_test(condition: Condition, meaning: Field, reading: Reading) -> Test:
    """The test that a condition stands for."""
    name, values = condition.field, condition.values
    if condition.operator in ("is", "is not"):
        wanted, inside = frozenset(values), condition.operator == "is"
        return lambda row: ((row.get(name) if row.get(name) != "" else None) in wanted) is inside
    if condition.operator in ("empty", "filled"):
        wants_empty = condition.operator == "empty"
        return lambda row: (row.get(name) in (None, "")) is wants_empty
    if condition.operator in ("contains", "lacks", "starts"):
        return _text_test(condition, meaning, reading)
    return _order_test(condition, reading)


def condition_words(condition: Condition, meaning: Field, reading: Reading) -> str:
    """What a chip says after the field's label: `Active`, `before 1 Dec 2027`, `not Closed or Cancelled`."""
    operator = OPERATORS[condition.operator]
    values = [value_words(value, meaning, reading, condition.operator) for value in condition.values]
    said = " or ".join([", ".join(values[:-1]), values[-1]]) if len(values) > 1 else "".join(values)
    if condition.operator == "within":
        return f"within {said} days"
    return f"{operator.words} {said}".strip()


def value_words(value: Any, meaning: Field, reading: Reading, operator: str = "is") -> str:
    """One value of a condition in words."""
    if value is None:
        return EMPTY_WORD
    if isinstance(value, date):
        return long_date(value)
    if operator in ("contains", "lacks", "starts"):
        return f"\N{LEFT DOUBLE QUOTATION MARK}{value}\N{RIGHT DOUBLE QUOTATION MARK}"
    if operator == "within":
        return number_text(value)
    if meaning.kind is Kind.MONEY:
        return money_sign(reading.currency) + amount_text(value, reading.currency)
    if meaning.kind is Kind.RAG:
        return rag_label(value)
    return cell_text(meaning, {meaning.name: value}, reading)


def distinct_values(rows: Sequence[Row], meaning: Field) -> list[tuple[Any, int]]:
    """Each value of a field with the number of rows that have it, empty cells under None; unordered."""
    counts: dict[Any, int] = {}
    name = meaning.name
    for row in rows:
        value = row.get(name)
        value = None if value == "" else value
        counts[value] = counts.get(value, 0) + 1
    return list(counts.items())


def condition_to_json(condition: Condition) -> dict[str, Any]:
    """A condition as it is stored in a saved view."""
    values = [{"date": v.isoformat()} if isinstance(v, date) else v for v in condition.values]
    return {"field": condition.field, "operator": condition.operator, "values": values}


def condition_from_json(stored: dict[str, Any]) -> Condition | None:
    """A stored condition; None when a newer program wrote an operator this one does not know."""
    if stored.get("operator") not in OPERATORS:
        return None
    values = [date.fromisoformat(v["date"]) if isinstance(v, dict) else v for v in stored.get("values", [])]
    return Condition(str(stored["field"]), stored["operator"], tuple(values))


def _text_test(condition: Condition, meaning: Field, reading: Reading) -> Test:
    needle = str(condition.values[0]).casefold()

    def text(row: Row) -> str:
        return cell_text(meaning, row, reading).casefold()

    if condition.operator == "contains":
        return lambda row: needle in text(row)
    if condition.operator == "lacks":
        return lambda row: needle not in text(row)
    return lambda row: text(row).startswith(needle)


def _order_test(condition: Condition, reading: Reading) -> Test:
    """Comparisons; an empty cell never passes one."""
    name, operator = condition.field, condition.operator
    first: Any = condition.values[0] if condition.values else None
    if operator in ("past", "within"):
        start = reading.today if operator == "within" else date.min
        end = (
            reading.today + timedelta(days=round(first)) if operator == "within" else reading.today - timedelta(days=1)
        )
        return lambda row: (value := row.get(name)) is not None and start <= value <= end
    if operator in ("before", "under"):
        return lambda row: (value := row.get(name)) is not None and value < first
    if operator in ("after", "over"):
        return lambda row: (value := row.get(name)) is not None and value > first
    return lambda row: row.get(name) is not None and row[name] == first
