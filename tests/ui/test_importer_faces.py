"""What the preview shows of a plan: order, tabs, and each cell in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.exchange.plan import Answer, CellText, NewRecord, RowKind
from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.importer.cell_texts import SheetTexts
from pmo_desktop.ui.importer.faces import (
    ALL,
    CONFLICT,
    FIX,
    LOOK,
    MISSING,
    Face,
    Shown,
    Side,
    is_derived,
    shown_headers,
)
from pmo_desktop.ui.kinds import Reading
from tests.ui.importstage import merge_plan, small_plan

READING = Reading(currency="GBP")


@pytest.fixture
def shown() -> Shown:
    plan = small_plan()
    return Shown(plan, plan.tables[0], READING)


def place(shown: Shown, field: str) -> int:
    return next(at for at, column in enumerate(shown.columns) if column.field == field)


def face(shown: Shown, row: int, field: str) -> Face:
    at = next(at for at, each in enumerate(shown.rows) if each.row == row)
    return shown.face(at, place(shown, field))


def test_what_needs_a_person_stands_first(shown: Shown) -> None:
    assert [row.kind for row in shown.rows] == [RowKind.REJECTED, RowKind.CHANGED, RowKind.NEW, RowKind.UNCHANGED]


def test_the_columns_a_row_is_called_by_stand_first(shown: Shown) -> None:
    assert [column.field for column in shown.columns][:3] == ["ref", "name", "rag_overall"]


def test_every_row_is_in_all_and_in_the_tab_of_what_happens(shown: Shown) -> None:
    counts = {name: len(places) for name, places in shown.tabs.items()}
    assert counts == {ALL: 4, FIX: 1, LOOK: 1, "new": 1, "changed": 1, "unchanged": 1, CONFLICT: 0, MISSING: 0}


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        (3, "eac", Face("7,310", "changed", "6,980")),
        (3, "finish_forecast", Face("18 Jun 27", "changed", "07 May 27")),
        (3, "rag_overall", Face("Red", "changed", "Amber", "R", "A", is_rating=True)),
        (4, "finish_forecast", Face("31/11/2027", "warn", why="31/11/2027 is no date.")),
        (5, "ref", Face("Empty", "err", why="The row has neither an ID nor a name.")),
        (2, "name", Face("Register", "quiet")),
        (4, "name", Face("Solar", "plain")),
        (4, "rag_overall", Face("", "plain", is_rating=True)),
    ],
)
def test_a_cell_shows_what_happens_to_it(shown: Shown, row: int, field: str, expected: Face) -> None:
    assert face(shown, row, field) == expected


def test_a_difference_that_rounding_hides_is_shown_in_full() -> None:
    plan = small_plan()
    row = plan.tables[0].rows[1]
    row.old["eac"], row.values["eac"] = 731_000_000, 731_000_050
    found = face(Shown(plan, plan.tables[0], READING), 3, "eac")
    assert (found.old, found.text) == ("7,310,000", "7,310,000.50")


def test_a_blank_cell_shows_what_it_keeps() -> None:
    plan = small_plan()
    present = {"p-2": {"finish_forecast": date(2027, 1, 29), "rag_overall": "G"}}
    shown = Shown(plan, plan.tables[0], READING, present)
    assert face(shown, 2, "finish_forecast").text == "29 Jan 27"
    assert face(shown, 2, "rag_overall").code == "G"


def test_a_cell_that_says_there_is_no_value_shows_its_words_quietly() -> None:
    plan = small_plan()
    plan.tables[0].rows[2].texts["eac"] = CellText("TBC", None, "“TBC” says that there is no value yet.", "E4")
    assert face(Shown(plan, plan.tables[0], READING), 4, "eac").tone == "kept"


def test_people_the_plan_creates_have_their_names() -> None:
    plan = small_plan()
    plan.new_records.append(NewRecord("new-1", "person", {"name": "Ruth Ellery"}))
    table = plan.tables[0]
    table.columns[0] = replace(table.columns[0], field="pm", label="Manager", kind=Kind.PERSON)
    table.rows[2].values["pm"] = "new-1"
    assert face(Shown(plan, table, READING), 4, "pm").text == "Ruth Ellery"


def test_money_of_several_currencies_says_which() -> None:
    plan = small_plan()
    plan.tables[0].rows[0].values["currency"] = "EUR"
    shown = Shown(plan, plan.tables[0], READING)
    assert face(shown, 2, "eac").text == "€610"
    assert shown.heading(shown.columns[place(shown, "eac")]) == "EAC (k)"


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (3, "finish_forecast", "Finish changes from 7 May 2027 to 18 Jun 2027"),
        (3, "rag_overall", "RAG changes from Amber to Red"),
        (4, "finish_forecast", "Finish: 31/11/2027. 31/11/2027 is no date."),
        (4, "rag_overall", "RAG: Not rated"),
    ],
)
def test_a_cell_is_said_as_a_sentence(shown: Shown, row: int, field: str, sentence: str) -> None:
    at = next(at for at, each in enumerate(shown.rows) if each.row == row)
    assert shown.spoken(at, place(shown, field)) == sentence


def test_the_row_says_what_happens_and_why(shown: Shown) -> None:
    assert shown.spoken_row(0) == "Row 5, unnamed: Needs fixing. The row has neither an ID nor a name."
    assert shown.spoken_row(2) == "Row 4, HW-510 Solar: New, a cell needs a look"


def test_a_cell_is_found_by_its_row_of_the_sheet_and_its_field(shown: Shown) -> None:
    assert shown.place_of(4, "finish_forecast") == (2, place(shown, "finish_forecast"))


def test_the_editor_starts_with_what_the_workbook_says_not_with_the_value() -> None:
    plan = small_plan()
    rows: list[list[Any]] = [
        [],
        [],
        ["Billing", "HW-101", "R", date(2027, 6, 18), 7310.0],
        ["Solar", "HW-510", None, "31/11/2027", 0.25],
    ]
    shown = Shown(plan, plan.tables[0], READING, found=SheetTexts(rows, {(4, 3): "30 Nov 2027"}))
    found = {
        (row, field): shown.found_text(at, place(shown, field))
        for at, row in ((1, 3), (2, 4))
        for field in ("eac", "finish_forecast", "rag_overall")
    }
    assert found == {
        (3, "eac"): "7310",  # in thousands, as the column says
        (3, "finish_forecast"): "18 Jun 2027",
        (3, "rag_overall"): "R",
        (4, "eac"): "0.25",
        (4, "finish_forecast"): "30 Nov 2027",
        (4, "rag_overall"): "",
    }


def test_the_date_of_a_title_line_has_a_column_of_its_own() -> None:
    plan = small_plan()
    table = plan.tables[0]
    table.report_date = date(2026, 11, 30)
    table.rows[1].values["report_date"], table.rows[1].old["report_date"] = date(2026, 11, 30), None
    shown = Shown(plan, table, READING)
    column = shown.columns[place(shown, "report_date")]
    assert (shown_headers(column), is_derived(column)) == ("Title line", True)
    assert face(shown, 3, "report_date").tone == "changed"


def test_a_row_that_changes_only_in_its_kept_words_shows_where() -> None:
    plan = small_plan()
    row = plan.tables[0].rows[1]
    row.old.clear()
    row.texts["eac"], row.new_texts = CellText("about 7.3m", "about", None, "E3"), frozenset({"eac"})
    found = face(Shown(plan, plan.tables[0], READING), 3, "eac")
    assert (found.tone, found.text, found.why) == ("changed", "7,310", "Written as “about 7.3m”")


# ---------------------------------------------------------------------- both sides of a merge


PRESENT = {"p-9": {"ref": "HW-090", "name": "Old depot", "rag_overall": "G"}}


@pytest.fixture
def merged() -> Shown:
    plan = merge_plan()
    return Shown(plan, plan.tables[0], READING, PRESENT)


def test_a_row_with_an_open_conflict_stands_before_what_changes_and_the_missing_last(merged: Shown) -> None:
    assert [(row.row, len(row.open)) for row in merged.rows] == [(5, 0), (3, 2), (4, 0), (2, 0), (0, 0)]
    assert {CONFLICT: merged.tabs[CONFLICT], MISSING: merged.tabs[MISSING]} == {CONFLICT: [1], MISSING: [4]}


@pytest.mark.parametrize(
    ("answer", "tone", "text", "old"),
    [
        (Answer.ASK, "conflict", "18 Jun 27", "14 May 27"),
        (Answer.THEIRS, "settled", "18 Jun 27", "14 May 27"),
        (Answer.OURS, "settled", "14 May 27", "18 Jun 27"),
    ],
)
def test_a_conflict_shows_both_values_and_what_gives_way(answer: Answer, tone: str, text: str, old: str) -> None:
    plan = merge_plan({"finish_forecast": answer})
    found = face(Shown(plan, plan.tables[0], READING), 3, "finish_forecast")
    assert (found.tone, found.text, found.old) == (tone, text, old)


def test_a_rating_in_conflict_shows_both_marks(merged: Shown) -> None:
    found = face(merged, 3, "rag_overall")
    assert (found.tone, found.old_code, found.code) == ("conflict", "G", "R")


def test_a_conflict_with_words_that_are_no_value_shows_the_words() -> None:
    plan = merge_plan()
    row = plan.tables[0].rows[1]
    row.conflicts["finish_forecast"] = replace(row.conflicts["finish_forecast"], theirs=None)
    row.texts["finish_forecast"] = CellText("TBC", None, None, "D3")
    shown = Shown(plan, plan.tables[0], READING)
    assert face(shown, 3, "finish_forecast").text == "TBC"
    assert shown.sides(1, place(shown, "finish_forecast"))[1] == Side("This file", "TBC (kept as text)", "Register!D3")


def test_the_three_sides_say_who_and_when(merged: Shown) -> None:
    assert merged.sides(1, place(merged, "finish_forecast")) == [
        Side("Last file", "7 May 2027"),
        Side("This file", "18 Jun 2027", "Register!D3"),
        Side("Portfolio", "14 May 2027", "Priya Nair, 3 November 2026"),
    ]
    assert merged.sides(1, place(merged, "eac")) == []


def test_a_conflict_is_said_with_its_sides(merged: Shown) -> None:
    said = merged.spoken(1, place(merged, "finish_forecast"))
    assert said == "Finish, open conflict: Last file 7 May 2027; This file 18 Jun 2027; Portfolio 14 May 2027"


def test_a_cell_that_was_edited_here_stays_and_says_so(merged: Shown) -> None:
    found = face(merged, 2, "eac")
    assert (found.tone, found.text) == ("edited", "650")
    assert found.why.startswith("Edited here since")


def test_a_missing_record_shows_what_the_portfolio_holds_and_who_named_it(merged: Shown) -> None:
    assert (face(merged, 0, "name").text, face(merged, 0, "rag_overall").code) == ("Old depot", "G")
    assert merged.spoken_row(4) == (
        "HW-090 Old depot: Missing. October.xlsx named it last. It stays as it is; an import deletes nothing."
    )
