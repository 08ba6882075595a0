"""A portfolio of three projects under one methodology, and the table of how they comply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from pmo_desktop.figures.compliance import ComplianceTable, read_compliance
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_person, a_programme, a_row
from tests.figures.methodproject import a_follower, a_method

TODAY = date(2026, 11, 13)


@dataclass
class Followers:
    """The ids of what was made."""

    store: Store
    method: str
    alpha: str  # its brief is accepted, its gate passed
    beta: str  # its brief is not there
    gamma: str  # its brief is waived, in another programme


def make_followers(store: Store) -> Followers:
    """Three projects of tier 2 whose first gate is past."""
    method = a_method(store)
    customer, network = a_programme(store, "Customer"), a_programme(store, "Network")
    person = a_person(store, "Priya Nair")
    alpha = a_follower(store, method, "Alpha", ref="P-1", programme=customer, pm=person)
    beta = a_follower(store, method, "Beta", ref="P-2", programme=customer)
    gamma = a_follower(store, method, "Gamma", ref="P-3", programme=network)
    a_row(store, "deliverable", project=alpha, name="Brief", code="brief", status="Accepted", gate="G1")
    a_row(store, "gate_review", project=alpha, code="G1", decision="Approve", decided_on=date(2026, 9, 2))
    a_row(store, "deliverable", project=beta, name="Brief", code="brief", status="In progress", gate="G1")
    expires = date(2027, 3, 1)
    a_row(
        store, "waiver", project=gamma, subject="No brief", concerns="brief", reason="x", status="Approved",
        expires=expires, approver=person,
    )  # fmt: skip
    return Followers(store, method, alpha, beta, gamma)


@pytest.fixture
def followers() -> Iterator[Followers]:
    store = create_memory_store(data_date=TODAY)
    yield make_followers(store)
    store.close()


@pytest.fixture
def table(followers: Followers) -> ComplianceTable:
    return read_compliance(followers.store)
