"""A portfolio in memory judged on a fixed day, closed when the test ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

DATA_DATE = date(2026, 11, 13)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=DATA_DATE, report_days=31)
    yield made
    made.close()
