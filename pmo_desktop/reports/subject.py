"""What a pack is about: the rows, their figures and the state they were read in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pmo_desktop.figures.exposure import ExposureReport, read_exposure
from pmo_desktop.figures.history import Stamp, read_stamp
from pmo_desktop.figures.material import Material, Row, read_material
from pmo_desktop.figures.outlook import Outlook, read_outlook
from pmo_desktop.figures.portfolio import PortfolioFigures, figure_portfolio
from pmo_desktop.figures.projects import ProjectFigures, figures_by_project
from pmo_desktop.figures.proposals import Proposal, propose_moves
from pmo_desktop.figures.riskbook import RiskBook, read_risk_book
from pmo_desktop.figures.shortage import find_shortages
from pmo_desktop.model.kind import Field
from pmo_desktop.reports.governance import Governance, read_governance
from pmo_desktop.reports.kinds import field_text
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.wording import money_sign
from pmo_desktop.store import rows
from pmo_desktop.store.file import Store


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything the pages read; they never ask the store themselves."""

    material: Material
    figures: dict[str, ProjectFigures]
    portfolio: PortfolioFigures
    custom: tuple[Field, ...]  # the organisation's own fields of projects
    texts: dict[tuple[str, str], str]  # words of cells that could not be read, by row and field
    stamp: Stamp | None
    by_id: dict[str, Row]
    risks: RiskBook
    exposure: ExposureReport
    outlook: Outlook
    governance: Governance
    moves: tuple[Proposal, ...]  # a way out for each of the heaviest over-bookings that has one

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that have money in them, the portfolio's own first."""
        return tuple(total.currency for total in self.portfolio.totals)

    @property
    def only_currency(self) -> str | None:
        """The one currency of all money shown; None when they differ."""
        found = self.currencies or (self.material.currency,)
        return found[0] if len(found) == 1 else None

    @property
    def unit(self) -> str:
        """What table amounts are counted in: £k, or thousands where currencies differ."""
        return f"{money_sign(self.only_currency)}k" if self.only_currency else "thousands"

    def prefix(self, currency: str) -> str:
        """What stands before an amount in a table: nothing where one currency rules, else the currency."""
        return "" if self.only_currency else money_sign(currency)

    def currency_of(self, row: Row) -> str:
        """The currency of a row's money."""
        return row.get("currency") or self.material.currency

    def name_of(self, identity: str | None) -> str:
        """What a person or programme is called, on one line; empty for None."""
        return one_line(self.material.names.get(identity, "")) if identity else ""

    def text_of(self, field: Field, row: Row) -> str:
        """A project's field in words on one line: its value, else the words kept because they could not be read."""
        value = row.get(field.name)
        if value is None or value == "":
            return one_line(self.texts.get((row["id"], field.name), ""))
        return field_text(field, row, self.material.names, self.material.currency)

    def project_name(self, project: str) -> str:
        """What a project is called, on one line: its name, else its reference."""
        row = self.by_id[project]
        return one_line(row.get("name") or "") or one_line(row.get("ref") or "") or "Unnamed project"

    def project_ref(self, project: str) -> str:
        """A project's reference on one line; empty without one, or where it is all the name there is."""
        row = self.by_id[project]
        return one_line(row.get("ref") or "") if one_line(row.get("name") or "") else ""

    def project_title(self, project: str) -> str:
        """Reference and name."""
        return f"{self.project_ref(project)} {self.project_name(project)}".strip()


def read_subject(store: Store, data_date: date | None = None, ahead: date | None = None) -> Subject:
    """Read a portfolio for printing, judged by the day given, else by the file's data date, else by today.

    `ahead`: the day from which on capacity is looked at, where that is another one.
    """
    material = shorten_currencies(read_material(store, data_date))
    figures = figures_by_project(material)
    outlook = read_outlook(store, ahead or material.data_date)
    portfolio = figure_portfolio(material, figures, find_shortages(outlook, material.data_date))
    return Subject(
        material=material,
        figures=figures,
        portfolio=portfolio,
        custom=rows.read_custom_fields(store, "project"),
        texts={key: each["text"] for key, each in rows.read_texts(store, "project").items()},
        stamp=read_stamp(store),
        by_id={row["id"]: row for row in material.projects},
        risks=read_risk_book(store, material.data_date, portfolio.since),
        exposure=read_exposure(store, day=material.data_date),
        outlook=outlook,
        governance=read_governance(store, material, portfolio.since),
        moves=propose_moves(store, outlook),
    )


def shorten_currencies(material: Material) -> Material:
    """The material with every currency at most eight characters long, different ones still different.

    A currency is three letters; a register may hold anything.
    """
    short: dict[str, str] = {}
    for row in material.projects:
        written = row.get("currency") or ""
        if written not in short:
            plain = one_line(written)
            is_good = len(plain) <= _LONGEST_CURRENCY and plain not in short.values()
            short[written] = plain if is_good else f"{plain[:3]}~{len(short)}"
    if all(written == shown for written, shown in short.items()):
        return material
    rows = tuple(row | {"currency": short[row.get("currency") or ""] or None} for row in material.projects)
    return replace(material, projects=rows)


_LONGEST_CURRENCY = 8
