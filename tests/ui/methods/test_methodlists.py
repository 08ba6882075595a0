"""The lists of the methodology pane: what they show, how they fit, and how they are worked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.ui.methods.linepaint import MOST_UNDER, fitting_words
from pmo_desktop.ui.methods.lines import Cell, Column, Line, LinesModel
from pmo_desktop.ui.methods.linesview import LinesView
from tests.ui.methodstage import press
from tests.ui.stage import dressed

COLUMNS = (Column("", 38), Column("What", 3, grows=True), Column("Status of it all", 60))
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG = "A criterion that says at great length what has to be there before anybody may go on with it. " * 3


def a_line(key: str, text: str = "Short", tick: str = "off") -> Line:
    cells = (Cell(tick=tick), Cell(text, "Sponsor", chip="Optional"), Cell("Met", "13 Nov", mark="G"))
    return Line(key, cells, f"Say {key}")


LINES = (
    Line("#Scope", heading="Scope", note="1 of 2 met"),
    a_line("a", tick="on"),
    a_line("b", LONG, "part"),
    Line("#Money", heading="Money"),
    Line("c", (Cell(tick="off"), Cell("Link", "Attached", "paperclip", is_link=True), Cell("R", is_letter=True))),
    Line("d", (Cell(tick="off"), Cell("Late", "Overdue", is_late=True))),
)


@pytest.fixture
def view(qtbot: QtBot) -> LinesView:
    made = LinesView(dressed(), "Checklist", COLUMNS)
    qtbot.addWidget(made)
    made.resize(460, 420)
    made.show_lines(LINES)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    made.setFocus()
    return made


def test_the_model_keeps_its_promises_to_qt(view: LinesView) -> None:
    tester = QAbstractItemModelTester(view.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.show_lines(LINES[:2])
    view.show_lines(LINES, COLUMNS[1:])
    assert tester.model() is view.lines


def test_a_screen_reader_hears_a_sentence_and_a_heading() -> None:
    model = LinesModel(COLUMNS)
    model.show(LINES)
    said = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(said) == "Scope, 1 of 2 met"
    assert model.index(0, 1).data(said) == ""
    assert model.index(1, 0).data(said) == "Say a"
    assert model.index(1, 2).data(said) == "Met, 13 Nov"
    assert model.index(1, 1).data() == "Short"
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "Short, Sponsor, Optional"
    assert model.index(1, 1).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "What"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole) is None
    assert model.index(5, 2).data() == ""


def test_a_heading_cannot_be_chosen(view: LinesView) -> None:
    assert view.lines.flags(view.lines.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert not view.go_to("#Scope")
    assert view.go_to("a")
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert view.current_key == "c"


def test_rows_are_as_high_as_their_words_and_columns_share_the_room(view: LinesView) -> None:
    rows = [view.rowHeight(row) for row in range(len(LINES))]
    assert rows[2] > rows[1] > rows[0]
    assert view.columnWidth(0) == 38
    assert sum(view.columnWidth(each) for each in range(3)) <= view.viewport().width()
    assert view.horizontalHeader().height() > 40  # a heading needs several lines
    view.show_lines(LINES, COLUMNS[:2])
    assert view.horizontalHeader().height() == 30


def test_words_that_do_not_fit_end_in_dots(view: LinesView) -> None:
    metrics = QFontMetrics(view.font())
    assert fitting_words(metrics, "Short", 200, MOST_UNDER) == "Short"
    cut = fitting_words(metrics, LONG, 200, MOST_UNDER)
    assert cut.endswith("…")
    assert LONG.startswith(cut[:-1])
    assert fitting_words(metrics, "Unbreakable" * 40, 60, 1).endswith("…")


def test_home_end_and_shift_choose_lines(view: LinesView) -> None:
    view.go_first()
    assert view.current_key == "a"
    press(view, Qt.Key.Key_End)
    assert view.current_key == "d"
    press(view, Qt.Key.Key_Right)
    assert view.current_key == "d"
    press(view, Qt.Key.Key_Home)
    assert view.current_key == "a"
    press(view, Qt.Key.Key_Down, held=SHIFT)
    assert view.chosen_keys() == ["a", "b"]
    view.show_lines(LINES)
    assert (view.chosen_keys(), view.current_key) == (["a", "b"], "b")


def test_an_empty_list_has_no_ends(view: LinesView) -> None:
    view.show_lines(())
    press(view, Qt.Key.Key_End)
    view.go_first()
    assert view.current_key == ""


def test_a_letter_does_what_it_stands_for_and_enter_opens(view: LinesView) -> None:
    done: list[str] = []
    view.keys["Y"] = lambda: done.append("yes")
    view.opened.connect(done.append)
    view.go_to("b")
    press(view, Qt.Key.Key_Y)
    press(view, Qt.Key.Key_Y, held=Qt.KeyboardModifier.ControlModifier)
    press(view, Qt.Key.Key_Return)
    assert done == ["yes", "b"]


def at(view: LinesView, key: str, column: int, across: int = 14) -> QPoint:
    row = view.lines.row_of(key)
    assert row is not None
    rect = view.visualRect(view.lines.index(row, column))
    return QPoint(rect.left() + across, rect.top() + 14)


def test_clicks_on_ticks_links_and_headings(view: LinesView) -> None:
    ticked: list[str] = []
    links: list[tuple[str, int]] = []
    opened: list[str] = []
    view.ticked.connect(ticked.append)
    view.link_clicked.connect(lambda key, column: links.append((key, column)))
    view.opened.connect(opened.append)
    left, port = Qt.MouseButton.LeftButton, view.viewport()
    QTest.mouseClick(port, left, pos=at(view, "a", 0))
    QTest.mouseClick(port, left, pos=at(view, "c", 1, 32))
    QTest.mouseClick(port, left, pos=at(view, "c", 1, 250))  # beside its words
    QTest.mouseClick(port, left, pos=QPoint(20, 10))  # the heading
    QTest.mouseClick(port, Qt.MouseButton.RightButton, pos=at(view, "a", 0))
    QTest.mouseClick(port, left, pos=QPoint(20, 410))  # below the last line
    assert (ticked, links) == (["a"], [("c", 1)])
    QTest.mouseDClick(port, left, pos=at(view, "b", 1))
    assert opened == ["b"]


def test_the_pointer_says_what_is_a_link_and_where_it_is(view: LinesView) -> None:
    QTest.mouseMove(view.viewport(), at(view, "c", 1, 32))
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(view.viewport(), at(view, "a", 1))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert view.delegate.hovered_row == 1
    QTest.mouseMove(view, QPoint(200, -30))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_sort_of_cell_is_painted(view: LinesView, name: str) -> None:
    view.theme.set_name(name)
    view.go_to("a")
    view.selectAll()
    picture = QPixmap(view.grab()).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 450, 3) for y in range(0, 400, 3)}
    assert view.theme.color("surface_sunken").name() in colours
    assert view.theme.color("selected").name() in colours
    view.theme.set_name("light")
