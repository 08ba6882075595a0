"""The page of a gate or a phase: title, question, the project it is checked for, and tabs of what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.rules.method import Gate, Method, MethodPhase
from pmo_desktop.ui.label import label, rule
from pmo_desktop.ui.methods import content
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.guidance import GuidanceView
from pmo_desktop.ui.methods.linesview import LinesView
from pmo_desktop.ui.methods.node import gate_title
from pmo_desktop.ui.methods.projectbox import ProjectBox
from pmo_desktop.ui.theme import Theme

TABS = ("Checklist", "Deliverables", "Templates", "Decision rights", "Guidance")
_BESIDE = 560  # px of width from which the project stands beside the title


class GatePage(QWidget):
    """Shows one gate, or a phase without any. `project_chosen` carries a project's id, empty for the library alone."""

    project_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.title, self.question = label("", "title", wrap=True), label("", "body2", wrap=True)
        self.projects = ProjectBox()
        self.tabs, self.pages = QTabBar(), QStackedWidget()
        self.checklist = LinesView(theme, "Checklist", content.ASKED)
        self.outputs = LinesView(theme, "Deliverables", content.OUTPUTS)
        self.templates = LinesView(theme, "Templates", content.TEMPLATES)
        self.duties = LinesView(theme, "Decision rights", ())
        self.guidance = GuidanceView(theme)
        self._lay_out()
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.projects.activated.connect(lambda place: self.project_chosen.emit(self.projects.itemData(place)))

    # ------------------------------------------------------------------ what is shown

    def show_projects(self, projects: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these projects, and say which is checked."""
        self.projects.show_projects(projects, current)
        self.asking.setVisible(bool(projects))

    def show_gate(self, method: Method, phase: MethodPhase, gate: Gate | None, check: Check | None) -> None:
        """Show a gate and the phase it ends; with a check, as it stands for a project."""
        self.title.setText(gate_title(gate.code, gate.name) if gate else phase.name)
        question = gate.question if gate else phase.purpose
        self.question.setText(question)
        self.question.setVisible(bool(question))
        lines = content.checklist_lines(gate, method, check) if gate else []
        self.checklist.show_lines(lines, content.CHECKED if check else content.ASKED)
        self.outputs.show_lines(
            content.output_lines(phase, method, check), content.DELIVERED if check else content.OUTPUTS
        )
        self.templates.show_lines(content.template_lines(phase.deliverables, method, check is not None))
        groups = [("", content.parts_of_phase(phase))]
        self.duties.show_lines(content.duty_lines(method, groups), content.duty_columns(method, groups))
        codes = {phase.code, *(gate.code for gate in phase.gates), *(each.code for each in phase.deliverables)}
        guides = [each for each in method.guidance if each.concerns in codes]
        guides += [each for each in method.guidance if not each.concerns]
        self.guidance.show_guides(guides)
        counts = [len(gate.criteria) if gate else 0]
        counts += [sum(not line.heading for line in view.lines.lines) for view in (self.outputs, self.templates)]
        there = [bool(gate and gate.criteria), *map(bool, counts[1:]), bool(self.duties.lines.lines), bool(guides)]
        self._name_tabs(counts, there)

    @property
    def shown(self) -> QWidget:
        """What stands under the tabs."""
        return self.pages.currentWidget() or self.checklist

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return TABS[self.tabs.currentIndex()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The project goes under the title where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() * 100 >= _BESIDE * self.theme.scale
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != way:
            self._head.setDirection(way)

    # ------------------------------------------------------------------ below the counter

    def _name_tabs(self, counts: Sequence[int], there: Sequence[bool]) -> None:
        with QSignalBlocker(self.tabs):
            for place, name in enumerate(TABS):
                count = counts[place] if place < len(counts) else 0
                self.tabs.setTabText(place, f"{name} {count:,}" if count else name)
                self.tabs.setTabVisible(place, there[place])
            if not self.tabs.isTabVisible(self.tabs.currentIndex()):
                first = next((place for place, shown in enumerate(there) if shown), 0)
                self.tabs.setCurrentIndex(first)
        self.pages.setVisible(any(there))
        self.pages.setCurrentIndex(self.tabs.currentIndex())

    def _lay_out(self) -> None:
        self.asking = QWidget()
        row = QHBoxLayout(self.asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = label("Check for", "label")
        words.setBuddy(self.projects)
        row.addWidget(words)
        row.addWidget(self.projects, 1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(8)
        self._head.addWidget(self.title, 3, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self.asking, 4)
        self.tabs.setAccessibleName("What belongs to the gate")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)  # they shorten before they push the tree aside
        for name in TABS:
            self.tabs.addTab(name)
        for page in (self.checklist, self.outputs, self.templates, self.duties, self.guidance):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addSpacing(4)
        column.addWidget(self.question)
        column.addSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(rule())
        column.addWidget(self.pages, 1)
