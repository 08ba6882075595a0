"""The house from outside: its top level, and what may stand in no file of it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"pmo_desktop", "resources", "migrations", "tests", "packaging", "pyproject.toml", "README.md"}
# Written in pieces, so that this file does not name what it forbids.
REGISTRY = re.compile(
    "|".join(
        ("index-" + "url[ =]+http", "--find-" + "links[ =]", '"resolved": ' + '"http', "registry" + " = [\"']http")
    )
)
MACHINE_PATH = re.compile("|".join(("/wo" + "rk/(main|shared)", "/ro" + "ot/")))


def tracked() -> list[Path]:
    """Every file git knows, or that would be added: what another person would receive."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout, so nobody can tell which files belong to it")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files(*rooms: str) -> list[Path]:
    """The modules of rooms of pmo_desktop, or of all of it."""
    return sorted(path for room in rooms or ("",) for path in (ROOT / "pmo_desktop" / room).rglob("*.py"))


def test_the_top_level_is_the_agreed_one() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} == TOP_LEVEL


def test_packaging_and_resources_are_no_packages() -> None:
    assert not [path for folder in ("packaging", "resources") for path in (ROOT / folder).rglob("__init__.py")]


@pytest.mark.parametrize(
    "forbidden", [pytest.param(REGISTRY, id="registry address"), pytest.param(MACHINE_PATH, id="machine path")]
)
def test_no_file_names_a_registry_or_a_path_of_one_machine(forbidden: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture or a workbook
        lines = text.splitlines()
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if forbidden.search(line)]
    assert not found


def test_only_the_theme_sets_a_style_sheet() -> None:
    guilty = [path.name for path in python_files() if "setStyleSheet" in path.read_text(encoding="utf-8")]
    assert set(guilty) <= {"theme.py"}


def test_no_sql_text_is_built_with_an_f_string() -> None:
    pattern = re.compile(r"\btext\(\s*f[\"']")
    assert not [path for path in python_files() if pattern.search(path.read_text(encoding="utf-8"))]


def test_the_packages_of_the_wheel_are_those_of_the_lock() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    source = (ROOT / "packaging" / "requirements.in").read_text(encoding="utf-8")
    runtime = source.split("# development")[0].splitlines()
    assert declared == [line for line in runtime if line and not line.startswith("#")]


def test_every_required_package_is_locked_with_a_hash() -> None:
    wanted = (ROOT / "packaging" / "requirements.in").read_text(encoding="utf-8").splitlines()
    names = {re.split(r"[\s=<>\[;]", line)[0].lower() for line in wanted if line and not line.startswith("#")}
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert names <= set(pinned)
