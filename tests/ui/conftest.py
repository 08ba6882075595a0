"""Windows for tests: a state of their own, the sample in memory, and a shell that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.shell import Shell, build_shell
from pmo_desktop.ui.state import open_state
from pmo_desktop.ui.theme import Theme


@pytest.fixture
def state(tmp_path: Path) -> QSettings:
    """Window settings of this test alone."""
    return open_state(tmp_path / "state")


@pytest.fixture
def light(qapp: QApplication) -> Iterator[Theme]:
    """The light theme on the application."""
    theme = Theme("light")
    theme.apply(qapp)
    yield theme
    Theme("light").apply(qapp)


@pytest.fixture
def sample() -> Iterator[Store]:
    """The sample portfolio in memory."""
    store = create_memory_store("Ann")
    load_sample(store)
    yield store
    store.close()


@pytest.fixture
def empty() -> Iterator[Store]:
    """A new portfolio in memory."""
    store = create_memory_store("Ann")
    yield store
    store.close()


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, state: QSettings) -> Iterator[Shell]:
    """A window without a portfolio."""
    made = build_shell(qapp, state, Theme("light"))
    made.window.show()
    yield made
    made.window.runner.wait()
    made.opening.let_go()
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(shell: Shell, sample: Store) -> Desk:
    """A window that shows the sample."""
    shell.opening.attach(sample)
    assert shell.opening.desk is not None
    return shell.opening.desk
