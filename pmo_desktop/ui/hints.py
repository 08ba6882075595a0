"""Tooltips of cells and headings: what was refused and why, what an import kept, what is calculated from what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.kinds import Reading


def cell_hint(
    record: Record,
    column: Column,
    place: int,
    problem: tuple[str, str] | None,
    kept: Mapping[str, Any] | None,
) -> str | None:
    """What a pointer resting on a cell is told; None when there is nothing to say.

    `problem` is a refused text and its reason, `kept` the text an import kept.
    """
    if problem:
        return f"“{problem[0]}” was not written: {problem[1]}"
    if kept:
        where = " ".join(part for part in (kept.get("sheet"), kept.get("cell")) if part)
        reason = kept.get("reason") or "read less exactly than it was written"
        said = (f"In the file: {kept['text']}", reason, where, kept.get("comment"))
        return "\n".join(part for part in said if part)
    long = column.field.kind is Kind.NOTE and record.row.get(column.name)
    return str(long) if long else record.texts[place] or None


def heading_hint(column: Column, reading: Reading) -> str:
    """What a pointer resting on a heading is told."""
    parts = [column.heading(reading), column.why or column.field.help]
    if column.field.computed:
        parts.insert(1, "Calculated")
    return "\n".join(part for part in parts if part)
