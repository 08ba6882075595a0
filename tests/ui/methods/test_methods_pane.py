"""The methodology pane in a person's hands: walking the library, checking a gate, evidence, waivers, taking up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from pmo_desktop.figures.attachments import read_attachments
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methods import draft_version, install_method
from pmo_desktop.store.rows import read_linked, read_row, read_rows
from pmo_desktop.ui.methods.check import read_check
from pmo_desktop.ui.methods.node import NodeKind, Resource
from pmo_desktop.ui.methods.readiness import ReadinessInspector
from tests.builders import change_row
from tests.twosteps import FIRST, SECOND
from tests.ui.methods.conftest import Scene
from tests.ui.methodstage import MethodStage, Opened, press
from tests.ui.test_names import nameless

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(stage: MethodStage) -> list[str]:
    """The tree from the top down, as far as it is open."""
    tree, found = stage.pane.tree, []
    index = tree.model().index(0, 0)
    while index.isValid():
        found.append(tree.node(index).text)
        index = tree.indexBelow(index)
    return found


def facts(inspector: ReadinessInspector) -> dict[str, str]:
    """The details of a criterion, by their labels."""
    grid = inspector.facts
    found = {}
    for row in range(grid.rowCount()):
        cells: list[Any] = [grid.itemAtPosition(row, column) for column in (0, 1)]
        if all(cells):
            texts = [getattr(cell.widget(), "text", lambda: "")() for cell in cells]
            found[texts[0]] = texts[1]
    return found


# ---------------------------------------------------------------------- the library


def test_the_first_opening_checks_the_gate_that_comes_next(stage: Scene) -> None:
    stage.pane.context.settings.remove("methods")
    pane = type(stage.pane)(stage.pane.context)
    check = read_check(stage.store, stage.project, pane.gate)
    assert pane.project == stage.project
    assert check
    assert pane.gate not in check.passed
    pane.close()


def test_the_library_is_shown_without_a_project(stage: Scene) -> None:
    pane = stage.pane
    assert pane.subtitle() == "Two steps 1.0, approved 13 November 2026"
    assert pane.status_text() == "Two steps 1.0 | 2 gates, 3 criteria | 1 project follows it"
    assert words(stage)[:5] == ["Methods", "Two steps", "Two steps 1.0", "Think", "G1 Go?"]
    assert words(stage)[-5:] == ["Templates", "Checklists", "Roles and RACI", "Glossary", "Guidance"]
    assert pane.page.title.text() == "G1 Go?"
    assert pane.page.question.text() == "Is it worth it?"
    tabs = [pane.page.tabs.tabText(at) for at in range(5) if pane.page.tabs.isTabVisible(at)]
    assert tabs == ["Checklist 2", "Deliverables 3", "Templates 1", "Decision rights", "Guidance"]
    assert pane.inspector.head.verdict.text() == "Decided by Sponsor. Asks for 3 deliverables of Think."
    assert nameless(stage.window) == []


def test_the_tree_keeps_its_promises_to_qt(stage: Scene) -> None:
    tree = stage.pane.tree
    tester = QAbstractItemModelTester(tree.nodes, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stage.pane.refresh()
    assert tester.model() is tree.nodes
    said = [tree.nodes.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in (1, 3)]
    assert said == ["Two steps, 1.0, tier 2, method, shown", "Think, phase"]


def test_arrows_and_typed_beginnings_walk_the_tree(stage: Scene) -> None:
    pane, tree = stage.pane, stage.pane.tree
    tree.setFocus()
    tree.go_to(NodeKind.GATE, "G1")
    press(tree, KEY.Key_Down)
    assert (pane.phase, pane.gate) == ("do", "G2")
    press(tree, KEY.Key_Right)
    QTest.keyClicks(tree, "glo")
    assert pane.resource is Resource.GLOSSARY
    assert pane.resources.title.text() == "Glossary"
    press(tree, KEY.Key_End, KEY.Key_Home)
    assert pane.resource is None or tree.current is not None
    assert not tree.go_to(NodeKind.GATE, "G9")


def test_a_click_opens_a_phase_and_its_chevron_closes_it(stage: Scene) -> None:
    tree = stage.pane.tree
    index = next(tree.nodes.index(at, 0) for at in range(tree.nodes.rowCount()) if tree.nodes.item(at).text() == "Do")
    rect = tree.visualRect(index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert tree.isExpanded(index)
    assert stage.pane.gate == "G2"
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, tree.visualRect(index).center().y()))
    assert not tree.isExpanded(index)


def test_the_life_cycle_and_the_tree_go_together(stage: Scene) -> None:
    pane = stage.pane
    press(pane.strip, KEY.Key_End)
    assert pane.gate == "G2"
    assert pane.tree.current is not None
    assert pane.tree.current.key == "G2"
    press(pane.strip, KEY.Key_Left)
    assert (pane.phase, pane.strip.phase, pane.strip.gate) == ("do", "do", "G2")


@pytest.mark.parametrize("resource", list(Resource))
def test_each_list_of_the_methodology_is_shown(stage: Scene, resource: Resource) -> None:
    stage.pane.go_to_resource(resource)
    assert stage.pane.resources.title.text() == resource.value
    assert stage.pane.inspector.head.verdict.text() == "Think, then do."
    if resource is Resource.GUIDANCE:
        assert "Slowly." in stage.pane.resources.guidance.toPlainText() or stage.pane.resources.guidance.guides
    else:
        assert stage.pane.resources.list.lines.rowCount() > 0
    stage.pane.go_to_gate("", "G1")
    assert stage.pane.resource is None


def test_a_phase_without_a_gate_has_no_checklist(stage: Scene) -> None:
    think = replace(FIRST.phases[0], gates=())
    open_end = replace(FIRST, code="open", name="Open end", phases=(think, FIRST.phases[1]))
    stage.pane.go_to_version(install_method(stage.store, open_end))
    stage.pane.go_to_gate("think", "")
    page = stage.pane.page
    assert page.title.text() == "Think"
    assert page.question.text() == "Know what is wanted."
    assert not page.tabs.isTabVisible(0)
    assert page.tab == "Deliverables"
    assert stage.pane.inspector.head.verdict.text() == "Usually takes 4 weeks. No gate ends this phase."
    stage.pane.start_review()
    assert stage.said == ["No project follows this methodology yet: apply it to one first."]


def test_another_version_keeps_the_gate_and_a_draft_says_so(stage: Scene) -> None:
    draft = draft_version(stage.store, stage.version, "1.1")
    stage.pane.go_to_gate("", "G2")
    stage.pane.go_to_version(draft)
    assert stage.pane.gate == "G2"
    assert stage.pane.subtitle() == "Two steps 1.1, draft"
    undo(stage.store)
    assert stage.pane.version == stage.version


def test_where_one_was_is_remembered(stage: Scene, tmp_path: Path) -> None:
    stage.check(stage.project, "G2")
    stage.pane.pages.splitter.moveSplitter(300, 1)
    again = MethodStage(tmp_path, stage.store)
    try:
        assert (again.pane.gate, again.pane.project) == ("G2", stage.project)
        assert abs(again.pane.pages.splitter.sizes()[0] - 300) < 8
    finally:
        again.unsubscribe()
        again.window.close()


# ---------------------------------------------------------------------- a check


def test_a_project_turns_the_library_into_a_check(stage: Scene) -> None:
    pane = stage.pane
    pane.page.projects.setCurrentIndex(1)
    pane.page.projects.activated.emit(1)
    assert pane.project == stage.project
    assert pane.page.projects.currentText() == "HW-101  Billing"
    assert pane.inspector.head.number.text() == "0 of 2"
    assert pane.status_text() == "Two steps 1.0 | 2 criteria | 2 not answered"
    assert pane.page.tabs.tabText(1) == "Deliverables 3"
    assert facts(pane.inspector)["Waiver"] == "None requested"


def test_a_letter_answers_and_each_answer_is_one_step(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    view = stage.pane.checklist
    steps = len(latest_batches(stage.store))
    press(view, KEY.Key_Y, KEY.Key_P)
    assert stage.answers(stage.project) == {"g1-brief": ("Partly", None)}
    assert len(latest_batches(stage.store)) == steps + 2
    assert stage.pane.inspector.head.number.text() == "0 of 2"
    undo(stage.store)
    assert stage.pane.inspector.head.number.text() == "1 of 2"
    assert view.current_key == "g1-brief"


def test_no_asks_why_and_escape_leaves_it_as_it_was(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    press(stage.pane.checklist, KEY.Key_N)
    box = stage.pane.deeds.box
    assert box is not None
    stage.fill_box(box, comment="   ")
    assert box.wrong.text() == "Comment: Comment may not be empty. Type a value."
    box.close()
    assert stage.answers(stage.project) == {}
    press(stage.pane.checklist, KEY.Key_N)
    assert stage.pane.deeds.box is not None
    stage.fill_box(stage.pane.deeds.box, comment="Not signed yet")
    assert stage.answers(stage.project) == {"g1-brief": ("No", "Not signed yet")}
    assert facts(stage.pane.inspector)["Answer"] == "Not met: Not signed yet"


def test_several_are_answered_at_once_as_one_step(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    view = stage.pane.checklist
    press(view, KEY.Key_Down, held=SHIFT)
    steps = len(latest_batches(stage.store))
    press(view, KEY.Key_Minus)
    assert stage.pane.deeds.box is not None
    stage.fill_box(stage.pane.deeds.box, comment="Nothing to fund")
    assert {answer for answer, _ in stage.answers(stage.project).values()} == {"N/A"}
    assert len(latest_batches(stage.store)) == steps + 1
    assert stage.toasts == ["2 criteria answered N/A [Undo]"]
    stage.offers[0]()
    assert stage.answers(stage.project) == {}


def test_space_and_the_tick_box_meet_a_criterion_and_open_it_again(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    press(stage.pane.checklist, KEY.Key_Space)
    assert stage.answers(stage.project) == {"g1-brief": ("Yes", None)}
    view = stage.pane.checklist
    row = view.lines.row_of("g1-brief")
    assert row is not None
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.lines.index(row, 0)).center())
    assert stage.answers(stage.project) == {}


def test_without_a_project_the_keys_say_what_is_missing(stage: Scene) -> None:
    view = stage.pane.checklist
    view.setFocus()
    press(view, KEY.Key_Y, KEY.Key_A, KEY.Key_L, KEY.Key_W, KEY.Key_Space)
    assert len(stage.said) == 4
    assert all(said.startswith("Choose a project under “Check for”") for said in stage.said)


def test_a_file_and_a_link_are_put_to_the_deliverable_that_shows_it(
    stage: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "brief.txt"
    paper.write_text("agreed")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(paper), ""))
    stage.check(stage.project, "G1")
    stage.pane.inspector.attach.click()
    press(stage.pane.checklist, KEY.Key_L)
    assert stage.pane.deeds.box is not None
    stage.fill_box(stage.pane.deeds.box, link="file:///etc/passwd")
    assert "must begin with https" in stage.pane.deeds.box.wrong.text()
    stage.fill_box(stage.pane.deeds.box, link="https://example.org/brief", name="Brief online")
    rows = read_linked(stage.store, "deliverable", "project", [stage.project])
    row = next(row for row in rows if row["code"] == "brief")
    names = [each.name for each in read_attachments(stage.store, "deliverable", [row["id"]])[row["id"]]]
    assert names == ["brief.txt", "Brief online"]
    line = stage.pane.checklist.lines.cell(1, 2)
    assert (line.text, line.under) == ("Brief", "Attached and 1 more")
    opened = Opened()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    stage.pane.files.open_first("g1-brief")
    assert opened[0].endswith("brief.txt")
    link = read_attachments(stage.store, "deliverable", [row["id"]])[row["id"]][1]
    stage.pane.inspector.file_asked.emit(link.id)
    assert opened[1] == "https://example.org/brief"


def test_evidence_without_a_deliverable_belongs_to_the_answer(stage: Scene, tmp_path: Path) -> None:
    stage.check(stage.project, "G1")
    stage.pane.checklist.go_to("g1-money")
    stage.pane.deeds.attach()
    assert stage.said == ["Answer this criterion first; its evidence is then kept with the answer."]
    press(stage.pane.checklist, KEY.Key_Y, KEY.Key_L)
    assert stage.pane.deeds.box is not None
    stage.fill_box(stage.pane.deeds.box, link="https://example.org/budget")
    assert [row["register"] for row in read_rows(stage.store, "attachment")] == ["gate_answer"]


def test_a_criterion_without_a_file_leads_to_its_deliverable(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    stage.pane.files.open_first("g1-brief")
    assert [place for place, _row in stage.gone_to] == ["deliverables"]
    stage.pane.files.open_first("g1-money")
    stage.pane.files.open_first("nothing")
    stage.pane.files.open_evidence("nothing")
    assert len(stage.gone_to) == 1


def test_a_waiver_is_asked_for_and_decided(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    stage.pane.inspector.waive.click()
    box = stage.pane.deeds.box
    assert box is not None
    stage.fill_box(box, expires="1 Mar 2027", requested_by="Priya Nair")
    assert box.wrong.text() == "Reason: Reason may not be empty. Type a value."
    stage.fill_box(box, reason="The board meets in March", requested_by="Priya Nair")
    assert facts(stage.pane.inspector)["Waiver"] == "W-001 requested until 1 March 2027"
    assert stage.pane.checklist.lines.cell(1, 3).chip == "Waiver requested"
    press(stage.pane.checklist, KEY.Key_W)
    box = stage.pane.deeds.box
    assert box is not None
    stage.fill_box(box, approver="Tom Okafor")
    assert box.wrong.text() == "Decision: Decision may not be empty. Type a value."
    stage.fill_box(box, decision="Approved", approver="Tom Okafor")
    assert facts(stage.pane.inspector)["Waiver"] == "W-001 approved until 1 March 2027"
    assert stage.pane.checklist.lines.cell(1, 3).chip == "Waived"
    waiver = read_rows(stage.store, "waiver")[0]
    change_row(stage.store, "waiver", waiver["id"], expires=date(2026, 1, 1))
    stage.pane.refresh()
    assert facts(stage.pane.inspector)["Waiver"] == "W-001 expired on 1 January 2026"
    assert stage.pane.checklist.lines.cell(1, 3).chip == "Waiver expired"


def test_somebody_nobody_knows_is_refused_by_name(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    press(stage.pane.checklist, KEY.Key_W)
    box = stage.pane.deeds.box
    assert box is not None
    stage.fill_box(box, reason="Late", requested_by="Nobody Known")
    assert box.wrong.text().startswith("Nobody here is called Nobody Known.")
    box.close()


def test_deliverables_say_how_far_they_are(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    rows = read_linked(stage.store, "deliverable", "project", [stage.project])
    brief = next(row for row in rows if row["code"] == "brief")
    change_row(stage.store, "deliverable", brief["id"], status="Accepted", accepted_on=date(2026, 11, 2))
    other = next(row for row in rows if row["code"] == "risks")
    change_row(stage.store, "deliverable", other["id"], due=date(2026, 11, 1), status="Returned")
    stage.pane.refresh()
    lines = {line.cells[0].text: line for line in stage.pane.page.outputs.lines.lines}
    assert (lines["Brief"].cells[1].mark, lines["Brief"].cells[1].under) == ("G", "Accepted 2 Nov")
    assert lines["Risk list"].cells[2].under == "Overdue"
    assert lines["Risk list"].spoken == "Risk list. Returned, due 01 Nov 26, overdue."


def test_enter_shows_the_details_and_the_inspector_can_be_closed(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    stage.perform("view.inspector")
    assert stage.pane.inspector.isHidden()
    press(stage.pane.checklist, KEY.Key_Return)
    assert not stage.pane.inspector.isHidden()
    stage.pane.inspector.closed.emit()
    assert stage.pane.inspector.isHidden()


def test_a_command_answers_too(stage: Scene) -> None:
    stage.check(stage.project, "G1")
    stage.perform("gate.yes")
    stage.perform("gate.partly")
    assert stage.answers(stage.project) == {"g1-brief": ("Partly", None)}


def test_a_project_that_moves_on_leaves_the_check(stage: Scene) -> None:
    second = install_method(stage.store, SECOND)
    stage.check(stage.project, "G1")
    change_row(stage.store, "project", stage.project, methodology=second)
    assert stage.pane.project == ""
    assert stage.pane.check is None


# ---------------------------------------------------------------------- templates and starters


def test_a_template_is_saved_and_a_failure_is_said(
    stage: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "note.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    stage.pane.page.templates.link_clicked.emit("note", 2)
    assert target.read_bytes() == b"\x00bytes\xff"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path), ""))
    stage.pane.resources.template_asked.emit("note")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    stage.pane.files.save_template("note")
    stage.pane.files.save_template("nothing")
    assert stage.toasts[0] == "note.docx saved"
    assert len(stage.toasts) == 2


def test_a_document_is_made_for_the_project(stage: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.check(stage.project, "G1")
    assert stage.pane.page.templates.lines.cell(0, 2).text == "Generate document"
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    stage.pane.files.make_document("note")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    stage.pane.files.make_document("note")  # whose bytes are no document
    assert len(stage.toasts) == 1
    assert list(folder.iterdir()) == []
    made = folder / "HW-101 Note.docx"
    monkeypatch.setattr("pmo_desktop.operations.documents.generate_document", lambda *_a: made)
    opened = Opened()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    stage.pane.page.templates.opened.emit("note")
    assert stage.toasts[-1] == "HW-101 Note.docx made [Open]"
    stage.offers[-1]()
    assert opened[0].endswith("HW-101%20Note.docx") or opened[0].endswith("HW-101 Note.docx")


def test_an_empty_library_offers_the_starters_and_takes_one_up(bare: MethodStage) -> None:
    pane = bare.pane
    assert pane.pages.is_choosing
    assert pane.status_text() == "No methodology yet"
    assert pane.subtitle() == ""
    starters = pane.pages.starters
    assert len(starters.cards) == 7
    assert nameless(bare.window) == []
    assert pane.regions() == [starters.from_file]
    small = next(card for card in starters.cards if card.code == "small-work")
    small.button.click()
    QApplication.processEvents()
    row = read_rows(bare.store, "methodology")[0]
    assert (row["name"], row["status"]) == ("Small work", "Approved")
    assert bare.toasts == ["Small work 1.0 taken up and approved [Undo]"]
    assert pane.pages.currentWidget() is pane.pages.sides
    bare.offers[0]()
    assert read_rows(bare.store, "methodology") == []
    assert pane.pages.is_choosing


def test_more_are_added_to_a_library_that_has_some(stage: Scene) -> None:
    stage.pane.pages.add.click()
    starters = stage.pane.pages.starters
    assert starters.title.text() == "Add a methodology"
    starters.resize(400, 600)
    assert starters.cards[1].y() > starters.cards[0].y() or starters.cards
    starters.back.click()
    assert stage.pane.pages.currentWidget() is stage.pane.pages.sides


def test_one_from_a_file_is_a_draft_and_what_is_no_methodology_is_said(
    stage: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmo_desktop.exchange.methodfolder import write_method_folder  # noqa: PLC0415

    folder = tmp_path / "second"
    write_method_folder(SECOND, folder)
    chosen = {"path": ""}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (chosen["path"], ""))
    stage.pane.files.take_file()
    chosen["path"] = str(folder / "method.md")
    stage.pane.show_starters()
    stage.pane.pages.starters.from_file.click()
    assert stage.toasts == ["Two steps 2.0 taken in as a draft [Undo]"]
    assert (read_row(stage.store, "methodology", stage.pane.version) or {})["status"] == "Draft"
    stage.pane.files.take_file()  # twice the same
    assert "in the library already" in stage.toasts[-1]
    stage.pane.files.take_up("nothing")
    assert "There is no methodology" in stage.toasts[-1]


def test_the_pane_shows_a_version_that_somebody_goes_to(stage: Scene) -> None:
    other = install_method(stage.store, SECOND)
    stage.pane.show_row(other)
    assert stage.pane.version == other
    stage.pane.show_row("nothing")
    assert stage.pane.version == other
    review = read_linked(stage.store, "gate_review", "project", [stage.project])[1]
    stage.pane.show_row(review["id"])
    assert (stage.pane.version, stage.pane.project, stage.pane.gate) == (stage.version, stage.project, review["code"])
    regions = stage.pane.regions()
    assert stage.pane.tree in regions
    assert stage.pane.strip in regions
    stage.pane.set_narrow(narrow=True)
    assert stage.pane.pages.sides.over


def test_printing_shows_the_record_of_the_gate_that_is_checked(stage: Scene) -> None:
    stage.perform("print.view")
    assert stage.pane.print_window is None
    assert stage.said[-1] == "Choose a gate and the project it is checked for: the record is of one project's gate."
    stage.check(stage.project, "G1")
    stage.perform("print.view")
    window: Any = stage.pane.print_window
    assert window.preview.document.pageCount() == 1
    window.close()
