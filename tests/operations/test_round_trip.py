"""An export that comes back untouched changes nothing; one that was edited changes what was edited, and only that."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.plan import Plan, RowKind
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.catalog import entities, fields
from pmo_desktop.model.custom import CUSTOM_KINDS
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.exports import export_registers, export_view
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.rules.risk import FIVE_BY_FIVE, resize_scheme
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import custom_raw, read_custom_fields, read_rows, read_texts
from tests.builders import a_kept_text, a_project, a_row, state_hash

ROWS = int(os.environ.get("PMO_ROUND_TRIP_ROWS", "70"))  # of each register; 1,000 take minutes
# Longer than a cell, and of varied words: a file of one letter packs so well that it is refused as a trap.
LONG = " ".join(str(at * 7_919 % 100_003) for at in range(7_000))
LONG_ROWS = 210  # the rows that hold it: in 1,000 of each register it makes a file larger than is read
HOSTILE = (
    "=1+1",
    "+44 20 7946 0000",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "TBC",
    "n/a",
    "-",
    "none",
    "Total",
    "Grand total",
    "Total: 5",
    "007",
    "1e5",
    "TRUE",
    "3",
    "01/02/2026",
    "£1.2m",
    "45%",
    "R",
    "Red - supplier late",
    "Smith, J",
    "A / B",
    "Vacant",
    "_x0041_",
    "bell\x07",
    "line\nbreak",
    "return\r\nline",
    " padded ",
    "\N{NO-BREAK SPACE}x",
    "\N{GRINNING FACE}" * 3,
    "\u200b\ufeffzero width",
    "مرحبا",
    LONG,
    "#REF!",
    "Project",
    "Status",
    "'quoted",
    '"',
    "<b>&amp;</b>",
    "12 (4,3)",
)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store()
    yield opened
    opened.close()


def fill(store: Store, random: Random, count: int, texts: tuple[str, ...] = HOSTILE) -> None:
    """So many rows of every register, with an own field of each kind on each."""
    for info in REGISTERS:
        for kind in CUSTOM_KINDS:
            add_custom_field(store, info.entity.__tablename__, f"Own {kind}", kind)
    add_custom_field(store, "project", "=Cost (£k)", Kind.MONEY)
    short = tuple(text for text in texts if text is not LONG)
    ids: dict[str, list[str]] = {}
    for info in linked_first():
        entity = info.entity.__tablename__
        own = read_custom_fields(store, entity)
        rows = [
            a_record(random, info, ids, texts if number < LONG_ROWS else short, own, number) for number in range(count)
        ]
        with batch(store, f"Fill {info.name}") as work:
            for row in rows:
                work.connection.execute(insert(entities()[entity]), row)
        ids[entity] = [row["id"] for row in rows]


def linked_first() -> list[RegisterInfo]:
    """Every register there is, each after those that its links point to; a link to itself waits for no other."""
    left, ready = list(REGISTERS), list[RegisterInfo]()
    while left:
        made = {info.entity.__tablename__ for info in ready}
        awaited = {info.entity.__tablename__ for info in left} - made
        following = next(info for info in left if not awaited & (targets(info) - {info.entity.__tablename__}))
        left.remove(following)
        ready.append(following)
    return ready


def targets(info: RegisterInfo) -> set[str]:
    """The entities that a register's fields link to."""
    return {field.to for field in fields(info.entity.__tablename__) if field.to}


def a_record(
    random: Random,
    info: RegisterInfo,
    ids: dict[str, list[str]],
    texts: tuple[str, ...],
    own: tuple[Field, ...],
    number: int,
) -> dict[str, Any]:
    """One row: every field filled or empty at random, required ones filled."""
    row: dict[str, Any] = {"id": new_id(), "custom": {}}
    for field in (*fields(info.entity.__tablename__), *own):
        if not field.required and random.random() < 0.4:
            continue
        value = a_value(random, field, ids, texts)
        if field.is_custom and value is not None:
            row["custom"][field.name.removeprefix(CUSTOM_PREFIX)] = custom_raw(field.kind, value)
        elif not field.is_custom:
            row[field.name] = value
    if info.ref:
        row[info.ref] = f"P-{number}" if number % 3 else None
        row[info.title] = row.get(info.title) or "Unnamed"
    return row


def a_value(random: Random, field: Field, ids: dict[str, list[str]], texts: tuple[str, ...]) -> Any:
    """A value the store accepts, however odd."""
    if field.to:
        return random.choice(ids[field.to]) if field.to in ids else None  # a first row has none of its own to point to
    if field.name == "currency":
        return random.choice(("GBP", "JPY", "KWD", "EUR"))
    if field.kind is Kind.CHOICE and field.choices:
        return random.choice(field.choices)
    day = date(1890, 1, 1) + timedelta(days=random.randint(0, 90_000))
    made: dict[Kind, Any] = {
        Kind.NUMBER: random.randint(-(10**12), 10**12) / 10_000,
        Kind.PERCENT: random.choice((0.0, 0.5, 1.0, 33.3333, 100.0, 250.0, random.randint(0, 10**6) / 10_000)),
        Kind.MONEY: random.choice((0, 1, -5, 99, 10**15 + 1, 9_007_199_254_740_991, random.randint(-(10**9), 10**12))),
        Kind.DATE: day,
        Kind.MONTH: day.replace(day=1),
        Kind.YESNO: random.random() < 0.5,
        Kind.POINT: random.randint(1, 5),
        Kind.RAG: random.choice(tuple(Rag)).value,
    }
    return made.get(field.kind, random.choice(texts))


def keep_texts(store: Store, random: Random, info: RegisterInfo) -> None:
    """The words of cells that could not be read, in some rows of a register."""
    entity = info.entity.__tablename__
    for row in random.sample(read_rows(store, entity), 20):
        empty = [each.name for each in fields(entity) if row[each.name] is None and each.name not in keys(info)]
        if empty:
            a_kept_text(store, row["id"], random.choice(empty), random.choice(HOSTILE), register=entity)


def keys(info: RegisterInfo) -> tuple[str | None, ...]:
    """The fields that a row is told by."""
    return (info.ref, info.title, info.within)


def returned(store: Store, path: Path) -> Plan:
    """What importing the file would do."""
    return plan_import(store, read_workbook(path))


def kinds(plan: Plan) -> Counter[RowKind]:
    """Rows by what happens to them."""
    return Counter(row.kind for table in plan.tables for row in table.rows)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_an_untouched_export_finds_every_row_of_every_register_unchanged(
    store: Store, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    fill(store, random, ROWS)
    for info in REGISTERS:
        keep_texts(store, random, info)
    before = state_hash(store)
    plan = returned(store, export_registers(store, tmp_path / "all.xlsx").path)
    assert {table.into: len(table.rows) for table in plan.tables} == dict.fromkeys(
        (info.name for info in REGISTERS), ROWS
    )
    assert kinds(plan) == {RowKind.UNCHANGED: ROWS * len(REGISTERS)}
    assert [*plan.new_custom, *plan.new_records, *plan.notes] == []
    assert [problem for table in plan.tables for problem in table.problems] == []
    assert apply_plan(store, plan).batch is None
    assert state_hash(store) == before


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=20, max_size=40
    ),
    seed=st.integers(0, 1000),
)
def test_whatever_texts_hold_they_come_back_unchanged(tmp_path: Path, texts: list[str], seed: int) -> None:
    store = create_memory_store()
    fill(store, Random(seed), 12, tuple(texts))
    plan = returned(store, export_registers(store, tmp_path / "all.xlsx").path)
    assert kinds(plan) == {RowKind.UNCHANGED: 12 * len(REGISTERS)}
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_only_what_was_edited_changes(store: Store, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    fill(store, random, 30)
    path = export_registers(store, tmp_path / "all.xlsx").path
    book = openpyxl.load_workbook(path)
    sheet = book["Projects"]
    column = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    sheet.cell(5, column["Commentary"]).value = "Now on track"
    sheet.cell(5, column["RAG"]).value = "G"
    sheet.cell(6, column["Project"]).value = "Renamed"
    sheet.cell(7, column["Finish"]).value = date(2031, 5, 6)
    sheet.cell(8, column["Done"]).value = 0.125
    identity = {row: str(sheet.cell(row, column["Identity"]).value) for row in range(5, 10)}
    book.save(path)
    old = {row["id"]: row for row in read_rows(store, "project")}
    plan = returned(store, path)
    assert apply_plan(store, plan).batch is not None
    new = {row["id"]: row for row in read_rows(store, "project")}
    wanted: dict[str, dict[str, Any]] = {
        identity[5]: {"rag_comment": "Now on track", "rag_overall": "G"},
        identity[6]: {"name": "Renamed"},
        identity[7]: {"finish_forecast": date(2031, 5, 6)},
        identity[8]: {"pct_complete": 12.5},
    }
    assert new == {key: row | wanted.get(key, {}) for key, row in old.items()}


def test_an_edited_amount_is_read_in_the_money_of_its_row(store: Store, tmp_path: Path) -> None:
    ids = {
        currency: a_project(store, currency or "none", currency=currency or None)
        for currency in ("GBP", "JPY", "KWD", "")
    }
    path = export_registers(store, tmp_path / "all.xlsx", ["projects"]).path
    book = openpyxl.load_workbook(path)
    sheet = book["Projects"]
    column = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for row in range(2, 6):
        sheet.cell(row, column["Budget"]).value = 1250.5
        sheet.cell(row, column["EAC"]).value = "1,250"
    book.save(path)
    apply_plan(store, returned(store, path))
    new = {row["id"]: (row["budget_approved"], row["eac"]) for row in read_rows(store, "project")}
    assert {currency: new[identity] for currency, identity in ids.items()} == {
        "GBP": (125_050, 125_000),
        "JPY": (1_251, 1_250),
        "KWD": (1_250_500, 1_250_000),
        "": (125_050, 125_000),
    }


def test_a_row_added_by_hand_is_new_and_a_copied_row_is_a_row_of_its_own(store: Store, tmp_path: Path) -> None:
    fill(store, Random(5), 5, ("Alpha", "Beta", "Gamma"))
    path = export_registers(store, tmp_path / "all.xlsx", ["projects"]).path
    book = openpyxl.load_workbook(path)
    sheet = book["Projects"]
    headers = [str(cell.value) for cell in sheet[1]]
    copied = [cell.value for cell in sheet[3]]
    copied[headers.index("ID")] = "COPY-1"
    sheet.append([{"ID": "NEW-1", "Project": "By hand"}.get(header) for header in headers])
    sheet.append(copied)
    book.save(path)
    plan = returned(store, path)
    assert kinds(plan) == {RowKind.UNCHANGED: 5, RowKind.NEW: 2}
    apply_plan(store, plan)
    assert {"NEW-1", "COPY-1"} <= {row["ref"] for row in read_rows(store, "project")}


def test_a_view_comes_back_without_its_computed_figures(store: Store, tmp_path: Path) -> None:
    fill(store, Random(6), 8)
    rows = [row["id"] for row in read_rows(store, "project")]
    seen = ["ref", "name", "slip_days", "variance", "eac", "rag_overall"]
    plan = returned(store, export_view(store, tmp_path / "a.xlsx", "projects", seen, rows, "All").path)
    assert kinds(plan) == {RowKind.UNCHANGED: 8}
    assert plan.new_custom == []


def test_scores_and_bands_stand_in_the_export_of_risks_and_are_not_read_back(store: Store, tmp_path: Path) -> None:
    a_row(store, "risk", ref="R-1", title="Steel", prob_residual=4, impact_residual=5)
    path = tmp_path / "risks.xlsx"
    export_registers(store, path, ["risks"])
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book["Risks"][1]]
    assert headers[headers.index("Target impact") + 1 :][:3] == ["Score", "Band", "Cell"]
    cell = book["Risks"].cell(2, headers.index("Score") + 1)
    assert (cell.value, book["Risks"].cell(2, headers.index("Band") + 1).value) == (20, "Severe")
    cell.value = 3
    book.save(path)
    plan = returned(store, path)
    assert kinds(plan) == {RowKind.UNCHANGED: 1}
    assert [problem for table in plan.tables for problem in table.problems] == []


def test_points_beyond_five_come_back_edited_or_not(store: Store, tmp_path: Path) -> None:
    save_scheme(store, resize_scheme(replace(FIVE_BY_FIVE, effective_from=date(2020, 1, 1)), 7, 7), None)
    a_row(store, "risk", ref="R-1", title="Steel", prob_residual=7, impact_residual=2)
    path = tmp_path / "risks.xlsx"
    export_registers(store, path, ["risks"])
    assert kinds(returned(store, path)) == {RowKind.UNCHANGED: 1}
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book["Risks"][1]]
    book["Risks"].cell(2, headers.index("Residual impact") + 1).value = 6
    book.save(path)
    apply_plan(store, returned(store, path))
    (row,) = read_rows(store, "risk")
    assert (row["prob_residual"], row["impact_residual"]) == (7, 6)


def test_a_sheet_somebody_added_to_an_export_is_read_like_anybodys(store: Store, tmp_path: Path) -> None:
    fill(store, Random(7), 4, ("Alpha", "Beta"))
    path = export_registers(store, tmp_path / "all.xlsx", ["people"]).path
    book = openpyxl.load_workbook(path)
    for row in (("Name", "Email", "Role"), ("Cy Dee", "cy@example.org", "Lead"), ("Di Eff", "di@example.org", "Lead")):
        (book["Contacts"] if "Contacts" in book.sheetnames else book.create_sheet("Contacts")).append(row)
    book.save(path)
    assert kinds(returned(store, path)) == {RowKind.UNCHANGED: 4, RowKind.NEW: 2}


def test_words_kept_beside_an_empty_currency_come_back_unchanged(store: Store, tmp_path: Path) -> None:
    project = a_project(store, "Alpha", eac=5)
    a_kept_text(store, project, "currency", "R")
    plan = returned(store, export_registers(store, tmp_path / "all.xlsx", ["projects"]).path)
    assert kinds(plan) == {RowKind.UNCHANGED: 1}


def test_words_kept_as_text_stay_words_in_another_portfolio(store: Store, tmp_path: Path) -> None:
    project = a_project(store, "Alpha", department="Rail")
    a_kept_text(store, project, "supplier", "#REF!")
    a_kept_text(store, project, "finish_forecast", "1 May 2027")  # a date by itself, but it was kept for a reason
    file = export_registers(store, tmp_path / "all.xlsx").path
    other = create_memory_store()
    apply_plan(other, returned(other, file))
    (row,) = read_rows(other, "project")
    assert (row["department"], row["supplier"], row["finish_forecast"]) == ("Rail", None, None)
    texts = {name: kept["text"] for (_, name), kept in read_texts(other, "project").items()}
    assert texts == {"supplier": "#REF!", "finish_forecast": "1 May 2027"}
    again = export_registers(other, tmp_path / "again.xlsx").path
    assert set(kinds(returned(other, again))) == {RowKind.UNCHANGED}
    other.close()


def test_kept_words_that_were_edited_in_the_workbook_are_read(store: Store, tmp_path: Path) -> None:
    a_kept_text(store, a_project(store, "Alpha"), "supplier", "#REF!")
    file = export_registers(store, tmp_path / "all.xlsx").path
    book = openpyxl.load_workbook(file)
    sheet = book["Projects"]
    place = next(cell.column for cell in sheet[1] if cell.value == "Supplier")
    sheet.cell(2, place).value = "Hill Works"
    book.save(file)
    other = create_memory_store()
    apply_plan(other, returned(other, file))
    assert [row["supplier"] for row in read_rows(other, "project")] == ["Hill Works"]
    other.close()


def test_an_export_without_kept_words_has_no_sheet_for_them(store: Store, tmp_path: Path) -> None:
    a_project(store, "Alpha")
    assert "Kept texts" not in openpyxl.load_workbook(export_registers(store, tmp_path / "all.xlsx").path).sheetnames
