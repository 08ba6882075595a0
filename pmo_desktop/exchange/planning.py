"""From a workbook and a portfolio to a plan: which tables go where, and what would become of each row and cell."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.exchange.clusters import count_written, find_clusters
from pmo_desktop.exchange.columns import Reading, check_mapping, read_columns, register_named, unknown_headers
from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.convert import TableValues, convert_table
from pmo_desktop.exchange.dictionary import OWN_SHEETS
from pmo_desktop.exchange.grid import Sheet, Workbook
from pmo_desktop.exchange.harvest import harvest_names
from pmo_desktop.exchange.lineage import (
    Carried,
    Memory,
    add_former_keys,
    carry_on,
    choose,
    finish,
    likely,
    make_base,
    make_merge,
    read_memory,
    with_answers,
)
from pmo_desktop.exchange.links import read_links
from pmo_desktop.exchange.match import Matcher
from pmo_desktop.exchange.newrows import add_currency, add_scale, make_known, remember
from pmo_desktop.exchange.outliers import find_outliers
from pmo_desktop.exchange.people import Directory, read_directory
from pmo_desktop.exchange.plan import Blank, ColumnMap, ImportOptions, NewCustom, Plan, SkippedRow, TablePlan, Treatment
from pmo_desktop.exchange.present import Present, add_rows, read_present
from pmo_desktop.exchange.returned import (
    as_it_was,
    keep_edits,
    knows_records,
    mark_kept,
    read_kept,
    read_returned,
    read_stamp,
    returned_table,
)
from pmo_desktop.exchange.rowmarks import find_closing, leave_out, row_notes, row_questions
from pmo_desktop.exchange.rowplans import RowPlanner
from pmo_desktop.exchange.tables import Table, find_tables
from pmo_desktop.exchange.ticket import read_ticket
from pmo_desktop.exchange.updates import plan_update
from pmo_desktop.model.catalog import all_fields, find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.registers import RegisterInfo
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names

# Those that others name come first, so that their new rows can be found.
_ORDER = ("people", "portfolios", "programmes", "projects", "milestones")
_CREATED = ("person", "portfolio", "programme")
_LEAST_UNKNOWN = 2  # a smaller table of no known kind is not worth naming


@dataclass(slots=True)
class _Piece:
    """One table with what it was taken for."""

    table: Table
    reading: Reading
    options: ImportOptions
    plan: TablePlan | None = None
    stamp: int | None = None  # of an export of ours: the batch it was written after


def plan_import(store: Store, workbook: Workbook, options: ImportOptions | None = None) -> Plan:
    """What importing the workbook would do; nothing is written and no transaction stays open.

    Raises Known when an option names a sheet, register or field that does not exist.
    """
    with _without_collector():
        if ticket := read_ticket(workbook):
            return plan_update(store, workbook, ticket, options or ImportOptions())
        return _plan(store, workbook, options or ImportOptions())


@contextmanager
def _without_collector() -> Iterator[None]:
    """A plan makes a million small things and no rings: looking for rings all the while costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _plan(store: Store, workbook: Workbook, options: ImportOptions) -> Plan:
    present, memory = read_present(store), read_memory(store)
    _check(workbook, options, present)
    pieces = _read_pieces(workbook, options, present)
    kept = [piece for piece in pieces if piece.reading.info]
    add_rows(present, store, [_entity(piece) for piece in kept])
    plan = Plan(workbook.name, workbook.fingerprint, [], notes=list(workbook.notes), after=present.newest)
    if read_returned(workbook):
        _keep_edits(kept, present, read_names(store), workbook, memory)
    elif not options.fresh:
        _recall(kept, present, memory, plan)
    people = read_directory(present.rows["person"], options.people)
    _plan_kept(kept, present, memory, plan, people, [piece.table for piece in pieces if not piece.reading.info])
    for piece in pieces:
        plan.tables.append(piece.plan or _plan_foreign(piece))
    plan.notes += unknown_headers(options, [piece.table for piece in pieces])
    _add_notes(plan, workbook, pieces)
    return plan


def _check(workbook: Workbook, options: ImportOptions, present: Present) -> None:
    if options.into is not None:
        register_named(options.into)
    check_mapping(options, present.customs)
    names = [sheet.name for sheet in workbook.sheets]
    if options.sheet is not None and options.sheet.casefold() not in {name.casefold() for name in names}:
        raise Known(f"“{workbook.name}” has no sheet “{options.sheet}”. Its sheets are {', '.join(names)}.")


def _read_pieces(workbook: Workbook, options: ImportOptions, present: Present) -> list[_Piece]:
    """Every table of the sheets asked for, with the register it was taken for."""
    told = read_returned(workbook)
    sheets = [
        sheet for sheet in workbook.sheets if options.sheet in (None, sheet.name) or _same(options.sheet, sheet.name)
    ]
    foreign = [sheet for sheet in sheets if not told or sheet.name not in OWN_SHEETS]
    tables = [(sheet, table) for sheet in foreign for table in _tables(sheet, told.get(sheet.name))]
    for _, table in tables:
        leave_out(table, options)
    free = replace(options, into=None)
    pieces = [
        _Piece(table, read_columns(table, present.customs, free, told.get(sheet.name)), options)
        for sheet, table in tables
    ]
    pieces = [_decided(piece, present, options, told) for piece in pieces]
    pieces = [piece for piece in pieces if piece.reading.looks_like or len(piece.table.records) >= _LEAST_UNKNOWN]
    return _narrow(pieces, present, options, told) if options.into else pieces


def _tables(sheet: Sheet, told: Mapping[str, str] | None) -> list[Table]:
    whole = returned_table(sheet, told) if told else None
    return [whole] if whole else find_tables(sheet)


def _recall(pieces: list[_Piece], present: Present, memory: Memory, plan: Plan) -> None:
    """Answer for each table what was answered for the file before, and say so."""
    for piece in pieces:
        entity = _entity(piece)
        lineage = next(iter(likely(memory, entity, piece.reading.columns)), None)
        if lineage is None or not lineage.answers:
            continue
        known = {field.name for field in (*all_fields(entity), *present.customs.get(entity, ()))}
        piece.options = with_answers(piece.options, lineage, known)
        leave_out(piece.table, piece.options)
        asked = replace(piece.options, into=_info(piece).name)
        piece.reading = replace(read_columns(piece.table, present.customs, asked), why=piece.reading.why)
        day = f", {day_text(lineage.at.astimezone().date())}," if lineage.at else ""
        note = f"Answers of “{lineage.file}”{day} were used."
        if note not in plan.notes:
            plan.notes.append(note)


def _keep_edits(
    pieces: list[_Piece],
    present: Present,
    names: Mapping[str, str],
    workbook: Workbook,
    memory: Memory,
) -> None:
    """Of an export of ours that came back, only what was edited since it was written is read; kept words stay words."""
    told, stamp, words = read_returned(workbook), read_stamp(workbook), read_kept(workbook)
    for piece in pieces:
        if piece.table.sheet.name in told:
            entity = _entity(piece)
            fields = [(column.index, field) for column, field in _mapped_fields(piece, present)]
            records: Mapping[str, Mapping[str, Any]] = {row["id"]: row for row in present.rows[entity]}
            texts: Mapping[tuple[str, str], Any] = present.texts[entity]
            if stamp is not None and stamp <= present.newest and knows_records(piece.table, fields, records):
                piece.stamp = stamp
                records, texts = as_it_was(memory.past(entity, stamp), stamp, records, texts)
            currency = present.settings["currency"]
            table = keep_edits(piece.table, fields, records, texts, names, currency)
            piece.table = mark_kept(table, fields, words.get(table.sheet.name, {}))


def _decided(piece: _Piece, present: Present, options: ImportOptions, told: Mapping[str, Mapping[str, str]]) -> _Piece:
    """The table as a person said it is: left out, or of a register they named."""
    table = piece.table
    into = options.tables.get(table.sheet.full_address(table.sheet.layout.row_name(table.header)))
    if into is None or (piece.reading.info is not None and piece.reading.info.name == into):
        return piece
    if not into:
        left = replace(piece.reading, info=None, why=f"{piece.reading.why}; left out, as you said")
        return _Piece(table, left, options)
    asked = replace(options, into=register_named(into).name)
    return _Piece(table, read_columns(table, present.customs, asked, told.get(table.sheet.name)), options)


def _narrow(
    pieces: list[_Piece], present: Present, options: ImportOptions, told: Mapping[str, Mapping[str, str]]
) -> list[_Piece]:
    """Only what goes into the register asked for: what was taken for it, else what a person says it is."""
    found = [piece for piece in pieces if piece.reading.info and piece.reading.info.name == options.into]
    if found and options.sheet is None:
        return found
    asked = [piece for piece in pieces if options.sheet or not piece.reading.looks_like] or pieces
    return [
        _Piece(
            piece.table, read_columns(piece.table, present.customs, options, told.get(piece.table.sheet.name)), options
        )
        for piece in asked
    ]


def _share_new_fields(pieces: list[_Piece]) -> list[NewCustom]:
    """The custom fields to be declared: columns of one label on several sheets of a register are one field."""
    shared: dict[tuple[str, str], ColumnMap] = {}
    for piece in pieces:
        for column in piece.reading.columns:
            if column.treatment is Treatment.NEW:
                first = shared.setdefault((_entity(piece), column.label.casefold()), column)
                column.field, column.label, column.kind = first.field, first.label, first.kind
    return [
        NewCustom(
            (column.field or "").removeprefix(CUSTOM_PREFIX), entity, column.label, column.kind, also=_also(column)
        )
        for (entity, _), column in shared.items()
        if column.kind
    ]


def _plan_kept(
    pieces: list[_Piece], present: Present, memory: Memory, plan: Plan, people: Directory, others: list[Table]
) -> None:
    links = {entity: read_links(entity, present.rows[entity]) for entity in ("portfolio", "programme", "project")}
    around = Surroundings(people, links, present.settings)
    ordered = sorted(
        pieces, key=lambda piece: _ORDER.index(_info(piece).name) if _info(piece).name in _ORDER else len(_ORDER)
    )
    plan.new_custom = _share_new_fields(ordered)
    fields = {id(piece): _mapped_fields(piece, present) for piece in ordered}
    named = False
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    carried: list[Carried] = []
    for piece in ordered:
        if _entity(piece) != "person" and not named:  # a sheet of people comes before those whom cells name
            named = True
            for named_in in ordered:
                for column, field in fields[id(named_in)]:
                    if field.kind is Kind.PERSON:
                        people.add_full_names(named_in.table.values(column.index))
            harvest_names(people, others)
        values = convert_table(piece.table, fields[id(piece)], around, piece.options)
        count_written(spelt, piece.table, values)
        carried += _plan_table(piece, values, around, present, memory, plan)
        plan.questions += [*piece.reading.questions, *values.questions]
        plan.questions += row_questions(piece.table, _entity(piece), piece.options)
    finish(carried, pieces[0].options if pieces else ImportOptions())
    made = [*people.new, *links["portfolio"].new, *links["programme"].new]
    written = (_written_ids(pieces) if made else set()) | people.named
    plan.new_records = [record for record in made if record.id in written]
    _add_people(plan, people, {row["id"] for row in present.rows["person"]})
    plan.clusters = find_clusters(people, spelt)


def _add_people(plan: Plan, people: Directory, kept: set[str]) -> None:
    """What was learnt about how people are written, of those who are there once the plan is applied."""
    kept |= {record.id for record in plan.new_records}
    plan.aliases = {person: tuple(names) for person, names in people.aliases.items() if person in kept}
    plan.merged = {gone: stays for gone, stays in people.merged.items() if stays in kept}


def _plan_table(
    piece: _Piece, values: TableValues, around: Surroundings, present: Present, memory: Memory, plan: Plan
) -> list[Carried]:
    """Plan one table. The answer is what is to be remembered of it: of an export of ours, nothing."""
    info, entity, table, options = _info(piece), _entity(piece), piece.table, piece.options
    matcher = Matcher(info, on=options.match_on.get(info.name, ""))
    for record in present.rows[entity]:
        matcher.add(record)
    planner = RowPlanner(table, info, values, matcher, present.texts[entity], _fixed(piece, values, options))
    planner.band_field = _band_field(piece)
    planner.bands = around.links.get(planner.band_field.to) if planner.band_field else None
    planner.closing = find_closing(table, entity, options)
    columns = [*piece.reading.columns]
    if planner.band_field and table.bands:
        columns.append(_band_column(table, planner.band_field))
    if planner.closing and planner.closing.field.name not in {column.field for column in columns}:
        columns.append(planner.closing.column())
    ours = piece.stamp is not None
    candidates = [] if ours else likely(memory, entity, columns)
    if candidates:
        add_former_keys(matcher, make_base(memory, entity, candidates[0], None, present.newest))
    claimed = planner.match(options, frozenset() if ours else _cleared(options))
    lineage = choose(memory, candidates, claimed)
    base = make_base(memory, entity, lineage, piece.stamp, present.newest)
    base.past.kinds |= planner.kinds
    planner.merge = make_merge(base, memory, entity, columns, options, table.sheet)
    planner.compare()
    planner.problems += find_outliers(table, values.columns, planner.rows)
    plan.questions += planner.questions
    add_currency(planner, values)
    add_scale(planner)
    make_known(planner, around)
    remember(planner, present, base.past)
    found = piece.plan = _plan_foreign(piece)
    found.into, found.entity, found.columns = info.name, entity, columns
    found.rows, found.problems, found.read = planner.rows, planner.problems, len(planner.rows)
    found.skipped += planner.deleted
    if ours:
        return []
    carried = carry_on(plan.lineages, lineage, found, options)
    return [Carried(found, planner.merge, matcher.by_id, present.texts[entity], carried)]


def _cleared(options: ImportOptions) -> frozenset[str]:
    return frozenset(header for header, each in options.blank.items() if each == Blank.CLEAR)


def _plan_foreign(piece: _Piece) -> TablePlan:
    """A table that holds what we do not keep: counted and named."""
    table, reading = piece.table, piece.reading
    skipped = [SkippedRow(row + 1, text, reason) for row, text, reason in table.skipped]
    return TablePlan(
        sheet=table.sheet.name,
        header_row=table.header + 1,
        into=None,
        entity=None,
        looks_like=reading.looks_like,
        confidence=round(min(1.0, reading.score), 2),
        why=f"{table.why}; {reading.why}",
        read=len(table.records),
        columns=reading.columns,
        rows=[],
        problems=[],
        skipped=skipped,
        report_date=table.report_date,
        layout=table.sheet.layout,
    )


def _mapped_fields(piece: _Piece, present: Present) -> list[tuple[ColumnMap, Field]]:
    """The columns that go somewhere, with the field each goes to."""
    entity = _entity(piece)
    customs = {field.name: field for field in present.customs.get(entity, ())}
    found = []
    for column in piece.reading.columns:
        if column.field and column.treatment is Treatment.NEW and column.kind:
            found.append((column, Field(column.field, column.label, column.kind, entity=entity)))
        elif column.field:
            found.append((column, customs.get(column.field) or find_field(entity, column.field)))
    return found


def _fixed(piece: _Piece, values: TableValues, options: ImportOptions) -> dict[str, Any]:
    """What the table as a whole says of each row: the day of its title line, where no column says it."""
    names = {each.field.name for each in values.columns}
    has_day = any(field.name == "report_date" for field in all_fields(_entity(piece)))
    if piece.table.report_date and has_day and "report_date" not in names and options.report_date is not False:
        return {"report_date": piece.table.report_date}
    return {}


def _band_field(piece: _Piece) -> Field | None:
    """Where the text of section bands goes: the programme, or the project of what belongs to one, else the category."""
    mapped = {column.field for column in piece.reading.columns}
    names = [name for name in (_info(piece).within or "programme", "category") if name not in mapped]
    own = {field.name: field for field in all_fields(_entity(piece))}
    return next((own[name] for name in names if name in own), None) if piece.table.bands else None


def _band_column(table: Table, field: Field) -> ColumnMap:
    samples = tuple(dict.fromkeys(table.bands.values()))[:3]
    why = f"{len(set(table.bands.values()))} rows stand alone above others"
    return ColumnMap(
        table.columns[0].index,
        "A",
        "(section rows)",
        Treatment.FIELD,
        field.name,
        field.label,
        field.kind,
        0.9,
        why,
        samples,
    )


def _written_ids(pieces: list[_Piece]) -> set[object]:
    """Every id that a written row points to."""
    found: set[object] = set()
    for piece in pieces:
        links = [each.name for each in all_fields(_entity(piece)) if each.to] if piece.plan else []
        for row in piece.plan.rows if piece.plan else ():
            if row.kind in ("new", "changed"):
                values = row.change()
                found.update(values.get(name) for name in links)
    return found


def _also(column: ColumnMap) -> tuple[str, ...]:
    return (column.header,) if column.header != column.label else ()


def _add_notes(plan: Plan, workbook: Workbook, pieces: list[_Piece]) -> None:
    """Sheets without a table, hidden or struck rows of tables that are not kept, and broken formulas."""
    own = {*OWN_SHEETS, *told} if (told := read_returned(workbook)) else set()
    with_tables = {piece.table.sheet.name for piece in pieces}
    for sheet in workbook.sheets:
        if sheet.name not in with_tables and sheet.name not in own:
            plan.notes.append(f"Sheet {sheet.name} holds no table." if sheet.rows else f"Sheet {sheet.name} is empty.")
    shown = {table.sheet for table in plan.kept}
    plan.notes += [
        f"Sheet {sheet.name} is hidden in the workbook; it is read all the same."
        for sheet in workbook.sheets
        if not sheet.visible and sheet.name in shown and sheet.name not in own
    ]
    for piece in pieces:
        plan.notes += [] if piece.reading.info else row_notes(piece.table)
    told_of = {problem.cell for table in plan.tables for problem in table.problems}
    plan.notes += [
        f"{sheet.full_address(address)}: the formula in this cell is broken ({error})."
        for sheet in workbook.sheets
        for address, error in sheet.errors.items()
        if sheet.full_address(address) not in told_of
    ]


def _info(piece: _Piece) -> RegisterInfo:
    assert piece.reading.info is not None  # noqa: S101  only kept pieces are asked
    return piece.reading.info


def _entity(piece: _Piece) -> str:
    return str(_info(piece).entity.__tablename__)


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.casefold() == other.casefold()
