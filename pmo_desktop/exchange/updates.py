"""A workbook that was sent out for update and comes back: what its white cells say, against what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pmo_desktop.exchange.asked import ASKED, Asked, asked_of
from pmo_desktop.exchange.cells import Writer, cell_writer
from pmo_desktop.exchange.convert import Converted, convert_table
from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.grid import Cell, Workbook, letter
from pmo_desktop.exchange.kinds import KINDS
from pmo_desktop.exchange.lineage import Memory, make_base, make_merge, read_memory
from pmo_desktop.exchange.links import fold
from pmo_desktop.exchange.merge import Merge
from pmo_desktop.exchange.outcome import Outcome, Parsed, cell_text
from pmo_desktop.exchange.people import read_directory
from pmo_desktop.exchange.plan import (
    CellText,
    ColumnMap,
    ImportOptions,
    Level,
    MissingRow,
    Plan,
    Problem,
    RowKind,
    RowPlan,
    TablePlan,
    Treatment,
)
from pmo_desktop.exchange.present import add_rows, read_present
from pmo_desktop.exchange.returned import is_untouched, returned_table
from pmo_desktop.exchange.sheets import IDENTITY
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.ticket import Ticket
from pmo_desktop.figures.history import was_ever
from pmo_desktop.figures.sendouts import rows_by_manager
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin, through
from pmo_desktop.store.rewind import as_of_batch
from pmo_desktop.store.rows import Record, read_names, read_row, read_texts

Texts = Mapping[tuple[str, str], Record]


@dataclass(slots=True)
class State:
    """Rows and kept texts of one register at one moment, by id, and what linked rows were called then."""

    rows: Mapping[str, Record]
    texts: Texts
    names: Mapping[str, str]

    def words(self, row: str, name: str) -> str | None:
        """The words kept beside a cell."""
        kept = self.texts.get((row, name))
        return kept["text"] if kept else None


@dataclass(slots=True)
class _Sheet:
    """One register's sheet under work. `asked` are the ids of the rows that were sent."""

    info: RegisterInfo
    table: Table
    columns: list[tuple[ColumnMap, Field]]
    opened: frozenset[str]
    own: Sequence[Field]
    base: State
    now: State
    asked: Sequence[str]
    currency: str
    cleared: set[tuple[int, str]] = field(default_factory=set)  # row number and field of cells that were emptied
    found: dict[int, str] = field(default_factory=dict)  # row number -> record
    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def entity(self) -> str:
        """The table of the register."""
        return str(self.info.entity.__tablename__)

    def tell(self, row: int, column: ColumnMap, text: str, reason: str, level: Level) -> None:
        """List a problem. `row` counts from 0."""
        address = self.table.sheet.full_address(f"{column.letter}{row + 1}")
        self.problems.append(Problem(address, text, reason, level, row + 1, column.field or ""))


def plan_update(store: Store, workbook: Workbook, ticket: Ticket, options: ImportOptions) -> Plan:
    """What applying a returned workbook would do: only edited white cells count, and both sides' work is kept.

    Raises Known when this portfolio did not send it out, or took the sending back.
    """
    begin("Reading the portfolio")
    sent = _find_sent(store, ticket)
    version = round(sent["version"])
    present, names, memory = read_present(store), read_names(store), read_memory(store)
    add_rows(present, store, [_entity(name) for name in ASKED])
    around = Surroundings(read_directory(present.rows["person"]), {}, present.settings, present.sides)
    asked = _read_asked(store, sent["person"], version)
    plan = Plan(workbook.name, workbook.fingerprint, [], notes=[_note(names, sent)], after=present.newest)
    for name, (ids, base) in asked.items():
        info = BY_NAME[name]
        if options.into not in (None, name) or not _is_wanted(options, info.sheet):
            continue
        now = _state(present.rows[_entity(name)], present.texts[_entity(name)], names)
        own = present.customs[_entity(name)]
        sheet = _read_sheet(workbook, ticket, info, own, (base, now), ids, present.settings["currency"])
        if sheet is None:
            plan.notes.append(f"The sheet {info.sheet} is missing or its headers were changed: nothing of it was read.")
            continue
        plan.notes += _gone(sheet, ticket)
        _plan_sheet(sheet, around, options, memory, version)
        plan.tables.append(_table_plan(sheet, sent))
    if len(plan.tables) == len(asked) and not sent["answered_on"]:
        plan.answers = sent["id"]
    return plan


def _read_asked(store: Store, person: str, version: int) -> dict[str, tuple[list[str], State]]:
    """What a person was asked about: by register, the ids of the rows and the state that was sent."""
    past = as_of_batch(store, version)
    try:
        asked, names = rows_by_manager(past, ASKED).get(person, {}), read_names(past)
        return {
            name: ([row["id"] for row in rows], _state(rows, read_texts(past, _entity(name)), names))
            for name, rows in asked.items()
        }
    finally:
        past.close()


def _find_sent(store: Store, ticket: Ticket) -> Record:
    """The record of the sending. Raises Known when there is none."""
    found = read_row(store, "send_out", ticket.send_out) if ticket.send_out else None
    if found is not None:
        return found
    if was_ever(store, "send_out", ticket.send_out):
        raise Known(
            "Nothing was read: the sending of this workbook was undone. Redo it, or type the answer in by hand."
        )
    called = f" (“{ticket.portfolio}”)" if ticket.portfolio else ""
    raise Known(
        f"Nothing was read: this workbook was sent out from another portfolio{called}, or its hidden sheet was changed."
    )


def _state(rows: Sequence[Record], texts: Texts, names: Mapping[str, str]) -> State:
    return State({row["id"]: row for row in rows}, texts, names)


def _note(names: Mapping[str, str], sent: Record) -> str:
    before = f", which was answered before on {day_text(sent['answered_on'])}" if sent["answered_on"] else ""
    return f"This is the answer of {names[sent['person']]} to what was sent on {day_text(sent['sent_on'])}{before}."


def _gone(sheet: _Sheet, ticket: Ticket) -> Iterator[str]:
    """Columns of fields that were deleted since they were sent."""
    there = {field.name for field in sheet.own}
    for header, name in ticket.columns[sheet.info.sheet].items():
        if name.startswith(CUSTOM_PREFIX) and name not in there:
            yield f"The field {header} was deleted since this was sent out: its column was not read."


def _read_sheet(
    workbook: Workbook,
    ticket: Ticket,
    info: RegisterInfo,
    own: Sequence[Field],
    states: tuple[State, State],
    ids: Sequence[str],
    currency: str,
) -> _Sheet | None:
    """The sheet of a register, with the states that were sent and that are now; None when it cannot be told."""
    told = ticket.columns.get(info.sheet, {})
    grid = next((sheet for sheet in workbook.sheets if sheet.name == info.sheet), None)
    table = returned_table(grid, told) if grid and told else None
    if table is None:
        return None
    asked, named = asked_of(info.name, own), {field.name: field for field in own}
    columns = []
    for column in table.columns:
        name = told.get(column.header, "")
        if name in (IDENTITY, *asked.shown):
            of = named.get(name) or find_field(str(info.entity.__tablename__), name)
            columns.append((_column(table, info, asked, column, of), of))
    return _Sheet(info, table, columns, asked.opened, own, *states, ids, currency)


def _column(table: Table, info: RegisterInfo, asked_for: Asked, column: Column, of: Field) -> ColumnMap:
    """What becomes of a column: asked for, a key that the row is told by, or locked and left out."""
    asked, key = of.name in asked_for.opened, of.name in (info.ref, info.title, info.within)
    why = "asked for" if asked else "locked: the row is told by it" if key else "locked: not read"
    treatment = Treatment.FIELD if asked or key else Treatment.IGNORED
    samples = tuple(dict.fromkeys(cell_text(cell) for cell in table.values(column.index) if cell is not None))[:3]
    told = of.name if asked or key else None
    index = column.index
    return ColumnMap(index, letter(index), column.header, treatment, told, of.label, of.kind, 1.0, why, samples)


def _plan_sheet(sheet: _Sheet, around: Surroundings, options: ImportOptions, memory: Memory, version: int) -> None:
    begin(f"Comparing {sheet.info.many}", len(sheet.table.records), laps=3)
    _find_records(sheet)
    base = make_base(memory, sheet.entity, None, version, version)
    columns = [column for column, _ in sheet.columns]
    merge = make_merge(base, memory, sheet.entity, columns, options, sheet.table.sheet)
    masked = _masked(sheet)
    read = [(column, of) for column, of in sheet.columns if of.name in sheet.opened or of.name == "currency"]
    # What we wrote ourselves is in whole units of the row's money: nobody need be asked what one means.
    values = convert_table(masked, read, around, replace(options, money_unit=options.money_unit or "1"))
    white = [each for each in values.columns if each.field.name in sheet.opened]
    for place, number in enumerate(through(masked.records, count=1)):
        if number in sheet.found and sheet.table.sheet.full_address(str(number + 1)) not in options.skip:
            _plan_row(sheet, number, [(each, each.cells[place]) for each in white], merge)


def _find_records(sheet: _Sheet) -> None:
    """Which record each row is, by its hidden identity; a row that cannot be told waits, and says why."""
    place = next((column for column, of in sheet.columns if of.name == IDENTITY), sheet.columns[0][0])
    taken: dict[str, int] = {}
    for number in through(sheet.table.records, count=1):
        cell = sheet.table.cell(number, place.index)
        identity = cell if isinstance(cell, str) else ""
        reason = _refusal(sheet, number, identity, taken)
        if not reason:
            taken[identity] = number
            sheet.found[number] = identity
            continue
        label = _label(sheet, number)
        sheet.rows.append(RowPlan(number + 1, RowKind.REJECTED, None, label, {}, reason=reason))
        sheet.tell(number, sheet.columns[0][0], label, reason, Level.FIX)


def _refusal(sheet: _Sheet, number: int, identity: str, taken: Mapping[str, int]) -> str:
    """Why a row is not read; empty when it is one that was sent."""
    one = sheet.info.one
    if not identity:
        return f"This row was added. An answer brings no new {sheet.info.many}: make it in the portfolio."
    if identity in taken:
        return f"Row {taken[identity] + 1} of this sheet is the same {one}; keep one of the two."
    if identity not in sheet.asked:
        return f"This row is no {one} that was sent: its hidden identity was changed."
    if identity not in sheet.now.rows:
        return f"This {one} was deleted from the portfolio since it was sent."
    keys = {sheet.info.ref, sheet.info.title}
    if any(of.name in keys and not _as_sent(sheet, number, column, of, identity) for column, of in sheet.columns):
        return f"Its name or ID is not that of the {one} its hidden identity stands for; one of them was changed."
    return ""


def _as_sent(sheet: _Sheet, number: int, column: ColumnMap, of: Field, identity: str) -> bool:
    cell = sheet.table.cell(number, column.index)
    return _untouched(sheet, cell, of, identity, cell_writer(of, sheet.base.names))


def _untouched(sheet: _Sheet, cell: Cell, of: Field, identity: str, write: Writer) -> bool:
    """Whether a cell holds what was sent."""
    record = sheet.base.rows[identity]
    currency = record.get("currency") or sheet.currency
    return is_untouched(cell, record.get(of.name), sheet.base.words(identity, of.name), write, currency)


def _masked(sheet: _Sheet) -> Table:
    """The table with only the edited white cells left; what was emptied is noted, what was unlocked is told."""
    writers = [(column, of, cell_writer(of, sheet.base.names)) for column, of in sheet.columns if of.name != IDENTITY]
    rows = list(sheet.table.sheet.rows)
    for number, identity in through(sheet.found.items(), count=1):
        row = list(rows[number]) + [None] * (len(sheet.table.sheet.rows[0]) - len(rows[number]))
        for column, of, write in writers:
            cell = row[column.index]
            edited = not _untouched(sheet, cell, of, identity, write)
            if edited and of.name in sheet.opened:
                if cell is None or cell == "":
                    sheet.cleared.add((number, of.name))
                continue
            if edited:
                reason = f"{of.label} is locked and not asked for, so this was not read."
                sheet.tell(number, column, cell_text(cell) if cell is not None else "", reason, Level.LOOK)
            row[column.index] = sheet.base.rows[identity].get("currency") if of.name == "currency" else None
        rows[number] = row
    return replace(sheet.table, sheet=replace(sheet.table.sheet, rows=rows), _turned=[])


def _plan_row(sheet: _Sheet, number: int, cells: Sequence[tuple[Converted, Parsed | None]], merge: Merge) -> None:
    plan = RowPlan(number + 1, RowKind.UNCHANGED, sheet.found[number], _label(sheet, number), {})
    for each, parsed in cells:
        name = each.field.name
        if parsed is not None:
            _take(sheet, plan, each, parsed)
        elif (number, name) in sheet.cleared and not each.field.required:
            plan.values[name] = None
    record = sheet.now.rows[sheet.found[number]]
    merge.compare(plan, record, sheet.now.texts)
    plan.kept |= frozenset(_edited_here(sheet, plan))
    for column, of in sheet.columns:
        if column.field:  # for the preview: what the answer says nothing of is what the portfolio holds
            plan.values.setdefault(of.name, record.get(of.name))
    sheet.rows.append(plan)


def _take(sheet: _Sheet, plan: RowPlan, each: Converted, parsed: Parsed) -> None:
    """What one edited cell says; words that cannot be read take no value away."""
    if parsed.outcome is Outcome.READ:
        plan.values[each.field.name] = parsed.value
    elif parsed.outcome is Outcome.EMPTIED:
        plan.values[each.field.name] = None
    if parsed.text is None:
        return
    address = f"{each.column.letter}{plan.row}"
    plan.texts[each.field.name] = CellText(parsed.text, parsed.precision, parsed.reason, address)
    if parsed.reason:
        level = Level.NOTE if parsed.outcome is Outcome.EMPTIED else Level.LOOK
        sheet.tell(plan.row - 1, each.column, parsed.text, parsed.reason, level)


def _edited_here(sheet: _Sheet, plan: RowPlan) -> Iterator[str]:
    """White cells that the answer left alone and somebody changed in the portfolio since: what they hold stays."""
    row, kinds = plan.id or "", {of.name: of.kind for _, of in sheet.columns}
    for name in sorted(sheet.opened.intersection(kinds) - plan.values.keys() - plan.texts.keys()):
        then, now = sheet.base.rows[row].get(name), sheet.now.rows[row].get(name)
        same = KINDS[kinds[name]].same(then, now)
        if not same or sheet.base.words(row, name) != sheet.now.words(row, name):
            yield name


def _table_plan(sheet: _Sheet, sent: Record) -> TablePlan:
    there = set(sheet.found.values())
    missing = [
        MissingRow(identity, _called(sheet, identity), sent["file"])
        for identity in sheet.asked
        if identity not in there and identity in sheet.now.rows
    ]
    return TablePlan(
        sheet=sheet.table.sheet.name,
        header_row=1,
        into=sheet.info.name,
        entity=sheet.entity,
        looks_like=sheet.info.name,
        confidence=1.0,
        why="sent out for update, by its hidden sheet",
        read=len(sheet.rows),
        columns=[column for column, _ in sheet.columns],
        rows=sorted(sheet.rows, key=lambda row: row.row),
        problems=sorted(sheet.problems, key=lambda problem: problem.row),
        skipped=[],
        missing=missing,
    )


def _label(sheet: _Sheet, number: int) -> str:
    """What a row of the workbook is called: by its record, else by its own key cells."""
    if number in sheet.found:
        return _called(sheet, sheet.found[number])
    keys = (sheet.info.ref, sheet.info.title)
    cells = [sheet.table.cell(number, column.index) for column, of in sheet.columns if of.name in keys]
    return " ".join(cell_text(cell) for cell in cells if cell is not None)


def _called(sheet: _Sheet, identity: str) -> str:
    row = sheet.now.rows.get(identity) or sheet.base.rows[identity]
    keys = [name for name in (sheet.info.ref, sheet.info.title) if name]
    return " ".join(str(row[name]) for name in keys if row.get(name) is not None)


def _entity(register: str) -> str:
    return str(BY_NAME[register].entity.__tablename__)


def _is_wanted(options: ImportOptions, title: str) -> bool:
    return options.sheet is None or fold(options.sheet) == fold(title)
