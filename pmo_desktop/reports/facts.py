"""The figures of a project report: its money, and the facts a reader looks up, the organisation's own fields included."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.model.catalog import find_field
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import draw_section
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, INK, TABLE, TABLE_QUIET, TABLE_TOTAL, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, paint_head, paint_rows, row_height
from pmo_desktop.reports.table import Row as TableRow
from pmo_desktop.reports.text import lines_of, one_line
from pmo_desktop.rules.variance import variance_percent
from pmo_desktop.rules.wording import money_text, percent_text, short_day, thousands_text

FACT_ROW = 13.6
FACTS = (
    "sro",
    "pm",
    "programme",
    "stage",
    "lifecycle_status",
    "pct_complete",
    "start_baseline",
    "start_forecast",
    "start_actual",
    "finish_baseline",
    "finish_forecast",
    "finish_actual",
    "report_date",
    "portfolio",
    "department",
    "pmo_contact",
    "type",
    "category",
    "tier",
    "priority",
    "strategic_objective",
    "score",
    "bcr",
    "roi_pct",
    "payback_months",
    "supplier",
    "location",
    "funding_source",
    "procurement_route",
    "confidentiality",
    "link",
)
MONEY_REST = (
    ("whole_life_cost", "Whole-life cost"),
    ("contingency", "contingency"),
    ("committed", "committed"),
    ("benefits_total", "benefits"),
    ("npv", "NPV"),
)
_LABEL_SHARE = 0.4
_VALUE_LINES = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of a project report, with a caption below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    captions: tuple[str, ...] = ()
    headed: bool = True

    @property
    def height(self) -> float:
        """The height with its title."""
        return 18.0 + 14.0 * self.headed + sum(row.height for row in self.rows) + 11.0 * len(self.captions)


def plan_money(row: Row, found: ProjectFigures, subject: Subject, x: float, width: float) -> Table | None:
    """Budget, actual, EAC and variance over the whole life and this year; None when no money is kept."""
    currency = subject.currency_of(row)
    lines = [
        ("Whole life", row.get("budget_approved"), row.get("actual_to_date"), row.get("eac")),
        (one_line(row.get("fy_label") or "This year")[:20], row.get("budget_fy"), None, row.get("forecast_fy")),
    ]
    lines = [line for line in lines if any(value is not None for value in line[1:])]
    rest = _money_rest(row, currency)
    if not lines and not rest:
        return None
    share = width * 0.19
    label = width - 4 * share
    columns = (
        Column("", x, label),
        *(
            Column(title, x + label + place * share, share, "right")
            for place, title in enumerate(("Budget", "Actual", "EAC", "Variance"))
        ),
    )
    rows = tuple(_money_row(line, currency, subject) for line in lines)
    captions = [line.text for line in lines_of(", ".join(rest), CAPTION, width)] if rest else []
    if found.variance_pct is not None:
        over = "over" if found.variance_pct >= 0 else "under"
        captions.insert(0, f"EAC is {percent_text(abs(found.variance_pct))} {over} budget")
    return Table(f"Money, {_unit(currency)}", columns, rows, tuple(captions), headed=bool(lines))


def plan_facts(row: Row, subject: Subject, x: float, width: float, room: float, annex: Annex) -> Table | None:
    """Label and value, a line each, as many as the room holds; the rest goes to the annex. None without any fact."""
    title = subject.project_title(row["id"])
    label = width * _LABEL_SHARE
    columns = (Column("", x, label - 6.0), Column("", x + label, width - label))
    facts = list_facts(row, subject)
    rows: list[TableRow] = []
    left = room - 18.0
    for place, (name, value) in enumerate(facts):
        cells: dict[int, Cell | Painter] = {
            0: annex.cell(row["id"], title, f"{name[:40]}, label", name, TABLE_QUIET, columns[0].width, 2),
            1: annex.cell(row["id"], title, name[:80], value, TABLE, columns[1].width, _VALUE_LINES),
        }
        made = TableRow(cells, row_height(cells, FACT_ROW))
        if made.height + (FACT_ROW if place < len(facts) - 1 else 0.0) > left:
            text = "\n".join(f"{name}: {value}" for name, value in facts[place:])
            anchor = annex.add(row["id"], title, "More facts", text, listed=True)
            more = Cell(
                (f"{len(facts) - place} more in the annex",), Type(8.4, "PMOSans-Medium", 10.6, "#373EAE"), "", anchor
            )
            rows.append(TableRow({0: more}, FACT_ROW))
            break
        rows.append(made)
        left -= made.height
    return Table("Facts", columns, tuple(rows), headed=False) if rows else None


def list_facts(row: Row, subject: Subject) -> list[tuple[str, str]]:
    """The facts that no other block of the page shows, label and value, empty ones left out."""
    fields = (*(find_field("project", name) for name in FACTS), *subject.custom)
    facts = [(each.label, text) for each in fields if (text := subject.text_of(each, row))]
    found = subject.figures[row["id"]]
    if found.gate_track:
        when = f", {short_day(found.next_gate_date)}" if found.next_gate_date else ""
        facts.insert(0, ("Next gate", one_line(found.next_gate) + when if found.next_gate else "All passed"))
    return facts


def paint_table(page: Page, table: Table, y: float, width: float) -> float:
    """Draw a table with its title from a top edge; returns its bottom edge."""
    x = table.columns[0].x
    y = draw_section(page, x, width, y, table.title)
    if table.headed:
        y = paint_head(page, table.columns, y, 0.4)
    y = paint_rows(page, table.columns, table.rows, y)
    for caption in table.captions:
        y += 11.0
        page.text(x, y, caption, CAPTION)
    return y


def _money_row(line: tuple[str, int | None, int | None, int | None], currency: str, subject: Subject) -> TableRow:
    label, budget, actual, eac = line
    variance = eac - budget if eac is not None and budget is not None else None
    percent = variance_percent(budget, eac) if eac is not None and budget is not None else None
    thresholds = subject.material.thresholds
    ink = "#A91D23" if percent is not None and percent > thresholds.red_above else INK
    texts = [thousands_text(value, currency) for value in (budget, actual, eac)]
    cells: dict[int, Cell | Painter] = {0: Cell((label,), TABLE_QUIET)}
    cells |= {place + 1: Cell((text,), TABLE) for place, text in enumerate(texts)}
    cells[4] = Cell((thousands_text(variance, currency, signed=True),), TABLE_TOTAL, ink)
    return TableRow(cells)


def _money_rest(row: Row, currency: str) -> list[str]:
    return [f"{label} {money_text(row[name], currency)}" for name, label in MONEY_REST if row.get(name) is not None]


def _unit(currency: str) -> str:
    return money_text(0, currency).removesuffix("0") + "k"
