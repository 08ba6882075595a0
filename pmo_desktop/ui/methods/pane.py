"""The methodology pane: the tree, the life cycle, the page of a gate, its readiness, and the review of a gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.rules.assurance import Answer
from pmo_desktop.rules.method import Gate, Method, MethodPhase
from pmo_desktop.rules.wording import count_text, day_text
from pmo_desktop.ui.buttons import Button, action_button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.methods.check import Check, followers, read_check
from pmo_desktop.ui.methods.deeds import CheckDeeds
from pmo_desktop.ui.methods.files import FileDeeds
from pmo_desktop.ui.methods.node import Node, NodeKind, Resource, make_nodes
from pmo_desktop.ui.methods.page import GatePage
from pmo_desktop.ui.methods.readiness import ReadinessInspector
from pmo_desktop.ui.methods.resourcepage import ResourcePage
from pmo_desktop.ui.methods.shelf import Shelf, place_of
from pmo_desktop.ui.methods.starters import StarterPage
from pmo_desktop.ui.methods.strip import LifeStrip, Stop, make_stops
from pmo_desktop.ui.methods.tree import MethodTree
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.sidebyside import SideBySide
from pmo_desktop.ui.state import read_bool, read_int

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_CHECKED = {
    *("gate_review", "gate_answer", "gate_vote", "deliverable", "waiver", "attachment", "milestone", "authority"),
    *("project", "person", "action", "entry_link", "phase", "settings", "portfolio", "programme"),
}
_TREE_WIDTH = 220
_NARROWEST, _WIDEST = 150, 420


class MethodsPane(Pane):
    """What is shown: a version of a methodology, in it a phase with a gate or a resource, and perhaps a project."""

    name = "methods"
    title = "Methodology"
    icon_name = "library"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.shelf = Shelf(context.store)
        self.version = self.phase = self.gate = self.project = ""
        self.resource: Resource | None = None
        self.check: Check | None = None
        self.tree, self.strip = MethodTree(theme), LifeStrip(theme)
        self.page, self.resources = GatePage(theme), ResourcePage(theme)
        self.inspector, self.starters = ReadinessInspector(theme), StarterPage(theme)
        self.checklist = self.page.checklist
        self.deeds, self.files = CheckDeeds(self), FileDeeds(self)
        self.add = Button("Add a methodology", "plus", "ghost", self.show_starters)
        self._lay_out()
        self._connect()
        self._recall()
        self.refresh()

    # ------------------------------------------------------------------ what the window asks

    def subtitle(self) -> str:
        line = self.shelf.line(self.version)
        if line is None:
            return ""
        approved = f", approved {day_text(line.approved_on)}" if line.approved_on else f", {line.status.lower()}"
        return f"{line.name} {line.version}{approved}"

    def header_actions(self) -> list[QWidget]:
        return [action_button(self.context.actions["gate.review"], "primary", "landmark", "Start gate review")]

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"view.inspector": self.toggle_inspector}
        if self.context.store.readonly:
            return found
        return found | {
            "gate.yes": partial(self.deeds.answer, Answer.YES),
            "gate.partly": partial(self.deeds.answer, Answer.PARTLY),
            "gate.no": partial(self.deeds.answer, Answer.NO),
            "gate.not_applicable": partial(self.deeds.answer, Answer.NOT_APPLICABLE),
            "gate.attach": self.deeds.attach,
            "gate.attach_link": self.deeds.ask_link,
            "gate.waiver": self.deeds.ask_waiver,
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
        tally = self.check.gate.tally
        parts.append(count_text(len(self.check.gate.criteria), "criterion", "criteria"))
        words = ("met", "partly met", "not met", "not answered", "not applicable")
        counted = zip(tally, words, strict=True)
        return " | ".join([*parts, ", ".join(f"{count:,} {word}" for count, word in counted if count)])

    def on_changed(self, changed: Changed) -> None:
        if self.shelf.take_change(changed):
            self._show()
        elif _CHECKED & changed.rows.keys():
            self._show_place()

    def refresh(self) -> None:
        self.shelf.read()
        self._show()

    def show_row(self, row_id: str) -> None:
        """Go to a version, or to a project that follows one: its check of the next gate."""
        if self.shelf.line(row_id) is not None:
            self.go_to_version(row_id)

    def regions(self) -> list[QWidget]:
        if self.pages.currentWidget() is self.starters:
            return [self.starters]
        inside: list[QWidget] = [self.tree]
        if self.resource is None:
            inside += [self.strip, self.page.shown]
        else:
            inside.append(self.resources.shown)
        return [*inside, self.inspector.attach] if self.inspector.attach.isVisible() else inside

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.sides.over:
            self.sides.set_over(narrow)

    # ------------------------------------------------------------------ where one is

    def go_to_version(self, version: str) -> None:
        """Show another version, at the gate of the same code where it has one."""
        if version != self.version:
            self.version, self.resource, self.project = version, None, ""
        self._show()

    def go_to_gate(self, phase: str, gate: str) -> None:
        """Show a phase with one of its gates; without a gate's code, with its last one."""
        self.phase, self.gate, self.resource = phase, gate, None
        self._show_place()

    def go_to_project(self, project: str) -> None:
        """Check the gate for a project; an empty id is the library alone."""
        self.project = project
        self._show_place()
        self.checklist.go_first()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.inspector.setVisible(self.inspector.isHidden())
        self.context.settings.setValue("inspector/shown", not self.inspector.isHidden())

    def show_starters(self) -> None:
        """Offer the shipped methodologies that the library does not have."""
        self.starters.show_starters({line.code for line in self.shelf.lines})
        self.pages.setCurrentWidget(self.starters)

    # ------------------------------------------------------------------ below the counter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.checklist.setFocus)

    def _show(self) -> None:
        """Everything, after the library itself has changed."""
        if self.shelf.line(self.version) is None:
            self.version = self.shelf.first()
        method = self.shelf.method(self.version)
        if method is None:
            self.show_starters()
            self.facts_changed.emit()
            return
        self.pages.setCurrentWidget(self.sides)
        self.page.show_projects(followers(self.context.store, self.version), self.project)
        if self.page.projects.currentData() != self.project:
            self.project = ""  # it follows another version now
        self._show_place()
        self.tree.show_nodes(make_nodes(self.shelf.lines, method, self.version), self._node())

    def _show_place(self) -> None:
        """The gate or the resource, as it is now."""
        method = self.shelf.method(self.version)
        if method is None:
            return
        phase, gate = place_of(method, self.phase, self.gate)
        self.phase, self.gate = phase.code if phase else "", gate.code if gate else ""
        self.check = None
        if self.project and gate is not None:
            self.check = read_check(self.context.store, self.project, gate.code)
        passed = self.check.passed if self.check else frozenset[str]()
        on_gate = self.resource is None
        self.strip.show_stops(make_stops(method, passed), self.phase if on_gate else "", self.gate if on_gate else "")
        self.centre.setCurrentWidget(self.page if on_gate else self.resources)
        if self.resource is not None:
            self.resources.show_resource(self.resource, method)
        elif phase is not None:
            self.page.show_project(self.project)
            self.page.show_gate(method, phase, gate, self.check)
            if not self.checklist.current_key:
                self.checklist.go_first()
        if phase is not None:
            self._inspect(method, phase, gate)
        self.tree.go_to(*self._node())
        self._remember()
        self.facts_changed.emit()

    def _inspect(self, method: Method, phase: MethodPhase, gate: Gate | None) -> None:
        code = self.checklist.current_key
        criterion = next((each for each in gate.criteria if each.code == code), None) if gate else None
        if self.check is None:
            self.inspector.show_library(method, phase, gate)
        else:
            self.inspector.show_check(self.check, code, not self.context.store.readonly)
        self.inspector.show_criterion(criterion, self.check.find(code) if self.check else None, self.check)

    def _follow(self) -> None:
        """The inspector shows the criterion that the checklist stands on."""
        method = self.shelf.method(self.version)
        phase, gate = place_of(method, self.phase, self.gate) if method else (None, None)
        if method is not None and phase is not None:
            self._inspect(method, phase, gate)

    def _node(self) -> tuple[NodeKind, str]:
        if self.resource is not None:
            return NodeKind.RESOURCE, self.resource.value
        return (NodeKind.GATE, self.gate) if self.gate else (NodeKind.PHASE, self.phase)

    def _take_node(self, node: Node) -> None:
        if node.kind is NodeKind.METHOD:
            self.go_to_version(node.key)
        elif node.kind is NodeKind.PHASE:
            self.phase, self.gate, self.resource = node.key, "", None
            self._show_place()
        elif node.kind is NodeKind.GATE:
            self.go_to_gate("", node.key)
        elif node.kind is NodeKind.RESOURCE:
            self.resource = Resource(node.key)
            self._show_place()

    def _take_stop(self, stop: Stop) -> None:
        self.go_to_gate("" if stop.is_gate else stop.code, stop.code if stop.is_gate else "")

    def _recall(self) -> None:
        settings = self.context.settings
        self.version, self.phase, self.gate, self.project = (
            str(settings.value(f"methods/{name}", "")) for name in ("version", "phase", "gate", "project")
        )

    def _remember(self) -> None:
        for name in ("version", "phase", "gate", "project"):
            self.context.settings.setValue(f"methods/{name}", getattr(self, name))

    def _lay_out(self) -> None:
        theme, settings = self.context.theme, self.context.settings
        left = Rows("pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.setVisible(not self.context.store.readonly)
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(20, 16, 20, 0)
        inner.setSpacing(14)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.page)
        self.centre.addWidget(self.resources)
        inner.addWidget(self.strip)
        inner.addWidget(self.centre, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(1, 1)
        width = max(_NARROWEST, min(_WIDEST, read_int(settings, "methods/tree_width", _TREE_WIDTH)))
        self.splitter.setSizes([theme.px(width), theme.px(1000)])
        self.sides = SideBySide(self.splitter, self.inspector, settings)
        self.inspector.setVisible(read_bool(settings, "inspector/shown", default=True))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.sides)
        self.pages.addWidget(self.starters)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)
        self.setFocusProxy(self.checklist)

    def _connect(self) -> None:
        self.tree.chosen.connect(self._take_node)
        self.strip.chosen.connect(self._take_stop)
        self.page.project_chosen.connect(self.go_to_project)
        self.checklist.chosen.connect(lambda _key: self._follow())
        self.checklist.opened.connect(lambda _key: self._open_details())
        self.inspector.closed.connect(self.toggle_inspector)
        self.inspector.attaching.connect(self.deeds.attach)
        self.inspector.waiving.connect(self.deeds.ask_waiver)
        self.splitter.splitterMoved.connect(self._keep_width)
        self.context.theme.changed.connect(self.sides.arrange)
        self.files.connect_all()

    def _open_details(self) -> None:
        if self.inspector.isHidden():
            self.toggle_inspector()

    def _keep_width(self, place: int, _index: int) -> None:
        self.context.settings.setValue("methods/tree_width", round(place * 100 / self.context.theme.scale))
