"""The tables of a workbook, each with the register it was taken for and the answers that hold for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.exchange.columns import SHEET_BONUS, Reading, leave_aside, read_columns, register_named
from pmo_desktop.exchange.dayplan import read_planner
from pmo_desktop.exchange.dictionary import OWN_SHEETS
from pmo_desktop.exchange.grid import Sheet, Workbook
from pmo_desktop.exchange.lineage import Memory, likely, with_answers
from pmo_desktop.exchange.longtable import LongTable
from pmo_desktop.exchange.matrix import read_matrix
from pmo_desktop.exchange.plan import ColumnMap, ImportOptions, Plan, Reused, TablePlan, Treatment
from pmo_desktop.exchange.present import Present
from pmo_desktop.exchange.raidlog import split_log
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
from pmo_desktop.exchange.rowmarks import leave_out
from pmo_desktop.exchange.tables import Table, find_tables
from pmo_desktop.exchange.unpivot import plan_rules, unpivot
from pmo_desktop.exchange.wide import is_plan_sheet
from pmo_desktop.model.catalog import all_fields, find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.store.pace import begin, tick

_LEAST_UNKNOWN = 2  # a smaller table of no known kind is not worth naming


@dataclass(slots=True)
class Piece:
    """One table with what it was taken for."""

    table: Table
    reading: Reading
    options: ImportOptions
    plan: TablePlan | None = None
    stamp: int | None = None  # of an export of ours: the batch it was written after
    source: Table | None = None  # the table as it lies on its sheet, where another way to read it is taken
    long: LongTable | None = None  # of a plan by period: what it leaves open

    @property
    def info(self) -> RegisterInfo:
        """Its register; only kept pieces are asked."""
        assert self.reading.info is not None  # noqa: S101  as the sentence says
        return self.reading.info

    @property
    def entity(self) -> str:
        """The entity of its register."""
        return str(self.info.entity.__tablename__)


def read_pieces(workbook: Workbook, options: ImportOptions, present: Present) -> list[Piece]:
    """Every table of the sheets asked for, with the register it was taken for."""
    begin("Finding tables")
    told = read_returned(workbook)
    sheets = [
        sheet for sheet in workbook.sheets if options.sheet in (None, sheet.name) or _same(options.sheet, sheet.name)
    ]
    foreign = [sheet for sheet in sheets if not told or sheet.name not in OWN_SHEETS]
    tables = [(sheet, table) for sheet in foreign for table in _tables(sheet, told.get(sheet.name))]
    for _, table in tables:
        leave_out(table, options)
        tick()
    free = replace(options, into=None)
    pieces = [
        piece for sheet, table in tables for piece in _pieces_of(table, present, free, options, told.get(sheet.name))
    ]
    pieces = [_decided(piece, present, options, told) for piece in pieces]
    pieces = [piece for piece in pieces if piece.reading.looks_like or len(piece.table.records) >= _LEAST_UNKNOWN]
    return _narrow(pieces, present, options, told) if options.into else pieces


def _pieces_of(
    table: Table, present: Present, free: ImportOptions, options: ImportOptions, told: Mapping[str, str] | None
) -> list[Piece]:
    """A table as what it is taken for; a log of several kinds as one table a kind, unless somebody said what it is."""
    parts = split_log(table) if not told and _place(table) not in options.tables else {}
    if not parts:
        return [replace(read_piece(table, present, free, told), options=options)]
    return [
        Piece(part, read_columns(part, present.customs, replace(free, into=register)), options)
        for register, part in parts.items()
    ]


def _place(table: Table) -> str:
    """What `ImportOptions.tables` calls a table."""
    return table.sheet.full_address(table.sheet.layout.row_name(table.header))


def read_piece(table: Table, present: Present, options: ImportOptions, told: Mapping[str, str] | None = None) -> Piece:
    """A table as the register it fits best, also when read as a long one."""
    plain = Piece(table, read_columns(table, present.customs, options, told), options)
    if told:
        return plain
    rules = plan_rules(table, present.settings, options)
    found = (
        unpivot(table, rules, options.given, options.rows),
        read_planner(table, rules, options.given),
        read_matrix(table, [str(row["name"]) for row in present.rows["skill"]]),
    )
    longs = [piece for long in found if (piece := _long_piece(long, table, present, options))]
    better = max(longs, key=lambda piece: piece.reading.score, default=plain)
    named = bool(options.into) and better.reading.info is not None
    return better if named or better.reading.score > plain.reading.score else plain


def _long_piece(long: LongTable | None, table: Table, present: Present, options: ImportOptions) -> Piece | None:
    """The table read as a long one; None when its register is none that is asked for, or it does not fit."""
    if long is None or options.into not in (None, long.register):
        return None
    known = {column.header for column in long.table.columns}
    columns = {**{header: field for header, field in long.meant.items() if header in known}, **options.columns}
    reading = read_columns(long.table, present.customs, replace(options, into=long.register, columns=columns))
    for column in reading.columns:
        if column.header in long.meant and column.header not in options.columns:
            column.why = "the form of the table says it" if column.header in long.made else "its header"
    for name, place in long.traits.items():
        leave_aside(
            reading.columns[place], f"new resources get it as their {find_field('resource', name).label.lower()}"
        )
    reading.columns += long.beside
    reading.score += SHEET_BONUS * is_plan_sheet(table.sheet.name) + len(long.traits) / max(1, len(long.parts))
    return Piece(long.table, reading, options, source=table, long=long)


def _tables(sheet: Sheet, told: Mapping[str, str] | None) -> list[Table]:
    whole = returned_table(sheet, told) if told else None
    return [whole] if whole else find_tables(sheet)


def recall_answers(pieces: list[Piece], present: Present, memory: Memory, plan: Plan) -> None:
    """Answer for each table what was answered for the file before, and say so."""
    for piece in pieces:
        entity = piece.entity
        lineage = next(iter(likely(memory, entity, piece.reading.columns)), None)
        if lineage is None or not lineage.answers:
            continue
        known = {field.name for field in (*all_fields(entity), *present.customs.get(entity, ()))}
        piece.options = with_answers(piece.options, lineage, known)
        table = piece.source or piece.table
        leave_out(table, piece.options)
        again = read_piece(table, present, replace(piece.options, into=piece.info.name))
        piece.table, piece.long = again.table, again.long
        piece.reading = replace(again.reading, why=piece.reading.why)
        used = Reused(lineage.file, lineage.at.astimezone().date() if lineage.at else None)
        if used not in plan.reused:
            plan.reused += (used,)


def keep_edited(
    pieces: list[Piece],
    present: Present,
    names: Mapping[str, str],
    workbook: Workbook,
    memory: Memory,
) -> None:
    """Of an export of ours that came back, only what was edited since it was written is read; kept words stay words."""
    begin("Telling edited cells from others")
    told, stamp, words = read_returned(workbook), read_stamp(workbook), read_kept(workbook)
    for piece in pieces:
        if piece.table.sheet.name in told:
            entity = piece.entity
            fields = [(column.index, field) for column, field in mapped_fields(piece, present)]
            records: Mapping[str, Mapping[str, Any]] = {row["id"]: row for row in present.rows[entity]}
            texts: Mapping[tuple[str, str], Any] = present.texts[entity]
            if stamp is not None and stamp <= present.newest and knows_records(piece.table, fields, records):
                piece.stamp = stamp
                records, texts = as_it_was(memory.past(entity, stamp), stamp, records, texts)
            currency = present.settings["currency"]
            table = keep_edits(piece.table, fields, records, texts, names, currency)
            piece.table = mark_kept(table, fields, words.get(table.sheet.name, {}))


def mapped_fields(piece: Piece, present: Present) -> list[tuple[ColumnMap, Field]]:
    """The columns that go somewhere, with the field each goes to."""
    entity = piece.entity
    customs = {field.name: field for field in present.customs.get(entity, ())}
    found = []
    for column in piece.reading.columns:
        if column.field and column.treatment is Treatment.NEW and column.kind:
            found.append((column, Field(column.field, column.label, column.kind, entity=entity)))
        elif column.field:
            found.append((column, customs.get(column.field) or find_field(entity, column.field)))
    return found


def _decided(piece: Piece, present: Present, options: ImportOptions, told: Mapping[str, Mapping[str, str]]) -> Piece:
    """The table as a person said it is: left out, or of a register they named."""
    table = piece.source or piece.table
    into = options.tables.get(_place(table))
    if into is None or (piece.reading.info is not None and piece.reading.info.name == into):
        return piece
    if not into:
        left = replace(piece.reading, info=None, why=f"{piece.reading.why}; left out, as you said")
        return Piece(table, left, options)
    asked = replace(options, into=register_named(into).name)
    return replace(read_piece(table, present, asked, told.get(table.sheet.name)), options=options)


def _narrow(
    pieces: list[Piece], present: Present, options: ImportOptions, told: Mapping[str, Mapping[str, str]]
) -> list[Piece]:
    """Only what goes into the register asked for: what was taken for it, else what a person says it is."""
    found = [piece for piece in pieces if piece.reading.info and piece.reading.info.name == options.into]
    if found and options.sheet is None:
        return found
    asked = [piece for piece in pieces if options.sheet or not piece.reading.looks_like] or pieces
    return [
        read_piece(piece.source or piece.table, present, options, told.get(piece.table.sheet.name)) for piece in asked
    ]


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.casefold() == other.casefold()
