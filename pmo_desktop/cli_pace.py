"""How far a long command has come, as one line on the error stream of a terminal; Ctrl+C ends it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from pmo_desktop.store.pace import listening

_CLEAR = "\r\x1b[K"  # to the start of the line, and everything after it gone


@contextmanager
def telling() -> Iterator[None]:
    """Tell of the work done inside where somebody sits at a terminal; elsewhere it can only be ended."""
    line = _Line(sys.stderr)
    try:
        with listening(line.tell, every=0.1):
            yield
    finally:
        line.clear()


class _Line:
    """One line that is written over again and again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._shown = False

    def tell(self, done: int, of: int, what: str) -> None:
        """What is being done, and how much of it is done."""
        if self._stream and what:
            self._shown = True
            self._stream.write(f"{_CLEAR}{what}{f': {done:,} of {of:,}' if of else ''} ...")
            self._stream.flush()

    def clear(self) -> None:
        """Leave no trace of it before an answer is printed."""
        if self._stream and self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
