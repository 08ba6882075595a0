"""A big register is read again beside the window: what is on screen stays and works, then all of it is new at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.model.project import Project
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.panes.projects import build_pane
from pmo_desktop.ui.panes.refill import AT_ONCE
from pmo_desktop.ui.tasks import Runner
from tests.ui.stage import Stage

ROWS = AT_ONCE + 100


class Reads:
    """Readings that wait until the test lets them be done."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], object], Callable[[Exception], object]]] = []

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        assert failed
        self.waiting.append((work, done, failed))

    def let(self) -> None:
        """Do the one that waits."""
        ((work, done, _),) = self.waiting
        self.waiting.clear()
        done(work())


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, reads: Reads) -> Iterator[Stage]:
    store = create_memory_store(currency="GBP")
    with batch(store, "Fill") as work:
        rows = [
            {"id": f"p{n:04}", "ref": f"A-{n:04}", "name": f"Bridge {n:04}", "lifecycle_status": "Active", "custom": {}}
            for n in range(ROWS)
        ]
        work.connection.execute(sql.insert(Project.__table__), rows)
    made = Stage(tmp_path, build_pane, store)
    made.context.read = reads
    made.pane.arranger.change(sort=(("name", False),), conditions=())
    yield made
    made.close()


def rename_all(stage: Stage, words: str = "Tunnel") -> None:
    """One batch that touches every row, as an import does."""
    edits = [Edit(f"p{n:04}", "name", f"{words} {n:04}") for n in range(ROWS)]
    edit_cells(stage.store, "project", edits)


def names(stage: Stage) -> set[str]:
    return {record.row["name"].split()[0] for record in stage.table.arrangement.records}


def test_what_is_on_screen_stays_until_all_is_read(stage: Stage, reads: Reads) -> None:
    rename_all(stage)
    assert names(stage) == {"Bridge"}
    assert not stage.pane.is_ready()
    reads.let()
    assert names(stage) == {"Tunnel"}
    assert stage.pane.is_ready()
    assert stage.text("Tunnel 0007", "name") == "Tunnel 0007"


def test_the_spot_the_selection_the_scroll_and_the_filter_are_kept(stage: Stage, reads: Reads) -> None:
    condition = Condition("ref", "is not", ("A-0000",))
    stage.pane.arranger.change(conditions=(condition,))
    stage.go("Bridge 0300", "name")
    chosen = QItemSelection(stage.table.index(299, 1), stage.table.index(301, 1))
    stage.grid.marked.model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QApplication.processEvents()
    scroll = stage.grid.right.verticalScrollBar().value()
    selected = sorted({stage.table.record(row).id for row, _ in stage.grid.marked.cells()})
    assert scroll > 0
    assert len(selected) == 3
    rename_all(stage)
    reads.let()
    QApplication.processEvents()
    assert stage.grid.current.id == "p0300"
    assert stage.grid.right.verticalScrollBar().value() == scroll
    assert sorted({stage.table.record(row).id for row, _ in stage.grid.marked.cells()}) == selected
    assert stage.table.wanted.conditions == (condition,)
    assert len(stage.table.arrangement.shown) == ROWS - 1


def test_an_edit_meanwhile_is_seen_at_once_and_not_lost(stage: Stage, reads: Reads) -> None:
    rename_all(stage)
    (early,) = reads.waiting
    answer = early[0]()  # it has read the file before the edit
    edit_cells(stage.store, "project", [Edit("p0001", "name", "Mine")])
    assert stage.text("Mine", "name") == "Mine"
    reads.waiting.clear()
    early[1](answer)
    assert stage.text("Mine", "name") == "Mine"  # the old reading is not shown
    reads.let()
    assert stage.text("Mine", "name") == "Mine"
    assert names(stage) == {"Tunnel", "Mine"}


def test_another_look_meanwhile_is_kept(stage: Stage, reads: Reads) -> None:
    rename_all(stage)
    (early,) = reads.waiting
    reads.waiting.clear()
    answer = early[0]()
    stage.pane.arranger.change(sort=(("name", True),))
    early[1](answer)
    assert names(stage) == {"Bridge"}
    reads.let()
    assert stage.table.line(0).row["name"] == f"Tunnel {ROWS - 1:04}"


def test_however_many_batches_come_meanwhile_it_is_read_once_more(stage: Stage, reads: Reads) -> None:
    for words in ("One", "Two", "Three"):
        rename_all(stage, words)
    assert len(reads.waiting) == 1
    reads.let()
    reads.let()
    assert names(stage) == {"Three"}
    assert reads.waiting == []


def test_an_undo_of_all_is_read_beside_too(stage: Stage, reads: Reads) -> None:
    rename_all(stage)
    reads.let()
    undo(stage.store)
    assert names(stage) == {"Tunnel"}
    reads.let()
    assert names(stage) == {"Bridge"}


def test_a_record_that_is_new_is_gone_to_once_it_is_read(stage: Stage, reads: Reads) -> None:
    delete_records(stage.store, "project", ["p0042"])
    stage.unsubscribe()  # as when another pane was on screen
    undo(stage.store)
    stage.unsubscribe = lambda: None
    stage.pane.show_row("p0042")
    assert len(reads.waiting) == 1
    reads.let()
    assert stage.grid.current.id == "p0042"


def test_a_portfolio_that_closes_meanwhile_is_left_alone(stage: Stage, reads: Reads) -> None:
    rename_all(stage)
    (early,) = reads.waiting
    reads.waiting.clear()
    stage.store.close()
    early[1](early[0]())
    assert names(stage) == {"Bridge"}


def test_after_a_reading_that_failed_the_next_one_is_begun(
    stage: Stage, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename_all(stage)
    work, _, failed = reads.waiting.pop()
    with monkeypatch.context() as patch:
        patch.setattr(stage.pane.data, "read", _break)
        with pytest.raises(RuntimeError) as raised:
            work()
    failed(raised.value)
    assert stage.pane.is_ready()
    stage.pane.refresh()
    reads.let()
    assert names(stage) == {"Tunnel"}


def _break(_copy: object) -> None:
    raise RuntimeError("no")


def test_it_is_read_in_a_thread_of_its_own(stage: Stage, qtbot: QtBot) -> None:
    runner = Runner()
    stage.context.read = runner.read
    rename_all(stage)
    qtbot.waitUntil(stage.pane.is_ready, timeout=20_000)
    assert names(stage) == {"Tunnel"}


def test_a_small_register_is_read_at_once(qtbot: QtBot, tmp_path: Path, reads: Reads) -> None:
    store = create_memory_store(currency="GBP")
    made = Stage(tmp_path, build_pane, store)
    made.context.read = reads
    with batch(store, "Fill") as work:
        row = {"id": "p1", "name": "Bridge 1", "lifecycle_status": "Active", "custom": {}}
        work.connection.execute(sql.insert(Project.__table__), row)
    assert names(made) == {"Bridge"}
    assert reads.waiting == []
    made.close()


def test_a_big_register_opens_at_once_and_its_rows_come_when_they_have_been_read(
    stage: Stage, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmo_desktop.ui.panes.register.OPENED_AT_ONCE", ROWS - 1)
    pane: Any = build_pane(stage.context)
    assert not pane.is_ready()
    assert pane.subtitle() == f"{ROWS} projects are being read"
    (words, *_) = [each.text() for each in pane.pages.currentWidget().findChildren(QLabel)]
    assert words == "The projects are being read"
    reads.let()
    assert pane.is_ready()
    assert pane.pages.currentWidget() is pane.grid
    assert len(pane.table.arrangement.records) == ROWS
    assert pane.grid.current.id == "p0000"
    pane.deleteLater()


def test_what_changes_while_a_register_is_opened_is_in_it(
    stage: Stage, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmo_desktop.ui.panes.register.OPENED_AT_ONCE", ROWS - 1)
    pane: Any = build_pane(stage.context)
    unsubscribe = stage.store.subscribe(pane.on_changed)
    edit_cells(stage.store, "project", [Edit("p0003", "name", "Ferry")])
    reads.let()  # this reading began before the change
    reads.let()
    assert len(pane.table.arrangement.records) == ROWS
    assert pane.table.arrangement.by_id["p0003"].row["name"] == "Ferry"
    unsubscribe()
    pane.deleteLater()
