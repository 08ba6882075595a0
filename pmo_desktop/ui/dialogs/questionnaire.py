"""The questionnaire of a check: every question by section, answered by mouse or keys, with its score and findings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.figures.audits import AuditLine, AuditSheet, read_audit
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.operations.audits import answer_questions, report_audit
from pmo_desktop.operations.findings import raise_finding
from pmo_desktop.rules.assurance import Answer, AuditStatus, Grade
from pmo_desktop.rules.wording import count_text, percent_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.kinds import Reading, long_date
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.segments import Segments
from pmo_desktop.ui.typed import Names

_KEYS = {
    Qt.Key.Key_Y: Answer.YES,
    Qt.Key.Key_P: Answer.PARTLY,
    Qt.Key.Key_N: Answer.NO,
    Qt.Key.Key_Minus: Answer.NOT_APPLICABLE,
}
_HELP = "Y yes, P partly, N no, - not applicable; up and down go from question to question; F raises a finding"
_WHY = "Say why: No and N/A need a comment."
_TALL = 600


class Questionnaire(Dialog):
    """Each answer is one step to undo; a check that is reported is only read."""

    def __init__(
        self, context: Context, audit: str, reading: Reading, names: Names, parent: QWidget | None = None
    ) -> None:
        self.sheet: AuditSheet = read_audit(context.store, audit)
        head = self.sheet.row
        super().__init__(" ".join(filter(None, (head["ref"], head["title"]))), parent, width=960)
        self.context, self.audit, self.reading, self.names = context, audit, reading, names
        self.today = data_date(read_settings(context.store))
        self.box: AskBox | None = None
        self.rows: dict[str, QuestionRow] = {}
        self.scores: dict[str, Any] = {}
        self.progress = label("", "body2")
        self.report_button = Button("Report…", "flag", slot=self.ask_report)
        self._lay_out()
        self.read()

    @property
    def can_answer(self) -> bool:
        """Whether the check is still open."""
        over = (AuditStatus.REPORTED, AuditStatus.CANCELLED)
        return not self.context.store.readonly and self.sheet.row["status"] not in over

    def read(self) -> None:
        """Say how the check stands now."""
        self.sheet = read_audit(self.context.store, self.audit)
        findings: dict[str, list[str]] = {}
        for row in self.sheet.findings:
            repeats = f", repeats {row['repeat_of']}" if row["repeat_of"] else ""
            words = f"{row['ref']} {row['title']} ({row['grade'] or 'not graded'}, {row['status']}{repeats})"
            findings.setdefault(row["code"] or "", []).append(words)
        for section in self.sheet.sections:
            self.scores[section.name].setText(say_score(section.score))
            for line in section.lines:
                self.rows[line.code].show_line(line, findings.get(line.code, []), editable=self.can_answer)
        score = say_score(self.sheet.score)
        answered = f"{self.sheet.answered:,} of {self.sheet.asked:,} answered"
        raised = count_text(len(self.sheet.findings), "finding")
        status = self.sheet.row["status"] or AuditStatus.PLANNED
        self.progress.setText(f"{status}   {answered}   {score}   {raised}")
        self.report_button.setVisible(self.can_answer)

    def answer(self, code: str, answer: Answer | None, comment: str) -> None:
        """Write an answer; what is wrong with it is said at its question."""
        row = self.rows[code]
        try:
            answer_questions(self.context.store, self.audit, {code: answer}, {code: comment})
        except Known as known:
            row.refuse(_WHY if answer in (Answer.NO, Answer.NOT_APPLICABLE) and not comment else str(known))
            return
        self.read()

    def step(self, code: str, by: int) -> None:
        """Go to another question."""
        codes = list(self.rows)
        at = max(0, min(len(codes) - 1, codes.index(code) + by))
        self.rows[codes[at]].setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(self.rows[codes[at]], 0, 40)

    def ask_finding(self, code: str) -> None:
        """Ask what was found with a question."""
        fields = [find_field("finding", each) for each in ("title", "grade", "owner", "due", "cause", "recommendation")]
        filled = {"grade": str(Grade.ESSENTIAL)}
        told = self.rows[code].line.text
        self._ask(self.rows[code], "Raise a finding", fields, "Raise finding", partial(self._raise, code), filled, told)

    def ask_report(self) -> None:
        """Ask for the day and the opinion."""
        fields = [find_field("audit", each) for each in ("held_on", "opinion")]
        filled = {"held_on": long_date(self.today), "opinion": self.sheet.row["opinion"] or ""}
        told = f"{self.sheet.answered:,} of {self.sheet.asked:,} answered. {say_score(self.sheet.score)}."
        self._ask(self.report_button, "Report the check", fields, "Report", self._report, filled, told)

    # ------------------------------------------------------------------ below the counter

    def _raise(self, code: str, values: dict[str, Any]) -> None:
        made = raise_finding(
            self.context.store,
            self.audit,
            code,
            values["title"] or "",
            Grade(values["grade"] or Grade.ESSENTIAL),
            values["owner"],
            values["due"],
            cause=values["cause"],
            recommendation=values["recommendation"],
        )
        self.read()
        self.show_message(f"{made.ref} raised. {made.repeats}".strip(), "warn" if made.repeats else "ok")

    def _report(self, values: dict[str, Any]) -> None:
        score = report_audit(self.context.store, self.audit, values["held_on"] or self.today, values["opinion"])
        self.read()
        self.show_message(f"Reported. {say_score(score)}.", "ok")

    def _ask(
        self,
        under: QWidget,
        title: str,
        fields: list[Field],
        button: str,
        finish: Callable[[dict[str, Any]], object],
        filled: dict[str, str],
        told: str,
    ) -> None:
        self.box = AskBox(
            under,
            title,
            fields,
            button,
            finish,
            reading=self.reading,
            names=self.names,
            choices=lambda field: field.choices,
            filled=filled,
            told=told,
        )
        self.box.open_under(under)

    def _lay_out(self) -> None:
        self.body.addWidget(self.progress)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for section in self.sheet.sections:
            head = QHBoxLayout()
            head.setContentsMargins(2, 10, 10, 0)
            head.addWidget(label(section.name or "Questions", "subtitle"), 1)
            self.scores[section.name] = label("", "strong")
            head.addWidget(self.scores[section.name])
            column.addLayout(head)
            for line in section.lines:
                row = self.rows[line.code] = QuestionRow(line)
                row.answered.connect(partial(self.answer, line.code))
                row.stepped.connect(partial(self.step, line.code))
                row.finding_asked.connect(partial(self.ask_finding, line.code))
                column.addWidget(row)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(min(_TALL, max(240, self._room())))
        self.area.setWidget(inside)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(label(_HELP, "caption", wrap=True))
        self.foot.insertWidget(0, self.report_button)

    def _room(self) -> int:
        return self.screen().availableGeometry().height() - 260


class QuestionRow(Rows):
    """One question: what is asked, the four answers, a comment, and the findings raised with it."""

    answered = Signal(object, str)
    stepped = Signal(int)
    finding_asked = Signal()

    def __init__(self, line: AuditLine) -> None:
        super().__init__("card")
        self.line, self.chosen = line, line.answer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.answers = Segments("Answer", [(each, each, each) for each in Answer])
        self.comment = QLineEdit()
        self.comment.setPlaceholderText("Comment")
        self.comment.setAccessibleName(f"Comment on {line.code}")
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.found = label("", "caption", wrap=True)
        self.finding_button = IconButton("flag", f"Raise a finding with {line.code}", self.finding_asked.emit)
        self._lay_out()
        self.answers.chosen.connect(lambda key: self.take(Answer(key)))
        self.comment.editingFinished.connect(self._commented)

    def show_line(self, line: AuditLine, findings: list[str], *, editable: bool) -> None:
        """Show what was answered."""
        self.line, self.chosen = line, line.answer
        if line.answer is not None:
            self.answers.show_choice(line.answer)
        if not self.comment.hasFocus():
            self.comment.setText(line.comment)
        for part in (self.answers, self.comment, self.finding_button):
            part.setEnabled(editable)
        self.found.setText("\n".join(findings))
        self.found.setVisible(bool(findings))
        self.refuse("")
        answer = line.answer or "not answered"
        self.setAccessibleName(f"{line.code}: {line.text} {answer}. {line.comment}".strip())

    def take(self, answer: Answer) -> None:
        """Answer; without the comment it needs the keyboard goes there."""
        self.chosen = answer
        self.answers.show_choice(answer)
        self.answered.emit(answer, self.comment.text().strip())
        if not self.wrong.isHidden():
            self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, reason: str) -> None:
        """Say at the question what is wrong with its answer."""
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))
        self.comment.setProperty("wrong", bool(reason))
        self.comment.style().unpolish(self.comment)
        self.comment.style().polish(self.comment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _KEYS and self.answers.isEnabled():
            self.take(_KEYS[key])
        elif plain and key == Qt.Key.Key_F and self.finding_button.isEnabled():
            self.finding_asked.emit()
        elif plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(on=False)

    def _show_focus(self, *, on: bool) -> None:
        self.setProperty("chosen", on)
        self.style().unpolish(self)
        self.style().polish(self)

    def _commented(self) -> None:
        text = self.comment.text().strip()
        if text != self.line.comment or self.chosen != self.line.answer:
            self.answered.emit(self.chosen, text)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.line.text, "body_medium", wrap=True))
        if self.line.guidance:
            words.addWidget(label(self.line.guidance, "caption", wrap=True))
        upper = QHBoxLayout()
        upper.setSpacing(12)
        code = label(self.line.code, "caption")
        code.setMinimumWidth(44)
        upper.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(words, 1)
        upper.addWidget(self.answers, 0, Qt.AlignmentFlag.AlignTop)
        upper.addWidget(self.finding_button, 0, Qt.AlignmentFlag.AlignTop)
        lower = QVBoxLayout()
        lower.setContentsMargins(56, 0, 0, 0)
        lower.setSpacing(2)
        for part in (self.comment, self.wrong, self.found):
            lower.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 10)
        column.setSpacing(6)
        column.addLayout(upper)
        column.addLayout(lower)


def say_score(score: float | None) -> str:
    """A score in words."""
    return "No score yet" if score is None else f"Score {percent_text(score)}"
