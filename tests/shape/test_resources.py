"""Shipped files are found, and a missing one is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_desktop import resources
from pmo_desktop.resources import migrations_path, resource_path


def test_a_source_checkout_finds_them_beside_the_package() -> None:
    assert resource_path("tokens.json").is_file()
    assert (migrations_path() / "env.py").is_file()


def test_an_installed_package_finds_them_inside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "site" / "pmo_desktop"
    (inside / "resources").mkdir(parents=True)
    (inside / "resources" / "tokens.json").write_text("{}")
    (tmp_path / "site" / "migrations").mkdir()
    monkeypatch.setattr(resources, "HOUSE", inside)
    assert resource_path("tokens.json") == inside / "resources" / "tokens.json"
    assert migrations_path() == tmp_path / "site" / "migrations"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no_such\.ttf is missing from this installation"):
        resource_path("fonts", "no_such.ttf")
