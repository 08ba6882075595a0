"""The leaver wizard as a person uses it: who, the last day, a choice a line, one step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import undo
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.grant import GrantDialog
from pmo_desktop.ui.dialogs.leaver import LeaverDialog, list_leavers
from pmo_desktop.ui.panes import resourcedeeds
from tests.builders import a_milestone, a_person, a_project, a_resource, an_allocation, change_row, state_hash

ON = date(2026, 11, 18)


@pytest.fixture
def chris(empty: Store) -> str:
    """Chris, booked for a week that the last day cuts, and owner of a milestone; Dev has time."""
    change_row(empty, "settings", "settings", data_date=date(2026, 11, 13))
    person, boss = a_person(empty, "Chris Obi"), a_person(empty, "Bea Moss")
    made = a_resource(empty, "Chris Obi", person=person, manager=boss)
    a_resource(empty, "Dev Patel")
    alpha = a_project(empty, "Alpha", ref="P1")
    an_allocation(empty, made, alpha)
    a_milestone(empty, alpha, owner=person)
    return made


@pytest.fixture
def dialog(empty: Store, chris: str, qtbot: QtBot) -> LeaverDialog:
    made = LeaverDialog(empty, "resource", chris)
    qtbot.addWidget(made)
    made.show()
    made.day.set_day(ON)
    made.look()
    return made


def test_everything_to_be_handed_over_is_listed_with_a_proposal(dialog: LeaverDialog) -> None:
    assert dialog.told.text().startswith("1 booking after 18 Nov 26 and 1 thing owned.")
    assert [choice.currentText().split(" (")[0] for choice in dialog.booked_choices] == ["Dev Patel"]
    assert [choice.currentText() for choice in dialog.owned_choices] == ["Bea Moss (their manager)"]
    assert dialog.booked.item(0, 1).text() == "19 Nov 26"  # type: ignore[union-attr]
    assert dialog.booked_choices[0].accessibleName() == "Who takes over Alpha"


def test_handing_over_is_one_step(dialog: LeaverDialog, empty: Store, chris: str) -> None:
    before = state_hash(empty)
    dialog.try_accept()
    assert dialog.said == "Chris Obi leaves on 18 Nov 26"
    assert read_row(empty, "resource", chris)["end"] == ON  # type: ignore[index]
    assert len(read_rows(empty, "allocation")) == 2
    undo(empty)
    assert state_hash(empty) == before


def test_each_line_can_be_chosen_otherwise(dialog: LeaverDialog, empty: Store) -> None:
    dialog.booked_choices[0].setCurrentText("Take the booking away")
    dialog.owned_choices[0].setCurrentText("Nobody")
    dialog.try_accept()
    (row,) = read_rows(empty, "allocation")
    assert row["period_end"] == ON
    assert read_rows(empty, "milestone")[0]["owner"] is None


def test_a_day_that_is_none_and_nobody_chosen_are_told(dialog: LeaverDialog, empty: Store) -> None:
    before = state_hash(empty)
    dialog.day.setText("soon")
    assert dialog.commit().startswith("Say who leaves")
    dialog.day.set_day(ON)
    dialog.who.setCurrentIndex(-1)
    assert dialog.commit().startswith("Say who leaves")
    assert state_hash(empty) == before


def test_one_with_nothing_to_hand_over_only_gets_a_last_day(dialog: LeaverDialog, empty: Store) -> None:
    dialog.who.setCurrentText("Dev Patel")
    assert dialog.told.text() == "Nothing of Dev Patel has to be handed over after 18 Nov 26."
    dialog.try_accept()
    assert {row["name"]: row["end"] for row in read_rows(empty, "resource")} == {"Chris Obi": None, "Dev Patel": ON}


def test_what_nobody_has_the_time_for_stays_unless_it_is_chosen(empty: Store, chris: str, qtbot: QtBot) -> None:
    dev = next(row["id"] for row in read_rows(empty, "resource") if row["name"] == "Dev Patel")
    an_allocation(empty, dev, quantity=80.0)
    dialog = LeaverDialog(empty, "resource", chris)
    qtbot.addWidget(dialog)
    (choice,) = dialog.booked_choices
    assert choice.currentText() == "Stays as it is"
    assert "not for all of it" in choice.itemText(0)
    assert "For 1 nobody has the time or is known." in dialog.told.text()


def test_a_refusal_is_said_in_the_dialog(dialog: LeaverDialog, empty: Store) -> None:
    dev = next(row["id"] for row in read_rows(empty, "resource") if row["name"] == "Dev Patel")
    change_row(empty, "resource", dev, end=date(2026, 11, 19))
    assert "Dev Patel" in dialog.commit()


def test_what_a_rule_demands_is_asked_for_and_then_it_is_handed_over(
    desk: Desk, chris: str, empty: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_authority(empty, Mode.DIRECTIVE, date(2026, 1, 1))
    chris_row = next(row for row in read_rows(empty, "person") if row["name"] == "Chris Obi")
    project = next(row["id"] for row in read_rows(empty, "project"))
    change_row(empty, "project", project, pm=chris_row["id"])
    bea = next(row["id"] for row in read_rows(empty, "person") if row["name"] == "Bea Moss")
    dialog = LeaverDialog(empty, "resource", chris, desk.window, context=replace(desk.context, store=empty))
    qtbot.addWidget(dialog)
    dialog.day.set_day(ON)
    dialog.look()
    for choice in dialog.owned_choices:
        choice.setCurrentIndex(choice.findData(bea))
    monkeypatch.setattr(GrantDialog, "exec", lambda _self: 0)
    assert "The PMO assigns the managers of projects." in dialog.commit()

    def fill(asked: GrantDialog) -> int:
        asked.fields.reason.setPlainText("Chris leaves")
        asked.fields.approver.choose(next(row["id"] for row in read_rows(empty, "person") if row["name"] == "Ada"))
        return int(not asked.commit())

    a_person(empty, "Ada")
    monkeypatch.setattr(GrantDialog, "exec", fill)
    assert dialog.commit() == ""
    assert next(row["pm"] for row in read_rows(empty, "project")) == bea


def test_leavers_are_resources_and_people_who_are_none_each_once(empty: Store, chris: str) -> None:
    a_resource(empty, "Gone Already", status="Closed")
    assert [(sort, name) for sort, _key, name in list_leavers(empty)] == [
        ("person", "Bea Moss"),
        ("resource", "Chris Obi"),
        ("resource", "Dev Patel"),
    ]


@pytest.mark.parametrize("pane", ["resources", "people"])
def test_it_is_reached_from_panes_for_the_record_at_hand_and_from_anywhere(
    desk: Desk, pane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str | None]] = []
    monkeypatch.setattr(
        resourcedeeds, "ask_leaving", lambda _context, entity="resource", who=None: asked.append((entity, who))
    )
    desk.navigate(pane)
    desk.window.dispatch.perform("resource.leave")
    shown = desk.window.pane.grid.current.id  # type: ignore[union-attr]
    assert asked == [("resource" if pane == "resources" else "person", shown)]


def test_from_home_it_asks_who_leaves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(LeaverDialog, "exec", lambda dialog: seen.append(dialog.told.text()))
    desk.navigate("home")
    desk.window.dispatch.perform("resource.leave")
    assert [text.split(";")[0] for text in seen] == ["Say who leaves and on which day"]
