"""Rows come back as plain dicts of typed values, in the order they were made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.model.kind import Kind
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import (
    custom_raw,
    custom_value,
    data_date,
    read_columns,
    read_custom_fields,
    read_names,
    read_row,
    read_rows,
    read_settings,
    read_texts,
    register_fields,
    row_count,
)
from tests.builders import (
    a_baseline,
    a_custom_field,
    a_kept_text,
    a_milestone,
    a_person,
    a_portfolio,
    a_programme,
    a_project,
    a_report,
    a_view,
    change_row,
)

VALUES: dict[str, Any] = {
    "finish_forecast": date(2027, 3, 31),
    "eac": 123_456_789_012_345,
    "pct_complete": 33.3333,
    "rag_overall": "AR",
    "description": "two\nlines",
}


def test_a_row_gives_back_what_was_put_in(store: Store) -> None:
    project = a_project(store, **VALUES)
    row = read_row(store, "project", project)
    assert row is not None
    assert {name: row[name] for name in VALUES} == VALUES
    assert row["budget_approved"] is None
    assert "custom" not in row


def test_every_entity_can_be_built_and_read(store: Store) -> None:
    project = a_project(store, programme=a_programme(store, portfolio=a_portfolio(store)), pm=a_person(store))
    made = {
        "milestone": a_milestone(store, project),
        "status_report": a_report(store, project),
        "baseline": a_baseline(store, project),
        "custom_field": a_custom_field(store),
        "cell_source": a_kept_text(store, project),
        "saved_view": a_view(store),
    }
    for entity, identity in made.items():
        assert [row["id"] for row in read_rows(store, entity)] == [identity]


def test_rows_come_in_the_order_they_were_made_and_those_asked_for(store: Store) -> None:
    made = [a_project(store, name) for name in "DCBAE"]
    assert [row["id"] for row in read_rows(store, "project")] == made
    chosen = {made[0], made[2], made[3], made[4], "not there"}
    assert [row["id"] for row in read_rows(store, "project", chosen)] == [made[n] for n in (0, 2, 3, 4)]
    assert read_row(store, "project", "not there") is None
    assert read_rows(store, "project", []) == []


@pytest.mark.parametrize(
    ("kind", "value", "raw"),
    [
        (Kind.TEXT, "x", "x"),
        (Kind.NUMBER, 2.5, 25_000),
        (Kind.PERCENT, 33.3333, 333_333),
        (Kind.MONEY, 1_999, 1_999),
        (Kind.DATE, date(2027, 3, 31), "2027-03-31"),
        (Kind.MONTH, date(2027, 3, 1), "2027-03-01"),
        (Kind.YESNO, True, 1),
        (Kind.YESNO, False, 0),
        (Kind.RAG, "AG", "AG"),
        (Kind.NUMBER, None, None),
    ],
)
def test_own_values_are_text_and_integers_inside(kind: Kind, value: Any, raw: Any) -> None:
    assert custom_raw(kind, value) == raw
    assert custom_value(kind, raw) == value
    assert type(custom_value(kind, raw)) is type(value)


def test_own_fields_stand_behind_the_declared_ones(store: Store) -> None:
    second = a_custom_field(store, "Cost code", "number", position=2)
    first = a_custom_field(store, "Ward", "choice", choices="North\nSouth\n", also="District", position=1)
    project = a_project(store, custom={second: 15_000})
    fields = read_custom_fields(store, "project")
    assert [(each.label, each.choices, each.also) for each in fields] == [
        ("Ward", ("North", "South"), ("District",)),
        ("Cost code", (), ()),
    ]
    row = read_row(store, "project", project)
    assert row is not None
    assert (row[f"custom.{first}"], row[f"custom.{second}"]) == (None, 1.5)
    assert register_fields(store, "project")[-2:] == fields
    assert not read_custom_fields(store, "person")


def test_names_for_links(store: Store) -> None:
    person, programme, portfolio = a_person(store), a_programme(store), a_portfolio(store)
    named, numbered, bare = a_project(store), a_project(store, None, ref="B-2"), a_project(store, None)  # type: ignore[arg-type]
    assert read_names(store) == {
        person: "Priya Nair",
        programme: "Customer",
        portfolio: "Change",
        named: "Alpha",
        numbered: "B-2",
        bare: "Unnamed project",
    }


def test_kept_texts_are_found_by_row_and_field(store: Store) -> None:
    project = a_project(store)
    a_kept_text(store, project)
    a_kept_text(store, project, "pm", "A / B", register="milestone")
    assert read_texts(store, "project")[project, "finish_forecast"]["text"] == "end Mar 27"
    assert list(read_texts(store, "milestone")) == [(project, "pm")]


def test_the_data_date_is_the_setting_or_today(store: Store) -> None:
    assert data_date(read_settings(store)) == date.today()  # noqa: DTZ011  the reader's own day
    change_row(store, "settings", "settings", data_date=date(2026, 11, 1))
    assert data_date(read_settings(store)) == date(2026, 11, 1)


def test_rows_are_counted(store: Store) -> None:
    assert row_count(store, "project") == 0
    a_project(store)
    assert row_count(store, "project") == 1


def test_columns_come_as_stored_in_the_order_the_rows_were_made(store: Store) -> None:
    a_project(store, "Beta", pct_complete=12.5, finish_forecast=date(2027, 3, 31))
    a_project(store, "Alpha")
    found = read_columns(store, "project", "finish_forecast", "pct_complete", "name")
    assert found == [("2027-03-31", 125_000, "Beta"), (None, None, "Alpha")]
    with pytest.raises(KeyError, match="nothing"):
        read_columns(store, "project", "nothing")
