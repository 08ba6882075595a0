"""From a workbook and a portfolio to a plan: which tables go where, and what would become of each row and cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from pmo_desktop.exchange.clusters import count_written, find_clusters
from pmo_desktop.exchange.columns import check_mapping, register_named, unknown_headers
from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.convert import TableValues, convert_table
from pmo_desktop.exchange.dictionary import OWN_SHEETS
from pmo_desktop.exchange.filldown import fill_down, find_groups, group_question
from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.gridreturn import grid_sheet, plan_grid
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
)
from pmo_desktop.exchange.links import read_links
from pmo_desktop.exchange.match import Matcher
from pmo_desktop.exchange.naming import caller
from pmo_desktop.exchange.newrows import add_currency, add_scale, add_staff, call_resources, make_known, remember
from pmo_desktop.exchange.outliers import find_outliers
from pmo_desktop.exchange.people import Directory, read_directory
from pmo_desktop.exchange.pieces import Piece, keep_edited, mapped_fields, read_pieces, recall_answers
from pmo_desktop.exchange.plan import (
    Blank,
    ColumnMap,
    ImportOptions,
    NewCustom,
    NewRecord,
    Plan,
    SkippedRow,
    TablePlan,
    Treatment,
)
from pmo_desktop.exchange.present import Present, add_rows, read_present
from pmo_desktop.exchange.returned import read_returned
from pmo_desktop.exchange.rowmarks import find_closing, row_notes, row_questions
from pmo_desktop.exchange.rowplans import RowPlanner
from pmo_desktop.exchange.scored import find_contradictions, occurred_notes
from pmo_desktop.exchange.staff import full_names, read_resources
from pmo_desktop.exchange.tables import Table, why_none
from pmo_desktop.exchange.ticket import read_ticket
from pmo_desktop.exchange.updates import plan_update
from pmo_desktop.model.catalog import all_fields
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.registers import linked, write_order
from pmo_desktop.store.collector import without_collector
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin, expect, through
from pmo_desktop.store.rows import read_names

_MAY_LACK = ("role", "type")  # of what tells bookings and absences apart: a file without such a column means any
_PASSES = 2  # matching the rows and comparing them, beside one for each column
_PORTFOLIO = "Reading the portfolio"


def plan_import(store: Store, workbook: Workbook, options: ImportOptions | None = None) -> Plan:
    """What importing the workbook would do; nothing is written and no transaction stays open.

    Whoever listens (store.pace) hears of the rows done, of all rows, and may end it. Raises Known when an option names
    a sheet, register or field that does not exist.
    """
    with without_collector():
        if grid := grid_sheet(workbook):
            return plan_grid(store, workbook, grid, options or ImportOptions())
        if ticket := read_ticket(workbook):
            return plan_update(store, workbook, ticket, options or ImportOptions())
        return _plan(store, workbook, options or ImportOptions())


def _plan(store: Store, workbook: Workbook, options: ImportOptions) -> Plan:
    begin(_PORTFOLIO)
    present, memory = read_present(store), read_memory(store)
    _check(workbook, options, present)
    add_rows(present, store, ())
    pieces = read_pieces(workbook, options, present)
    kept = [piece for piece in pieces if piece.reading.info]
    begin(_PORTFOLIO)
    add_rows(present, store, [piece.entity for piece in kept])
    plan = Plan(workbook.name, workbook.fingerprint, [], notes=list(workbook.notes), after=present.newest)
    if read_returned(workbook):
        keep_edited(kept, present, read_names(store), workbook, memory)
    elif not options.fresh:
        recall_answers(kept, present, memory, plan)
    if not read_returned(workbook):  # an export of ours says each value where it belongs
        _fill_groups(kept, present, plan)
    people = read_directory(present.rows["person"], options.people)
    _plan_kept(kept, present, memory, plan, people, [piece.table for piece in pieces if not piece.reading.info])
    for piece in pieces:
        plan.tables.append(piece.plan or _plan_foreign(piece))
    plan.notes += unknown_headers(options, [piece.table for piece in pieces])
    _add_notes(plan, workbook, pieces, options)
    return plan


def _fill_groups(pieces: list[Piece], present: Present, plan: Plan) -> None:
    """Say in every row what is said only on the first row of its group."""
    for piece in pieces:
        groups = find_groups(piece.table, mapped_fields(piece, present), piece.info, piece.options)
        if groups and piece.options.fill_down is None:
            plan.questions.append(group_question(piece.table, groups))
        if groups and piece.options.fill_down is not False:
            piece.table = fill_down(piece.table, groups)


def _check(workbook: Workbook, options: ImportOptions, present: Present) -> None:
    if options.into is not None:
        register_named(options.into)
    check_mapping(options, present.customs)
    names = [sheet.name for sheet in workbook.sheets]
    if options.sheet is not None and options.sheet.casefold() not in {name.casefold() for name in names}:
        raise Known(f"“{workbook.name}” has no sheet “{options.sheet}”. Its sheets are {', '.join(names)}.")


def _share_new_fields(pieces: list[Piece]) -> list[NewCustom]:
    """The custom fields to be declared: columns of one label on several sheets of a register are one field."""
    shared: dict[tuple[str, str], ColumnMap] = {}
    for piece in pieces:
        for column in piece.reading.columns:
            if column.treatment is Treatment.NEW:
                first = shared.setdefault((piece.entity, column.label.casefold()), column)
                column.field, column.label, column.kind = first.field, first.label, first.kind
    return [
        NewCustom(
            (column.field or "").removeprefix(CUSTOM_PREFIX), entity, column.label, column.kind, also=_also(column)
        )
        for (entity, _), column in shared.items()
        if column.kind
    ]


def _plan_kept(
    pieces: list[Piece],
    present: Present,
    memory: Memory,
    plan: Plan,
    people: Directory,
    others: list[Table],
) -> None:
    links = {entity: read_links(entity, present.rows[entity]) for entity in linked() if entity != "person"}
    links["resource"] = read_resources(present.rows["resource"], people, links["role"])
    around = Surroundings(people, links, present.settings, present.sides)
    ordered = sorted(pieces, key=lambda piece: write_order().index(piece.entity))  # their new rows can be named
    plan.new_custom = _share_new_fields(ordered)
    fields = {id(piece): mapped_fields(piece, present) for piece in ordered}
    begin("Comparing rows", sum(len(piece.table.records) for piece in pieces))
    expect(sum(len(piece.table.records) * (len(fields[id(piece)]) + _PASSES) for piece in pieces))
    named = False
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    carried: list[Carried] = []
    for piece in ordered:
        if piece.entity != "person" and not named:  # a sheet of people comes before those whom cells name
            named = True
            _learn_names(people, ordered, fields, others)
        values = convert_table(piece.table, fields[id(piece)], around, piece.options)
        if piece.entity == "resource":
            call_resources(values, around)
        count_written(spelt, piece.table, values)
        carried += _plan_table(piece, values, around, present, memory, plan)
        plan.questions += [*piece.reading.questions, *values.questions, *(piece.long.questions if piece.long else ())]
        plan.notes += piece.long.notes if piece.long else []
        plan.questions += row_questions(piece.table, piece.entity, piece.options)
    begin("Looking for what vanished")
    finish(carried, pieces[0].options if pieces else ImportOptions())
    made = [*people.new, *(record for each in links.values() for record in each.new)]
    written = _with_named(made, (_written_ids(pieces) if made else set()) | people.named)
    plan.new_records = [record for record in made if record.id in written]
    _add_people(plan, people, {row["id"] for row in present.rows["person"]})
    plan.clusters = find_clusters(people, spelt)


def _learn_names(
    people: Directory, pieces: list[Piece], fields: Mapping[int, list[tuple[ColumnMap, Field]]], others: list[Table]
) -> None:
    """Make known whom the tables name in full, so that short forms find them; `fields` by id() of the piece."""
    for piece in pieces:
        for column, field in fields[id(piece)]:
            if field.kind is Kind.PERSON:
                people.add_full_names(piece.table.values(column.index))
            elif field.to == "resource":
                people.add_full_names(full_names(piece.table.values(column.index)), kept=False)
    harvest_names(people, others)


def _with_named(made: list[NewRecord], written: set[object]) -> set[object]:
    """The ids that are written, and those that records among them point to."""
    waiting = list(made)
    while going := [record for record in waiting if record.id in written]:
        waiting = [record for record in waiting if record.id not in written]
        written |= {value for record in going for value in record.values.values() if isinstance(value, str)}
    return written


def _add_people(plan: Plan, people: Directory, kept: set[str]) -> None:
    """What was learnt about how people are written, of those who are there once the plan is applied."""
    kept |= {record.id for record in plan.new_records}
    plan.aliases = {person: tuple(names) for person, names in people.aliases.items() if person in kept}
    plan.merged = {gone: stays for gone, stays in people.merged.items() if stays in kept}


def _plan_table(
    piece: Piece, values: TableValues, around: Surroundings, present: Present, memory: Memory, plan: Plan
) -> list[Carried]:
    """Plan one table. The answer is what is to be remembered of it: of an export of ours, nothing."""
    info, entity, table, options = piece.info, piece.entity, piece.table, piece.options
    matcher = _make_matcher(piece, values, present)
    planner = RowPlanner(table, info, values, matcher, present.texts[entity], _fixed(piece, values, options))
    planner.made = present.made
    planner.band_field = _band_field(piece, around)
    planner.bands = around.links.get(planner.band_field.to) if planner.band_field else None
    planner.closing = find_closing(table, entity, options)
    planner.long, planner.call = piece.long, caller(info, around)
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
    add_staff(planner, around)
    planner.problems += find_outliers(table, values.columns, planner.rows)
    planner.problems += find_contradictions(table, piece.reading.columns, planner.rows)
    plan.questions += planner.questions
    add_currency(planner, values)
    add_scale(planner)
    make_known(planner, around)
    remember(planner, present, base.past)
    found = piece.plan = _plan_foreign(piece)
    found.into, found.entity, found.columns = info.name, entity, columns
    found.rows, found.problems, found.read = planner.rows, planner.problems, len(planner.rows)
    found.skipped += planner.deleted
    found.covers = piece.long.covers if piece.long else None
    if ours:
        return []
    carried = carry_on(plan.lineages, lineage, found, options)
    return [Carried(found, planner.merge, matcher.by_id, present.texts[entity], carried, planner.call)]


def _make_matcher(piece: Piece, values: TableValues, present: Present) -> Matcher:
    """What finds the records of a table's rows, told what of them the table can say."""
    info, layout = piece.info, piece.table.sheet.layout
    matcher = Matcher(info, on=piece.options.match_on.get(info.name, ""))
    if info.by:
        said = {each.field.name for each in values.columns}
        matcher.lacking = frozenset(name for name in info.by if name in _MAY_LACK and name not in said)
    if piece.long:
        matcher.apart = piece.long.apart
        matcher.where = lambda row: f"Cell {layout.row_name(row - 1)}"
    for record in through(present.rows[piece.entity]):
        kept = present.texts[piece.entity].get((record["id"], info.within or ""))
        matcher.add(record, kept["text"] if kept else "")
    return matcher


def _cleared(options: ImportOptions) -> frozenset[str]:
    return frozenset(header for header, each in options.blank.items() if each == Blank.CLEAR)


def _plan_foreign(piece: Piece) -> TablePlan:
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


def _fixed(piece: Piece, values: TableValues, options: ImportOptions) -> dict[str, Any]:
    """What the table as a whole says of each row: the day of its title line, where no column says it."""
    names = {each.field.name for each in values.columns}
    has_day = any(field.name == "report_date" for field in all_fields(piece.entity))
    if piece.table.report_date and has_day and "report_date" not in names and options.report_date is not False:
        return {"report_date": piece.table.report_date}
    return {}


def _band_field(piece: Piece, around: Surroundings) -> Field | None:
    """Where the text of section bands goes: the programme, or the project of what belongs to one, else the category."""
    mapped = {column.field for column in piece.reading.columns}
    own = {field.name: field for field in all_fields(piece.entity)}
    owner = own.get(piece.info.within or "programme")
    if owner and piece.info.within and not owner.required and not _named_by_bands(piece, owner, around):
        owner = None  # what need not belong to anything is under headings of another sort
    fitting = [field for field in (owner, own.get("category")) if field and field.name not in mapped]
    return fitting[0] if fitting and piece.table.bands else None


def _named_by_bands(piece: Piece, owner: Field, around: Surroundings) -> bool:
    """Whether a section band is called as a record that rows may belong to."""
    return any(around.links[owner.to].parse(text).value for text in set(piece.table.bands.values()))


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


def _written_ids(pieces: list[Piece]) -> set[object]:
    """Every id that a written row points to."""
    found: set[object] = set()
    for piece in pieces:
        links = [each.name for each in all_fields(piece.entity) if each.to] if piece.plan else []
        for row in piece.plan.rows if piece.plan else ():
            if row.kind in ("new", "changed"):
                values = row.change()
                found.update(values.get(name) for name in links)
    return found


def _also(column: ColumnMap) -> tuple[str, ...]:
    return (column.header,) if column.header != column.label else ()


def _add_notes(plan: Plan, workbook: Workbook, pieces: list[Piece], options: ImportOptions) -> None:
    """Sheets without a table, hidden or struck rows of tables that are not kept, and broken formulas."""
    plan.notes += occurred_notes(plan)
    own = {*OWN_SHEETS, *told} if (told := read_returned(workbook)) else set()
    with_tables = {piece.table.sheet.name for piece in pieces}
    for sheet in workbook.sheets:
        asked = options.sheet is None or options.sheet.casefold() == sheet.name.casefold()
        if asked and sheet.name not in with_tables and sheet.name not in own:
            why = f"holds no table: {why_none(sheet)}" if sheet.rows else "is empty"
            plan.notes.append(f"Sheet {sheet.name} {why}.")
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
