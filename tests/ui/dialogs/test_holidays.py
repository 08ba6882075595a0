"""The dialogs of calendars: a country chosen by its name, its holidays told before they are fetched."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.calendars import standard_calendar
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.holidays import HolidaysDialog, StandardDialog
from tests.builders import a_row, change_row


@pytest.fixture
def calendar(empty: Store) -> str:
    change_row(empty, "settings", "settings", data_date=date(2026, 11, 13))
    a_row(empty, "calendar", name="Aberdeen")
    return a_row(empty, "calendar", name="London", standard=True)


@pytest.fixture
def dialog(empty: Store, calendar: str, qtbot: QtBot) -> HolidaysDialog:
    made = HolidaysDialog(empty)
    qtbot.addWidget(made)
    return made


def test_no_country_is_assumed_and_the_standard_calendar_is_offered(dialog: HolidaysDialog) -> None:
    assert dialog.calendar.currentText() == "London"
    assert dialog.form.country.currentText() == "Choose a country"
    assert not dialog.form.part.isEnabled()
    assert dialog.form.years() == (2026, 2028)
    assert dialog.commit() == "Choose the country whose public holidays are to be fetched."


def test_a_country_and_its_part_are_chosen_by_name(dialog: HolidaysDialog, empty: Store, calendar: str) -> None:
    dialog.form.country.setCurrentText("United Kingdom")
    assert [dialog.form.part.itemText(place) for place in range(dialog.form.part.count())] == [
        "The whole country",
        "England",
        "Northern Ireland",
        "Scotland",
        "Wales",
    ]
    dialog.form.part.setCurrentText("Scotland")
    dialog.form.last.setValue(2026)
    assert "public holidays: 01 Jan 26 New Year's Day" in dialog.form.found.text()
    dialog.try_accept()
    row = read_row(empty, "calendar", calendar)
    assert row is not None
    assert (row["country"], row["subdivision"]) == ("GB", "SCT")
    assert dialog.said == f"Public holidays: {len(read_rows(empty, 'holiday'))} added"


def test_the_place_chosen_before_is_shown(dialog: HolidaysDialog, empty: Store, calendar: str, qtbot: QtBot) -> None:
    change_row(empty, "calendar", calendar, country="DE", subdivision="BY")
    again = HolidaysDialog(empty, calendar)
    qtbot.addWidget(again)
    assert (again.form.country.currentText(), again.form.part.currentText()) == ("Germany", "Bayern")
    again.calendar.setCurrentText("Aberdeen")
    assert again.form.place() is None


def test_years_in_the_wrong_order_are_told(dialog: HolidaysDialog) -> None:
    dialog.form.country.setCurrentText("Germany")
    dialog.form.first.setValue(2030)
    assert dialog.form.found.text() == "The first year comes after the last one."
    assert "choose years" in dialog.commit()


def test_a_standard_calendar_is_made_with_its_hours_and_holidays(empty: Store, calendar: str, qtbot: QtBot) -> None:
    dialog = StandardDialog(empty)
    qtbot.addWidget(dialog)
    dialog.hours[4].setText("6,5")
    dialog.hours[5].setText("")
    dialog.form.country.setCurrentText("Germany")
    dialog.try_accept()
    row = read_row(empty, "calendar", dialog.made)
    assert row is not None
    assert (row["name"], row["friday"], row["saturday"], row["country"]) == ("Standard", 6.5, 0.0, "DE")
    assert standard_calendar(empty) == dialog.made
    assert read_rows(empty, "holiday")


@pytest.mark.parametrize(
    ("hours", "said"), [("many", "are a number"), ("30", "between 0 and 24"), ("nan", "between 0")]
)
def test_hours_that_cannot_be_are_told(empty: Store, qtbot: QtBot, hours: str, said: str) -> None:
    dialog = StandardDialog(empty)
    qtbot.addWidget(dialog)
    dialog.hours[0].setText(hours)
    assert said in dialog.commit()
    assert read_rows(empty, "calendar") == []


def test_public_holidays_are_asked_for_the_calendar_at_hand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(HolidaysDialog, "exec", lambda dialog: seen.append(dialog.calendar.currentText()))
    for pane in ("calendars", "holidays"):
        desk.navigate(pane)
        desk.window.dispatch.perform("calendar.holidays")
    calendars = {row["id"]: row["name"] for row in read_rows(desk.store, "calendar")}
    assert set(seen) <= set(calendars.values())
    assert len(seen) == 2


def test_without_a_calendar_a_first_one_is_asked_for(
    shell: object, empty: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = shell.opening  # type: ignore[attr-defined]
    opening.attach(empty)
    gone: list[str] = []

    def accept(dialog: StandardDialog) -> int:
        dialog.try_accept()
        gone.append(dialog.made)
        return dialog.result()

    monkeypatch.setattr(StandardDialog, "exec", accept)
    opening.desk.window.dispatch.perform("calendar.holidays")
    assert standard_calendar(empty) == gone[0]
    assert opening.desk.window.pane.name == "calendars"
    opening.let_go()
