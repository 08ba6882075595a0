"""The import wizard on stage: a portfolio in memory, real work in a thread, hands on keys and mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.plan import (
    Answer,
    CellText,
    ColumnMap,
    Conflict,
    Level,
    MissingRow,
    Plan,
    Problem,
    RowKind,
    RowPlan,
    TablePlan,
    Treatment,
)
from pmo_desktop.model.kind import Kind
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.importer.window import ImportWindow, open_importer
from pmo_desktop.ui.tasks import Runner
from pmo_desktop.ui.theme import Theme

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class ImportStage:
    """A wizard over a main window; `went` notes where it sent the person afterwards."""

    def __init__(self, qtbot: QtBot, folder: Path, store: Store | None = None) -> None:
        self.qtbot = qtbot
        self.store = store or create_memory_store(currency="GBP")
        self.toasts: list[str] = []
        self.went: list[tuple[str, str | None]] = []
        self.host = QMainWindow()
        self.host.resize(1440, 900)
        qtbot.addWidget(self.host)
        self.theme = Theme("light")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.theme.apply(app)
        self.runner = Runner(self.host)
        self.context = Context(
            store=self.store,
            theme=self.theme,
            actions=ActionRegistry(self.host),
            settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
            toast=lambda text, *_: self.toasts.append(text),
            say=lambda _text: None,
            run=self.runner.run,
            read=self.runner.read,
            navigate=lambda pane, row=None: self.went.append((pane, row)),
            import_file=lambda _path=None: None,
        )
        self.wizard: ImportWindow = open_importer(self.context, None, self.host)
        QTest.qWaitForWindowActive(self.wizard)

    def open(self, path: Path) -> None:
        """Open a file as a drop on the window would."""
        self.wizard.open(path)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.wizard.session.busy, timeout=30_000)
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the keyboard is."""
        QTest.keyClick(self.focus(), key, held)
        QApplication.processEvents()
        self.settle()

    def type(self, text: str) -> None:
        """Letters, one after the other: the first may open an editor, which then has the keyboard."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
            QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        """The left button in the middle of something that can be seen."""
        assert widget.isVisible()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        if self.is_open():
            self.settle()

    def choose(self, combo: QComboBox, words: str) -> None:
        """Pick an item of a list by its words, with the keyboard."""
        combo.setFocus()
        combo.showPopup()
        place = combo.findText(words)
        assert place >= 0, [combo.itemText(at) for at in range(combo.count())]
        combo.view().setCurrentIndex(combo.model().index(place, 0))
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        QApplication.processEvents()
        self.wizard.activateWindow()  # a window manager does so when a list closes; there is none offscreen
        QTest.qWaitForWindowActive(self.wizard)
        self.settle()

    def focus(self) -> QWidget:
        """Where the keyboard is."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def is_open(self) -> bool:
        """Whether the wizard is still there."""
        return any(isinstance(each, ImportWindow) and each.isVisible() for each in QApplication.topLevelWidgets())

    def close(self) -> None:
        """Leave nothing running."""
        if self.is_open():
            self.settle()
            self.wizard.close()
        self.runner.wait(5)
        QApplication.processEvents()
        self.store.close()


def write_book(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]], sheet: str = "Register") -> Path:
    """A small workbook of one sheet."""
    book = Book()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(list(header))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def column(letter: str, field: str, label: str, kind: Kind, header: str = "", **more: Any) -> ColumnMap:
    """A mapped column."""
    index = ord(letter) - 65
    return ColumnMap(index, letter, header or label, Treatment.FIELD, field, label, kind, 1.0, "its header", **more)


def small_plan() -> Plan:
    """Four rows of a register: one that waits, one changed, one new with a kept text, one as it was."""
    columns = [
        column("A", "name", "Project", Kind.TEXT, "Project Title"),
        column("B", "ref", "ID", Kind.CODE, "Ref"),
        column("C", "rag_overall", "RAG", Kind.RAG),
        column("D", "finish_forecast", "Finish", Kind.DATE, "Fcst End"),
        column("E", "eac", "EAC", Kind.MONEY, "EAC £k"),
    ]
    old = {"rag_overall": "A", "finish_forecast": date(2027, 5, 7), "eac": 698_000_000}
    new = {"rag_overall": "R", "finish_forecast": date(2027, 6, 18), "eac": 731_000_000}
    kept = {"finish_forecast": CellText("31/11/2027", None, "31/11/2027 is no date.", "D4")}
    rows = [
        RowPlan(
            2, RowKind.UNCHANGED, "p-2", "HW-117 Register", {"ref": "HW-117", "name": "Register", "eac": 61_000_000}
        ),
        RowPlan(3, RowKind.CHANGED, "p-3", "HW-101 Billing", {"ref": "HW-101", "name": "Billing", **new}, old),
        RowPlan(4, RowKind.NEW, "p-4", "HW-510 Solar", {"ref": "HW-510", "name": "Solar"}, texts=kept),
        RowPlan(5, RowKind.REJECTED, None, "", {"rag_overall": "G"}, reason="The row has neither an ID nor a name."),
    ]
    problems = [
        Problem("Register!D4", "31/11/2027", "31/11/2027 is no date.", Level.LOOK, 4, "finish_forecast"),
        Problem("Register!B5", "", "The row has neither an ID nor a name.", Level.FIX, 5, "ref"),
    ]
    table = TablePlan(
        "Register", 1, "projects", "project", "projects", 0.9, "its headers", 4, columns, rows, problems, []
    )  # fmt: skip
    return Plan("Register.xlsx", "0" * 64, [table])


def merge_plan(answers: Mapping[str, Answer] | None = None) -> Plan:
    """The small plan a month later: two conflicts in one row, a cell edited since, and a record that is missing."""
    plan = small_plan()
    table = plan.tables[0]
    at = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    row = table.rows[1]
    for name, base, ours in (("finish_forecast", date(2027, 5, 7), date(2027, 5, 14)), ("rag_overall", "A", "G")):
        answer = (answers or {}).get(name, Answer.ASK)
        row.conflicts[name] = Conflict(base, row.values[name], ours, "Priya Nair", at, answer)
        if answer is Answer.THEIRS:
            row.old[name] = ours
        else:
            row.held[name] = ours
            row.old.pop(name)
    edited = table.rows[0]
    edited.kept, edited.held = frozenset({"eac"}), {"eac": 65_000_000}
    table.missing = [MissingRow("p-9", "HW-090 Old depot", "October.xlsx")]
    return plan
