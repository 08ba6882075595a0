"""The wheel, installed in a clean environment, gives a working `pmo-desktop` with its shipped files and migrations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs: the wheel installed, its libraries lent by the one the tests run in."""
    home = tmp_path_factory.mktemp("clean")
    run([sys.executable, "-m", "venv", "--without-pip", str(home)], home)
    python = home / SCRIPTS / Path(sys.executable).name
    own = run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], home).strip()
    Path(own, "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")  # its own .pth files are not followed
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    run([*pip, str(wheel)], home)
    return home / SCRIPTS


def run(command: list[str], folder: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    environment = clean | {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_shipped_files_lie_inside_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "pmo_desktop/resources/tokens.json" in names
    assert "pmo_desktop/resources/sample/portfolio.json" in names
    assert "pmo_desktop/migrations/env.py" in names
    assert any(name.startswith("pmo_desktop/migrations/versions/0001") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"pmo_desktop"}


def test_the_installed_program_finds_itself_and_what_it_ships(installed: Path, tmp_path: Path) -> None:
    ask = (
        "import pmo_desktop.resources as r; print(r.HOUSE); print(r.resource_path('fonts')); print(r.migrations_path())"
    )
    places = run([str(installed / Path(sys.executable).name), "-c", ask], tmp_path).split()
    assert len(places) == 3
    assert all(Path(place).is_relative_to(installed.parent) for place in places)


def test_the_installed_command_makes_lists_and_checks_a_portfolio(installed: Path, tmp_path: Path) -> None:
    command = str(installed / "pmo-desktop")
    run([command, "new", "sample.pmo", "--sample"], tmp_path)
    projects = json.loads(run([command, "list", "sample.pmo", "projects", "--json"], tmp_path))
    assert len(projects) == 24
    assert {row["programme"] for row in projects} >= {"Tram renewal", "Cleaner buses"}
    assert "sound" in run([command, "check", "sample.pmo"], tmp_path)
