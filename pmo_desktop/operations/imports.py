"""Applying an import's plan: everything it writes is one batch, all or nothing, one step to undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.exchange.grid import is_above, letter
from pmo_desktop.exchange.plan import CellText, Plan, RowKind, RowPlan, TablePlan
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.custom import CustomField
from pmo_desktop.model.kind import CUSTOM_PREFIX, Kind
from pmo_desktop.model.registers import write_order
from pmo_desktop.model.sendout import SendOut
from pmo_desktop.model.source import CellSource
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.files import Occasion, back_up_if_due
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.lineages import remember_files
from pmo_desktop.operations.people import merge_people, remember_spellings
from pmo_desktop.operations.records import keep_sole
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin, portions, through
from pmo_desktop.store.rows import custom_fields_of, custom_raw, custom_values_of, rows_of, text_keys_of

Row = dict[str, Any]
_UNVERIFIED = {"person": {"verified": False}}  # a name read from a file; somebody must say that it is a person


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written. `batch` is None when nothing differed."""

    batch: int | None
    counts: dict[str, int]


def apply_plan(store: Store, plan: Plan, what: str | None = None) -> Applied:
    """Write a plan as one batch. A backup is made first where one is due.

    The PMO's rules refuse nothing here; what they have a word on is told among the overrides, by import of the file.
    Raises Known when the portfolio was changed so that the plan no longer fits, or cannot be written.
    """
    counts = plan.counts()
    if not plan.writes:
        return Applied(None, counts)
    begin("Making a backup")
    back_up_if_due(store, Occasion.BIG_CHANGE)
    source: dict[str, object] = {"deed": "import", "file": plan.file, "fingerprint": plan.fingerprint} | {
        "tables": [_told(table) for table in plan.kept]
    }
    with batch(store, what or f"Import {plan.file}", source=source, long=True) as work:
        if _is_stale(work.connection, plan, work.id):
            _refuse_changed(work.connection, plan)
        begin("Writing rows", sum(row.kind in _WRITTEN for table in plan.kept for row in table.rows))
        writer = _Writer(work.connection, plan)
        writer.add_custom_fields()
        named = writer.named_records()
        for entity in write_order():  # what others point to is written before them
            writer.add_named(entity, named[entity])
            for table in plan.kept:
                if table.entity == entity:
                    writer.write_table(table)
        remember_spellings(work.connection, plan.aliases)
        merge_people(work.connection, plan.merged)
        if plan.answers:
            _mark_answered(work.connection, plan.answers, plan.file, work.id)
        guard(work.connection, imported=plan.file)
        begin("Remembering what the file said")
        remember_files(work.connection, plan, work.id)
    return Applied(work.id if work.changed else None, counts)


def _told(table: TablePlan) -> dict[str, object]:
    """What the journal keeps of a table: its counts, and where its columns stood, for the provenance of cells.

    Of a table that is turned, and of what one cell says for all rows, the sheet is enough.
    """
    long = table.layout.long
    placed = [column for column in table.columns if (column.letter or long) and not column.at]
    upright = [] if table.layout.turned else placed
    columns = {column.field: [column.letter, column.header] for column in upright if column.field}
    told: dict[str, object] = {
        "sheet": table.sheet,
        "into": table.into,
        "entity": table.entity,
        "columns": columns,
        **table.counts(),
    }
    if long:  # a row is one value; what no column of its row says, it says itself or the header above it
        told["letters"] = {str(column): letter(column) for column in sorted({column for _, column in long.values})}
        above = [column.field for column in table.columns if column.field and is_above(long, column.index)]
        told |= {"header": long.header + 1, "above": above}
    return told


def _mark_answered(connection: Connection, send_out: str, file: str, batch_id: int) -> None:
    """The send-out has come back in this file."""
    table = SendOut.__table__
    today = date.today()  # noqa: DTZ011  the reader's own day is what is meant
    values = {"answered_on": today, "answer": file, "answered_batch": batch_id}
    connection.execute(sql.update(table).where(table.c.id == send_out).values(values))


def _is_stale(connection: Connection, plan: Plan, batch_id: int) -> bool:
    """Whether anything was written since the plan was made."""
    newest = connection.raw.execute("SELECT max(id) FROM batch WHERE id < ?", (batch_id,)).fetchone()[0] or 0
    return bool(newest > plan.after)


def _refuse_changed(connection: Connection, plan: Plan) -> None:
    """Raises Known when a cell the plan would change is no longer what the preview showed."""
    for table in plan.kept:
        planned = {row.id: row for row in table.rows if row.id and row.kind is not RowKind.NEW}
        for record in rows_of(connection, table.entity or "", list(planned)):
            row = planned[record["id"]]
            seen = row.held | row.old
            if name := next((name for name, old in seen.items() if record.get(name) != old), None):
                labels = {column.field: column.label for column in table.columns}
                raise Known(
                    f"Nothing was imported: {labels.get(name, name)} of {row.label} was changed since this preview was "
                    "made. Make the preview again."
                )


class _Writer:
    """Writes a plan through Core statements, many rows at a time."""

    def __init__(self, connection: Connection, plan: Plan) -> None:
        self.connection = connection
        self.plan = plan
        self.kinds: dict[str, dict[str, Kind]] = {}  # entity -> custom field name -> kind

    def add_custom_fields(self) -> None:
        table = CustomField.__table__
        used = {table.entity for table in self.plan.kept if any(row.kind in _WRITTEN for row in table.rows)}
        for made in self.plan.new_custom:
            if made.entity not in used:
                continue
            last = self.connection.execute(
                sql.select(sql.func.max(table.c.position)).where(table.c.register == made.entity)
            )
            row: Row = {"id": made.id, "register": made.entity, "label": made.label, "kind": made.kind.value}
            row |= {"unit": made.unit or None, "choices": None, "also": "\n".join(made.also) or None}
            self.connection.execute(sql.insert(table), row | {"position": (last.scalar() or 0.0) + 1})

    def named_records(self) -> defaultdict[str, list[Row]]:
        """The records that cells name and nobody kept before, by entity."""
        by_entity: defaultdict[str, list[Row]] = defaultdict(list)
        for record in self.plan.new_records:
            by_entity[record.entity].append(_newborn(record.entity, record.id, record.values))
        return by_entity

    def add_named(self, entity: str, rows: Sequence[Row]) -> None:
        self._insert(entity, rows)

    def write_table(self, table: TablePlan) -> None:
        entity = table.entity or ""
        self.kinds[entity] = {field.name: field.kind for field in custom_fields_of(self.connection, entity)}
        born = [row for row in table.rows if row.kind is RowKind.NEW]
        changed = [row for row in table.rows if row.kind is RowKind.CHANGED]
        self._insert(entity, [self._new_row(entity, row) for row in through(born)])
        self._update(entity, changed)
        keep_sole(self.connection, entity, {row.id or "": row.values for row in (*born, *changed)})
        self._write_texts(table, entity, [*born, *changed])

    def _new_row(self, entity: str, row: RowPlan) -> Row:
        plain, custom = self._split(entity, row.values)
        return _newborn(entity, row.id or "", plain) | {"custom": custom}

    def _split(self, entity: str, values: Mapping[str, Any]) -> tuple[Row, Row]:
        """Declared values, and custom ones as they are stored by definition id."""
        kinds = self.kinds[entity]
        plain, custom = {}, {}
        for name, value in values.items():
            if name not in kinds:
                plain[name] = value
            elif value is not None:
                custom[name.removeprefix(CUSTOM_PREFIX)] = custom_raw(kinds[name], value)
        return plain, custom

    def _insert(self, entity: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        names = sorted({name for row in rows for name in row})
        blank = dict.fromkeys(names)
        for part in portions(rows, count=1):
            self.connection.execute(sql.insert(entities()[entity].__table__), [blank | row for row in part])

    def _update(self, entity: str, rows: Sequence[RowPlan]) -> None:
        table = entities()[entity].__table__
        customs = self._present_customs(entity, [row for row in rows if row.id])
        grouped: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in through(rows):
            plain, ready = self._split(entity, row.change())
            if any(name.startswith(CUSTOM_PREFIX) for name in row.old):
                gone = {name.removeprefix(CUSTOM_PREFIX) for name in row.old if row.values[name] is None}
                merged = customs[row.id or ""] | ready
                plain["custom"] = {key: value for key, value in merged.items() if key not in gone}
            if plain:
                grouped[tuple(sorted(plain))].append({"key": row.id} | {f"to_{name}": plain[name] for name in plain})
        for names, changes in grouped.items():
            target = {name: sql.bindparam(f"to_{name}", type_=table.columns[name].type) for name in names}
            statement = sql.update(table).where(table.c.id == sql.bindparam("key")).values(target)
            for part in portions(changes, count=1):
                self.connection.execute(statement, part)

    def _present_customs(self, entity: str, rows: Sequence[RowPlan]) -> dict[str, Row]:
        """The custom values of the rows to be changed. Raises Known when a row is gone."""
        found = custom_values_of(self.connection, entity, _ids(rows))
        lost = next((row for row in rows if row.id not in found), None)
        if lost:
            raise Known(
                f"Nothing was imported: {lost.label} was deleted since this preview was made. Make the preview again."
            )
        return found

    def _write_texts(self, table: TablePlan, entity: str, rows: Sequence[RowPlan]) -> None:
        going = {(row.id, name) for row in rows for name in row.new_texts | row.dropped_texts}
        texts = [(row, name, row.texts[name]) for row in through(rows) for name in sorted(row.new_texts)]
        kept = CellSource.__table__
        there = text_keys_of(self.connection, entity, _ids(row for row in rows if row.kind is RowKind.CHANGED))
        held = [{"key": one} for key, one in there.items() if key in going]
        for going_now in portions(held, count=1):
            self.connection.execute(sql.delete(kept).where(kept.c.id == sql.bindparam("key")), going_now)
        for told in portions(texts, count=1):
            self.connection.execute(sql.insert(kept), [self._source(entity, table, *each) for each in told])

    def _source(self, entity: str, table: TablePlan, row: RowPlan, name: str, text: CellText) -> Row:
        where = {"file": self.plan.file, "sheet": table.sheet, "cell": text.cell}
        said = {"text": text.text, "precision": text.precision, "reason": text.reason, "comment": text.comment}
        return {"id": new_id(), "register": entity, "row": row.id, "name": name} | said | where


_WRITTEN = (RowKind.NEW, RowKind.CHANGED)


def _newborn(entity: str, identity: str, values: Mapping[str, Any]) -> Row:
    """A row with what the file says and no more: a state it does not give stays empty."""
    return _UNVERIFIED.get(entity, {}) | {"id": identity, "custom": {}} | dict(values)


def _ids(rows: Iterable[RowPlan]) -> list[str]:
    return [row.id for row in rows if row.id is not None]
