"""From the start of the program to its first frame and to the filled register, beside a bare window; and memory."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pmo_desktop.store.opening import create_store
from tests.bench.portfolio import grow_sample
from tests.bench.ratio import Board

ROOT = Path(__file__).resolve().parents[2]
PROJECTS, ROUNDS = 500, 5


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"Start, and the register with {PROJECTS} projects")
    compile_house()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.pmo"
        store = create_store(path, "bench")
        grow_sample(store, PROJECTS)
        store.close()
        opened = str(Path(folder) / "opened.pmo")
        rivals = {"bare": ["bare"], "app": ["app"], "filled": ["filled", opened]}
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in rivals}
        for _ in range(ROUNDS):
            for name, words in rivals.items():
                lay_fresh(path, Path(folder) / "opened.pmo")
                taken[name].append(start(words, Path(folder) / "config"))
        lay_fresh(path, Path(opened))
        edited = start(["edited", opened], Path(folder) / "config")["megabytes"]
    seconds = {name: statistics.median(each["seconds"] for each in found) for name, found in taken.items()}
    memory = {name: statistics.median(each["megabytes"] for each in found) for name, found in taken.items()}
    board.compare("first frame / a bare window's", seconds["app"], seconds["bare"], 1.3)
    board.compare("register filled / a bare window's first frame", seconds["filled"], seconds["bare"], 4.0)
    board.compare("memory with the register filled / a bare window's", memory["filled"], memory["bare"], 2.0, "MB")
    board.compare("memory after the first edit / a bare window's", edited, memory["bare"], None, "MB")
    return board.exit_code()


def start(words: list[str], config: Path) -> dict[str, float]:
    """Start one rival in a process of its own, with a window state that opens on the register."""
    config.mkdir(exist_ok=True)
    (config / "window.ini").write_text("[window]\npane=projects\n", encoding="utf-8")
    environment = os.environ | {"PMO_DESKTOP_CONFIG": str(config), "QT_QPA_PLATFORM": "offscreen"}
    environment["BENCH_STARTED"] = str(time.time())
    command = [sys.executable, "-m", "tests.bench.started", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} did not start ({done.returncode}): {done.stderr.strip()[-500:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def lay_fresh(source: Path, target: Path) -> None:
    """A portfolio that was closed well: a start here ends like a kill, after which the next checks the whole file."""
    for each in target.parent.glob(f"{target.name}*"):
        each.unlink()
    shutil.copyfile(source, target)


def compile_house() -> None:
    """An installed program is compiled already; a checkout is only where Python may write bytecode."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "pmo_desktop", "tests/bench"], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
