"""A portfolio in memory and one in a file, closed when the test ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store, create_store


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann")
    yield made
    made.close()


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Store]:
    made = create_store(tmp_path / "work.pmo", "ann")
    yield made
    made.close()
