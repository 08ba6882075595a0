"""Smoothing, levelling and naming from the window: what is shown, moved, refused and left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.levelling import propose
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.grant import GrantDialog
from pmo_desktop.ui.dialogs.levelling import LevellingDialog
from pmo_desktop.ui.dialogs.openings import OpeningsDialog
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from tests.builders import a_milestone, a_project, a_resource, a_row, an_allocation, change_row

LATER = date(2099, 1, 5)  # a Monday after any day on which this is run


def shown(table: PlainTable) -> list[list[str]]:
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        found.append([item.text() if item else "" for item in items])
    return found


@pytest.fixture
def busy(desk: Desk) -> Store:
    """Chris is booked twice in a week; the second project has a fortnight more."""
    store = desk.store
    change_row(store, "settings", read_rows(store, "settings")[0]["id"], data_date=LATER - timedelta(3))
    role = a_row(store, "role", name="Engineer")
    chris = a_resource(store, role=role)
    a_resource(store, "Dana Ray", role=role)
    span = {"period_start": LATER, "period_end": LATER + timedelta(4), "quantity": 80.0}
    for name, weeks in (("Alpha", 0), ("Beta", 2)):
        project = a_project(store, name, finish_forecast=LATER + timedelta(4 + 7 * weeks))
        an_allocation(store, chris, project, **span)
    return store


def a_role(store: Store) -> str:
    """A booking of an engineer still to be named."""
    (role,) = [row["id"] for row in read_rows(store, "role") if row["name"] == "Engineer"]
    unnamed = a_resource(store, "Engineer to be named", type="Role", role=role)
    span = {"period_start": LATER, "period_end": LATER + timedelta(4), "quantity": 1.0, "unit": "FTE"}
    return an_allocation(store, unnamed, a_project(store, "Gamma"), **span)


def accepting(then: Callable[[Any], object] = lambda _dialog: None) -> Callable[[Dialog], int]:
    """Stands in for the person: the primary button, the second time Esc."""
    times = []

    def take(dialog: Dialog) -> int:
        times.append(dialog)
        if len(times) > 1:
            return 0
        dialog.show()
        then(dialog)
        dialog.try_accept()
        dialog.hide()
        return dialog.result()

    return take


def texts_of(desk: Desk) -> str:
    return " ".join(each.text() for each in desk.window.toast_bar.findChildren(QLabel))


@pytest.mark.parametrize(("command", "title"), [("capacity.smooth", "Smooth"), ("capacity.level", "Level")])
def test_the_command_moves_what_it_listed(
    desk: Desk, busy: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, command: str, title: str
) -> None:
    monkeypatch.setattr(LevellingDialog, "exec", accepting())
    desk.window.dispatch.perform(command)
    qtbot.waitUntil(lambda: "nowhere after" in texts_of(desk))
    assert latest_batches(busy)[0].what == f"{title} bookings: 1 allocation moved"


def test_the_preview_says_who_moves_and_when_projects_finish(qtbot: QtBot, busy: Store) -> None:
    dialog = LevellingDialog(propose(busy, read_book(busy)))
    qtbot.addWidget(dialog)
    assert shown(dialog.moves) == [["Chris Obi", "Beta", "05 Jan 2099", "12 Jan 2099", "1 week"]]
    assert [row[0] for row in shown(dialog.finishes)] == ["Beta"]
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Move 1 allocation"


def test_without_a_move_there_is_only_something_to_read(qtbot: QtBot, empty: Store) -> None:
    dialog = LevellingDialog(propose(empty, read_book(empty)))
    qtbot.addWidget(dialog)
    assert dialog.accept_button is None


def test_nothing_moves_when_the_preview_is_left(
    desk: Desk, busy: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[LevellingDialog] = []

    def leave(dialog: LevellingDialog) -> int:
        seen.append(dialog)
        return 0

    monkeypatch.setattr(LevellingDialog, "exec", leave)
    before = latest_batches(busy)[0].batch
    desk.window.dispatch.perform("capacity.smooth")
    qtbot.waitUntil(lambda: bool(seen))
    assert latest_batches(busy)[0].batch == before


def test_a_booking_that_changed_meanwhile_is_said(
    desk: Desk, busy: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(dialog: LevellingDialog) -> None:
        change_row(busy, "allocation", dialog.proposal.stored[0].id, quantity=10.0)

    told: list[Exception] = []
    monkeypatch.setattr("pmo_desktop.ui.failures.Failures.show", lambda _self, error: told.append(error))
    monkeypatch.setattr(LevellingDialog, "exec", accepting(change))
    desk.window.dispatch.perform("capacity.smooth")
    qtbot.waitUntil(lambda: bool(told))
    assert "changed meanwhile" in str(told[0])


def test_somebody_is_named_for_a_role(desk: Desk, busy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = a_role(busy)
    monkeypatch.setattr(OpeningsDialog, "exec", accepting())
    desk.window.dispatch.perform("capacity.fill")
    (row,) = read_rows(busy, "allocation", [booking])
    (dana,) = [each["id"] for each in read_rows(busy, "resource") if each["name"] == "Dana Ray"]
    assert (row["resource"], row["quantity"], row["unit"]) == (dana, 1.0, "FTE")
    assert latest_batches(busy)[0].what == "Name Dana Ray for Engineer on Gamma"


def test_the_part_for_which_there_is_time_is_proposed(qtbot: QtBot, busy: Store) -> None:
    a_role(busy)
    (dana,) = [each["id"] for each in read_rows(busy, "resource") if each["name"] == "Dana Ray"]
    span = {"period_start": LATER, "period_end": LATER + timedelta(4), "quantity": 60.0}
    an_allocation(busy, dana, None, **span)
    dialog = OpeningsDialog(read_book(busy))
    qtbot.addWidget(dialog)
    assert shown(dialog.people) == [["Dana Ray", "Engineer, 2 d free", "40%"]]
    assert dialog.share == 40.0


def test_a_role_that_nobody_has_time_for_is_not_named(qtbot: QtBot, busy: Store) -> None:
    a_role(busy)
    for row in read_rows(busy, "resource"):
        if row["type"] != "Role":
            change_row(busy, "resource", row["id"], end=date(2090, 1, 1))
    dialog = OpeningsDialog(read_book(busy))
    qtbot.addWidget(dialog)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    assert dialog.commit().startswith("Nobody has the role")


def test_a_portfolio_without_open_roles_says_so(qtbot: QtBot, empty: Store) -> None:
    dialog = OpeningsDialog(read_book(empty))
    qtbot.addWidget(dialog)
    assert dialog.accept_button is None


@pytest.mark.parametrize("command", ["capacity.smooth", "capacity.level"])
def test_what_a_rule_of_the_pmo_blocks_asks_for_a_waiver(
    desk: Desk, busy: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    for row in read_rows(busy, "project"):
        if row["name"] in ("Alpha", "Beta"):
            a_milestone(busy, row["id"], "Go?", type="Gate", gate="G1", custom={})
    set_authority(busy, Mode.DIRECTIVE, LATER - timedelta(30))
    before = {row["id"]: row for row in read_rows(busy, "allocation")}
    monkeypatch.setattr(LevellingDialog, "exec", accepting())
    desk.window.dispatch.perform(command)

    def asked() -> list[GrantDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, GrantDialog) and each.isVisible()]

    qtbot.waitUntil(lambda: len(asked()) == 1)
    assert asked()[0].windowTitle() == "A rule of the PMO blocks this"
    assert {row["id"]: row for row in read_rows(busy, "allocation")} == before
    asked()[0].reject()
