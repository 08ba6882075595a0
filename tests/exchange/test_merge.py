"""Three-way merge: what the file said, what it says, what the portfolio holds; both sides' work is kept or asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange.grid import Cell as GridCell
from pmo_desktop.exchange.grid import Sheet, Workbook
from pmo_desktop.exchange.merge import Cell, Verdict, settle
from pmo_desktop.exchange.plan import Answer, Blank, ImportOptions, Plan, RowKind
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.history import undo, undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from tests.builders import state_hash

HEADER: list[GridCell] = ["Ref", "Project name", "RAG", "Sponsor comment", "Finish", "Stage"]
JANUARY: list[list[GridCell]] = [
    HEADER,
    ["A-1", "Alpha", "Green", "steady", "TBC", "Delivery"],
    ["A-2", "Beta", "Red", "late", "2027-01-31", "Delivery"],
    ["A-3", "Gamma", "Amber", "new", "2027-03-31", "Delivery"],
]


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(create_memory_store("ann")) as made:
        yield made


def planned(store: Store, rows: list[list[GridCell]], file: str = "Jan.xlsx", **options: Any) -> Plan:
    return plan_import(store, Workbook(file, file, [Sheet("Register", rows)]), ImportOptions(**options))


def bring_in(store: Store, rows: list[list[GridCell]], file: str = "Jan.xlsx", **options: Any) -> Plan:
    plan = planned(store, rows, file, **options)
    apply_plan(store, plan)
    return plan


def with_cells(rows: list[list[GridCell]], **cells: GridCell) -> list[list[GridCell]]:
    """The rows with other cells, given as B2=...; row 1 is the header."""
    copy = [list(row) for row in rows]
    for address, value in cells.items():
        copy[int(address[1:]) - 1]["ABCDEF".index(address[0])] = value
    return copy


def project(store: Store, ref: str) -> dict[str, Any]:
    return next(row for row in read_rows(store, "project") if row["ref"] == ref)


def edit(store: Store, ref: str, **values: Any) -> None:
    row = project(store, ref)["id"]
    edit_cells(store, "project", [Edit(row, name, value) for name, value in values.items()])


# (base, theirs, ours, by hand) -> verdict; None for a base that was never said
@pytest.mark.parametrize(
    "base, theirs, ours, by_hand, verdict",
    [
        ("A", "A", "A", False, Verdict.SAME),
        ("A", "B", "B", True, Verdict.SAME),
        ("A", "A", "B", True, Verdict.KEEP),
        ("A", "B", "A", False, Verdict.WRITE),
        ("A", "B", "C", True, Verdict.CONFLICT),
        ("A", "B", "C", False, Verdict.CONFLICT),
        (..., "B", "C", True, Verdict.CONFLICT),
        (..., "B", "C", False, Verdict.WRITE),
        (..., "B", "B", True, Verdict.SAME),
        ("A", None, "A", False, Verdict.WRITE),
        ("A", None, "B", True, Verdict.CONFLICT),
        (None, "B", None, False, Verdict.WRITE),
        (None, "B", "C", True, Verdict.CONFLICT),
    ],
)
def test_the_table_of_verdicts(base: Any, theirs: Any, ours: Any, by_hand: bool, verdict: Verdict) -> None:
    known = None if base is ... else Cell(base)
    assert settle(Cell(theirs), Cell(ours), known, lambda a, b: a == b, lambda: by_hand) is verdict


WORDS = st.sampled_from([None, ("TBC", None), ("soon", None)])
CELLS = st.builds(Cell, st.sampled_from([None, "A", "B", "C"]), WORDS, st.just(True))


@given(theirs=CELLS, ours=CELLS, base=st.none() | CELLS, by_hand=st.booleans())
def test_nobodys_work_is_lost_unasked(theirs: Cell, ours: Cell, base: Cell | None, by_hand: bool) -> None:
    verdict = settle(theirs, ours, base, lambda a, b: a == b, lambda: by_hand)
    if theirs == ours:
        assert verdict is Verdict.SAME
    elif base == theirs:
        assert verdict is Verdict.KEEP
    if verdict is Verdict.WRITE and theirs.value != ours.value:  # what goes is what the file had said itself
        assert (base is not None and base.value == ours.value) or (base is None and not by_hand)
    if verdict is Verdict.CONFLICT:
        assert theirs.value != ours.value


def test_the_same_file_again_changes_nothing_whatever_was_edited(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R", finish_forecast=None, stage="Closure")
    before = state_hash(store)
    plan = planned(store, JANUARY)
    assert plan.counts()["unchanged"] == 3
    assert plan.tables[0].rows[0].kept == {"rag_overall", "stage"} | (plan.tables[0].rows[0].kept & {"finish_forecast"})
    assert apply_plan(store, plan).batch is None
    assert state_hash(store) == before


def test_both_sides_work_is_kept(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    plan = bring_in(store, with_cells(JANUARY, F2="Closure", C3="Amber"), "Feb.xlsx")
    alpha, beta = project(store, "A-1"), project(store, "A-2")
    assert (alpha["rag_overall"], alpha["stage"]) == ("R", "Closure")
    assert beta["rag_overall"] == "A"
    assert not any(row.conflicts for row in plan.tables[0].rows)


def test_what_both_changed_is_asked_and_stays(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    february = with_cells(JANUARY, C2="Amber")
    plan = bring_in(store, february, "Feb.xlsx")
    (conflict,) = plan.tables[0].rows[0].conflicts.values()
    assert (conflict.base, conflict.theirs, conflict.ours) == ("G", "A", "R")
    assert (conflict.who, conflict.answer) == ("ann", Answer.ASK)
    assert project(store, "A-1")["rag_overall"] == "R"
    assert plan.tables[0].rows[0].conflicts.keys() == planned(store, february).tables[0].rows[0].conflicts.keys()


def test_an_open_conflict_is_asked_again_though_other_cells_were_written(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    bring_in(store, with_cells(JANUARY, C2="Amber", F2="Closure"), "Feb.xlsx")
    plan = planned(store, with_cells(JANUARY, C2="Amber", F2="Closure"), "Mar.xlsx")
    assert plan.tables[0].rows[0].conflicts["rag_overall"].base == "G"


@pytest.mark.parametrize(
    "options",
    [
        {"resolve": Answer.THEIRS},
        {"columns_resolved": {"rag_overall": Answer.THEIRS}},
        {"cells_resolved": {"Register!C2": Answer.THEIRS}, "resolve": Answer.OURS},
    ],
)
def test_theirs_is_written(store: Store, options: dict[str, Any]) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    bring_in(store, with_cells(JANUARY, C2="Amber"), "Feb.xlsx", **options)
    assert project(store, "A-1")["rag_overall"] == "A"
    assert planned(store, with_cells(JANUARY, C2="Amber")).counts()["unchanged"] == 3


def test_ours_stays_until_the_file_says_something_else(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    amber = with_cells(JANUARY, C2="Amber")
    bring_in(store, amber, "Feb.xlsx", resolve=Answer.OURS)
    again = planned(store, amber, "Mar.xlsx")
    assert not again.tables[0].rows[0].conflicts
    assert again.tables[0].rows[0].kept == {"rag_overall"}
    assert apply_plan(store, again).batch is None
    blue = planned(store, with_cells(JANUARY, C2="Amber/Green"), "Apr.xlsx").tables[0].rows[0]
    assert blue.conflicts["rag_overall"].base == "A"


def test_what_both_came_to_say_is_the_base_though_nothing_was_written(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="A")
    amber = with_cells(JANUARY, C2="Amber")
    agreed = planned(store, amber, "Feb.xlsx")
    assert (agreed.counts()["unchanged"], agreed.writes) == (3, True)
    apply_plan(store, agreed)
    assert not planned(store, amber, "Feb.xlsx").writes
    edit(store, "A-1", rag_overall="G")
    row = planned(store, amber, "Mar.xlsx").tables[0].rows[0]
    assert (set(row.kept), row.old) == ({"rag_overall"}, {})


def test_a_question_about_a_column_that_is_new_stays_open_though_other_rows_are_written(store: Store) -> None:
    bring_in(store, with_cells(JANUARY, C1="Zyx", C2="TBC", C3="TBC", C4="Purple"))
    edit(store, "A-1", rag_overall="R")
    plan = bring_in(store, JANUARY, "Feb.xlsx")
    assert plan.tables[0].rows[0].conflicts.keys() == {"rag_overall"}
    again = planned(store, JANUARY, "Feb.xlsx")
    assert again.tables[0].rows[0].conflicts.keys() == {"rag_overall"}
    assert again.counts()["changed"] == 0


def test_a_tbc_against_an_edit_is_a_conflict(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-2", rag_overall="G")
    plan = bring_in(store, with_cells(JANUARY, C3="TBC"), "Feb.xlsx")
    assert plan.tables[0].rows[1].conflicts["rag_overall"].theirs is None
    assert project(store, "A-2")["rag_overall"] == "G"


def test_a_tbc_that_was_filled_in_stays_filled(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", finish_forecast=date(2027, 5, 1))
    plan = planned(store, JANUARY)
    assert plan.tables[0].rows[0].kept == {"finish_forecast"}
    assert plan.counts()["changed"] == 0


@pytest.mark.parametrize(
    "before, after, day",
    [("end Mar 27", "31/03/2027", "2027-03-31"), ("31/03/2027", "end Mar 27", "2027-03-31"), ("TBC", "not set", None)],
)
def test_what_the_file_only_writes_otherwise_is_not_asked(
    store: Store, before: str, after: str, day: str | None
) -> None:
    bring_in(store, with_cells(JANUARY, E2=before))
    held = project(store, "A-1")["finish_forecast"]
    assert (held.isoformat() if held else None) == day
    edit(store, "A-1", finish_forecast=date(2027, 5, 1))
    row = planned(store, with_cells(JANUARY, E2=after), "Feb.xlsx").tables[0].rows[0]
    assert (set(row.kept), row.conflicts) == ({"finish_forecast"}, {})
    assert row.kind is RowKind.UNCHANGED
    moved = planned(store, with_cells(JANUARY, E2="end Apr 27"), "Mar.xlsx").tables[0].rows[0]
    assert moved.conflicts.keys() == {"finish_forecast"}


def test_a_new_comment_beside_an_old_value_is_still_asked() -> None:
    said, now, ours = Cell("A", ("A", None)), Cell("A", ("A", "see me")), Cell("B")
    assert settle(now, ours, said, lambda a, b: bool(a == b), lambda: True) is Verdict.CONFLICT


def test_blank_cells_keep_or_clear_as_their_column_says(store: Store) -> None:
    bring_in(store, JANUARY)
    blank = with_cells(JANUARY, C2=None, C3=None)
    assert planned(store, blank).counts()["changed"] == 0
    edit(store, "A-1", rag_overall="A")
    plan = bring_in(store, blank, "Feb.xlsx", blank={"RAG": Blank.CLEAR})
    assert project(store, "A-2")["rag_overall"] is None
    assert plan.tables[0].rows[0].conflicts["rag_overall"].ours == "A"


def test_a_blank_leaves_the_base_as_it_was(store: Store) -> None:
    bring_in(store, JANUARY)
    bring_in(store, with_cells(JANUARY, C2=None, F2="Closure"), "Feb.xlsx")
    edit(store, "A-1", rag_overall="R")
    plan = planned(store, with_cells(JANUARY, F2="Closure"), "Mar.xlsx")
    assert plan.tables[0].rows[0].kept == {"rag_overall"}


def test_a_new_file_never_writes_over_what_somebody_typed(store: Store) -> None:
    create_record(store, "project", {"ref": "A-1", "name": "Alpha", "rag_overall": "R"})
    plan = bring_in(store, JANUARY)
    assert plan.tables[0].rows[0].conflicts.keys() == {"rag_overall"}
    assert (project(store, "A-1")["rag_overall"], project(store, "A-1")["stage"]) == ("R", "Delivery")


def test_a_blank_beside_what_somebody_typed_is_no_base(store: Store) -> None:
    create_record(store, "project", {"ref": "A-1", "name": "Alpha", "rag_overall": "R"})
    bring_in(store, with_cells(JANUARY, C2=None))
    plan = planned(store, JANUARY, "Feb.xlsx")
    assert plan.tables[0].rows[0].conflicts.keys() == {"rag_overall"}


def test_two_files_keep_a_base_each(store: Store) -> None:
    finance: list[list[GridCell]] = [
        ["Ref", "Project name", "RAG", "Budget", "EAC"],
        ["A-1", "Alpha", "Amber", 5.0, 6.0],
    ]
    bring_in(store, JANUARY)
    bring_in(store, finance, "Finance.xlsx", money_unit="m")
    assert project(store, "A-1")["rag_overall"] == "A"
    again = planned(store, JANUARY, "Feb.xlsx").tables[0].rows[0]
    assert again.kept == {"rag_overall"}
    assert not again.conflicts


def test_after_undo_the_file_is_as_if_it_had_never_been(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    before = state_hash(store)
    february = with_cells(JANUARY, C2="Amber", F2="Closure", C4="Green")
    first = bring_in(store, february, "Feb.xlsx")
    undo(store)
    assert state_hash(store) == before
    second = planned(store, february, "Feb.xlsx")
    assert [(row.kind, row.conflicts, row.old) for row in first.tables[0].rows] == [
        (row.kind, row.conflicts, row.old) for row in second.tables[0].rows
    ]


def test_undo_of_the_first_of_two_imports_leaves_a_base_for_the_third(store: Store) -> None:
    bring_in(store, JANUARY)
    february = with_cells(JANUARY, C2="Amber")
    bring_in(store, february, "Feb.xlsx")
    undo_batch(store, 2, rest=True)
    march = planned(store, with_cells(february, F2="Closure"), "Mar.xlsx")
    assert not march.tables[0].rows[0].conflicts


def test_records_that_vanished_are_listed_and_stay(store: Store) -> None:
    bring_in(store, JANUARY)
    shorter = [JANUARY[0], JANUARY[2], with_cells(JANUARY, C4="Green")[3]]
    plan = bring_in(store, shorter, "Feb.xlsx")
    assert [(each.label, each.last) for each in plan.tables[0].missing] == [("A-1 Alpha", "Jan.xlsx")]
    assert len(read_rows(store, "project")) == 3
    again = planned(store, shorter, "Mar.xlsx")
    assert [(each.label, each.last) for each in again.tables[0].missing] == [("A-1 Alpha", "Jan.xlsx")]
    assert not planned(store, shorter, "Mar.xlsx", skip=frozenset({"Register!3"})).tables[0].missing
    assert not planned(store, JANUARY, "Apr.xlsx").tables[0].missing


def test_another_department_with_the_same_form_misses_nobody(store: Store) -> None:
    bring_in(store, JANUARY)
    other: list[list[GridCell]] = [HEADER, ["B-1", "Delta", "Green", "x", "2027-01-01", "Delivery"]]
    assert not bring_in(store, other, "Estates.xlsx").tables[0].missing
    assert not planned(store, JANUARY, "Feb.xlsx").tables[0].missing


def test_a_renamed_header_a_moved_and_a_new_column_are_the_same_lineage(store: Store) -> None:
    bring_in(store, JANUARY)
    edit(store, "A-1", rag_overall="R")
    order = [1, 0, 5, 2, 4, 3]
    moved = [[row[place] for place in order] + ["x"] for row in JANUARY]
    moved[0] = ["Project", "Project ID", "Stage", "RAG status", "Forecast finish", "Sponsor comment", "Tier"]
    plan = planned(store, moved, "Register v2 FINAL.xlsx")
    assert plan.tables[0].rows[0].kept == {"rag_overall"}
    assert not plan.tables[0].rows[0].conflicts


def test_answers_are_remembered_in_the_portfolio(store: Store) -> None:
    rows = [[*row, each] for row, each in zip(JANUARY, ["Zyx", "1.5", "2.5", "3.5"], strict=True)]
    options: dict[str, Any] = {
        "columns": {"Zyx": "new", "Sponsor comment": "ignore"},
        "values": {"rag_overall": {"Meh": "A"}},
    }
    bring_in(store, with_cells(rows, C2="Meh"), **options)
    plan = planned(store, with_cells(rows, C2="Meh", C3="Meh"), "Feb.xlsx")
    treated = {column.header: column.treatment.value for column in plan.tables[0].columns}
    assert (treated["Zyx"], treated["Sponsor comment"]) == ("field", "ignored")
    assert [row.values["rag_overall"] for row in plan.tables[0].rows] == ["A", "A", "A"]
    assert [each.file for each in plan.reused] == ["Jan.xlsx"]
    fresh = planned(store, rows, "Feb.xlsx", fresh=True)
    assert {column.header: column.treatment.value for column in fresh.tables[0].columns}["Sponsor comment"] != "ignored"


def test_an_answer_for_one_word_of_a_column_leaves_those_for_its_other_words(store: Store) -> None:
    bring_in(store, with_cells(JANUARY, C2="Meh"), values={"rag_overall": {"Meh": "A"}})
    two = with_cells(JANUARY, C2="Meh", C3="Hum")
    bring_in(store, two, "Feb.xlsx", values={"rag_overall": {"Hum": "G"}})
    for plan in (planned(store, two, "Feb.xlsx"), planned(store, two, "Mar.xlsx")):
        assert [row.values["rag_overall"] for row in plan.tables[0].rows] == ["A", "G", "A"]


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_month_twice_is_no_change(data: st.DataObject) -> None:
    words = st.sampled_from(["Green", "Red", "Amber", "TBC", "Purple", None])
    with closing(create_memory_store("ann")) as made:
        for month in range(3):
            cells = {f"C{line}": data.draw(words) for line in (2, 3, 4)}
            rows = with_cells(JANUARY, **cells)
            bring_in(made, rows, f"{month}.xlsx", resolve=data.draw(st.sampled_from(Answer)))
            again = planned(made, rows, f"{month}.xlsx")
            assert again.counts()["changed"] == again.counts()["new"] == 0
            for ref in ("A-1", "A-2"):
                edit(made, ref, rag_overall=data.draw(st.sampled_from(["R", "A", "G", None])))
