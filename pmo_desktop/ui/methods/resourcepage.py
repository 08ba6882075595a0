"""The page of a list that belongs to a methodology as a whole: templates, checklists, roles, glossary, guidance."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.label import label, rule
from pmo_desktop.ui.methods import content
from pmo_desktop.ui.methods.guidance import GuidanceView
from pmo_desktop.ui.methods.lines import Column, Line
from pmo_desktop.ui.methods.linesview import LinesView
from pmo_desktop.ui.methods.node import Resource
from pmo_desktop.ui.theme import Theme


class ResourcePage(QWidget):
    """`template_asked` carries the code of a template to save a copy of."""

    template_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title, self.told = label("", "title"), label("", "body2", wrap=True)
        self.list, self.guidance = LinesView(theme, "List", ()), GuidanceView(theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.guidance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addSpacing(6)
        column.addWidget(rule())
        column.addWidget(self.pages, 1)
        self.list.link_clicked.connect(lambda key, _column: self.template_asked.emit(key))

    def show_resource(self, resource: Resource, method: Method) -> None:
        """Show one of the lists of a methodology."""
        self.title.setText(resource.value)
        self.list.setAccessibleName(resource.value)
        columns, lines, told = _read(resource, method)
        self.told.setText(told)
        self.pages.setCurrentIndex(int(resource is Resource.GUIDANCE))
        if resource is Resource.GUIDANCE:
            self.guidance.show_guides(method.guidance)
        else:
            self.list.show_lines(lines, columns)

    @property
    def shown(self) -> QWidget:
        """What has the keyboard on this page."""
        return self.pages.currentWidget() or self.list


def _read(resource: Resource, method: Method) -> tuple[tuple[Column, ...], list[Line], str]:
    if resource is Resource.TEMPLATES:
        told = f"{count_text(len(method.templates), 'document')} to start from, kept in this file."
        return content.TEMPLATES, content.all_template_lines(method), told
    if resource is Resource.CHECKLISTS:
        count = sum(len(gate.criteria) for _, gate in method.gates())
        return (
            content.ASKED,
            content.all_checklist_lines(method),
            f"{count_text(count, 'criterion', 'criteria')} in all.",
        )
    if resource is Resource.ROLES:
        groups = [(phase.name, content.parts_of_phase(phase)) for phase in method.phases]
        told = "Responsible does it, Accountable answers for it, Consulted is asked before, Informed is told after."
        return content.duty_columns(method, groups), content.duty_lines(method, groups), told
    if resource is Resource.GLOSSARY:
        return (
            content.TERMS,
            content.term_lines(method),
            f"{count_text(len(method.terms), 'word')} as they are meant here.",
        )
    return (), [], f"{count_text(len(method.guidance), 'page')}."
