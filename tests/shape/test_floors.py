"""The check of coverage floors counts lines and branches by room, and fails below a floor."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "floors.py"


@pytest.fixture
def floors() -> ModuleType:
    spec = importlib.util.spec_from_file_location("floors", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def covered(lines: tuple[int, int], branches: tuple[int, int] = (0, 0)) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "covered_lines": lines[0],
            "num_statements": lines[1],
            "covered_branches": branches[0],
            "num_branches": branches[1],
        }
    }


REPORT = {
    "files": {
        "pmo_desktop/rules/slip.py": covered((8, 8), (2, 2)),
        "pmo_desktop/store/file.py": covered((6, 8), (1, 2)),
        "pmo_desktop/cli.py": covered((1, 2)),
        "pmo_desktop/ui/__init__.py": covered((0, 0)),
    }
}


def test_a_room_is_the_sum_of_its_files(floors: ModuleType) -> None:
    assert floors.read_rooms(REPORT) == {"rules": 100.0, "store": 70.0, "app": 50.0, "ui": 100.0}


@pytest.mark.parametrize(("floor", "code"), [(70, 0), (71, 1)])
def test_a_room_below_its_floor_fails_the_run(
    floors: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, floor: int, code: int
) -> None:
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps(REPORT))
    monkeypatch.setattr(sys, "argv", ["floors.py", str(path)])
    monkeypatch.setattr(floors, "FLOORS", {"rules": 100, "store": floor})
    assert floors.main() == code


def test_every_room_has_a_floor(floors: ModuleType) -> None:
    house = SCRIPT.parents[1] / "pmo_desktop"
    assert {path.parent.name for path in house.glob("*/__init__.py")} <= set(floors.FLOORS)
