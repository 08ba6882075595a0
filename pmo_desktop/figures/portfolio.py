"""The portfolio on the data date: counts, totals, milestones due, what needs attention, and what moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.attention import NOTHING, Attention, Finding, list_attention
from pmo_desktop.figures.material import Material, Row, read_material
from pmo_desktop.figures.milestones import MilestoneFigures, is_due, open_milestones
from pmo_desktop.figures.outlook import read_outlook
from pmo_desktop.figures.projects import ProjectFigures, figures_by_project, read_rating
from pmo_desktop.figures.shortage import find_shortages
from pmo_desktop.figures.totals import MoneyTotal, StatusCount, count_statuses, total_money
from pmo_desktop.rules.words import ENDED, ProjectStatus, Rag, Trend
from pmo_desktop.store.file import Store

NO_PROGRAMME = "No programme"
_UNRATED_BADNESS = 0.5  # not rated stands after green, before complete


@dataclass(frozen=True, slots=True)
class Move:
    """A project whose rating differs from the one in the report before; a rating is None when it had none."""

    project: str
    before: str | None
    now: str | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    """One programme's projects, worst first, with subtotals; `programme` is None for projects without one."""

    programme: str | None
    name: str
    projects: tuple[str, ...]
    statuses: tuple[StatusCount, ...]
    totals: tuple[MoneyTotal, ...]
    reports_due: int
    missing: tuple[str, ...]  # projects whose report is older than the cycle, or that never reported

    @property
    def reports_in(self) -> int:
        """How many reports of this cycle have come."""
        return self.reports_due - len(self.missing)


@dataclass(frozen=True, slots=True)
class PortfolioFigures:
    """Everything about the open projects: those neither proposed, closed nor cancelled."""

    data_date: date
    projects: tuple[str, ...]  # worst first
    proposed: int
    ended: int
    statuses: tuple[StatusCount, ...]
    totals: tuple[MoneyTotal, ...]
    due: tuple[MilestoneFigures, ...]  # in the next 30 days
    overdue: tuple[MilestoneFigures, ...]
    attention: tuple[Attention, ...]
    programmes: tuple[ProgrammeFigures, ...]  # worst first, those without a programme last
    moves: tuple[Move, ...]  # worse first
    since: date | None  # the latest day of the reports before; None when there are none

    @property
    def due_late(self) -> int:
        """How many of the milestones due are forecast after their baseline."""
        return sum(each.is_late for each in self.due)

    @property
    def reports_due(self) -> int:
        """How many projects owe a report each cycle."""
        return sum(each.reports_due for each in self.programmes)

    @property
    def reports_in(self) -> int:
        """How many of them have sent it."""
        return sum(each.reports_in for each in self.programmes)


def portfolio_figures(store: Store, data_date: date | None = None) -> PortfolioFigures:
    """The figures of the whole file, judged by the day given, else by its data date, else by today."""
    material = read_material(store, data_date)
    shortages = find_shortages(read_outlook(store, material.data_date), material.data_date)
    return figure_portfolio(material, figures_by_project(material), shortages)


def figure_portfolio(
    material: Material, figures: dict[str, ProjectFigures], shortages: Mapping[str, Sequence[Finding]] = NOTHING
) -> PortfolioFigures:
    """The figures of the portfolio from those of its projects; `shortages`: what these lack in people."""
    rows = sorted((row for row in material.projects if is_open(row)), key=lambda row: worst_first(row, figures))
    milestones = open_milestones(material, [row["id"] for row in rows])
    states = [row.get("lifecycle_status") for row in material.projects]
    return PortfolioFigures(
        data_date=material.data_date,
        projects=tuple(row["id"] for row in rows),
        proposed=states.count(ProjectStatus.PROPOSED),
        ended=sum(state in ENDED for state in states),
        statuses=count_statuses(rows, figures, material),
        totals=total_money(rows, material),
        due=tuple(each for each in milestones if is_due(each, material.data_date)),
        overdue=tuple(each for each in milestones if each.overdue),
        attention=list_attention(rows, figures, material, shortages),
        programmes=_figure_programmes(rows, figures, material),
        moves=_list_moves(rows, figures),
        since=max((day for row in rows if (day := figures[row["id"]].rag_prev_on)), default=None),
    )


def is_open(row: Row) -> bool:
    """Whether a project counts in the portfolio; one whose status nobody has said does."""
    return row.get("lifecycle_status") not in (*ENDED, ProjectStatus.PROPOSED)


def worst_first(row: Row, figures: dict[str, ProjectFigures]) -> tuple[float, bool, float, str, str]:
    """Order of projects: by rating, then those that worsened, then the larger slip, then by reference and name."""
    found = figures[row["id"]]
    return (
        -_badness(row),
        found.rag_trend is not Trend.WORSE,
        -(found.slip_days or 0),
        row.get("ref") or row.get("name") or "",
        row["id"],
    )


def _badness(row: Row) -> float:
    rating = read_rating(row.get("rag_overall"))
    return _UNRATED_BADNESS if rating is None else rating.badness


def _figure_programmes(
    rows: list[Row], figures: dict[str, ProjectFigures], material: Material
) -> tuple[ProgrammeFigures, ...]:
    grouped: dict[str | None, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.get("programme"), []).append(row)

    def order(item: tuple[str | None, list[Row]]) -> tuple[bool, list[float], str]:
        programme, found = item
        return programme is None, [-_badness(row) for row in found[:3]], material.names.get(programme or "", "")

    return tuple(
        _figure_programme(programme, found, figures, material)
        for programme, found in sorted(grouped.items(), key=order)
    )


def _figure_programme(
    programme: str | None, rows: list[Row], figures: dict[str, ProjectFigures], material: Material
) -> ProgrammeFigures:
    due = [row for row in rows if row.get("rag_overall") != Rag.COMPLETE]
    return ProgrammeFigures(
        programme=programme,
        name=material.names.get(programme, "") if programme else NO_PROGRAMME,
        projects=tuple(row["id"] for row in rows),
        statuses=count_statuses(rows, figures, material),
        totals=total_money(rows, material),
        reports_due=len(due),
        missing=tuple(row["id"] for row in due if is_missing(figures[row["id"]], material)),
    )


def is_missing(figures: ProjectFigures, material: Material) -> bool:
    """Whether a project owes a report: its last is older than the cycle, or it never sent one."""
    return figures.report_age_days is None or figures.report_age_days > material.report_days


def _list_moves(rows: Iterable[Row], figures: dict[str, ProjectFigures]) -> tuple[Move, ...]:
    moves = [
        Move(row["id"], found.rag_prev, row.get("rag_overall"), found.rag_trend)
        for row in rows
        if (found := figures[row["id"]]).rag_prev_on and found.rag_prev != row.get("rag_overall")
    ]
    return tuple(sorted(moves, key=lambda move: move.trend is not Trend.WORSE))
