"""`bootstrap.py run` without a screen: the sample register goes in; the pack, the export and pictures come out."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.OUT = tmp_path_factory.mktemp("out")  # type: ignore[attr-defined]
    module.PYTHON = Path(sys.executable)  # type: ignore[attr-defined]
    return module


@pytest.fixture(scope="module")
def folder(script: ModuleType) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "platform", "linux")
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            patch.delenv(name, raising=False)
        patch.chdir(ROOT)
        assert script.run_sample() == 0
    made: Path = script.OUT / "no_screen"
    return made


def listed(folder: Path, register: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "pmo_desktop", "list", str(folder / "portfolio.pmo"), register, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_the_register_is_imported_as_it_was_meant(folder: Path) -> None:
    projects = {row["ref"]: row for row in listed(folder, "projects")}
    assert len(projects) == 24
    harbour = projects["MT-101"]
    assert harbour["programme"].casefold() == "tram renewal"
    assert (harbour["rag_overall"], harbour["finish_baseline"]) == ("R", "2027-03-31")
    assert harbour["texts"]["finish_baseline"] == "end Mar 27"
    assert (harbour["budget_approved"], harbour["currency"]) == (1_840_000_000, "GBP")
    assert projects["MT-202"]["eac"] == 869_000_000
    assert projects["MT-404"]["budget_approved"] == 69_000_000
    assert projects["MT-105"]["finish_forecast"] is None
    assert projects["MT-105"]["texts"]["finish_forecast"] == "TBC"
    assert projects["MT-201"]["custom"]["Carbon saved"] == 3150
    assert projects["MT-301"]["pm"] == "Beth Tanner"
    assert len(listed(folder, "milestones")) == 112
    people = {row["name"]: row for row in listed(folder, "resources")}
    assert len(people) == 18
    assert (people["Chris Obi"]["team"], people["Chris Obi"]["role"]) == ("Data and integration", "Data architect")
    assert len(listed(folder, "absences")) == 37


def test_the_pack_has_a_page_for_every_project(folder: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(folder / "steering_pack.pdf").pages]
    assert len(pages) >= 24
    assert any("Harbour line track renewal" in page for page in pages)


def test_the_export_holds_every_register(folder: Path) -> None:
    book = load_workbook(folder / "register.xlsx", read_only=True)
    assert {"Projects", "Milestones", "Programmes", "People"} <= set(book.sheetnames)
    book.close()


def test_there_is_a_picture_of_every_pane(folder: Path) -> None:
    pictures = {path.stem for path in (folder / "panes").glob("*.png")}
    assert {"light_home", "light_projects", "light_reports"} <= pictures
