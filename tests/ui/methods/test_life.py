"""From the methodology pane and from a project: what is offered, what it opens, and the Undo of what was done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.methodlists import ListProblem, ReadLists
from pmo_desktop.figures.methods import list_methods
from pmo_desktop.operations import methodfiles
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methods import approve_method, draft_version, install_method
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.applymethod import ApplyDialog
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.methodlife import ApproveDialog, DraftDialog, NewMethodDialog, RetireDialog
from pmo_desktop.ui.dialogs.methodlists import ListsDialog
from pmo_desktop.ui.dialogs.migratemethod import MigrateDialog
from pmo_desktop.ui.dialogs.tailoring import TailoringDialog
from pmo_desktop.ui.methods import doors
from pmo_desktop.ui.methods.editor import MethodEditor
from pmo_desktop.ui.methods.pane import MethodsPane
from tests.builders import a_project, state_hash
from tests.twosteps import CHECK, DAY, FIRST, approved
from tests.ui.methods.libstage import Said


@pytest.fixture
def said(empty: Store, tmp_path: Path) -> Said:
    return Said(empty, tmp_path)


@pytest.fixture
def accept(monkeypatch: pytest.MonkeyPatch) -> list[Dialog]:
    """Every dialog is accepted as it opens, and remembered."""
    seen: list[Dialog] = []

    def answer(dialog: Dialog) -> int:
        seen.append(dialog)
        if dialog.accept_button is not None:
            dialog.try_accept()
        return dialog.result()

    monkeypatch.setattr(Dialog, "exec", answer)
    return seen


def opened() -> list[MethodEditor]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MethodEditor) and each.isVisible()]


def close_all() -> None:
    for each in opened():
        each.close()


def test_the_draft_of_a_version_is_opened_or_made_and_each_editor_once(
    said: Said, empty: Store, accept: list[Dialog], qtbot: QtBot
) -> None:
    first = approved(empty)
    doors.edit_or_draft(said.context, first)
    (editor,) = opened()
    assert (said.toasts, editor.methodology) == (["Two steps 1.1 drafted"], doors.find_draft(empty, first))
    doors.edit_or_draft(said.context, first)
    assert opened() == [editor]
    assert doors.find_draft(empty, "nowhere") == ""
    editor.do_life("compare")
    assert accept[-1].headline.text() == "Compare versions: 1 changed"
    editor.do_life("approve")
    assert said.toasts[-1] == "Two steps 1.1 approved"
    close_all()


def test_approving_retiring_deleting_and_starting_are_said_with_their_undo(
    said: Said, empty: Store, accept: list[Dialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = install_method(empty, FIRST)
    before = state_hash(empty)
    doors.delete(said.context, draft)
    assert said.toasts == ["Draft Two steps 1.0 deleted"]
    said.undo.pop()()
    assert state_hash(empty) == before
    doors.approve(said.context, draft)
    doors.retire(said.context, draft)
    doors.delete(said.context, draft)
    assert said.toasts[1:3] == ["Two steps 1.0 approved", "Two steps 1.0 retired"]
    assert "is retired and stays as it is" in said.toasts[3]
    monkeypatch.setattr(NewMethodDialog, "show_message", lambda *_args: None)
    doors.start_new(said.context)  # without a name nothing is started
    assert [type(each) for each in accept] == [ApproveDialog, RetireDialog, NewMethodDialog]
    assert opened() == []


def test_a_version_goes_out_as_a_workbook_and_as_a_folder_and_comes_back(
    said: Said, empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = approved(empty)
    answers = {"getSaveFileName": (str(tmp_path / "out"), ""), "getOpenFileName": (str(tmp_path / "out.xlsx"), "")}
    for name, answer in answers.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_args, answer=answer: answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    doors.export_workbook(said.context, version)
    doors.export_folder(said.context, version)
    assert said.toasts == [
        "Methodology exported to out.xlsx",
        "Methodology exported to the folder two-steps 1-0",
    ]
    assert doors.import_file(said.context) == ""
    assert "is in the library already" in said.toasts[-1]
    doors.export_workbook(said.context, "nowhere")
    doors.export_folder(said.context, "nowhere")
    assert said.toasts[-1] == "This methodology has been deleted. Undo the deletion first."
    undo(empty)
    made = doors.import_file(said.context)
    assert said.toasts[-1] == "Two steps taken in as a draft"
    assert [line.id for line in list_methods(empty)] == [made]


def test_files_nobody_chose_change_nothing(said: Said, empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    version = approved(empty)
    before = state_hash(empty)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    for door in (doors.export_workbook, doors.export_folder, doors.bring_in_lists):
        door(said.context, version)
    assert doors.import_file(said.context) == ""
    assert (state_hash(empty), said.toasts) == (before, [])


@pytest.mark.parametrize(
    ("found", "told", "listed"),
    [
        (
            ReadLists(FIRST, {"G1": FIRST.phases[0].gates[0].criteria}, {"do": CHECK.deliverables}, 1, ()),
            "2 deliverables and 2 criteria taken into the draft; 1 row was there already",
            0,
        ),
        (
            ReadLists(FIRST, {}, {}, 0, (ListProblem("Sheet1!B4", "G9", "There is no gate G9."),)),
            "Nothing new was taken into the draft. 1 cell needs a look",
            1,
        ),
    ],
)
def test_a_foreign_checklist_is_brought_in_and_what_needs_a_look_is_listed(
    said: Said, empty: Store, accept: list[Dialog], monkeypatch: pytest.MonkeyPatch,
    found: ReadLists, told: str, listed: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("list.xlsx", ""))
    monkeypatch.setattr(methodfiles, "import_method_lists", lambda *_args: found)
    doors.bring_in_lists(said.context, "draft")
    assert said.toasts == [told]
    assert len(accept) == listed
    if listed:
        (dialog,) = accept
        assert isinstance(dialog, ListsDialog)
        assert dialog.why.text() == "There is no gate G9."


def test_a_list_that_cannot_be_read_is_said(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Known("The workbook is protected by a password.")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("list.xlsx", ""))
    monkeypatch.setattr(methodfiles, "import_method_lists", refuse)
    doors.bring_in_lists(said.context, "draft")
    assert said.toasts == ["The workbook is protected by a password."]


# ------------------------------------------------------------------ in the window


@pytest.fixture
def pane(desk: Desk) -> MethodsPane:
    desk.navigate("methods")
    found = desk.window.pane
    assert isinstance(found, MethodsPane)
    found.life.buttons()
    return found


def test_the_header_says_what_its_buttons_would_do(pane: MethodsPane, sample: Store) -> None:
    version = approved(sample)
    pane.go_to_version(version)
    assert pane.life.edit.text() == "Draft next version"
    assert not pane.life.compare.isEnabled()
    draft = draft_version(sample, version, "1.1")
    assert pane.life.edit.text() == "Edit draft 1.1"
    assert pane.life.compare.isEnabled()
    assert {"method.retire", "method.apply", "method.move"} <= set(pane.commands())
    pane.go_to_version(draft)
    assert {"method.approve", "method.delete", "method.lists"} <= set(pane.commands())
    assert "method.retire" not in pane.commands()
    approve_method(sample, draft, DAY)
    assert pane.life.edit.text() == "Draft next version"


def test_the_menu_offers_what_this_version_allows(pane: MethodsPane, sample: Store) -> None:
    pane.go_to_version(approved(sample))
    pane.life.offer()
    assert pane.life.menu is not None
    words = [action.text().replace("&", "") for action in pane.life.menu.actions() if action.text()]
    pane.life.menu.close()
    assert words == [
        *("Edit the draft, or draft the next version...", "Retire version...", "Apply methodology..."),
        *("Move projects to another version...", "Compare versions...", "Export methodology as workbook..."),
        *("Export methodology as folder...", "New methodology...", "Import methodology..."),
    ]


def test_what_is_taken_in_is_shown(pane: MethodsPane, sample: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = approved(sample)
    monkeypatch.setattr(doors, "import_file", lambda _context: made)
    pane.commands()["method.import"]()
    assert pane.version == made


def test_applying_begins_with_the_version_that_is_shown(pane: MethodsPane, sample: Store, accept: list[Dialog]) -> None:
    version = approved(sample)
    pane.go_to_version(version)
    pane.commands()["method.apply"]()
    (dialog,) = accept
    assert isinstance(dialog, ApplyDialog)
    assert dialog.method.currentData() == version


def test_a_project_is_given_a_methodology_and_tailored_where_it_stands(
    desk: Desk, sample: Store, accept: list[Dialog]
) -> None:
    desk.navigate("projects")
    desk.window.dispatch.perform("method.apply")
    desk.window.dispatch.perform("method.tailor")
    shown = desk.window.pane.grid.current.id  # type: ignore[union-attr]
    apply_dialog, tailoring = accept
    assert isinstance(apply_dialog, ApplyDialog)
    assert apply_dialog.project.currentData() == shown
    assert isinstance(tailoring, TailoringDialog)
    assert tailoring.project == shown


def test_the_record_of_the_project_that_is_checked_is_opened(
    pane: MethodsPane, sample: Store, accept: list[Dialog]
) -> None:
    version, project = approved(sample), a_project(sample, "Follower")
    apply_method(sample, project, version)
    pane.go_to_version(version)
    pane.go_to_project(project)
    pane.commands()["method.tailor"]()
    assert isinstance(accept[0], TailoringDialog)


def test_from_home_projects_are_moved_and_given_a_methodology(desk: Desk, accept: list[Dialog]) -> None:
    desk.navigate("home")
    desk.window.dispatch.perform("method.move")
    desk.window.dispatch.perform("method.apply")
    assert [type(each) for each in accept] == [MigrateDialog, ApplyDialog]


def test_drafting_from_a_draft_is_refused_in_the_dialog(empty: Store, qtbot: QtBot) -> None:
    dialog = DraftDialog(empty, install_method(empty, FIRST))
    qtbot.addWidget(dialog)
    assert dialog.commit() == "Two steps 1.0 is still a draft: change it as it is, or approve it first."
    assert len(read_rows(empty, "methodology")) == 1
