"""Work off the window's thread: a progress line, a cancel, and answers handed back to the window."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pmo_desktop.store.collector import collect_due
from pmo_desktop.store.pace import Cancelled, listening

_TIDY_MS = 200


class Runner(QObject):
    """Runs jobs one after another in a thread; every answer arrives in the thread this object lives in.

    What dies, dies in this object's thread too: Qt ends the process over a widget or a model that a worker takes apart.
    So Python's collector no longer starts by itself, and what a job was given is held here until its thread has ended.
    """

    started = Signal(str)
    progressed = Signal(int, int, str)
    finished = Signal()
    failed = Signal(object)  # an exception nobody asked for

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()
        self._jobs = 0
        self._turn = threading.Lock()
        self._threads: dict[threading.Thread, tuple[object, ...]] = {}  # with what each was given
        self._posted.connect(self._call)
        gc.disable()
        self._tidying = QTimer(self, interval=_TIDY_MS)
        self._tidying.timeout.connect(self._tidy)
        self._tidying.start()

    @property
    def busy(self) -> bool:
        """Whether any job is running or waiting."""
        return self._jobs > 0

    def run(
        self,
        label: str,
        work: Callable[[Callable[..., None]], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do `work(progress)` in a thread, then `done(result)` here; an exception goes to `failed(error)` here."""
        self._jobs += 1
        self._start(self._work, label, work, done, failed)

    def run_quietly(self, work: Callable[[], object]) -> None:
        """Do something in a thread of its own that nobody waits for and no progress line speaks of."""
        self._start(work)

    def read(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read something beside whatever job runs, then `done(result)` here; nobody waits for it or cancels it.

        An error goes to `failed(error)` here, and is told to the window.
        """

        def whole() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001  handed to the window, which shows it
                if failed is not None:
                    self.post(partial(failed, error))
                self.post(partial(self.failed.emit, error))
            else:
                self.post(partial(done, result))

        self.run_quietly(whole)

    def post(self, call: Callable[[], object]) -> None:
        """Have a function called in the window's thread, from any thread."""
        self._posted.emit(call)

    def cancel(self) -> None:
        """Ask the running job to stop; it leaves no trace."""
        self._cancel.set()

    def wait(self, seconds: float = 10) -> None:
        """Cancel what runs and wait for it: called before the window closes."""
        self.cancel()
        for thread in self._threads:
            thread.join(seconds)

    def _start(self, target: Callable[..., object], *given: object) -> None:
        thread = threading.Thread(target=target, args=given, daemon=True)
        self._threads[thread] = (target, *given)
        thread.start()

    def _tidy(self) -> None:
        """Let go of what ended threads were given, and look for rings where it is due."""
        for thread in [each for each in self._threads if not each.is_alive()]:
            del self._threads[thread]
        collect_due()

    def _work(
        self,
        label: str,
        work: Callable[[Callable[..., None]], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        with self._turn:
            self._cancel.clear()
            self.started.emit(label)
            try:
                with listening(self._progress):
                    result = work(self._progress)
            except Cancelled:
                self.post(self._end)
            except Exception as error:  # noqa: BLE001  handed to the window, which shows it
                self.post(partial(self._end_failed, error, failed))
            else:
                self.post(partial(self._end_done, result, done))

    def _progress(self, done: int, of: int, what: str = "") -> None:
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, of, what)

    def _end_done(self, result: Any, done: Callable[[Any], object] | None) -> None:
        self._end()
        if done is not None:
            done(result)

    def _end_failed(self, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        self._end()
        if failed is not None:
            failed(error)
        else:
            self.failed.emit(error)

    def _end(self) -> None:
        self._jobs -= 1
        self.finished.emit()

    @Slot(object)
    def _call(self, call: Callable[[], object]) -> None:
        call()
