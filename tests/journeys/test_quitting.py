"""The program starts on a portfolio, fills its window, is closed by its person, and ends without a complaint."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.opening import create_store

ROOT = Path(__file__).resolve().parents[2]
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
    portfolio, config = tmp_path / "sample.pmo", tmp_path / "config"
    store = create_store(portfolio)
    load_sample(store)
    store.close()
    config.mkdir()
    (config / "window.ini").write_text("[window]\npane=projects\n", encoding="utf-8")
    environment = os.environ | {"PMO_DESKTOP_CONFIG": str(config), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(portfolio)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "filled"), done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("sample.pmo-*"))  # the lock and the log went with it
