"""The journal: one row per deed, one row per changed cell, written by the database itself (store.triggers)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pmo_desktop.model.entity import Base
from pmo_desktop.model.field import Stored
from pmo_desktop.model.types import ANY, INSTANT, INTEGER, TEXT


class Batch(Base):
    """One deed: when, who, what in words, why, and which batch it undoes."""

    __tablename__ = "batch"

    id: Stored[int] = Stored(form=INTEGER, key=True)
    at: Stored[datetime] = Stored(form=INSTANT)
    who: Stored[str] = Stored(form=TEXT)
    what: Stored[str] = Stored(form=TEXT)
    why: Stored[str | None] = Stored(form=TEXT, required=False)
    undoes: Stored[int | None] = Stored(form=INTEGER, required=False, indexed=True)
    source: Stored[str | None] = Stored(form=TEXT, required=False)  # JSON: the file an import read, or the kind of deed


class Change(Base):
    """One changed cell; a birth or a death is one row with an empty field and the row's cells as JSON."""

    __tablename__ = "change"

    seq: Stored[int] = Stored(form=INTEGER, key=True)
    batch: Stored[int] = Stored(form=INTEGER, indexed=True)
    entity: Stored[str] = Stored(form=TEXT)
    row: Stored[str] = Stored(form=TEXT, indexed=True)
    field: Stored[str] = Stored(form=TEXT)  # "" for births and deaths; "custom.<id>" for a custom value
    old: Stored[Any | None] = Stored(form=ANY, required=False)
    new: Stored[Any | None] = Stored(form=ANY, required=False)
