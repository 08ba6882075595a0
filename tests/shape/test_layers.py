"""What import-linter cannot say: which libraries a room may use at all, and what is imported inside a function."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "pmo_desktop"
ALLOWED = {"rules": {"numpy", "highspy"}, "resources.py": set[str]()}


def imports(path: Path) -> set[str]:
    """The top-level names a module imports from anywhere in it, our own rooms as pmo_desktop.<room>."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            found.add(node.module or "")
    return {".".join(name.split(".")[: 2 if name.startswith("pmo_desktop.") else 1]) for name in found}


@pytest.mark.parametrize("room", ALLOWED)
def test_the_lowest_rooms_use_the_standard_library_and_arithmetic_only(room: str) -> None:
    place = HOUSE / room
    for path in place.rglob("*.py") if place.is_dir() else [place]:
        allowed = sys.stdlib_module_names | ALLOWED[room] | {f"pmo_desktop.{room}"}
        assert imports(path) <= allowed, path


def test_the_child_that_reads_foreign_files_imports_no_database_and_no_window() -> None:
    assert not imports(HOUSE / "exchange" / "reader.py") & {"sqlalchemy", "PySide6", "pmo_desktop.store"}


def test_an_import_inside_a_function_says_why() -> None:
    unexplained = []
    for path in HOUSE.rglob("*.py"):
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(" ") and "noqa: PLC0415" in line:
                reason = line.split("PLC0415", 1)[1].strip(" -–:") or before.lstrip().startswith("#")
                in_a_block = "noqa: PLC0415" in before  # the first import of a block speaks for all
                unexplained += [] if reason or in_a_block else [f"{path.name}:{number}"]
            before = line
    assert not unexplained
