"""What is known of a project proposes its size, and its size proposes a methodology."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.sizing import propose_method, propose_sizing
from pmo_desktop.operations.methods import install_method
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_row
from tests.twosteps import FIRST, SECOND, approved

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("cells", "point", "reason"),
    [
        ({"whole_life_cost": 20_000_000, "currency": "GBP"}, 2, "Its whole-life cost is £200k."),
        ({"budget_approved": 900_000_000, "currency": "GBP"}, 4, "Its budget is £9.0m."),
        ({"whole_life_cost": 2_000_000_000, "currency": "JPY"}, 5, "Its whole-life cost is ¥2.0bn."),
        ({}, None, "It has neither a whole-life cost nor a budget."),
    ],
)
def test_cost_comes_from_the_money(store: Store, cells: dict[str, Any], point: int | None, reason: str) -> None:
    scale = propose_sizing(store, a_project(store, **cells)).scales[0]
    assert (scale.name, scale.point, scale.reason) == ("cost", point, reason)


@pytest.mark.parametrize(
    ("cells", "point", "reason"),
    [
        (
            {"start_forecast": JANUARY, "finish_forecast": MARCH},
            1,
            "It takes 90 days from its start to its finish.",
        ),
        (
            {"start_actual": JANUARY, "start_baseline": MARCH, "finish_baseline": date(2027, 6, 1)},
            4,
            "It takes 517 days",
        ),
        ({"start_forecast": MARCH, "finish_forecast": JANUARY}, None, "It finishes before it starts."),
        ({"start_forecast": MARCH}, None, "It has no finish date."),
        ({"finish_forecast": MARCH}, None, "It has no start date."),
    ],
)
def test_duration_comes_from_the_dates(store: Store, cells: dict[str, Any], point: int | None, reason: str) -> None:
    scale = propose_sizing(store, a_project(store, **cells)).scales[1]
    assert (scale.name, scale.point) == ("duration", point)
    assert scale.reason.startswith(reason)


def test_what_only_people_can_judge_is_as_it_was_last(store: Store) -> None:
    project = a_project(store, tier="Tier 3", budget_approved=20_000_000, currency="GBP")
    assert propose_sizing(store, project).scales[2].reason == "Only people can judge it."
    for day, novelty in ((MARCH, 4.0), (JANUARY, 1.0)):
        a_row(store, "sizing", project=project, sized_on=day, novelty=novelty, duration=2.0, tier="Tier 3")
    proposal = propose_sizing(store, project)
    assert dict(proposal.points) == {
        "cost": 2,
        "duration": 2,
        "novelty": 4,
        "dependencies": None,
        "exposure": None,
    }
    assert [each.reason for each in proposal.scales[1:3]] == ["As it was sized last."] * 2
    assert (proposal.size.tier, proposal.tier) == (None, "Tier 3")


def test_methodologies_for_its_tier_stand_first_then_those_for_any(store: Store) -> None:
    approved(store, replace(FIRST, code="large", name="Large", tier="Tier 1"))
    approved(store, replace(FIRST, code="any", name="Any", tier=""))
    approved(store)
    newest = approved(store, SECOND)
    install_method(store, replace(SECOND, version="3.0"))
    proposals = propose_method(store, a_project(store, tier="Tier 2"))
    assert [(each.method.name, each.fits) for each in proposals] == [
        ("Two steps", True),
        ("Any", False),
        ("Large", False),
    ]
    assert proposals[0].method.id == newest
    assert [each.reason for each in proposals] == [
        "It is made for Tier 2.",
        "It is made for projects of any tier.",
        "It is made for Tier 1; the project is Tier 2.",
    ]


def test_a_project_nobody_has_sized_takes_the_proposed_tier_or_the_middle_one(store: Store) -> None:
    approved(store, replace(FIRST, tier="Tier 3"))
    project = a_project(store)
    assert not propose_method(store, project)[0].fits
    a_row(
        store,
        "sizing",
        project=project,
        sized_on=MARCH,
        tier="Tier 3",
        **dict.fromkeys(("cost", "duration", "novelty", "dependencies", "exposure"), 1.0),
    )
    assert propose_method(store, project)[0].fits


@pytest.mark.parametrize("ask", [propose_sizing, propose_method])
def test_a_project_that_is_gone_is_said(store: Store, ask: Any) -> None:
    with pytest.raises(Known, match="has been deleted"):
        ask(store, "gone")
