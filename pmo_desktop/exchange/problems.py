"""The problems of an import as a workbook: where each cell stands, what was found there, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

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


def write_problems(path: Path, plan: Plan) -> int:
    """Write every problem of a plan, what keeps rows waiting first; the answer is how many there are.

    Cell texts stay text whatever they begin with. Raises Known when the file cannot be written; nothing is left of it.
    """
    rows = list(_problem_rows(plan))
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


def _problem_row(table: TablePlan, problem: Problem, label: str, header: str) -> tuple[str, ...]:
    cell = problem.cell.rpartition("!")[2]
    mend = " or ".join(problem.suggestions)
    happens = "Written as it stands" if problem.written else _HAPPENS[problem.level]
    return (table.sheet, cell, str(problem.row), label, header, problem.text, problem.reason, happens, mend)
