"""Step 4: what was written, and the ways on: see it, take it back, keep the list of problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import Plan, RowKind, TablePlan
from pmo_desktop.operations.undoreport import UndoReport
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.clashes import count_open
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.importer.wording import done_words, has_problems, has_sheets, register_title
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.undobuckets import UndoBuckets

_WIDTH = 740
_COUNTS = (
    (RowKind.NEW, "New"),
    (RowKind.CHANGED, "Changed"),
    (RowKind.UNCHANGED, "Unchanged"),
    (RowKind.REJECTED, "Waiting"),
)


class ResultPage(QWidget):
    """Shows what applying did; `opened` asks for the register, `saved` for the problem list."""

    opened = Signal()
    saved = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = label("", "title", wrap=True)
        self.words = label("", "body2", wrap=True)
        self.mark = Mark("circle-check", "ok_fg", 32)
        self.open_button = Button("", "table-properties", slot=self.opened.emit)
        self.undo_button = Button("Undo import", "undo-2", slot=session.undo)
        self.rest_button = Button("Undo the rest", "undo-2", slot=lambda: session.undo(rest=True))
        self.save_button = Button("Save problem list…", "download", slot=self.saved.emit)
        self.buckets = UndoBuckets()
        self._lay_out()
        session.undone.connect(self._show_undone)

    def show_result(self) -> None:
        """Show the counts of the plan that was applied."""
        plan, imported = self.session.plan, self.session.imported
        if plan is None or imported is None:
            return
        self.title.setText("Import applied" if imported.batch is not None else "Nothing to apply")
        number = f" It is step {imported.batch} of the history and can be undone at any time." if imported.batch else ""
        self.words.setText(done_words(plan) + number)
        self._fill_counts(plan, plan.kept)
        kept = plan.kept
        noun = register_title(kept[0]).lower() if kept else "projects"
        self.open_button.setText(f"Open changed {noun}")
        self.open_button.setVisible(imported.batch is not None)
        self.undo_button.setVisible(imported.batch is not None)
        self.rest_button.hide()
        self.buckets.hide()
        self.save_button.setVisible(has_problems(plan))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words.text()))

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        found: list[QWidget] = [self.open_button, self.undo_button, self.save_button]
        return [part for part in found if part.isVisible()][:1]

    def changed_row(self) -> tuple[str, str | None]:
        """The register to open and its first row that was written."""
        plan = self.session.plan
        for table in plan.kept if plan else ():
            for kind in (RowKind.CHANGED, RowKind.NEW):
                row = next((each for each in table.rows if each.kind is kind), None)
                if row is not None and table.into:
                    return table.into, row.id
        return "projects", None

    def _show_undone(self, report: UndoReport) -> None:
        self.undo_button.hide()
        left = len(report.kept) + len(report.impossible)
        self.buckets.show_report(report)
        if report.batch is None:
            self.title.setText("Import not undone yet")
            verb = "would stay as it is" if left == 1 else "would stay as they are"
            self.words.setText(
                f"{count_text(left, 'cell or record', 'cells and records')} {verb}. Nothing was written."
            )
            self.rest_button.show()
            self.rest_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.session.plan is not None:
            self.session.context.toast(f"Import of {self.session.plan.file} undone")
        self.title.setText("Import undone")
        self.words.setText(
            "Every row is as it was before the import." if not left else "Undone, but for what is below."
        )
        self.rest_button.hide()
        self.open_button.hide()

    def _fill_counts(self, plan: Plan, tables: list[TablePlan]) -> None:
        while (item := self._counts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = count_columns(tables)
        for column, (words, _) in enumerate(shown, start=1):
            self._counts.addWidget(label(words, "caption_quiet"), 0, column, Qt.AlignmentFlag.AlignRight)
        for line, table in enumerate(tables, start=1):
            sheet = f" from “{table.sheet}”" if has_sheets(plan, table) else ""
            self._counts.addWidget(ElidedLabel(f"{register_title(table)}{sheet}", "medium"), line, 0)
            for column, (_, counts) in enumerate(shown, start=1):
                count = label(f"{counts[line - 1]:,}")
                self._counts.addWidget(count, line, column, Qt.AlignmentFlag.AlignRight)

    def _lay_out(self) -> None:
        card = Rows("card")
        card.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 24, 28, 24)
        inside.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.words)
        head.addLayout(words, 1)
        inside.addLayout(head)
        inside.addWidget(self.buckets)
        inside.addWidget(rule())
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(28)
        self._counts.setVerticalSpacing(8)
        self._counts.setColumnStretch(0, 1)
        inside.addLayout(self._counts)
        inside.addWidget(rule())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.open_button, self.undo_button, self.rest_button, self.save_button):
            foot.addWidget(button)
        foot.addStretch(1)
        inside.addLayout(foot)
        across = QHBoxLayout()  # an alignment instead would lose the height that wrapped words need
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addLayout(across)
        box.addStretch(2)


def count_columns(tables: Sequence[TablePlan]) -> list[tuple[str, list[int]]]:
    """The columns of the counts and a number for each table; what a merge left is there only where there is some."""
    columns = [(words, [table.counts()[kind] for table in tables]) for kind, words in _COUNTS]
    merge = [
        ("Open conflicts", [count_open([table]) for table in tables]),
        ("Missing", [len(table.missing) for table in tables]),
    ]
    return columns + [(words, counts) for words, counts in merge if any(counts)]
