"""Simulation: 10,000 trials of 500 risks, beside the bare numbers drawn only where a risk happens."""

from __future__ import annotations

import statistics
import sys

import numpy as np

from pmo_desktop.rules.simulation import Correlation, SimulatedRisk, simulate
from pmo_desktop.rules.spread import Spread
from tests.bench.ratio import Board, time_once, time_rivals

RISKS, TRIALS, ROUNDS = 500, 10_000, 9
CHUNK = 500
RATIO = 1.5  # of the bare draws
CORRELATED = 1_000.0  # milliseconds


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"Simulation: {TRIALS:,} trials of {RISKS} risks")
    risks = make_risks()
    chances = np.array([risk.probability for risk in risks])

    def bare() -> None:
        """Triangular amounts where a risk happens, in chunks, and two percentiles."""
        draw = np.random.default_rng(1)
        total = np.empty(TRIALS)
        for first in range(0, TRIALS, CHUNK):
            hit = draw.random((CHUNK, RISKS)) < chances
            amounts = np.zeros((CHUNK, RISKS))
            amounts[hit] = draw.triangular(1.0, 3.0, 9.0, int(hit.sum()))
            total[first : first + CHUNK] = amounts.sum(axis=1)
        np.percentile(total, [50, 80])

    def ours() -> None:
        """The portfolio and its 50 projects, with what drives them."""
        run = simulate(risks)
        run.portfolio.percentile(0.8)

    times = time_rivals({"bare": bare, "ours": ours}, ROUNDS)
    board.compare("independent risks, with 50 projects and drivers", times["ours"], times["bare"], RATIO)
    together = Correlation({f"group {row}": 0.5 for row in range(8)}, {("group 0", "group 1"): 0.2})
    correlated = statistics.median(time_once(lambda: simulate(risks, correlation=together)) for _ in range(ROUNDS))
    board.hold("correlated by 8 categories", 1_000 * correlated, CORRELATED)
    return board.exit_code()


def make_risks() -> list[SimulatedRisk]:
    """Triangular amounts, probabilities from 0 to 60 %, ten risks a project."""
    chances = np.random.default_rng(0).uniform(0, 0.6, RISKS)
    return [
        SimulatedRisk(
            f"R-{row}",
            float(chance),
            Spread.triangular(1.0, 2.0 + row % 3, 9.0),
            ((row % 50, 1.0),),
            f"group {row % 8}",
        )
        for row, chance in enumerate(chances)
    ]


if __name__ == "__main__":
    sys.exit(main())
