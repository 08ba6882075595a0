"""The settings of a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_settings
from tests.operations.conftest import Small


def test_settings_are_written_as_one_step_and_undone_as_one(small: Small) -> None:
    before = read_settings(small.store)
    change_settings(small.store, {"organisation": "Fenmoor Water", "currency": "EUR", "fy_start_month": 1})
    assert read_settings(small.store)["organisation"] == "Fenmoor Water"
    assert latest_batches(small.store, 1)[0].what == "Change settings"
    undo(small.store)
    assert read_settings(small.store) == before


def test_the_data_date_is_the_setting_or_today(small: Small) -> None:
    assert data_date(read_settings(small.store)) == date.today()  # noqa: DTZ011 - the reader's own day
    change_settings(small.store, {"data_date": date(2026, 11, 13)})
    assert data_date(read_settings(small.store)) == date(2026, 11, 13)
    assert latest_batches(small.store, 1)[0].what == "Change data date"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fy_start_month": 13}, "month from 1 to 12"),
        ({"fy_start_month": 4.5}, "month from 1 to 12"),
        ({"currency": "gbp"}, "no currency code"),
        ({"currency": "£"}, "no currency code"),
        ({"currency": None}, "may not be empty"),
        ({"report_days": 0}, "at least one day"),
        ({"classification": "Secret-ish"}, "cannot be"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(small: Small, values: dict[str, Any], words: str) -> None:
    with pytest.raises(Known, match=words):
        change_settings(small.store, values)
