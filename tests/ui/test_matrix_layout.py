"""Where chips lie on a risk matrix: in their cells, counted where there is no room, and found by arrow keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from pmo_desktop.rules.risk import FIVE_BY_FIVE, SCHEMES, Scheme
from pmo_desktop.ui.matrix.layout import Chip, ChipSize, Grid, Placed, Spot, appetite_edges, nearest, place_chips

SIZE = ChipSize(52, 21, 5, 24)
GRID = Grid(QRectF(100, 0, 450, 500), 5, 5)


def chips(count: int, spot: Spot = (3, 3)) -> list[Chip]:
    return [Chip(f"r{number}", f"R-{number}", "", {"residual": spot}) for number in range(count)]


@pytest.mark.parametrize("scheme", SCHEMES, ids=[each.name for each in SCHEMES])
def test_every_cell_is_found_at_its_own_middle(scheme: Scheme) -> None:
    grid = Grid(QRectF(10, 20, 300, 400), scheme.likelihoods, scheme.impacts)
    for likelihood, impact, _ in scheme.cells():
        assert grid.spot_at(grid.cell((likelihood, impact)).center()) == (likelihood, impact)
    assert grid.spot_at(QPointF(0, 0)) is None


def test_likelihood_goes_up_and_impact_to_the_right() -> None:
    assert GRID.cell((5, 1)).top() < GRID.cell((1, 1)).top()
    assert GRID.cell((1, 5)).left() > GRID.cell((1, 1)).left()
    assert GRID.step((5, 5), 1, 1) == (5, 5)
    assert GRID.step((3, 3), -1, 1) == (2, 4)


@pytest.mark.parametrize(("count", "shown", "hidden"), [(0, 0, 0), (1, 1, 0), (2, 2, 0), (3, 2, 1), (2_000, 1, 1_999)])
def test_chips_without_room_are_counted_by_one_chip(count: int, shown: int, hidden: int) -> None:
    small = Grid(QRectF(0, 0, 300, 400), 5, 5)
    placed = place_chips(chips(count), "residual", small, SIZE)
    counted = sum(len(each.hidden) for each in placed)
    assert sum(each.chip is not None for each in placed) + counted == count
    assert all(small.cell((3, 3)).contains(each.rect) for each in placed)
    if count > 3:
        assert counted == count - sum(each.chip is not None for each in placed)


def test_the_chosen_risk_is_never_hidden() -> None:
    placed = place_chips(chips(50), "residual", GRID, SIZE, "r49")
    assert placed[0].chip is not None
    assert placed[0].chip.id == "r49"


def test_a_risk_without_that_rating_or_beyond_the_scheme_is_not_placed() -> None:
    assert place_chips([Chip("a", "A", "", {"target": (1, 1)}), *chips(1, (9, 9))], "residual", GRID, SIZE) == []


def test_the_appetite_line_parts_the_cells_above_from_those_within() -> None:
    above = {(likelihood, impact): cell.score >= 12 for likelihood, impact, cell in FIVE_BY_FIVE.cells()}
    edges = appetite_edges(GRID, above)
    assert len(edges) == 6  # two cells high, then one to the right, one down, two to the right
    assert appetite_edges(GRID, dict.fromkeys(above, False)) == []


def test_arrow_keys_go_to_the_nearest_chip_on_their_side() -> None:
    spots: list[Spot] = [(3, 3), (3, 5), (5, 3), (1, 3), (3, 1)]
    placed = place_chips([Chip(f"{spot}", "", "", {"residual": spot}) for spot in spots], "residual", GRID, SIZE)
    middle = next(each for each in placed if each.spot == (3, 3))

    def to(right: int, down: int) -> Spot | None:
        found = nearest(placed, middle, right, down)
        return found.spot if found else None

    assert [to(1, 0), to(0, -1), to(0, 1), to(-1, 0)] == [(3, 5), (5, 3), (1, 3), (3, 1)]
    corner = next(each for each in placed if each.spot == (3, 5))
    assert nearest(placed, corner, 1, 0) is None
    first: list[Placed] = []
    assert nearest(first, None, 1, 0) is None
    assert nearest(placed, None, 1, 0) is placed[0]


def test_in_a_low_cell_a_chip_stays_inside_over_the_score() -> None:
    grid = Grid(QRectF(0, 0, 360, 9 * 20), 9, 9)
    chips = [Chip(str(number), f"R-{number}", "", {"residual": (5, 5)}) for number in range(30)]
    placed = place_chips(chips, "residual", grid, ChipSize(52, 21, 4, 24, 40))
    assert placed
    assert all(grid.cell((5, 5)).contains(each.rect) for each in placed)
