"""One start, measured from inside: `python -m tests.bench.started bare|app|filled|edited [FILE]` prints JSON and ends.

Seconds count from the start of the process to the first frame (bare, app) or to the register painted with its rows
(filled); memory is what the process holds then. `edited` goes on: it waits until the window is at rest, changes one
cell, and tells what the process holds after that, with the library that writes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

STARTED = float(os.environ.get("BENCH_STARTED", time.time()))  # when the process was asked for
os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

SIZE = (1440, 900)
PATIENCE = 60_000  # milliseconds
REST = 3_000  # milliseconds after which a window has loaded what it loads in the background


def main() -> int:
    """Start what was asked for."""
    what, *rest = sys.argv[1:]
    return start_bare() if what == "bare" else start_app(what, Path(rest[0]) if rest else None)


def start_bare() -> int:
    """The least a window with a table can be."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView  # noqa: PLC0415  after the clock was started

    class Bare(QMainWindow):
        def paintEvent(self, event: Any) -> None:  # noqa: N802  Qt's name
            super().paintEvent(event)
            tell()

    app = QApplication([])
    window = Bare()
    window.setCentralWidget(QTableView())
    window.resize(*SIZE)
    window.show()
    return app.exec()


def start_app(what: str, path: Path | None) -> int:
    """The program as it is started, with something that watches its windows."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415  after the clock was started
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from pmo_desktop.app import run  # noqa: PLC0415

    watch = make_watch(what)
    original = QApplication.exec

    def watched_exec(*_: Any) -> int:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        for window in app.topLevelWidgets():
            window.resize(*SIZE)
        app.installEventFilter(watch)
        QTimer.singleShot(PATIENCE, lambda: os._exit(3))
        return int(original())

    QApplication.exec = watched_exec  # type: ignore[method-assign]
    return run(path)


def make_watch(what: str) -> Any:
    """An event filter that tells of the first frame, or of the first frame of a table that has its rows."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415  after the clock was started
    from PySide6.QtWidgets import QMainWindow, QTableView, QWidget  # noqa: PLC0415

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
            if event.type() == QEvent.Type.Paint and self.is_it(watched):
                QTimer.singleShot(0, edit_later if what == "edited" else tell)  # once the frame is painted
            return False

        def is_it(self, watched: QObject) -> bool:
            if what == "app":
                return isinstance(watched, QMainWindow)
            parent = watched.parent() if isinstance(watched, QWidget) else None
            return isinstance(parent, QTableView) and parent.isVisible() and parent.model().rowCount() > 0

    return Watch()


def edit_later() -> None:
    """Change one cell of the register on screen when the window is at rest, and tell when the change is painted."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415  after the clock was stopped
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from pmo_desktop.operations.records import Edit, edit_cells  # noqa: PLC0415
    from pmo_desktop.ui.window import Window  # noqa: PLC0415

    def edit() -> None:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
        assert window.pane is not None
        store = window.pane.context.store
        first = store.raw.execute("SELECT min(id) FROM project").fetchone()[0]
        edit_cells(store, "project", [Edit(first, "name", "Changed")])
        QTimer.singleShot(REST // 6, tell)

    QTimer.singleShot(REST, edit)


def tell() -> None:
    """Print what it took, and end without tidying up."""
    import psutil  # noqa: PLC0415  after the clock was stopped

    seconds = time.time() - STARTED
    print(json.dumps({"seconds": seconds, "megabytes": psutil.Process().memory_info().rss / 1e6}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
