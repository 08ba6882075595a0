"""Where things stand on a risk matrix: its cells, its chips, and the chip that counts those a cell has no room for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

from pmo_desktop.rules.risk import Scheme

Spot = tuple[int, int]  # likelihood, impact; from 1


class Layer(StrEnum):
    """Which rating places the chips; movement shows residual ones with where they came from."""

    RESIDUAL = "Residual"
    INHERENT = "Inherent"
    TARGET = "Target"
    MOVEMENT = "Movement"

    @property
    def placed_by(self) -> str:
        """The rating that places chips in this layer."""
        return "residual" if self is Layer.MOVEMENT else self.value.lower()


@dataclass(frozen=True, slots=True)
class Chip:
    """One risk: its short name, what it is called, and its spots by rating: inherent, residual, target, before.

    `helps`: that it is an opportunity, drawn with pointed ends. `appetite`: the score from which it is above its own.
    """

    id: str
    name: str
    title: str
    spots: Mapping[str, Spot] = field(default_factory=dict)
    helps: bool = False
    appetite: float | None = None

    @property
    def moved(self) -> tuple[Spot, Spot] | None:
        """From where it stood in the last pack to where it stands now; None when it did not move."""
        before, now = self.spots.get("before"), self.spots.get("residual")
        return (before, now) if before and now and before != now else None

    def is_above(self, spot: Spot, scheme: Scheme, above: Mapping[Spot, bool]) -> bool:
        """Whether it lies above appetite in a cell: its own where it has one; an opportunity never does."""
        if self.helps or spot not in above:
            return False
        return above[spot] if self.appetite is None else scheme.weigh(*spot) >= self.appetite


@dataclass(frozen=True, slots=True)
class Placed:
    """A chip on the matrix, or the one that stands for `hidden` others of its cell."""

    rect: QRectF
    spot: Spot
    chip: Chip | None
    hidden: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a matrix inside a rectangle: likelihood upwards, impact to the right."""

    area: QRectF
    likelihoods: int
    impacts: int
    gap: float = 2.0

    def cell(self, spot: Spot) -> QRectF:
        """The rectangle of a cell."""
        width, height = self.area.width() / self.impacts, self.area.height() / self.likelihoods
        left = self.area.left() + (spot[1] - 1) * width
        top = self.area.top() + (self.likelihoods - spot[0]) * height
        return QRectF(left, top, width, height).adjusted(0, 0, -self.gap, -self.gap)

    def spot_at(self, place: QPointF) -> Spot | None:
        """The cell under a place; None beside the matrix."""
        if not self.area.contains(place):
            return None
        column = int((place.x() - self.area.left()) * self.impacts / self.area.width())
        row = int((place.y() - self.area.top()) * self.likelihoods / self.area.height())
        return max(1, self.likelihoods - row), min(self.impacts, column + 1)

    def step(self, spot: Spot, up: int, right: int) -> Spot:
        """The cell so many steps away, held at the edge."""
        return min(self.likelihoods, max(1, spot[0] + up)), min(self.impacts, max(1, spot[1] + right))


@dataclass(frozen=True, slots=True)
class ChipSize:
    """How large chips are drawn, and how far they stand apart."""

    width: float
    height: float
    pad: float
    head: float  # room for the cell's score above its chips
    least: float = 0.0  # a chip takes the room beside it before it gets narrower than this


def place_chips(chips: Sequence[Chip], rating: str, grid: Grid, size: ChipSize, first: str = "") -> list[Placed]:
    """The chips with that rating, cell by cell from the top left; what does not fit is one counting chip.

    `first`: the id of a chip that is never hidden.
    """
    by_spot: defaultdict[Spot, list[Chip]] = defaultdict(list)
    for chip in chips:
        spot = chip.spots.get(rating)
        if spot and spot[0] <= grid.likelihoods and spot[1] <= grid.impacts:
            by_spot[spot].append(chip)
    found = []
    for spot in sorted(by_spot, key=lambda each: (-each[0], each[1])):
        found += _fill(sorted(by_spot[spot], key=lambda chip: chip.id != first), spot, grid.cell(spot), size)
    return found


def _fill(chips: list[Chip], spot: Spot, cell: QRectF, size: ChipSize) -> list[Placed]:
    side = min(size.pad, max(1.0, (cell.width() - size.least) / 2))
    wide, high = min(size.width, cell.width() - 2 * side), min(size.height, cell.height() - 2)
    head = min(size.head, cell.height() - high - 1)  # in a low cell the chip stands over the score
    columns = max(1, int((cell.width() - size.pad) // (wide + size.pad)))
    rows = max(1, int((cell.height() - head) // (high + size.pad)))
    room = columns * rows
    shown = chips if len(chips) <= room else chips[: room - 1]
    rects = [
        QRectF(
            cell.left() + side + (number % columns) * (wide + size.pad),
            cell.top() + head + (number // columns) * (high + size.pad),
            wide,
            high,
        )
        for number in range(min(room, len(chips)))
    ]
    placed = [Placed(rect, spot, chip) for rect, chip in zip(rects, shown, strict=False)]
    if len(shown) < len(chips):
        placed.append(Placed(rects[len(shown)], spot, None, tuple(chips[len(shown) :])))
    return placed


def placed_at(placed: Sequence[Placed], place: QPointF) -> Placed | None:
    """The chip under a place."""
    return next((each for each in placed if each.rect.contains(place)), None)


def appetite_edges(grid: Grid, above: Mapping[Spot, bool]) -> list[tuple[QPointF, QPointF]]:
    """The pieces of the line between cells within appetite and those above it."""
    edges = []
    for likelihood in range(1, grid.likelihoods + 1):
        for impact in range(1, grid.impacts + 1):
            here = grid.cell((likelihood, impact)).adjusted(0, 0, grid.gap, grid.gap).translated(-1, -1)
            if impact > 1 and above[likelihood, impact] != above[likelihood, impact - 1]:
                edges.append((here.topLeft(), here.bottomLeft()))
            if likelihood > 1 and above[likelihood, impact] != above[likelihood - 1, impact]:
                edges.append((here.bottomLeft(), here.bottomRight()))
    return edges


def nearest(placed: Sequence[Placed], here: Placed | None, right: int, down: int) -> Placed | None:
    """The chip that an arrow key goes to: the nearest on that side, those straight ahead before those aside."""
    if here is None:
        return placed[0] if placed else None
    at = here.rect.center()
    best, least = None, float("inf")
    for each in placed:
        off = each.rect.center() - at
        ahead, aside = (off.x() * right, abs(off.y())) if right else (off.y() * down, abs(off.x()))
        cost = ahead + 2 * aside
        if ahead > 1 and cost < least:
            best, least = each, cost
    return best
