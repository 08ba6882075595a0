"""Pictures of every pane of a portfolio, made without a screen."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.ui.places import PLACES
from pmo_desktop.ui.shell import build_shell
from pmo_desktop.ui.state import open_state
from pmo_desktop.ui.theme import Theme
from pmo_desktop.ui.window import Window

SIZE = (1440, 900)
_PATIENCE_MS, _DRAWN_MS, _SETTLED_MS = 60_000, 800, 250
_MOST_LOOKS, _LOOK_MS = 20, 60


def take_shots(
    store: Store, folder: Path, theme: str = "light", size: tuple[int, int] = SIZE, scale: float = 1.0
) -> list[Path]:
    """A PNG of each pane and of the first page, named by theme and pane; `scale` multiplies the pixels.

    Uses a window state of its own, so that nothing a person has set changes the pictures. The store stays open.
    """
    app = start_without_screen(scale)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        shell = build_shell(app, open_state(Path(place)), Theme(theme))
        window = shell.window
        window.setMinimumSize(1, 1)
        window.resize(QSize(*size))
        window.show()
        made = [_save(window, folder / f"{theme}_first_run.png")]
        shell.opening.attach(store)
        desk = shell.opening.desk
        assert desk is not None  # noqa: S101  it was attached in the line above
        for place_ in PLACES:
            desk.show(place_.name)
            _wait_for(window)
            made.append(_save(window, folder / f"{theme}_{place_.name}.png"))
        shell.opening.let_go()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return made


def start_without_screen(scale: float = 1.0) -> QApplication:
    """The application, drawn into memory where there is none yet; `scale` works only for the first one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    return QApplication(["pmo-desktop"])


def _wait_for(window: Window) -> None:
    """Until what the pane does in a worker can be seen, its inspector has followed and its layout is at rest."""
    pane = window.pane
    busy = pane is not None and not pane.is_ready()
    clock = QElapsedTimer()
    clock.start()
    while pane is not None and not pane.is_ready() and clock.elapsed() < _PATIENCE_MS:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    _let_pass(_DRAWN_MS if busy else _SETTLED_MS)  # the pages of a preview are drawn one by one


def _let_pass(milliseconds: int) -> None:
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < milliseconds:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def still_picture(window: QWidget) -> QImage:
    """A window once two pictures of it are the same: an inspector fills itself a moment after its register."""
    picture = window.grab().toImage()
    for _ in range(_MOST_LOOKS):
        before = picture
        _let_pass(_LOOK_MS)
        picture = window.grab().toImage()
        if picture == before:
            break
    return picture


def _save(window: Window, path: Path) -> Path:
    for _ in range(3):  # layouts settle in a few turns of the event loop
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    focused = QApplication.focusWidget()
    if focused is not None and not (window.pane is not None and window.pane.isAncestorOf(focused)):
        focused.clearFocus()
    if not still_picture(window).save(str(path)):
        message = f"{path} could not be written. Choose another folder, or a smaller size or scale."
        raise Known(message)
    return path
