"""The figures of a project report: its money, and the facts a reader looks up, custom fields included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.model.catalog import find_field
from pmo_desktop.reports.annex import Annex, point_to
from pmo_desktop.reports.frame import draw_section, is_clamped
from pmo_desktop.reports.kinds import fit_thousands
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, INK, TABLE, TABLE_QUIET, TABLE_TOTAL
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, paint_head, paint_rows, row_height, span_of
from pmo_desktop.reports.table import Row as TableRow
from pmo_desktop.reports.text import lines_of, one_line, width_of
from pmo_desktop.rules.variance import variance_percent
from pmo_desktop.rules.wording import count_text, growth_text, money_text, short_day, thousands_text

Fact = tuple[str, str]  # label and value, each on one line
FACT_ROW, DENSE_FACT_ROW = 13.4, 11.6  # the closer one where all facts fit with it, as texts get smaller
MORE_FACTS = "More facts"
FACTS = (
    "sro",
    "pm",
    "programme",
    "stage",
    "lifecycle_status",
    "pct_complete",
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
SPANS = (  # label, names of the start and of the finish, the latest word first
    ("Baseline", ("start_baseline",), ("finish_baseline",)),
    ("Start to finish", ("start_actual", "start_forecast"), ("finish_actual", "finish_forecast")),
)
MONEY_REST = (
    ("whole_life_cost", "whole-life cost"),
    ("contingency", "contingency"),
    ("committed", "committed"),
    ("benefits_total", "benefits"),
    ("npv", "NPV"),
)
_LABEL_SHARE = 0.4
_VALUE_LINES = 3
_LEAST_SLOT = 18.0 + 3 * FACT_ROW


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a table: left edge, width, top edge and height."""

    x: float
    width: float
    top: float
    room: float


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of a project report, with a caption below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    captions: tuple[str, ...] = ()
    headed: bool = True
    top: float = 0.0  # where on the page it begins

    @property
    def height(self) -> float:
        """The height with its title."""
        return 18.0 + 14.0 * self.headed + sum(row.height for row in self.rows) + 11.0 * len(self.captions)


def plan_money(row: Row, found: ProjectFigures, subject: Subject, slot: Slot, annex: Annex) -> Table | None:
    """Budget, actual, EAC and variance over the whole life and this year; None when no money is kept."""
    currency = subject.currency_of(row)
    lines = [
        ("Whole life", row.get("budget_approved"), row.get("actual_to_date"), row.get("eac")),
        (one_line(row.get("fy_label") or "") or "This year", row.get("budget_fy"), None, row.get("forecast_fy")),
    ]
    lines = [line for line in lines if any(value is not None for value in line[1:])]
    rest = _money_rest(row, currency)
    if not lines and not rest:
        return None
    share = slot.width * 0.2
    label = slot.width - 4 * share
    columns = (
        Column("", slot.x, label),
        *(
            Column(title, slot.x + label + place * share, share, "right")
            for place, title in enumerate(("Budget", "Actual", "Forecast", "Variance"))
        ),
    )
    owner, title = row["id"], subject.project_title(row["id"])
    room = label - 3.0
    labels = [annex.cell(owner, title, "Financial year", line[0], TABLE_QUIET, room, 2) for line in lines]
    rows = tuple(
        _money_row(cell, line[1:], share - 2.0, found, subject) for cell, line in zip(labels, lines, strict=True)
    )
    words = ", ".join(rest)
    captions = [line.text for line in lines_of(words[:1].upper() + words[1:], CAPTION, slot.width)]
    if found.variance_pct is not None:
        over = "over" if found.variance_pct >= 0 else "under"
        captions.insert(0, f"EAC is {growth_text(abs(found.variance_pct), signed=False)} {over} budget")
    return Table(f"Money, {_unit(currency)}", columns, rows, tuple(captions), headed=bool(lines), top=slot.top)


def plan_facts(row: Row, facts: Sequence[Fact], subject: Subject, slots: Sequence[Slot], annex: Annex) -> list[Table]:
    """Label and value, a line each, slot after slot; closer lines where they help; the rest goes to the annex."""
    slots = [slot for slot in slots if slot.room >= _LEAST_SLOT]
    for height in (FACT_ROW, DENSE_FACT_ROW):
        trial = Annex()
        tables = _place_facts(row, facts, subject, slots, trial, height)
        is_lone = len(tables) > 1 and len(tables[-1].rows) == 1  # one fact under a title of its own
        if not is_lone and (row["id"], MORE_FACTS) not in trial.entries:
            break
    return _place_facts(row, facts, subject, slots, annex, height)


def _place_facts(
    row: Row, facts: Sequence[Fact], subject: Subject, slots: Sequence[Slot], annex: Annex, height: float
) -> list[Table]:
    tables: list[Table] = []
    placed = 0
    for number, slot in enumerate(slots):
        is_last = number == len(slots) - 1
        rows = _fill_slot(row, facts[placed:], slot, subject, annex, height, is_last=is_last)
        if rows:
            title = MORE_FACTS if tables else "Facts"
            tables.append(Table(title, _fact_columns(slot), tuple(rows), headed=False, top=slot.top))
        placed += len(rows)
    return tables


def split_notes(facts: Sequence[Fact], width: float) -> tuple[list[Fact], list[Fact]]:
    """Facts that fit a table of this width, and those so long that they read better as texts."""
    room = width * (1 - _LABEL_SHARE)
    notes = [fact for fact in facts if is_clamped(fact[1], TABLE, room, _VALUE_LINES)]
    return [fact for fact in facts if fact not in notes], notes


def _fill_slot(
    row: Row, facts: Sequence[Fact], slot: Slot, subject: Subject, annex: Annex, height: float, *, is_last: bool
) -> list[TableRow]:
    columns, title = _fact_columns(slot), subject.project_title(row["id"])
    rows: list[TableRow] = []
    left = slot.room - 18.0
    for place, (name, value) in enumerate(facts):
        label = annex.cell(row["id"], title, f"Label of {name[:40]}", name, TABLE_QUIET, columns[0].width, 2)
        words = annex.cell(row["id"], title, name[:80], value, TABLE, columns[1].width, _VALUE_LINES)
        cells: dict[int, Cell | Painter] = {0: label, 1: words}
        made = TableRow(cells, row_height(cells, height, height - TABLE.leading))
        waits = is_last and place < len(facts) - 1
        if made.height + (height if waits else 0.0) > left:
            if is_last:
                rows.append(_pointer_row(row["id"], title, facts[place:], annex))
            break
        rows.append(made)
        left -= made.height
    return rows


def _pointer_row(owner: str, title: str, facts: Sequence[Fact], annex: Annex) -> TableRow:
    text = "\n".join(f"{name}: {value}" for name, value in facts)
    anchor = annex.add(owner, title, MORE_FACTS, text, listed=True)
    return TableRow({0: partial(_paint_pointer, count_text(len(facts), "more fact"), anchor)}, FACT_ROW)


def _paint_pointer(words: str, anchor: str, page: Page, x: float, y: float) -> None:
    point_to(page, x, y - 6.0, words, anchor)


def _fact_columns(slot: Slot) -> tuple[Column, Column]:
    label = slot.width * _LABEL_SHARE
    return Column("", slot.x, label - 6.0), Column("", slot.x + label, slot.width - label)


def list_facts(row: Row, subject: Subject) -> list[Fact]:
    """The facts that no other block of the page shows, label and value."""
    fields = (*(find_field("project", name) for name in FACTS), *subject.custom)
    facts = [(one_line(each.label), text) for each in fields if (text := subject.text_of(each, row))]
    facts[2:2] = [fact for label, *names in SPANS for fact in _span_facts(row, label, *names)]
    found = subject.figures[row["id"]]
    if found.gate_track:
        when = f", {short_day(found.next_gate_date)}" if found.next_gate_date else ""
        facts.insert(0, ("Next gate", one_line(found.next_gate) + when if found.next_gate else "All passed"))
    return facts


def _span_facts(row: Row, label: str, starts: tuple[str, ...], finishes: tuple[str, ...]) -> list[Fact]:
    start, finish = (next((row[name] for name in names if row.get(name)), None) for names in (starts, finishes))
    if start and finish:
        return [(label, f"{short_day(start)} to {short_day(finish)}")]
    parts = (("start", start), ("finish", finish))
    return [
        (f"{label} {part}" if label == "Baseline" else part.capitalize(), short_day(day)) for part, day in parts if day
    ]


def paint_table(page: Page, table: Table) -> float:
    """Draw a table with its title in its place; returns its bottom edge."""
    x, right = span_of(table.columns)
    y = draw_section(page, x, right - x, table.top, table.title)
    if table.headed:
        y = paint_head(page, table.columns, y, 0.4)
    y = paint_rows(page, table.columns, table.rows, y)
    for caption in table.captions:
        y += 11.0
        page.text(x, y, caption, CAPTION)
    return y


def _money_row(
    label: Cell, line: tuple[int | None, int | None, int | None], width: float, found: ProjectFigures, subject: Subject
) -> TableRow:
    budget, actual, eac = line
    currency = found.currency
    variance = eac - budget if eac is not None and budget is not None else None
    percent = variance_percent(budget, eac) if eac is not None and budget is not None else None
    thresholds = subject.material.thresholds
    ink = "#A91D23" if percent is not None and percent > thresholds.red_above else INK
    texts = [fit_thousands(value, currency, "", TABLE, width) for value in (budget, actual, eac)]
    cells: dict[int, Cell | Painter] = {0: label}
    cells |= {place + 1: Cell((text,), TABLE) for place, text in enumerate(texts)}
    words = thousands_text(variance, currency, signed=True)
    if variance is not None and width_of(words, TABLE_TOTAL) > width:
        words = money_text(variance, currency, signed=True)
    cells[4] = Cell((words,), TABLE_TOTAL, ink)
    return TableRow(cells, row_height(cells))


def _money_rest(row: Row, currency: str) -> list[str]:
    return [f"{label} {money_text(row[name], currency)}" for name, label in MONEY_REST if row.get(name) is not None]


def _unit(currency: str) -> str:
    return money_text(0, currency).removesuffix("0") + "k"
