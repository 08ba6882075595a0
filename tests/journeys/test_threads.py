"""Modules that make windows are read in the window's thread only.

Qt's classes are being made while such a module is read. Read by a worker, while the window's thread was in Qt, they
ended the process at the start once in about a hundred and fifty times.
"""

from __future__ import annotations

from pathlib import Path

from tests.journeys.program import run_program

SCRIPT = """
import sys, threading
from pathlib import Path

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("PySide6", "shiboken6", "pmo_desktop.ui")):
            if threading.current_thread() is not threading.main_thread():
                print("elsewhere:", name, flush=True)

sys.meta_path.insert(0, Watch())

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pmo_desktop import app
from pmo_desktop.app import run
from pmo_desktop.ui.places import PLACES

shells, left = [], [place.name for place in PLACES]
fill, start = app.fill, QApplication.exec
app.fill = lambda *given: shells.append(fill(*given)) or shells[0]

def go_on():
    desk = shells[0].opening.desk if shells else None
    if desk is None or shells[0].window.runner.busy:
        QTimer.singleShot(50, go_on)
    elif left:
        desk.show(left.pop(0))
        QTimer.singleShot(50, go_on)
    else:
        print("all shown", flush=True)
        QTimer.singleShot(2_000, shells[0].window.close)  # by then what is read in peace has been read

def watched(*_):
    QTimer.singleShot(50, go_on)
    return start()

QApplication.exec = watched
sys.exit(run(Path(sys.argv[1])))
"""


def test_no_worker_reads_a_module_of_windows(tmp_path: Path) -> None:
    done = run_program(SCRIPT, tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["all shown"]), done.stderr
    assert "Traceback" not in done.stderr
