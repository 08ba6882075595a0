"""What the open risks may cost and delay together: percentiles, S-curve, what drives it, before and after actions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from pmo_desktop.figures.exposure import (
    DAYS,
    SHOWN,
    ExposureReport,
    UnitExposure,
    amount_text,
    read_exposure,
    unit_words,
)
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.dialog import Dialog, as_widget
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.matrix.curve import SCurve, Tornado
from pmo_desktop.ui.segments import Segments

TRIALS = (10_000, 50_000, 200_000)
TOGETHER = ((0.0, "not at all"), (0.3, "somewhat (0.3)"), (0.5, "much (0.5)"), (0.8, "almost as one (0.8)"))
_TABLE_HEIGHT = 170  # pixels
_MOST_BARS, _MOST_SEED = 8, 999_999_999


class ExposureDialog(Dialog):
    """Simulates when it opens and after each change of what is asked; the same seed gives the same figures."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("What the risks may cost together", parent, width=960)
        self.context = context
        self.report: ExposureReport | None = None
        self.asked: tuple[int, int, float] | None = None
        self.unit = ""
        self.seed = QSpinBox()
        self.trials, self.together = QComboBox(), QComboBox()
        self.sentence = label("", "subtitle", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.curve, self.tornado = SCurve(context.theme), Tornado(context.theme)
        self.units: Segments | None = None
        self.head = QHBoxLayout()
        self.figures = QVBoxLayout()
        self.table: PlainTable | None = None
        self._lay_out()
        self.export_button = Button("Export trials...", "download", slot=self._export)
        self.export_button.setEnabled(False)
        self.foot.insertWidget(0, self.export_button)
        self.seed.editingFinished.connect(self.run)
        self.trials.currentIndexChanged.connect(lambda _index: self.run())
        self.together.currentIndexChanged.connect(lambda _index: self.run())
        self.run()

    def run(self) -> None:
        """Simulate beside the window, then show."""
        store, seed = self.context.store, self.seed.value()
        trials, together = TRIALS[self.trials.currentIndex()], TOGETHER[self.together.currentIndex()][0]
        asked = (seed, trials, together)
        if self.asked == asked:
            return
        self.asked = asked
        self.context.run("Simulate risks", lambda _progress: read_exposure(store, seed, trials, together), self.take)

    def take(self, report: ExposureReport) -> None:
        """Show a report."""
        self.report = report
        names = [each.unit for each in report.units]
        if self.unit not in names:
            self.unit = names[0] if names else ""
        if self.units is not None:
            self.head.removeWidget(self.units)
            self.units.deleteLater()
            self.units = None
        if len(names) > 1:
            self.units = Segments("Unit", [(name, "Days" if name == DAYS else name, name) for name in names])
            self.units.show_choice(self.unit)
            self.units.chosen.connect(self.show_unit)
            self.head.insertWidget(0, self.units)
        self.export_button.setEnabled(bool(names))
        self.show_unit(self.unit)
        QTimer.singleShot(0, self.fit)  # once the layouts know of the new table

    def show_unit(self, unit: str) -> None:
        """Show the figures of one unit."""
        self.unit = unit
        report = self.report
        found = next((each for each in report.units if each.unit == unit), None) if report else None
        self.charts.setVisible(found is not None)
        if report is not None and found is not None:
            self._show(found, report)
        else:
            self.sentence.setText("No open risk has both a likelihood and a cost or days, so nothing can be simulated.")

    def _show(self, found: UnitExposure, report: ExposureReport) -> None:
        def say(value: float) -> str:
            return amount_text(value, found.unit)

        self.sentence.setText(unit_words(found))
        amounts, within = found.run.portfolio.curve()
        marks = [(f"P{round(100 * share)}", value, share) for share, value in zip(SHOWN, found.before, strict=True)]
        held = None if found.held is None else float(found.held)
        self.curve.show_curve(amounts.tolist(), within.tolist(), marks, held, say)
        self.tornado.show_bars([(each.called, each.part) for each in found.drivers[:_MOST_BARS] if each.part > 0])
        self._show_table(found)
        left = len(report.left_out)
        out = f" {count_text(left, 'open risk')} left out: {report.left_out[0].reason}" if left else ""
        self.note.setText(
            f"{count_text(len(found.risks), 'risk')}, {report.trials:,} outcomes, seed {report.seed}. Expected value "
            f"{say(found.expected.net)}: a mean, which promises no level of confidence.{out}"
        )

    def _show_table(self, found: UnitExposure) -> None:
        rows = [
            ["Now", *(amount_text(value, found.unit) for value in found.before)],
            ["After all actions", *(amount_text(value, found.unit) for value in found.after)],
            *([each.name, *(amount_text(value, found.unit) for value in each.percentiles)] for each in found.projects),
        ]
        if self.table is not None:
            self.figures.removeWidget(self.table)
            self.table.deleteLater()
        heads = ["Of", *(f"P{round(100 * share)}" for share in SHOWN)]
        self.table = PlainTable(heads, (0, 74, 74, 74, 84), rows, "Percentiles now, after actions and by project")
        self.table.setMinimumHeight(_TABLE_HEIGHT)  # the projects scroll: the dialog fits a small screen
        self.figures.addWidget(self.table, 1)

    def _export(self) -> None:
        report = self.report
        place, _ = QFileDialog.getSaveFileName(self, "Export trials", "Risk trials.xlsx", "Excel workbook (*.xlsx)")
        if report is not None and place:
            self.write(Path(place).with_suffix(".xlsx"), report)

    def write(self, path: Path, report: ExposureReport) -> None:
        """Write the trials; what goes wrong is said in the dialog."""
        # openpyxl takes a quarter of a second to import: not before somebody exports.
        from pmo_desktop.operations.exports import export_trials  # noqa: PLC0415

        try:
            written = export_trials(self.context.store, path, report)
        except Known as known:
            self.show_message(str(known))
            return
        self.context.toast(f"{written:,} trials exported to {path.name}")

    def _lay_out(self) -> None:
        self.seed.setRange(1, _MOST_SEED)
        self.seed.setAccessibleName("Seed")
        self.seed.lineEdit().setTextMargins(6, 0, 0, 0)  # the sheet's padding does not reach inside
        for box, words, name in (
            (self.trials, [f"{each:,} outcomes" for each in TRIALS], "Outcomes"),
            (self.together, [words for _, words in TOGETHER], "Risks of one category move together"),
        ):
            box.addItems(words)
            box.setAccessibleName(name)
        self.head.addStretch(1)
        for named, field in (("One category moves together", self.together), ("", self.trials), ("Seed", self.seed)):
            if named:
                self.head.addWidget(label(named, "caption"))
            self.head.addWidget(field)
        right = QVBoxLayout()
        right.addWidget(label("What drives the spread", "strong"))
        right.addWidget(self.tornado)
        right.addSpacing(8)
        right.addLayout(self.figures, 1)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.curve, 5)
        both.addWidget(as_widget(right), 6)
        self.body.addLayout(self.head)
        self.body.addWidget(self.sentence)
        self.charts = as_widget(both)
        self.body.addWidget(self.charts, 1)
        self.body.addWidget(self.note)
