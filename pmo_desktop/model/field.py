"""`field()`: one line that is at once a table column and a field's whole declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.types import FORMS, Form

if TYPE_CHECKING:  # a declaration is read without the database library
    from sqlalchemy import Column

T = TypeVar("T")


@dataclass(eq=False, slots=True, kw_only=True)
class Stored(Generic[T]):
    """One declared cell of a class. Read on the class, as in `Person.name`, it is the column of the class's table."""

    form: Form
    meaning: Field | None = None  # None in the journal, which is machinery
    required: bool = True
    key: bool = False
    to: str = ""  # the table whose row it points to
    indexed: bool = False
    default: Callable[[], Any] | None = None
    place: int = 0  # cells are in the order declared within one place
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: Any) -> Column[T]:
        column: Column[T] = owner.__table__.columns[self.name]
        return column


def field(label: str, kind: Kind, **declared: Any) -> Stored[Any]:
    """A cell of the kind's form that carries its Field.

    The keywords are those of Field; its name and entity are read from the class (model.catalog).
    A link or person gets a foreign key. A required field is NOT NULL. `place` 2: the column was added to its table
    by a later migration, hence stands behind the others.
    """
    place = declared.pop("place", 0)
    to = declared.setdefault("to", "person" if kind is Kind.PERSON else "")
    meaning = Field(name="", label=label, kind=kind, **declared)
    return Stored(form=FORMS[kind], meaning=meaning, required=meaning.required, to=to, indexed=bool(to), place=place)
