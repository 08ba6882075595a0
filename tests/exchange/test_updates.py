"""A workbook that was sent out comes back: white cells are read three ways, everything else is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pmo_desktop.exchange.asked import ASKED
from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.plan import Answer, ImportOptions, Level, Plan, RowKind
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.exchange.ticket import read_ticket
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.custom import CUSTOM_KINDS
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.fields import add_custom_field, delete_custom_field
from pmo_desktop.operations.history import undo, undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.sendouts import send_out
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_kept_text, a_milestone, a_person, a_project, change_row, state_hash


@dataclass
class Asking:
    """One manager with two projects, and the workbook that was sent to them."""

    store: Store
    person: str
    alpha: str
    yen: str
    go_live: str
    path: Path

    def answer(self, edit: Callable[[openpyxl.Workbook], object] = lambda _book: None, **options: Any) -> Plan:
        """Edit the workbook, save it under another name, and plan its import."""
        book = openpyxl.load_workbook(self.path)
        edit(book)
        back = self.path.with_name("answer.xlsx")
        book.save(back)
        return plan_import(self.store, read_workbook(back), ImportOptions(**options))

    def row(self, entity: str, identity: str) -> dict[str, Any]:
        """One row as it is now."""
        found = read_row(self.store, entity, identity)
        assert found is not None
        return found


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    store = create_memory_store("ann")
    person = a_person(store, "Priya Nair")
    common = {"pm": person, "rag_overall": "A", "finish_forecast": date(2027, 3, 26)}
    alpha = a_project(
        store, "Alpha", ref="A-1", currency="GBP", eac=500_000_00, pct_complete=40.0, rag_comment="=1+1", **common
    )
    yen = a_project(store, "Beta", currency="JPY", eac=1_000, **common)
    go_live = a_milestone(store, alpha, "Go-live", baseline=date(2027, 1, 1))
    a_kept_text(store, go_live, "forecast", "late spring", register="milestone")
    (sent,) = send_out(store, [person], tmp_path)
    yield Asking(store, person, alpha, yen, go_live, sent.path)
    store.close()


def put(book: openpyxl.Workbook, row: int, header: str, value: Any, sheet: str = "Projects") -> None:
    """Write a cell under a header."""
    page: Worksheet = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == header)
    page.cell(row, column).value = value


def told(plan: Plan) -> list[tuple[str, str]]:
    """Problems: where and why."""
    return [(each.cell, each.reason) for table in plan.tables for each in table.problems if each.level != Level.NOTE]


def changes(plan: Plan) -> dict[str, dict[str, Any]]:
    """What would be written, by what rows are called."""
    return {row.label: row.change() for table in plan.tables for row in table.rows if row.old}


def test_an_answer_that_changes_nothing_writes_only_that_it_came(asking: Asking) -> None:
    plan = asking.answer()
    assert {row.kind for table in plan.tables for row in table.rows} == {RowKind.UNCHANGED}
    assert told(plan) == []
    assert plan.questions == []
    batch = apply_plan(asking.store, plan).batch
    (sent,) = read_rows(asking.store, "send_out")
    assert (sent["answer"], sent["answered_batch"]) == ("answer.xlsx", batch)
    assert sent["answered_on"] is not None


@pytest.mark.parametrize(
    "header, value, field, kept",
    [
        ("RAG", "R", "rag_overall", "R"),
        ("Finish", datetime(2027, 6, 1), "finish_forecast", date(2027, 6, 1)),
        ("Finish", "1 June 2027", "finish_forecast", date(2027, 6, 1)),
        ("Done", 0.55, "pct_complete", 55.0),
        ("EAC", 1250.5, "eac", 125_050),
        ("EAC", "1,250", "eac", 125_000),
        ("Commentary", "Now on track", "rag_comment", "Now on track"),
        ("Commentary", "@SUM(A1)", "rag_comment", "@SUM(A1)"),
        ("Commentary", None, "rag_comment", None),
        ("Finish", None, "finish_forecast", None),
        ("Finish", "TBC", "finish_forecast", None),
        ("Finish", "June 2027", "finish_forecast", date(2027, 6, 30)),
    ],
)
def test_a_white_cell_that_was_edited_is_written(
    asking: Asking, header: str, value: Any, field: str, kept: Any
) -> None:
    plan = asking.answer(lambda book: put(book, 2, header, value))
    assert changes(plan) == {"A-1 Alpha": {field: kept}}
    assert plan.questions == []
    apply_plan(asking.store, plan)
    assert asking.row("project", asking.alpha)[field] == kept


def test_an_amount_is_read_in_the_money_of_its_row(asking: Asking) -> None:
    assert changes(asking.answer(lambda book: put(book, 3, "EAC", 1250))) == {"Beta": {"eac": 1_250}}


def test_words_in_a_date_are_kept_beside_what_is_there(asking: Asking) -> None:
    plan = asking.answer(lambda book: put(book, 2, "Finish", "when the steel is here"))
    assert changes(plan) == {}
    (row,) = [row for table in plan.tables for row in table.rows if row.new_texts]
    assert row.texts["finish_forecast"].text == "when the steel is here"
    assert told(plan)[0][0] == "Projects!O2"


def test_a_kept_text_goes_when_its_cell_is_filled_or_emptied(asking: Asking) -> None:
    filled = asking.answer(lambda book: put(book, 2, "Forecast", datetime(2027, 5, 1), "Milestones"))
    assert changes(filled) == {"Go-live": {"forecast": date(2027, 5, 1)}}
    emptied = asking.answer(lambda book: put(book, 2, "Forecast", None, "Milestones"))
    for plan in (filled, emptied):
        assert [row.dropped_texts for row in plan.tables[1].rows] == [frozenset({"forecast"})]


def test_the_same_answer_twice_changes_nothing_the_second_time(asking: Asking) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        put(book, 2, "RAG", "R")

    apply_plan(asking.store, asking.answer(edit))
    before = state_hash(asking.store)
    plan = asking.answer(edit)
    assert plan.writes is False
    assert apply_plan(asking.store, plan).batch is None
    assert state_hash(asking.store) == before
    assert "answered before" in plan.notes[0]


def test_what_was_edited_in_the_portfolio_since_stays_when_the_answer_leaves_it_alone(asking: Asking) -> None:
    change_row(asking.store, "project", asking.alpha, rag_overall="G")
    plan = asking.answer(lambda book: put(book, 2, "Done", 0.5))
    row = plan.tables[0].rows[0]
    assert set(row.kept) == {"rag_overall"}
    assert not row.conflicts
    assert row.change() == {"pct_complete": 50.0}


@pytest.mark.parametrize(
    "options, written",
    [
        ({}, "G"),
        ({"resolve": Answer.THEIRS}, "R"),
        ({"resolve": Answer.OURS}, "G"),
        ({"columns_resolved": {"rag_overall": Answer.THEIRS}}, "R"),
        ({"cells_resolved": {"Projects!D2": Answer.THEIRS}, "resolve": Answer.OURS}, "R"),
    ],
)
def test_a_cell_that_both_sides_changed_is_a_conflict(asking: Asking, options: dict[str, Any], written: str) -> None:
    change_row(asking.store, "project", asking.alpha, rag_overall="G")
    plan = asking.answer(lambda book: put(book, 2, "RAG", "R"), **options)
    conflict = plan.tables[0].rows[0].conflicts["rag_overall"]
    assert (conflict.base, conflict.theirs, conflict.ours, conflict.who) == ("A", "R", "G", "ann")
    apply_plan(asking.store, plan)
    assert asking.row("project", asking.alpha)["rag_overall"] == written


def test_both_sides_saying_the_same_is_no_conflict(asking: Asking) -> None:
    change_row(asking.store, "project", asking.alpha, rag_overall="R")
    plan = asking.answer(lambda book: put(book, 2, "RAG", "R"))
    assert plan.tables[0].rows[0].conflicts == {}
    assert changes(plan) == {}


@pytest.mark.parametrize(
    "header, value, cell", [("Budget", 5, "S2"), ("Stage", "Closed", "C2"), ("Currency", "USD", "R2")]
)
def test_a_locked_cell_that_was_changed_all_the_same_is_told_and_not_written(
    asking: Asking, header: str, value: Any, cell: str
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        put(book, 2, header, value)
        put(book, 2, "EAC", 7)

    plan = asking.answer(edit)
    assert told(plan) == [(f"Projects!{cell}", f"{header} is locked and not asked for, so this was not read.")]
    assert changes(plan) == {"A-1 Alpha": {"eac": 700}}


def copy_row(page: Worksheet, row: int, to: int) -> None:
    for cell in page[row]:
        page.cell(to, cell.column or 0).value = cell.value


def swap_identities(book: openpyxl.Workbook) -> None:
    page = book["Projects"]
    last = page.max_column
    page.cell(2, last).value, page.cell(3, last).value = page.cell(3, last).value, page.cell(2, last).value


SWAPPED = "Its name or ID is not that of the project its hidden identity stands for"


@pytest.mark.parametrize(
    "edit, reasons",
    [
        (lambda book: put(book, 4, "Project", "New one"), ["was added"]),
        (lambda book: copy_row(book["Projects"], 2, 4), ["Row 2 of this sheet is the same project"]),
        (lambda book: put(book, 2, "Identity", "f00d"), ["is no project that was sent"]),
        (swap_identities, [SWAPPED] * 2),
        (lambda book: put(book, 2, "Project", "Renamed"), [SWAPPED]),
    ],
    ids=["added", "copied", "tampered", "swapped", "renamed"],
)
def test_a_row_that_cannot_be_told_waits_and_says_why(
    asking: Asking, edit: Callable[[openpyxl.Workbook], object], reasons: list[str]
) -> None:
    plan = asking.answer(edit)
    told = [row.reason for row in plan.tables[0].rows if row.kind is RowKind.REJECTED]
    assert [part in reason for part, reason in zip(reasons, told, strict=True)] == [True] * len(reasons)
    assert [each.level for each in plan.tables[0].problems] == [Level.FIX] * len(reasons)
    assert changes(plan) == {}


def test_the_row_of_somebody_else_is_not_read_whatever_its_identity(asking: Asking) -> None:
    other = a_project(asking.store, "Gamma", pm=a_person(asking.store, "Omar Diaz"))
    plan = asking.answer(lambda book: put(book, 2, "Identity", other))
    assert "hidden identity was changed" in plan.tables[0].rows[0].reason


def test_a_row_that_was_deleted_since_is_told(asking: Asking) -> None:
    delete_records(asking.store, "project", [asking.yen])
    plan = asking.answer()
    assert [row.reason for row in plan.tables[0].rows if row.reason] == [
        "This project was deleted from the portfolio since it was sent."
    ]
    assert plan.tables[0].missing == []


def test_a_row_that_is_left_out_is_listed_and_stays(asking: Asking) -> None:
    plan = asking.answer(lambda book: book["Projects"].delete_rows(3))
    assert [(each.id, each.label) for each in plan.tables[0].missing] == [(asking.yen, "Beta")]
    apply_plan(asking.store, plan)
    assert asking.row("project", asking.yen)["name"] == "Beta"


def test_a_sheet_that_is_missing_is_told_and_the_answer_is_not_whole(asking: Asking) -> None:
    plan = asking.answer(lambda book: book.remove(book["Milestones"]))
    assert [table.into for table in plan.tables] == ["projects"]
    assert "The sheet Milestones is missing" in plan.notes[1]
    assert plan.answers == ""


@pytest.mark.parametrize("options", [{"sheet": "milestones"}, {"into": "milestones"}])
def test_one_sheet_alone_can_be_read(asking: Asking, options: dict[str, Any]) -> None:
    assert [table.into for table in asking.answer(**options).tables] == ["milestones"]


def test_a_row_can_be_left_out_and_a_cell_mended(asking: Asking) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        put(book, 2, "RAG", "R")
        put(book, 3, "Finish", "soonish")

    plan = asking.answer(edit, skip=frozenset({"Projects!2"}), fixes={"Projects!O3": "2027-08-01"})
    assert changes(plan) == {"Beta": {"finish_forecast": date(2027, 8, 1)}}


def test_a_row_that_went_to_another_manager_since_is_still_this_persons_answer(asking: Asking) -> None:
    change_row(asking.store, "project", asking.alpha, pm=a_person(asking.store, "Omar Diaz"))
    assert changes(asking.answer(lambda book: put(book, 2, "RAG", "R"))) == {"A-1 Alpha": {"rag_overall": "R"}}


def test_the_answer_to_another_portfolio_is_refused(asking: Asking) -> None:
    other = create_memory_store("ann")
    with pytest.raises(Known, match="sent out from another portfolio"):
        plan_import(other, read_workbook(asking.path))
    other.close()


def test_an_answer_to_what_was_taken_back_is_refused(asking: Asking) -> None:
    undo(asking.store)
    with pytest.raises(Known, match="was undone"):
        asking.answer()


def test_undo_of_the_import_makes_the_answer_outstanding_again(asking: Asking) -> None:
    plan = asking.answer(lambda book: put(book, 2, "RAG", "R"))
    before = state_hash(asking.store)
    batch = apply_plan(asking.store, plan).batch
    assert batch is not None
    undo_batch(asking.store, batch)
    assert state_hash(asking.store) == before
    assert asking.answer().answers == plan.answers


def test_a_hidden_sheet_that_says_nonsense_is_refused(asking: Asking) -> None:
    def forge(book: openpyxl.Workbook) -> None:
        for row in range(2, 5):
            book["Send-out"].cell(row, 2).value = None

    with pytest.raises(Known, match="hidden sheet was changed"):
        asking.answer(forge)


def test_without_its_hidden_sheet_it_is_anybodys_workbook(asking: Asking) -> None:
    book = openpyxl.load_workbook(asking.path)
    book.remove(book["Send-out"])
    book.save(asking.path)
    assert read_ticket(read_workbook(asking.path)) is None


def test_nothing_is_asked_for_that_is_computed_a_link_or_required() -> None:
    for name, asked in ASKED.items():
        assert asked.opened <= set(asked.shown)
        for each in asked.opened:
            field = find_field(BY_NAME[name].entity.__tablename__, each)
            assert field.kind not in (Kind.LINK, Kind.PERSON)
            assert not field.required
            assert not field.computed


def test_whatever_the_three_sides_say_no_work_is_lost(tmp_path: Path) -> None:
    """Every combination of three ratings and none, each a project of its own in one workbook."""
    store = create_memory_store("ann")
    person = a_person(store)
    values = (None, "R", "A", "G")
    cases = list(product(values, values, values))
    ids = [a_project(store, f"Project {at}", pm=person, rag_overall=base) for at, (base, _, _) in enumerate(cases)]
    path = send_out(store, [person], tmp_path)[0].path
    book = openpyxl.load_workbook(path)
    for at, (base, theirs, ours) in enumerate(cases):
        put(book, at + 2, "RAG", theirs)
        if ours != base:
            change_row(store, "project", ids[at], rag_overall=ours)
    book.save(path)
    plan = plan_import(store, read_workbook(path))
    open_ones = [bool(row.open) for row in plan.tables[0].rows]
    apply_plan(store, plan)
    written = {row["id"]: row["rag_overall"] for row in read_rows(store, "project")}
    assert [written[each] for each in ids] == [theirs if ours == base else ours for base, theirs, ours in cases]
    assert open_ones == [len(set(case)) == 3 for case in cases]
    store.close()


# ---------------------------------------------------------------------- fields of one's own

OWN: list[tuple[Kind, Any, Any, Any]] = [  # kind, what was sent, what the answer says, what is kept of it
    (Kind.TEXT, "Ward 1", "Ward 2", "Ward 2"),
    (Kind.NOTE, "Dry", "Wet\nand cold", "Wet\nand cold"),
    (Kind.CODE, "B-1", "B-2", "B-2"),
    (Kind.NUMBER, 3.0, 4.5, 4.5),
    (Kind.PERCENT, 30.0, 0.45, 45.0),
    (Kind.MONEY, 5_000_00, 6_000, 6_000_00),
    (Kind.DATE, date(2027, 1, 1), datetime(2027, 2, 1), date(2027, 2, 1)),
    (Kind.YESNO, True, "No", False),
    (Kind.CHOICE, "North", "South", "South"),
    (Kind.RAG, "G", "R", "R"),
]


@dataclass
class Owned:
    """A portfolio with a field of its own, filled for one project, and what was sent of it."""

    store: Store
    name: str
    project: str
    path: Path

    def back(self, value: Any) -> Plan:
        """Plan the answer with that in the field's white cell."""
        book = openpyxl.load_workbook(self.path)
        put(book, 2, "Own", value)
        book.save(self.path)
        return plan_import(self.store, read_workbook(self.path))

    def held(self) -> Any:
        """What the project holds now."""
        row = read_row(self.store, "project", self.project)
        assert row
        return row[self.name]


def own_field(tmp_path: Path, kind: Kind, value: Any) -> Owned:
    store = create_memory_store("ann", currency="GBP")
    name = add_custom_field(
        store, "project", "Own", kind, choices=("North", "South") if kind is Kind.CHOICE else ()
    ).name
    person = a_person(store, "Priya Nair")
    project = create_record(store, "project", {"name": "Alpha", "pm": person, name: value})
    (sent,) = send_out(store, [person], tmp_path)
    return Owned(store, name, project, sent.path)


@pytest.mark.parametrize(("kind", "sent", "said", "kept"), OWN)
def test_a_field_of_ones_own_is_asked_for_and_taken_over(
    tmp_path: Path, kind: Kind, sent: Any, said: Any, kept: Any
) -> None:
    owned = own_field(tmp_path, kind, sent)
    untouched = plan_import(owned.store, read_workbook(owned.path))
    assert changes(untouched) == {}
    plan = owned.back(said)
    assert changes(plan) == {"Alpha": {owned.name: kept}}
    done = apply_plan(owned.store, plan)
    assert owned.held() == kept
    assert done.batch
    undo_batch(owned.store, done.batch)
    assert owned.held() == sent
    owned.store.close()


def test_every_kind_a_field_of_ones_own_can_have_is_tried() -> None:
    assert {kind for kind, *_ in OWN} == set(CUSTOM_KINDS)


def test_a_field_of_ones_own_that_is_emptied_is_empty(tmp_path: Path) -> None:
    owned = own_field(tmp_path, Kind.TEXT, "Ward 1")
    apply_plan(owned.store, owned.back(None))
    assert owned.held() is None
    owned.store.close()


def test_a_field_of_ones_own_that_both_sides_changed_is_asked(tmp_path: Path) -> None:
    owned = own_field(tmp_path, Kind.TEXT, "Ward 1")
    edit_cells(owned.store, "project", [Edit(owned.project, owned.name, "Ward 3")])
    (row,) = owned.back("Ward 2").tables[0].rows
    told = row.conflicts[owned.name]
    assert (told.base, told.theirs, told.ours) == ("Ward 1", "Ward 2", "Ward 3")
    assert row.open
    owned.store.close()


def test_a_field_of_ones_own_that_was_deleted_since_is_named_and_left_alone(tmp_path: Path) -> None:
    owned = own_field(tmp_path, Kind.TEXT, "Ward 1")
    delete_custom_field(owned.store, "project", owned.name)
    plan = owned.back("Ward 2")
    assert plan.notes[-1] == "The field Own was deleted since this was sent out: its column was not read."
    assert changes(plan) == {}
    owned.store.close()


def test_a_field_of_ones_own_that_was_made_since_stays_out_of_it(tmp_path: Path) -> None:
    owned = own_field(tmp_path, Kind.TEXT, "Ward 1")
    later = add_custom_field(owned.store, "project", "Later", Kind.TEXT)
    edit_cells(owned.store, "project", [Edit(owned.project, later.name, "new")])
    assert changes(owned.back("Ward 2")) == {"Alpha": {owned.name: "Ward 2"}}
    owned.store.close()
