"""Portfolios to print: an empty one, the sample, and the means to read what was printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pypdf import PdfReader

from pmo_desktop.operations.sample import load_sample
from pmo_desktop.reports.pack import Built, PackOptions, write_pack
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

DATA_DATE = date(2026, 11, 13)
Printer = Callable[..., tuple[PdfReader, Built]]


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=DATA_DATE, report_days=31, organisation="Halden Water")
    yield made
    made.close()


@pytest.fixture
def sample() -> Iterator[Store]:
    made = create_memory_store()
    load_sample(made)
    yield made
    made.close()


@pytest.fixture
def printed() -> Printer:
    """Print a portfolio's pack and read it back."""

    def read_back(store: Store, options: PackOptions | None = None) -> tuple[PdfReader, Built]:
        out = io.BytesIO()
        built = write_pack(read_subject(store), options or PackOptions(), out)
        return PdfReader(out), built

    return read_back
