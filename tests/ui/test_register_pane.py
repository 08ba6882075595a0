"""The register pane as somebody sees and uses it: moving, views, filters, columns, verbs, state, other registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.views import read_views
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.panes.projects import OUTLINE, build_pane
from pmo_desktop.ui.panes.registers import OUTLINES, build_register
from pmo_desktop.ui.view import View, view_from_json
from tests.builders import a_project
from tests.ui.stage import Stage, small_portfolio

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def lines(stage: Stage) -> list[str]:
    return [
        f"[{line.label}]" if isinstance(line, Group) else line.row["name"] for line in stage.table.arrangement.lines
    ]


def here(stage: Stage) -> tuple[str, str]:
    line = stage.table.line(stage.grid.current_row)
    column = stage.table.columns[stage.grid.current_column].name
    return (line.label if isinstance(line, Group) else line.row["name"]), column


def test_it_opens_grouped_worst_first_without_the_closed(stage: Stage) -> None:
    assert lines(stage) == ["[Customer]", "Billing", "Metering", "[Network]", "Leaks", "[No programme]", "Sludge"]
    assert stage.pane.subtitle() == "4 active in 2 programmes"


@pytest.mark.parametrize(
    ("start", "key", "held", "end"),
    [
        (("Billing", "name"), Key.Key_Right, None, ("Billing", "rag_overall")),
        (("Billing", "rag_overall"), Key.Key_Left, None, ("Billing", "name")),
        (("Billing", "name"), Key.Key_Down, None, ("Metering", "name")),
        (("Metering", "name"), Key.Key_Down, None, ("Network", "name")),
        (("Billing", "name"), Key.Key_End, None, ("Billing", "lifecycle_status")),
        (("Billing", "eac"), Key.Key_Home, None, ("Billing", "ref")),
        (("Leaks", "eac"), Key.Key_Home, CTRL, ("Customer", "ref")),
        (("Billing", "ref"), Key.Key_End, CTRL, ("Sludge", "lifecycle_status")),
        (("Metering", "name"), Key.Key_Return, None, ("Leaks", "name")),
        (("Leaks", "name"), Key.Key_Return, SHIFT, ("Metering", "name")),
        (("Billing", "name"), Key.Key_Tab, None, ("Billing", "rag_overall")),
        (("Billing", "lifecycle_status"), Key.Key_Tab, None, ("Metering", "ref")),
        (("Metering", "ref"), Key.Key_Backtab, SHIFT, ("Billing", "lifecycle_status")),
        (("Billing", "finish_forecast"), Key.Key_Left, CTRL, ("Billing", "ref")),
        (("Sludge", "rag_overall"), Key.Key_Right, CTRL, ("Sludge", "lifecycle_status")),
        (("Billing", "name"), Key.Key_PageDown, None, ("Sludge", "name")),
    ],
)
def test_keys_move_over_the_seam_and_over_headings(
    stage: Stage, start: tuple[str, str], key: Qt.Key, held: Any, end: tuple[str, str]
) -> None:
    stage.go(*start)
    stage.press(key, held or Qt.KeyboardModifier.NoModifier)
    assert here(stage) == end
    assert stage.grid.half(stage.grid.current_column).hasFocus()


def test_shift_arrows_select_across_the_seam_and_the_status_bar_sums(stage: Stage) -> None:
    stage.go("Billing", "name")
    for _ in range(6):
        stage.press(Key.Key_Right, SHIFT)
    stage.press(Key.Key_Down, SHIFT)
    assert here(stage) == ("Billing", "name")
    assert len(stage.grid.marked.records()) == 2
    assert stage.pane.status_text() == "4 projects | 2 selected | Sum £17,260k | Mean £8,630k | Count 2"
    stage.press(Key.Key_Escape)
    assert not stage.grid.marked.has_range


def test_row_column_and_all(stage: Stage) -> None:
    stage.go("Billing", "eac")
    stage.press(Key.Key_Space, SHIFT)
    assert len(list(stage.grid.marked.cells())) == stage.table.columnCount()
    stage.go("Billing", "eac")
    stage.press(Key.Key_Space, CTRL)
    assert [stage.table.columns[place].name for _, place in stage.grid.marked.cells()] == ["eac"] * 4
    stage.perform("edit.select_all")
    assert len(stage.grid.marked.records()) == 4


def test_space_and_arrows_fold_a_heading(stage: Stage) -> None:
    stage.grid.go(0, 0)
    stage.press(Key.Key_Space)
    assert lines(stage)[:2] == ["[Customer]", "[Network]"]
    stage.press(Key.Key_Right)
    assert lines(stage)[1] == "Billing"
    stage.press(Key.Key_Left)
    assert lines(stage)[1] == "[Network]"
    assert here(stage)[0] == "Customer"


def test_control_tab_leaves_the_table(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.press(Key.Key_Tab, CTRL)
    assert not stage.grid.is_active


def test_find_narrows_at_each_letter_and_gives_the_table_back(stage: Stage) -> None:
    stage.perform("edit.find")
    stage.type("met")
    assert lines(stage) == ["[Customer]", "Metering"]
    stage.press(Key.Key_Return)
    assert stage.grid.is_active
    stage.perform("edit.find")
    stage.press(Key.Key_Escape)
    assert len(lines(stage)) == 7


def test_an_empty_result_names_its_filters_and_clears_them(stage: Stage) -> None:
    stage.pane.bar.finder.setText("nowhere")
    empty = stage.pane.pages.currentWidget()
    said = [each.text() for each in empty.findChildren(QWidget) if hasattr(each, "text")]
    assert "No projects match these filters" in said
    assert any("Find: nowhere" in each and "Status: not Closed or Cancelled" in each for each in said)
    empty.buttons[0].click()
    assert "Old pumps" in lines(stage)


def test_nothing_yet_offers_the_first_record(qtbot: QtBot, tmp_path: Path) -> None:
    made = Stage(tmp_path, build_pane, create_memory_store())
    empty = made.pane.pages.currentWidget()
    assert empty.buttons[0].text() == "New project"
    a_project(made.store, "First")
    assert lines(made)[-1] == "First"
    made.close()


def test_filter_to_this_value_makes_a_chip_and_its_cross_removes_it(stage: Stage) -> None:
    stage.go("Metering", "pm")
    record = stage.grid.current
    stage.pane.controls.filter_to("pm", record.row["pm"])
    assert lines(stage) == ["[Customer]", "Metering"]
    chip = stage.pane.bar.chips.chips[-1]
    assert (chip.label, chip.words) == ("Manager", "Tom Okafor")
    assert stage.pane.arranger.is_changed
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Delete)
    assert len(lines(stage)) == 7
    assert not stage.pane.arranger.is_changed


def test_a_filter_is_asked_for_in_a_popover(stage: Stage) -> None:
    stage.pane.controls.ask_filter(stage.pane.bar.chips.add, None, "finish_forecast")
    box = stage.pane.controls.open
    box.value.setText("not a day")
    QTest.keyClick(box.value, Key.Key_Return)
    assert box.isVisible()
    assert box.wrong.text()
    box.value.setText("1 Sep 2027")
    QTest.keyClick(box.value, Key.Key_Return)
    assert lines(stage) == ["[Customer]", "Billing"]
    assert stage.pane.arranger.view.conditions[-1] == Condition("finish_forecast", "before", (date(2027, 9, 1),))


def test_values_are_ticked_in_a_list_that_counts_them(stage: Stage) -> None:
    stage.pane.controls.ask_filter(stage.pane.bar.chips.add, None, "rag_overall")
    box = stage.pane.controls.open
    texts = [box.list.values.item(row).text() for row in range(box.list.values.count())]
    assert texts == ["Red  (1)", "Amber  (1)", "Green  (1)", "Complete  (1)", "Empty  (1)"]
    box.list.values.item(0).setCheckState(Qt.CheckState.Checked)
    box.list.values.item(4).setCheckState(Qt.CheckState.Checked)
    QTest.keyClick(box, Key.Key_Return)
    assert [name for name in lines(stage) if name[0] != "["] == ["Billing", "Sludge"]


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("All active", {"Billing", "Metering", "Leaks", "Sludge"}),
        ("Reds and ambers", {"Billing", "Metering"}),
        ("Closing soon", set()),
        ("Closed", {"Old pumps"}),
        ("All projects", {"Billing", "Metering", "Leaks", "Sludge", "Old pumps"}),
    ],
)
def test_the_built_in_views(stage: Stage, view: str, shown: set[str]) -> None:
    found = next(each for each in OUTLINE.views if each.name == view)
    stage.pane.arranger.choose(found)
    assert {name for name in lines(stage) if name[0] != "["} == shown
    assert stage.pane.bar.view_button.text() == view


def test_a_view_is_saved_for_the_team_changed_and_deleted(stage: Stage) -> None:
    arranger = stage.pane.arranger
    arranger.sort_by("eac", True, False)
    arranger.group_by(None)
    assert stage.pane.bar.view_button.text().endswith("•")
    arranger.save_as("By money")
    assert stage.pane.bar.view_button.text() == "By money"
    (row,) = read_views(stage.store, "projects")
    stored = view_from_json(row["name"], row["definition"])
    assert stored is not None
    assert (stored.sort, stored.group) == ((("eac", True),), None)
    arranger.group_by("stage")
    assert arranger.is_changed
    arranger.choose(arranger.base)
    assert arranger.view.group is None
    arranger.delete()
    assert read_views(stage.store, "projects") == []
    assert stage.pane.bar.view_button.text() == "All active"


def test_what_is_no_view_is_no_view() -> None:
    assert view_from_json("x", "nonsense") is None
    assert view_from_json("x", '{"sort": []}') is None
    assert view_from_json("x", View("x", (("name", 100),)).to_json()) == View("x", (("name", 100),))


def test_columns_are_chosen_moved_frozen_and_hidden(stage: Stage) -> None:
    stage.perform("view.columns")
    box = stage.pane.controls.open
    item = next(box.list.item(row) for row in range(box.list.count()) if box.list.item(row).text() == "Sponsor")
    item.setCheckState(Qt.CheckState.Checked)
    assert stage.table.column_of("sro") is not None
    box.list.setCurrentRow(1)
    box.move_current(-1)
    assert [column.name for column in stage.table.columns[:2]] == ["name", "ref"]
    box.frozen.setValue(1)
    assert (stage.grid.left.last_column, stage.grid.right.first_column) == (1, 1)
    box._reset()
    assert [column.name for column in stage.table.columns[:2]] == ["ref", "name"]
    box.close()
    stage.pane.controls._hide("stage")
    assert stage.table.column_of("stage") is None


def test_the_column_menu_offers_sorting_filter_group_freeze_hide_and_width(stage: Stage) -> None:
    stage.pane.controls.show_column_menu(stage.table.column_of("rag_overall"), QPoint(5, 5))
    menu = stage.pane.controls.open
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Sort best first",
        "Sort worst first",
        "Add to the sorting",
        "Filter…",
        "Group by RAG",
        "Ungroup",
        "Freeze up to here",
        "Hide",
        "Best width",
    ]
    next(action for action in menu.actions() if action.text() == "Group by RAG").trigger()
    assert lines(stage)[0] == "[Red]"
    assert lines(stage)[-2] == "[Not rated]"
    menu.close()


def test_a_click_on_a_heading_sorts_then_turns_then_ends(stage: Stage) -> None:
    place = stage.table.column_of("eac")
    for wanted in ((("eac", False),), (("eac", True),), ()):
        stage.grid.right.heading.sort_asked.emit(place, False)
        assert stage.pane.arranger.view.sort == wanted
    stage.grid.right.heading.sort_asked.emit(place, False)
    stage.grid.right.heading.sort_asked.emit(stage.table.column_of("pm"), True)
    assert stage.pane.arranger.view.sort == (("eac", False), ("pm", False))


def test_a_dragged_column_keeps_its_new_place(stage: Stage) -> None:
    heading = stage.grid.right.heading
    heading.moveSection(heading.visualIndex(stage.table.column_of("eac")), heading.visualIndex(2))
    QApplication.processEvents()
    assert [column.name for column in stage.table.columns[:4]] == ["ref", "name", "eac", "rag_overall"]
    assert [heading.visualIndex(place) for place in range(stage.table.columnCount())] == list(
        range(stage.table.columnCount())
    )


def test_a_dragged_edge_keeps_its_width(stage: Stage) -> None:
    stage.grid.left.heading.resizeSection(1, 301)
    assert dict(stage.pane.arranger.view.columns)["name"] == 301
    assert stage.grid.left.width() == 72 + 301
    stage.pane.controls.best_width(1)
    assert dict(stage.pane.arranger.view.columns)["name"] < 200


def test_a_screen_reader_hears_the_sentence_of_a_cell(stage: Stage) -> None:
    stage.go("Billing", "rag_overall")
    table = QAccessible.queryAccessibleInterface(stage.grid.right)
    assert table is not None
    heard = {table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())}
    assert "Slip plus 12 weeks" in heard
    assert "Red" in heard


def test_widths_views_and_the_record_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    store = small_portfolio()
    first = Stage(tmp_path, build_pane, store)
    first.pane.arranger.group_by(None)
    first.pane.arranger.set_width("name", 333)
    first.go("Leaks", "name")
    first.pane.arranger.remember()
    first.context.settings.sync()
    first.unsubscribe()
    first.window.close()
    again = Stage(tmp_path, build_pane, store)
    assert again.pane.arranger.view.group is None
    assert again.grid.left.columnWidth(1) == 333
    assert again.grid.current.row["name"] == "Leaks"
    assert again.pane.bar.view_button.text() == "All active •"
    again.close()


def test_a_custom_field_is_a_column_like_any_other(stage: Stage) -> None:
    add_custom_field(stage.store, "project", "Land owner", Kind.TEXT)
    name = next(each for each in stage.pane.arranger.fields if each.startswith("custom."))
    shown = [column.name for column in stage.table.columns]
    stage.pane.arranger.show_columns([*shown, name], 2)
    stage.go("Billing", name)
    stage.type("Crown")
    stage.press(Key.Key_Return)
    assert stage.text("Billing", name) == "Crown"
    stage.pane.bar.finder.setText("crown")
    assert lines(stage) == ["[Customer]", "Billing"]


def test_a_new_record_is_asked_for_created_and_shown(stage: Stage) -> None:
    stage.perform("record.new")
    box = stage.pane.verbs.box
    box.editors["name"].setText("Brand new")
    box.accept()
    assert stage.grid.current.row["name"] == "Brand new"
    assert latest_batches(stage.store, 1)[0].what == "New project Brand new"


def test_a_new_record_without_a_name_is_refused_in_the_box(stage: Stage) -> None:
    stage.perform("record.new")
    box = stage.pane.verbs.box
    box.accept()
    assert box.isVisible()
    assert box.wrong.text()
    box.close()


def test_deleting_says_what_went_with_it_and_can_be_undone(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.perform("record.delete")
    assert "Billing" not in lines(stage)
    assert stage.toasts[-1] == "Deleted HW-101 with 2 milestones [Undo]"
    stage.offers[-1]()
    assert "Billing" in lines(stage)


def test_duplicate_goes_to_the_copy(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.perform("record.duplicate")
    assert stage.grid.current.row["name"] == "Billing (copy)"


def test_close_report_and_rebaseline_ask_first(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.perform("record.report")
    stage.pane.verbs.box.accept()
    assert len(read_rows(stage.store, "status_report")) == 1
    stage.perform("record.rebaseline")
    box = stage.pane.verbs.box
    box.accept()
    assert "reason" in box.wrong.text().lower()
    box.editors["reason"].set_text("Board agreed", replaced=False)
    box.accept()
    assert stage.value("Billing", "finish_baseline") == date(2027, 6, 18)
    assert stage.text("Billing", "slip_days") == "0"
    stage.perform("record.close")
    stage.pane.dialog.try_accept()
    assert stage.value("Billing", "lifecycle_status") == "Closed"


def test_several_projects_are_closed_in_a_box(stage: Stage) -> None:
    stage.grid.marked.take_all()
    stage.perform("record.close")
    stage.pane.verbs.box.accept()
    assert stage.value("Leaks", "lifecycle_status") == "Closed"


def test_a_block_becomes_new_records_through_the_import_and_its_preview(stage: Stage, qtbot: QtBot) -> None:
    from pmo_desktop.ui.importer.window import PREVIEW, RESULT, ImportWindow  # noqa: PLC0415  beside its only use

    QGuiApplication.clipboard().setText("Project\tSRO\tEAC\tFinish\nAlpha\tAda\t2m\t1 Mar 2028\nBeta\t\tlots\t\n")
    stage.perform("edit.paste_new")
    wizard = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ImportWindow))
    qtbot.waitUntil(lambda: wizard.step == PREVIEW and not wizard.session.busy, timeout=20_000)
    assert wizard.foot.next.text() == "Apply 2 rows"
    assert [problem.text for repair in wizard.preview.repairs for problem in repair.problems] == ["lots"]
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step == RESULT, timeout=20_000)
    wizard.close()
    assert stage.value("Alpha", "eac") == 200_000_000
    assert stage.value("Beta", "eac") is None
    assert latest_batches(stage.store, 1)[0].what == "Paste 2 projects"
    undo(stage.store)
    assert "Alpha" not in lines(stage)


def test_going_to_a_hidden_record_clears_no_more_than_needed(stage: Stage) -> None:
    hidden = next(each.id for each in stage.table.arrangement.records if each.row["name"] == "Old pumps")
    stage.pane.show_row(hidden)
    assert here(stage)[0] == "Old pumps"
    assert stage.said[-1] == "The filters were cleared to show this row."


def test_the_context_menu_has_the_same_commands_and_filters(stage: Stage) -> None:
    from pmo_desktop.ui.cellmenu import cell_menu  # noqa: PLC0415  beside its only use

    for id_ in stage.pane.commands():
        stage.context.actions[id_].setEnabled(True)
    stage.go("Billing", "stage")
    menu = cell_menu(stage.pane, stage.context.actions, stage.grid, stage.pane.controls)
    words = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert words[:4] == ["Open in its own window", "Edit cell\tF2", "Copy", "Copy with headers"]
    assert words[-4:] == ["Column Stage", "Filter to this value", "Exclude this value", "Delete record"]


def test_every_focusable_widget_has_a_name(stage: Stage) -> None:
    stage.pane.header_actions()
    unnamed = [
        each
        for each in stage.pane.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not _named(each) and each.isVisible()
    ]
    assert unnamed == []


def _named(widget: QWidget) -> bool:
    text: Callable[[], str] | None = getattr(widget, "text", None)
    return bool(widget.accessibleName() or (callable(text) and text()))


@pytest.mark.parametrize("register", sorted(OUTLINES))
def test_the_other_registers_open_edit_and_describe_themselves(qtbot: QtBot, tmp_path: Path, register: str) -> None:
    made = Stage(tmp_path, partial(build_register, register=register), small_portfolio())
    assert made.pane.subtitle()
    assert made.pane.status_text()
    made.pane.arranger.choose(made.pane.arranger.views[-1])
    for page in range(made.pane.inspector.bar.count()):
        made.pane.inspector.bar.setCurrentIndex(page)
    made.close()


def test_a_theme_switch_leaves_no_old_colour(stage: Stage) -> None:
    stage.grid.go(1, 1)
    stage.pane.inspector.refresh()  # it would follow by itself, but on a busy machine not within the wait
    QTest.qWait(300)
    light = stage.pane.grab().toImage()
    stage.theme.set_name("dark")
    QApplication.processEvents()
    switched = stage.grid.grab().toImage()
    assert switched.pixelColor(5, switched.height() - 20) == stage.theme.color("surface")
    assert switched.pixelColor(20, 6) == stage.theme.color("header_bg")
    stage.theme.set_name("light")
    QApplication.processEvents()
    assert stage.pane.grab().toImage() == light
