"""The review queue: one risk after the other by keyboard; that nothing changed is a review too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pmo_desktop.figures.reviews import Review, read_reviews
from pmo_desktop.figures.riskbook import RiskBook, read_risk_book
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.records import close_records, create_record
from pmo_desktop.operations.risks import escalate_entry, rescore_risk, review_risk
from pmo_desktop.rules.reviews import review_days
from pmo_desktop.rules.risk import LAYERS
from pmo_desktop.rules.wording import count_text, number_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.dialog import Dialog, as_widget
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.label import label
from pmo_desktop.ui.typed import Names

_KEYS = "J and K next and previous, R no change, two digits re-score, A add action, E escalate, C close"
_WHY = Field("reason", "Reason", Kind.NOTE)


class ReviewQueue(Dialog):
    """Lists the reviews that are due; each deed is one step to undo and goes on to the next risk."""

    def __init__(self, context: Context, reading: Reading, names: Names, parent: QWidget | None = None) -> None:
        super().__init__("Reviews due", parent, width=960)
        self.context, self.reading, self.names = context, reading, names
        self.today = data_date(read_settings(context.store))
        self.reviews: list[Review] = []
        self.book: RiskBook = read_risk_book(context.store)
        self.first_digit = 0  # the likelihood typed, until the impact follows
        self.finished_reviews = 0
        self.box: AskBox | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Risks to review")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the dialog itself takes the keys
        self.heading = label("", "subtitle", wrap=True)
        self.where = label("", "caption", wrap=True)
        self.why = label("", "body2", wrap=True)
        self.hints = label("", "caption", wrap=True)
        self.words = label("", "body2", wrap=True)
        self.progress = label("", "caption")
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.read()

    def read(self, keep: str = "") -> None:
        """Read the queue again, standing on a risk or on the one that took its place."""
        place = max(0, self.list.currentRow())
        self.book = read_risk_book(self.context.store)
        self.reviews = [each for each in read_reviews(self.context.store) if each.is_due(self.today)]
        self.list.clear()
        for each in self.reviews:
            score = number_text(each.risk.now.score) if each.risk.now else "-"
            self.list.addItem(QListWidgetItem(f"{score:>3}  {each.risk.called}  {each.risk.row['title']}"))
        kept = next((at for at, each in enumerate(self.reviews) if each.risk.id == keep), None)
        self.list.setCurrentRow(min(place if kept is None else kept, len(self.reviews) - 1))
        self._show()

    @property
    def now(self) -> Review | None:
        """The review that the queue stands on."""
        row = self.list.currentRow()
        return self.reviews[row] if 0 <= row < len(self.reviews) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        digit = key - Qt.Key.Key_0
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_J: lambda: self.step(1),
            Qt.Key.Key_Down: lambda: self.step(1),
            Qt.Key.Key_K: lambda: self.step(-1),
            Qt.Key.Key_Up: lambda: self.step(-1),
            Qt.Key.Key_R: self.keep,
            Qt.Key.Key_A: self.ask_action,
            Qt.Key.Key_E: self.ask_escalation,
            Qt.Key.Key_C: self.ask_close,
        }
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and key in deeds:
            deeds[key]()
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier and 1 <= digit <= self._most_digit():
            self.type_digit(digit)
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next or the previous risk."""
        self.first_digit = 0
        self.list.setCurrentRow(max(0, min(len(self.reviews) - 1, self.list.currentRow() + by)))

    def keep(self) -> None:
        """Nothing changed: that is a review."""
        self._do(lambda review: review_risk(self.context.store, review.risk.id, self.today, self._next_day(review)))

    def type_digit(self, digit: int) -> None:
        """The first digit is the likelihood, the second the impact: both together re-score and review."""
        review = self.now
        if review is None:
            return
        if not self.first_digit:
            self.first_digit = digit
            self._show()
            return
        likelihood, self.first_digit = self.first_digit, 0

        def deed(of: Review) -> None:
            scheme = self.book.scheme
            level = scheme.judge(likelihood, digit).level
            looked = (self.today, self.today + timedelta(days=review_days(level, len(scheme.bands))))
            rescore_risk(self.context.store, of.risk.id, "residual", likelihood, digit, scheme, "Review", looked)

        self._do(deed)

    def ask_action(self) -> None:
        """Ask for an action about the risk."""
        fields = [find_field("mitigation", name) for name in ("description", "owner", "due")]
        self._ask("New action", fields, "Add action", self._add_action)

    def ask_escalation(self) -> None:
        """Ask to whom the risk is escalated, and why."""
        fields = [find_field("risk", "escalated_to"), _WHY]
        self._ask("Escalate", fields, "Escalate", self._escalate)

    def ask_close(self) -> None:
        """Ask why the risk is closed."""
        self._ask("Close", [_WHY], "Close", self._close)

    # ------------------------------------------------------------------ below the counter

    def _add_action(self, values: Mapping[str, Any]) -> None:
        if review := self.now:
            given = {name: value for name, value in values.items() if value is not None}
            create_record(self.context.store, "mitigation", {"risk": review.risk.id} | given)
            self.read(review.risk.id)

    def _escalate(self, values: Mapping[str, Any]) -> None:
        if review := self.now:
            escalate_entry(self.context.store, "risk", review.risk.id, values["escalated_to"] or "", values["reason"])
            self.read(review.risk.id)

    def _close(self, values: Mapping[str, Any]) -> None:
        if review := self.now:
            close_records(self.context.store, "risk", [review.risk.id], self.today, values["reason"])
            self.finished_reviews += 1
            self.read()

    def _do(self, deed: Callable[[Review], object]) -> None:
        """A deed about the risk on screen; what cannot be done is said."""
        review = self.now
        if review is None:
            return
        try:
            deed(review)
        except Known as known:
            self.show_message(str(known))
            return
        self.clear_message()
        self.finished_reviews += 1
        self.read()

    def _most_digit(self) -> int:
        """The greatest point of the axis that the next digit is for."""
        return self.book.scheme.impacts if self.first_digit else self.book.scheme.likelihoods

    def _next_day(self, review: Review) -> date:
        level = review.risk.now.level if review.risk.now else None
        return self.today + timedelta(days=review_days(level, len(self.book.scheme.bands)))

    def _ask(self, title: str, fields: list[Field], button: str, finish: Callable[[dict[str, Any]], object]) -> None:
        review = self.now
        if review is None:
            return
        self.box = AskBox(
            self.list,
            f"{title}: {review.risk.called}",
            fields,
            button,
            finish,
            reading=self.reading,
            names=self.names,
            choices=lambda _field: (),
        )
        self.box.open_under(self.heading)

    def _show(self) -> None:
        review = self.now
        left = count_text(len(self.reviews), "review")
        self.progress.setText(f"{left} due, {self.finished_reviews:,} done")
        if review is None:
            self.heading.setText("No review is due")
            for each in (self.where, self.why, self.hints, self.words):
                each.setText("")
            return
        row = review.risk.row
        self.heading.setText(f"{review.risk.called}  {row['title']}")
        names = self.reading.names
        parts = [names.get(row[name] or "", "") for name in ("project", "owner")]
        rated = zip(LAYERS, review.risk.ratings, strict=True)
        scores = [f"{word} {number_text(score)}" for word, score in rated if score is not None]
        typed = f"Likelihood {self.first_digit}, impact?" if self.first_digit else ""
        self.where.setText("   ".join(part for part in (*parts, ", ".join(scores), typed) if part))
        self.why.setText(" ".join(review.reasons))
        self.hints.setText("Hints: " + " ".join(review.hints) if review.hints else "")
        told = ((word.capitalize(), row[word]) for word in ("cause", "event", "effect"))
        self.words.setText("\n\n".join(f"{head}: {text}" for head, text in told if text))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        for each in (self.heading, self.where, self.why, self.words, self.hints):
            right.addWidget(each)
        right.addStretch(1)
        buttons = QHBoxLayout()
        for words, icon, slot in (
            ("No change", "check", self.keep),
            ("Add action", "plus", self.ask_action),
            ("Escalate", "arrow-up", self.ask_escalation),
            ("Close risk", "circle-check", self.ask_close),
        ):
            buttons.addWidget(Button(words, icon, slot=slot))
        buttons.addStretch(1)
        right.addLayout(buttons)
        right.addWidget(label(_KEYS, "caption", wrap=True))
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.list, 4)
        both.addWidget(as_widget(right), 6)
        self.list.setMinimumHeight(380)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long title ends in dots
        self.body.addLayout(both, 1)
        self.foot.insertWidget(0, self.progress)
