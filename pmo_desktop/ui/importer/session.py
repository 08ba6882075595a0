"""One import under way: the file, the answers given so far, the plan they lead to, and what applying it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from pmo_desktop.exchange.grid import Workbook, read_workbook
from pmo_desktop.exchange.plan import ImportOptions, PersonCluster, Plan, Question, TablePlan
from pmo_desktop.operations.history import undo_batch
from pmo_desktop.operations.imports import Applied, apply_plan
from pmo_desktop.operations.undoreport import UndoReport, report_undo
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.importer.background import Background
from pmo_desktop.ui.importer.cell_texts import cell_keys
from pmo_desktop.ui.importer.planned import Planned, Present, add_clusters, add_questions, is_answered, make_plan
from pmo_desktop.ui.importer.wording import paste_words


class Session(QObject):
    """Reads, plans, applies and undoes in the background; the pages show what it holds.

    Every answer becomes other ImportOptions and a new plan; nothing is written before `apply`.
    """

    read = Signal()  # another file has been read and planned
    planned = Signal()  # a new plan of the same file
    applied = Signal()
    undone = Signal(object)  # UndoReport
    _changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.background = Background(context.run, self)
        self.path: Path | None = None
        self.workbook: Workbook | None = None
        self.options = ImportOptions()
        self.plan: Plan | None = None
        self.present: dict[str, Present] = {}
        self.names: dict[str, str] = {}
        self.questions: list[Question] = []  # every question this file led to, the answered ones too
        self.clusters: list[PersonCluster] = []  # and every group of names
        self.imported: Applied | None = None
        self._past: list[ImportOptions] = []
        self._planned: tuple[ImportOptions, int] = (self.options, 0)  # what the plan shown answers, and its past
        self._stale = False
        self._changed.connect(self._take_change)
        self._unsubscribe = context.store.subscribe(self._changed.emit)

    @property
    def busy(self) -> str:
        """What is under way; empty when nothing is."""
        return self.background.busy

    def choose(self, source: Path | Workbook, password: str | None = None, into: str | None = None) -> None:
        """Read a file and plan its import, `into` one register where that is known; a pasted block is read already."""
        self.path = source if isinstance(source, Path) else None
        self.options, self._past, self.imported = ImportOptions(into=into), [], None
        self.plan, self.workbook, self.questions, self.clusters = None, None, [], []
        store, options = self.context.store, self.options

        def work() -> Planned:
            workbook = read_workbook(source, password) if isinstance(source, Path) else source
            return make_plan(store, workbook, options)

        self.background.start(f"Reading {source.name}", work, self._take_file)

    # ------------------------------------------------------------------ answers

    def answer(self, **options: Any) -> None:
        """Take an answer (fields of ImportOptions) and plan again."""
        changed = replace(self.options, **options)
        if changed == self.options:
            return
        self._past.append(self.options)
        self.options = changed
        self._replan()

    def take_back(self) -> bool:
        """Undo the last answer; False when there is none."""
        if not self._past:
            return False
        self.options = self._past.pop()
        self._replan()
        return True

    def set_table(self, table: TablePlan, register: str) -> None:
        """Say what a table is: the name of a register, or empty to leave it out."""
        place = f"{table.sheet}!{table.place}" if table.sheet else table.place
        self.answer(tables={**self.options.tables, place: register})

    def set_value(self, name: str, text: str, value: str) -> None:
        """Say what a text means wherever it stands in a field's column."""
        of_field = {**self.options.values.get(name, {}), text: value}
        self.answer(values={**self.options.values, name: of_field})

    def fix(self, sheet: str, cells: dict[str, str]) -> None:
        """Read other texts in cells of a sheet; keys such as `F5`."""
        told = {key: text for cell, text in cells.items() for key in cell_keys(sheet, cell)}
        self.answer(fixes={**self.options.fixes, **told})

    def skip(self, rows: Iterable[tuple[TablePlan, int]]) -> None:
        """Leave rows out: of a table, by their number in the sheet."""
        told = {key for table, row in rows for key in cell_keys(table.sheet, table.row_name(row))}
        self.answer(skip=self.options.skip | told)

    def open_questions(self) -> list[Question]:
        """The questions that nobody has answered yet."""
        return [each for each in self.questions if not is_answered(self.options, each)]

    # ------------------------------------------------------------------ the deed

    def apply(self) -> None:
        """Write the plan as one batch."""
        plan = self.plan
        if plan is None or self.busy:
            return

        def work() -> Applied:
            return apply_plan(self.context.store, plan, None if self.path else paste_words(plan))

        self.background.start(f"Importing {plan.file}", work, self._take_applied)

    def undo(self, *, rest: bool = False) -> None:
        """Take the import back; with `rest`, also where somebody has edited since what can be taken back."""
        imported = self.imported
        if imported is None or imported.batch is None or self.busy:
            return
        batch = imported.batch

        def work() -> UndoReport:
            return report_undo(self.context.store, undo_batch(self.context.store, batch, rest=rest))

        self.background.start("Undoing the import", work, self.undone.emit)

    def close(self) -> None:
        """The wizard goes: nobody waits for answers any more."""
        self.background.cancel()
        self._unsubscribe()

    # ------------------------------------------------------------------ results

    def _take_file(self, result: Planned) -> None:
        self.workbook = result.workbook
        self._show(result)
        self.read.emit()

    def _show(self, result: Planned) -> None:
        self.plan, self.present, self.names = result.plan, result.present, result.names
        self._planned = (self.options, len(self._past))
        self.questions = add_questions(self.questions, result.plan.questions)
        self.clusters = add_clusters(self.clusters, result.plan.clusters)

    def _replan(self) -> None:
        if self.workbook is None:
            return
        if self.busy:
            self._stale = True
            return
        workbook, options = self.workbook, self.options

        def work() -> Planned:
            return make_plan(self.context.store, workbook, options)

        self.background.start("Working out what would change", work, self._take_plan, self._drop_answers)

    def _take_plan(self, result: Planned) -> None:
        self._show(result)
        if self._stale:
            self._stale = False
            self._replan()
        else:
            self.planned.emit()

    def _drop_answers(self) -> None:
        """Planning was cancelled: what is shown is the plan of the answers before, so those stand again."""
        self._stale = False
        self.options, depth = self._planned
        del self._past[depth:]
        self.planned.emit()

    def _take_applied(self, imported: Applied) -> None:
        self.imported = imported
        self.applied.emit()

    def _take_change(self, _changed: Changed) -> None:
        """Somebody wrote to the portfolio while the preview stands: what would change may be something else now."""
        if self.plan is not None and self.imported is None and not self.busy.startswith("Importing"):
            self._replan()
