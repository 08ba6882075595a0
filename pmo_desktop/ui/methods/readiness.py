"""The inspector of the methodology pane: how ready a gate is, and the criterion that its checklist stands on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.rules.assurance import WaiverStatus
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase
from pmo_desktop.rules.wording import count_text, day_text, number_text
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.methods.blockbar import BlockBar, Legend, counts_of
from pmo_desktop.ui.methods.check import Checked, GateCheck, count_answers
from pmo_desktop.ui.methods.content import STANDINGS, evidence_words, mandatory_words
from pmo_desktop.ui.theme import Theme, current_theme

_MARGIN = 14
_LABEL = 92


class ReadinessInspector(Rows):
    """`attaching` and `waiving` are its two buttons; `file_asked` carries the id of an attachment."""

    closed = Signal()
    attaching = Signal()
    waiving = Signal()
    file_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("inspector")
        self.setAccessibleName("Inspector")
        self.about, self.number, self.unit = ElidedLabel("", "caption"), label("", "display"), label("", "body2")
        self.bar, self.legend = BlockBar(theme), Legend(theme)
        self.verdict = label("", wrap=True)
        self.name, self.more = label("", "subtitle", wrap=True), label("", "body2", wrap=True)
        self.facts = QGridLayout()
        self.attach = Button("Attach evidence", "paperclip", slot=self.attaching.emit)
        self.waive = Button("Waiver", "file-check", slot=self.waiving.emit)
        self._lay_out()

    def show_check(self, check: GateCheck, code: str, can_write: bool) -> None:
        """How ready a project's gate is, and one of its criteria."""
        counting = count_answers(check.criteria)
        self.about.setText(f"Readiness for {check.gate.code}")
        self.number.setText(f"{check.tally.met:,} of {counting:,}")
        self.unit.setText("criteria met")
        counts = counts_of(check.tally)
        self.bar.show_counts(counts)
        self.legend.show_counts(counts)
        self.verdict.setText(check.verdict)
        self._show_top(True)
        self.foot.setVisible(can_write and bool(check.find(code)))

    def show_library(self, method: Method, phase: MethodPhase, gate: Gate | None) -> None:
        """What a gate or a phase asks for, without a project."""
        self.about.setText(f"{method.name} {method.version}".strip())
        if gate is not None:
            self.number.setText(f"{len(gate.criteria):,}")
            self.unit.setText("criterion" if len(gate.criteria) == 1 else "criteria")
        else:
            self.number.setText(f"{len(phase.deliverables):,}")
            self.unit.setText("output" if len(phase.deliverables) == 1 else "outputs")
        self.verdict.setText(_library_words(method, phase, gate))
        self._show_top(False)
        self.foot.hide()

    def show_criterion(self, criterion: Criterion | None, checked: Checked | None, check: GateCheck | None) -> None:
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
            rows.append(("Evidence", self._evidence(checked)))
            rows.append(("Waiver", _value(_waiver_words(checked, check))))
        rows.append(("Mandatory", _value(mandatory_words(criterion.mandatory))))
        if checked is not None and checked.answered_on:
            by = f" by {checked.answered_by}" if checked.answered_by else ""
            rows.append(("Last checked", _value(f"{day_text(checked.answered_on)}{by}")))
        self._fill(rows)

    # ------------------------------------------------------------------ below the counter

    def _evidence(self, checked: Checked) -> QWidget:
        if not checked.files:
            return _value(evidence_words(checked))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in checked.files:
            link = Button(_short(each.name), kind="link", slot=lambda id_=each.id: self.file_asked.emit(id_))
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

    def _show_top(self, checked: bool) -> None:
        for part in (self.bar, self.legend):
            part.setVisible(checked)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(IconButton("x", "Close the inspector (F4)", self.closed.emit))
        figure = QHBoxLayout()
        figure.setSpacing(8)
        figure.addWidget(self.number)
        figure.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBottom)
        self.unit.setContentsMargins(0, 0, 0, 4)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        inner.setSpacing(8)
        inner.addLayout(figure)
        for part in (self.bar, self.legend, self.verdict):
            inner.addWidget(part)
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


def _owner(criterion: Criterion, checked: Checked | None, check: GateCheck | None) -> str:
    person = ""
    if checked is not None and check is not None and checked.deliverable is not None:
        person = check.names.get(checked.deliverable["owner"] or "", "")
    return ", ".join(part for part in (person, criterion.role) if part) or "Nobody named"


def _answer_words(checked: Checked) -> str:
    words = STANDINGS[checked.answer][1]
    return f"{words}: {checked.comment}" if checked.comment else words


def _waiver_words(checked: Checked, check: GateCheck) -> str:
    row = checked.waiver
    if row is None:
        return "None requested"
    status = str(row["status"] or WaiverStatus.REQUESTED)
    if status == WaiverStatus.APPROVED and row["expires"] and row["expires"] < check.today:
        return f"{row['ref'] or 'Waiver'} expired on {day_text(row['expires'])}"
    until = f" until {day_text(row['expires'])}" if row["expires"] else ""
    return f"{row['ref'] or 'Waiver'} {status.lower()}{until}"


def _library_words(method: Method, phase: MethodPhase, gate: Gate | None) -> str:
    if gate is None:
        weeks = f"Usually takes {number_text(phase.weeks)} weeks. " if phase.weeks else ""
        return f"{weeks}No gate ends this phase."
    decides = f"Decided by {gate.decides}. " if gate.decides else ""
    outputs = count_text(len(phase.deliverables), "deliverable")
    return f"{decides}Asks for {outputs} of {phase.name}."
