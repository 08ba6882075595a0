"""Values go into STRICT tables and come back as they were; ids sort in the order in which they were made."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from pmo_desktop.model.tables import column_type
from pmo_desktop.model.types import (
    ANY,
    DATE,
    INSTANT,
    JSON,
    MEASURE,
    YESNO,
    Form,
    instant_text,
    json_text,
    new_id,
)

DIALECT = sqlite.dialect()


@pytest.mark.parametrize(
    ("form", "value", "stored"),
    [
        (DATE, date(2026, 11, 13), "2026-11-13"),
        (INSTANT, datetime(2026, 11, 13, 9, 30, tzinfo=UTC), "2026-11-13T09:30:00.000+00:00"),
        (YESNO, True, 1),
        (YESNO, False, 0),
        (MEASURE, 12.3456, 123456),
        (MEASURE, -0.1, -1000),
        (JSON, {"b": 1, "a": "é"}, '{"a":"é","b":1}'),
        (JSON, {}, "{}"),
    ],
)
def test_a_value_comes_back_as_it_was(form: Form, value: Any, stored: Any) -> None:
    column: Any = column_type(form)
    assert column.process_bind_param(value, DIALECT) == stored
    assert column.process_result_value(stored, DIALECT) == value


@pytest.mark.parametrize("form", [DATE, INSTANT, YESNO, MEASURE, JSON])
def test_nothing_stays_nothing(form: Form) -> None:
    column: Any = column_type(form)
    assert column.process_bind_param(None, DIALECT) is None
    assert column.process_result_value(None, DIALECT) is None


def test_an_instant_is_kept_in_utc() -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert instant_text(summer) == "2026-06-30T23:30:00.000+00:00"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 7, 1))


def test_equal_maps_are_equal_text() -> None:
    assert json_text({"a": 1, "b": [2]}) == json_text({"b": [2], "a": 1})


def test_the_journal_keeps_any_type() -> None:
    assert column_type(ANY).compile(DIALECT) == "ANY"


def test_ids_are_version_seven_and_sort_as_made() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(uuid.UUID(each).version == 7 for each in made[:50])
