"""One import under way: the file, the answers given so far, the plan they lead to, and what applying it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from pmo_desktop.exchange.grid import Protected, Workbook, read_workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan, Question, TablePlan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.history import Undone, undo_batch
from pmo_desktop.operations.imports import Applied, apply_plan
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.context import Context, Progress
from pmo_desktop.ui.tasks import Cancelled

Tell = Callable[[int, int, str], None]
Present = dict[str, dict[str, Any]]
_FAULT = "Something went wrong in the program, and nothing was written. Try again, or choose another file."


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what the preview needs of the portfolio beside it, all read off the window's thread."""

    workbook: Workbook
    plan: Plan
    present: dict[str, Present]  # the rows the portfolio holds, by entity and id
    names: dict[str, str]  # what linked rows are called


class Session(QObject):
    """Reads, plans, applies and undoes off the window's thread; the pages show what it holds.

    Every answer becomes other ImportOptions and a new plan; nothing is written before `apply`.
    """

    read = Signal()  # another file has been read and planned
    planned = Signal()  # a new plan of the same file
    applied = Signal()
    undone = Signal(object)  # Undone
    protected = Signal(str)  # the file needs a password; the sentence
    failed = Signal(str)  # one sentence
    working = Signal(str)  # what is being done; empty at the end
    progressed = Signal(int, int, str)
    _changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.path: Path | None = None
        self.workbook: Workbook | None = None
        self.options = ImportOptions()
        self.plan: Plan | None = None
        self.present: dict[str, Present] = {}
        self.names: dict[str, str] = {}
        self.questions: list[Question] = []  # every question this file led to, the answered ones too
        self.imported: Applied | None = None
        self.busy = ""
        self._past: list[ImportOptions] = []
        self._stale = False
        self._cancel = Event()
        self._changed.connect(self._take_change)
        self._unsubscribe = context.store.subscribe(self._changed.emit)

    # ------------------------------------------------------------------ the file

    def choose(self, path: Path, password: str | None = None) -> None:
        """Read a file and plan its import with no answers yet."""
        self.path, self.options, self._past, self.imported = path, ImportOptions(), [], None
        self.plan, self.workbook, self.questions = None, None, []

        def work(tell: Tell) -> Planned:
            workbook = read_workbook(path, password, cancelled=self._cancel.is_set)
            tell(1, 2, "Step")
            return self._make_plan(workbook, ImportOptions())

        self._start(f"Reading {path.name}", work, self._take_file)

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
        self.answer(tables={**self.options.tables, row_address(table.sheet, table.header_row): register})

    def set_column(self, header: str, target: str) -> None:
        """Say what a column is: the name of a field, `new` or `ignore`."""
        self.answer(columns={**self.options.columns, header: target})

    def set_value(self, field: str, text: str, value: str) -> None:
        """Say what a text means wherever it stands in a field's column."""
        of_field = {**self.options.values.get(field, {}), text: value}
        self.answer(values={**self.options.values, field: of_field})

    def fix(self, sheet: str, cells: dict[str, str]) -> None:
        """Read other texts in cells of a sheet; keys such as `F5`."""
        told = {key: text for cell, text in cells.items() for key in _keys(sheet, cell)}
        self.answer(fixes={**self.options.fixes, **told})

    def skip(self, rows: Iterable[tuple[TablePlan, int]]) -> None:
        """Leave rows out: of a table, by their number in the sheet."""
        told = {key for table, row in rows for key in _keys(table.sheet, str(row))}
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

        def work(_tell: Tell) -> Applied:
            return apply_plan(self.context.store, plan)

        self._start(f"Importing {plan.file}", work, self._take_applied)

    def undo(self, *, rest: bool = False) -> None:
        """Take the import back; with `rest`, also where somebody has edited since what can be taken back."""
        imported = self.imported
        if imported is None or imported.batch is None or self.busy:
            return
        batch = imported.batch

        def work(_tell: Tell) -> Undone:
            return undo_batch(self.context.store, batch, rest=rest)

        self._start("Undoing the import", work, self.undone.emit)

    def cancel(self) -> None:
        """Stop what is under way; it leaves no trace."""
        self._cancel.set()

    def close(self) -> None:
        """The wizard goes: nobody waits for answers any more."""
        self.cancel()
        self._unsubscribe()

    # ------------------------------------------------------------------ work and its results

    def _start(self, label: str, work: Callable[[Tell], Any], done: Callable[[Any], object]) -> None:
        self._cancel.clear()
        self.busy = label
        self.working.emit(label)

        def run(progress: Progress) -> Any:
            def tell(at: int, of: int, what: str = "") -> None:
                if self._cancel.is_set():
                    raise Cancelled
                progress(at, of, what)
                self.progressed.emit(at, of, what)

            try:
                return work(tell)
            except (Cancelled, Known):
                if self._cancel.is_set():
                    return Cancelled  # the runner would end silently and nobody would know that the work is over
                raise

        self.context.run(label, run, partial(self._end, done), self._fail)

    def _end(self, done: Callable[[Any], object], result: Any) -> None:
        self.busy = ""
        self.working.emit("")
        if result is not Cancelled:
            done(result)

    def _fail(self, error: Exception) -> None:
        self.busy = ""
        self.working.emit("")
        if isinstance(error, Protected):
            self.protected.emit(str(error))
        elif isinstance(error, Known):
            self.failed.emit(str(error))
        else:
            self.failed.emit(_FAULT)
            raise error

    def _make_plan(self, workbook: Workbook, options: ImportOptions) -> Planned:
        """Plan, and read the rows that would change: the preview shows what a blank cell keeps."""
        plan, store = plan_import(self.context.store, workbook, options), self.context.store
        entities = {table.entity for table in plan.kept if table.entity and any(row.id for row in table.rows)}
        present = {entity: {row["id"]: row for row in read_rows(store, entity)} for entity in entities}
        return Planned(workbook, plan, present, read_names(store))

    def _take_file(self, result: Planned) -> None:
        self.workbook = result.workbook
        self._show(result)
        self._note_questions()
        self.read.emit()

    def _show(self, result: Planned) -> None:
        self.plan, self.present, self.names = result.plan, result.present, result.names

    def _replan(self) -> None:
        if self.workbook is None:
            return
        if self.busy:
            self._stale = True
            return
        workbook, options = self.workbook, self.options

        def work(_tell: Tell) -> Planned:
            return self._make_plan(workbook, options)

        self._start("Working out what would change", work, self._take_plan)

    def _take_plan(self, result: Planned) -> None:
        self._show(result)
        self._note_questions()
        if self._stale:
            self._stale = False
            self._replan()
            return
        self.planned.emit()

    def _take_applied(self, imported: Applied) -> None:
        self.imported = imported
        self.applied.emit()

    def _take_change(self, _changed: Changed) -> None:
        """Somebody wrote to the portfolio while the preview stands: what would change may be something else now."""
        if self.plan is not None and self.imported is None and not self.busy.startswith("Importing"):
            self._replan()

    def _note_questions(self) -> None:
        """Remember what was asked, one question an option: one answer serves every column that leaves it open."""
        known = {each.option: each for each in self.questions}
        asked: defaultdict[str, list[Question]] = defaultdict(list)
        for each in self.plan.questions if self.plan else ():
            asked[each.option].append(each)
        for option, several in asked.items():
            first = several[0]
            names = dict.fromkeys(f"“{each.header}”" for each in several if each.header)
            more = f" The same is open for {join_words(list(names)[1:])}." if len(names) > 1 else ""
            known[option] = replace(first, text=first.text + more)
        self.questions = list(known.values())


def row_address(sheet: str, row: int) -> str:
    """A row as ImportOptions names it: `Register!5`; delimited text has no sheets: `5`."""
    return f"{sheet}!{row}" if sheet else str(row)


def _keys(sheet: str, place: str) -> tuple[str, ...]:
    """How ImportOptions may name a cell or row: delimited text has no sheet's name before the mark."""
    return (f"{sheet}!{place}",) if sheet else (place, f"!{place}")


def is_answered(options: ImportOptions, question: Question) -> bool:
    """Whether an answer to the question was given."""
    return getattr(options, question.option, None) not in (None, {}, frozenset())
