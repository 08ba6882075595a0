"""Exposure: what the open risks may cost and delay together, simulated from their ranges, and what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pmo_desktop.figures.risks import is_open
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.figures.trail import read_clusters
from pmo_desktop.rules.money import decimals, sign
from pmo_desktop.rules.risk import Exposure, Scheme, total_exposure
from pmo_desktop.rules.simulation import (
    SAMPLER,
    TRIALS,
    Correlation,
    Outcomes,
    SimulatedRisk,
    Simulation,
    simulate,
)
from pmo_desktop.rules.spread import BadSpreadError, Spread
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import ENDED, RiskType
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows, read_settings

Row = Mapping[str, Any]
DAYS = "days"  # beside the currencies: the other unit that risks are counted in
SHOWN = (0.1, 0.5, 0.8, 0.9)
_TEN = 10  # below it a decimal is shown (look.md)
CONFIDENCE = 0.8  # the percentile that contingency is needed for


class Layer(StrEnum):
    """Which rating says how likely a risk is: with the controls there are, or once all actions are done."""

    NOW = "residual"
    AFTER = "target"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A risk that no amount can be simulated for, and why."""

    risk: str
    called: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quantified:
    """One risk as it is simulated, in one unit; `projects`: the ids of those it hits, none for the portfolio alone."""

    risk: str
    called: str
    projects: tuple[str, ...]
    model: SimulatedRisk
    opportunity: bool


@dataclass(frozen=True, slots=True)
class ProjectExposure:
    """What one project's risks may take: percentiles in SHOWN's order, the mean, and the contingency it holds."""

    project: str
    name: str
    percentiles: tuple[float, ...]
    mean: float
    held: int | None


@dataclass(frozen=True, slots=True)
class Driver:
    """One risk's part of the total's variance, from 0 to 1 (below 0 when it makes the total steadier)."""

    risk: str
    called: str
    part: float
    expected: float
    happened: int


@dataclass(frozen=True, slots=True, eq=False)
class UnitExposure:
    """All risks of one unit, a currency (in minor units) or days.

    `before` and `after`: percentiles in SHOWN's order now, and once all actions are done as the target ratings say.
    `held`: the contingency of the open projects, None in days or where none is kept. `run`: the run behind `before`.
    """

    unit: str
    risks: tuple[Quantified, ...]
    expected: Exposure
    before: tuple[float, ...]
    after: tuple[float, ...]
    projects: tuple[ProjectExposure, ...]
    drivers: tuple[Driver, ...]
    held: int | None
    run: Simulation

    @property
    def needed(self) -> float:
        """The contingency that 80 of 100 simulated outcomes stay within."""
        return self.before[SHOWN.index(CONFIDENCE)]

    @property
    def short(self) -> float | None:
        """What the contingency held lacks of the one needed; below 0 is to spare. None where none is kept."""
        return None if self.held is None else self.needed - self.held


@dataclass(frozen=True, slots=True, eq=False)
class ExposureReport:
    """The exposure of a portfolio by unit, the largest number of risks first, and the risks that had to be left out."""

    seed: int
    trials: int
    units: tuple[UnitExposure, ...]
    left_out: tuple[LeftOut, ...]
    open_risks: int
    sampler: int = SAMPLER


def read_exposure(
    store: Store,
    seed: int = 1,
    trials: int = TRIALS,
    together: float = 0.0,
    only: Collection[str] | None = None,
    day: date | None = None,
) -> ExposureReport:
    """Simulate the open risks of a portfolio, or `only` those of them with these ids, by the scheme of a day.

    `together`: the correlation, from 0 to 1, of risks of one category. Raises ValueError outside it. A risk of the
    portfolio that others are gathered under hits their projects in equal parts; where those have amounts of their own
    they are counted in its place.
    """
    if not 0 <= together <= 1:
        raise ValueError(f"The correlation within a category lies between 0 and 1, not at {together:g}.")
    scheme, names = scheme_of(store, day), read_names(store)
    rows = [row for row in read_rows(store, "risk") if is_open(row) and (only is None or row["id"] in only)]
    currency = read_settings(store)["currency"]
    clusters = read_clusters(store)
    now, left_out = quantify(rows, scheme, currency, Layer.NOW, clusters)
    after, _ = quantify(rows, scheme, currency, Layer.AFTER, clusters)
    held = _held(read_rows(store, "project"), currency)
    units = [
        _expose(unit, risks, after.get(unit, []), names, held.get(unit, {}), seed, trials, together)
        for unit, risks in now.items()
    ]
    units.sort(key=lambda each: (-len(each.risks), each.unit))
    return ExposureReport(seed, trials, tuple(units), tuple(left_out), len(rows))


def amount_text(value: float, unit: str) -> str:
    """Minor units of a currency in thousands with one decimal under ten, or days."""
    if unit == DAYS:
        return f"{value:,.1f} d" if 0 < abs(value) < _TEN else f"{value:,.0f} d"
    thousands = value / 10 ** decimals(unit) / 1_000
    figure = f"{abs(thousands):,.1f}" if 0 < abs(thousands) < _TEN else f"{abs(thousands):,.0f}"
    return f"{'-' if thousands < 0 else ''}{sign(unit)}{figure}k"


def verb_of(unit: str) -> str:
    """What risks do in a unit: cost, or delay by."""
    return "delay by" if unit == DAYS else "cost"


def unit_words(each: UnitExposure) -> str:
    """The contingency needed in words, and what is held against it."""
    said = f"80 of 100 simulated outcomes {verb_of(each.unit)} at most {amount_text(each.needed, each.unit)}."
    if each.held is None or each.short is None:
        return said
    lacks = "short" if each.short > 0 else "to spare"
    held, off = amount_text(each.held, each.unit), amount_text(abs(each.short), each.unit)
    return f"{said} {held} is held: {off} {lacks}."


def exposure_words(report: ExposureReport) -> str:
    """What some risks may take together, a sentence for each unit: expected value and P80, with the seed."""
    opened = count_text(report.open_risks, "open risk")
    if not report.units:
        return f"{opened}; none has both a likelihood and a cost or days, so nothing can be added up."
    said = [
        f"80 of 100 simulated outcomes {verb_of(each.unit)} at most {amount_text(each.needed, each.unit)}; "
        f"expected value {amount_text(each.expected.net, each.unit)}."
        for each in report.units
    ]
    counted = max(len(each.risks) for each in report.units)
    part = "" if counted == report.open_risks else f", {counted:,} with amounts"
    return f"{opened}{part}, seed {report.seed}. {' '.join(said)}"


def quantify(
    rows: Sequence[Row],
    scheme: Scheme,
    currency: str,
    layer: Layer,
    clusters: Mapping[str, Collection[str]] | None = None,
) -> tuple[dict[str, list[Quantified]], list[LeftOut]]:
    """Risks with a likelihood and a range, by unit; the others with the reason why they are left out.

    `clusters`: the ids of the risks that stand under one of the portfolio, by its id.
    """
    found: defaultdict[str, list[Quantified]] = defaultdict(list)
    left_out = []
    homes = {row["id"]: row.get("project") for row in rows}
    under = {head: [each for each in members if each in homes] for head, members in (clusters or {}).items()}
    for row in rows:
        called = str(row.get("ref") or row.get("title") or "an unnamed risk")
        chance = probability_of(row, scheme, layer)
        try:
            spreads = _spreads(row, row.get("currency") or currency)
        except BadSpreadError as error:
            left_out.append(LeftOut(row["id"], called, str(error)))
            continue
        if chance is None or not spreads:
            reason = "It has no likelihood." if chance is None else "It has neither a cost nor days."
            left_out.append(LeftOut(row["id"], called, reason))
            continue
        helps = row.get("type") == RiskType.OPPORTUNITY
        hit = [row.get("project")] if row.get("project") else [homes[each] for each in under.get(row["id"], ())]
        projects = tuple(sorted({each for each in hit if each}))
        for unit, spread in spreads.items():
            model = SimulatedRisk(row["id"], chance, spread, group=row.get("category") or "")
            found[unit].append(Quantified(row["id"], called, projects, model, helps))
    return _count_once(found, under, left_out)


def _count_once(
    found: Mapping[str, list[Quantified]], under: Mapping[str, Collection[str]], left_out: list[LeftOut]
) -> tuple[dict[str, list[Quantified]], list[LeftOut]]:
    """Leave out of each unit the risks whose gathered ones have amounts in it: nothing is to be counted twice."""
    kept: dict[str, list[Quantified]] = {}
    twice: dict[str, str] = {}
    for unit, risks in found.items():
        counted = {each.risk for each in risks}
        heads = {head for head, members in under.items() if counted.intersection(members)}
        kept[unit] = [each for each in risks if each.risk not in heads]
        twice |= {each.risk: each.called for each in risks if each.risk in heads}
    reason = "What the risks gathered under it may take is counted in its place."
    left_out += [LeftOut(head, called, reason) for head, called in twice.items()]
    return {unit: risks for unit, risks in kept.items() if risks}, left_out


def probability_of(row: Row, scheme: Scheme, layer: Layer) -> float | None:
    """How likely a risk is, from 0 to 1: the middle of the part of the axis that its point stands for.

    Of five points they are 10, 30, 50, 70 and 90 %, as in domain.md c.1; a scheme with weights up to 1 has its own.
    What is not rated after actions is as now; without a residual rating the inherent one counts.
    """
    first = ("prob_target",) if layer is Layer.AFTER else ()
    point = next((row[name] for name in (*first, "prob_residual", "prob_inherent") if row.get(name)), None)
    if point is None or not 1 <= point <= scheme.likelihoods:
        return None
    weights = scheme.scores[0]
    if weights and max(weights) <= 1:
        return float(weights[point - 1])
    return float((point - 0.5) / scheme.likelihoods)


def _spreads(row: Row, currency: str) -> dict[str, Spread]:
    """The ranges of a risk by unit: three points make a triangle, one is certain; an opportunity's are below zero."""
    sign = -1 if row.get("type") == RiskType.OPPORTUNITY else 1
    found = {}
    for unit, prefix in ((currency, "cost"), (DAYS, "days")):
        least, likely, most = (row.get(f"{prefix}_{name}") for name in ("min", "likely", "max"))
        if (least, likely, most) != (None, None, None):
            found[unit] = _spread(least, likely, most, sign)
    return found


def _spread(least: float | None, likely: float | None, most: float | None, sign: int) -> Spread:
    """A missing likeliest amount lies in the middle; a missing end is the likeliest amount."""
    given = [each for each in (least, most) if each is not None]
    middle = sum(given) / len(given) if likely is None else likely
    ends = (middle if least is None else least, middle, middle if most is None else most)
    low, centre, high = ends if sign > 0 else tuple(-each for each in reversed(ends))
    return Spread.triangular(low, centre, high)


def _expose(
    unit: str,
    now: Sequence[Quantified],
    after: Sequence[Quantified],
    names: Mapping[str, str],
    held: Mapping[str, int],
    seed: int,
    trials: int,
    together: float,
) -> UnitExposure:
    projects = sorted({one for each in now for one in each.projects}, key=lambda one: (names.get(one, ""), one))
    place = {project: row for row, project in enumerate(projects)}
    groups = {each.model.group for each in now if each.model.group}
    correlation = Correlation(dict.fromkeys(groups, together), {}) if together and groups else None
    run = simulate(_placed(now, place), len(projects), seed, trials, correlation)
    counted = {each.risk for each in now}  # one that is rated for the target alone has no place in either
    left = [each for each in after if each.risk in counted]
    later = simulate(_placed(left, place), len(projects), seed, trials, correlation)
    expected = total_exposure((each.model.probability, abs(each.model.impact.mean), each.opportunity) for each in now)
    by_project = tuple(
        ProjectExposure(project, names.get(project, ""), _percentiles(outcome), outcome.mean, held.get(project))
        for project, outcome in zip(projects, run.projects, strict=True)
    )
    kept = sum(held.values()) if held else None
    drivers = _drivers(now, run)
    return UnitExposure(
        unit,
        tuple(now),
        expected,
        _percentiles(run.portfolio),
        _percentiles(later.portfolio),
        by_project,
        drivers,
        kept,
        run,
    )


def _placed(risks: Sequence[Quantified], place: Mapping[str, int]) -> list[SimulatedRisk]:
    """The risks with the projects they hit, each of these in equal parts."""
    return [
        replace(each.model, shares=tuple((place[one], 1 / len(each.projects)) for one in each.projects))
        for each in risks
    ]


def _percentiles(outcomes: Outcomes) -> tuple[float, ...]:
    return tuple(outcomes.percentile(share) for share in SHOWN)


def _drivers(risks: Sequence[Quantified], run: Simulation) -> tuple[Driver, ...]:
    """The risks by their part of the variance, the greatest first."""
    found = [
        Driver(each.risk, each.called, float(part), each.model.mean, int(happened))
        for each, part, happened in zip(risks, run.drivers, run.happened, strict=True)
    ]
    return tuple(sorted(found, key=lambda driver: (-driver.part, driver.called, driver.risk)))


def _held(projects: Iterable[Row], currency: str) -> dict[str, dict[str, int]]:
    """The contingency of open projects that keep one, by currency and project."""
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in projects:
        if row["contingency"] is not None and row["lifecycle_status"] not in ENDED:
            held[row["currency"] or currency][row["id"]] = row["contingency"]
    return held
