"""From a name, a former name or a row of definitions to the Field that was declared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table

from pmo_desktop.model import catalog
from pmo_desktop.model.catalog import all_fields, custom_field, entities, fields, find_field
from pmo_desktop.model.custom import CUSTOM_KINDS
from pmo_desktop.model.entity import Register, metadata
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.registers import BY_ENTITY, BY_NAME, REGISTERS


def test_the_entities_are_those_that_are_journaled() -> None:
    assert set(metadata().tables) - set(entities()) == {"batch", "blob", "change"}
    assert list(entities()) == sorted(entities())


def test_machinery_is_not_shown() -> None:
    assert {each.name for each in all_fields("project")} - {each.name for each in fields("project")} == {"id", "custom"}


def test_a_field_knows_its_name_and_entity() -> None:
    field = find_field("milestone", "project")
    assert (field.name, field.entity, field.to, field.kind, field.required) == (
        "project",
        "milestone",
        "project",
        Kind.LINK,
        True,
    )
    assert find_field("project", "pm").to == "person"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        find_field("project", "shoe_size")


def test_a_former_name_finds_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = replace(find_field("project", "eac"), former=("outturn", "name"))
    others = tuple(each for each in all_fields("project") if each.name != "eac")
    catalog._by_name.cache_clear()
    monkeypatch.setattr(catalog, "all_fields", lambda entity: (*others, renamed))
    assert find_field("project", "outturn") is renamed
    assert find_field("project", "name").name == "name"  # a present name wins
    catalog._by_name.cache_clear()


@pytest.mark.parametrize("kind", CUSTOM_KINDS)
def test_a_row_of_definitions_is_a_field(kind: Kind) -> None:
    row: dict[str, Any] = {
        "id": "f1",
        "register": "project",
        "label": "Ward",
        "kind": str(kind),
        "unit": None,
        "choices": "North\n\n South ",
        "also": None,
        "position": 1.0,
    }
    field = custom_field(row)
    assert (field.name, field.label, field.kind, field.entity) == ("custom.f1", "Ward", kind, "project")
    assert (field.choices, field.also, field.unit) == (("North", "South"), (), "")
    assert field.is_custom
    assert not find_field("project", "name").is_custom
    assert field.searchable is (kind in {Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.CHOICE})


@pytest.mark.parametrize("name", sorted(entities()))
def test_a_link_is_indexed_and_points_to_a_kept_thing(name: str) -> None:
    table: Table = metadata().tables[name]
    indexed = {column.name for index in table.indexes for column in index.columns}
    for key in table.foreign_keys:
        assert key.column.table.name in entities()
        assert key.parent.name in indexed
        assert key.ondelete is None  # what goes with a row is an operation's business


def test_registers_are_found_by_name_and_by_entity() -> None:
    assert len(BY_NAME) == len(BY_ENTITY) == len(REGISTERS)
    assert all(BY_ENTITY[info.entity.__tablename__] is info for info in REGISTERS)
    assert {info.entity for info in REGISTERS} == {each for each in entities().values() if issubclass(each, Register)}
