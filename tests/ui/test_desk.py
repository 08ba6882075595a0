"""An open portfolio: going from pane to pane, staleness, the names of the next steps, reading only."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.places import PLACES
from pmo_desktop.ui.shell import Shell


def here(shell: Shell) -> str:
    assert shell.window.pane is not None
    return shell.window.pane.name


def rename(store: Store, name: str) -> str:
    project = read_rows(store, "project")[0]
    edit_cells(store, "project", [Edit(project["id"], "name", name)])
    return str(project["ref"])


def test_it_opens_on_home(shell: Shell, desk: Desk) -> None:
    assert here(shell) == "home"
    assert shell.window.nav.items["home"].isChecked()
    assert shell.window.header.title.text() == "Home"


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_every_pane_opens_by_its_command(shell: Shell, desk: Desk, place: str) -> None:
    shell.window.dispatch.perform(f"go.{place}")
    assert here(shell) == place
    assert shell.window.header.title.text() == next(each.title for each in PLACES if each.name == place)


def test_back_and_forward_go_where_one_has_been(shell: Shell, desk: Desk) -> None:
    desk.navigate("people")
    desk.navigate("reports")
    for command, pane in (("go.back", "people"), ("go.back", "home"), ("go.back", "home"), ("go.forward", "people")):
        shell.window.dispatch.perform(command)
        assert here(shell) == pane


def test_a_new_way_ends_forward(shell: Shell, desk: Desk) -> None:
    desk.navigate("people")
    shell.window.dispatch.perform("go.back")
    desk.navigate("programmes")
    shell.window.dispatch.perform("go.forward")
    assert here(shell) == "programmes"


def test_next_and_previous_pane_come_round(shell: Shell, desk: Desk) -> None:
    shell.window.dispatch.perform("go.previous_pane")
    assert here(shell) == PLACES[-1].name
    shell.window.dispatch.perform("go.next_pane")
    assert here(shell) == PLACES[0].name


def test_a_pane_is_built_once(shell: Shell, desk: Desk) -> None:
    desk.navigate("people")
    pane = shell.window.pane
    desk.navigate("home")
    desk.navigate("people")
    assert shell.window.pane is pane


def test_only_a_hidden_pane_that_is_stale_reads_again(
    shell: Shell, desk: Desk, sample: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shell.window.pane
    assert home is not None
    reads: list[str] = []
    monkeypatch.setattr(type(home), "refresh", lambda _self: reads.append("home"))
    desk.navigate("people")
    desk.navigate("home")
    assert reads == []
    desk.navigate("people")
    rename(sample, "Another name")
    qtbot.wait(10)
    assert reads == []
    desk.navigate("home")
    assert reads == ["home"]


def test_the_next_step_is_named_in_the_menu(shell: Shell, desk: Desk, sample: Store, qtbot: QtBot) -> None:
    ref = rename(sample, "Another name")
    undo = shell.window.dispatch.registry["edit.undo"]
    redo = shell.window.dispatch.registry["edit.redo"]
    qtbot.waitUntil(lambda: ref in undo.text())
    assert undo.isEnabled()
    assert not redo.isEnabled()
    shell.window.dispatch.perform("edit.undo")
    qtbot.waitUntil(lambda: ref in redo.text())
    assert redo.isEnabled()


def test_counts_and_names_follow_the_file(shell: Shell, desk: Desk, sample: Store, qtbot: QtBot) -> None:
    change_settings(sample, {"organisation": "Halden Water"})
    qtbot.waitUntil(lambda: shell.window.nav.switch.title == "Halden Water")
    assert "Halden Water" in shell.window.windowTitle()
    assert shell.window.nav.items["people"].accessibleName() == f"People, {len(read_rows(sample, 'person'))}"


def test_recalculating_reads_the_pane_again(shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    pane = shell.window.pane
    assert pane is not None
    monkeypatch.setattr(type(pane), "refresh", lambda _self: reads.append(1))
    shell.window.dispatch.perform("view.recalculate")
    assert reads == [1]


def test_only_what_somebody_answers_is_enabled(shell: Shell, desk: Desk) -> None:
    registry = shell.window.dispatch.registry
    offered = {entry.id for entry in registry if entry.action.isEnabled()}
    assert {"file.open", "edit.history", "go.palette"} <= offered
    assert "record.new" not in offered
    desk.navigate("projects")
    assert registry["record.new"].isEnabled()


def test_a_copy_to_read_offers_no_writing(shell: Shell, sample: Store) -> None:
    copy = sample.copy_to_memory()
    shell.opening.attach(copy)
    registry = shell.window.dispatch.registry
    assert not any(registry[id_].isEnabled() for id_ in ("edit.undo", "file.settings", "file.point"))
    assert shell.window.statusbar.saved.text() == "Read-only"
    shell.opening.let_go()
    copy.close()


def test_letting_go_takes_the_panes_away(shell: Shell, desk: Desk) -> None:
    shell.opening.let_go()
    assert shell.window.stack.count() == 2
    assert not shell.window.dispatch.perform("edit.undo")
