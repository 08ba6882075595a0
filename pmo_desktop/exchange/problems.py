"""The problems of an import as a workbook: where each cell stands, what was found there, and what would mend it.

Conflicts that are open and records that vanished stand below them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from pmo_desktop.exchange.conflicts import NO_NAMES, Names, conflict_cell, plan_names, said_value
from pmo_desktop.exchange.plan import Level, Plan, Problem, TablePlan
from pmo_desktop.exchange.registersheet import write_plain
from pmo_desktop.store.writing import replacing

HEADERS = ("Sheet", "Cell", "Row", "Record", "Column", "Text found", "Problem", "What happens", "Would mend it")
_WIDTHS = (20, 9, 8, 34, 24, 40, 60, 34, 30)
_HAPPENS = {
    Level.FIX: "The row waits and is not written",
    Level.LOOK: "Kept as text beside an empty value",
    Level.NOTE: "Nothing is wrong",
}


def write_problems(path: Path, plan: Plan, names: Names = NO_NAMES) -> int:
    """Write every problem of a plan, what keeps rows waiting first; the answer is how many there are.

    `names` says what linked records are called, by id (store.rows.read_names).
    Cell texts stay text whatever they begin with. Raises Known when the file cannot be written; nothing is left of it.
    """
    called = plan_names(plan, names)
    rows = [*_problem_rows(plan), *_conflict_rows(plan, called), *_missing_rows(plan)]
    with replacing(path) as temporary:  # a place that cannot be written is refused before openpyxl opens its stream
        book = Workbook(write_only=True)
        book.properties.creator, book.properties.title = "PMO Desktop", f"Problems in {plan.file}"
        write_plain(book, "Problems", [HEADERS, *rows], _WIDTHS)
        book.save(temporary)
    return len(rows)


def _problem_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for level in Level:
        for table in plan.kept:
            labels = {row.row: row.label for row in table.rows}
            headers = {column.field: column.header for column in table.columns if column.field}
            for problem in table.problems:
                if problem.level is level:
                    yield _problem_row(table, problem, labels.get(problem.row, ""), headers.get(problem.field, ""))


def _conflict_rows(plan: Plan, names: Names) -> Iterator[tuple[str, ...]]:
    for table in plan.kept:
        columns = {column.field: column for column in table.columns if column.field}
        for row in table.rows:
            for name in row.open:
                conflict, column = row.conflicts[name], columns.get(name)
                kind = column.kind if column else None
                base, theirs, ours = (
                    said_value(kind, each, names) for each in (conflict.base, conflict.theirs, conflict.ours)
                )
                by = f", set by {conflict.who}" if conflict.who else ""
                problem = f"Both sides changed it: {base} last time, {theirs} in the file now, {ours} here{by}"
                cell = conflict_cell(table, row, name).rpartition("!")[2]
                header = column.header if column else name
                found = row.texts[name].text if name in row.texts else theirs
                mend = f"{ours} in the file, or an answer for this cell or its column"
                yield (table.sheet, cell, str(row.row), row.label, header, found, problem, "Stays as it is here", mend)


def _missing_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for table in plan.kept:
        for each in table.missing:
            problem = f"“{each.last}” named it last; this file does not"
            yield (table.sheet, "", "", each.label, "", "", problem, "Stays as it is here", "Close or delete it here")


def _problem_row(table: TablePlan, problem: Problem, label: str, header: str) -> tuple[str, ...]:
    cell = problem.cell.rpartition("!")[2]
    mend = " or ".join(problem.suggestions)
    happens = "Written as it stands" if problem.written else _HAPPENS[problem.level]
    return (table.sheet, cell, str(problem.row), label, header, problem.text, problem.reason, happens, mend)
