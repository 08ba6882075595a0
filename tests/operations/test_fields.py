"""The organisation's own fields."""

from __future__ import annotations

import pytest

from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.fields import (
    add_custom_field,
    delete_custom_field,
    field_deletion_sentence,
    rename_custom_field,
)
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_custom_fields, read_row, register_fields
from tests.operations.conftest import Small


def test_a_new_field_stands_last_with_all_it_was_given(small: Small) -> None:
    add_custom_field(small.store, "project", "Carbon", Kind.NUMBER, unit="t", also=["CO2"])
    field = add_custom_field(small.store, "project", " Wave ", Kind.CHOICE, choices=["One", "Two"])
    assert register_fields(small.store, "project")[-1] == field
    assert (field.label, field.choices, field.is_custom) == ("Wave", ("One", "Two"), True)
    carbon = read_custom_fields(small.store, "project")[0]
    assert (carbon.unit, carbon.also) == ("t", ("CO2",))
    assert not read_custom_fields(small.store, "milestone")


@pytest.mark.parametrize(
    ("label", "kind", "words"),
    [
        ("", Kind.TEXT, "needs a label"),
        ("manager", Kind.TEXT, "called manager already"),
        ("carbon", Kind.TEXT, "called carbon already"),
        ("Parent", Kind.LINK, "cannot be a link"),
    ],
)
def test_a_field_that_would_confuse_is_refused(small: Small, label: str, kind: Kind, words: str) -> None:
    add_custom_field(small.store, "project", "Carbon", Kind.NUMBER)
    with pytest.raises(Known, match=words):
        add_custom_field(small.store, "project", label, kind)


def test_a_renamed_field_remembers_its_old_label_as_a_header(small: Small) -> None:
    field = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER)
    rename_custom_field(small.store, "project", field.name, "Carbon footprint")
    (renamed,) = read_custom_fields(small.store, "project")
    assert (renamed.label, renamed.also, renamed.name) == ("Carbon footprint", ("Carbon",), field.name)


def test_a_deleted_field_takes_its_values_along_and_undo_brings_them_back(small: Small) -> None:
    field = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER)
    edit_cells(small.store, "project", [Edit(small.alpha, field.name, 2.5)])
    assert field_deletion_sentence(small.store, "project", field.name) == (
        "Delete the field Carbon with its values in 1 project."
    )
    delete_custom_field(small.store, "project", field.name)
    assert not read_custom_fields(small.store, "project")
    undo(small.store)
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    assert row[field.name] == 2.5


def test_a_field_that_is_gone_is_said(small: Small) -> None:
    with pytest.raises(Known, match="has been deleted"):
        rename_custom_field(small.store, "project", "custom.gone", "x")
