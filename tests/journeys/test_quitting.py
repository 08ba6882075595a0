"""The program starts on a portfolio, fills its window, is closed by its person, and ends without a complaint."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.program import run_program

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableView
from pmo_desktop.app import run

start = QApplication.exec

def close_when_filled():
    tables = [each for each in QApplication.allWidgets() if isinstance(each, QTableView) and each.isVisible()]
    if any(table.model() and table.model().rowCount() for table in tables):
        print("filled", flush=True)
        [window.close() for window in QApplication.topLevelWidgets()]
    else:
        QTimer.singleShot(100, close_when_filled)

def watched(*_):
    QTimer.singleShot(100, close_when_filled)
    return start()

QApplication.exec = watched
sys.exit(run(Path(sys.argv[1])))
"""


def test_it_ends_when_its_window_is_closed(tmp_path: Path) -> None:
    done = run_program(SCRIPT, tmp_path, "projects")
    assert (done.returncode, done.stdout.strip()) == (0, "filled"), done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("sample.pmo-*"))  # the lock and the log went with it
