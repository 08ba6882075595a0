"""Benchmarks that mean something on any machine: things side by side in one run, as ratios with their limits."""

from __future__ import annotations

import gc
import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Board:
    """The lines of one benchmark, printed as they come; `exit_code` is 1 when a limit was passed."""

    title: str
    missed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"{self.title}\n  {'what':<52}{'measured':>12}{'against':>12}{'ratio':>8}{'limit':>8}")

    def compare(self, what: str, measured: float, against: float, limit: float | None, unit: str = "s") -> None:
        """One line: what was measured, what it is compared with, their ratio, and the most it may be."""
        ratio = measured / against
        self._print(what, f"{measured:.3g} {unit}", f"{against:.3g} {unit}", ratio, limit)

    def hold(self, what: str, measured: float, limit: float, unit: str = "ms") -> None:
        """One line without a peer: a measure and the most it may be."""
        self._print(what, f"{measured:.3g} {unit}", f"{limit:.3g} {unit}", measured / limit, 1.0)

    def tell(self, what: str, measured: str) -> None:
        """One line that has no limit."""
        print(f"  {what:<52}{measured:>12}", flush=True)

    def exit_code(self) -> int:
        """0 when every limit was held."""
        for what in self.missed:
            print(f"  over its limit: {what}", file=sys.stderr)
        return 1 if self.missed else 0

    def _print(self, what: str, measured: str, against: str, ratio: float, limit: float | None) -> None:
        bound = "" if limit is None else f"{limit:.2f}"
        late = limit is not None and ratio > limit
        print(f"  {what:<52}{measured:>12}{against:>12}{ratio:>8.2f}{bound:>8}{'  OVER' if late else ''}", flush=True)
        if late:
            self.missed.append(what)


def time_rivals(rivals: Mapping[str, Callable[[], object]], rounds: int = 3) -> dict[str, float]:
    """Seconds each rival takes, the median of interleaved rounds, so that a noisy moment meets them all."""
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, deed in rivals.items():
            taken[name].append(time_once(deed))
    return {name: statistics.median(times) for name, times in taken.items()}


def time_once(deed: Callable[[], object]) -> float:
    """Seconds one call takes, rubbish collected before."""
    gc.collect()
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def growth_exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The exponent k of seconds ~ size**k by least squares on logarithms: 1 is linear, 2 quadratic."""
    xs, ys = [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    mean_x, mean_y = statistics.mean(xs), statistics.mean(ys)
    over = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - mean_x) ** 2 for x in xs)
