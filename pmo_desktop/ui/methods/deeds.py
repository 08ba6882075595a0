"""What a person does with the criteria of a gate: answer one or many, put evidence to them, ask for a waiver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog

from pmo_desktop.figures.gatecheck import CriterionCheck
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.attachments import attach_file, attach_link
from pmo_desktop.operations.gates import answer_criteria, clear_answer, open_review
from pmo_desktop.operations.waivers import decide_waiver, request_waiver
from pmo_desktop.rules.assurance import Answer, WaiverStatus
from pmo_desktop.rules.compliance import Event
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.kinds import long_date
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.methods.asking import open_box
from pmo_desktop.ui.methods.check import Check
from pmo_desktop.ui.methods.linesview import LinesView

COMMENT = Field("comment", "Comment", Kind.NOTE, required=True)
REASON = Field("reason", "Reason", Kind.NOTE, required=True)
LINK, NAME = Field("link", "Address", Kind.TEXT, required=True), Field("name", "Name", Kind.TEXT)
DECIDED = Field(
    "decision", "Decision", Kind.CHOICE, required=True, choices=(WaiverStatus.APPROVED, WaiverStatus.REJECTED)
)
ANSWERS = {"Y": Answer.YES, "P": Answer.PARTLY, "N": Answer.NO, "-": Answer.NOT_APPLICABLE}
_ASKED = {Answer.NO: "Why is it not met?", Answer.NOT_APPLICABLE: "Why does it not apply?"}


class CheckList(Protocol):
    """What shows a check with its list of criteria: the pane, and the page of a gate review."""

    context: Context
    check: Check | None
    checklist: LinesView


class CheckDeeds:
    """The deeds at the criteria that are chosen in a list; `box` is the question that is open, or was last."""

    def __init__(self, shown: CheckList) -> None:
        self.shown = shown
        self.box: AskBox | None = None
        keys: dict[str, Callable[[], object]] = {key: partial(self.answer, each) for key, each in ANSWERS.items()}
        keys |= {" ": self.tick, "A": self.attach, "L": self.ask_link, "W": self.ask_waiver}
        if not shown.context.store.readonly:
            shown.checklist.keys = keys
            shown.checklist.ticked.connect(self.tick)

    @property
    def store(self) -> Store:
        """The file."""
        return self.shown.context.store

    def chosen(self) -> list[CriterionCheck]:
        """The criteria that are chosen, or the current one."""
        check, view = self.shown.check, self.shown.checklist
        keys = view.chosen_keys() or [view.current_key]
        return [found for key in keys if check and (found := check.find(key))]

    # ------------------------------------------------------------------ answers

    def answer(self, answer: Answer) -> None:
        """Answer what is chosen; No and N/A ask for the comment first."""
        criteria = self.chosen()
        if not criteria:
            self.shown.context.say("Choose a project under “Check for” to answer its criteria.")
        elif answer in _ASKED:
            self._ask_comment(criteria, answer)
        else:
            self._try(partial(self._answer, criteria, answer))

    def tick(self, key: str = "") -> None:
        """A criterion that is met becomes open again, any other one is met."""
        check = self.shown.check
        found = check.find(key or self.shown.checklist.current_key) if check else None
        if found is None or check is None:
            return
        if found.answer is Answer.YES and check.gate.review:
            self._try(partial(clear_answer, self.store, check.gate.review, found.code))
        else:
            self._try(partial(self._answer, [found], Answer.YES))

    def _answer(self, criteria: Sequence[CriterionCheck], answer: Answer, comment: str | None = None) -> None:
        comments = {} if comment is None else {each.code: comment for each in criteria}
        answer_criteria(self.store, self._review(), {each.code: answer for each in criteria}, comments)
        if len(criteria) > 1:
            said = f"{count_text(len(criteria), 'criterion', 'criteria')} answered {answer}"
            self.shown.context.toast(said, "Undo", partial(undo_last, self.shown.context))

    def _ask_comment(self, criteria: Sequence[CriterionCheck], answer: Answer) -> None:
        check = self.shown.check
        if check is not None and check.gate.closed:
            self._try(partial(self._answer, criteria, answer))  # which says why it cannot be answered
            return
        one = criteria[0].text if len(criteria) == 1 else f"{len(criteria):,} criteria"
        said = {each.comment for each in criteria}
        self._ask(
            _ASKED[answer],
            [COMMENT],
            f"Answer {answer}",
            lambda values: self._answer(criteria, answer, values["comment"]),
            {"comment": said.pop() if len(said) == 1 else ""},
            one,
        )

    def _review(self) -> str:
        """The review of the gate, opened when nobody has begun it."""
        check = self.shown.check
        assert check is not None, "criteria are chosen, so there is a check"  # noqa: S101
        return check.gate.review or open_review(self.store, check.gate.project, check.gate.code)

    # ------------------------------------------------------------------ evidence and waivers

    def attach(self) -> None:
        """Choose a file that shows that the criterion is met."""
        target = self._target()
        if target is None:
            return
        chosen, _kind = QFileDialog.getOpenFileName(self.shown.checklist, "Attach evidence")
        if chosen:
            self._try(partial(attach_file, self.store, *target, Path(chosen)))

    def ask_link(self) -> None:
        """Ask for the address of a page that shows it."""
        target = self._target()
        if target is not None:
            self._ask(
                "Attach a link",
                [LINK, NAME],
                "Attach link",
                lambda values: attach_link(self.store, *target, values["link"] or "", values["name"]),
            )

    def ask_waiver(self) -> None:
        """Ask why a criterion should be waived and until when."""
        criteria, check = self.chosen(), self.shown.check
        if check is None or not criteria:
            self.shown.context.say("Choose a project under “Check for” to ask for a waiver.")
            return
        waiver = check.waivers.get(criteria[0].code)
        if waiver is not None and waiver["status"] == WaiverStatus.REQUESTED:
            self.ask_decision(waiver)
            return
        fields = [REASON, find_field("waiver", "expires"), find_field("waiver", "requested_by")]
        self._ask(
            "Ask for a waiver",
            fields,
            "Request waiver",
            partial(self._request, check, criteria[0]),
            {},
            criteria[0].text,
        )

    def ask_gate_waiver(self, events: Sequence[Event]) -> None:
        """Ask to pass a gate in spite of everything that some rules say stands against it."""
        check = self.shown.check
        if check is None:
            return
        fields = [REASON, find_field("waiver", "expires"), find_field("waiver", "requested_by")]
        told = f"For all that {check.gate.code} lacks."
        finish = partial(self._request_for_gate, check, events)
        self._ask("Ask for a waiver", fields, "Request waiver", finish, {}, told)

    def ask_decision(self, waiver: Record) -> None:
        """Ask whether a waiver that somebody requested is approved, by whom and until when."""
        until = {"expires": long_date(waiver["expires"])} if waiver["expires"] else {}
        fields = [DECIDED, find_field("waiver", "approver"), find_field("waiver", "expires")]
        told = f"{waiver['subject']}: {waiver['reason'] or ''}"
        self._ask(f"Decide {waiver['ref'] or 'the waiver'}", fields, "Keep", partial(self._decide, waiver), until, told)

    def _decide(self, waiver: Record, values: dict[str, Any]) -> None:
        check, said = self.shown.check, values["decision"]
        assert check is not None, "a waiver is decided where it is shown"  # noqa: S101
        approve = said == WaiverStatus.APPROVED
        decide_waiver(self.store, waiver["id"], approve, check.today, values["approver"], values["expires"])
        self.shown.context.toast(f"Waiver {said.lower()}", "Undo", partial(undo_last, self.shown.context))

    def _request_for_gate(self, check: Check, events: Sequence[Event], values: dict[str, Any]) -> None:
        gate = check.gate
        for event in events:
            request_waiver(
                self.store,
                gate.project,
                f"{gate.code}: {event.lower()}",
                values["reason"] or "",
                check.today,
                event,
                gate.code,
                values["requested_by"],
                values["expires"],
            )
        self.shown.context.toast("Waiver requested", "Undo", partial(undo_last, self.shown.context))

    def _request(self, check: Check, criterion: CriterionCheck, values: dict[str, Any]) -> None:
        request_waiver(
            self.store,
            check.gate.project,
            criterion.text,
            values["reason"] or "",
            check.today,
            Event.MISSING,
            criterion.code,
            values["requested_by"],
            values["expires"],
        )
        self.shown.context.toast("Waiver requested", "Undo", partial(undo_last, self.shown.context))

    def _target(self) -> tuple[str, str] | None:
        """What evidence is put to: the deliverable that shows the criterion, else the answer to it."""
        criteria, check = self.chosen(), self.shown.check
        if check is None or not criteria:
            self.shown.context.say("Choose a project under “Check for” to attach evidence.")
            return None
        first = criteria[0]
        if first.deliverable:
            return "deliverable", first.deliverable
        if first.code in check.answers:
            return "gate_answer", check.answers[first.code]
        self.shown.context.say("Answer this criterion first; its evidence is then kept with the answer.")
        return None

    # ------------------------------------------------------------------ below the counter

    def _ask(
        self,
        title: str,
        fields: Sequence[Field],
        button: str,
        finish: Callable[[dict[str, Any]], object],
        filled: dict[str, str] | None = None,
        told: str = "",
    ) -> None:
        view = self.shown.checklist
        self.box = open_box(self.store, view, title, fields, button, finish, filled, told)
        rect = view.visualRect(view.currentIndex())
        self.box.open_at(view.viewport().mapToGlobal(QPoint(rect.left() + 40, rect.bottom() + 2)))

    def _try(self, deed: Callable[[], object]) -> None:
        """Do something; what stands against it is said and stays until it is read."""
        try:
            deed()
        except Known as known:
            self.shown.context.toast(str(known))
