"""Two versions side by side: counted, filtered, the old struck through, each difference in full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.methods import list_methods
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.method import Method
from pmo_desktop.store.file import Store
from pmo_desktop.ui.dialogs.methodcompare import MethodCompareDialog, propose_pair
from tests.twosteps import FIRST, SECOND, approved
from tests.ui.stage import dressed
from tests.ui.test_names import nameless


@pytest.fixture
def pair(empty: Store) -> tuple[str, str]:
    dressed()
    return approved(empty), install_method(empty, SECOND)


@pytest.fixture
def dialog(empty: Store, pair: tuple[str, str], qtbot: QtBot) -> MethodCompareDialog:
    made = MethodCompareDialog(empty, after=pair[1])
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog: MethodCompareDialog, row: int) -> list[str]:
    items = [dialog.table.item(row, column) for column in range(6)]
    return [item.text() for item in items if item is not None]


def test_the_title_counts_and_the_neighbour_is_chosen(dialog: MethodCompareDialog) -> None:
    assert dialog.headline.text() == "Compare versions: 4 added, 2 removed, 4 renamed, 2 changed, 1 moved"
    assert (dialog.before.currentText(), dialog.after.currentText()) == (
        "Two steps 1.0 (approved)",
        "Two steps 2.0 (draft)",
    )
    assert [button.text() for button in dialog.kinds.buttons.values()] == [
        *("All 13", "Added 4", "Removed 2", "Renamed 4", "Changed 2", "Moved 1"),
    ]
    assert nameless(dialog) == []


def test_old_words_are_struck_through_and_read_out(dialog: MethodCompareDialog) -> None:
    row = next(row for row in range(dialog.table.rowCount()) if cells(dialog, row)[4] == "Brief")
    assert cells(dialog, row) == ["Renamed", "Deliverable", "One-page brief", "Name", "Brief", "One-page brief"]
    old, first = dialog.table.item(row, 4), dialog.table.item(row, 0)
    assert old is not None
    assert first is not None
    assert old.font().strikeOut()
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Renamed deliverable One-page brief, Name, from Brief to One-page brief"
    )
    dialog.table.setCurrentCell(row, 0)
    assert (dialog.was.toPlainText(), dialog.now.toPlainText()) == ("Brief", "One-page brief")


def test_one_kind_is_shown_alone_by_mouse_and_by_arrows(dialog: MethodCompareDialog, qtbot: QtBot) -> None:
    QTest.mouseClick(dialog.kinds.buttons["Added"], Qt.MouseButton.LeftButton)
    assert {cells(dialog, row)[0] for row in range(dialog.table.rowCount())} == {"Added"}
    dialog.kinds.buttons["Added"].setFocus()
    QTest.keyClick(dialog.kinds, Qt.Key.Key_Right)
    assert {cells(dialog, row)[0] for row in range(dialog.table.rowCount())} == {"Removed"}


def test_a_version_compared_with_itself_says_the_same(dialog: MethodCompareDialog) -> None:
    dialog.after.setCurrentIndex(dialog.before.currentIndex())
    assert dialog.headline.text() == "Compare versions: no differences"
    assert (dialog.told.text(), dialog.table.isVisible()) == ("The two say the same.", False)
    dialog.after.setCurrentIndex(1 - dialog.before.currentIndex())
    dialog.before.setCurrentIndex(dialog.after.currentIndex())
    dialog.filter_by("Moved")
    assert dialog.told.text() == "The two say the same."


def test_a_kind_without_a_difference_says_so(empty: Store, qtbot: QtBot) -> None:
    dressed()
    one, other = approved(empty), install_method(empty, Method("two-steps", "Two steps", "0.1"))
    dialog = MethodCompareDialog(empty, one, other)
    qtbot.addWidget(dialog)
    dialog.filter_by("Moved")
    assert dialog.told.text() == "Nothing is moved."


def test_without_two_versions_there_is_nothing_to_compare(empty: Store, qtbot: QtBot) -> None:
    dressed()
    approved(empty)
    empty_handed = MethodCompareDialog(empty)
    qtbot.addWidget(empty_handed)
    assert empty_handed.told.text().startswith("There are no two versions to compare.")


def test_the_pair_to_begin_with(empty: Store, pair: tuple[str, str]) -> None:
    one, other = pair
    lines = list_methods(empty)
    assert propose_pair(lines, None, None) == (one, other)
    assert propose_pair(lines, one, None) == (one, other)
    assert propose_pair(lines, None, one) == (one, other)
    assert propose_pair(lines, other, None) == (one, other)
    assert propose_pair(lines, other, one) == (other, one)
    assert FIRST.code == lines[0].code
