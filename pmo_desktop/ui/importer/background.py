"""Work of the wizard off the window's thread: one thing at a time, how far it has come, a cancel, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from pmo_desktop.exchange.grid import Protected
from pmo_desktop.store.errors import Known
from pmo_desktop.store.pace import Cancelled, listening
from pmo_desktop.ui.context import Progress, Run

_FAULT = "Something went wrong in the program, and nothing was written. Try again, or choose another file."


class Background(QObject):
    """Hands work to the shell's runner; `failed` carries one sentence, `protected` that of a file with a password."""

    working = Signal(str)  # what is being done; empty at the end
    progressed = Signal(int, int, str)
    failed = Signal(str)
    protected = Signal(str)

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._cancel = Event()
        self.busy = ""

    def start(
        self,
        label: str,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        dropped: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `work()` in a thread, then `done(result)` here, or `dropped()` when it was cancelled."""
        self._cancel.clear()
        self.busy = label
        self.working.emit(label)

        def run(progress: Progress) -> Any:
            def tell(at: int, of: int, what: str = "") -> None:
                if self._cancel.is_set():
                    raise Cancelled
                progress(at, of, what)
                self.progressed.emit(at, of, what)

            # A cancel, here or in the main window, is handed back as a result: the runner would end it silently.
            try:
                with listening(tell):
                    return work()
            except Cancelled:
                return Cancelled

        self._run(label, run, partial(self._end, done, dropped), self._fail)

    def cancel(self) -> None:
        """Stop what is under way; it leaves no trace."""
        self._cancel.set()

    def _end(self, done: Callable[[Any], object], dropped: Callable[[], object], result: Any) -> None:
        self.busy = ""
        self.working.emit("")
        if result is Cancelled:
            dropped()
        else:
            done(result)

    def _fail(self, error: Exception) -> None:
        self.busy = ""
        self.working.emit("")
        if isinstance(error, Protected):
            self.protected.emit(str(error))
        elif isinstance(error, Known):
            self.failed.emit(str(error))
        else:
            self.failed.emit(_FAULT)
            raise error
