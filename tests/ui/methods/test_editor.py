"""A draft is edited as a person does it: by keys in the outline, by typing into forms, letters and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.methods import read_method, read_parts
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Method, MethodPhase, Output
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.grid.editors import ChoiceEditor
from pmo_desktop.ui.methods.editor import MethodEditor
from pmo_desktop.ui.methods.outlinetree import spot_at, title_of
from pmo_desktop.ui.methods.partpages import DutyPage, GuidancePage, PartPage, TemplatePage
from tests.builders import a_person, state_hash
from tests.twosteps import DAY, FIRST, SECOND
from tests.ui.methods.libstage import Said, press, settle, type_text
from tests.ui.test_names import nameless

MUTE = MethodPhase("do", "Do", deliverables=(Output("thing", "Thing"),))
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def draft(empty: Store) -> str:
    return install_method(empty, FIRST)


@pytest.fixture
def said(empty: Store, tmp_path: Path) -> Said:
    return Said(empty, tmp_path)


@pytest.fixture
def lived() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def editor(said: Said, draft: str, lived: list[tuple[str, str]], qtbot: QtBot) -> Iterator[MethodEditor]:
    made = MethodEditor(said.context, draft, lambda deed, key: lived.append((deed, key)))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.close()


def go(editor: MethodEditor, text: str) -> None:
    """Stand on the line of that text, as with the arrows."""
    found = next(index for index in editor.tree.all() if (spot := spot_at(index)) and spot.text == text)
    editor.tree.setFocus()
    editor.tree.setCurrentIndex(found)
    settle()


def form(editor: MethodEditor) -> PartPage:
    page = editor.pages.currentWidget()
    assert isinstance(page, PartPage)
    return page


def put(editor: MethodEditor, name: str, text: str) -> None:
    """Type into a field of the form and leave it."""
    line = form(editor).form.fields[name].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    if isinstance(line, ChoiceEditor) and (completer := line.completer()) is not None and (list_ := completer.popup()):
        list_.hide()  # as a click outside of it does
        editor.activateWindow()  # which a real desktop does by itself
        QTest.qWaitForWindowActive(editor)
    editor.tree.setFocus()
    settle()


def outline(editor: MethodEditor) -> list[str]:
    return [spot.text for index in editor.tree.all() if (spot := spot_at(index))]


def newest(store: Store) -> str:
    return latest_batches(store)[0].what


def test_the_whole_version_stands_in_the_outline(editor: MethodEditor) -> None:
    assert outline(editor) == [
        *("Two steps 1.0", "Life cycle", "Think", "Brief", "Study", "Risk list", "G1 Go?"),
        *("The brief is agreed.", "The money is there.", "Do", "The thing", "Manual", "G2 Done?", "It works."),
        *("Roles and RACI", "Guidance", "Start here", "How to think", "Glossary", "Brief", "Templates", "Note"),
    ]
    assert editor.frame.fact.text() == "Draft · 2 phases, 2 gates, 5 deliverables and 3 criteria"
    QAbstractItemModelTester(editor.tree.spots, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_phase_is_added_named_moved_copied_and_deleted_by_keys_and_undone(editor: MethodEditor, empty: Store) -> None:
    before = state_hash(empty)
    go(editor, "Think")
    press(editor.tree, Qt.Key.Key_Insert)
    type_text("Try out")
    assert [row["name"] for row in read_parts(empty, editor.methodology)["method_phase"]] == ["Think", "Try out", "Do"]
    press(editor.tree, Qt.Key.Key_Down, ALT)
    assert newest(empty) == "Move phase “Try out” down in Two steps 1.0"
    press(editor.tree, Qt.Key.Key_D, CTRL)
    assert editor.tree.current is not None
    assert editor.tree.current.text == "Try out (copy)"
    press(editor.tree, Qt.Key.Key_Delete)
    assert editor.frame.toast.words.text() == "Deleted phase “Try out (copy)”"
    for _ in range(5):
        press(editor.tree, Qt.Key.Key_Z, CTRL)
    assert state_hash(empty) == before
    assert "Try out" not in outline(editor)
    press(editor.tree, Qt.Key.Key_Y, CTRL)
    assert "New phase" in outline(editor)


def test_deleting_says_what_goes_along_before_and_after(editor: MethodEditor, empty: Store) -> None:
    go(editor, "Think")
    tip = editor.frame.tools["delete"].toolTip()
    assert "Delete phase “Think” with 1 gate, 2 criteria, 3 deliverables, 2 duties and 1 page of guidance" in tip
    before = state_hash(empty)
    editor.frame.tools["delete"].click()
    assert editor.frame.toast.words.text().startswith("Deleted phase “Think” with 1 gate")
    editor.frame.toast.button.click()
    assert state_hash(empty) == before


def test_ctrl_n_offers_what_can_stand_here_and_adds_it(editor: MethodEditor, empty: Store) -> None:
    go(editor, "G1 Go?")
    press(editor.tree, Qt.Key.Key_N, CTRL)
    assert editor.deeds.menu is not None
    words = [action.text().replace("&", "") for action in editor.deeds.menu.actions()]
    assert words == ["Gate", "Criterion", "Deliverable"]
    editor.deeds.menu.actions()[1].trigger()
    editor.deeds.menu.close()
    settle()
    type_text("The team is named.")
    assert [line.text for line in read_method(empty, editor.methodology).phases[0].gates[0].criteria] == [
        *("The brief is agreed.", "The money is there.", "The team is named.")
    ]
    go(editor, "The brief is agreed.")
    editor.deeds.add("method_gate")  # beside the gate it stands in
    assert [gate.code for gate in read_method(empty, editor.methodology).phases[0].gates] == ["G1", "G3"]
    go(editor, "Glossary")
    press(editor.tree, Qt.Key.Key_N, CTRL)  # one kind only: added at once
    type_text("Sponsor")
    assert [term.term for term in read_method(empty, editor.methodology).terms] == ["Brief", "Sponsor"]


def test_a_gate_is_renamed_in_place_by_its_name_and_an_empty_name_is_none(editor: MethodEditor, empty: Store) -> None:
    go(editor, "G1 Go?")
    assert title_of(editor.tree.currentIndex()) == "Go?"
    press(editor.tree, Qt.Key.Key_F2)
    type_text("Worth it?")
    assert "G1 Worth it?" in outline(editor)
    before = state_hash(empty)
    press(editor.tree, Qt.Key.Key_F2)
    type_text(" ")
    assert state_hash(empty) == before


def test_each_field_that_is_left_is_one_step(editor: MethodEditor, empty: Store) -> None:
    go(editor, "Think")
    press(editor.tree, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form(editor).form.fields["name"].editor
    put(editor, "weeks", "6.5")
    put(editor, "purpose", "Know it.")
    assert [batch.what.split(" of ")[0] for batch in latest_batches(empty)[:2]] == [
        "Change purpose",
        "Change usual length",
    ]
    phase = read_method(empty, editor.methodology).phases[0]
    assert (phase.weeks, phase.purpose) == (6.5, "Know it.")
    press(editor, Qt.Key.Key_F6)
    press(editor, Qt.Key.Key_F6)
    assert editor.tree.hasFocus()


def test_what_is_not_accepted_is_said_under_the_field_and_stays(editor: MethodEditor, empty: Store) -> None:
    before = state_hash(empty)
    go(editor, "Think")
    put(editor, "weeks", "long")
    field = form(editor).form.fields["weeks"]
    assert (field.wrong.isVisible(), field.editor.text(), field.editor.property("wrong")) == (True, "long", True)
    press(field.editor, Qt.Key.Key_Escape)
    assert (field.editor.text(), field.wrong.isVisible()) == ("4", False)
    put(editor, "code", "DO")
    assert "the code DO is that of phase “Do”" in form(editor).form.fields["code"].wrong.text()
    assert state_hash(empty) == before


def test_links_are_chosen_by_name_and_kept_by_code(editor: MethodEditor, empty: Store) -> None:
    go(editor, "The money is there.")
    put(editor, "evidence", "Risk l")  # a beginning is enough
    put(editor, "role", "Treasurer")  # a role may be new
    put(editor, "mandatory", "Opt")
    line = read_method(empty, editor.methodology).phases[0].gates[0].criteria[1]
    assert (line.evidence, line.role, line.mandatory.value) == ("risks", "Treasurer", "Optional")
    assert form(editor).form.fields["evidence"].editor.text() == "Risk list (risks)"
    put(editor, "evidence", "nothing like it")
    assert "Choose one from the list" in form(editor).form.fields["evidence"].wrong.text()
    press(form(editor).form.fields["evidence"].editor, Qt.Key.Key_Escape)
    put(editor, "evidence", "BRIEF")  # a code is as good as a name
    assert read_method(empty, editor.methodology).phases[0].gates[0].criteria[1].evidence == "brief"
    role = form(editor).form.fields["role"].editor
    assert isinstance(role, ChoiceEditor)
    assert "Sponsor" in editor.offers.of("method_criterion", "role")()  # type: ignore[misc]
    assert editor.offers.of("method_criterion", "section")() == {"Scope": "Scope"}  # type: ignore[misc]


def test_the_head_of_the_version_is_edited_too(editor: MethodEditor, empty: Store) -> None:
    ann = a_person(empty, "Ann Lee")
    go(editor, "Two steps 1.0")
    put(editor, "version", "1.1")
    put(editor, "owner", "Ann")
    settle()
    row = read_row(empty, "methodology", editor.methodology)
    assert row is not None
    assert (row["version"], row["owner"], row["ref"]) == ("1.1", ann, "two-steps 1.1")
    assert editor.frame.title.text() == "Two steps 1.1"
    line = form(editor).form.fields["owner"].editor
    line.setFocus()
    line.clear()
    press(line, Qt.Key.Key_Return)
    assert read_row(empty, "methodology", editor.methodology)["owner"] is None  # type: ignore[index]


def test_going_to_another_part_writes_what_was_typed(editor: MethodEditor, empty: Store) -> None:
    go(editor, "Do")
    form(editor).form.fields["purpose"].editor.set_text("Make it.", replaced=True)
    go(editor, "Think")
    assert [phase.purpose for phase in read_method(empty, editor.methodology).phases] == [
        "Know what is wanted.",
        "Make it.",
    ]


def test_the_raci_table_is_typed(editor: MethodEditor, empty: Store) -> None:
    go(editor, "Roles and RACI")
    page = editor.pages.currentWidget()
    assert isinstance(page, DutyPage)
    grid, duties = page.grid, page.grid.duties
    QAbstractItemModelTester(duties, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.told.text() == "Type R, A, C or I; Delete empties a cell. 6 lines have nobody accountable."
    assert duties.data(duties.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Brief, Sponsor: accountable"
    page.role.setFocus()
    page.role.setText("Analyst team")
    press(page.role, Qt.Key.Key_Return)
    column = duties.roles.index("Analyst team")
    assert (grid.currentIndex().column(), grid.hasFocus()) == (column, True)
    press(grid, Qt.Key.Key_Down)
    press(grid, Qt.Key.Key_C)
    assert newest(empty) == "Consulted for study: Analyst team in Two steps 1.0"
    assert duties.letters(1, column) == "C"
    press(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert Duty.ACCOUNTABLE in {
        duty.duty for duty in read_method(empty, editor.methodology).duties if duty.role == "Analyst team"
    }
    press(grid, Qt.Key.Key_X)
    assert editor.frame.foot.text() == "X is no duty. Type R, A, C or I."
    press(grid, Qt.Key.Key_Delete)
    assert "Analyst team" not in {duty.role for duty in read_method(empty, editor.methodology).duties}
    press(grid, Qt.Key.Key_Z, CTRL)
    assert duties.letters(1, duties.roles.index("Analyst team")) == "A"
    page.role.clear()
    page.add_button.click()
    assert editor.frame.foot.text() == "Type the name of the role first."


def test_a_raci_table_without_lines_or_roles_says_what_comes_first(said: Said, empty: Store, qtbot: QtBot) -> None:
    bare = MethodEditor(said.context, install_method(empty, Method("bare", "Bare", "1.0")))
    roleless = MethodEditor(said.context, install_method(empty, Method("mute", "Mute", "1.0", phases=(MUTE,))))
    for editor, told in (
        (bare, "Nobody has a duty yet: add deliverables and gates to the life cycle first."),
        (roleless, "No part names a role yet. Type one and add it."),
    ):
        qtbot.addWidget(editor)
        editor.show()
        go(editor, "Roles and RACI")
        page = editor.pages.currentWidget()
        assert isinstance(page, DutyPage)
        assert (page.told.text(), page.grid.isVisible()) == (told, False)


def test_guidance_shows_what_readers_see_while_it_is_typed(editor: MethodEditor, empty: Store) -> None:
    go(editor, "How to think")
    page = form(editor)
    assert isinstance(page, GuidancePage)
    text = page.text.editor
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "# Slowly")
    press(text, Qt.Key.Key_Return)
    QTest.keyClicks(text, "and **well**")
    QTest.qWait(220)
    assert page.preview.toPlainText() == "Slowly\nand well"
    press(text, Qt.Key.Key_Return, CTRL)
    assert read_method(empty, editor.methodology).guidance[1].text == "# Slowly\nand **well**"
    put(editor, "concerns", "G2 Done?")
    assert read_method(empty, editor.methodology).guidance[1].concerns == "G2"


def test_templates_are_put_replaced_and_saved(
    editor: MethodEditor, empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = tmp_path / "Plan.docx", tmp_path / "copy.docx"
    plan.write_bytes(b"plan")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(plan), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    go(editor, "Templates")
    editor.frame.inside.click()
    page = form(editor)
    assert isinstance(page, TemplatePage)
    assert page.told.text() == "4 bytes. No deliverable names it as its template yet."
    plan.write_bytes(b"a longer plan")
    page.replace_button.click()
    page.copy_button.click()
    assert copy.read_bytes() == b"a longer plan"
    page.replace_button.click()
    assert editor.frame.foot.text() == "The file is the same as the one that is kept."
    plan.unlink()
    page.replace_button.click()
    assert editor.frame.foot.text().startswith("Ctrl+N add")
    assert "could not be read" in editor.frame.banners._banners["refused"].words.text()
    press(editor.tree, Qt.Key.Key_D, CTRL)
    assert editor.frame.foot.text() == "A template is copied by saving it and adding the copy."
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    before = state_hash(empty)
    editor.deeds.add("method_template")
    assert state_hash(empty) == before


def test_the_ends_and_the_groups_say_that_nothing_moves(editor: MethodEditor, empty: Store) -> None:
    before = state_hash(empty)
    go(editor, "Think")
    press(editor.tree, Qt.Key.Key_Up, ALT)
    assert editor.frame.foot.text() == "It is the first one already."
    go(editor, "Do")
    press(editor.tree, Qt.Key.Key_Down, ALT)
    assert editor.frame.foot.text() == "It is the last one already."
    go(editor, "Life cycle")
    for key, held in ((Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_D, CTRL), (Qt.Key.Key_Up, ALT)):
        press(editor.tree, key, held)
        assert editor.frame.foot.text() == "Life cycle is not a part: go to one of the lines under it."
    go(editor, "Roles and RACI")
    assert not editor.frame.add_button.isEnabled()
    press(editor.tree, Qt.Key.Key_Insert)
    assert state_hash(empty) == before


def test_an_approved_version_can_be_read_and_offers_its_next_draft(
    said: Said, empty: Store, lived: list[tuple[str, str]], qtbot: QtBot
) -> None:
    key = install_method(empty, SECOND, DAY)
    editor = MethodEditor(said.context, key, lambda deed, which: lived.append((deed, which)))
    qtbot.addWidget(editor)
    editor.show()
    banner = editor.frame.banners._banners["standing"]
    assert banner.words.text() == "Two steps 2.0 is approved and stays as it is. Draft the next version first."
    before = state_hash(empty)
    go(editor, "Do")
    assert form(editor).form.fields["name"].editor.isReadOnly()
    for key_, held in ((Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_D, CTRL)):
        press(editor.tree, key_, held)
        assert editor.frame.foot.text() == "This version is not a draft. Draft the next version first."
    press(editor.tree, Qt.Key.Key_F2)
    press(editor.tree, Qt.Key.Key_N, CTRL)
    go(editor, "Roles and RACI")
    page = editor.pages.currentWidget()
    assert isinstance(page, DutyPage)
    press(page.grid, Qt.Key.Key_R)
    assert state_hash(empty) == before
    banner.findChildren(type(editor.frame.approve))[0].click()
    editor.frame.compare.click()
    assert lived == [("draft", key), ("compare", key)]


def test_a_draft_that_is_deleted_closes_its_editor(editor: MethodEditor, empty: Store) -> None:
    undo(empty)  # which takes the installed version away
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
    editor.read()
    assert not editor.isVisible()


def test_what_another_window_changes_is_shown(editor: MethodEditor, empty: Store, qtbot: QtBot) -> None:
    from pmo_desktop.operations.methodparts import add_part  # noqa: PLC0415  beside its only use

    add_part(empty, "method_term", editor.methodology, {"term": "Board"})
    qtbot.waitUntil(lambda: "Board" in outline(editor))


def test_everything_in_it_can_be_named(editor: MethodEditor) -> None:
    for text in ("Think", "G1 Go?", "It works.", "The thing", "Start here", "Note", "Roles and RACI", "Glossary"):
        go(editor, text)
        assert nameless(editor) == []
