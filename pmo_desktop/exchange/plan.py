"""What an import would do, as plain data: tables, columns, rows, cells and problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pmo_desktop.exchange.grid import UPRIGHT, Layout
from pmo_desktop.exchange.points import Part
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.wording import day_text

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class RowKind(StrEnum):
    """What happens to one row of the workbook when the plan is applied."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"  # waits unwritten, listed: no key, a key or a required link that fits two


class Level(StrEnum):
    """How much a problem matters."""

    FIX = "fix"  # its row waits until somebody answers
    LOOK = "look"  # the cell is kept as text, its row is written
    NOTE = "note"  # says something, such as TBC; nothing is wrong


class Treatment(StrEnum):
    """What becomes of a column."""

    FIELD = "field"  # a field the register has, declared or custom
    NEW = "new"  # becomes a custom field
    CHECKED = "checked"  # a score that other columns give: compared with them, never written
    IGNORED = "ignored"  # empty and unnamed, or a person said so


class Answer(StrEnum):
    """Whose value a conflict is settled by."""

    ASK = "ask"  # nobody's yet: the cell keeps what the portfolio holds, and is asked again next time
    THEIRS = "theirs"  # the file's
    OURS = "ours"  # the portfolio's, until the file says something else


class Blank(StrEnum):
    """What a blank cell of a column says."""

    KEEP = "keep"  # nothing: the value stays
    CLEAR = "clear"  # that there is no value


class Struck(StrEnum):
    """What becomes of a row that is struck through."""

    CLOSE = "close"  # it is read, and closed where its register can close
    READ = "read"  # it is read as any other
    LEAVE = "leave"  # it is left out


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person answered; every answer has a default, so a plan can be made without any.

    Planning again with other options is how the wizard applies an answer: `plan_import` is a pure reading.
    """

    sheet: str | None = None  # only this sheet, compared without case
    into: str | None = None  # the name of a register, as in model.registers
    columns: Mapping[str, str] = field(default_factory=dict)  # header -> field name, "new" or "ignore"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field name or "" for all -> text -> value
    money_unit: str | None = None  # "1", "k", "m" or "bn", where neither header nor cell says
    currency: str | None = None  # ISO code, where neither header, cell nor column says
    day_first: bool | None = None  # for date columns whose content leaves it open
    create_custom: bool = True  # unmapped columns become custom fields
    fixes: Mapping[str, str] = field(default_factory=dict)  # "Sheet!F5" -> the text to read instead
    skip: frozenset[str] = frozenset()  # "Sheet!5" (TablePlan.row_name): rows to leave out
    tables: Mapping[str, str] = field(default_factory=dict)  # "Sheet!4" (TablePlan.place) -> register, "" leaves it out
    report_date: bool | None = None  # whether a title line's date is the report date of its rows; None: as planned
    resolve: Answer = Answer.ASK  # conflicts that neither their cell nor their column settles
    columns_resolved: Mapping[str, Answer] = field(default_factory=dict)  # field name, header or label -> whose value
    cells_resolved: Mapping[str, Answer] = field(default_factory=dict)  # "Sheet!F5" -> whose value
    blank: Mapping[str, Blank] = field(default_factory=dict)  # header -> what its blank cells say; else KEEP
    hidden: bool | None = None  # whether hidden and filtered rows are read; None: they are, and it is asked
    fill_down: bool | None = None  # whether a group's name on its first row holds for all; None: so, and it is asked
    struck: Struck | None = None  # None: CLOSE is proposed, and it is asked
    people: Mapping[str, str] = field(default_factory=dict)  # name as written -> full name; its own name: keep apart
    match_on: Mapping[str, str] = field(default_factory=dict)  # register -> the field its rows are told by
    same: Mapping[str, str] = field(default_factory=dict)  # "Sheet!5" -> the id of the record the row is, or "new"
    given: Mapping[str, str] = field(default_factory=dict)  # of a plan by period: year, unit, resource, project
    rows: Mapping[str, str] = field(default_factory=dict)  # label (Planned) -> status of its bookings, or "leave"
    scales: Mapping[str, str] = field(default_factory=dict)  # header -> a name of rules.scales, for bare numbers
    fresh: bool = False  # do without the answers that are remembered from the file before


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file leaves open; `option` names the field of ImportOptions that answers it.

    For "same", which row is which record, `header` is the row's number and the answer goes under "Sheet!5".
    """

    option: str
    sheet: str
    header: str
    text: str
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # the choices on screen, where they are no words themselves


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be read as it should, or one row that waits."""

    cell: str  # "Sheet!F5"
    text: str  # as found
    reason: str  # one sentence
    level: Level
    row: int  # 1-based row of the sheet
    field: str = ""  # field name; empty when the row as a whole is meant
    suggestions: tuple[str, ...] = ()  # texts that would mend it, likeliest first
    written: bool = False  # it was read, and is written as it stands; it only looks wrong


@dataclass(frozen=True, slots=True)
class ValueMap:
    """One distinct text of a rating, choice or yes-or-no column, and what it becomes."""

    text: str  # as written, trimmed
    value: Any  # what is stored; None when it says that there is none, or when it is not known
    label: str  # the value as screens call it; empty without one
    count: int  # cells that say it
    known: bool  # whether it could be read; the others wait for an answer in ImportOptions.values


@dataclass(frozen=True, slots=True)
class PersonCluster:
    """Names of a file and of the portfolio that are likely one person; nothing is merged until somebody says so."""

    names: Mapping[str, int]  # name as written -> cells that write it so, 0 for one that only the portfolio has
    proposed: str  # the full name all would get
    confidence: float  # 0 to 1
    why: str  # in words


@dataclass(slots=True)
class ColumnMap:
    """One column of a table and what becomes of it."""

    index: int  # 0-based column of the sheet
    letter: str  # "F"; "6" where the table is turned
    header: str  # as written, two-row headers joined "A / B"
    treatment: Treatment
    field: str | None  # field name ("custom.<id>" for custom ones, new ones too); None when ignored
    label: str  # what the field is called on screen
    kind: Kind | None
    confidence: float  # 0 to 1
    why: str  # in words
    samples: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # field names that would fit as well
    day_first: bool | None = None  # for dates: the order the column was read in
    unit: str = ""  # for money: "", "k", "m" or "bn"
    values: tuple[ValueMap, ...] = ()  # of a rating, choice or yes-or-no column: unknown ones first, then by count
    scale: str = ""  # of bare numbers in a column of points: a name of rules.scales
    upward: bool = False  # whether a score beside it says that more is worse
    part: Part = Part.WHOLE  # of cells that say likelihood and impact at once
    checks: str = ""  # of a checked score: the layer whose likelihood times impact it gives
    at: str = ""  # the one cell ("B2") above the table that says it for every row; then it is no column


def cell_place(layout: Layout, row: int, column: ColumnMap | None) -> str:
    """Where a cell stands on its sheet: "F5"; what sets the row (1-based) apart where no column says the value."""
    if column is None or column.index < 0:
        return layout.row_name(row - 1)
    return column.at or layout.address(row - 1, column.index)


@dataclass(frozen=True, slots=True)
class CellText:
    """The words of a cell that are kept beside its value (a CellSource row once applied)."""

    text: str
    precision: str | None  # "month", "quarter", "year", "about" ... when the value is less exact than it looks
    reason: str | None  # why it was not read; None when it was
    cell: str  # "F5"
    comment: str | None = None  # the note attached to the cell


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell that both the file and the portfolio changed since this file was last imported.

    `base` is what the file said then. An open one (`answer` is ASK) is not written.
    """

    base: Any
    theirs: Any
    ours: Any
    who: str  # who set the portfolio's value last, and when
    at: datetime | None
    answer: Answer = Answer.ASK


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A record that this file named last time and does not name now; it is never deleted."""

    id: str
    label: str
    last: str  # the file that named it last


@dataclass(slots=True)
class RowPlan:
    """One record of the workbook.

    `values` is everything that was read, by field name; `old` holds the present value of each field that would change
    (every field of `values` changes when the row is new). A field that is in neither keeps what it has.
    """

    row: int  # 1-based row of the sheet
    kind: RowKind
    id: str | None  # the record it matches, or the id it will get; None when rejected
    label: str  # what the record is called
    values: dict[str, Any]
    old: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, CellText] = field(default_factory=dict)  # every text the file gives, already kept or not
    new_texts: frozenset[str] = frozenset()  # fields whose kept text is new or other than the one kept now
    dropped_texts: frozenset[str] = frozenset()  # fields whose kept text goes, since a plain value came
    reason: str = ""  # why it is rejected, or how it was matched when not by its key
    conflicts: dict[str, Conflict] = field(default_factory=dict)  # by field name; the answered ones too
    kept: frozenset[str] = frozenset()  # edited in the portfolio since, while the file says what it said: they stay
    held: dict[str, Any] = field(
        default_factory=dict
    )  # what the portfolio holds and keeps where `values` say otherwise

    @property
    def open(self) -> list[str]:
        """The fields whose conflict nobody has settled."""
        return [name for name, each in self.conflicts.items() if each.answer is Answer.ASK]

    def change(self) -> dict[str, Any]:
        """The values that applying this row writes."""
        if self.kind is RowKind.NEW:
            return self.values
        return {name: self.values[name] for name in self.old}


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One cell of the preview, made on demand by `TablePlan.cell`."""

    address: str  # "F5"
    field: str
    kind: Kind
    changes: bool
    old: Any  # the present value; None for a new row
    new: Any  # the value after applying
    text: CellText | None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of the sheet that is no record, and why."""

    row: int
    text: str
    reason: str


@dataclass(slots=True)
class TablePlan:
    """One table of the workbook; `into` is None when it holds what we do not keep."""

    sheet: str
    header_row: int  # 1-based; the last row of a header of several rows
    into: str | None  # register name
    entity: str | None
    looks_like: str  # "projects", "risks", ... or "" when nothing known
    confidence: float
    why: str  # in words: the sheet, its header and its register
    read: int  # records
    columns: list[ColumnMap]
    rows: list[RowPlan]
    problems: list[Problem]
    skipped: list[SkippedRow]
    report_date: date | None = None  # from a title line
    missing: list[MissingRow] = field(default_factory=list)
    layout: Layout = UPRIGHT  # where its rows are columns of the sheet, "row" means such a column
    covers: tuple[date, date] | None = None  # the days a plan by period speaks of; bookings outside have not vanished

    @property
    def place(self) -> str:
        """What `ImportOptions.tables` calls it after the sheet's name: "4", or "H4" of a table further right."""
        return self.layout.row_name(self.header_row - 1)

    def row_name(self, row: int) -> str:
        """What `ImportOptions.skip` calls a row (from 1) after the sheet's name."""
        return self.layout.row_name(row - 1)

    def address(self, row: RowPlan, column: ColumnMap) -> str:
        """Where a cell stands on the sheet."""
        return cell_place(self.layout, row.row, column)

    def counts(self) -> dict[str, int]:
        """Rows by what happens to them: read, new, changed, unchanged, rejected."""
        kinds = Counter(row.kind for row in self.rows)
        return {"read": self.read} | {kind.value: kinds[kind] for kind in RowKind}

    def cell(self, row: RowPlan, column: ColumnMap) -> CellPlan:
        """The preview of one cell. Raises KeyError for an ignored column."""
        if column.field is None or column.kind is None:
            raise KeyError(column.header)
        name = column.field
        new = row.held[name] if name in row.held else row.values.get(name)
        changes = name in row.old or (row.kind is RowKind.NEW and new is not None)
        old = row.old.get(name) if name in row.old else (None if row.kind is RowKind.NEW else new)
        return CellPlan(self.address(row, column), name, column.kind, changes, old, new, row.texts.get(name))


@dataclass(frozen=True, slots=True)
class NewCustom:
    """A custom field the plan declares; `id` is final, its field is named `custom.<id>`."""

    id: str
    entity: str
    label: str
    kind: Kind
    unit: str = ""
    also: tuple[str, ...] = ()  # the header, where it is not the label


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A person, programme or portfolio that a cell names and nobody kept before; people are unverified."""

    id: str
    entity: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """That a file names a record (an ImportRow once applied).

    `said` holds the cells whose saying is not the value the record has after the import: by field name, empty when the
    file never said anything of the cell, else the stored value, followed by the kept text and comment where there are.
    """

    id: str  # of the ImportRow; empty when it is made anew
    row: str  # the record
    line: int  # 1-based row of the sheet
    sheet: str = ""  # where it is not the lineage's
    said: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class LineagePlan:
    """What is kept of a table so that next month's file can be compared with it (an ImportFile once applied)."""

    id: str
    new: bool
    entity: str
    sheet: str
    headers: tuple[str, ...]
    since: dict[str, int | None]  # field name -> the batch that named it first; None: this one
    answers: dict[str, Any]  # what a person said of it, as ImportOptions names it
    marks: list[Mark] = field(default_factory=list)
    gone: dict[str, str] = field(
        default_factory=dict
    )  # ids of ImportRows newly missing -> the file that named them last


@dataclass(frozen=True, slots=True)
class Reused:
    """The answers of an earlier file, which hold for this one too."""

    file: str
    day: date | None  # when it was imported

    @property
    def words(self) -> str:
        """That they were used, in a sentence."""
        day = f", {day_text(self.day)}," if self.day else ""
        return f"Answers of “{self.file}”{day} were used."


@dataclass(slots=True)
class Plan:
    """What importing one workbook with given options would do."""

    file: str  # the file's name, without folders
    fingerprint: str  # SHA-256 of its bytes
    tables: list[TablePlan]
    new_custom: list[NewCustom] = field(default_factory=list)
    new_records: list[NewRecord] = field(default_factory=list)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # person id -> other spellings to remember
    merged: Mapping[str, str] = field(default_factory=dict)  # id of a person who is another -> id of that one
    clusters: list[PersonCluster] = field(default_factory=list)  # likeliest first; answered by ImportOptions.people
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sheets without a table, macros and objects left out, ...
    reused: tuple[Reused, ...] = ()  # the earlier files whose answers hold for this one
    after: int = 0  # the newest batch the plan knows of; what came later is looked at again when it is applied
    lineages: list[LineagePlan] = field(default_factory=list)
    answers: str = ""  # the id of the send-out that this is the first answer to

    @property
    def kept(self) -> list[TablePlan]:
        """The tables that go into a register."""
        return [table for table in self.tables if table.into]

    @property
    def writes(self) -> bool:
        """Whether applying the plan changes anything; what a known file says otherwise than before counts too."""
        rows = any(row.kind in (RowKind.NEW, RowKind.CHANGED) for table in self.kept for row in table.rows)
        moved = any(lineage.marks and not lineage.new for lineage in self.lineages)
        answered = moved or bool(self.answers) or self.settles
        return rows or answered or bool(self.new_records or self.aliases or self.merged)

    @property
    def settles(self) -> bool:
        """Whether somebody said that the portfolio's value stays where both sides changed one."""
        conflicts = (each for table in self.kept for row in table.rows for each in row.conflicts.values())
        return any(each.answer is Answer.OURS for each in conflicts)

    def counts(self) -> dict[str, int]:
        """The counts of all tables that are kept, added up."""
        total: Counter[str] = Counter({"read": 0} | {kind.value: 0 for kind in RowKind})
        for table in self.kept:
            total.update(table.counts())
        return dict(total)
