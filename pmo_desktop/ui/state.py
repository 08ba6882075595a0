"""What one person's window remembers: an INI in their configuration folder, never in the portfolio file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pmo_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from datetime import datetime

PLACE = "PMO_DESKTOP_CONFIG"  # an environment variable naming another folder, for tests and for a portable copy
_MOST_RECENT = 8
_TITLE_BAR = 30
_ENOUGH = 100


def open_state(folder: Path | None = None) -> QSettings:
    """The settings of this person's windows."""
    place = folder or config_folder()
    return QSettings(str(place / "window.ini"), QSettings.Format.IniFormat)


def config_folder() -> Path:
    """Where this person's window state lies."""
    if named := os.environ.get(PLACE):
        return Path(named)
    import platformdirs  # noqa: PLC0415  on the way to the first frame only where it is needed

    return platformdirs.user_config_path("pmo-desktop", appauthor=False)


def read_theme(state: QSettings) -> Theme:
    """The look as it was left."""
    theme = Theme(
        str(state.value("look/theme", "system")),
        str(state.value("look/density", "default")),
        read_int(state, "look/scale", 100),
    )
    theme.set_reduced_motion(read_bool(state, "look/reduced_motion"))
    return theme


def write_theme(state: QSettings, theme: Theme) -> None:
    """Remember the look."""
    state.setValue("look/theme", theme.choice)
    state.setValue("look/density", theme.density)
    state.setValue("look/scale", theme.scale)
    state.setValue("look/reduced_motion", theme.motion == 0)


def read_int(state: QSettings, key: str, default: int) -> int:
    """A remembered number; what is no number counts as not remembered."""
    found = str(state.value(key, default))
    return int(found) if found.lstrip("-").isdecimal() else default


def read_bool(state: QSettings, key: str, *, default: bool = False) -> bool:
    """A remembered yes or no."""
    return str(state.value(key, default)).lower() in ("true", "1")


def read_list(state: QSettings, key: str) -> list[str]:
    """A remembered list of texts (Qt gives a list of one back as a bare text)."""
    found = state.value(key, [])
    if isinstance(found, str):
        return [found] if found else []
    return [str(each) for each in found] if isinstance(found, (list, tuple)) else []


def recent_files(state: QSettings) -> list[tuple[Path, datetime | None]]:
    """The portfolios opened last that still exist, the newest first, with when they were opened."""
    from datetime import datetime  # noqa: PLC0415  not on the way to the first frame

    found = []
    for line in read_list(state, "files/recent"):
        path, _, stamp = line.partition("|")
        if Path(path).is_file():
            found.append((Path(path), datetime.fromisoformat(stamp) if stamp else None))
    return found


def remember_file(state: QSettings, path: Path) -> None:
    """Put a portfolio first among the recent ones."""
    from datetime import datetime  # noqa: PLC0415  as above

    lines = [line for line in read_list(state, "files/recent") if line.partition("|")[0] != str(path)]
    stamp = datetime.now().astimezone().isoformat(timespec="minutes")
    state.setValue("files/recent", [f"{path}|{stamp}", *lines][:_MOST_RECENT])
    state.setValue("files/last", str(path))


def save_window(state: QSettings, window: QWidget) -> None:
    """Remember where the window lies and whether it fills the screen."""
    state.setValue("window/maximised", window.isMaximized())
    if not window.isMaximized() and not window.isFullScreen():
        state.setValue("window/place", window.geometry())


def restore_window(state: QSettings, window: QWidget) -> None:
    """Put the window where it was, if at least 100 px of its title bar lie on a screen; else in the middle."""
    place = state.value("window/place")
    if isinstance(place, QRect) and place.isValid():
        window.resize(place.size())
        if is_reachable(place):
            window.setGeometry(place)
    if read_bool(state, "window/maximised"):
        window.setWindowState(window.windowState() | window.windowState().WindowMaximized)


def is_reachable(place: QRect) -> bool:
    """Whether enough of a window's title bar lies on some screen to take hold of it."""
    bar = QRect(place.x(), place.y() - _TITLE_BAR, place.width(), _TITLE_BAR * 2)
    shared = [screen.availableGeometry().intersected(bar) for screen in QGuiApplication.screens()]
    return any(part.width() >= _ENOUGH and part.height() > 0 for part in shared)
