"""What the methodology pane shows, and going from one thing to another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pmo_desktop.figures.nextgate import soonest_gate
from pmo_desktop.rules.method import Gate, Method, MethodPhase
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.methods.check import Check, followers, read_check
from pmo_desktop.ui.methods.furniture import Furniture
from pmo_desktop.ui.methods.node import NodeKind, Resource, make_nodes
from pmo_desktop.ui.methods.shelf import Shelf, place_of
from pmo_desktop.ui.methods.strip import make_stops
from pmo_desktop.ui.pane import Pane

_KEPT = ("version", "phase", "gate", "project")


class ShownMethods(Pane):
    """A version of a methodology, in it a phase with a gate or a resource, and perhaps a project it is checked for."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shelf = Shelf(context.store)
        self.version, self.phase, self.gate, self.project = (
            str(context.settings.value(f"methods/{name}", "")) for name in _KEPT
        )
        self.resource: Resource | None = None
        self.check: Check | None = None
        self.review_button: QWidget | None = None
        self.pages = parts = Furniture(context)
        self.tree, self.strip, self.page, self.resources = parts.tree, parts.strip, parts.page, parts.resources
        self.inspector, self.checklist = parts.inspector, self.page.checklist

    # ------------------------------------------------------------------ where one is

    @property
    def method(self) -> Method | None:
        """The version that is shown, with its parts; None while there is none."""
        return self.shelf.method(self.version)

    def go_to_version(self, version: str) -> None:
        """Show another version, at the gate of the same code where it has one."""
        if version != self.version:
            self.version, self.resource, self.project = version, None, ""
        self.show_all()

    def go_to_gate(self, phase: str, gate: str) -> None:
        """Show a phase with one of its gates; without a gate's code, with its last one."""
        self.phase, self.gate, self.resource = phase, gate, None
        self.show_place()

    def go_to_resource(self, resource: Resource) -> None:
        """Show a list that belongs to the methodology as a whole."""
        self.resource = resource
        self.show_place()

    def go_to_project(self, project: str) -> None:
        """Check the gate for a project; an empty id is the library alone."""
        self.project = project
        self.show_place()
        self.checklist.go_first()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.inspector.setVisible(self.inspector.isHidden())
        self.context.settings.setValue("inspector/shown", not self.inspector.isHidden())

    # ------------------------------------------------------------------ its three pages

    def start_review(self) -> None:
        """Show the review of the gate for the project that is checked; ask for the project when none is."""
        method = self.method
        if self.page.projects.count() <= 1:
            self.context.say("No project follows this methodology yet: apply it to one first.")
        elif not self.gate:
            self.context.say("This phase ends without a gate: choose a gate first.")
        elif not self.project:
            self.page.projects.setFocus()
            self.page.projects.showPopup()
            self.context.say("Choose the project whose gate is reviewed.")
        elif method is not None and self.pages.review.show_review(method, self.project, self.gate):
            self.turn_to(self.pages.review)
            self.pages.review.checklist.setFocus()

    def go_back(self) -> None:
        """Back to the library, at the gate that was shown."""
        self.turn_to(self.pages.sides)
        self.checklist.setFocus()

    def show_starters(self) -> None:
        """Offer the shipped methodologies that the library does not have."""
        self.pages.starters.show_starters({line.code for line in self.shelf.lines})
        self.turn_to(self.pages.starters)

    def turn_to(self, page: QWidget) -> None:
        """Show one of the pages; a gate review has a primary button of its own."""
        self.pages.setCurrentWidget(page)
        if self.review_button is not None:
            self.review_button.setVisible(page is self.pages.sides)

    # ------------------------------------------------------------------ showing it

    def show_all(self) -> None:
        """Everything, after the library itself has changed."""
        if self.shelf.line(self.version) is None:
            self.version = self.shelf.first()
            self.project, self.gate = soonest_gate(self.context.store, self.version) or ("", "")
        method = self.method
        if method is None:
            self.show_starters()
            self.facts_changed.emit()
            return
        if not self.pages.is_reviewing:
            self.turn_to(self.pages.sides)
        projects = followers(self.context.store, self.version)
        if self.project not in {identity for identity, _ in projects}:
            self.project = ""  # it follows another version now
        self.page.show_projects(projects, self.project)
        self.tree.show_nodes(make_nodes(self.shelf.lines, method, self.version), self._node())
        self.show_place()

    def show_place(self) -> None:
        """The gate or the resource, as it is now."""
        method = self.method
        if method is None:
            return
        phase, gate = place_of(method, self.phase, self.gate)
        self.phase, self.gate = phase.code if phase else "", gate.code if gate else ""
        self.check = read_check(self.context.store, self.project, self.gate) if self.project and gate else None
        on_gate = self.resource is None
        shown = (self.phase, self.gate) if on_gate else ("", "")
        self.strip.show_stops(make_stops(method, self.check.passed if self.check else frozenset()), *shown)
        self.pages.centre.setCurrentWidget(self.page if on_gate else self.resources)
        if self.resource is not None:
            self.resources.show_resource(self.resource, method)
        elif phase is not None:
            self._show_gate(method, phase, gate)
        self.follow()
        self.tree.go_to(*self._node())
        for name in _KEPT:
            self.context.settings.setValue(f"methods/{name}", getattr(self, name))
        self.facts_changed.emit()

    def follow(self) -> None:
        """The inspector shows the gate, and the criterion that the checklist stands on."""
        method = self.method
        phase, gate = place_of(method, self.phase, self.gate) if method else (None, None)
        if method is None or phase is None:
            return
        if self.resource is not None:
            self.inspector.show_method(method)
            return
        code = self.checklist.current_key
        criterion = next((each for each in gate.criteria if each.code == code), None) if gate else None
        if self.check is None:
            self.inspector.show_library(method, phase, gate)
        else:
            self.inspector.show_check(self.check, code, not self.context.store.readonly)
        self.inspector.show_criterion(criterion, self.check.find(code) if self.check else None, self.check)

    def _show_gate(self, method: Method, phase: MethodPhase, gate: Gate | None) -> None:
        self.page.projects.show_choice(self.project)
        self.page.show_gate(method, phase, gate, self.check)
        if not self.checklist.current_key:
            self.checklist.go_first()

    def _node(self) -> tuple[NodeKind, str]:
        if self.resource is not None:
            return NodeKind.RESOURCE, self.resource.value
        return (NodeKind.GATE, self.gate) if self.gate else (NodeKind.PHASE, self.phase)
