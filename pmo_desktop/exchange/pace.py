"""How far a plan has come, told in rows, and the way out of it: whoever listens may raise to end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
Progress = Callable[[int, int], object]  # rows done, of rows; what it raises ends the planning
_OFTEN = 1_000  # rows between two tellings: some hundredths of a second


def _nobody(_done: int, _of: int) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Pace:
    """Counts the work of a plan, every row as often as it is gone through, and tells it as rows."""

    tell: Progress = _nobody
    rows: int = 0
    passes: int = 1  # how often all rows together are gone through, once for each column too
    done: int = 0  # rows gone through so far

    def expect(self, sizes: Iterable[tuple[int, int]]) -> None:
        """Take the rows of each table, and how often they will be gone through."""
        pairs = list(sizes)
        self.rows = sum(rows for rows, _ in pairs)
        self.passes = sum(rows * passes for rows, passes in pairs)
        self.step(0)

    def step(self, rows: int) -> None:
        """So many rows were gone through."""
        self.done += rows
        self.tell(min(self.rows, self.rows * self.done // max(1, self.passes)), self.rows)

    def through(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items one by one, told every thousand."""
        for start in range(0, len(items), _OFTEN):
            part = items[start : start + _OFTEN]
            yield from part
            self.step(len(part))
