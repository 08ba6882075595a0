"""A field is declared once, every kind is known everywhere, and no header means two things."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib import import_module

import pytest
from sqlalchemy import create_engine, text

from pmo_desktop.model import catalog
from pmo_desktop.model.entity import metadata
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.model.types import FORMS

ENTITIES = sorted(catalog.entities())


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_column_is_a_declared_field(entity: str) -> None:
    cells = catalog.entities()[entity].__cells__
    assert not [cell.name for cell in cells if not isinstance(cell.meaning, Field)]
    assert [cell.name for cell in cells] == catalog.entities()[entity].__table__.columns.keys()


@pytest.mark.parametrize("entity", ENTITIES)
def test_labels_are_said_on_screen_and_differ(entity: str) -> None:
    labels = [field.label for field in catalog.fields(entity)]
    assert all(label and label == label.strip() for label in labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("entity", ENTITIES)
def test_no_two_fields_of_an_entity_share_a_name_or_synonym(entity: str) -> None:
    meanings = defaultdict(set)
    for field in catalog.fields(entity):
        for word in (field.name, field.label, *field.also, *field.former):
            meanings[plain(word)].add(field.name)
    assert not {word: names for word, names in meanings.items() if len(names) > 1}


@pytest.mark.parametrize("entity", ENTITIES)
def test_links_point_to_a_table_and_choices_are_words(entity: str) -> None:
    for field in catalog.fields(entity):
        assert bool(field.to) == (field.kind in (Kind.LINK, Kind.PERSON)), field.name
        assert not field.to or field.to in ENTITIES, field.name
        assert not field.choices or field.kind is Kind.CHOICE, field.name


def test_every_kind_has_a_form() -> None:
    assert set(FORMS) == set(Kind)


@pytest.mark.parametrize("room", ["ui", "exchange", "reports"])
def test_every_kind_is_known_to_every_renderer(room: str) -> None:
    module = import_module(f"pmo_desktop.{room}.kinds")
    tables = [table for table in vars(module).values() if isinstance(table, dict) and table and set(table) <= set(Kind)]
    assert any(set(table) == set(Kind) for table in tables), f"{room}/kinds.py has no table of all kinds"


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_a_register_is_called_by_fields_it_has(info: RegisterInfo) -> None:
    entity = info.entity.__tablename__
    for name in (info.title, info.ref, info.within):
        assert name is None or catalog.find_field(entity, name).name == name


def test_a_former_name_still_finds_its_field() -> None:
    for entity in ENTITIES:
        for field in catalog.fields(entity):
            assert all(catalog.find_field(entity, old) == field for old in field.former)


def test_every_table_is_strict() -> None:
    engine = create_engine("sqlite://")
    metadata().create_all(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")).all()
    loose = [name for name, strict in rows if not strict and not name.startswith("sqlite_")]
    assert {name for name, _ in rows} >= set(ENTITIES)
    assert not loose


def plain(word: str) -> str:
    """A header as the importer compares it: lower-case, without punctuation."""
    return re.sub(r"[^a-z0-9%#]+", " ", word.lower().replace("_", " ")).strip()
