"""The steering pack: pages a second for 100 projects, and that twice the projects take twice the time."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from pmo_desktop.operations.packs import build_pack
from pmo_desktop.store.opening import create_memory_store
from tests.bench.portfolio import grow_sample
from tests.bench.ratio import Board, growth_exponent, time_once

SIZES = (25, 50, 100, 200)
PAGES_A_SECOND = 25


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board("The steering pack")
    seconds, pages = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            store = create_memory_store("bench")
            grow_sample(store, size)
            out = Path(folder, f"{size}.pdf")
            build_pack(store, out)  # fonts are loaded once in a process
            seconds.append(min(time_once(partial(build_pack, store, out)) for _ in range(3)))
            pages.append(build_pack(store, out).pages)
            board.tell(f"{size} projects", f"{pages[-1]} pages in {seconds[-1]:.2f} s")
    board.hold("100 projects: a page, against 25 pages a second", 1000 * seconds[2] / pages[2], 1000 / PAGES_A_SECOND)
    board.hold("growth, 25 to 200 projects", growth_exponent(pages, seconds), 1.2, "exp")
    return board.exit_code()


if __name__ == "__main__":
    sys.exit(main())
