"""What the pane of one register shows: its columns in their looks, its views, its groups, its inspector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.ui.columns import Column, column_of
from pmo_desktop.ui.kinds import Reading, Row, cell_text
from pmo_desktop.ui.view import View

if TYPE_CHECKING:
    from pmo_desktop.store.file import Store


_CALLED = {"width": 200, "strong": True}
TREND = "trend of "  # before a rating's name: the key under which a row has how it moved
OWN_FIELDS = ("*",)  # in a section of a page: the organisation's own fields


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the inspector: its title, its sort (see inspectortabs), and its sections of fields."""

    title: str
    sort: str = "form"
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()


FILES = Page("Files", "files")


@dataclass(frozen=True, slots=True)
class Outline:
    """One register as a pane shows it."""

    name: str  # of the register and the pane
    entity: str
    one: str
    many: str
    title: str
    icon: str
    shown: tuple[str, ...]  # the fields of the first view, in order
    looks: dict[str, dict[str, Any]] = field(default_factory=dict)  # field -> what differs from its kind's column
    frozen: int = 2
    group: str | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    rating: str = "rag_overall"
    figures: tuple[Field, ...] = ()
    views: tuple[View, ...] = ()
    subtitle: Callable[[Sequence[Row], Reading], str] | None = None
    closes: bool = False  # whether a row can be closed
    hint: str = ""  # the one line under "nothing yet"
    pages: tuple[Page, ...] = ()  # of the inspector, before its history
    tiles: tuple[tuple[str, str], ...] = ()  # (words, field) of the ratings on the inspector's strip
    heads: tuple[str, ...] = ("ref",)  # fields said over the inspector's title
    head_title: str = "name"
    asks: tuple[str, ...] = ()  # fields that a new record is asked for besides those it must have
    foot: tuple[tuple[str, str, str], ...] = ()  # (command, icon, words) of the inspector's buttons
    deeds: tuple[str, ...] = ()  # further commands of its own, in the menus of a record
    head: tuple[tuple[str, str, str], ...] = ()  # (command, icon, words) of buttons in the header

    def naming(self, row: Row, reading: Reading) -> tuple[str, str]:
        """Where a row belongs and what it is called, for the inspector's head."""
        known = {each.name: each for each in fields(self.entity)}
        said = [cell_text(known[name], row, reading) for name in (*self.heads, self.head_title)]
        return " · ".join(each for each in said[:-1] if each), said[-1] or self.unnamed(known[self.head_title])

    def unnamed(self, title: Field) -> str:
        """What a row without a title is called: one that is called by a link lacks what that points to."""
        return f"No {label_inside(title.label)}" if title.to else f"Unnamed {self.one}"

    def column(self, meaning: Field) -> Column:
        """A field as a column of this register."""
        plain = column_of(meaning, snapshot=BY_NAME[self.name].snapshot or "")
        return replace(plain, **self.looks[meaning.name]) if meaning.name in self.looks else plain

    def columns(self, wanted: Sequence[tuple[str, int]], known: Mapping[str, Field]) -> list[Column]:
        """The columns of a view that exist, with their widths; a width of 0 is the column's own."""
        found = [(self.column(known[name]), width) for name, width in wanted if name in known]
        return [replace(column, width=width) if width else column for column, width in found]

    def first_view(self) -> View:
        """The view shown when nothing is remembered."""
        return self.views[0] if self.views else self.make_view("All")

    def make_view(self, name: str, **changes: Any) -> View:
        """A built-in view: the register's columns, sorting and grouping, with some changes."""
        columns = tuple((each, 0) for each in self.shown)
        plain = View(name, columns, self.sort, self.group, (), self.frozen, built_in=True)
        return replace(plain, **changes)


def plain_outline(name: str, icon: str, shown: tuple[str, ...], hint: str, **more: Any) -> Outline:
    """A register whose inspector shows all its fields in one section, named after it."""
    info = BY_NAME[name]
    entity = info.entity.__tablename__
    every = tuple(each.name for each in fields(entity))
    title = info.sheet
    head = info.title
    page = Page("Details", sections=((info.one[:1].upper() + info.one[1:], every), ("Own fields", OWN_FIELDS)))
    looks = {head: _CALLED} | ({info.within: _CALLED} if info.within else {})
    plain: dict[str, Any] = {
        "looks": looks,
        "frozen": 1,
        "pages": (page,),
        "heads": (info.ref,) if info.ref else ((info.within,) if info.within else ()),
        "head_title": head,
        "hint": hint,
    }
    return Outline(name, entity, info.one, info.many, title, icon, shown, **(plain | more))


def with_views(outline: Outline, *more: tuple[str, dict[str, Any]]) -> Outline:
    """A register with its built-in views, each a name and what differs from the plain one."""
    return replace(outline, views=tuple(outline.make_view(name, **changes) for name, changes in more))


Reader = Callable[["Store", Outline], list[Row]]


def groupable(offered: Sequence[Field]) -> list[Field]:
    """The fields a register may be grouped by: those with few values."""
    kinds = (Kind.CHOICE, Kind.LINK, Kind.PERSON, Kind.RAG, Kind.YESNO)
    return [each for each in offered if each.kind in kinds]
