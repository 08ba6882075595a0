"""What an undo did, in three buckets: taken back, kept because somebody edited it since, and not possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.deletion import links_to
from pmo_desktop.operations.naming import call_row
from pmo_desktop.rules.wording import count_text, day_text, join_words
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.refusal import Refusal
from pmo_desktop.store.rows import register_fields
from pmo_desktop.store.undo import Undone

_SILENT = ("cell_source", "import_file", "import_row")  # what goes with cells and files, and is not told by itself
_WORDS = {"custom_field": ("field of your own", "fields of your own"), "settings": ("settings", "settings")}
_MOST_LINES = 20
_MOST_NAMED = 5  # on one line


@dataclass(frozen=True, slots=True)
class Reversed:
    """What was taken back in one register: values put back, records removed that it had made, records brought back."""

    entity: str
    cells: int
    removed: int
    restored: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One cell, or one record as a whole (`field` empty), that stays since it was changed afterwards."""

    entity: str
    row: str
    label: str  # what the record is called
    field: str
    field_label: str
    batch: int
    who: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """One record, or one cell of it, that could not be taken back though nobody edited it."""

    entity: str
    row: str
    label: str
    reason: str  # a sentence


@dataclass(frozen=True, slots=True)
class UndoReport:
    """The three buckets of an undo. `batch` is the undo's own, None when nothing was written."""

    what: str
    batch: int | None
    reversed: tuple[Reversed, ...]
    kept: tuple[Kept, ...]
    impossible: tuple[Impossible, ...]


def report_undo(store: Store, undone: Undone) -> UndoReport:
    """The report on an undo, made right after it."""
    told = [each for each in undone.refused if each.entity not in _SILENT]
    with store.reading() as connection:
        back = tuple(_reversed(connection, undone.batch)) if undone.batch else ()
        batches = _batches(connection, {each.batch for each in told if each.batch})
        holders = {(each.entity, each.row): _holder(connection, each) for each in told if not each.batch}
    labels = {entity: _labels(store, entity) for entity in {each.entity for each in told} if entity in BY_ENTITY}
    kept, impossible = [], []
    for each in told:
        label = _call(store, each.entity, each.row)
        if each.batch:
            name = labels.get(each.entity, {}).get(each.field, "")
            kept.append(Kept(each.entity, each.row, label, each.field, name, *batches[each.batch]))
        else:
            reason = f"{_call(store, *holders[each.entity, each.row])} still refers to it."
            impossible.append(Impossible(each.entity, each.row, label, reason))
    return UndoReport(undone.what, undone.batch, back, tuple(kept), tuple(impossible))


def undo_answer(report: UndoReport) -> dict[str, Any]:
    """The form of `undo --json`."""
    return {
        "batch": report.batch,
        "what": report.what,
        "reversed": {
            _register(each.entity): {"cells": each.cells, "removed": each.removed, "restored": each.restored}
            for each in report.reversed
        },
        "kept": [
            {
                "register": _register(each.entity),
                "id": each.row,
                "label": each.label,
                "field": each.field or None,
                "batch": each.batch,
                "who": each.who,
                "at": each.at.isoformat(timespec="seconds"),
                "what": each.what,
            }
            for each in report.kept
        ],
        "impossible": [
            {"register": _register(each.entity), "id": each.row, "label": each.label, "reason": each.reason}
            for each in report.impossible
        ],
    }


def undo_words(report: UndoReport) -> str:
    """The same for a person: one line a bucket, then what was kept or could not be, each with its reason."""
    lines = [f"{report.what}.", f"Taken back: {reversed_words(report.reversed)}."]
    if report.kept:
        many = count_text(len(report.kept), "cell or record", "cells or records")
        lines.append(f"Kept, since somebody edited it afterwards: {many}.")
        lines += _some([f"  {kept_sentence(each)}" for each in report.kept])
    if report.impossible:
        lines.append(f"Could not be taken back: {count_text(len(report.impossible), 'record')}.")
        lines += _some([f"  {each.label}: {each.reason}" for each in report.impossible])
    return "\n".join(lines)


def refusal_words(report: UndoReport) -> str:
    """What an undo left as it is, and why, on one line; empty when it left nothing."""
    kept = [kept_sentence(each) for each in report.kept]
    held = [f"{each.label}: {each.reason}" for each in report.impossible]
    words = [f"Kept, since somebody edited it afterwards: {' '.join(_first(kept))}"] if kept else []
    words += [f"Could not be taken back: {' '.join(_first(held))}"] if held else []
    return " ".join(words)


def kept_sentence(kept: Kept) -> str:
    """Which cell or record stays, who changed it, when and how."""
    cell = f"{kept.field_label or kept.field} of {kept.label}" if kept.field else kept.label
    return f"{cell}: “{kept.what}” by {kept.who} on {day_text(kept.at.astimezone().date())}."


def reversed_words(found: Iterable[Reversed]) -> str:
    """What was taken back: `2 projects removed and 14 values of projects`."""
    parts = []
    for each in found:
        one, many = _words(each.entity)
        parts += [f"{count_text(each.removed, one, many)} removed"] if each.removed else []
        parts += [f"{count_text(each.restored, one, many)} brought back"] if each.restored else []
        parts += [f"{count_text(each.cells, 'value')} of {many}"] if each.cells else []
    return join_words(parts) or "nothing"


def _reversed(connection: Connection, batch: int) -> Iterable[Reversed]:
    counts: Counter[tuple[str, str]] = Counter()
    query = sql.select(Change.entity, Change.field, Change.old.is_(None)).where(Change.batch == batch)
    for entity, name, born in connection.execute(query):
        if entity not in _SILENT:
            counts[entity, "cells" if name else "restored" if born else "removed"] += 1
    for entity in dict.fromkeys(entity for entity, _ in counts):
        yield Reversed(entity, *(counts[entity, kind] for kind in ("cells", "removed", "restored")))


def _batches(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[int, str, datetime, str]]:
    query = sql.select(Batch.id, Batch.who, Batch.at, Batch.what).where(Batch.id.in_(sorted(numbers)))
    return {row.id: (row.id, row.who, row.at, row.what) for row in connection.execute(query)}


def _holder(connection: Connection, refusal: Refusal) -> tuple[str, str]:
    """A record that points to one that could not go: without a later batch nothing else holds it."""
    pointing = (
        (name, connection.execute(sql.select(table.c.id).where(table.c[link.name] == refusal.row).limit(1)).scalar())
        for name, link in links_to(refusal.entity)
        for table in (entities()[name].__table__,)
    )
    return next((name, row) for name, row in pointing if row)


def _labels(store: Store, entity: str) -> Mapping[str, str]:
    return {each.name: each.label for each in register_fields(store, entity)}


def _call(store: Store, entity: str, row: str) -> str:
    return call_row(store, entity, row) if entity in BY_ENTITY else f"a {_words(entity)[0]}"


def _register(entity: str) -> str:
    return BY_ENTITY[entity].name if entity in BY_ENTITY else entity


def _words(entity: str) -> tuple[str, str]:
    if entity in BY_ENTITY:
        return BY_ENTITY[entity].one, BY_ENTITY[entity].many
    one = entity.replace("_", " ")
    return _WORDS.get(entity, (one, f"{one}s"))


def _first(sentences: list[str]) -> list[str]:
    more = len(sentences) - _MOST_NAMED
    return [*sentences[:_MOST_NAMED], *([f"And {more:,} more."] if more > 0 else [])]


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"  ... and {more:,} more; --json lists all of them."] if more > 0 else [])]
