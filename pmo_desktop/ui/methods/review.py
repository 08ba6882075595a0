"""The review of one gate of one project on a page of its own: the checklist at the left, the board at the right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.gatedecision import Condition, decide_gate, reopen_gate
from pmo_desktop.operations.gates import hold_review, open_review, vote_gate
from pmo_desktop.operations.guard import granting
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.rules.compliance import Event, Reaction
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import label, rule
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.methods import content
from pmo_desktop.ui.methods.asking import open_box
from pmo_desktop.ui.methods.board import BoardPanel
from pmo_desktop.ui.methods.check import Check, read_check
from pmo_desktop.ui.methods.deeds import REASON, CheckDeeds
from pmo_desktop.ui.methods.linesview import LinesView
from pmo_desktop.ui.methods.node import gate_title
from pmo_desktop.ui.methods.readiness import ReadinessHead
from pmo_desktop.ui.methods.rulings import refusal_words
from pmo_desktop.ui.theme import current_theme

_BOARD = 400
_TEXT, _OWNER, _DUE = (
    Field("text", "Condition", Kind.NOTE, required=True),
    Field("owner", "Owner", Kind.PERSON, to="person"),
    Field("due", "Due", Kind.DATE),
)


class ReviewPage(QWidget):
    """`left` says that the person goes back to the library. What was typed stays while the page shows one gate."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.check: Check | None = None
        self.method: Method | None = None
        self.box: AskBox | None = None
        self.blocked: list[Event] = []  # what the last decision was refused for
        self.title, self.about = label("", "title", wrap=True), label("", "body2", wrap=True)
        self.head = ReadinessHead(context.theme, wide=True)
        self.checklist = LinesView(context.theme, "Checklist of the gate review", content.CHECKED)
        self.board = BoardPanel(context.store, can_write=not context.store.readonly)
        self.deeds = CheckDeeds(self)
        self.reviewed = Button("", kind="link", slot=self.ask_reviewer)
        self._lay_out()
        self.board.vote_asked.connect(self.ask_vote)
        self.board.condition_asked.connect(self.ask_condition)
        self.board.deciding.connect(self.decide)
        self.board.reopening.connect(self.ask_reopening)
        self.board.waiving.connect(lambda: self.deeds.ask_gate_waiver(self.blocked))
        self.board.settling.connect(self.deeds.ask_decision)

    # ------------------------------------------------------------------ what is shown

    def show_review(self, method: Method, project: str, code: str) -> bool:
        """Show the review of a gate; whether there is such a gate."""
        before = self.check
        self.method, self.check = method, read_check(self.context.store, project, code)
        if self.check is None:
            return False
        if before is None or (before.gate.project, before.gate.code) != (project, code):
            self.board.forget()
        self._show()
        if not self.checklist.current_key:
            self.checklist.go_first()
        return True

    def refresh(self) -> None:
        """Read the gate again; a gate that is gone leaves the page."""
        if self.check is None or self.method is None:
            return
        if not self.show_review(self.method, self.check.gate.project, self.check.gate.code):
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.board.setFixedWidth(current_theme().px(_BOARD))

    # ------------------------------------------------------------------ deeds of the board

    def ask_vote(self) -> None:
        """Ask who votes, and what."""
        fields = [find_field("gate_vote", name) for name in ("person", "vote", "comment")]
        self._ask("Add a vote", fields, "Add vote", self._vote)

    def ask_condition(self) -> None:
        """Ask for a condition of the approval."""
        self._ask("Add a condition", [_TEXT, _OWNER, _DUE], "Add condition", self._add_condition)

    def ask_reviewer(self) -> None:
        """Ask who reviewed the gate, and when."""
        fields = [find_field("gate_review", name) for name in ("reviewer", "held_on")]
        self._ask("Reviewed by", fields, "Keep", self._hold)

    def ask_reopening(self) -> None:
        """Ask why a decided gate is reviewed again."""
        self._ask("Reopen the gate", [REASON], "Reopen", self._reopen)

    def decide(self) -> None:
        """Write the decision down; what stands against it is said above the button, and everything typed stays."""
        check, decision = self.check, self.board.decision
        if check is None:
            return
        if decision is None:
            self.board.refuse("Nothing was decided: choose a decision first.")
            return
        try:
            self._decide(check, decision)
        except Ruled as ruled:
            asks = any(each.reaction is not Reaction.BLOCK for each in ruled.rulings)
            self.blocked = [each.event for each in ruled.rulings if each.reaction is Reaction.BLOCK]
            if asks:
                self.board.ask_grant()
            self.board.refuse(refusal_words(ruled.rulings), blocked=bool(self.blocked))
        except Known as known:
            self.board.refuse(str(known))

    # ------------------------------------------------------------------ below the counter

    def _decide(self, check: Check, decision: GateDecision) -> None:
        values = self.board.fields.values()
        conditions = self.board.conditions if decision is GateDecision.CONDITIONS else []
        with granting(self.board.granted()):
            decide_gate(
                self.context.store,
                self._review(),
                decision,
                check.today,
                values["decided_by"],
                values["reason"] or "",
                conditions,
                values["next_review"],
            )
        self.board.forget()
        self.context.toast(f"{check.gate.code} decided: {decision.lower()}", "Undo", partial(undo_last, self.context))

    def _vote(self, values: dict[str, Any]) -> None:
        if not (values["person"] and values["vote"]):
            raise Known("Say who votes, and for what.")
        vote_gate(self.context.store, self._review(), values["person"], GateDecision(values["vote"]), values["comment"])

    def _add_condition(self, values: dict[str, Any]) -> None:
        if not (values["text"] and values["owner"] and values["due"]):
            raise Known("A condition needs a text, an owner and a day. Fill them in.")
        self.board.conditions.append(Condition(values["text"], values["owner"], values["due"]))
        if self.check is not None:
            self.board.show_conditions(self.check)

    def _hold(self, values: dict[str, Any]) -> None:
        if self.check is not None:
            hold_review(self.context.store, self._review(), values["reviewer"], values["held_on"] or self.check.today)

    def _reopen(self, values: dict[str, Any]) -> None:
        reopen_gate(self.context.store, self._review(), values["reason"] or "")
        self.context.toast("Gate reopened", "Undo", partial(undo_last, self.context))

    def _review(self) -> str:
        """The review, opened when nobody has begun it."""
        assert self.check is not None, "the page shows a gate"  # noqa: S101
        gate = self.check.gate
        return gate.review or open_review(self.context.store, gate.project, gate.code)

    def _ask(self, title: str, fields: list[Field], button: str, finish: Any) -> None:
        under = QApplication.focusWidget()
        under = under if under is not None and self.isAncestorOf(under) else self.title
        self.box = open_box(self.context.store, self, title, fields, button, finish)
        self.box.open_under(under)

    def _show(self) -> None:
        check, method = self.check, self.method
        assert check is not None, "there is a check to show"  # noqa: S101
        assert method is not None, "and the method it follows"  # noqa: S101
        gate = check.gate
        part = method.find_gate(gate.code)
        self.title.setText(f"Gate review: {gate_title(gate.code, gate.name)}")
        name = check.names.get(gate.project, gate.project_called)
        planned = f"planned {day_text(gate.planned)}" if gate.planned else "no date"
        self.about.setText(f"{name}, {planned}. {gate.outlook.reason}")
        held = f"Reviewed by {check.names.get(gate.reviewer or '', 'somebody')}" if gate.reviewer else "Say who reviews"
        self.reviewed.setText(f"{held}, {day_text(gate.held_on)}" if gate.held_on else held)
        self.reviewed.setEnabled(not gate.closed and not self.context.store.readonly)
        self.head.show_gate(check)
        self.checklist.show_lines(content.checklist_lines(part, method, check) if part else [])
        self.board.show_check(check)

    def _lay_out(self) -> None:
        back = Button("Back to the library", "library", "ghost", self.left.emit)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.addWidget(self.about, 1)
        below.addWidget(self.reviewed)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 16, 20, 0)
        middle.setSpacing(4)
        middle.addLayout(top)
        middle.addLayout(below)
        middle.addSpacing(8)
        middle.addWidget(self.head)
        middle.addSpacing(8)
        middle.addWidget(rule())
        middle.addWidget(self.checklist, 1)
        self.board.setFixedWidth(current_theme().px(_BOARD))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.board)
