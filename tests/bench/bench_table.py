"""The register's table at 10,000 rows and 25 columns: a keystroke in Find, a sort, a frame of scrolling, a refill."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from datetime import date
from functools import partial

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from PySide6.QtWidgets import QApplication

from pmo_desktop.model.catalog import fields
from pmo_desktop.ui.columns import column_of
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.theme import Theme
from tests.bench.bench_journal import make_rows
from tests.bench.ratio import Board, time_once

ROWS, COLUMNS = 10_000, 25
FRAME, SORT = 16.0, 50.0  # milliseconds


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    board = Board(f"The register's table: {ROWS:,} rows and {COLUMNS} columns")
    theme = Theme("light")
    theme.apply(app)
    table = Table()
    fill(board, table)
    grid = Grid(table, theme)
    grid.resize(1600, 900)
    grid.show()
    app.processEvents()
    measure_find(board, table, app)
    measure_edit(board, table, app)
    measure_grouped(board, table, app)
    measure_sort(board, table, app)
    measure_scroll(board, grid, app)
    return board.exit_code()


def fill(board: Board, table: Table) -> None:
    """Load the rows: the words of every cell are made here, once."""
    declared = {each.name: each for each in fields("project")}
    rows = make_rows(ROWS)
    names = [name for name in rows[0] if name in declared]
    more = [name for name in declared if name not in names]
    columns = [column_of(declared[name]) for name in (names + more)[:COLUMNS]]
    reading = Reading(currency="GBP", only_currency="GBP", today=date(2026, 11, 13))
    plain = [{**dict.fromkeys(declared), **row} for row in rows]
    seconds = time_once(lambda: table.show(plain, columns, list(declared.values()), reading))
    board.tell("filling the table", f"{1000 * seconds:.0f} ms")


def measure_find(board: Board, table: Table, app: QApplication) -> None:
    """Type three words letter by letter; each keystroke ends with the table repainted."""
    taken = []
    for word in ("number 77", "ordinary", "b-0042"):
        typed = [word[:end] for end in range(1, len(word) + 1)]
        taken += [settled(app, partial(table.arrange, find=each)) for each in typed]
        settled(app, partial(table.arrange, find=""))
    board.hold("keystroke in Find to the filtered table, median", statistics.median(taken), FRAME)
    board.hold("  the slowest keystroke of all", max(taken), 2 * FRAME)


def measure_edit(board: Board, table: Table, app: QApplication) -> None:
    """Give one row other values, with the table in groups and their sums on screen."""
    table.arrange(group="rag_overall")
    app.processEvents()
    row = table.arrangement.records[0].row
    taken = [
        settled(app, partial(table.replace_rows, {row["id"]: {**row, "eac": number, "name": f"Edit {number}"}}))
        for number in range(20)
    ]
    board.hold("one edit to the painted table, in groups, median", statistics.median(taken), FRAME)


def measure_grouped(board: Board, table: Table, app: QApplication) -> None:
    """Find, letter by letter, in groups with sums."""
    word = "number 77"
    taken = [settled(app, partial(table.arrange, find=word[:end])) for end in range(1, len(word) + 1)]
    board.hold("keystroke in Find in groups with sums, median", statistics.median(taken), FRAME)
    board.hold("  the slowest of them", max(taken), 2 * FRAME)
    table.arrange(find="", group=None)


def measure_sort(board: Board, table: Table, app: QApplication) -> None:
    """Sort by a text, a date and money, both ways."""
    for name in ("name", "finish_forecast", "eac"):
        ways = [settled(app, partial(table.arrange, sort=((name, down),))) for down in (False, True, False, True)]
        board.hold(f"sort by {name}, slowest of four", max(ways), SORT)
    table.arrange(sort=())


def measure_scroll(board: Board, grid: Grid, app: QApplication) -> None:
    """Scroll down by pixels and by pages, then sideways."""
    down, right = grid.right.verticalScrollBar(), grid.right.horizontalScrollBar()
    steps = [settled(app, partial(down.setValue, 37 * step)) for step in range(1, 120)]
    pages = [settled(app, partial(down.setValue, down.maximum() * step // 40)) for step in range(1, 40)]
    sideways = [settled(app, partial(right.setValue, right.maximum() * step // 40)) for step in range(1, 40)]
    board.hold("scroll by lines, median frame", statistics.median(steps), FRAME)
    board.hold("scroll by pages, median frame", statistics.median(pages), FRAME)
    board.hold("scroll sideways, median frame", statistics.median(sideways), FRAME)


def settled(app: QApplication, deed: Callable[[], object]) -> float:
    """Milliseconds from the deed until everything it made dirty is painted."""

    def whole() -> None:
        deed()
        app.processEvents()

    return 1000 * time_once(whole)


if __name__ == "__main__":
    sys.exit(main())
