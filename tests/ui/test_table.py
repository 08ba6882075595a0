"""The one table model, checked by Qt's own model tester and by what it answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.columns import column_of, slip_text
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.table import Table

NAME = Field("name", "Project", Kind.TEXT, searchable=True)
RAG = Field("rag_overall", "RAG", Kind.RAG)
EAC = Field("eac", "EAC", Kind.MONEY)
FINISH = Field("finish", "Finish", Kind.DATE)
SLIP = Field("slip_days", "Slip", Kind.NUMBER, "Forecast minus baseline", computed=True)
TEAM = Field("team", "Team", Kind.CHOICE)
FIELDS = (NAME, RAG, EAC, FINISH, SLIP, TEAM)
COLUMNS = [
    column_of(NAME, strong=True),
    column_of(RAG, beside="rag_trend"),
    column_of(EAC),
    column_of(FINISH),
    column_of(SLIP, text=slip_text),
    column_of(TEAM),
]
READING = Reading({}, "GBP", "GBP", date(2026, 11, 13))


def row(name: str, **values: Any) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "currency": "GBP"} | values


ROWS = [
    row("Delta 10", rag_overall="G", eac=100_000_00, team="North"),
    row(
        "Delta 9",
        rag_overall="R",
        rag_trend="worse",
        eac=731_000_000,
        finish=date(2027, 6, 18),
        slip_days=84,
        team="South",
    ),
    row("Alpha", rag_overall=None, eac=None, team="North"),
    row("Beta", rag_overall="A", eac=250_000_00, finish=date(2026, 12, 1), team=None),
]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table()
    made.show(ROWS, COLUMNS, FIELDS, READING)
    return made


def names(table: Table) -> list[str]:
    lines = (table.record(line) for line in range(table.rowCount()))
    return [line.row["name"] for line in lines if line is not None]


def said(table: Table, name: str, field: str, role: Qt.ItemDataRole) -> Any:
    place = table.place_of(name.lower())
    assert place is not None
    return table.data(table.index(place, table.column_of(field) or 0), role)


def test_it_is_a_good_model_through_every_change(table: Table) -> None:
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.can_write = True
    table.arrange(sort=(("name", False),), group="team")
    table.fold(0)
    table.arrange(find="delta")
    table.arrange(find="nothing has this")
    table.arrange(find="", group=None)
    table.set_columns(COLUMNS[:3])
    table.replace_rows({"alpha": row("Alpha", eac=500)})
    table.set_problems({("alpha", "eac"): ("x", "no amount")})
    assert tester.model() is table
    assert names(table) == ["Alpha", "Beta", "Delta 9", "Delta 10"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((("name", False),), ["Alpha", "Beta", "Delta 9", "Delta 10"]),
        ((("name", True),), ["Delta 10", "Delta 9", "Beta", "Alpha"]),
        ((("rag_overall", True),), ["Delta 9", "Beta", "Delta 10", "Alpha"]),
        ((("eac", False),), ["Delta 10", "Beta", "Delta 9", "Alpha"]),
        ((("eac", True),), ["Delta 9", "Beta", "Delta 10", "Alpha"]),
        ((("finish", True),), ["Delta 9", "Beta", "Delta 10", "Alpha"]),
        ((("team", False), ("name", False)), ["Alpha", "Delta 10", "Delta 9", "Beta"]),
        ((("team", False), ("eac", True)), ["Delta 10", "Alpha", "Delta 9", "Beta"]),
    ],
)
def test_sorting_is_natural_and_empty_cells_stand_last(
    table: Table, sort: tuple[tuple[str, bool], ...], expected: list[str]
) -> None:
    table.arrange(sort=sort)
    assert names(table) == expected


def test_find_wants_every_word_whatever_its_case(table: Table) -> None:
    table.arrange(find="DELTA south")
    assert names(table) == ["Delta 9"]
    table.arrange(find="18 jun 27")
    assert names(table) == ["Delta 9"]


def test_a_further_letter_narrows_and_a_letter_less_widens(table: Table) -> None:
    for typed, count in (("d", 3), ("delta", 2), ("delta 9", 1), ("delta", 2), ("beta", 1), ("", 4)):
        table.arrange(find=typed)
        assert table.rowCount() == count
    table.arrange(find="delta")
    table.replace_rows({"alpha": row("Delta too") | {"id": "alpha"}})
    table.arrange(find="delta too")
    assert names(table) == ["Delta too"]


def test_groups_follow_the_sorting_with_the_empty_one_last_and_sum_by_currency(table: Table) -> None:
    table.arrange(sort=(("eac", True),), group="team")
    assert [table.data(table.index(line, 0)) for line in range(table.rowCount()) if table.record(line) is None] == [
        "South",
        "North",
        "No team",
    ]
    north = table.line(2)
    assert north is not None
    assert table.data(table.index(2, 2)) == "100"
    table.fold(2)
    assert names(table) == ["Delta 9", "Beta"]
    table.fold(2)
    assert names(table) == ["Delta 9", "Delta 10", "Alpha", "Beta"]


def test_an_edit_changes_the_sum_of_its_own_group_and_leaves_the_others(table: Table) -> None:
    table.arrange(sort=(("eac", True),), group="team")
    south, north = (table.index(line, 2) for line in (0, 2))
    assert (table.data(south), table.data(north)) == ("7,310", "100")
    table.replace_rows({"delta 10": ROWS[0] | {"eac": 200_000_00}})
    assert (table.data(south), table.data(north)) == ("7,310", "200")


def test_sums_never_mix_currencies(table: Table) -> None:
    mixed = [*ROWS, row("Gamma", eac=90_000_00, currency="EUR", team="North")]
    table.show(mixed, COLUMNS, FIELDS, Reading({}, "GBP", None, date(2026, 11, 13)))
    table.arrange(group="team")
    assert table.headerData(2, Qt.Orientation.Horizontal) == "EAC k"
    assert table.data(table.index(0, 2)) == "€90 + £100"


def test_an_edited_row_stays_where_it_is_until_sorted_again(table: Table) -> None:
    table.arrange(sort=(("name", False),))
    table.replace_rows({"alpha": row("Zulu") | {"id": "alpha"}})
    assert names(table)[0] == "Zulu"
    table.arrange()
    assert names(table)[-1] == "Zulu"


@pytest.mark.parametrize(
    ("name", "field", "sentence"),
    [
        ("Delta 9", "rag_overall", "Red, worsening since the last report"),
        ("Alpha", "rag_overall", "Not rated"),
        ("Delta 9", "eac", "EAC 7,310 thousand"),
        ("Delta 9", "finish", "Finish 18 Jun 2027"),
        ("Delta 9", "slip_days", "Slip plus 12 weeks"),
        ("Alpha", "eac", "EAC empty"),
        ("Alpha", "name", "Alpha"),
    ],
)
def test_every_cell_has_a_sentence_for_screen_readers(table: Table, name: str, field: str, sentence: str) -> None:
    assert said(table, name, field, Qt.ItemDataRole.AccessibleTextRole) == sentence


def test_a_heading_has_one_too(table: Table) -> None:
    table.arrange(group="team", sort=(("name", False),))
    sentence = table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "North, 2 rows, 1 green, 1 not rated, EAC £k 100, expanded"


def test_the_header_names_the_unit_and_says_what_is_calculated(table: Table) -> None:
    heads = [table.headerData(place, Qt.Orientation.Horizontal) for place in range(table.columnCount())]
    assert heads == ["Project", "RAG", "EAC £k", "Finish", "Slip", "Team"]
    tip = table.headerData(4, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Slip\nCalculated\nForecast minus baseline"


def test_only_stored_cells_of_records_are_editable_and_only_where_writing_is_allowed(table: Table) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert not table.flags(table.index(0, 0)) & editable
    table.can_write = True
    assert table.flags(table.index(0, 0)) & editable
    assert not table.flags(table.index(0, 4)) & editable
    table.arrange(group="team")
    assert not table.flags(table.index(0, 0)) & editable


def test_a_kept_text_is_found_shown_and_explained(table: Table) -> None:
    kept = {
        ("alpha", "finish"): {
            "text": "after summer",
            "reason": "no date",
            "sheet": "Data",
            "cell": "F7",
            "comment": None,
        }
    }
    table.show(ROWS, COLUMNS, FIELDS, READING, kept)
    table.arrange(find="summer")
    assert names(table) == ["Alpha"]
    record = table.record(0)
    assert record is not None
    assert table.kept_text(record, COLUMNS[3]) == "after summer"
    assert said(table, "Alpha", "finish", Qt.ItemDataRole.ToolTipRole) == "In the file: after summer\nno date\nData F7"
    assert said(table, "Alpha", "finish", Qt.ItemDataRole.AccessibleTextRole) == "Finish kept as text: after summer"
