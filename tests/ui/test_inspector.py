"""The inspector: follows the row, edits one or several records, shows plan, money and history, opens windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches
from pmo_desktop.ui.form import FormField
from pmo_desktop.ui.inspector import RecordWindow
from pmo_desktop.ui.panes.projects import build_pane
from pmo_desktop.ui.planchart import KeyDate, PlanChart
from tests.builders import a_kept_text
from tests.ui.stage import Stage, small_portfolio

Key = Qt.Key


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def show(stage: Stage, name: str, page: int = 0) -> Any:
    """Go to a project and a page; gives the page."""
    stage.go(name, "name")
    stage.pane.inspector.bar.setCurrentIndex(page)
    stage.pane.inspector.refresh()
    QApplication.processEvents()
    return stage.pane.inspector.tabs[page]


def part(page: Any, name: str) -> FormField:
    found: FormField = next(each for form in page.forms for each in form.parts if each.meaning.name == name)
    return found


def test_it_says_where_the_record_belongs_and_what_it_is_called(stage: Stage) -> None:
    show(stage, "Billing")
    inspector = stage.pane.inspector
    assert (inspector.where.text(), inspector.title.text()) == ("HW-101 · Customer", "Billing")
    assert inspector.strip.accessibleName().startswith("Ratings: Overall Red")
    stage.go("Sludge", "name")
    QTest.qWait(60)
    assert inspector.title.text() == "Sludge"


def test_leaving_a_field_writes_it_and_escape_forgets(stage: Stage) -> None:
    page = show(stage, "Billing")
    field = part(page, "stage")
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "Design")
    QTest.keyClick(field.editor, Key.Key_Return)
    assert stage.value("Billing", "stage") == "Design"
    QTest.keyClicks(field.editor, " and more")
    QTest.keyClick(field.editor, Key.Key_Escape)
    assert field.editor.text() == "Design"
    assert stage.value("Billing", "stage") == "Design"


def test_a_wrong_text_is_said_under_its_field(stage: Stage) -> None:
    page = show(stage, "Billing", 1)
    field = part(page, "finish_forecast")
    field.editor.set_text("someday", replaced=False)
    field.commit()
    assert field.wrong.text()
    assert field.editor.property("wrong") is True
    assert stage.value("Billing", "finish_forecast") == date(2027, 6, 18)
    field.restore()
    assert not field.wrong.text()


def test_several_records_show_what_they_share_and_are_written_in_one_step(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.pane.inspector.refresh()
    page = stage.pane.inspector.tabs[0]
    assert stage.pane.inspector.title.text() == "2 projects"
    assert part(page, "lifecycle_status").editor.text() == "Active"
    field = part(page, "pm")
    assert (field.editor.text(), field.editor.placeholderText()) == ("", "Several")
    before = len(latest_batches(stage.store))
    field.editor.set_text("Ada Obi", replaced=False)
    field.commit()
    assert stage.text("Billing", "pm") == stage.text("Metering", "pm") == "Ada Obi"
    assert len(latest_batches(stage.store)) == before + 1
    assert not stage.pane.inspector.bar.isTabVisible(3)


def test_money_is_shown_in_a_table_and_edited_in_full(stage: Stage) -> None:
    page = show(stage, "Billing", 2)
    texts = [cell.text() for cell in page.money.cells[0]]
    assert texts == ["Whole life", "6,400", "–", "7,310", "+910"]
    assert page.section.note.text() == "£k"
    assert part(page, "eac").editor.text() == "£7,310,000"
    part(page, "eac").editor.set_text("£7.5m", replaced=False)
    part(page, "eac").commit()
    assert stage.value("Billing", "eac") == 750_000_000


def test_the_plan_draws_the_milestones_and_the_finish(stage: Stage) -> None:
    page = show(stage, "Billing", 1)
    assert [each.name for each in page.chart.dates] == ["Design gate", "Build gate", "Finish"]
    assert page.chart.accessibleName().startswith("Key dates: Design gate, baseline 1 Sep 2026, done 15 Sep 2026")
    assert page.dates.note.text() == "Slip +12 wk"
    page = show(stage, "Sludge", 1)
    assert not page.chart.dates
    assert page.none.isVisibleTo(page)


def test_the_history_says_what_changed_from_what_to_what(stage: Stage) -> None:
    show(stage, "Billing")
    stage.go("Billing", "finish_forecast")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "30 Jul 2027", False)
    page = show(stage, "Billing", 4)
    assert "Finish: 18 Jun 27 → 30 Jul 27" in page.list.shown
    assert page.list.shown[0].startswith("Change finish of HW-101, test, ")


def test_a_kept_text_is_shown_where_there_is_no_value(stage: Stage) -> None:
    row = next(each.id for each in stage.table.arrangement.records if each.row["name"] == "Leaks")
    a_kept_text(stage.store, row, "finish_forecast", "after summer")
    stage.pane.refresh()
    page = show(stage, "Leaks", 1)
    assert part(page, "finish_forecast").editor.placeholderText() == "after summer (kept as text)"
    place = stage.table.place_of(row)
    assert stage.table.kept_text(stage.table.record(place), stage.table.columns[5]) == "after summer"


def test_a_record_opens_in_a_window_of_its_own_and_stays_there(stage: Stage) -> None:
    show(stage, "Billing")
    stage.perform("record.open")
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, RecordWindow))
    stage.go("Leaks", "name")
    QTest.qWait(60)
    assert window.inside.title.text() == "Billing"
    assert window.windowTitle() == "HW-101 · Customer Billing"
    window.close()


def test_hiding_and_narrowing(stage: Stage) -> None:
    wide = stage.pane.pages.width()
    stage.perform("view.inspector")
    assert stage.pane.pages.width() > wide
    stage.perform("view.inspector")
    stage.pane.set_narrow(True)
    assert stage.pane.pages.width() == stage.pane.width()
    stage.pane.set_narrow(False)
    assert stage.pane.pages.width() == wide
    stage.pane.sides.set_side_width(9_999)
    assert stage.pane.sides.width_wanted == 520


def test_an_empty_chart_paints_and_says_so(qtbot: QtBot) -> None:
    chart = PlanChart()
    qtbot.addWidget(chart)
    chart.show_dates([KeyDate("None", None, None)], date(2026, 11, 13))
    assert chart.accessibleName() == "No key dates"


def test_with_nothing_found_it_says_so_at_its_top_and_offers_no_deed(stage: Stage) -> None:
    show(stage, "Billing")
    inspector = stage.pane.inspector
    assert inspector.foot.isVisible()
    stage.pane.bar.finder.setText("no such words")
    QTest.qWait(60)
    assert inspector.title.text() == "No project selected"
    assert not inspector.foot.isVisible()
    assert inspector.title.mapTo(inspector, inspector.title.rect().topLeft()).y() < 80
    assert inspector.height() == stage.pane.sides.height()
    stage.pane.bar.finder.clear()
    stage.go("Billing", "name")
    QTest.qWait(60)
    assert inspector.foot.isVisible()


def test_a_beginning_typed_into_a_list_field_is_completed_in_its_editor(stage: Stage) -> None:
    field = part(show(stage, "Leaks"), "rag_overall")
    field.editor.setFocus()
    field.editor.set_text("am", replaced=False)
    QTest.keyClick(field.editor, Key.Key_Return)
    assert stage.value("Leaks", "rag_overall") == "A"
    assert field.editor.text() == "Amber"
    field.editor.set_text("c", replaced=False)
    field.commit()
    assert stage.value("Leaks", "rag_overall") == "C"  # a rating's letter is the rating


def test_a_beginning_of_several_words_is_told_under_its_field(stage: Stage) -> None:
    field = part(show(stage, "Leaks"), "lifecycle_status")
    field.editor.set_text("c", replaced=False)
    field.commit()
    assert "could be Closed or Cancelled" in field.wrong.text()
    assert stage.value("Leaks", "lifecycle_status") == "Active"
