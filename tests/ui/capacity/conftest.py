"""A capacity pane with a handful of people for every test of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.opening import create_memory_store
from tests.ui.capacitystage import MONDAY, CapacityStage, fill


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[CapacityStage]:
    """Two teams, three people, on the data date of Monday 16 November 2026."""
    store = create_memory_store("Ann")
    change_settings(store, {"data_date": MONDAY})
    fill(store)
    made = CapacityStage(tmp_path, store)
    yield made
    made.close()


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> Iterator[CapacityStage]:
    """A new portfolio: nobody in it."""
    made = CapacityStage(tmp_path, create_memory_store("Ann"))
    yield made
    made.close()
