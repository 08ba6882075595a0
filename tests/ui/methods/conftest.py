"""The methodology pane with a small library for every test of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.store.opening import create_memory_store
from tests.ui.methodstage import MethodStage, small_library


class Scene(MethodStage):
    """The stage with the ids of its methodology and its project."""

    version: str
    project: str


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Scene]:
    """One methodology of two phases, one project that follows it, on 13 November 2026."""
    store, version, project = small_library()
    made = Scene(tmp_path, store)
    made.version, made.project = version, project
    made.pane.go_to_gate("", "")  # the library alone, from its first gate on
    made.pane.go_to_project("")
    yield made
    made.close()


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> Iterator[MethodStage]:
    """A new portfolio: no methodology in it."""
    made = MethodStage(tmp_path, create_memory_store("Ann"))
    yield made
    made.close()
