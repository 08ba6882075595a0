"""What every kept thing has: an id, and room for the organisation's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.types import JsonMap, new_id

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of a portfolio file; all of them are STRICT."""

    metadata = MetaData(naming_convention=NAMING)
    if TYPE_CHECKING:
        __table__: ClassVar[Table]  # SQLAlchemy says FromClause; ours are tables

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """SQLite options; a class that sets its own must repeat them."""
        return {"sqlite_strict": True}


class Entity(Base):
    """A journaled thing with one id."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        Text, primary_key=True, default=new_id, sort_order=-1000, info={"field": Field("", "Identity", Kind.CODE)}
    )


class Register(Entity):
    """An entity people list, edit, import and export; it keeps the organisation's own fields too."""

    __abstract__ = True

    custom: Mapped[dict[str, Any]] = mapped_column(
        JsonMap,
        default=dict,
        nullable=False,
        sort_order=1000,
        info={"field": Field("", "Custom fields", Kind.NOTE, help="Values by custom field id")},
    )
