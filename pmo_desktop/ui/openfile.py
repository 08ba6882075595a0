"""Handing a file or an address to the program that the system has for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pmo_desktop.store.errors import Known


def open_with_system(what: Path | str) -> None:
    """Open a file, or a web address. Raises Known when the system has no program for it."""
    url = QUrl.fromLocalFile(str(what)) if isinstance(what, Path) else QUrl(what)
    if not QDesktopServices.openUrl(url):
        raise Known(f"{what} was not opened: the system has no program for it. Export it, and open it from there.")
