"""The command `methods`: what is in the library, and who follows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.cli import main
from pmo_desktop.operations.files import new_portfolio
from pmo_desktop.operations.methods import approve_method, install_method
from pmo_desktop.operations.tailoring import apply_method
from tests.builders import a_project
from tests.cli.command import answer
from tests.twosteps import FIRST, SECOND


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.pmo"
    store = new_portfolio(path)
    first = install_method(store, FIRST)
    approve_method(store, first, date(2026, 11, 13))
    install_method(store, SECOND)
    apply_method(store, a_project(store), first)
    store.close()
    return path


def test_versions_are_listed_with_their_parts_and_followers(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["methods", str(library)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Draft     Two steps 2.0: 3 phases, 3 gates, 5 deliverables, 3 criteria, 0 projects",
        "Approved  Two steps 1.0: 2 phases, 2 gates, 5 deliverables, 3 criteria, 1 project",
    ]


def test_the_same_answer_comes_as_plain_data(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second, first = answer(capsys, "methods", library, "--json")
    assert (second["status"], second["approved_on"], second["projects"]) == ("Draft", None, 0)
    del first["id"]
    assert first == {
        "ref": "two-steps 1.0",
        "name": "Two steps",
        "version": "1.0",
        "code": "two-steps",
        "status": "Approved",
        "tier": "Tier 2",
        "approved_on": "2026-11-13",
        "phases": 2,
        "gates": 2,
        "deliverables": 5,
        "criteria": 3,
        "projects": 1,
    }


def test_an_empty_library_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.pmo"
    new_portfolio(path).close()
    assert main(["methods", str(path)]) == 0
    assert capsys.readouterr().out == "The library has no methodology yet.\n"
