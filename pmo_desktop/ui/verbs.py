"""What a person does with whole records: new, duplicate, close, report, re-baseline, delete; each undoable at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QWidget

from pmo_desktop.model.catalog import fields as fields_of
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.deletion import delete_records, deletion_sentence
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.naming import count_rows
from pmo_desktop.operations.projects import rebaseline, report_status
from pmo_desktop.operations.records import BIRTH_VALUES, close_records, create_record, duplicate_records
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.askbox import AskBox, Finish
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.granted import do_granted
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.kinds import exact_text, long_date
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.typed import Names

if TYPE_CHECKING:
    from pmo_desktop.ui.dialogs.grant import GrantDialog

_T = TypeVar("_T")
_REASON = Field("reason", "Reason", Kind.NOTE)


class Verbs:
    """The deeds on the records a grid has selected. `went` is told the id of a new record, to show it."""

    def __init__(
        self, context: Context, outline: Outline, grid: Grid, names: Callable[[], Names], went: Callable[[str], object]
    ) -> None:
        self.context, self.outline, self.grid = context, outline, grid
        self.names, self.went = names, went
        self.box: AskBox | None = None
        self.granting: GrantDialog | None = None

    def ids(self) -> list[str]:
        """The selected records."""
        return [record.id for record in self.grid.marked.records()]

    def ask_new(self, under: QWidget) -> None:
        """Ask for what a new record must have."""
        entity, info = self.outline.entity, BY_ENTITY[self.outline.entity]
        needed = (each.name for each in fields_of(entity) if each.required and each.kind is not Kind.YESNO)
        wanted = dict.fromkeys((info.within, info.ref, info.title, *needed, *self.outline.asks))
        fields = [find_field(entity, name) for name in wanted if name]
        now = self.grid.current
        filled = {name: str(value) for name, value in BIRTH_VALUES.get(entity, {}).items() if name in wanted}
        if info.within and now:
            filled[info.within] = exact_text(find_field(entity, info.within), now.row, self.grid.table.reading)
        self.ask(under, f"New {self.outline.one}", fields, f"Create {self.outline.one}", self._create, filled)

    def duplicate(self) -> None:
        """Copy the selected records."""
        if ids := self.ids():
            deed = partial(duplicate_records, self.context.store, self.outline.entity, ids)
            self._try(lambda: self.do(deed, lambda made: self.went(made[0])))

    def ask_close(self, under: QWidget) -> None:
        """Ask for the day the selected records were closed on, and why."""
        name = self._closing_day()
        fields = [find_field(self.outline.entity, name)] if name else []
        today = long_date(self.grid.table.reading.today)
        said = count_rows(self.context.store, self.outline.entity, self.ids())
        filled = {fields[0].name: today} if fields else {}
        self.ask(under, f"Close {said}", [*fields, _REASON], "Close", self._close, filled)

    def ask_report(self, under: QWidget) -> None:
        """Ask for the period that the selected projects report on."""
        fields = [find_field("status_report", "period_end"), find_field("status_report", "reported_by")]
        said = count_rows(self.context.store, "project", self.ids())
        today = long_date(self.grid.table.reading.today)
        told = "Freezes the present ratings, texts, dates and money as the report of the period."
        self.ask(under, f"Report status of {said}", fields, "Report status", self._report, {"period_end": today}, told)

    def ask_rebaseline(self, under: QWidget) -> None:
        """Ask for the new baseline of the current project, and the reason."""
        now = self.grid.current
        if now is None:
            return
        fields = [find_field("project", name) for name in ("start_baseline", "finish_baseline", "budget_approved")]
        shown = {"start_baseline": "start_forecast", "finish_baseline": "finish_forecast", "budget_approved": "eac"}
        filled = {
            name: exact_text(find_field("project", source), now.row, self.grid.table.reading)
            or exact_text(find_field("project", name), now.row, self.grid.table.reading)
            for name, source in shown.items()
        }
        said = count_rows(self.context.store, "project", [now.id])
        told = "The present baseline is kept in the project's history."
        self.ask(under, f"Re-baseline {said}", [*fields, _REASON], "Set the baseline", self._rebaseline, filled, told)

    def delete(self) -> None:
        """Delete the selected records and what belongs to them, saying what went."""
        ids = self.ids()
        if not ids:
            return
        sentence = deletion_sentence(self.context.store, self.outline.entity, ids)
        done = self._try(lambda: delete_records(self.context.store, self.outline.entity, ids))
        if done is not None:
            said = "Deleted" + sentence.removeprefix("Delete").rstrip(".")
            self.context.toast(said, "Undo", self._undo)

    def do(self, deed: Callable[[], _T], done: Callable[[_T], object]) -> None:
        """Do a deed, through the rules of the PMO where they have a word on it."""
        self.granting = do_granted(self.context, deed, done, self.grid.window())

    def ask(
        self,
        under: QWidget,
        title: str,
        fields: list[Field],
        button: str,
        finish: Finish,
        filled: dict[str, str],
        told: str = "",
    ) -> None:
        """Ask for fields in a box under a widget; `finish` gets their values."""
        self.box = AskBox(
            under,
            title,
            fields,
            button,
            finish,
            reading=self.grid.table.reading,
            names=self.names(),
            choices=self.grid.choices,
            filled=filled,
            told=told,
        )
        self.box.open_under(under)

    # ------------------------------------------------------------------ below the counter

    def _create(self, values: dict[str, Any]) -> None:
        self.do(partial(create_record, self.context.store, self.outline.entity, values), self.went)

    def _closing_day(self) -> str | None:
        ending = BY_ENTITY[self.outline.entity].ending
        return ending.day if ending else None

    def _close(self, values: dict[str, Any]) -> None:
        name = self._closing_day()
        day = (values.get(name) if name else None) or self.grid.table.reading.today
        ids = self.ids()
        said = count_rows(self.context.store, self.outline.entity, ids)
        deed = partial(close_records, self.context.store, self.outline.entity, ids, day, values["reason"])
        self.do(deed, lambda _batch: self.context.toast(f"{said} closed", "Undo", self._undo))

    def _report(self, values: dict[str, Any]) -> None:
        ids = self.ids()
        if values["period_end"] is None:
            message = "Nothing was reported: the period needs its last day. Type it."
            raise Known(message)
        said = count_rows(self.context.store, "project", ids)
        deed = partial(report_status, self.context.store, ids, values["period_end"], values["reported_by"])
        words = f"Status of {said} reported for {long_date(values['period_end'])}"
        self.do(deed, lambda _batch: self.context.toast(words, "Undo", self._undo))

    def _rebaseline(self, values: dict[str, Any]) -> None:
        now = self.grid.current
        if now is not None:
            reason = values.pop("reason") or ""
            today = self.grid.table.reading.today
            self.do(partial(rebaseline, self.context.store, now.id, today, reason, values), lambda _batch: None)

    def _undo(self) -> None:
        self._try(lambda: undo(self.context.store))

    def _try(self, deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except Known as known:
            self.context.toast(str(known))
            return None
