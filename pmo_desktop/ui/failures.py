"""Errors on screen: a known one as its sentence, a fault as a report to copy; the app goes on either way."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

import platformdirs
import PySide6
from PySide6.QtWidgets import QApplication

from pmo_desktop.ui.window import Window

log = logging.getLogger("pmo_desktop")
_LOG_BYTES = 500_000


class Failures:
    """Shows errors as banners of one window and writes faults to the log file."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def show(self, error: BaseException) -> None:
        """A known error as its sentence; any other as a fault."""
        if is_known(error):
            self._window.banners.show_banner("known", "err", str(error))
        else:
            self.show_fault(type(error), error, error.__traceback__)

    def show_fault(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """A fault of the program: a banner with a report to copy, and a line in the log."""
        report = describe_fault(kind, trace)
        log.error("%s", report)
        text = "Something went wrong in the program. Nothing you saved is lost; you can go on working."
        copy = ("Copy details", lambda: QApplication.clipboard().setText(report))
        self._window.banners.show_banner("fault", "err", text, (copy,))

    def install(self) -> None:
        """Catch what nobody caught, in slots and events."""

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                self._window.close()
            elif is_known(error):
                self.show(error)
            else:
                self.show_fault(kind, error, trace)

        sys.excepthook = hook


def is_known(error: BaseException | None) -> bool:
    """Whether an error is one a person can mend. The class is there only once the store has been imported."""
    errors = sys.modules.get("pmo_desktop.store.errors")
    return errors is not None and isinstance(error, errors.Known)


def describe_fault(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A report without any value of the portfolio: the kind of error, the lines it passed, the versions.

    The message is left out on purpose: messages carry values.
    """
    lines = [f"{kind.__name__} in PMO Desktop"]
    passed = traceback.extract_tb(trace)
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in passed]
    lines.append(f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.system()}")
    return "\n".join(lines)


def open_log(folder: Path | None = None) -> Path:
    """Write faults to a file in the person's log folder; two files of half a megabyte at most."""
    place = folder or platformdirs.user_log_path("pmo-desktop", appauthor=False)
    place.mkdir(parents=True, exist_ok=True)
    file = place / "pmo-desktop.log"
    log.addHandler(_LateFile(file))
    return file


class _LateFile(logging.Handler):
    """Opens the log file for the first line: most starts write none, and the handler brings sockets and queues."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415  as the class says

        handler = RotatingFileHandler(self._file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
        log.removeHandler(self)
        handler.handle(record)
