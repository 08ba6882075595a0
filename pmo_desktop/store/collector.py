"""When Python looks for rings of dead objects: not during work that makes a million small things and no rings.

Where there are windows, never by itself: a widget that a worker's thread takes apart takes the process with it (tried:
at the first one). The window's thread looks instead, with `collect_due`.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Works:
    """How many works go on, in whatever threads, that want no collector."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0

    def add(self, more: int) -> None:
        with self.lock:
            self.count += more


_WORKS = _Works()


@contextmanager
def without_collector() -> Iterator[None]:
    """Looking for rings costs a third of the time of such work, and holds every thread for a tenth of a second."""
    was_on = gc.isenabled()
    gc.disable()
    _WORKS.add(1)
    try:
        yield
    finally:
        _WORKS.add(-1)
        if was_on:
            gc.enable()


def collect_due() -> None:
    """Look for rings in the calling thread, if Python would have by now; not during work without a collector."""
    counts, most = gc.get_count(), gc.get_threshold()
    if _WORKS.count == 0 and counts[0] > most[0]:
        gc.collect(max(generation for generation in range(3) if counts[generation] > most[generation]))
