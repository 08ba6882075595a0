"""The methodology pane: the tree, the life cycle, the page of a gate, its readiness, and the review of a gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmo_desktop.rules.assurance import Answer
from pmo_desktop.rules.wording import count_text, day_text
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.methods.deeds import CheckDeeds
from pmo_desktop.ui.methods.files import FileDeeds
from pmo_desktop.ui.methods.life import Life
from pmo_desktop.ui.methods.node import Node, NodeKind, Resource
from pmo_desktop.ui.methods.printing import print_check
from pmo_desktop.ui.methods.shown import ShownMethods
from pmo_desktop.ui.methods.strip import Stop

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_TOLD_BY = {
    *("gate_review", "gate_answer", "gate_vote", "deliverable", "waiver", "attachment", "milestone", "authority"),
    *("project", "person", "action", "entry_link", "phase", "settings", "portfolio", "programme"),
}


class MethodsPane(ShownMethods):
    """What the window asks of the pane, and what a person's hands do in it."""

    name = "methods"
    title = "Methodology"
    icon_name = "library"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.deeds, self.files, self.life = CheckDeeds(self), FileDeeds(self), Life(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)
        self.setFocusProxy(self.checklist)
        self._connect()
        self.refresh()

    # ------------------------------------------------------------------ what the window asks

    def subtitle(self) -> str:
        line = self.shelf.line(self.version)
        if line is None:
            return ""
        state = f"approved {day_text(line.approved_on)}" if line.approved_on else line.status.lower()
        return ", ".join(part for part in (f"{line.name} {line.version}".strip(), state) if part)

    def header_actions(self) -> list[QWidget]:
        action = self.context.actions["gate.review"]
        self.review_button = action_button(action, "primary", "landmark", "Start gate review")
        return [*self.life.buttons(), self.review_button]

    def commands(self) -> dict[str, Callable[[], object]]:
        reading: dict[str, Callable[[], object]] = {
            "view.inspector": self.toggle_inspector,
            "gate.review": self.start_review,
            **self.life.commands(),
            "print.view": partial(print_check, self),
        }
        if self.context.store.readonly:
            return reading
        deeds = self.pages.review.deeds if self.pages.is_reviewing else self.deeds
        return reading | {
            "gate.yes": partial(deeds.answer, Answer.YES),
            "gate.partly": partial(deeds.answer, Answer.PARTLY),
            "gate.no": partial(deeds.answer, Answer.NO),
            "gate.not_applicable": partial(deeds.answer, Answer.NOT_APPLICABLE),
            "gate.attach": deeds.attach,
            "gate.attach_link": deeds.ask_link,
            "gate.waiver": deeds.ask_waiver,
            "record.new": self.show_starters,
        }

    def status_text(self) -> str:
        line = self.shelf.line(self.version)
        if line is None:
            return "No methodology yet"
        parts = [f"{line.name} {line.version}".strip()]
        if self.check is None:
            parts.append(f"{count_text(line.gates, 'gate')}, {count_text(line.criteria, 'criterion', 'criteria')}")
            parts.append(f"{count_text(line.projects, 'project')} {'follows' if line.projects == 1 else 'follow'} it")
            return " | ".join(parts)
        gate = self.check.gate
        parts.append(count_text(len(gate.criteria), "criterion", "criteria"))
        counted = zip(gate.tally, ("met", "partly met", "not met", "not answered", "not applicable"), strict=True)
        return " | ".join([*parts, ", ".join(f"{count:,} {word}" for count, word in counted if count)])

    def on_changed(self, changed: Changed) -> None:
        if self.shelf.take_change(changed):
            self.show_all()
        elif _TOLD_BY & changed.rows.keys():
            self.show_place()
        if self.pages.is_reviewing:
            self.pages.review.refresh()

    def refresh(self) -> None:
        self.shelf.read()
        self.show_all()
        if self.pages.is_reviewing:
            self.pages.review.refresh()

    def show_row(self, row_id: str) -> None:
        """Go to a version of the library, or to the check that a gate review is about."""
        if self.shelf.line(row_id) is not None:
            self.go_to_version(row_id)
        elif (review := read_row(self.context.store, "gate_review", row_id)) is not None:
            project = read_row(self.context.store, "project", review["project"]) or {}
            if self.shelf.line(project.get("methodology") or "") is not None:
                self.go_to_version(project["methodology"])
                self.gate = review["code"]
                self.go_to_project(project["id"])

    def regions(self) -> list[QWidget]:
        if self.pages.is_choosing:
            return [self.pages.starters.from_file]
        if self.pages.is_reviewing:
            board = self.pages.review.board
            return [self.pages.review.checklist, *(each for each in (board.add_vote, board.record) if each.isVisible())]
        content = [self.strip, self.page.shown] if self.resource is None else [self.resources.shown]
        foot = [self.inspector.attach] if self.inspector.attach.isVisible() else []
        return [self.tree, *content, *foot]

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.pages.sides.over:
            self.pages.sides.set_over(narrow)

    # ------------------------------------------------------------------ below the counter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._take_keys)

    def _take_keys(self) -> None:
        self.turn_to(self.pages.currentWidget() or self.pages.sides)
        (self.pages.review.checklist if self.pages.is_reviewing else self.checklist).setFocus()

    def _connect(self) -> None:
        self.tree.chosen.connect(self._take_node)
        self.strip.chosen.connect(self._take_stop)
        self.page.project_chosen.connect(self.go_to_project)
        self.checklist.chosen.connect(lambda _key: self.follow())
        self.checklist.opened.connect(lambda _key: self._open_details())
        self.pages.left.connect(self.go_back)
        self.inspector.closed.connect(self.toggle_inspector)
        self.inspector.attaching.connect(self.deeds.attach)
        self.inspector.waiving.connect(self.deeds.ask_waiver)
        self.pages.add.clicked.connect(lambda _checked=False: self.show_starters())
        self.files.connect_all()

    def _take_node(self, node: Node) -> None:
        if node.kind is NodeKind.METHOD:
            self.go_to_version(node.key)
        elif node.kind is NodeKind.PHASE:
            self.go_to_gate(node.key, "")
        elif node.kind is NodeKind.GATE:
            self.go_to_gate("", node.key)
        elif node.kind is NodeKind.RESOURCE:
            self.go_to_resource(Resource(node.key))

    def _take_stop(self, stop: Stop) -> None:
        self.go_to_gate(*(("", stop.code) if stop.is_gate else (stop.code, "")))

    def _open_details(self) -> None:
        if self.inspector.isHidden():
            self.toggle_inspector()
