"""Conflicts and missing records of a plan in words and in the form of `import --json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pmo_desktop.exchange.kinds import KINDS
from pmo_desktop.exchange.outcome import shorten
from pmo_desktop.exchange.plan import Conflict, Plan, RowPlan, TablePlan, cell_place
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.money import to_amount
from pmo_desktop.rules.wording import day_text

Names = Mapping[str, str]  # what linked records are called, by id
NO_NAMES: Names = MappingProxyType({})


def plan_names(plan: Plan, names: Names) -> Names:
    """What linked records are called, those included that the plan makes."""
    made = {record.id: str(record.values.get("name", "")) for record in plan.new_records}
    born = {row.id: row.label for table in plan.kept for row in table.rows if row.id and row.kind == "new"}
    return {**made, **born, **names}


def conflict_sentences(table: TablePlan, names: Names) -> Iterator[str]:
    """Each open conflict of a table in a sentence: both values, and who set the portfolio's."""
    columns = {column.field: column for column in table.columns if column.field}
    for row in table.rows:
        for name in row.open:
            conflict, column = row.conflicts[name], columns.get(name)
            kind = column.kind if column else None
            ours, theirs = (said_value(kind, each, names) for each in (conflict.ours, conflict.theirs))
            by = f" by {conflict.who}" if conflict.who else ""
            on = f" on {day_text(conflict.at.astimezone().date())}" if conflict.at else ""
            label = column.label if column else name
            theirs = said_text(row, name) or theirs
            yield (
                f"{conflict_cell(table, row, name)}: {label} of {row.label} is {theirs} in the file and {ours} here, "
                f"set{by}{on}; it stays {ours} until you say (--resolve theirs or ours)."
            )


def missing_sentences(table: TablePlan) -> Iterator[str]:
    """Each record that vanished from the file in a sentence."""
    for each in table.missing:
        yield f"{table.sheet}: {each.label} is missing; “{each.last}” named it last. It stays as it is."


def conflict_cell(table: TablePlan, row: RowPlan, name: str) -> str:
    """The address of a conflict: "Sheet!F5", or "Sheet!5" where no column says the value."""
    column = next((column for column in table.columns if column.field == name), None)
    return f"{table.sheet}!{cell_place(table.layout, row.row, column)}"


def said_value(kind: Kind | None, value: Any, names: Names) -> str:
    """A value in words; links by their names, nothing as “empty”."""
    if value is None:
        return "empty"
    if kind in (Kind.LINK, Kind.PERSON):
        return names.get(value, str(value))
    if isinstance(value, date):
        return day_text(value)
    if kind is Kind.MONEY:
        return f"{to_amount(value, None):,}"
    return shorten(KINDS[kind].say(value) if kind else str(value))


def said_text(row: RowPlan, name: str) -> str:
    """The words of a cell where they say more than its value."""
    return f"“{shorten(row.texts[name].text)}”" if name in row.texts and row.texts[name].text else ""


def count_conflicts(table: TablePlan) -> int:
    """How many rows have a conflict that nobody has settled."""
    return sum(bool(row.conflicts) and bool(row.open) for row in table.rows)


def conflict_answer(table: TablePlan, row: RowPlan, name: str, conflict: Conflict, names: Names) -> dict[str, Any]:
    """One conflict in the form of `import --json`: dates as ISO text, links by name, money in minor units."""

    def raw(value: Any) -> Any:
        return (
            value.isoformat()
            if isinstance(value, date)
            else names.get(value, value)
            if isinstance(value, str)
            else value
        )

    text = row.texts[name].text if name in row.texts else None
    return {
        "cell": conflict_cell(table, row, name),
        "field": name,
        "base": raw(conflict.base),
        "theirs": raw(conflict.theirs),
        "ours": raw(conflict.ours),
        "text": text,
        "who": conflict.who or None,
        "at": conflict.at.isoformat(timespec="seconds") if conflict.at else None,
        "answer": conflict.answer.value,
    }
