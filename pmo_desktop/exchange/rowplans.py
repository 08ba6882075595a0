"""The rows of one table compared with what the portfolio holds: new, changed, unchanged or rejected, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.convert import Converted, TableValues
from pmo_desktop.exchange.links import Links, fold
from pmo_desktop.exchange.longtable import LongTable
from pmo_desktop.exchange.match import Found, Matcher
from pmo_desktop.exchange.merge import Merge
from pmo_desktop.exchange.outcome import Outcome, Parsed, cell_text
from pmo_desktop.exchange.plan import (
    Answer,
    CellText,
    ImportOptions,
    Level,
    Problem,
    Question,
    RowKind,
    RowPlan,
    SkippedRow,
)
from pmo_desktop.exchange.rowmarks import Closing
from pmo_desktop.exchange.sheets import IDENTITY
from pmo_desktop.exchange.similar import Row, Second
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.catalog import fields, find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.money import decimals, to_amount, to_minor
from pmo_desktop.store.pace import through
from pmo_desktop.store.rows import Record

_FROM_FILE = frozenset(Kind) - {Kind.YESNO}  # a required yes or no has a value from birth


_DELETED = "It was deleted here since this file was last imported; undo that deletion to have it back."
_CLEARED = Parsed(Outcome.EMPTIED)


@dataclass(slots=True)
class RowPlanner:
    """Plans the rows of one table. `fixed` are values the table as a whole gives, such as its report date."""

    table: Table
    info: RegisterInfo
    values: TableValues
    matcher: Matcher
    texts: Mapping[tuple[str, str], Record]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    bands: Links | None = None
    band_field: Field | None = None
    closing: Closing | None = None  # what becomes of rows that are struck through
    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    required: list[Field] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    deleted: list[SkippedRow] = field(default_factory=list)  # rows whose records somebody deleted here
    questions: list[Question] = field(default_factory=list)
    made: Mapping[str, str] = field(default_factory=dict)  # records that earlier tables of the file made: their places
    merge: Merge | None = None  # set between `match` and `compare`
    long: LongTable | None = None  # what a wide table said
    call: Callable[[Mapping[str, Any]], str] | None = None  # what a row without a name of its own is called

    def match(self, options: ImportOptions, clear: frozenset[str]) -> set[str]:
        """Read the rows and find their records, whose ids are the answer.

        Blank cells under the headers of `clear` say that there is no value.
        """
        columns = self.values.columns
        for each in columns:
            if each.column.header in clear:
                each.cells = [_CLEARED if parsed is None else parsed for parsed in each.cells]
        self.matcher.refs = self._refs()
        self.kinds = {each.field.name: each.field.kind for each in columns}
        self.required = [
            each for each in fields(self.info.entity.__tablename__) if each.required and each.kind in _FROM_FILE
        ]
        sheet = self.table.sheet
        for place, row in enumerate(through(self.table.records, count=1)):
            if options.skip and sheet.full_address(sheet.layout.row_name(row)) in options.skip:
                continue
            cells = [(each, parsed) for each in columns if (parsed := each.cells[place]) is not None]
            self.waiting.append(self._read_row(row, cells))
        self.waiting = self._second_look(options)
        return {each.found.record["id"] for each in through(self.waiting) if each.found.record}

    def _second_look(self, options: ImportOptions) -> list[Row]:
        """The rows once more, all together: moved references, names that are nearly known, and what a person said."""
        if not self.matcher.by_id:
            return self.waiting
        start = f"{self.table.sheet.name}!"
        answers = {
            int(place.removeprefix(start)): said for place, said in options.same.items() if place.startswith(start)
        }
        second = Second(self.info, self.matcher, self.kinds, answers, self.table.sheet.name)
        rows = second.look(self.waiting)
        self.questions += second.questions
        return rows

    def compare(self) -> None:
        """Fill `rows` and `problems`, once it is known what the file said last time."""
        for each in through(self.waiting, count=1):
            if each.found.problem:
                self._reject(each.row, each.values, each.odd, each.found.problem)
            elif self.long and each.row in self.long.lapsed and not each.found.record:
                continue  # nothing is booked, and nothing was
            elif self._was_deleted(each):
                label = self._label(each.values, None)
                self.deleted.append(SkippedRow(each.row + 1, label, _DELETED))
            else:
                self._accept(each.row, each.values, each.odd, each.found.record, each.found.note)
        self.waiting.clear()

    def _was_deleted(self, row: Row) -> bool:
        """Whether the file only says again what somebody deleted here, and nobody asked to have it back."""
        if row.found.record or not self.matcher.gone or not self.merge:
            return False
        sheet = self.table.sheet
        options, place = self.merge.options, sheet.full_address(sheet.layout.row_name(row.row))
        wanted = place in options.same or options.resolve is Answer.THEIRS
        return not wanted and any(key in self.matcher.gone for key in self.matcher.keys(row.values)[:1])

    def _read_row(self, row: int, cells: list[tuple[Converted, Parsed]]) -> Row:
        values: dict[str, Any] = {}
        odd: list[tuple[Converted, Parsed]] = []
        for each, parsed in cells:
            if parsed.outcome is Outcome.READ:
                values[each.field.name] = parsed.value
                if parsed.text is not None or parsed.candidates:
                    odd.append((each, parsed))
            else:
                odd.append((each, parsed))
        self._add_band(row, values)
        if self.closing:
            self.closing.close(row, values)
        identity = values.pop(IDENTITY, None)
        problem = self.long.waiting.get(row, "") if self.long else ""
        problem = problem or ("" if identity in self.matcher.by_id else self._missing_owner(row, values, odd))
        words = self._owner_words(odd)
        found = Found(problem=problem) if problem else self.matcher.find(values, row + 1, identity, words)
        return Row(row, values, odd, found, self.matcher.owner_of(values, words))

    def _accept(
        self, row: int, values: dict[str, Any], odd: list[tuple[Converted, Parsed]], record: Record | None, note: str
    ) -> None:
        plan = RowPlan(
            row + 1, RowKind.NEW, record["id"] if record else new_id(), self._label(values, record), values, reason=note
        )
        for name, value in self.fixed.items():
            values.setdefault(name, value)
        for each, parsed in odd:
            self._keep_text(plan, each, parsed, record)
        if self.table.sheet.comments:
            self._keep_comments(plan)
        if record is None and (missing := self._missing(values)):
            self._reject(row, values, [], missing)
            return
        if record is not None:
            self._use_own_money(plan.values, record)
            if self.merge:
                self.merge.compare(plan, record, self.texts)
            if twice := self._said_twice(plan):
                self._reject(row, values, [], twice)
                return
        else:
            plan.new_texts = frozenset(plan.texts)
        self.rows.append(plan)

    def _said_twice(self, plan: RowPlan) -> str:
        """Why a row waits that contradicts an earlier table of the same file; empty when it does not."""
        place = self.made.get(plan.id or "")
        if not place or all(old is None for old in plan.old.values()):
            return ""
        return f"{place} has the same ID and says something else; keep one of the two."

    def _use_own_money(self, values: dict[str, Any], record: Record) -> None:
        """Amounts of a file that names no currency are in the record's, which may have other decimals."""
        own, read = record.get("currency"), self.values.currency
        if not own or values.get("currency") or decimals(own) == decimals(read):
            return
        for each in self.values.columns:
            if each.field.kind is Kind.MONEY and values.get(each.field.name) is not None:
                values[each.field.name] = to_minor(to_amount(values[each.field.name], read), own)

    def _keep_text(self, plan: RowPlan, each: Converted, parsed: Parsed, record: Record | None) -> None:
        name, address = each.field.name, self.table.address(plan.row - 1, each.column.index)
        present = record.get(name) if record else None
        if parsed.candidates and present in parsed.candidates:
            plan.values[name] = present  # it fits the one that is there, so nothing is open
            return
        if parsed.outcome is Outcome.EMPTIED and not each.field.required and name not in self._lasting():
            plan.values[name] = None
        if parsed.text is None:
            return
        plan.texts[name] = CellText(parsed.text, parsed.precision, parsed.reason, address)
        if parsed.reason:
            level = Level.NOTE if parsed.outcome is Outcome.EMPTIED else Level.LOOK
            self._tell(address, parsed.text, parsed.reason, level, plan.row, name, parsed.suggestions)

    def _lasting(self) -> tuple[str | None, ...]:
        """What no TBC can take from a row: what it is called, and which money it is in."""
        return (self.info.ref, self.info.title, self.info.within, "currency")

    def _keep_comments(self, plan: RowPlan) -> None:
        """Notes attached to cells are kept with the cell's own words."""
        for each in self.values.columns:
            address = self.table.address(plan.row - 1, each.column.index)
            if comment := self.table.sheet.comments.get(address):
                kept = plan.texts.get(each.field.name)
                words = kept.text if kept else cell_text(self.table.cell(plan.row - 1, each.column.index))
                plan.texts[each.field.name] = CellText(
                    words, kept.precision if kept else None, kept.reason if kept else None, address, comment
                )

    def _add_band(self, row: int, values: dict[str, Any]) -> None:
        band = self.table.bands.get(row)
        if band and self.band_field and self.band_field.name not in values:
            value = self.bands.parse(band).value if self.bands else band
            if value is not None:
                values[self.band_field.name] = value

    def _owner_words(self, odd: list[tuple[Converted, Parsed]]) -> str:
        """The words for what a row belongs to where they name nothing that is known."""
        unread = (parsed.text for each, parsed in odd if each.field.name == self.info.within)
        return next((text for text in unread if text), "")

    def _missing_owner(self, row: int, values: dict[str, Any], odd: list[tuple[Converted, Parsed]]) -> str:
        """Why the row's project cannot be told; empty when it can, or when the register has none."""
        owner = self.info.within
        for each, parsed in odd:  # what tells the row apart must not be taken for nothing
            if each.field.name in self.info.by and each.field.to and parsed.outcome is Outcome.UNREAD:
                return parsed.reason or ""
        if owner is None or values.get(owner) is not None:
            return ""
        said = next((parsed for each, parsed in odd if each.field.name == owner and parsed.reason), None)
        if not find_field(self.info.entity.__tablename__, owner).required:  # one may be nobody's, never one of two's
            return said.reason or "" if said and len(said.candidates) > 1 else ""
        return (said.reason if said else None) or f"The row names no {owner}."

    def _missing(self, values: Mapping[str, Any]) -> str:
        """Which required field a new row lacks."""
        for each in self.required:
            if values.get(each.name) is None:
                return f"The row has no {each.label.lower()}, which a new {self.info.one} needs."
        return ""

    def _reject(self, row: int, values: dict[str, Any], odd: list[tuple[Converted, Parsed]], reason: str) -> None:
        label = self._label(values, None)
        self.rows.append(RowPlan(row + 1, RowKind.REJECTED, None, label, values, reason=reason))
        keys = (self.info.within, self.info.ref, self.info.title, *self.info.by)
        culprit = next((each for each, parsed in odd if each.field.name in keys and parsed.reason == reason), None)
        named = [each for each in self.values.columns if each.field.name in keys] or self.values.columns
        first = culprit or next(iter(named), None)
        place = first.column.index if first else self.table.columns[0].index  # every column was left out
        suggestions = next((parsed.suggestions for each, parsed in odd if each is culprit), ())
        text = cell_text(self.table.cell(row, place))
        name = first.field.name if first else ""
        address = self.table.address(row, place)
        if self.long and culprit is None:  # one value, and no row
            address = self.table.sheet.layout.row_name(row)
        self._tell(address, text, reason, Level.FIX, row + 1, name, suggestions)

    def _tell(
        self, address: str, text: str, reason: str, level: Level, row: int, name: str, suggestions: tuple[str, ...]
    ) -> None:
        full = self.table.sheet.full_address(address)
        self.problems.append(Problem(full, text, reason, level, row, name, suggestions))

    def _label(self, values: Mapping[str, Any], record: Record | None) -> str:
        if self.call:
            return self.call({**(record or {}), **values})
        names = [name for name in (self.info.ref, self.info.title) if name]
        found = [values.get(name) or (record or {}).get(name) for name in names]
        return " ".join(str(each) for each in found if each is not None)

    def _refs(self) -> frozenset[str]:
        """Every reference the table itself has, as compared."""
        column = next((each for each in self.values.columns if each.field.name == self.info.ref), None)
        cells = column.cells if column else []
        return frozenset(fold(parsed.value) for parsed in cells if parsed and parsed.value)
