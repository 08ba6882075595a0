"""The two halves of applying a methodology: how large the project is, and what it would get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.figures.applying import Plan, PlannedDeliverable
from pmo_desktop.figures.sizing import SizingProposal
from pmo_desktop.rules.assurance import Tier
from pmo_desktop.rules.method import Method, Output
from pmo_desktop.rules.sizing import SCALES, Size, SizeScale, judge_size
from pmo_desktop.rules.wording import count_text, join_words, short_day
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.segments import Segments
from pmo_desktop.ui.theme import current_theme

_HEADS = ("Phase, deliverable or gate", "Owner", "Due", "")
_WIDTHS = (0, 136, 104, 92)
_INDENT = "      "
_CODE = Qt.ItemDataRole.UserRole
_AS_SCORED = ""


class SizePart(QWidget):
    """Five scales of five points with their words, the tier that follows, and another tier with a reason."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.points: dict[str, int | None] = {}
        self._reasons: dict[str, str] = {}
        self.scales: dict[str, PointSegments] = {}
        self._words: dict[str, QLabel] = {}
        self.told = label("", "body2", wrap=True)
        self.tier, self.why = QComboBox(), QLineEdit()
        self.tier.setAccessibleName("Tier")
        self.why.setAccessibleName("Why this tier")
        self.why.setPlaceholderText("Why this tier")
        self.tier.addItem("As it is scored", _AS_SCORED)
        for each in Tier:
            self.tier.addItem(each.value, each.value)
        self._lay_out()
        self.tier.currentIndexChanged.connect(lambda _at: self._tell())
        self.why.textChanged.connect(lambda _text: self.changed.emit())

    def show_proposal(self, proposal: SizingProposal) -> None:
        """Begin with what is known of a project."""
        self.points = dict(proposal.points)
        self._reasons = {each.name: each.reason for each in proposal.scales}
        for name, point in self.points.items():
            self._mark(name, point)
        self.tier.setCurrentIndex(0)
        self.why.clear()
        self._tell()

    @property
    def judged(self) -> Size:
        """What the points give."""
        return judge_size(self.points)

    def chosen_tier(self) -> str:
        """The tier chosen by hand, empty when it is as scored."""
        return str(self.tier.currentData())

    def choose(self, name: str, point: int) -> None:
        """Give a scale a point."""
        self.points[name] = point
        self._reasons[name] = ""
        self._mark(name, point)
        self._tell()

    # ------------------------------------------------------------------ below the counter

    def _mark(self, name: str, point: int | None) -> None:
        self.scales[name].show_point(point)
        scale = next(each for each in SCALES if each.name == name)
        said = scale.words[point - 1] if point else "Not scored"
        reason = self._reasons.get(name, "")
        self._words[name].setText(f"{said}. {reason}".strip())

    def _tell(self) -> None:
        size, chosen = self.judged, self.chosen_tier()
        differs = bool(chosen) and chosen != size.tier
        self.told.setText(size.reason)
        self.why.setVisible(differs)
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, scale in enumerate(SCALES):
            points = self.scales[scale.name] = PointSegments(scale)
            points.chosen.connect(lambda key, name=scale.name: self.choose(name, int(key)))
            name = label(scale.label)
            name.setToolTip(scale.asks)
            words = self._words[scale.name] = label("", "caption_quiet", wrap=True)
            words.setMinimumHeight(current_theme().px(16))
            grid.addWidget(name, 3 * place, 0)
            grid.addWidget(points, 3 * place, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, 3 * place + 1, 0, 1, 2)
            grid.setRowMinimumHeight(3 * place + 2, current_theme().px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Size", "strong"))
        column.addLayout(grid)
        column.addWidget(self.told)
        words, row = label("Tier"), QHBoxLayout()
        words.setBuddy(self.tier)
        row.setSpacing(12)
        row.addWidget(words)
        row.addWidget(self.tier, 1)
        column.addLayout(row)
        column.addWidget(self.why)
        column.addStretch(1)


class PointSegments(Segments):
    """The points of one scale; none is marked while it is not scored."""

    def __init__(self, scale: SizeScale) -> None:
        offered = [(str(point), str(point), f"{point}, {words}") for point, words in enumerate(scale.words, start=1)]
        super().__init__(scale.label, offered)

    def show_point(self, point: int | None) -> None:
        """Mark a point, or none."""
        if point is not None:
            self.show_choice(str(point))
            return
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)


class PlanTable(PlainTable):
    """Everything a version asks of a project in its order; optional deliverables can be unticked."""

    unticked = Signal()

    def __init__(self) -> None:
        super().__init__(_HEADS, [current_theme().px(each) for each in _WIDTHS], [], "What the project gets")
        self.setProperty("role", "boxed")
        self.verticalHeader().setDefaultSectionSize(current_theme().px(28))
        self.setMinimumHeight(current_theme().px(240))
        self.itemChanged.connect(self._tell)
        self._quiet = False

    def show_plan(self, plan: Plan | None, method: Method | None, names: Mapping[str, str], tier: str) -> None:
        """Show a plan with the deliverables that are left out, too."""
        at = self.currentRow()
        self._quiet = True
        self.setRowCount(0)
        if plan is not None and method is not None:
            self._fill(plan, method, names, tier)
        if self.rowCount():
            self.setCurrentCell(min(max(at, 0), self.rowCount() - 1), 0)
        self._quiet = False

    def without(self) -> list[str]:
        """The codes of the deliverables that are left out."""
        items = [self.item(row, 0) for row in range(self.rowCount())]
        return [
            str(item.data(_CODE))
            for item in items
            if item is not None and item.data(_CODE) and item.checkState() == Qt.CheckState.Unchecked
        ]

    # ------------------------------------------------------------------ below the counter

    def _tell(self, _item: QTableWidgetItem) -> None:
        if not self._quiet:
            self.unticked.emit()

    def _fill(self, plan: Plan, method: Method, names: Mapping[str, str], tier: str) -> None:
        planned = {each.code: each for each in plan.deliverables}
        gates = {each.code: each for each in plan.gates}
        spans = {each.code: each for each in plan.phases}
        for phase in method.phases:
            span = spans[phase.code]
            there = "Taken over" if span.row else ""
            begins = f"From {short_day(span.start)}" if span.start else ""
            self._add((phase.name, begins, short_day(span.finish), there), strong=True)
            for output in phase.deliverables:
                self._add_output(output, planned.get(output.code), names, tier)
            for gate in phase.gates:
                stop = gates[gate.code]
                note = "Taken over" if stop.milestone else ""
                self._add((f"\N{WHITE DIAMOND} {stop.title}", gate.decides, short_day(stop.day), note), medium=True)

    def _add_output(
        self, output: Output, planned: PlannedDeliverable | None, names: Mapping[str, str], tier: str
    ) -> None:
        cells = planned.cells if planned else {}
        binds = output.mandatory.binds(tier or None)
        note = "" if binds else "Optional"
        if planned is None:
            note = "Left out"
        elif planned.row:
            note = "Taken over"
        due = short_day(cells.get("due")) if planned else ""
        row = self._add((output.name, names.get(str(cells.get("owner")), output.role), due, note))
        self._make_tick(row, output.code, on=planned is not None, binds=binds)

    def _add(self, texts: tuple[str, ...], *, strong: bool = False, medium: bool = False) -> int:
        theme, row = current_theme(), self.rowCount()
        self.setRowCount(row + 1)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if strong or medium:
                item.setFont(theme.font("strong" if strong else "body_medium"))
            if strong:
                item.setBackground(theme.color("surface_sunken"))
            elif column in (1, len(texts) - 1):
                item.setForeground(theme.color("text3"))
            self.setItem(row, column, item)
        return row

    def _make_tick(self, row: int, code: str, *, on: bool, binds: bool) -> None:
        item = self.item(row, 0)
        if item is None:
            return
        item.setData(_CODE, code)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags if binds else flags | Qt.ItemFlag.ItemIsUserCheckable)
        if binds:
            item.setData(_CODE, "")
            item.setToolTip(f"{item.text()} is mandatory. Apply the methodology, then tailor it out.")
            item.setText(f"{_INDENT}{item.text()}")
        else:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def say_plan(plan: Plan, start: date | None) -> str:
    """What would be created and taken over, in a sentence."""
    counts = plan.counts()
    one = {"phases": "phase", "gates": "gate", "deliverables": "deliverable"}
    created = [count_text(new, one[name]) for name, (new, _) in counts.items() if new]
    taken = [count_text(old, one[name]) for name, (_, old) in counts.items() if old]
    said = [f"Creates {join_words(created)}." if created else "Creates nothing."]
    if taken:
        said.append(f"Takes over {join_words(taken)} the project has already.")
    if plan.left_out:
        said.append(f"Leaves out {count_text(len(plan.left_out), 'deliverable')}.")
    if start is None and all(each.finish is None for each in plan.phases):
        said.append("Without a start the phases have no dates.")
    return " ".join(said)
