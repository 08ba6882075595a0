"""What the preview shows of one table: its tabs, its columns, and each cell in words; nothing here paints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.exchange.plan import (
    NOTHING,
    Answer,
    CellPlan,
    ColumnMap,
    Conflict,
    Level,
    MissingRow,
    Plan,
    Problem,
    RowKind,
    RowPlan,
    TablePlan,
    Treatment,
)
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import day_text, money_sign
from pmo_desktop.rules.words import rag_label
from pmo_desktop.ui.kinds import KINDS, Reading, long_date

ALL, FIX, LOOK, CONFLICT, MISSING = "all", "fix", "look", "conflict", "missing"
TABS: tuple[tuple[str, str], ...] = (
    (ALL, "All rows"),
    (FIX, "Needs fixing"),
    (CONFLICT, "Conflicts"),
    (LOOK, "Needs a look"),
    (RowKind.NEW, "New"),
    (RowKind.CHANGED, "Changed"),
    (RowKind.UNCHANGED, "Unchanged"),
    (MISSING, "Missing"),
)
STATE_WORDS: dict[str, str] = {  # what needs a person stands first
    RowKind.REJECTED: "Needs fixing",
    CONFLICT: "Conflict",
    RowKind.CHANGED: "Changed",
    RowKind.NEW: "New",
    RowKind.UNCHANGED: "Unchanged",
    MISSING: "Missing",
}
_ORDER = {state: place for place, state in enumerate(STATE_WORDS)}
Present = Mapping[str, Mapping[str, Any]]  # the rows the portfolio holds, by id
Found = Mapping[tuple[int, int], str]  # what cells say, by 1-based row and 0-based column of the sheet
EMPTY = "Empty"
_STAYS = "Edited here since, while the file says what it said last time: this stays."
_ANSWERS = {
    Answer.ASK: "open conflict",
    Answer.THEIRS: "conflict, the file's value is taken",
    Answer.OURS: "conflict, the portfolio's value is kept",
}
SECTIONS = "(section rows)"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the three that a conflict is between: whose word it is, the word, and who said it when."""

    whose: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """One cell as it is shown.

    `tone`: plain, quiet, changed, err, warn, kept (a text beside no value), conflict (`old` is the portfolio's value,
    `text` the file's), settled (a conflict that was answered: `old` gives way) or edited (stays, edited here since).
    """

    text: str
    tone: str = "plain"
    old: str = ""  # struck through above the text
    code: str | None = None  # of a rating that is drawn as a mark
    old_code: str | None = None
    is_rating: bool = False
    why: str = ""  # said in the tooltip


class Shown:
    """One table of a plan in the order of the preview. Rows and columns are places in `rows` and `columns`."""

    def __init__(
        self, plan: Plan, table: TablePlan, reading: Reading, present: Present = NOTHING, found: Found = NOTHING
    ) -> None:
        self.table = table
        self.present = present
        self.found = found
        self.reading = _read_with(plan, table, reading)
        self.columns = _shown_columns(table)
        listed = [*table.rows, *map(_missing_row, table.missing)]
        self.rows = sorted(listed, key=lambda row: (_ORDER[state_of(row)], row.row))
        self.problems: dict[tuple[int, str], Problem] = {}
        self.looks: set[int] = set()  # sheet rows with a cell to look at
        for problem in table.problems:
            self.problems.setdefault((problem.row, problem.field), problem)
            if problem.level is Level.LOOK:
                self.looks.add(problem.row)
        self.tabs = self._sort_into_tabs()
        self._faces: dict[tuple[int, int], Face] = {}

    def face(self, place: int, column: int) -> Face:
        """One cell; made when it is first asked for."""
        key = (place, column)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._make(self.rows[place], self.columns[column])
        return found

    def heading(self, column: ColumnMap) -> str:
        """The field a column goes into, with the unit its money is shown in."""
        if column.kind is not Kind.MONEY:
            return column.label
        one = self.reading.only_currency
        return f"{column.label} ({money_sign(one).strip()}k)" if one else f"{column.label} (k)"

    def spoken(self, place: int, column: int) -> str:
        """A cell as a sentence for a screen reader."""
        row, mapped, face = self.rows[place], self.columns[column], self.face(place, column)
        if face.tone in ("err", "warn"):
            return f"{mapped.label}: {face.text}. {face.why}"
        cell = self.table.cell(row, mapped)
        if (conflict := row.conflicts.get(cell.field)) is not None:
            sides = "; ".join(f"{side.whose} {side.words}" for side in self.sides(place, column))
            return f"{mapped.label}, {_ANSWERS[conflict.answer]}: {sides}"
        if face.tone == "changed" and face.old:
            return f"{mapped.label} changes from {self._said(cell, cell.old)} to {self._said(cell, cell.new)}"
        return f"{mapped.label}: {self._said(cell, cell.new) or face.text or 'empty'}"

    def spoken_row(self, place: int) -> str:
        """What happens to a row, as a sentence."""
        row = self.rows[place]
        why = row.reason or self._row_reason(row)
        look = ", a cell needs a look" if row.row in self.looks else ""
        where = f"Row {self.table.row_name(row.row)}, " if row.row else ""
        return f"{where}{row.label or 'unnamed'}: {STATE_WORDS[state_of(row)]}{look}" + (f". {why}" if why else "")

    def sides(self, place: int, column: int) -> list[Side]:
        """The three sides of a conflict in words; empty for a cell without one."""
        row, mapped = self.rows[place], self.columns[column]
        conflict = row.conflicts.get(mapped.field or "")
        if conflict is None:
            return []
        cell = self.table.cell(row, mapped)
        said = [self._said(cell, value) for value in (conflict.base, conflict.theirs, conflict.ours)]
        if conflict.theirs is None and cell.text is not None:
            said[1] = f"{cell.text.text} (kept as text)"
        return [
            Side("Last file", said[0]),
            Side("This file", said[1], f"{self.table.sheet}!{cell.address}"),
            Side("Portfolio", said[2], set_words(conflict)),
        ]

    def has_look(self, place: int) -> bool:
        """Whether a row has a cell that was kept as text."""
        return self.rows[place].row in self.looks

    def place_of(self, number: int, field: str) -> tuple[int, int] | None:
        """Where a cell of the sheet's row `number` stands: row and column, the column -1 when it has no field."""
        place = next((at for at, row in enumerate(self.rows) if row.row == number), None)
        if place is None:
            return None
        return place, next((at for at, each in enumerate(self.columns) if each.field == field), -1)

    def found_text(self, place: int, column: int) -> str:
        """What the workbook's cell says, for its editor: not the value, which the header's unit has multiplied."""
        row, mapped = self.rows[place], self.columns[column]
        return self.found.get((row.row, mapped.index), "")

    def _make(self, row: RowPlan, column: ColumnMap) -> Face:
        cell = self.table.cell(row, column)
        if (conflict := row.conflicts.get(cell.field)) is not None:
            return self._conflicting(cell, row, conflict)
        problem = self.problems.get((row.row, cell.field))
        if problem is not None and problem.level is not Level.NOTE:
            tone = "err" if problem.level is Level.FIX else "warn"
            return Face(problem.text or EMPTY, tone, why=problem.reason)
        face = self._changed(cell, row) if cell.changes and row.kind is RowKind.CHANGED else self._plain(cell, row)
        if row.kind is RowKind.CHANGED and cell.field in row.new_texts | row.dropped_texts:
            face = replace(face, tone="changed")  # the value stays, the words kept beside it are others
        if cell.field in row.kept:
            face = replace(face, tone="edited", why=_STAYS)
        return replace(face, why=_why(cell, problem)) if cell.text or problem else face

    def _conflicting(self, cell: CellPlan, row: RowPlan, conflict: Conflict) -> Face:
        """Both values: the portfolio's above the file's while it is open, else what gives way above what stays."""
        tone = "conflict" if conflict.answer is Answer.ASK else "settled"
        low, high = conflict.theirs, conflict.ours
        if conflict.answer is Answer.OURS:
            low, high = high, low
        words = {False: "", True: cell.text.text if cell.text else ""}  # by whether it is the file's
        text = self._words(cell, low, row) or words[conflict.answer is not Answer.OURS] or EMPTY
        old = self._words(cell, high, row) or words[conflict.answer is Answer.OURS] or EMPTY
        is_rating = cell.kind is Kind.RAG
        return Face(text, tone, old, low if is_rating else None, high if is_rating else None, is_rating=is_rating)

    def _plain(self, cell: CellPlan, row: RowPlan) -> Face:
        tone = "quiet" if row.kind is RowKind.UNCHANGED else "plain"
        if cell.kind is Kind.RAG:
            if cell.text is not None and not cell.new:
                return _kept(cell)
            here = self.present.get(row.id or "", NOTHING)
            return Face("", tone, code=cell.new or here.get(cell.field), is_rating=True)
        if cell.new is None and cell.text is not None:
            return _kept(cell)
        if cell.new is None and row.kind is not RowKind.NEW:
            return self._kept_value(cell, row)
        return Face(self._words(cell, cell.new, row), tone)

    def _kept_value(self, cell: CellPlan, row: RowPlan) -> Face:
        """A blank cell of the file keeps what the portfolio holds."""
        here = self.present.get(row.id or "", NOTHING)
        value = here.get(cell.field)
        words = "" if value is None else KINDS[cell.kind].text(value, here, self.reading)
        return Face(words, "quiet", why="The cell is blank, so this stays." if words and row.row else "")

    def _changed(self, cell: CellPlan, row: RowPlan) -> Face:
        if cell.kind is Kind.RAG:
            return Face(rag_label(cell.new), "changed", rag_label(cell.old), cell.new, cell.old, is_rating=True)
        new, old = self._words(cell, cell.new, row), self._words(cell, cell.old, row)
        if new == old:  # they differ in what is rounded away
            new, old = self._exact(cell, cell.new, row), self._exact(cell, cell.old, row)
        if cell.new is None:
            new = cell.text.text if cell.text else EMPTY
        return Face(new, "changed", old)

    def _words(self, cell: CellPlan, value: Any, row: RowPlan) -> str:
        return "" if value is None else KINDS[cell.kind].text(value, row.values, self.reading)

    def _exact(self, cell: CellPlan, value: Any, row: RowPlan) -> str:
        return "" if value is None else KINDS[cell.kind].exact(value, row.values, self.reading)

    def _said(self, cell: CellPlan, value: Any) -> str:
        if value is None:
            return rag_label(None) if cell.kind is Kind.RAG else "empty"
        if cell.kind is Kind.DATE:
            return long_date(value)
        return KINDS[cell.kind].exact(value, {}, self.reading)

    def _row_reason(self, row: RowPlan) -> str:
        problem = self.problems.get((row.row, ""))
        return problem.reason if problem else ""

    def _sort_into_tabs(self) -> dict[str, list[int]]:
        tabs: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            if row.row:  # a missing record is no row of the file
                tabs[ALL].append(place)
            tabs[FIX if row.kind is RowKind.REJECTED else row.kind if row.row else MISSING].append(place)
            if row.conflicts:
                tabs[CONFLICT].append(place)
            if row.row in self.looks:
                tabs[LOOK].append(place)
        return {name: tabs[name] for name, _ in TABS}


def state_of(row: RowPlan) -> str:
    """What happens to a row: its kind, unless a conflict of it is open or the file names it no longer."""
    if not row.row:
        return MISSING
    return CONFLICT if row.open and row.kind is not RowKind.REJECTED else row.kind


def set_words(conflict: Conflict) -> str:
    """Who set the portfolio's value last, and when; empty where nobody did."""
    day = day_text(conflict.at.astimezone().date()) if conflict.at else ""
    return ", ".join(part for part in (conflict.who, day) if part)


def shown_headers(column: ColumnMap) -> str:
    """The workbook's own header; its letter where it has none."""
    if column.header == SECTIONS:
        return "Section rows"
    return " ".join(column.header.split()) or f"Column {column.letter}"


def is_derived(column: ColumnMap) -> bool:
    """Whether a column is no column of the sheet (such as section rows): none of its cells can be edited."""
    return not column.letter or bool(column.at) or column.header == SECTIONS


def _missing_row(missing: MissingRow) -> RowPlan:
    """A record that the file names no longer, as a line of the preview; it stands in no row of the sheet."""
    why = f"{missing.last} named it last. It stays as it is; an import deletes nothing."
    return RowPlan(0, RowKind.UNCHANGED, missing.id, missing.label, {}, reason=why)


def _shown_columns(table: TablePlan) -> list[ColumnMap]:
    """The mapped columns: those a row is called by first, then as in the workbook."""
    mapped = [each for each in table.columns if each.field is not None and each.treatment is not Treatment.IGNORED]
    mapped += _derived_columns(table, {each.field for each in mapped})
    keys = key_fields(table)
    return sorted(mapped, key=lambda each: keys.index(each.field) if each.field in keys else len(keys))


def _derived_columns(table: TablePlan, mapped: set[str | None]) -> list[ColumnMap]:
    """What the table as a whole says of its rows, such as the date of its title line, where it changes something."""
    names = {name for row in table.rows for name in row.old} - mapped
    if table.report_date and any("report_date" in row.values for row in table.rows):
        names |= {"report_date"} - mapped
    found = []
    for name in sorted(names):
        meaning = find_field(table.entity or "", name)
        header = "Title line" if name == "report_date" else "Whole table"
        found.append(ColumnMap(-1, "", header, Treatment.FIELD, name, meaning.label, meaning.kind, 1.0, ""))
    return found


def key_fields(table: TablePlan) -> list[str]:
    """The fields a row of the table's register is called by, its reference first."""
    info = BY_NAME[table.into] if table.into else None
    return [name for name in (info.ref, info.title, info.within) if name] if info else []


def _read_with(plan: Plan, table: TablePlan, reading: Reading) -> Reading:
    made: Mapping[str, str] = {each.id: str(each.values.get("name") or "") for each in plan.new_records}
    labels = {row.id: row.label for each in plan.kept for row in each.rows if row.id}
    currencies = {row.values.get("currency") or reading.currency for row in table.rows} or {reading.currency}
    only = next(iter(currencies)) if len(currencies) == 1 else None
    return replace(reading, names={**labels, **reading.names, **made}, only_currency=only)


def _kept(cell: CellPlan) -> Face:
    return Face(cell.text.text if cell.text else "", "kept")


def _why(cell: CellPlan, problem: Problem | None) -> str:
    if problem is not None:
        return problem.reason
    if cell.text is None:
        return ""
    return cell.text.reason or f"Written as “{cell.text.text}”"
