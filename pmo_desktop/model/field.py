"""`field()`: one line that is at once a table column and a field's whole declaration."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.types import IsoDate, Measure, YesNo

COLUMN_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.TEXT: Text,
    Kind.NOTE: Text,
    Kind.CODE: Text,
    Kind.NUMBER: Measure,
    Kind.PERCENT: Measure,
    Kind.MONEY: Integer,
    Kind.DATE: IsoDate,
    Kind.MONTH: IsoDate,
    Kind.YESNO: YesNo,
    Kind.CHOICE: Text,
    Kind.LINK: Text,
    Kind.PERSON: Text,
    Kind.RAG: Text,
}


def field(label: str, kind: Kind, **declared: Any) -> MappedColumn[Any]:
    """A mapped column of the kind's type that carries its Field in `info`.

    The keywords are those of Field; its name and entity are read from the class (model.catalog).
    A link or person gets a foreign key. A required field is NOT NULL.
    """
    to = declared.setdefault("to", "person" if kind is Kind.PERSON else "")
    keys = [ForeignKey(f"{to}.id")] if to else []
    meaning = Field(name="", label=label, kind=kind, **declared)
    return mapped_column(
        COLUMN_TYPES[kind](), *keys, nullable=not meaning.required, index=bool(to), info={"field": meaning}
    )
