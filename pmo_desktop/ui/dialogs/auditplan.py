"""Planning checks: one of a project or the portfolio, or a sample of projects that is drawn by their risk."""

from __future__ import annotations

import random
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from pmo_desktop.figures.audits import Pick, audit_sample
from pmo_desktop.operations.audits import plan_audit, shipped_questions, take_questions
from pmo_desktop.rules.assurance import AuditKind
from pmo_desktop.rules.wording import capital, count_text
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget
from pmo_desktop.ui.dialogs.peoplefield import PeopleField, people_in_use
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.lastundo import undo_last

_WHOLE, _NO_DAY = "The whole portfolio", "The day is no day. Type it such as 13 Nov 2026."
_PICKS = ("Project", "Name", "Weight", "Why")
_USUAL, _MOST = 5, 50
_SEEDS = 1_000_000


class CheckFields:
    """What every check is planned with: its kind, its questions, who does it and when."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kind, self.questions = QComboBox(), QComboBox()
        for each in AuditKind:
            self.kind.addItem(each, each)
        kept = {str(row["name"]): str(row["id"]) for row in read_rows(store, "question_set")}
        for name in sorted({*kept, *(sheet.name for sheet in shipped_questions())}):
            self.questions.addItem(name, kept.get(name))
        self.auditor, self.day = PeopleField(people_in_use(store)), DateField()
        self.questions.setCurrentIndex(max(0, self.questions.findText("Project health check")))

    def add_to(self, dialog: Dialog) -> None:
        """Put the fields into a dialog."""
        form = dialog.add_form()
        for words, field in (
            ("Kind", self.kind),
            ("Questions", self.questions),
            ("Auditor", self.auditor),
            ("Planned for", self.day),
        ):
            add_row(form, words, field)

    def plan(self, title: str, project: str | None) -> str:
        """Plan a check; questions that are shipped are taken into the portfolio when they are first used."""
        try:
            day = self.day.day()
        except ValueError:
            raise Known(_NO_DAY) from None
        chosen = self.questions.currentData()
        if chosen is None:
            name = self.questions.currentText()
            chosen = take_questions(self.store, next(each for each in shipped_questions() if each.name == name))
            self.questions.setItemData(self.questions.currentIndex(), chosen)
        kind = AuditKind(self.kind.currentData())
        return plan_audit(self.store, title, chosen, project, kind=kind, planned=day, auditor=self.auditor.person)


class PlanDialog(Dialog):
    """One check of a project, or of the whole portfolio."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Plan a health check", parent, width=640, accept_text="Plan check")
        self.context, self.made = context, ""
        self.title, self.project = QLineEdit("Health check"), QComboBox()
        self.project.setMaxVisibleItems(20)
        self.project.addItem(_WHOLE, None)
        rows = [row for row in read_rows(context.store, "project") if row["lifecycle_status"] not in ENDED]
        for row in sorted(rows, key=lambda row: str(row["ref"] or row["name"])):
            self.project.addItem("  ".join(filter(None, (row["ref"], row["name"]))), row["id"])
        form = self.add_form()
        add_row(form, "Title", self.title)
        add_row(form, "Project", self.project)
        self.fields = CheckFields(context.store)
        self.fields.add_to(self)

    def commit(self) -> str:
        """Plan it."""
        try:
            self.made = self.fields.plan(self.title.text(), self.project.currentData())
        except Known as known:
            return str(known)
        self.context.toast("Check planned", "Undo", partial(undo_last, self.context))
        self.context.navigate("audits", self.made)
        return ""


class SampleDialog(Dialog):
    """So many projects drawn by risk, each with its reasons; those that stay ticked are planned."""

    def __init__(self, context: Context, parent: QWidget | None = None, seed: int | None = None) -> None:
        super().__init__("Propose a sample", parent, width=960, accept_text="Plan checks")
        self.context, self.seed = context, random.randrange(_SEEDS) if seed is None else seed  # noqa: S311  a draw
        self.picks: tuple[Pick, ...] = ()
        self.count = QSpinBox()
        self.count.setRange(1, _MOST)
        self.count.setValue(_USUAL)
        self.again = Button("Draw again", "refresh-cw", slot=self.draw_again)
        self.told = label("", "body2", wrap=True)
        self.table = PlainTable(_PICKS, (110, 236, 80, 0), [], "Sample", ticks=True)
        self.fields = CheckFields(context.store)
        drawn = QHBoxLayout()
        drawn.setSpacing(8)
        drawn.addWidget(self.count)
        drawn.addWidget(self.again)
        drawn.addStretch(1)
        self.count.setAccessibleName("How many projects")
        add_row(self.add_form(), "How many projects", as_widget(drawn))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.fields.add_to(self)
        self.count.valueChanged.connect(lambda _count: self.draw())
        self.table.itemChanged.connect(lambda _item: self._count())
        self.draw()

    def draw(self) -> None:
        """Draw as many as are wanted."""
        self.picks = audit_sample(self.context.store, self.count.value(), self.seed)
        rows = [(each.called, each.name, f"{each.weight:.1f}", capital(", ".join(each.reasons))) for each in self.picks]
        self.table.blockSignals(True)
        self.table.fill(rows, ticks=True)
        self.table.wrap_rows()
        self.table.blockSignals(False)
        self.told.setText(
            "Drawn by tier, rating, slip, overspend, the time since the last check and critical findings; "
            f"a heavier project is drawn more often. Draw {self.seed}."
        )
        self._count()

    def draw_again(self) -> None:
        """Another draw of the same weights."""
        self.seed = random.randrange(_SEEDS)  # noqa: S311  as above
        self.draw()

    def commit(self) -> str:
        """Plan a check of each project that is ticked."""
        chosen = self._chosen()
        if not chosen:
            return "No project is ticked. Tick at least one."
        try:
            for pick in chosen:
                self.fields.plan(f"{self.fields.kind.currentText()} of {pick.called}", pick.project)
        except Known as known:
            return str(known)
        self.context.toast(f"{count_text(len(chosen), 'check')} planned")
        return ""

    def _chosen(self) -> list[Pick]:
        return [pick for row, pick in enumerate(self.picks) if self.table.is_ticked(row)]

    def _count(self) -> None:
        if self.accept_button is not None:
            self.accept_button.setText(f"Plan {count_text(len(self._chosen()), 'check')}")
            self.accept_button.updateGeometry()
