"""The sentences of the wizard: what the file holds, what will be written, what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmo_desktop.exchange.plan import Answer, Level, Plan, RowKind, TablePlan
from pmo_desktop.model.registers import BY_ENTITY, BY_NAME
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.ui.importer.clashes import count_open, open_words

_SHOWN_NAMES = 3


def file_line(plan: Plan) -> str:
    """The sub-line: the file and what of it goes where."""
    kept = plan.kept
    if len(kept) == 1:
        table = kept[0]
        sheet = f", sheet “{table.sheet}”" if has_sheets(plan, table) else ""
        return f"{plan.file}{sheet}, {count_text(table.read, 'row')}, into {register_title(table)}"
    if not kept:
        return f"{plan.file}, no table that goes into a register"
    return f"{plan.file}, {len(kept)} tables, {count_text(plan.counts()['read'], 'row')}"


def has_sheets(plan: Plan, table: TablePlan) -> bool:
    """Whether the table's sheet has a name of its own: that of delimited text is only the file's."""
    return bool(table.sheet) and Path(plan.file).suffix.lower() not in (".csv", ".tsv", ".txt")


def table_line(table: TablePlan) -> str:
    """A table in a list: its sheet and where it goes."""
    name = table.sheet or "Table"
    return f"{name}: {count_text(table.read, 'row')} into {register_title(table)}" if table.into else name


def has_problems(plan: Plan) -> bool:
    """Whether the problem list has anything to say: a cell, a conflict that is open, or a record that is missing."""
    return any(table.problems or table.missing for table in plan.kept) or bool(count_open(plan.kept))


def register_title(table: TablePlan) -> str:
    """The register's name with a capital."""
    many = BY_NAME[table.into].many if table.into else "nothing"
    return many[:1].upper() + many[1:]


def apply_words(plan: Plan) -> str:
    """The words of the button that writes."""
    counts = plan.counts()
    rows = counts[RowKind.NEW] + counts[RowKind.CHANGED]
    words = f"Apply {count_text(rows, 'row')}" if rows else _words_without_rows(plan)
    return "; ".join(part for part in (words, open_words(plan.kept)) if part)


def _words_without_rows(plan: Plan) -> str:
    if plan.answers:
        return "Note the answer"
    if plan.settles:
        return "Apply the answers"
    return "Note what it says" if plan.writes else "Nothing to apply"


def paste_words(plan: Plan) -> str:
    """What pasting a block is called in the history."""
    counts = plan.counts()
    table = next(iter(plan.kept), None)
    info = BY_NAME[table.into] if table and table.into else None
    rows = counts[RowKind.NEW] + counts[RowKind.CHANGED]
    return f"Paste {count_text(rows, info.one, info.many) if info else count_text(rows, 'row')}"


def written_words(plan: Plan) -> str:
    """What applying the plan will do, per register, and what it leaves alone."""
    said = [part for table in plan.kept for part in _register_words(table)]
    sentences = [join_words(said) + "."] if said else ["Nothing new."]
    counts = plan.counts()
    if counts[RowKind.UNCHANGED]:
        sentences.append(f"{_rows(counts[RowKind.UNCHANGED], 'matches', 'match')} exactly.")
    if counts[RowKind.REJECTED]:
        sentences.append(f"{_rows(counts[RowKind.REJECTED], 'waits', 'wait')} for a fix.")
    return " ".join([*sentences, *_extra_words(plan), *_merge_words(plan)])


def done_words(plan: Plan) -> str:
    """What applying the plan did, in the past."""
    said = [part for table in plan.kept for part in _register_words(table)]
    return f"{join_words(said)} written from {plan.file}." if said else f"Nothing of {plan.file} was new."


def names_words(names: Sequence[str]) -> str:
    """Some names and how many more: `Tier, Cluster, Region and 4 more`."""
    shown = list(names[:_SHOWN_NAMES])
    if len(names) > _SHOWN_NAMES:
        shown.append(f"{len(names) - _SHOWN_NAMES} more")
    return join_words(shown)


def note_words(tables: Sequence[TablePlan]) -> str:
    """How many cells only say that there is no value; empty when none does."""
    count = sum(problem.level is Level.NOTE for table in tables for problem in table.problems)
    verb = "says" if count == 1 else "say"
    return (
        f"{count_text(count, 'cell')} {verb} that there is no value yet: kept beside an empty field." if count else ""
    )


def _register_words(table: TablePlan) -> list[str]:
    info = BY_NAME[table.into] if table.into else None
    if info is None:
        return []
    counts = table.counts()
    new, changed = counts[RowKind.NEW], counts[RowKind.CHANGED]
    written = (row for row in table.rows if row.kind is RowKind.CHANGED)
    cells = sum(len({*row.old, *row.new_texts, *row.dropped_texts}) for row in written)  # a new wording is one too
    parts = []
    if new:
        parts.append(count_text(new, f"new {info.one}", f"new {info.many}"))
    if changed:
        cells_words = f" ({count_text(cells, 'cell')})" if cells else ""
        parts.append(count_text(changed, f"changed {info.one}", f"changed {info.many}") + cells_words)
    return parts


def _extra_words(plan: Plan) -> list[str]:
    sentences = []
    if plan.new_custom:
        names = names_words([each.label for each in plan.new_custom])
        sentences.append(f"{count_text(len(plan.new_custom), 'new field')}: {names}.")
    entities = {record.entity for record in plan.new_records}
    for entity in sorted(entities):
        info = BY_ENTITY[entity]
        count = sum(record.entity == entity for record in plan.new_records)
        sentences.append(f"{count_text(count, f'new {info.one}', f'new {info.many}')}.")
    return sentences


def _merge_words(plan: Plan) -> list[str]:
    """What stays as the portfolio has it, and why."""
    rows = [row for table in plan.kept for row in table.rows]
    kept, missing = sum(len(row.kept) for row in rows), sum(len(table.missing) for table in plan.kept)
    ours = sum(each.answer is Answer.OURS for row in rows for each in row.conflicts.values())
    sentences = []
    if words := open_words(plan.kept):
        sentences.append(f"{words} and {'keeps' if count_open(plan.kept) == 1 else 'keep'} the portfolio’s value.")
    if ours:
        sentences.append(f"{count_text(ours, 'cell')} {'keeps' if ours == 1 else 'keep'} ours, as you said.")
    if kept:
        sentences.append(f"{count_text(kept, 'cell')} edited here since {'stays' if kept == 1 else 'stay'}.")
    if missing:
        verb = "is" if missing == 1 else "are"
        sentences.append(
            f"{count_text(missing, 'record')} of the last file {verb} not in this one; nothing is deleted."
        )
    return sentences


def _rows(count: int, one: str, many: str) -> str:
    return f"{count_text(count, 'row')} {one if count == 1 else many}"
