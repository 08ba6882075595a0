"""What the list of registers says of each: how its rows come to an end."""

from __future__ import annotations

import pytest

from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_ENTITY, REGISTERS


@pytest.mark.parametrize("info", [info for info in REGISTERS if info.ending], ids=lambda info: info.name)
def test_an_ending_speaks_of_fields_and_words_the_register_has(info: RegisterInfo) -> None:
    ending, entity = info.ending, info.entity.__tablename__
    assert ending
    assert set(find_field(entity, ending.field).choices) >= ending.over
    assert ending.value in ending.over
    assert ending.day is None or find_field(entity, ending.day).kind is Kind.DATE


@pytest.mark.parametrize(
    ("entity", "state", "is_over"),
    [
        ("project", {"lifecycle_status": "Closed"}, True),
        ("project", {"lifecycle_status": "Cancelled"}, True),
        ("project", {"lifecycle_status": "On hold"}, False),
        ("project", {"lifecycle_status": None, "status": "Closed"}, False),
        ("milestone", {"status": "Complete"}, True),
        ("milestone", {"status": "Delayed"}, False),
        ("person", {"status": "Closed"}, True),
        ("programme", {}, False),
    ],
)
def test_a_row_is_over_as_its_register_says(entity: str, state: dict[str, str | None], is_over: bool) -> None:
    ending = BY_ENTITY[entity].ending
    assert ending
    assert ending.is_over(state) is is_over


def test_a_status_report_is_final_when_it_is_made() -> None:
    assert BY_ENTITY["status_report"].ending is None
