"""Every field has its place on a sheet, and no two columns of a sheet share a header."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.sheets import NOT_EXPORTED, SHEETS, key_count, name_columns, register_columns
from pmo_desktop.model.catalog import fields, find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_NAME, REGISTERS


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_every_field_is_exported_or_left_out_on_purpose(info: RegisterInfo) -> None:
    placed = [*SHEETS[info.name], *NOT_EXPORTED[info.name]]
    assert len(placed) == len(set(placed))
    assert set(placed) == {field.name for field in fields(info.entity.__tablename__)}


def test_no_sheet_is_listed_for_a_register_that_is_gone() -> None:
    assert set(SHEETS) == set(NOT_EXPORTED) == set(BY_NAME)


@pytest.mark.parametrize("info", REGISTERS, ids=lambda info: info.name)
def test_the_identity_is_the_last_column_and_hidden_and_the_only_hidden_one(info: RegisterInfo) -> None:
    columns = register_columns(info, ())
    assert [column.header for column in columns if column.hidden] == [columns[-1].header]
    assert columns[-1].field.name == "id"


def test_the_organisations_own_fields_are_columns_like_any_other() -> None:
    own = Field("custom.1", "Ward", Kind.CHOICE)
    columns = register_columns(BY_NAME["projects"], (own,))
    assert columns[-2].field == own
    assert columns[-2].header == "Ward"


@pytest.mark.parametrize(
    ("labels", "headers"),
    [
        (["Ward", "WARD", "ward (2)"], ["Ward", "WARD (2)", "ward (2) (2)"]),
        (["two\nlines", " spaced  out "], ["two lines", "spaced out"]),
        (["", "\x07", "a\x07b"], ["Column", "Column (2)", "a b"]),
        (["x" * 300], ["x" * 200]),
        (["Identity"], ["Identity"]),
    ],
)
def test_headers_are_one_line_and_differ_even_without_case(labels: list[str], headers: list[str]) -> None:
    columns = name_columns(BY_NAME["people"], [Field(f"custom.{label}", label, Kind.TEXT) for label in labels])
    assert [column.header for column in columns[:-1]] == headers
    assert len({column.header.casefold() for column in columns}) == len(columns)


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["ref", "name", "rag_overall"], 2),
        (["name"], 1),
        (["ref", "rag_overall", "eac", "name"], 0),
        (["rag_overall"], 0),
    ],
)
def test_the_columns_up_to_the_title_stay_in_sight(names: list[str], keys: int) -> None:
    info = BY_NAME["projects"]
    assert key_count(info, name_columns(info, [find_field("project", name) for name in names])) == keys
