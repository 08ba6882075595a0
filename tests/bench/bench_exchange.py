"""Workbooks of 10,000 rows and 25 columns in and out, beside what openpyxl needs for the bare cells; undo; growth."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.catalog import find_field
from pmo_desktop.operations.exports import export_registers
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.sendouts import find_people, send_out
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from tests.bench.bench_journal import make_rows
from tests.bench.ratio import Board, growth_exponent, time_once

ROWS, PREVIEWED = 10_000, 50_000
_GIVEN = ("Priya", "Tom", "Ann", "Hugo", "Ingrid", "Omar", "Sofia", "Peter", "Nina", "Carl")
_NAMES = tuple(f"{start}{end}" for start in ("Nai", "Oka", "Lar", "Dia", "Mey") for end in ("r", "dor", "sen", "kov"))
Cells = Sequence[Sequence[Any]]


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"Workbooks of {ROWS:,} rows and 25 columns")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "in.xlsx"
        write_bare(source, make_cells(ROWS))
        bare = min(time_once(partial(read_bare, source)) for _ in range(2))
        store = create_store(place / "bench.pmo", "bench")
        taken = time_once(partial(bring_in, store, source))
        board.compare("import, all of it / openpyxl reading the file", taken, bare, 1.0)
        board.compare("undo of the import / the import", time_once(partial(undo, store)), taken, 1.0)
        measure_export(board, store, source, place)
        store.close()
        measure_send_out(board, place)
        measure_preview(board, place)
        measure_growth(board, place)
    return board.exit_code()


def make_cells(count: int) -> Cells:
    """A header of 25 labels, and the rows below it as Excel would hold them."""
    rows = make_rows(count)
    names = [name for name in rows[0] if name not in ("id", "custom")]
    header = [find_field("project", name).label for name in names]
    money = {"budget_approved", "actual_to_date", "eac", "contingency"}
    lines = [[row[name] / 100 if name in money else row[name] for name in names] for row in rows]
    extra = [["Yes" if number % 2 else "No", f"Ward {number % 40}"] for number in range(count)]
    return [[*header, "In the plan", "Ward"], *(line + more for line, more in zip(lines, extra, strict=True))]


def write_bare(path: Path, cells: Cells) -> None:
    """What openpyxl's quickest writer does with bare values."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Projects")
    for line in cells:
        sheet.append(line)
    book.save(path)


def read_bare(path: Path) -> Cells:
    """What openpyxl's quickest reader does."""
    book = load_workbook(path, read_only=True)
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return cells


def bring_in(store: Store, source: Path) -> None:
    """Read, map, convert, plan, write and journal."""
    done = apply_plan(store, plan_import(store, read_workbook(source), ImportOptions(currency="GBP", money_unit="1")))
    assert done.batch


def measure_export(board: Board, store: Store, source: Path, place: Path) -> None:
    """Export the register, then let openpyxl write the same cells bare."""
    bring_in(store, source)
    out, bare = place / "out.xlsx", place / "bare.xlsx"
    ours = min(time_once(partial(export_registers, store, out, ["projects"])) for _ in range(2))
    cells = read_bare(out)
    theirs = min(time_once(partial(write_bare, bare, cells)) for _ in range(2))
    board.compare(f"export / openpyxl writing the same {len(cells[0])} columns", ours, theirs, 1.5)


def measure_send_out(board: Board, place: Path) -> None:
    """Ask 200 managers of 10,000 projects for an update: a workbook each, in one batch."""
    header, *rows = make_cells(ROWS)
    source, out = place / "managed.xlsx", place / "sent"
    managers = [f"{given} {name}" for given in _GIVEN for name in _NAMES]
    managed = ([*row, managers[number % len(managers)]] for number, row in enumerate(rows))
    write_bare(source, [[*header, "Project manager"], *managed])
    store = create_store(place / "managed.pmo", "bench")
    bring_in(store, source)
    people = find_people(store, [])
    assert len(people) == len(managers)
    out.mkdir()
    board.hold(f"send-out to {len(people)} managers", time_once(partial(send_out, store, people, out)), 60.0, "s")
    store.close()


def measure_preview(board: Board, place: Path) -> None:
    """Read and plan 50,000 rows without writing, then let openpyxl merely read them; and what memory that takes.

    The data is counted as the bytes of the cells' values as Python objects, as openpyxl hands them out.
    """
    source = place / "preview.xlsx"
    write_bare(source, make_cells(PREVIEWED))
    before = resident()
    store = create_store(place / "preview.pmo", "bench")
    plans: list[Plan] = []
    taken = time_once(lambda: plans.append(preview(store, source)))
    grown = resident() - before
    assert plans[0].counts()["new"] == PREVIEWED
    plans.clear()
    store.close()
    cells: list[Cells] = []
    bare = time_once(lambda: cells.append(read_bare(source)))
    data = sum(sys.getsizeof(cell) for row in cells[0] for cell in row if cell is not None)
    board.compare(f"preview of {PREVIEWED:,} rows / openpyxl reading them", taken, bare, 1.3)
    board.compare("memory the preview adds / the cells' values", grown / 1e6, data / 1e6, 4.0, "MB")


def preview(store: Store, source: Path) -> Plan:
    """Everything up to the moment where a person looks at what would change."""
    return plan_import(store, read_workbook(source), ImportOptions(currency="GBP", money_unit="1"))


def resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[1]) * 4096 if statm.exists() else 0


def measure_growth(board: Board, place: Path) -> None:
    """How the import grows from 1,000 to 100,000 rows."""
    sizes, seconds = (1_000, 10_000, 100_000), []
    for count in sizes:
        source = place / f"{count}.xlsx"
        write_bare(source, make_cells(count))
        store = create_store(place / f"{count}.pmo", "bench")
        seconds.append(time_once(partial(bring_in, store, source)))
        store.close()
        board.tell(f"import of {count:,} rows", f"{seconds[-1]:.2f} s")
    board.hold("growth of the import, 1,000 to 100,000 rows", growth_exponent(sizes, seconds), 1.2, "exp")


if __name__ == "__main__":
    sys.exit(main())
