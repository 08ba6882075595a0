"""The risk book: open risks with their cells, what is above appetite, what moved. Matrix, list and pack ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pmo_desktop.figures.history import cells_at
from pmo_desktop.figures.risks import is_open
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.rules.risk import DIMENSIONS, LAYERS, Cell, Ratings, Scheme, impact_of, rate, spot_of
from pmo_desktop.rules.words import ActionStatus, RiskType
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_rows, read_settings

Row = Mapping[str, Any]
Spot = tuple[int, int]  # likelihood, impact
_MOVING = (
    "prob_inherent",
    "impact_inherent",
    "prob_residual",
    "impact_residual",
    *(f"impact_{each}" for each in DIMENSIONS),
)
_ENDED_ACTIONS = (ActionStatus.COMPLETE, ActionStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class RiskFigures:
    """One open risk. `spots`: its cells by rating, and `before` where it stood; `now` is the cell that counts."""

    row: Row
    spots: Mapping[str, Spot]
    ratings: Ratings
    now: Cell | None
    above: bool
    overdue: int  # actions past due on the data date

    @property
    def id(self) -> str:
        """The risk's identity."""
        return str(self.row["id"])

    @property
    def called(self) -> str:
        """Its reference, else its title."""
        return str(self.row.get("ref") or self.row.get("title") or "unnamed")

    @property
    def spot(self) -> Spot | None:
        """The cell it stands in now: residual, or inherent where no control was rated."""
        return self.spots.get("current")

    @property
    def is_opportunity(self) -> bool:
        """Whether it would help."""
        return self.row.get("type") == RiskType.OPPORTUNITY


@dataclass(frozen=True, slots=True)
class RiskBook:
    """The open risks, the highest score first and those without one last; `since` is the day they are compared with."""

    scheme: Scheme
    appetite: float
    risks: tuple[RiskFigures, ...]
    closed: int
    since: date | None
    late: tuple[Row, ...]  # actions of open risks past due, the latest first

    @property
    def above(self) -> tuple[RiskFigures, ...]:
        """The risks above appetite."""
        return tuple(each for each in self.risks if each.above)

    @property
    def moved(self) -> tuple[RiskFigures, ...]:
        """The risks that stand in another cell than on the day compared with."""
        return tuple(each for each in self.risks if each.spots.get("before") not in (None, each.spot))

    @property
    def bands(self) -> dict[str, int]:
        """How many open risks each band of threats holds, the worst first; bands of opportunities after them."""
        counted = Counter(each.now.band for each in self.risks if each.now)
        return {name: counted[name] for name in dict.fromkeys((*reversed(self.scheme.bands), *sorted(counted)))}

    @property
    def cells(self) -> dict[Spot, tuple[RiskFigures, ...]]:
        """The risks by the cell they stand in."""
        found: dict[Spot, list[RiskFigures]] = {}
        for each in self.risks:
            if each.spot:
                found.setdefault(each.spot, []).append(each)
        return {spot: tuple(risks) for spot, risks in found.items()}

    def above_cells(self) -> dict[Spot, bool]:
        """Of every cell whether it lies above appetite."""
        return {(way, size): cell.score >= self.appetite for way, size, cell in self.scheme.cells()}


def read_risk_book(store: Store, day: date | None = None, since: date | None = None) -> RiskBook:
    """The open risks judged by a day, else by the data date, and compared with the end of another day."""
    settings = read_settings(store)
    today = day or data_date(settings)
    scheme = scheme_of(store, today)
    rows = read_rows(store, "risk")
    before = spots_at(store, rows, since) if since else {}
    late = late_actions(read_rows(store, "mitigation"), today)
    overdue = Counter(row["risk"] for row in late)
    appetite = settings["risk_appetite"]
    limit = default_appetite(scheme) if appetite is None else appetite
    found = [judge_risk(row, scheme, limit, before.get(row["id"]), overdue[row["id"]]) for row in rows if is_open(row)]
    found.sort(key=lambda each: (-(each.now.score if each.now else -1), each.called, each.id))
    there = {each.id for each in found}
    late = [row for row in late if row["risk"] in there]
    return RiskBook(scheme, limit, tuple(found), len(rows) - len(found), since, tuple(late))


def judge_risk(row: Row, scheme: Scheme, appetite: float, before: Spot | None = None, overdue: int = 0) -> RiskFigures:
    """What a risk's ratings are worth; its own appetite counts before the portfolio's."""
    spots = {name: spot for name in LAYERS if (spot := spot_of(scheme, row, name))}
    current = spots.get("residual") or spots.get("inherent")
    now, helps = None, row.get("type") == RiskType.OPPORTUNITY
    if current:
        spots["current"] = current
        now = scheme.judge(*current, opportunity=helps)
    if before:
        spots["before"] = before
    own = row.get("appetite")
    above = now is not None and not helps and now.score >= (appetite if own is None else own)
    return RiskFigures(row, spots, rate(scheme, row), now, above, overdue)


def default_appetite(scheme: Scheme) -> float:
    """The least score of the second-worst band: what most organisations begin to worry at."""
    level = max(1, len(scheme.bands) - 2)
    return min((cell.score for _, _, cell in scheme.cells() if cell.level >= level), default=0.0)


def late_actions(actions: Iterable[Row], today: date) -> list[Row]:
    """Risk actions past due that are not done, the latest first."""
    late = [
        row
        for row in actions
        if row["due"] and row["due"] < today and row["done"] is None and row["status"] not in _ENDED_ACTIONS
    ]
    return sorted(late, key=lambda row: (row["due"], row["description"], row["id"]))


def spots_at(store: Store, rows: Collection[Row], since: date) -> dict[str, Spot]:
    """Where risks stood at the end of a day, of those that were there."""
    # Not the reader's zone: a pack is the same everywhere.
    midnight = datetime.combine(since + timedelta(days=1), time(), tzinfo=UTC)
    held = cells_at(store, "risk", _MOVING, midnight)
    found = {}
    for row in rows:
        cells = {name: row[name] for name in _MOVING} | held.get(row["id"], {})
        for rating in ("residual", "inherent"):
            way, size = cells[f"prob_{rating}"], impact_of(cells, rating)
            if way and size:
                found[row["id"]] = (way, size)
                break
    return found
