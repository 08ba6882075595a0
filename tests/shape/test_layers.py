"""What import-linter cannot say: which libraries a room may use at all, and what is imported inside a function."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
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


def test_every_library_that_is_imported_is_one_the_wheel_asks_for() -> None:
    declared = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    asked = {re.split(r"[\s=<>\[;]", line)[0].lower() for line in declared}
    brought_by = {
        name: {each.lower().replace("_", "-") for each in by} for name, by in packages_distributions().items()
    }
    used = {name for path in HOUSE.rglob("*.py") for name in imports(path)} - sys.stdlib_module_names
    third_party = {name for name in used if not name.startswith("pmo_desktop")}
    assert not {name for name in third_party if not brought_by.get(name, set()) & asked}


def test_the_child_that_reads_foreign_files_imports_no_database_and_no_window() -> None:
    assert not imports(HOUSE / "exchange" / "reader.py") & {"sqlalchemy", "PySide6", "pmo_desktop.store"}


def test_the_database_library_is_named_at_the_head_of_one_module_only() -> None:
    """Everything else is imported when a window opens a file; to read one needs no more than SQLite."""
    named = []
    for path in HOUSE.rglob("*.py"):
        heads = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)]
        named += [path.name for node in heads if (node.module or "").split(".")[0] in {"sqlalchemy", "alembic"}]
    assert set(named) == {"tables.py"}


def test_an_import_inside_a_function_says_why() -> None:
    unexplained = []
    for path in HOUSE.rglob("*.py"):
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(" ") and "noqa: PLC0415" in line:
                reason = line.split("PLC0415", 1)[1].strip(" -–:") or before.lstrip().startswith("#")
                in_a_block = "noqa: PLC0415" in before  # the first import of a block speaks for all
                unexplained += [] if reason or in_a_block else [f"{path.name}:{number}"]
            before = line if line.strip() else before
    assert not unexplained
