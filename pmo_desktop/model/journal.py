"""The journal: one row per deed, one row per changed cell, written by the database itself (store.triggers)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from pmo_desktop.model.entity import Base
from pmo_desktop.model.types import Anything, Instant


class Batch(Base):
    """One deed: when, who, what in words, why, and which batch it undoes."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)
    undoes: Mapped[int | None] = mapped_column(Integer, index=True)
    source: Mapped[str | None] = mapped_column(Text)  # JSON: the file an import read, or the kind of deed


class Change(Base):
    """One changed cell; a birth or a death is one row with an empty field and the row's cells as JSON."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_row", "row"),
        Index("ix_change_batch", "batch"),
        {"sqlite_strict": True},
    )

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    batch: Mapped[int] = mapped_column(Integer)
    entity: Mapped[str] = mapped_column(Text)
    row: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)  # "" for births and deaths; "custom.<id>" for a custom value
    old: Mapped[Any | None] = mapped_column(Anything)
    new: Mapped[Any | None] = mapped_column(Anything)
