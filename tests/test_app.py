"""The application's start: the pair that crashes is refused, and nothing heavy is read before the first frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pmo_desktop.app import last_file, refuse_crashing_pair
from pmo_desktop.store.opening import create_store
from tests.builders import a_project

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("qt", ["6.12.0", "6.12.1", "6.13.0", "7.0"])
@pytest.mark.parametrize("python", [(3, 10), (3, 11)])
def test_the_pair_that_crashes_is_refused_in_one_sentence(python: tuple[int, int], qt: str) -> None:
    with pytest.raises(SystemExit) as refused:
        refuse_crashing_pair(python, qt)
    sentence = str(refused.value)
    assert qt in sentence
    assert "Python 3.12" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("python,qt", [((3, 11), "6.11.3"), ((3, 12), "6.12.0"), ((3, 13), "6.13.0")])
def test_other_pairs_are_accepted(python: tuple[int, int], qt: str) -> None:
    refuse_crashing_pair(python, qt)


def test_this_installation_is_accepted() -> None:
    refuse_crashing_pair()


def test_the_portfolio_of_last_time_is_opened_if_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.pmo"
    assert last_file(str(path)) is None
    path.touch()
    assert last_file(str(path)) == path
    assert last_file("") is None


START = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PMO_DESKTOP_CONFIG"] = sys.argv[1]
from pmo_desktop import app
from pmo_desktop.ui.window import Window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
paint, seen, frames = Window.paintEvent, [], []
def painted(self, event):
    paint(self, event)
    if not frames:
        frames.append(1)
        heavy = ("sqlalchemy", "pmo_desktop.store", "reportlab", "rapidfuzz")
        seen.extend(each for each in heavy if each in sys.modules)
        print("FRAME", seen)
Window.paintEvent = painted
show = Window.show_first_run
def first(self):
    show(self)
    print("FIRST RUN", [each for each in ("sqlalchemy", "reportlab", "openpyxl", "numpy") if each in sys.modules])
    QTimer.singleShot(50, self.close)
Window.show_first_run = first
sys.exit(app.run())
"""


def run_alone(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own."""
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=False)


def test_the_first_frame_and_the_first_page_need_no_database_library(tmp_path: Path) -> None:
    ran = run_alone(START, str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "FRAME []" in ran.stdout
    assert "FIRST RUN []" in ran.stdout


FILL = """
import os, sys
before = set(sys.modules)  # what measures coverage brings of its own
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PMO_DESKTOP_CONFIG"] = sys.argv[1]
from pathlib import Path
from PySide6.QtCore import QTimer
from pmo_desktop import app
from pmo_desktop.ui.grid.view import HalfView
from pmo_desktop.ui.window import Window
heavy = ("sqlalchemy", "alembic", "psutil", "hashlib", "numpy", "openpyxl", "reportlab", "asyncio", "email")
paint, timers = HalfView.paintEvent, []
def painted(self, event):
    paint(self, event)
    if not timers and self.model().rowCount():
        print("FILLED", [each for each in heavy if each in sys.modules and each not in before])
        window = self.window()
        timers.append(QTimer(window))
        timers[0].timeout.connect(lambda: look(window))
        timers[0].start(50)
def look(window):
    if window.pane.context.store.connection._spoken is not None:
        print("READY", "sqlalchemy" in sys.modules, "sqlalchemy.orm" in sys.modules)
        timers[0].stop()
        window.close()
HalfView.paintEvent = painted
sys.exit(app.run(Path(sys.argv[2])))
"""


def test_an_open_file_is_shown_without_the_database_library_which_comes_when_the_window_is_at_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "work.pmo"
    store = create_store(path)
    a_project(store)
    store.close()
    (tmp_path / "window.ini").write_text("[window]\npane=projects\n", encoding="utf-8")
    ran = run_alone(FILL, str(tmp_path), str(path))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split("\n")[:2] == ["FILLED []", "READY True False"]
