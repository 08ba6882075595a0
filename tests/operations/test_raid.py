"""Entries of the RAID log become other kinds, with a trail both ways; risks are gathered under one of the portfolio."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from pmo_desktop.figures.trail import read_trails
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.raid import KINDS, convert_entry, gather_risks, gather_under_new, next_ref, release_risks
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from tests.builders import a_person, a_row, state_hash
from tests.operations.conftest import Small

DAY = date(2026, 11, 13)


@pytest.fixture
def store(small: Small) -> Store:
    return small.store


def an_entry(small: Small, entity: str, **values: Any) -> str:
    title = BY_ENTITY[entity].title
    return a_row(small.store, entity, **({"ref": "X-1", title: "Steel is late", "project": small.alpha} | values))


def row_of(store: Store, entity: str, identity: str) -> dict[str, Any]:
    row = read_row(store, entity, identity)
    assert row is not None
    return row


@pytest.mark.parametrize(("entity", "to"), list(permutations(KINDS, 2)))
def test_any_kind_becomes_any_other_with_its_title_project_and_owner_as_one_step(
    small: Small, entity: str, to: str
) -> None:
    store, owner = small.store, a_person(small.store, "Priya Nair")
    fields = {"dependency": "owner_giver", "decision": "maker"}
    row = an_entry(small, entity, **{fields.get(entity, "owner"): owner})
    before = state_hash(store)
    made = convert_entry(store, entity, row, to, DAY)
    new = row_of(store, to, made)
    assert (new[BY_ENTITY[to].title], new["project"]) == ("Steel is late", small.alpha)
    assert new[fields.get(to, "owner")] == owner
    assert new["ref"].endswith("-001")
    trails = read_trails(store)
    assert trails.of(to, made).words == f"from {BY_ENTITY[entity].one} X-1"
    assert trails.of(entity, row).words == f"became {BY_ENTITY[to].one} {new['ref']}"
    undo(store)
    assert state_hash(store) == before


def test_a_risk_that_became_an_issue_occurred_and_the_issue_points_back(small: Small) -> None:
    risk = an_entry(small, "risk", event="The mill stops", cost_likely=5_000)
    issue = convert_entry(small.store, "risk", risk, "issue", DAY, why="It did")
    assert row_of(small.store, "risk", risk)["status"] == "Occurred"
    new = row_of(small.store, "issue", issue)
    assert (new["source_risk"], new["description"], new["cost_impact"], new["raised"]) == (
        risk,
        "The mill stops",
        5_000,
        DAY,
    )
    assert latest_batches(small.store)[0].why == "It did"


def test_an_entry_may_stay_open_when_something_is_made_from_it(small: Small) -> None:
    risk = an_entry(small, "risk", status="Open")
    convert_entry(small.store, "risk", risk, "action", DAY, close=False)
    assert row_of(small.store, "risk", risk)["status"] == "Open"


def test_a_trail_leads_through_every_kind_an_entry_was(small: Small) -> None:
    assumption = an_entry(small, "assumption", ref="A-003")
    risk = convert_entry(small.store, "assumption", assumption, "risk", DAY)
    issue = convert_entry(small.store, "risk", risk, "issue", DAY)
    assert read_trails(small.store).of("issue", issue).words == "from risk R-001, from assumption A-003"


def test_a_trail_outlives_what_it_leads_to(small: Small) -> None:
    risk = an_entry(small, "risk", ref="R-7")
    issue = convert_entry(small.store, "risk", risk, "issue", DAY)
    delete_records(small.store, "risk", [risk])
    assert read_trails(small.store).of("issue", issue).words == "from risk R-7"


def test_references_go_on_within_a_project() -> None:
    rows: list[dict[str, Any]] = [
        {"ref": "I-014", "project": "a"},
        {"ref": "i-9", "project": "a"},
        {"ref": "I-200", "project": "b"},
    ]
    rows += [{"ref": None, "project": "a"}, {"ref": "Issue 99", "project": "a"}]
    assert next_ref(rows, "issue", "a") == "I-015"
    assert next_ref(rows, "issue", None) == "I-001"


def test_project_risks_stand_under_one_of_the_portfolio_once(small: Small) -> None:
    store = small.store
    head, one, two = (an_entry(small, "risk", ref=f"R-{number}") for number in range(3))
    assert gather_risks(store, head, [one, two]) is not None
    assert gather_risks(store, head, [two]) is None
    trails = read_trails(store)
    assert trails.of("risk", head).words == "stands for R-1 and R-2"
    assert trails.of("risk", one).words.startswith("under risk R-0")
    with pytest.raises(Known, match="under itself"):
        gather_risks(store, head, [head])


def test_a_risk_cannot_stand_under_one_that_stands_under_it(small: Small) -> None:
    top, middle, low = (an_entry(small, "risk", ref=f"R-{number}") for number in range(3))
    gather_risks(small.store, top, [middle])
    gather_risks(small.store, middle, [low])
    gather_risks(small.store, top, [low])
    with pytest.raises(Known, match="under itself"):
        gather_risks(small.store, low, [top])


def test_risks_are_gathered_under_a_new_one_of_the_portfolio_as_one_step(small: Small) -> None:
    store = small.store
    one, two = (an_entry(small, "risk", ref=f"R-{number}") for number in range(2))
    before = state_hash(store)
    head = gather_under_new(store, " Steel everywhere ", [one, two])
    row = row_of(store, "risk", head)
    assert (row["ref"], row["title"], row["project"], row["status"]) == ("R-001", "Steel everywhere", None, "Open")
    assert latest_batches(store)[0].what == "Gather 2 risks under R-001 Steel everywhere"
    assert read_trails(store).of("risk", head).words == "stands for R-0 and R-1"
    undo(store)
    assert state_hash(store) == before
    with pytest.raises(Known, match="say what"):
        gather_under_new(store, " ", [one])


def test_a_risk_is_taken_out_from_under_another(small: Small) -> None:
    store = small.store
    head, one, two = (an_entry(small, "risk", ref=f"R-{number}") for number in range(3))
    gather_risks(store, head, [one, two])
    assert release_risks(store, head, [one]) is not None
    assert read_trails(store).of("risk", head).words == "stands for R-2"
    assert release_risks(store, head, [one]) is None


@pytest.mark.parametrize(
    ("entity", "to", "words"),
    [("risk", "risk", "a risk already"), ("risk", "milestone", "cannot become a milestone")],
)
def test_what_cannot_become_something_is_told_so(small: Small, entity: str, to: str, words: str) -> None:
    risk = an_entry(small, "risk")
    with pytest.raises(Known, match=words):
        convert_entry(small.store, entity, risk, to, DAY)


def test_an_entry_that_is_gone_is_not_converted(small: Small) -> None:
    with pytest.raises(Known, match="has been deleted"):
        convert_entry(small.store, "risk", "gone", "issue", DAY)


def test_links_in_a_circle_are_walked_once(store: Store) -> None:
    for ends in (("a", "b"), ("b", "a")):
        cells = dict(zip(("from_row", "to_row"), ends, strict=True))
        names = {"from_register": "risk", "to_register": "risk", "from_called": ends[0], "to_called": ends[1]}
        a_row(store, "entry_link", kind="Became", **(names | cells))
    assert [step.called for step in read_trails(store).of("risk", "a").origins] == ["b"]
