"""Names that are likely one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from pmo_desktop.exchange.answer import import_answer, import_words
from pmo_desktop.exchange.clusters import LIKELY, POSSIBLE, SURE, find_clusters, likeness
from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.people import read_directory
from pmo_desktop.exchange.plan import PersonCluster, Plan

Planner = Callable[..., Plan]


@pytest.mark.parametrize(
    ("one", "other", "confidence"),
    [
        ("Priya Nair", "Nair Priya", SURE),
        ("R Larsen", "Ruth Larsen", LIKELY),
        ("John Smith", "John P Smith", LIKELY),
        ("John P. Smith", "John Peter Smith", LIKELY),
        ("Priya Nair", "Pryia Nair", POSSIBLE),
        ("Daniel Okafor", "Danel Okafor", POSSIBLE),
        ("Yusuf Hughes", "Yussuf Hughes", POSSIBLE),
    ],
)
def test_names_that_are_likely_one(one: str, other: str, confidence: float) -> None:
    for found in (likeness(one, other), likeness(other, one)):
        assert found is not None
        assert found[0] == confidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Daniel Okafor", "Deborah Okafor"),
        ("Mario Rossi", "Maria Rossi"),
        ("Daniel Lee", "Daniela Lee"),
        ("Jan Smith", "Joan Smith"),
        ("Marta Silva", "Marla Silva"),
        ("John P Smith", "John Q Smith"),
        ("R Larsen", "Lena Larsen"),
        ("Priya Nair", "Priya Lowe"),
        ("Priya Nair", "priya  nair"),
        ("Priya", "Priya Nair"),
    ],
)
def test_names_that_are_two_people_or_the_same(one: str, other: str) -> None:
    assert likeness(one, other) is None


def clusters(*names: str, verified: tuple[str, ...] = (), told: dict[str, str] | None = None) -> list[PersonCluster]:
    """The clusters of people of these names, each written once."""
    rows = [{"id": name, "name": name, "verified": name in verified} for name in names]
    return find_clusters(read_directory(rows, told), {name: Counter([name]) for name in names})


def test_an_initial_that_fits_two_people_is_offered_with_neither() -> None:
    assert clusters("D Okafor", "Daniel Okafor", "Deborah Okafor") == []
    assert clusters("John Smith", "John P Smith", "John Q Smith") == []


def test_three_spellings_of_one_person_are_one_cluster_with_the_fullest_name() -> None:
    (found,) = clusters("R Larsen", "Ruth Larsen", "Larsen Ruth")
    assert set(found.names) == {"R Larsen", "Ruth Larsen", "Larsen Ruth"}
    assert (found.proposed in {"Ruth Larsen", "Larsen Ruth"}, found.confidence) == (True, LIKELY)


def test_two_verified_people_are_two_and_one_verified_gives_the_name() -> None:
    assert clusters("Priya Nair", "Pryia Nair", verified=("Priya Nair", "Pryia Nair")) == []
    (found,) = clusters("Priya Nair", "Pryia Nair", verified=("Pryia Nair",))
    assert found.proposed == "Pryia Nair"


def test_a_name_that_stands_for_itself_is_not_offered_again() -> None:
    assert clusters("R Larsen", "Ruth Larsen", told={"R Larsen": "R Larsen"}) == []


def test_an_address_makes_no_cluster() -> None:
    rows = [{"id": "1", "name": "Ann Lee", "email": "x@y.org"}, {"id": "2", "name": "Bo Lee", "email": "x@y.org"}]
    assert find_clusters(read_directory(rows), {"1": Counter(["Ann Lee"]), "2": Counter(["Bo Lee"])}) == []


def test_a_plan_offers_them_with_counts_and_an_answer_settles_them(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "PM"]]
    rows += [[f"A-{at}", f"P {at}", name] for at, name in enumerate(["Priya Nair"] * 3 + ["Pryia Nair"])]
    plan = plan_rows(rows)
    assert plan.clusters == [
        PersonCluster({"Priya Nair": 3, "Pryia Nair": 1}, "Priya Nair", POSSIBLE, "one letter apart")
    ]
    assert import_answer(plan, None)["people"] == [
        {
            "names": {"Priya Nair": 3, "Pryia Nair": 1},
            "proposed": "Priya Nair",
            "confidence": POSSIBLE,
            "why": "one letter apart",
        }
    ]
    assert "Likely one person, Priya Nair: Priya Nair (3), Pryia Nair (1); one letter apart." in import_words(
        plan, None
    )
    settled = plan_rows(rows, people={"Pryia Nair": "Priya Nair"})
    assert settled.clusters == []
    assert [record.values["name"] for record in settled.new_records] == ["Priya Nair"]
