"""The board's side of a gate review: votes, conditions, the decision and what the rules say; typed words are kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.figures.gatecheck import ConditionCheck
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.operations.gatedecision import Condition
from pmo_desktop.rules.assurance import GateDecision, WaiverStatus
from pmo_desktop.rules.authority import Grant
from pmo_desktop.rules.compliance import Reaction
from pmo_desktop.rules.wording import day_text, short_day
from pmo_desktop.store.file import Store
from pmo_desktop.ui.banner import Banner, Mark
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import Rows, label, rule
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.fieldblock import FieldBlock
from pmo_desktop.ui.methods.rulings import gate_rulings, ruling_words

_DECIDED = ("decided_by", "next_review", "reason")
_MARKS = {
    Reaction.ALLOW: ("circle-check", "ok_fg"),
    Reaction.WARN: ("info", "info_fg"),
    Reaction.APPROVAL: ("triangle-alert", "warn_fg"),
    Reaction.BLOCK: ("octagon-alert", "err_fg"),
}
_TOLD = {
    GateDecision.APPROVE: "The project goes on",
    GateDecision.CONDITIONS: "It goes on; each condition becomes a dated action",
    GateDecision.REWORK: "It comes back when this is mended",
    GateDecision.HOLD: "The project waits",
    GateDecision.STOP: "The project should be cancelled",
}


class BoardPanel(Rows):
    """Asks for votes, conditions and a decision by its signals, and writes nothing itself."""

    vote_asked = Signal()
    condition_asked = Signal()
    deciding = Signal()
    reopening = Signal()
    waiving = Signal()
    settling = Signal(object)  # the row of a waiver that waits for an answer

    def __init__(self, store: Store, *, can_write: bool) -> None:
        super().__init__("inspector")
        self.setAccessibleName("Votes and decision")
        self.store, self.can_write = store, can_write
        self.conditions: list[Condition] = []
        self.choices: dict[GateDecision, QRadioButton] = {}
        self.fields = FieldBlock(store, [find_field("gate_review", name) for name in _DECIDED])
        self.grant = FieldBlock(store, [_field("approver", "Approved by"), _field("expires", "Valid until")])
        self.record = Button("Record decision", "check", "primary", self.deciding.emit)
        self.waive = Button("Ask for a waiver…", "file-check", slot=self.waiving.emit)
        self.reopen = Button("Reopen the gate…", "refresh-cw", slot=self.reopening.emit)
        self.votes_box, self.conditions_box, self.rules_box, self.outcome_box = (QVBoxLayout() for _ in range(4))
        self.authority, self.message_box = label("", "strong", wrap=True), QVBoxLayout()
        self.message: Banner | None = None
        self._lay_out()

    # ------------------------------------------------------------------ what is shown

    def show_check(self, check: Check) -> None:
        """What was voted and decided, and what the rules say now; the fields stay as they were typed."""
        gate = check.gate
        _fill(self.votes_box, self._vote_rows(check) or [label("Nobody has voted yet.", "body2")])
        self.add_vote.setVisible(self.can_write and not gate.closed)
        for part in (self.asking, self.foot):
            part.setVisible(self.can_write and not gate.closed)
        self.outcome.setVisible(gate.closed)
        if gate.closed:
            _fill(self.outcome_box, _outcome_rows(check))
            self.reopen.setVisible(self.can_write)
        else:
            rulings = ruling_words(gate_rulings(self.store, gate))
            _fill(self.rules_box, [_ruling_row(*each) for each in rulings] + self._waiver_rows(check))
            self.authority.setText(f"What the PMO’s authority says: {gate.mode.lower()}")
        self.show_conditions(check)

    def show_conditions(self, check: Check) -> None:
        """The conditions that were typed, or those of the decision."""
        if check.gate.closed:
            _fill(self.conditions_box, [_kept_row(each, check) for each in check.gate.conditions])
            self.conditions_part.setVisible(bool(check.gate.conditions))
        else:
            rows = [self._condition_row(each, check) for each in self.conditions]
            _fill(self.conditions_box, rows or [label("No condition yet.", "body2")])
            self.conditions_part.setVisible(self.decision is GateDecision.CONDITIONS)
        self.add_condition.setVisible(self.can_write and not check.gate.closed)

    @property
    def decision(self) -> GateDecision | None:
        """What was chosen; None before anything is."""
        return next((each for each, button in self.choices.items() if button.isChecked()), None)

    def granted(self) -> Grant | None:
        """What was typed to get past a rule. Raises Known for what is no value."""
        given = self.grant.values()
        reason = self.fields.text("reason").strip()
        if not (given["approver"] or given["expires"] or reason):
            return None
        return Grant(reason, given["approver"], given["expires"])

    def forget(self) -> None:
        """Another gate: nothing is typed yet."""
        self.conditions = []
        self.fields.clear()
        self.grant.clear()
        self.grant.hide()
        self._group.setExclusive(False)
        for button in self.choices.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.refuse("")

    def refuse(self, words: str, *, blocked: bool = False) -> None:
        """Say above the button why nothing was decided; no words take the sentence away."""
        if self.message is not None:
            self.message.hide()
            self.message.deleteLater()
            self.message = None
        self.waive.setVisible(blocked)
        if words:
            self.message = Banner("err", words, closable=False)
            self.message_box.addWidget(self.message)

    def ask_grant(self) -> None:
        """Show the fields by which a rule is got past."""
        self.grant.show()

    # ------------------------------------------------------------------ below the counter

    def _vote_rows(self, check: Check) -> list[QWidget]:
        rows = []
        for each in check.gate.votes:
            words = f"{each.vote}{f': {each.comment}' if each.comment else ''}"
            rows.append(_row(check.names.get(each.person, "Somebody"), words))
        return rows

    def _waiver_rows(self, check: Check) -> list[QWidget]:
        """The waiver of the whole gate, with a way to answer it."""
        row = check.waivers.get(check.gate.code)
        if row is None or row["status"] in (WaiverStatus.REJECTED, WaiverStatus.WITHDRAWN):
            return []
        words = f"Waiver {row['ref'] or ''} for the gate"
        if row["status"] == WaiverStatus.APPROVED:
            until = f" until {day_text(row['expires'])}" if row["expires"] else ""
            return [_row(f"{words} is approved{until}", "")]
        return [
            _row(f"{words} is requested", "", Button("Decide…", kind="link", slot=partial(self.settling.emit, row)))
        ]

    def _condition_row(self, condition: Condition, check: Check) -> QWidget:
        who = check.names.get(condition.owner or "", "")
        words = ", ".join(part for part in (who, f"by {short_day(condition.due)}" if condition.due else "") if part)
        remove = IconButton("x", f"Remove the condition {condition.text}", lambda: self._remove(condition, check))
        return _row(condition.text, words, remove)

    def _remove(self, condition: Condition, check: Check) -> None:
        self.conditions.remove(condition)
        self.show_conditions(check)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        self.add_vote = Button("Add a vote…", "plus", slot=self.vote_asked.emit)
        self.outcome = _holder(self.outcome_box, self.reopen)
        self.asking = self._make_asking()
        self.conditions_part = self._make_conditions()
        for part in (label("Votes", "subtitle"), _holder(self.votes_box, self.add_vote), rule()):
            column.addWidget(part)
        for part in (label("Decision", "subtitle"), self.outcome, self.asking, self.conditions_part):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._make_foot())

    def _make_asking(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        for each in GateDecision:
            column.addWidget(self._choice(each))
        column.addSpacing(4)
        column.addWidget(self.fields)
        return made

    def _choice(self, decision: GateDecision) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        button = self.choices[decision] = QRadioButton(decision.value)
        button.setAccessibleDescription(_TOLD[decision])
        self._group.addButton(button)
        row.addWidget(button)
        row.addWidget(label(_TOLD[decision], "caption_quiet", wrap=True), 1)
        button.toggled.connect(lambda on: self._choose(decision) if on else None)
        return made

    def _choose(self, decision: GateDecision) -> None:
        self.conditions_part.setVisible(decision is GateDecision.CONDITIONS)

    def _make_conditions(self) -> QWidget:
        self.add_condition = Button("Add a condition…", "plus", slot=self.condition_asked.emit)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("Conditions", "strong"))
        column.addWidget(_holder(self.conditions_box, self.add_condition))
        made.hide()
        return made

    def _make_foot(self) -> QWidget:
        """The rules, what gets past them, and the button; they go when the gate is decided."""
        self.foot = Rows("footer")
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.authority)
        column.addLayout(self.rules_box)
        column.addWidget(self.grant)
        column.addLayout(self.message_box)
        column.addSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.record)
        row.addWidget(self.waive)
        row.addStretch(1)
        column.addLayout(row)
        self.grant.hide()
        return self.foot


def _field(name: str, words: str) -> Field:
    """A field of a waiver, said in the words of a decision."""
    given = find_field("waiver", name)
    return Field(name, words, given.kind, to=given.to)


def _outcome_rows(check: Check) -> list[QWidget]:
    gate = check.gate
    who = check.names.get(gate.decided_by or "", "")
    by = f" by {who}" if who else ""
    on = f", {day_text(gate.decided_on)}" if gate.decided_on else ""
    rows: list[QWidget] = [label(f"{gate.decision}{by}{on}", "strong", wrap=True)]
    if gate.decision_reason:
        rows.append(label(gate.decision_reason, wrap=True))
    if gate.next_review:
        rows.append(label(f"Next review {day_text(gate.next_review)}", "body2"))
    return rows


def _kept_row(condition: ConditionCheck, check: Check) -> QWidget:
    who = check.names.get(condition.owner or "", "")
    state = "done" if condition.done else "lapsed" if condition.lapsed else "open"
    due = f"by {short_day(condition.due)}" if condition.due else ""
    return _row(condition.text, ", ".join(part for part in (condition.ref, who, due, state) if part))


def _ruling_row(reaction: Reaction, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, tone = _MARKS[reaction]
    row.addWidget(Mark(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, wrap=True), 1)
    return made


def _row(words: str, below: str, button: QWidget | None = None) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    both = QVBoxLayout()
    both.setSpacing(0)
    both.addWidget(label(words, wrap=True))
    if below:
        both.addWidget(label(below, "caption", wrap=True))
    row.addLayout(both, 1)
    if button is not None:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return made


def _holder(box: QVBoxLayout, button: QWidget) -> QWidget:
    """A list with a button below it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addLayout(box)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _fill(box: QVBoxLayout, parts: Sequence[QWidget]) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for part in parts:
        box.addWidget(part)
