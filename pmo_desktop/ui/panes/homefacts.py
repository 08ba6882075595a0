"""What Home says: figures and sentences read from the portfolio, without any window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pmo_desktop.figures.attention import Attention
from pmo_desktop.figures.material import Material, read_material
from pmo_desktop.figures.outlook import WEEKS, Outlook, read_outlook
from pmo_desktop.figures.portfolio import PortfolioFigures, figure_portfolio
from pmo_desktop.figures.projects import ProjectFigures, figures_by_project
from pmo_desktop.figures.shortage import find_shortages
from pmo_desktop.figures.statuses import MonthStatuses, statuses_by_month
from pmo_desktop.operations.history import Deed, latest_batches
from pmo_desktop.rules.wording import (
    COUNTS,
    MONTHS,
    count_text,
    count_words,
    day_month,
    growth_text,
    money_text,
    percent_text,
    span_words,
)
from pmo_desktop.store.file import Store

WEEKS_AHEAD = timedelta(days=28)
_LATEST = 8
_MOST_KPIS = 4  # beside the projects by status
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key figure: what it is, its value, and a line that puts it in proportion."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One thing of the next four weeks; `project` is empty for the board."""

    day: date
    title: str
    note: str
    icon: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class Nudge:
    """A project that needs something: how it stands, why, what to do and by when."""

    project: str
    rag: str | None
    name: str
    ref: str
    reason: str
    action: str
    day: str


@dataclass(frozen=True, slots=True)
class Compliance:
    """One programme's status reports of this cycle: who has reported, and who longest has not."""

    name: str
    reported: int
    due: int
    note: str


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """What a programme is forecast to cost, and how far that lies from its budget."""

    name: str
    eac: str
    percent: float | None
    variance: str


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything that Home shows on one data date."""

    day: date
    portfolio: PortfolioFigures
    kpis: tuple[Kpi, ...]
    nudges: tuple[Nudge, ...]
    upcoming: tuple[Upcoming, ...]
    months: tuple[MonthStatuses, ...]
    compliance: tuple[Compliance, ...]
    programmes: tuple[ProgrammeMoney, ...]
    latest: tuple[Deed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no project at all, of whatever status."""
        return not (self.portfolio.projects or self.portfolio.proposed or self.portfolio.ended)


_NO_PORTFOLIO = PortfolioFigures(date.min, (), 0, 0, (), (), (), (), (), (), (), None)
NOTHING_YET = HomeFacts(date.min, _NO_PORTFOLIO, (), (), (), (), (), (), ())


def read_home(store: Store) -> HomeFacts:
    """Read the file once and work out all that Home says."""
    material = read_material(store)
    figures = figures_by_project(material)
    outlook = read_outlook(store, material.data_date)
    portfolio = figure_portfolio(material, figures, find_shortages(outlook, material.data_date))
    rows = {row["id"]: row for row in material.projects}
    return HomeFacts(
        day=material.data_date,
        portfolio=portfolio,
        kpis=tuple(_list_kpis(portfolio, figures, outlook)),
        nudges=tuple(_nudge(each, rows[each.project], material.data_date) for each in portfolio.attention),
        upcoming=_list_upcoming(material, portfolio, rows),
        months=statuses_by_month(material, portfolio.projects),
        compliance=_list_compliance(portfolio, figures, rows),
        programmes=_list_money(portfolio),
        latest=tuple(latest_batches(store, _LATEST)),
    )


def nudge_title(count: int) -> str:
    """The title over what needs attention."""
    return f"{count_words(count, 'project needs', 'projects need')} a decision or a nudge"


def months_title(months: tuple[MonthStatuses, ...]) -> str:
    """What happened to the reds since the month before."""
    now, before = months[-1].counts["R"], months[-2].counts["R"]
    words = count_words(now, "red project") if now else "No red projects"
    month = MONTHS[months[-2].on.month - 1]
    if now == before:
        return f"{words}, as in {month}"
    was = "none" if not before else COUNTS[before] if before < len(COUNTS) else f"{before:,}"
    return f"{words}, {'up' if now > before else 'down'} from {was} in {month}"


def compliance_title(portfolio: PortfolioFigures) -> str:
    """How many reports are in."""
    due, came = portfolio.reports_due, portfolio.reports_in
    if came == due:
        return "All status reports are in"
    return f"{came:,} of {due:,} status reports {'is' if came == 1 else 'are'} in"


def money_title(programmes: tuple[ProgrammeMoney, ...]) -> str:
    """How many programmes are forecast over their budget."""
    over = sum(each.percent is not None and each.percent > 0 for each in programmes)
    if not over:
        return "No programme runs over budget"
    return f"{count_words(over, 'programme runs', 'programmes run')} over budget"


def _list_money(portfolio: PortfolioFigures) -> tuple[ProgrammeMoney, ...]:
    """A line a programme and currency that has a budget and an estimate, the largest overrun first."""
    found = [
        ProgrammeMoney(
            each.name,
            money_text(total.eac or 0, total.currency),
            total.variance_pct,
            growth_text(total.variance_pct),
        )
        for each in portfolio.programmes
        for total in each.totals
        if total.variance_pct is not None
    ]
    return tuple(sorted(found, key=lambda each: -(each.percent or 0)))


def _list_kpis(portfolio: PortfolioFigures, figures: dict[str, ProjectFigures], outlook: Outlook) -> list[Kpi]:
    found = [each for each in (_kpi_eac(portfolio), _kpi_spent(portfolio)) if each is not None]
    due, late = len(portfolio.due), portfolio.due_late
    note = f"{count_text(late, 'is', 'are')} forecast late" if late else "None is late" if due else "No dates this near"
    if portfolio.overdue:
        note += f", {len(portfolio.overdue):,} overdue"
    found.append(Kpi("Milestones due in 30 days", f"{due:,}", note))
    slips = [days for each in portfolio.projects if (days := figures[each].slip_days) is not None]
    behind = [days for days in slips if days > 0]
    if slips:
        worst = f"of {len(slips):,}, the worst by {span_words(max(behind))}" if behind else "All on time"
        found.append(Kpi("Forecast to finish late", f"{len(behind):,}", worst))
    capacity = _kpi_capacity(outlook)
    return [*found[: _MOST_KPIS - 1], capacity] if capacity else found


def _kpi_capacity(outlook: Outlook) -> Kpi | None:
    """How much of everybody's time is booked; None while nobody is, or has time."""
    share = outlook.share.value
    if share is None or not outlook.has_bookings:
        return None
    over = outlook.over_weeks
    note = count_text(over, "over-booked person-week") if over else "Nobody is over-booked"
    return Kpi(f"Capacity, next {WEEKS} weeks", f"{round(share * _WHOLE):,}%", note)


def _kpi_eac(portfolio: PortfolioFigures) -> Kpi | None:
    totals = [each for each in portfolio.totals if each.eac is not None]
    if not totals:
        return None
    first = totals[0]
    value = money_text(first.eac or 0, first.currency)
    if first.variance is None or first.budget is None:
        note = "No budget to compare with"
    else:
        compared = money_text((first.budget), first.currency)
        note = f"{money_text(first.variance, first.currency, signed=True)} on {compared} budget"
    others = [money_text(each.eac or 0, each.currency) for each in totals[1:]]
    if others:
        note = f"and {', '.join(others[:3])}" + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    return Kpi("Estimate at completion", value, note)


def _kpi_spent(portfolio: PortfolioFigures) -> Kpi | None:
    totals = [each for each in portfolio.totals if each.actual is not None]
    if not totals:
        return None
    first = totals[0]
    actual = first.actual or 0
    note = f"{percent_text(100 * actual / first.eac)} of the estimate" if first.eac else "No estimate to compare with"
    others = [money_text(each.actual or 0, each.currency) for each in totals[1:]]
    if others:
        note = f"and {', '.join(others[:3])}"
    return Kpi("Spent to date", money_text(actual, first.currency), note)


def _nudge(found: Attention, row: dict[str, object], day: date) -> Nudge:
    main = found.main
    when = day_month(main.date) if main.date is not None and main.date >= day else "Now"
    rest = "; ".join(_lower(each.reason).partition("; ")[0] for each in found.findings[1:2])
    reason = f"{main.reason}; {rest}" if rest else main.reason
    rag = row.get("rag_overall")
    name, ref = str(row.get("name") or row.get("ref") or "Unnamed project"), str(row.get("ref") or "")
    return Nudge(found.project, str(rag) if rag else None, name, ref, reason, main.action, when)


def _lower(text: str) -> str:
    return text if text[:4].isupper() or text.startswith("EAC") else text[:1].lower() + text[1:]


def _list_upcoming(
    material: Material, portfolio: PortfolioFigures, rows: dict[str, dict[str, object]]
) -> tuple[Upcoming, ...]:
    last = portfolio.data_date + WEEKS_AHEAD
    types = {each["id"]: each.get("type") for found in material.milestones.values() for each in found}
    found = [
        Upcoming(
            each.expected,
            each.name,
            _project_words(rows[each.project]) + (", forecast late" if each.is_late else ""),
            "diamond" if types.get(each.milestone) == "Gate" else "flag",
            each.project,
        )
        for each in portfolio.due
        if each.expected <= last
    ]
    board = material.settings.get("board_date")
    if board is not None and portfolio.data_date <= board <= last:
        name = material.settings.get("board") or "The board"
        found.append(Upcoming(board, str(name), "Meets, and decides what is asked of it", "landmark"))
    return tuple(sorted(found, key=lambda each: (each.day, bool(each.project), each.title)))


def _project_words(row: dict[str, object]) -> str:
    return " ".join(str(part) for part in (row.get("ref"), row.get("name")) if part)


def _list_compliance(
    portfolio: PortfolioFigures, figures: dict[str, ProjectFigures], rows: dict[str, dict[str, object]]
) -> tuple[Compliance, ...]:
    return tuple(
        Compliance(each.name, each.reports_in, each.reports_due, _missing_words(each.missing, figures, rows))
        for each in portfolio.programmes
        if each.reports_due
    )


def _missing_words(
    missing: tuple[str, ...], figures: dict[str, ProjectFigures], rows: dict[str, dict[str, object]]
) -> str:
    if not missing:
        return "All in"
    worst = max(missing, key=lambda each: figures[each].report_age_days or 10**6)
    age = figures[worst].report_age_days
    name = rows[worst].get("ref") or rows[worst].get("name") or "one"
    more = f" +{len(missing) - 1}" if len(missing) > 1 else ""
    return f"{name} {'never' if age is None else count_text(age, 'day')}{more}"
