"""The catalog: from a name, a former name or a header to the Field that was declared."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from pmo_desktop.model import (  # noqa: F401  imported to be declared
    allocation,
    assurance,
    attachment,
    authority,
    custom,
    delivery,
    journal,
    learning,
    link,
    method,
    milestone,
    person,
    programme,
    project,
    raid,
    report,
    resource,
    risk,
    scale,
    sendout,
    setting,
    source,
)
from pmo_desktop.model.entity import KEPT, Entity
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind

NOT_SHOWN = ("id", "custom")  # machinery: an identity, and the box the custom fields lie in


@cache
def entities() -> dict[str, type[Entity]]:
    """Every journaled entity by its table's name."""
    return {name: kept for name, kept in sorted(KEPT.items()) if issubclass(kept, Entity)}


@cache
def all_fields(entity: str) -> tuple[Field, ...]:
    """Every column of an entity as a Field, in the order declared, machinery included."""
    cells = entities()[entity].__cells__
    return tuple(replace(cell.meaning, name=cell.name, entity=entity) for cell in cells if cell.meaning)


@cache
def fields(entity: str) -> tuple[Field, ...]:
    """The fields of an entity that a person may see."""
    return tuple(each for each in all_fields(entity) if each.name not in NOT_SHOWN)


@cache
def _by_name(entity: str) -> dict[str, Field]:
    named = {each.name: each for each in all_fields(entity)}
    former = {old: each for each in named.values() for old in each.former}
    return former | named


def find_field(entity: str, name: str) -> Field:
    """The field of that name or former name. Raises KeyError when the entity has none."""
    return _by_name(entity)[name]


def custom_field(row: dict[str, Any]) -> Field:
    """A row of custom_field as a Field; its name is `custom.<id>`."""
    return Field(
        name=CUSTOM_PREFIX + row["id"],
        label=row["label"],
        kind=Kind(row["kind"]),
        unit=row["unit"] or "",
        choices=_lines(row["choices"]),
        also=_lines(row["also"]),
        searchable=Kind(row["kind"]) in (Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CHOICE),
        entity=row["register"],
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
