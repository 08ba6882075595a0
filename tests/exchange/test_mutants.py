"""Thousands of damaged workbooks: each is refused in a sentence or imported whole, and no process dies of one.

PMO_MUTANTS says how many are tried (2,000 before a release); a run of every day tries the first few hundred.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.exchange.grid import read_workbook
from tests.exchange.mutants import PASSWORD, originals

COUNT = int(os.environ.get("PMO_MUTANTS", "250"))
PROCESSES = 2
ROOT = Path(__file__).resolve().parents[2]


def ends(count: int) -> list[dict[str, Any]]:
    """What became of the first mutants, in seed order; a process that died leaves some out."""
    share = -(-count // PROCESSES)
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "tests.exchange.mutants",
                str(first),
                str(min(share, count - first)),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for first in range(0, count, share)
    ]
    lines = [line for child in running for line in child.communicate()[0].splitlines()]
    return [json.loads(line) for line in lines]


@pytest.mark.slow
def test_mutants_are_refused_or_imported_whole() -> None:
    told = ends(COUNT)
    assert [each["seed"] for each in told] == list(range(COUNT))
    assert [each for each in told if each["end"] in ("error", "partial")] == []
    counts = Counter(each["end"] for each in told)
    assert min(counts["refused"], counts["imported"]) > COUNT / 10  # else the mutants are too wild or too tame
    assert all("\n" not in each["words"] for each in told)


@pytest.mark.parametrize("name", sorted(originals()))
def test_what_the_mutants_are_made_of_is_sound(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(originals()[name])
    book = read_workbook(path, PASSWORD)
    assert (len(book.sheets[0].rows), book.sheets[0].rows[0][:3]) == (9, ["Ref", "Project name", "PM"])
    assert book.sheets[0].rows[8][1] == "Project 8"
