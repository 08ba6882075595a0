"""Whatever a sheet holds: planning never fails, applying never fails, and the same sheet again changes nothing."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange.answer import import_answer, import_words
from pmo_desktop.exchange.grid import Broken, Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.opening import create_memory_store

HEADERS = [
    "Ref",
    "Project name",
    "PM",
    "Sponsor",
    "Programme",
    "Portfolio",
    "RAG",
    "Status",
    "Stage",
    "Tier",
    "Budget (£k)",
    "EAC",
    "Start",
    "Finish",
    "% complete",
    "Commentary",
    "Time",
    "Cost",
    "Scope",
    "Currency",
    "Confidentiality",
    "Payback",
    "Cost centre",
    "Owner",
    "Notes",
    "Milestone",
    "Baseline",
    "Forecast",
    "Critical?",
    "Weight",
    "Name",
    "Email",
    "Resource",
    "Role",
    "Team",
    "Skill",
    "Level",
    "Period start",
    "Period end",
    "Quantity",
    "Unit",
    "Leave type",
    "From",
    "To",
    "Calendar",
    "Day",
    "Jan-26",
    "Feb-26",
]
WORDS = [
    "TBC",
    "n/a",
    "-",
    "Green",
    "Amber/Red",
    "A",
    "Priya Nair",
    "P Nair",
    "Nair, Priya",
    "D Okafor",
    "Daniel Okafor / Wen Lowe",
    "Vacant",
    "£1.2m",
    "(350)",
    "1,200k",
    "£2-3m",
    "c. £3m",
    "30/11/2026",
    "11/30/2026",
    "end Mar 27",
    "Q3 25/26",
    "31/11/2027",
    "Active",
    "closed",
    "Build",
    "Yes",
    "no",
    "45%",
    "0.45",
    "EUR",
    "GBP",
    "A-1",
    "A-2",
    "Alpha",
    "alpha ",
    "Beta",
    "Total",
    "OFFICIAL",
    "12 months",
    "=1+1",
    "\xa0",
    "Estates",
    "DIGITAL & DATA",
]
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.sampled_from([0.0, 1.0, 0.5, 45809.0, 2027.0, 1e17]),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from([Broken("#REF!")]),
)


SHEETS = ["Register", "Milestones", "People", "Sheet1", "Resources", "Allocations", "Leave", "Skills matrix"]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet that is more or less a register."""
    header: list[Cell] = list(draw(st.lists(st.sampled_from(HEADERS), min_size=3, max_size=9)))
    width = len(header)
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=width + 1), max_size=12))
    for number, row in enumerate(rows):
        if draw(st.booleans()):
            row[0] = f"A-{number}"
    title: list[list[Cell]] = [["Data as at 30 November 2026"], []] if draw(st.booleans()) else []
    return Sheet(draw(st.sampled_from(SHEETS)), [*title, header, *rows])


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(sheets(), min_size=1, max_size=2, unique_by=lambda sheet: sheet.name),
    st.sampled_from([None, *BY_NAME]),
)
def test_any_sheet_is_planned_applied_and_found_unchanged(found: list[Sheet], into: str | None) -> None:
    book = Workbook("register.xlsx", "f00d", found)
    options = ImportOptions(into=into)
    with closing(create_memory_store("ann")) as store:
        plan = plan_import(store, book, options)
        applied = apply_plan(store, plan)
        assert import_answer(plan, applied.batch)["tables"] is not None
        assert import_words(plan, applied.batch)
        again = plan_import(store, book, options)
        differing = [
            (row.row, row.old, row.new_texts, row.dropped_texts)
            for table in again.kept
            for row in table.rows
            if row.kind in ("new", "changed")
        ]
        assert differing == []
        assert not again.new_records
