"""What every test stands on: no screen, a home folder of its own, and the shared registers when they are there."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.store.collector import collect_due
from pmo_desktop.store.file import Store

# Before anything imports Qt: no screen is needed, and no setting of the person who runs the tests is read or written.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
HOME = Path(tempfile.mkdtemp(prefix="pmo-desktop-tests-"))
os.environ |= {
    "HOME": str(HOME),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_STATE_HOME": str(HOME / "state"),
    "XDG_DOCUMENTS_DIR": str(HOME / "documents"),
    "APPDATA": str(HOME / "roaming"),
    "LOCALAPPDATA": str(HOME / "local"),
}

REPOSITORY = Path(__file__).resolve().parent.parent
ENDED = pytest.StashKey[int]()
SHARED_DATA = REPOSITORY.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow is not made slower still: other tests run through the same lines, and those are counted."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of other people's registers; without it the test is skipped and says so."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the folder ../shared/data is missing (looked in {SHARED_DATA})")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has user folders of its own, so that backups, logs and recent files of one never meet another's."""
    home = tmp_path / "home"
    for name in (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        folder = home / name.lower()
        monkeypatch.setenv(name, str(folder))
    home.mkdir()
    return home


@pytest.fixture(autouse=True)
def no_batch_left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test did, no portfolio it made is left in the middle of a deed."""
    made: list[weakref.ref[Store]] = []
    original = Store.__init__

    def remembered(self: Store, *given: Any, **named: Any) -> None:
        original(self, *given, **named)
        made.append(weakref.ref(self))

    monkeypatch.setattr(Store, "__init__", remembered)
    yield
    living = [store for each in made if (store := each()) is not None and not store.closed]
    assert not [store.label for store in living if store.writing or store.raw.in_transaction]


@pytest.fixture(autouse=True)
def own_settings(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Window settings (QSettings) of a test that opens windows go to its own folder; others never load Qt."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        return
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - tests without windows run without Qt

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(tmp_path / "settings"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Where a window has turned Python's own collector off, somebody must look for rings: between two tests, here."""
    if not gc.isenabled():
        collect_due()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep how it ended for the very end."""
    session.config.stash[ENDED] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End at once: taking hundreds of windows apart at the end of Python crashes PySide6 after the last test.

    Seen with 6.11 on Python 3.11 and 6.12 on 3.13 ("shared QObject was deleted directly", exit 139). The program
    itself, which has one window, ends cleanly: tests/journeys/test_quitting.py.
    """
    if "PySide6.QtWidgets" in sys.modules and ENDED in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[ENDED])
