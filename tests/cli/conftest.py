"""An empty portfolio file for a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_desktop.cli import main


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """A portfolio that the command line made."""
    path = tmp_path / "small.pmo"
    assert main(["new", str(path)]) == 0
    return path
