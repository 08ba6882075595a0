"""Which earlier file a table carries on: its answers, its base, the records that vanished, and what to remember."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pmo_desktop.exchange.grid import Sheet
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.kinds import KINDS
from pmo_desktop.exchange.match import Matcher
from pmo_desktop.exchange.merge import Base, Merge, overlap
from pmo_desktop.exchange.plan import (
    Blank,
    ColumnMap,
    ImportOptions,
    LineagePlan,
    MissingRow,
    RowKind,
    Struck,
    TablePlan,
    Treatment,
)
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.types import new_id
from pmo_desktop.store.file import Store
from pmo_desktop.store.lineages import Lineage, Named, read_lineages, read_named
from pmo_desktop.store.pace import through
from pmo_desktop.store.past import Past, Setters, read_past, read_setters
from pmo_desktop.store.rows import Record

LIKE = 0.6  # from this likeness of headers on a table is taken for the next file of a lineage
SHARED = 0.3  # and from this share of records in common, of the smaller of the two
_BY_FIELD = 0.7  # how much the mapped fields weigh against the headers as they are written
_SPANS = {"allocation": ("period_start", "period_end"), "absence": ("start", "finish")}
_PASSING = "year"  # an answer that the next file must be asked for again
_SINGLE = ("money_unit", "currency", "day_first", "report_date", "hidden", "fill_down", "struck")
_REMEMBERED = ("columns", "values", "blank", "match_on", "scales", "given", "rows", *_SINGLE)


@dataclass(slots=True)
class Memory:
    """What a portfolio remembers of files, read as it is needed and no more than once."""

    store: Store
    lineages: list[Lineage]
    named: dict[str, dict[str, Named]] = field(default_factory=dict)  # by lineage
    _pasts: dict[str, tuple[int, Past]] = field(default_factory=dict)
    _setters: dict[str, Setters] = field(default_factory=dict)

    def of(self, lineage: Lineage) -> dict[str, Named]:
        """The records a lineage has named."""
        if lineage.id not in self.named:
            self.named[lineage.id] = read_named(self.store, lineage.id)
        return self.named[lineage.id]

    def past(self, entity: str, after: int) -> Past:
        """The journal of an entity after a batch; one for all tables of a plan, so that they see each other's work."""
        start, past = self._pasts.get(entity, (None, None))
        if past is None or start is None or start > after:
            past = read_past(self.store, entity, after)
            if start is not None:
                earlier = self._pasts[entity][1]
                past.before, past.words_before = earlier.before, earlier.words_before
            self._pasts[entity] = (after, past)
        return past

    def setters(self, entity: str) -> Callable[[], Setters]:
        """Who set the cells of an entity; read when the first cell asks."""

        def read() -> Setters:
            if entity not in self._setters:
                self._setters[entity] = read_setters(self.store, entity)
            return self._setters[entity]

        return read


def read_memory(store: Store) -> Memory:
    """The lineages of a portfolio."""
    return Memory(store, read_lineages(store))


def likely(memory: Memory, entity: str, columns: Iterable[ColumnMap]) -> list[Lineage]:
    """The lineages a table may carry on by its headers, the likeliest first."""
    kept = [column for column in columns if column.treatment is not Treatment.IGNORED]
    fields = {column.field for column in kept if column.treatment is Treatment.FIELD and column.field}
    headers = {normalise(column.header) for column in kept}
    scored = [(likeness(each, fields, headers), each) for each in memory.lineages if each.entity == entity]
    return [each for score, each in sorted(scored, key=lambda pair: -pair[0]) if score >= LIKE]


def likeness(lineage: Lineage, fields: set[str], headers: set[str]) -> float:
    """How alike a table and a lineage are, 0 to 1: the share of common fields, and less so of common headers."""
    return _BY_FIELD * _share(fields, set(lineage.since)) + (1 - _BY_FIELD) * _share(
        headers, {normalise(each) for each in lineage.headers}
    )


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def with_answers(options: ImportOptions, lineage: Lineage, known: set[str]) -> ImportOptions:
    """The options with what was answered last time, wherever nothing is answered now.

    Answers that name a field the register no longer has (`known` are those it has) are left out.
    """
    told = dict(lineage.answers)
    columns = {header: to for header, to in told.get("columns", {}).items() if to in known or to in ("new", "ignore")}
    values = told.get("values", {})
    blank = {header: Blank(each) for header, each in told.get("blank", {}).items()}
    single = {name: told[name] for name in _SINGLE if getattr(options, name) is None and name in told}
    if "struck" in single:
        single["struck"] = Struck(single["struck"])
    return replace(
        options,
        columns={**columns, **options.columns},
        values={
            name: {**values.get(name, {}), **options.values.get(name, {})} for name in {**values, **options.values}
        },
        blank={**blank, **options.blank},
        match_on={**told.get("match_on", {}), **options.match_on},
        scales={**told.get("scales", {}), **options.scales},
        given={**told.get("given", {}), **options.given},
        rows={**told.get("rows", {}), **options.rows},
        **single,
    )


def answers_of(options: ImportOptions, columns: Iterable[ColumnMap]) -> dict[str, Any]:
    """The answers worth remembering; a column that became a field of one's own is that field from now on."""
    became = {column.header: column.field for column in columns if column.field}
    told = {name: getattr(options, name) for name in _REMEMBERED}
    told["columns"] = {
        header: to if to == "ignore" else became[header]
        for header, to in options.columns.items()
        if header in became or to == "ignore"
    }
    told["given"] = {name: said for name, said in options.given.items() if name != _PASSING}
    told["blank"] = {header: Blank(each).value for header, each in options.blank.items()}
    return {
        name: dict(each) if isinstance(each, Mapping) else each for name, each in told.items() if each not in (None, {})
    }


def choose(memory: Memory, candidates: list[Lineage], claimed: set[str]) -> Lineage | None:
    """The lineage that named the records the table names now; none when it is another department's of the same form."""
    shares = [(overlap(memory.of(each).keys(), claimed), each) for each in candidates]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SHARED else None


@dataclass(slots=True)
class Carried:
    """One table with the lineage it carries on, to be settled once all tables are planned."""

    table: TablePlan
    merge: Merge
    records: Mapping[str, Record]
    texts: Mapping[tuple[str, str], Record]
    plan: LineagePlan
    call: Callable[[Mapping[str, Any]], str] | None = None  # what a row without a name of its own is called


def make_base(memory: Memory, entity: str, lineage: Lineage | None, stamp: int | None, newest: int) -> Base:
    """What the cells of a table are compared with; `newest` is the portfolio's newest batch."""
    if stamp is not None:
        return Base(memory.past(entity, stamp), stamp=stamp)
    if lineage is None:
        return Base(memory.past(entity, newest))
    named = memory.of(lineage)
    return Base(memory.past(entity, min((each.batch for each in named.values()), default=newest)), lineage, named)


def add_former_keys(matcher: Matcher, base: Base) -> None:
    """Let rows be found by what their file called them last time: records renamed or deleted here since."""
    keys = {matcher.info.ref, matcher.info.title, matcher.info.within, *matcher.info.by} - {None}
    for identity, named in through(base.named.items()):
        record = matcher.by_id.get(identity)
        if record is None:
            if deaths := base.past.deaths.get(identity):
                matcher.add_gone(deaths[-1][1])
        elif keys & base.past.changed(identity, named.batch) or keys & set(named.said):
            told = {name: base.of(record, name, None) for name in keys if name}
            matcher.add_said(record, {name: cell.value for name, cell in told.items() if cell})


def make_merge(
    base: Base, memory: Memory, entity: str, columns: Iterable[ColumnMap], options: ImportOptions, sheet: Sheet
) -> Merge:
    """The comparison of one table's rows."""
    mapped = [column for column in columns if column.field and column.kind]
    sames = {column.field: KINDS[column.kind].same for column in mapped if column.field and column.kind}
    by_field = {column.field: column for column in mapped if column.field}
    return Merge(base, options, memory.setters(entity), sames, by_field, sheet)


def carry_on(
    plans: list[LineagePlan], lineage: Lineage | None, table: TablePlan, options: ImportOptions
) -> LineagePlan:
    """What is to be remembered of a table: its lineage goes on, or begins; like tables of one file share one."""
    headers = tuple(column.header for column in table.columns if column.treatment is not Treatment.IGNORED)
    fields = {column.field for column in table.columns if column.field}
    same = next((each for each in plans if _is_one(each, lineage, table, fields, headers)), None)
    if same is None:
        since = dict(lineage.since) if lineage else {}
        identity = lineage.id if lineage else new_id()
        same = LineagePlan(identity, lineage is None, str(table.entity), table.sheet, headers, {**since}, {})
        plans.append(same)
    same.since |= {name: None for name in sorted(fields) if name not in same.since}
    same.answers |= answers_of(options, table.columns)
    return same


def _is_one(
    plan: LineagePlan, lineage: Lineage | None, table: TablePlan, fields: set[str], headers: tuple[str, ...]
) -> bool:
    if lineage is not None or plan.entity != table.entity or not plan.new:
        return lineage is not None and plan.id == lineage.id
    asked = {normalise(each) for each in headers}
    own = {normalise(each) for each in plan.headers}
    return _BY_FIELD * _share(fields, set(plan.since)) + (1 - _BY_FIELD) * _share(asked, own) >= LIKE


def finish(carried: list[Carried], options: ImportOptions) -> None:
    """Once every table is planned: what to remember of each row, and which records vanished."""
    for each in carried:
        marks = {mark.row: mark for mark in each.plan.marks}
        for row in through(each.table.rows):
            if row.id and (mark := each.merge.mark(row, each.records.get(row.id), each.texts)):
                other = each.table.sheet if each.table.sheet != each.plan.sheet else ""
                marks[row.id] = replace(mark, sheet=other) if other else mark
        each.plan.marks = list(marks.values())
    seen: set[str] = set()
    for each in carried:
        if each.plan.id not in seen and each.merge.base.lineage and is_whole(options, each.merge.base.lineage):
            seen.add(each.plan.id)
            tables = [other.table for other in carried if other.table.entity == each.table.entity]
            _find_missing(each, tables)


def is_whole(options: ImportOptions, lineage: Lineage) -> bool:
    """Whether nothing the person said hides rows of the file, so that what is not there has vanished."""
    narrowed = options.sheet is not None and options.sheet.casefold() != lineage.sheet.casefold()
    left_out = options.hidden is False or options.struck == "leave" or "" in options.tables.values()
    return not (narrowed or left_out or options.skip)


def _find_missing(carried: Carried, tables: list[TablePlan]) -> None:
    """Records the lineage named and no table names now; ended ones and those that wait in a rejected row are not."""
    base, info = carried.merge.base, BY_ENTITY[carried.plan.entity]
    there = {row.id for table in tables for row in table.rows if row.id}
    waiting = {row.label.casefold() for table in tables for row in table.rows if row.kind is RowKind.REJECTED}
    for identity, named in through(base.named.items()):
        record = carried.records.get(identity)
        over = record is not None and info.ending is not None and info.ending.is_over(record)
        if identity in there or record is None or over or not _is_covered(carried, tables, record):
            continue
        names = [str(record[name]) for name in (info.ref, info.title) if name and record.get(name)]
        names = [carried.call(record)] if carried.call else names
        if any(name.casefold() in label for name in names for label in waiting):
            continue
        last = named.last or (base.lineage.file if base.lineage else "")
        carried.table.missing.append(MissingRow(identity, " ".join(names), last))
        if named.last is None:
            carried.plan.gone[named.id] = last


def _is_covered(carried: Carried, tables: list[TablePlan], record: Record) -> bool:
    """Whether a file that speaks of some days only speaks of this record's."""
    spans = [table.covers for table in tables if table.covers]
    fields = _SPANS.get(carried.plan.entity)
    if not spans or not fields or len(spans) < len(tables):
        return True
    first, last = (record[name] for name in fields)
    return bool(min(span[0] for span in spans) <= first and last <= max(span[1] for span in spans))
