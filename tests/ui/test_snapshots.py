"""Status reports are snapshots: their amounts are added up only within one period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.panes.registers import build_register
from pmo_desktop.ui.panes.viewexport import listing_of
from tests.builders import a_project, a_report
from tests.ui.stage import Stage

AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
WHY = "No sum of EAC: these rows are of several periods"


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    store = create_memory_store(currency="GBP")
    for name, amount in (("Billing", 100_000), ("Metering", 200_000)):
        project = a_project(store, name)
        for end in (AUGUST, SEPTEMBER):
            a_report(store, project, period_end=end, eac=amount * 100)
    made = Stage(tmp_path, lambda context: build_register(context, "status_reports"), store)
    yield made
    made.close()


def headings(stage: Stage) -> list[tuple[str, str]]:
    """Each group and its EAC."""
    table = stage.table
    place = table.column_of("eac")
    return [
        (line.label, table.data(table.index(row, place)))
        for row, line in enumerate(table.arrangement.lines)
        if isinstance(line, Group)
    ]


def test_a_period_has_a_sum_and_a_project_over_periods_has_none_and_says_why(stage: Stage) -> None:
    assert headings(stage) == [("30 Sep 26", "300"), ("31 Aug 26", "300")]
    stage.pane.arranger.group_by("project")
    assert headings(stage) == [("Billing", ""), ("Metering", "")]
    index = stage.table.index(0, stage.table.column_of("eac"))
    assert stage.table.data(index, Qt.ItemDataRole.ToolTipRole) == f"{WHY}."


def test_the_status_bar_says_why_there_is_no_sum(stage: Stage) -> None:
    assert stage.pane.status_text().endswith(WHY)
    stage.pane.bar.finder.setText("30 Sep")
    assert "Sum of EAC, all rows: £300k" in stage.pane.status_text()


def test_a_selection_over_periods_has_a_mean_and_a_count_but_no_sum(stage: Stage) -> None:
    stage.grid.go(1, stage.table.column_of("eac"))
    stage.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "Sum £300k | Mean £150k | Count 2" in stage.pane.status_text()
    stage.grid.marked.take_all()
    assert stage.pane.status_text().endswith("No sum: the rows are of several periods | Mean £150k | Count 4")


def test_a_printed_list_names_no_amount_where_there_is_no_sum(stage: Stage) -> None:
    stage.pane.arranger.group_by("project")
    assert str(listing_of(stage.pane).rows[0].cells[0]) == "Billing (2)"
