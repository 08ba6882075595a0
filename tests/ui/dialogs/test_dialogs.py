"""The dialogs: what they write, what they refuse, and that each deed is one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.files import back_up, name_point, portfolio_properties
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.properties import Properties
from pmo_desktop.store.rows import read_row, read_rows, read_settings, row_count
from pmo_desktop.ui.dialogs.about import About
from pmo_desktop.ui.dialogs.datefield import CalendarPopup, DateField, read_day
from pmo_desktop.ui.dialogs.dialog import ask
from pmo_desktop.ui.dialogs.filesettings import FileSettings
from pmo_desktop.ui.dialogs.history import History, describe_deed
from pmo_desktop.ui.dialogs.keymap import GATE_KEYS, GRID_KEYS, IMPORT_KEYS, KeyboardMap
from pmo_desktop.ui.dialogs.preferences import Preferences
from pmo_desktop.ui.dialogs.properties import PropertiesDialog, list_facts, size_words
from pmo_desktop.ui.dialogs.restore import Restore
from pmo_desktop.ui.shell import Shell
from pmo_desktop.ui.theme import Theme


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Store]:
    store = create_store(tmp_path / "a.pmo", "Ann")
    load_sample(store)
    yield store
    store.close()


# Days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text,day",
    [
        ("13 Nov 2026", date(2026, 11, 13)),
        (" 13  November 2026 ", date(2026, 11, 13)),
        ("13/11/2026", date(2026, 11, 13)),
        ("1/2/26", date(2026, 2, 1)),
        ("2026-11-13", date(2026, 11, 13)),
        ("13.11.2026", date(2026, 11, 13)),
        ("", None),
        ("  ", None),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["soon", "31/02/2026", "13", "Nov 2026"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="13 Nov 2026"):
        read_day(text)


def test_a_wrong_day_is_marked_until_it_is_changed(qtbot: QtBot, light: Theme) -> None:
    field = DateField(date(2026, 11, 13))
    qtbot.addWidget(field)
    assert field.text() == "13 Nov 2026"
    field.setText("soon")
    with pytest.raises(ValueError, match="soon"):
        field.day()
    assert field.property("wrong") == "true"
    QTest.keyClicks(field, "x")
    assert field.property("wrong") == "false"


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, light: Theme) -> None:
    field = DateField(date(2026, 11, 13))
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    assert popup.calendar.selectedDate().day() == 13
    popup._choose(popup.calendar.selectedDate().addDays(1))
    assert field.day() == date(2026, 11, 14)


# Settings of the file -----------------------------------------------------------------------------------------------


def test_settings_are_written_as_one_step(qtbot: QtBot, empty: Store, light: Theme) -> None:
    dialog = FileSettings(empty)
    qtbot.addWidget(dialog)
    before = latest_batches(empty, 1)[0].batch
    dialog.texts["organisation"].setText(" Halden Water ")
    dialog.currency.setCurrentText("eur")
    dialog.month.setCurrentIndex(0)
    dialog.data_date.setText("13 Nov 2026")
    dialog.board_date.setText("24/11/2026")
    dialog.days.setValue(28)
    dialog.appetite.setValue(12)
    dialog.marking.setCurrentText("Restricted" if dialog.marking.findText("Restricted") >= 0 else "")
    dialog.try_accept()
    found = read_settings(empty)
    assert (found["organisation"], found["currency"], found["fy_start_month"]) == ("Halden Water", "EUR", 1)
    assert (found["data_date"], found["board_date"]) == (date(2026, 11, 13), date(2026, 11, 24))
    assert (found["report_days"], found["risk_appetite"]) == (28, 12)
    assert latest_batches(empty, 1)[0].batch == before + 1


@pytest.mark.parametrize("field,text,sentence", [("currency", "pounds", "GBP"), ("data_date", "soon", "13 Nov 2026")])
def test_a_wrong_setting_is_said_in_the_dialog_and_nothing_is_written(
    qtbot: QtBot, empty: Store, light: Theme, field: str, text: str, sentence: str
) -> None:
    dialog = FileSettings(empty)
    qtbot.addWidget(dialog)
    dialog.texts["organisation"].setText("Halden Water")
    getattr(dialog, field).lineEdit().setText(text) if field == "currency" else getattr(dialog, field).setText(text)
    dialog.try_accept()
    assert dialog._message is not None
    assert sentence in dialog._message.words.text()
    assert read_settings(empty)["organisation"] is None


def test_settings_left_as_they_are_leave_no_trace(qtbot: QtBot, empty: Store, light: Theme) -> None:
    before = latest_batches(empty, 1)[0].batch
    dialog = FileSettings(empty)
    qtbot.addWidget(dialog)
    dialog.try_accept()
    assert latest_batches(empty, 1)[0].batch == before


# Preferences --------------------------------------------------------------------------------------------------------


def test_preferences_take_effect_at_once_and_are_remembered(
    qtbot: QtBot, state: QSettings, light: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = Preferences(state, light, "ann")
    qtbot.addWidget(dialog)
    dialog.theme.setCurrentIndex(2)
    dialog.density.setCurrentIndex(0)
    dialog.scale.setCurrentIndex(3)
    dialog.motion.setChecked(True)
    assert (light.name, light.density, light.scale, light.motion) == ("dark", "compact", 120, 0)
    dialog.person.setText("Ann Lee")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/second")
    dialog._choose_place()
    dialog.reject()
    assert state.value("look/theme") == "dark"
    assert state.value("person/name") == "Ann Lee"
    assert state.value("backup/second_place") == "/second"
    dialog._set_place("")
    assert state.value("backup/second_place") == ""


# History --------------------------------------------------------------------------------------------------------------


def three_deeds(store: Store) -> str:
    project = create_record(store, "project", {"name": "Alpha"})
    edit_cells(store, "project", [Edit(project, "name", "Beta")])
    edit_cells(store, "project", [Edit(project, "name", "Gamma")])
    return project


def name_of(store: Store, project: str) -> str | None:
    row = read_row(store, "project", project)
    return row["name"] if row else None


def history(qtbot: QtBot, store: Store) -> tuple[History, list[str]]:
    told: list[str] = []
    dialog = History(store, told.append)
    qtbot.addWidget(dialog)
    return dialog, told


def test_the_newest_deed_can_be_undone_from_the_history(qtbot: QtBot, empty: Store, light: Theme) -> None:
    project = three_deeds(empty)
    dialog, told = history(qtbot, empty)
    dialog.undo_one.click()
    assert name_of(empty, project) == "Beta"
    assert told[0].startswith("Undone: ")
    assert dialog.model.deeds[1].undone


def test_going_back_to_a_point_undoes_everything_after_it(qtbot: QtBot, empty: Store, light: Theme) -> None:
    project = three_deeds(empty)
    dialog, told = history(qtbot, empty)
    dialog.table.selectRow(2)  # the birth of the project
    dialog.undo_to.click()
    assert name_of(empty, project) == "Alpha"
    assert "2 steps undone" in told[0]


def test_an_old_deed_overwritten_since_is_refused_in_words(qtbot: QtBot, empty: Store, light: Theme) -> None:
    project = three_deeds(empty)
    dialog, _told = history(qtbot, empty)
    dialog.table.selectRow(1)  # Alpha -> Beta, overwritten by Gamma
    dialog.undo_one.click()
    assert name_of(empty, project) == "Gamma"
    assert dialog._message is not None
    words = dialog._message.words.text()
    assert "Gamma" in words or "changed" in words


def two_cells(store: Store) -> tuple[str, int]:
    """A deed of two cells, one of them overwritten since."""
    project = create_record(store, "project", {"ref": "A-1", "name": "Alpha", "tier": "1"})
    number = edit_cells(store, "project", [Edit(project, "name", "Beta"), Edit(project, "tier", "2")])
    edit_cells(store, "project", [Edit(project, "name", "Gamma")])
    assert number is not None
    return project, number


def test_what_an_undo_had_to_leave_is_named_and_the_rest_is_undone(qtbot: QtBot, empty: Store, light: Theme) -> None:
    project, number = two_cells(empty)
    dialog, told = history(qtbot, empty)
    dialog.show()
    dialog.table.selectRow([deed.batch for deed in dialog.model.deeds].index(number))
    dialog.undo_one.click()
    row = read_row(empty, "project", project)
    assert row is not None
    assert (row["name"], row["tier"]) == ("Gamma", "1")
    assert dialog.buckets.isVisible()
    back, kept, cell = dialog.buckets.lines
    assert back == "Taken back: 1 value of projects."
    assert kept == "Kept, edited since: 1 cell or record"
    assert cell.startswith("Project of A-1: “Change")
    assert told


def test_the_making_of_the_file_cannot_be_undone(qtbot: QtBot, empty: Store, light: Theme) -> None:
    dialog, _told = history(qtbot, empty)
    assert dialog.model.rowCount() == 1
    assert not dialog.undo_one.isEnabled()
    assert not dialog.undo_to.isEnabled()


def test_a_named_point_is_listed_as_one(qtbot: QtBot, empty: Store, light: Theme) -> None:
    three_deeds(empty)
    name_point(empty, "Before the board")
    dialog, _told = history(qtbot, empty)
    index = dialog.model.index(0, 4)
    assert index.data() == "Named point"
    assert "Before the board" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert not dialog.undo_one.isEnabled()


def test_finding_hides_the_others(qtbot: QtBot, empty: Store, light: Theme) -> None:
    three_deeds(empty)
    dialog, _told = history(qtbot, empty)
    dialog.search.setText("new portfolio")
    hidden = [dialog.table.isRowHidden(row) for row in range(dialog.model.rowCount())]
    assert hidden == [True, True, True, False]


def test_a_deed_is_described_in_a_sentence(empty: Store) -> None:
    three_deeds(empty)
    deed = latest_batches(empty, 1)[0]
    words = describe_deed(deed)
    assert deed.what in words
    assert "by Ann on" in words
    assert "1 change" in words


def test_a_copy_to_read_offers_no_undo(qtbot: QtBot, empty: Store, light: Theme) -> None:
    three_deeds(empty)
    copy = empty.copy_to_memory()
    dialog, _told = history(qtbot, copy)
    assert not dialog.undo_one.isEnabled()
    assert not dialog.undo_to.isEnabled()
    copy.close()


# Keyboard map, about, properties -----------------------------------------------------------------------------------


def test_the_keyboard_map_lists_every_registered_key(qtbot: QtBot, shell: Shell) -> None:
    registry = shell.window.dispatch.registry
    dialog = KeyboardMap(registry, shell.window)
    rows = keys_of(dialog.table)
    listed = (GRID_KEYS, GATE_KEYS, IMPORT_KEYS)
    assert len(rows) == sum(bool(entry.shortcuts) for entry in registry) + sum(map(len, listed))
    dialog.finder.setText("ctrl+k")
    shown = [row for row in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(row)]
    assert [rows[row] for row in shown] == ["Ctrl+K"]


def keys_of(table: QTableWidget) -> list[str]:
    items = [table.item(row, 1) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def test_about_gives_the_version(qtbot: QtBot, light: Theme) -> None:
    dialog = About("0.1.0")
    qtbot.addWidget(dialog)
    assert "Version 0.1.0" in [child.text() for child in dialog.findChildren(QLabel)]


@pytest.mark.parametrize(
    "size,words",
    [(0, "0 bytes"), (999, "999 bytes"), (64_000, "64 kB"), (12_340_000, "12.3 MB"), (250_000_000, "250 MB")],
)
def test_sizes_are_said_in_the_unit_that_reads_best(size: int, words: str) -> None:
    assert size_words(size) == words


def test_properties_of_a_file_are_facts(qtbot: QtBot, on_disk: Store, light: Theme) -> None:
    back_up(on_disk)
    facts = portfolio_properties(on_disk)
    dialog = PropertiesDialog(facts)
    qtbot.addWidget(dialog)
    said = dict(list_facts(facts))
    assert said["File"] == str(on_disk.path)
    assert said["Last backup"].startswith("Today")
    assert "steps" in said["Journal"]


def test_a_file_never_backed_up_says_so() -> None:
    facts = Properties(None, 1, 1, 1, 1, None, None, False, "0001", "3.40.1", "note", "In memory.")
    assert dict(list_facts(facts))["Last backup"] == "None yet"


def test_backups_on_the_same_disk_are_warned_of() -> None:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    facts = Properties(Path("/a"), 1, 1, 1, 1, moment, Path("/b"), True, "0001", "3.40.1", "note", "place")
    assert "same disk" in dict(list_facts(facts))["Last backup"]


# Restore --------------------------------------------------------------------------------------------------------------


def test_a_backup_comes_back_as_a_file_of_its_own(
    qtbot: QtBot, on_disk: Store, light: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(on_disk)
    projects = row_count(on_disk, "project")
    assert on_disk.path is not None
    dialog = Restore(on_disk.path)
    qtbot.addWidget(dialog)
    assert dialog.list.count() == 1
    assert f"{projects} projects" in dialog.list.item(0).text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "back"), ""))
    dialog.try_accept()
    assert dialog.restored == tmp_path / "back.pmo"
    restored = open_store(dialog.restored)
    assert len(read_rows(restored, "project")) == projects
    restored.close()


def test_choosing_no_place_restores_nothing(
    qtbot: QtBot, on_disk: Store, light: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(on_disk)
    assert on_disk.path is not None
    dialog = Restore(on_disk.path)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.try_accept()
    assert dialog.restored is None
    assert dialog._message is not None


def test_a_damaged_file_is_set_aside(qtbot: QtBot, on_disk: Store, light: Theme) -> None:
    backup = back_up(on_disk)
    path = on_disk.path
    assert path is not None
    on_disk.close()
    path.write_bytes(b"spoilt" * 400)
    dialog = Restore(path, damaged=True)
    qtbot.addWidget(dialog)
    dialog.try_accept()
    assert dialog.restored == path, dialog._message and dialog._message.words.text()
    assert backup.is_file()
    assert list(path.parent.glob("a.pmo.damaged-*"))


def test_without_backups_a_file_can_be_chosen(
    qtbot: QtBot, light: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.pmo"
    dialog = Restore(path)
    qtbot.addWidget(dialog)
    dialog.try_accept()
    assert dialog._message is not None
    assert "Choose a backup" in dialog._message.words.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "c.pmo"), ""))
    dialog._choose_file()
    assert dialog.list.currentItem().text() == "c.pmo"


def test_a_question_is_answered_by_its_verb(qtbot: QtBot, light: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmo_desktop.ui.dialogs.dialog import Dialog  # noqa: PLC0415  only this test replaces its exec

    monkeypatch.setattr(Dialog, "exec", lambda self: (self.try_accept(), self.result())[1])
    assert ask(None, "Close", "It stays.", "Close it")
    monkeypatch.setattr(Dialog, "exec", lambda self: (self.reject(), self.result())[1])
    assert not ask(None, "Close", "It stays.", "Close it")
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("scale", [90, 130, 150])
def test_preferences_show_the_text_size_that_is_set(state: QSettings, light: Theme, scale: int) -> None:
    light.set_scale(scale)
    dialog = Preferences(state, light, "ann")
    assert dialog.scale.currentText() == f"{scale} %"
