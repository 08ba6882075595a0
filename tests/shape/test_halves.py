"""The two halves of the test run hold every test between them, and their counts are added up."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).resolve().parents[1]
SCRIPT = TESTS.parent / "packaging" / "halves.py"


@pytest.fixture
def halves() -> ModuleType:
    spec = importlib.util.spec_from_file_location("halves", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_test_is_in_one_half_and_in_one_only(halves: ModuleType) -> None:
    first, second = (
        {file for path in map(Path, half) for file in ([path] if path.is_file() else path.rglob("test_*.py"))}
        for half in (halves.windows(), halves.rest())
    )
    assert first
    assert not first & second
    assert first | second == set(TESTS.rglob("test_*.py"))


def test_the_counts_of_both_halves_are_added_up(halves: ModuleType) -> None:
    lines = [
        "FAILED tests/x.py",
        "24 failed, 1762 passed in 636.41s (0:10:36)",
        "1 failed, 3806 passed, 7 skipped in 7.1s",
    ]
    assert halves.add_up(lines) == "25 failed, 5568 passed, 7 skipped"
    assert halves.add_up(["Interrupted"]) == "no tests ran"


def test_a_half_that_fails_tells_its_end_again(halves: ModuleType) -> None:
    dots = f"{'.' * 72} [ 42%]"
    told = halves.how_it_failed("first", -11, [dots, "Fatal Python error: Segmentation fault", dots])
    assert told.splitlines() == [
        "--- the first half failed (ended by signal 11); the end of what it said:",
        "Fatal Python error: Segmentation fault",
    ]
    told = halves.how_it_failed("second", 1, [f"line {number}" for number in range(200)])
    assert "second half failed (exit code 1)" in told
    assert told.splitlines()[-1] == "line 199"
    assert len(told.splitlines()) == halves.LAST_LINES + 1
