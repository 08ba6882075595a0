"""All tests in two processes at once, windows apart from the rest, with one coverage report: CI has two cores.

Run: `python packaging/halves.py REPORT.json`. The last line says how many tests passed and failed in all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Windows stay in one process; what else goes with them only makes both halves take as long.
FIRST_HALF = ("ui", "reports", "journeys", "test_app.py")
NO_TESTS = ("bench", "data", "__pycache__")
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|warnings?)")
LAST_LINES = 60
_PROGRESS = re.compile(r"^[.sFEx]+ +\[ *\d+%\]$")
_SUMMARY = re.compile(r"^(=+ )?\d+ (passed|failed|skipped|error).* in [\d.]+s")


def main() -> int:
    """Run both halves; 1 when either fails or the coverage cannot be told."""
    report = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="pmo-halves-") as folder:
        data = [Path(folder) / f"coverage.{number}" for number in range(2)]
        said = Path(folder) / "second.txt"
        with said.open("w", encoding="utf-8") as output:
            second = subprocess.Popen(
                command(rest()), cwd=ROOT, env=surroundings(data[1]), stdout=output, stderr=output
            )
            first, lines = run_first(command(windows()), surroundings(data[0]))
            code = second.wait()
        told = said.read_text(encoding="utf-8", errors="replace")
        print(told, end="", flush=True)
        combined = combine(data, report)
    for name, ended, output_lines in (("first", first, lines), ("second", code, told.splitlines())):
        if ended:
            print(how_it_failed(name, ended, output_lines), flush=True)
    print(add_up([*lines, *told.splitlines()]), flush=True)
    return 1 if first or code or combined else 0


def windows() -> list[str]:
    """The tests that show windows or print, and as many others as make the halves equal."""
    return [str(ROOT / "tests" / name) for name in FIRST_HALF]


def rest() -> list[str]:
    """All other tests; a new folder is among them by itself."""
    there = sorted((ROOT / "tests").iterdir())
    found = [path for path in there if path.is_dir() or path.name.startswith("test_")]
    return [str(path) for path in found if path.name not in (*FIRST_HALF, *NO_TESTS)]


def command(paths: list[str]) -> list[str]:
    """Pytest over some paths, its coverage left as data."""
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--cov", "--cov-report=", *paths]


def surroundings(data: Path) -> dict[str, str]:
    """The environment of one half, with a coverage file of its own."""
    return {**os.environ, "COVERAGE_FILE": str(data)}


def run_first(asked: list[str], env: dict[str, str]) -> tuple[int, list[str]]:
    """Run the first half, showing what it says as it says it: its exit code and its lines."""
    lines: list[str] = []
    with subprocess.Popen(
        asked, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        errors="replace",
    ) as running:  # fmt: skip
        assert running.stdout is not None  # noqa: S101 - asked for with PIPE
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    return running.returncode, lines


def how_it_failed(name: str, code: int, lines: list[str]) -> str:
    """The end of what a failed half said, told again at the very end, where a cut log still shows it."""
    died = f"ended by signal {-code}" if code < 0 else f"exit code {code}"
    shown = [line for line in lines if not _PROGRESS.match(line)][-LAST_LINES:]
    return "\n".join([f"--- the {name} half failed ({died}); the end of what it said:", *shown])


def combine(data: list[Path], report: Path) -> int:
    """One report of what both halves ran through."""
    coverage = [sys.executable, "-m", "coverage"]
    env = surroundings(data[0].with_name("coverage.all"))
    steps = (["combine", *map(str, data)], ["json", "--quiet", "-o", str(report)])
    return max(subprocess.run([*coverage, *step], cwd=ROOT, env=env, check=False).returncode for step in steps)


def add_up(lines: list[str]) -> str:
    """The summary lines of both halves as one."""
    counts: Counter[str] = Counter()
    for line in lines:
        if _SUMMARY.match(line):
            counts.update({word: int(number) for number, word in _COUNT.findall(line)})
    return ", ".join(f"{count} {word}" for word, count in counts.items()) or "no tests ran"


if __name__ == "__main__":
    sys.exit(main())
