"""The application: the window first, then, in a worker, the store; then the portfolio fills the window."""

from __future__ import annotations

import gc
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pmo_desktop.ui.shell import Shell
    from pmo_desktop.ui.window import Window


def run(path: Path | None = None) -> int:
    """Open the window, on a portfolio if one is named, else on the one of last time. Gives the exit code.

    Raises SystemExit with one sentence for a pair of Python and PySide6 that would crash.
    """
    refuse_crashing_pair()
    gc.set_threshold(100_000, 20, 20)  # what is imported stays; looking through it takes an eighth of the start
    sys.setswitchinterval(0.001)  # a busy worker then holds the window up for 6-12 ms instead of 16-75
    # Qt is imported only now: the pair that crashes must be refused before Qt is used.
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from pmo_desktop.ui.state import open_state, read_theme  # noqa: PLC0415
    from pmo_desktop.ui.window import Window  # noqa: PLC0415

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  nothing else makes one in this process
    app.setApplicationName("PMO Desktop")
    app.setDesktopFileName("pmo-desktop")
    state = open_state()
    window = Window(state, read_theme(state))
    shells: list[Shell] = []  # kept as long as the window

    def fill_once() -> None:
        if not shells:
            shells.append(fill(app, window, path))

    window.first_frame.connect(fill_once)
    window.show()
    return app.exec()


def fill(app: QApplication, window: Window, path: Path | None) -> Shell:
    """Furnish the window that is on screen by now, and open the portfolio named, else the one of last time."""
    # Read only after the first frame, as are fonts, icons and the style sheet.
    from pmo_desktop.ui.failures import open_log  # noqa: PLC0415
    from pmo_desktop.ui.shell import furnish_shell  # noqa: PLC0415

    wanted = path or last_file(str(window.state.value("files/last", "")))
    if wanted is not None:  # no Qt comes with it, so a worker may read it while the window is furnished
        threading.Thread(target=import_module, args=("pmo_desktop.store.opening",), daemon=True).start()
    window.theme.apply(app)
    shell = furnish_shell(window)
    open_log()
    shell.failures.install()
    if wanted is None:
        window.show_first_run()
    else:
        shell.opening.open_path(wanted)
    return shell


def refuse_crashing_pair(python: tuple[int, ...] = sys.version_info[:2], qt: str | None = None) -> None:
    """Refuse Python before 3.12 with PySide6 from 6.12 on: the process would abort at the first drawing."""
    if python >= (3, 12):
        return
    if qt is None:
        import PySide6  # noqa: PLC0415  its version alone does no harm; reading the metadata would take 30 ms

        qt = PySide6.__version__
    if tuple(int(part) for part in qt.split(".")[:2]) >= (6, 12):
        found = ".".join(str(part) for part in python)
        message = (
            f"PySide6 {qt} crashes on Python {found}: use Python 3.12 or later, "
            "or install PySide6-Essentials 6.11.3 (packaging/bootstrap.py run does it)."
        )
        raise SystemExit(message)


def last_file(text: str) -> Path | None:
    """The portfolio that was open last, if it is still there."""
    path = Path(text) if text else None
    return path if path is not None and path.is_file() else None
