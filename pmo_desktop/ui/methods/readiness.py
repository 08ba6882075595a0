"""The inspector of the methodology pane: how ready a gate is, and the criterion that its checklist stands on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.figures.gatecheck import CriterionCheck
from pmo_desktop.rules.assurance import WaiverStatus
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase
from pmo_desktop.rules.wording import count_text, day_text, number_text
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.methods.blockbar import BlockBar, Legend, counts_of
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.content import STANDINGS, evidence_words, mandatory_words
from pmo_desktop.ui.theme import Theme, current_theme

_MARGIN = 14
_LABEL = 92


class ReadinessHead(QWidget):
    """How ready a gate is: a number, a block for each criterion, counts, and the verdict."""

    def __init__(self, theme: Theme, *, wide: bool = False) -> None:
        """`wide`: there is room for the counts beside the number."""
        super().__init__()
        self.number, self.unit = label("", "display"), label("", "body2")
        self.bar, self.legend = BlockBar(theme), Legend(theme)
        self.verdict = label("", wrap=True)
        figure = QHBoxLayout()
        figure.setSpacing(8)
        figure.addWidget(self.number)
        figure.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBottom)
        self.unit.setContentsMargins(0, 0, 0, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(figure)
        if wide:
            figure.addWidget(self.legend, 2, Qt.AlignmentFlag.AlignBottom)
        parts = (self.bar, self.verdict) if wide else (self.bar, self.legend, self.verdict)
        for part in parts:
            column.addWidget(part)

    def show_gate(self, check: Check) -> None:
        """The figures of a project's gate."""
        gate = check.gate
        self.show_words(f"{gate.tally.met:,} of {len(check.counting()):,}", "criteria met", gate.verdict)
        counts = counts_of(gate.tally)
        self.bar.show_counts(counts)
        self.legend.show_counts(counts)
        for part in (self.bar, self.legend):
            part.show()

    def show_words(self, number: str, unit: str, words: str) -> None:
        """Something that is counted but not checked."""
        self.number.setText(number)
        self.unit.setText(unit)
        self.verdict.setText(words)
        for part in (self.bar, self.legend):
            part.hide()


class ReadinessInspector(Rows):
    """`attaching` and `waiving` are its two buttons; `file_asked` carries the id of an attachment."""

    closed = Signal()
    attaching = Signal()
    waiving = Signal()
    file_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("inspector")
        self.setAccessibleName("Inspector")
        self.about, self.head = ElidedLabel("", "caption"), ReadinessHead(theme)
        self.name, self.more = label("", "subtitle", wrap=True), label("", "body2", wrap=True)
        self.facts = QGridLayout()
        self.attach = Button("Attach evidence", "paperclip", slot=self.attaching.emit)
        self.waive = Button("Waiver", "file-check", slot=self.waiving.emit)
        self._lay_out()

    def show_check(self, check: Check, code: str, can_write: bool) -> None:
        """How ready a project's gate is, and one of its criteria."""
        gate = check.gate
        self.about.setText(f"Readiness for {gate.code}")
        self.head.show_gate(check)
        self.foot.setVisible(can_write and not gate.closed and bool(check.find(code)))

    def show_library(self, method: Method, phase: MethodPhase, gate: Gate | None) -> None:
        """What a gate or a phase asks for, without a project."""
        self.about.setText(f"{method.name} {method.version}".strip())
        count, one = (len(gate.criteria), "criterion") if gate else (len(phase.deliverables), "output")
        unit = count_text(count, one, "criteria" if gate else "outputs").partition(" ")[2]
        self.head.show_words(f"{count:,}", unit, _library_words(phase, gate))
        self.foot.hide()

    def show_method(self, method: Method) -> None:
        """What a methodology is, beside one of its lists."""
        number, unit = count_text(len(method.phases), "phase").split(" ", 1)
        self.about.setText(f"{method.name} {method.version}".strip())
        self.head.show_words(number, unit, method.summary)
        self.rest.hide()
        self.foot.hide()

    def show_criterion(self, criterion: Criterion | None, checked: CriterionCheck | None, check: Check | None) -> None:
        """The details of a criterion; None empties them."""
        self.rest.setVisible(criterion is not None)
        if criterion is None:
            return
        self.name.setText(criterion.text)
        self.more.setText(criterion.guidance)
        self.more.setVisible(bool(criterion.guidance))
        rows: list[tuple[str, QWidget]] = [("Owner", _value(_owner(criterion, checked, check)))]
        if checked is not None and check is not None:
            rows.append(("Answer", _value(_answer_words(checked))))
            rows.append(("Evidence", self._evidence(checked, check)))
            rows.append(("Waiver", _value(_waiver_words(checked, check))))
        rows.append(("Mandatory", _value(mandatory_words(criterion.mandatory))))
        if checked is not None and checked.answered_on:
            by = f" by {checked.answered_by}" if checked.answered_by else ""
            rows.append(("Last checked", _value(f"{day_text(checked.answered_on)}{by}")))
        self._fill(rows)

    # ------------------------------------------------------------------ below the counter

    def _evidence(self, checked: CriterionCheck, check: Check) -> QWidget:
        if not checked.evidence:
            return _value(evidence_words(checked, check))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in checked.evidence:
            link = Button(_short(each.name), kind="link", slot=partial(self.file_asked.emit, each.attachment))
            link.setToolTip(each.name)
            column.addWidget(link)
        return box

    def _fill(self, rows: Sequence[tuple[str, QWidget]]) -> None:
        while (item := self.facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (words, value) in enumerate(rows):
            self.facts.addWidget(label(words, "label"), place, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(IconButton("x", "Close the inspector (F4)", self.closed.emit))
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        inner.setSpacing(8)
        inner.addWidget(self.head)
        inner.addWidget(self._make_rest())
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.foot = Rows("footer")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 9, 12, 9)
        row.addWidget(self.attach)
        row.addWidget(self.waive)
        row.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 8, 8, 0)
        top.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(scroll, 1)
        column.addWidget(self.foot)

    def _make_rest(self) -> QWidget:
        self.rest = QWidget()
        column = QVBoxLayout(self.rest)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(rule())
        column.addSpacing(6)
        column.addWidget(self.name)
        column.addWidget(self.more)
        self.facts.setColumnMinimumWidth(0, current_theme().px(_LABEL))
        self.facts.setColumnStretch(1, 1)
        self.facts.setHorizontalSpacing(8)
        self.facts.setVerticalSpacing(8)
        column.addSpacing(6)
        column.addLayout(self.facts)
        self.rest.hide()
        return self.rest


def _value(text: str) -> QLabel:
    return label(text, wrap=True)


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:18]}…{name[-10:]}"


def _owner(criterion: Criterion, checked: CriterionCheck | None, check: Check | None) -> str:
    person = check.names.get(checked.person or "", "") if checked and check else ""
    return ", ".join(part for part in (person, criterion.role) if part) or "Nobody named"


def _answer_words(checked: CriterionCheck) -> str:
    words = STANDINGS[checked.answer][1]
    return f"{words}: {checked.comment}" if checked.comment else words


def _waiver_words(checked: CriterionCheck, check: Check) -> str:
    row = check.waivers.get(checked.code)
    if row is None:
        return "None requested"
    status = str(row["status"] or WaiverStatus.REQUESTED)
    if status == WaiverStatus.APPROVED and row["expires"] and row["expires"] < check.today:
        return f"{row['ref'] or 'Waiver'} expired on {day_text(row['expires'])}"
    until = f" until {day_text(row['expires'])}" if row["expires"] else ""
    return f"{row['ref'] or 'Waiver'} {status.lower()}{until}"


def _library_words(phase: MethodPhase, gate: Gate | None) -> str:
    if gate is None:
        weeks = f"Usually takes {number_text(phase.weeks)} weeks. " if phase.weeks else ""
        return f"{weeks}No gate ends this phase."
    decides = f"Decided by {gate.decides}. " if gate.decides else ""
    outputs = count_text(len(phase.deliverables), "deliverable")
    return f"{decides}Asks for {outputs} of {phase.name}."
