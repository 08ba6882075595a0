"""What every kept thing has: an id, and room for the organisation's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pmo_desktop.model.field import Stored
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.types import JSON, TEXT, new_id

if TYPE_CHECKING:  # a declaration is read without the database library
    from sqlalchemy import MetaData, Table

KEPT: dict[str, type[Base]] = {}  # every declared class by its table's name


class Declared(type):
    """What can be asked of a declared class itself: its table, made when it is first needed.

    Statements take the class for its table: `insert(Settings)`.
    """

    __tablename__: str
    __cells__: tuple[Stored[Any], ...]

    @property
    def __table__(cls) -> Table:
        from pmo_desktop.model.tables import table_of  # noqa: PLC0415  brings SQLAlchemy: 36 MB and 0.2 s

        return table_of(cls.__tablename__, cls.__cells__)

    def __clause_element__(cls) -> Table:
        return cls.__table__


class Base(metaclass=Declared):
    """A table of a portfolio file; a class that names one is kept."""

    __tablename__: ClassVar[str]
    __cells__: ClassVar[tuple[Stored[Any], ...]]  # in the order of the table's columns

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__tablename__" in vars(cls):
            declared = (each for base in reversed(cls.__mro__) for each in vars(base).values())
            cells = (each for each in declared if isinstance(each, Stored))
            cls.__cells__ = tuple(sorted(cells, key=lambda cell: cell.place))
            KEPT[cls.__tablename__] = cls


class Entity(Base):
    """A journaled thing with one id."""

    id: Stored[str] = Stored(form=TEXT, meaning=Field("", "Identity", Kind.CODE), key=True, default=new_id, place=-1)


class Register(Entity):
    """An entity people list, edit, import and export; it keeps the organisation's own fields too."""

    custom: Stored[dict[str, Any]] = Stored(
        form=JSON,
        meaning=Field("", "Custom fields", Kind.NOTE, help="Values by custom field id"),
        default=dict,
        place=1,
    )


def metadata() -> MetaData:
    """The tables of all declared classes."""
    from pmo_desktop.model.tables import METADATA, table_of  # noqa: PLC0415  as above

    for name, kept in KEPT.items():
        table_of(name, kept.__cells__)
    return METADATA
