"""Applying a methodology to a project: its size, the version that fits, and what it would get; one button, one step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmo_desktop.figures.applying import Plan, preview_apply
from pmo_desktop.figures.methods import read_method
from pmo_desktop.figures.sizing import MethodProposal, project_dates, propose_method, propose_sizing
from pmo_desktop.operations.fitting import Fitting, fit_project
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_row, read_rows, read_settings
from pmo_desktop.ui.dialogs.applypages import PlanTable, SizePart, say_plan
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.methodlife import people_box
from pmo_desktop.ui.label import label, rule
from pmo_desktop.ui.theme import current_theme

_SIZE_WIDTH, _LABELS = 300, 88  # pixels


class ApplyDialog(Dialog):
    """`project` and `methodology` are those to begin with; both can be chosen in the dialog."""

    def __init__(
        self, store: Store, project: str | None = None, methodology: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Apply a methodology", parent, width=960, accept_text="Apply methodology")
        self.store, self.said = store, ""
        self.today = data_date(read_settings(store))
        self.names = read_names(store)
        self.wanted = methodology  # the version chosen by hand
        self.without: set[str] = set()
        self.plan: Plan | None = None
        self.proposals: tuple[MethodProposal, ...] = ()
        self._read: tuple[str, Method] | None = None
        self.project, self.method = QComboBox(), QComboBox()
        self.start = DateField(placeholder="As the project starts")
        self.sizing, self.table = SizePart(), PlanTable()
        self.fits, self.told = label("", "caption_quiet", wrap=True), label("", "body2", wrap=True)
        self.reason, self.by, self.blank = QLineEdit(), people_box(store), QWidget()
        self._lay_out()
        self._offer_projects(project)
        self.project.currentIndexChanged.connect(lambda _at: self.take_project())
        self.method.activated.connect(self._choose_method)
        self.method.currentIndexChanged.connect(lambda _at: self.look())
        self.start.editingFinished.connect(self.look)
        self.start.textChanged.connect(self._look_at_pick)
        self.sizing.changed.connect(self._resized)
        self.table.unticked.connect(self._leave_out)
        self.take_project()

    def take_project(self) -> None:
        """Begin again with the chosen project: its size and its start."""
        key = self.project.currentData()
        row = read_row(self.store, "project", key) if key else None
        if row is None:
            self.look()
            return
        self.without.clear()
        start = project_dates(row)[0]
        self.start.set_day(start)
        with QSignalBlocker(self.sizing):
            self.sizing.show_proposal(propose_sizing(self.store, key))
        self._resized()

    def look(self) -> None:
        """Show what the project would get; what stands against it is said instead."""
        self.clear_message()
        key, chosen = self.project.currentData(), self.method.currentData()
        self.plan, problem = None, ""
        if key is None:
            problem = "There is no live project to apply a methodology to."
        elif chosen is None:
            problem = "No methodology is approved yet. Approve a version in the methodology pane first."
        else:
            problem = self._preview(key, chosen)
        self._show(problem)

    def commit(self) -> str:
        """Size the project and apply the version."""
        self.look()
        if self.plan is None:
            return self.told.text()
        try:
            start = self.start.day()
            fitting = Fitting(
                self.sizing.points,
                self.plan.methodology,
                self.sizing.chosen_tier(),
                self.sizing.why.text(),
                start,
                frozenset(self.without),
                self.reason.text(),
                self.by.currentData(),
            )
            fit_project(self.store, self.plan.project, fitting, self.today)
        except (Known, ValueError) as wrong:
            return str(wrong)
        self.said = f"{self.method.currentText()} applied to {self.project.currentText()}"
        return ""

    # ------------------------------------------------------------------ below the counter

    def _tier(self) -> str:
        return self.sizing.chosen_tier() or str(self.sizing.judged.tier or "")

    def _preview(self, project: str, methodology: str) -> str:
        """Work the plan out; a sentence when there is none."""
        method = self._method(methodology)
        tier = self._tier()
        bound = {each.code for _, each in method.outputs() if each.mandatory.binds(tier or None)}
        self.without &= {each.code for _, each in method.outputs()} - bound
        try:
            self.plan = preview_apply(
                self.store, project, methodology, self.start.day(), frozenset(self.without), tier or None
            )
        except (Known, ValueError) as wrong:
            return str(wrong)
        return ""

    def _show(self, problem: str) -> None:
        method = self._read[1] if self._read and self.plan else None
        self.table.show_plan(self.plan, method, self.names, self._tier())
        if self.plan is not None:
            problem = say_plan(self.plan, self._day())
        self.told.setText(problem)
        self.told.setProperty("role", "body2" if self.plan else "error")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.table.setVisible(self.plan is not None)
        self.blank.setVisible(self.plan is None)
        for field in (self.reason, self.by):
            field.setEnabled(bool(self.without) and self.plan is not None)
        self.reason.setPlaceholderText("" if self.without else "Nothing is left out")
        if self.accept_button is not None:
            self.accept_button.setEnabled(self.plan is not None)

    def _day(self) -> date | None:
        try:
            return self.start.day()
        except ValueError:
            return None

    def _method(self, methodology: str) -> Method:
        if self._read is None or self._read[0] != methodology:
            self._read = methodology, read_method(self.store, methodology)
        return self._read[1]

    def _resized(self) -> None:
        """Another size: another methodology may fit best, unless one was chosen by hand."""
        key = self.project.currentData()
        if key is None:
            self.look()
            return
        self.proposals = propose_method(self.store, key, self._tier() or None)
        with QSignalBlocker(self.method):
            self.method.clear()
            for each in self.proposals:
                self.method.addItem(f"{each.method.name} {each.method.version}", each.method.id)
            self.method.setCurrentIndex(max(0, self.method.findData(self.wanted)) if self.proposals else -1)
        self._say_fit()
        self.look()

    def _choose_method(self, at: int) -> None:
        self.wanted = self.method.itemData(at)
        self._say_fit()

    def _say_fit(self) -> None:
        at = self.method.currentIndex()
        self.fits.setText(self.proposals[at].reason if 0 <= at < len(self.proposals) else "")

    def _leave_out(self) -> None:
        self.without = set(self.table.without())
        self.look()
        self.table.setFocus()

    def _look_at_pick(self) -> None:
        """A day picked from the calendar counts at once; one being typed, when it is done."""
        if not self.start.hasFocus():
            self.look()

    def _offer_projects(self, project: str | None) -> None:
        rows = [row for row in read_rows(self.store, "project") if row["lifecycle_status"] not in ENDED]
        for row in sorted(rows, key=lambda each: (each["ref"] or "~", each["name"] or "")):
            self.project.addItem(f"{row['ref'] or ''} {row['name'] or ''}".strip(), row["id"])
        free = next((row["id"] for row in rows if not row["methodology"]), None)
        at = self.project.findData(project or free)
        self.project.setCurrentIndex(at if at >= 0 else 0 if rows and project is None else -1)

    def _lay_out(self) -> None:
        for box in (self.project, self.method):
            box.setMaxVisibleItems(20)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
        self.sizing.setFixedWidth(current_theme().px(_SIZE_WIDTH))
        top, chosen, why = _grid(), _grid(), _grid()
        _put(top, 0, "Project", self.project)
        _put(chosen, 0, "Methodology", self.method)
        chosen.addWidget(self.fits, 1, 1)
        _put(chosen, 2, "Starts", self.start)
        _put(why, 0, "Why left out", self.reason)
        _put(why, 1, "Asked by", self.by)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(chosen)
        right.addWidget(self.told)
        right.addWidget(self.table, 1)
        right.addWidget(self.blank, 1)
        right.addLayout(why)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.sizing)
        both.addWidget(rule("rule_up"))
        both.addLayout(right, 1)
        self.body.addLayout(top)
        self.body.addWidget(rule())
        self.body.addLayout(both, 1)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, current_theme().px(_LABELS))
    grid.setColumnStretch(1, 1)
    return grid


def _put(grid: QGridLayout, row: int, text: str, field: QWidget) -> None:
    """A labelled field; the label is its buddy and its spoken name."""
    words = label(text, "label")
    words.setBuddy(field)
    field.setAccessibleName(text)
    grid.addWidget(words, row, 0)
    grid.addWidget(field, row, 1)
