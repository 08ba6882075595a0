"""The review queue: what comes first, why, and how a late action shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pmo_desktop.figures.reviews import read_reviews
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.rules.risk import FIVE_BY_FIVE
from pmo_desktop.store.file import Store
from tests.builders import a_person, a_row, change_row

DAY = date(2026, 11, 13)


def a_risk(store: Store, ref: str, likelihood: int | None, impact: int | None, **values: Any) -> str:
    plain = {"ref": ref, "title": f"Risk of {ref} that may come", "prob_residual": likelihood}
    return a_row(store, "risk", **(plain | {"impact_residual": impact} | values))


def past(store: Store) -> None:
    """All that was done so far was done long ago."""
    with store.reading() as connection:
        connection.raw.execute("UPDATE batch SET at = replace(at, substr(at, 1, 10), '2026-01-01')")


def test_what_stayed_above_appetite_comes_first_then_late_actions_then_the_longest_overdue(store: Store) -> None:
    looked = {"last_review": DAY - timedelta(100)}
    a_risk(store, "R-1", 1, 1, last_review=DAY - timedelta(200))
    a_risk(store, "R-2", 1, 2, **looked)
    late = a_risk(store, "R-3", 2, 2, prob_inherent=5, impact_inherent=5, last_review=DAY)
    a_row(store, "mitigation", risk=late, description="Second supplier", due=DAY - timedelta(3))
    a_risk(store, "R-4", 5, 5, last_review=DAY)
    past(store)
    a_risk(store, "R-5", 5, 5, last_review=DAY)  # above appetite since today only
    found = read_reviews(store, DAY)
    assert [each.risk.called for each in found] == ["R-4", "R-3", "R-1", "R-2", "R-5"]
    assert [each.is_due(DAY) for each in found] == [True, True, True, True, False]
    assert found[0].reasons[0] == "Above appetite (10) for two reporting cycles and not escalated."
    assert "1 action overdue: it counts as 6 instead of 4 until done." in found[1].reasons
    assert found[2].reasons[0].startswith("Review overdue by 110 days, last")


def test_an_escalated_risk_is_not_asked_for_again(store: Store) -> None:
    a_risk(store, "R-1", 5, 5, escalated_to="Board", last_review=DAY)
    past(store)
    assert not read_reviews(store, DAY)[0].escalate


def test_a_risk_never_looked_at_is_due_at_once(store: Store) -> None:
    a_risk(store, "R-1", None, None)
    a_risk(store, "R-2", 1, 1, date_raised=DAY - timedelta(5))
    a_risk(store, "R-3", 1, 1, last_review=DAY, next_review=DAY)
    a_risk(store, "R-4", 1, 1, last_review=DAY)
    found = {each.risk.called: each for each in read_reviews(store, DAY)}
    assert found["R-1"].reasons == ("Never reviewed.",)
    assert found["R-1"].is_due(DAY)
    assert found["R-2"].reasons == ("Review overdue by 5 days, never reviewed.",)
    assert found["R-3"].reasons[0].startswith("Review due today")
    assert found["R-4"].reasons[0].startswith("Next review")


def test_hints_name_what_is_missing_and_a_near_duplicate(store: Store) -> None:
    owner = a_person(store, "Priya Nair")
    a_risk(store, "R-1", 1, 1, title="Data architect may be over-booked", owner=owner, next_review=DAY, actions="Hire")
    a_risk(store, "R-2", 1, 1, title="The data architect might be over-booked")
    found = {each.risk.called: each.hints for each in read_reviews(store, DAY)}
    assert found["R-1"] == ()
    assert found["R-2"][0] == "Nobody owns it."
    assert found["R-2"][-1] == "It says nearly the same as R-1."


def test_an_own_appetite_and_a_scheme_that_was_larger_do_no_harm(store: Store) -> None:
    risk = a_risk(store, "R-1", 2, 2, appetite=3.0, last_review=DAY)
    past(store)
    assert read_reviews(store, DAY)[0].escalate
    change_row(store, "risk", risk, prob_residual=9, impact_residual=9)
    assert not read_reviews(store, DAY)[0].escalate


def test_a_cost_or_delay_that_means_a_greater_impact_is_hinted_at(store: Store) -> None:
    money, days = (10_000, 50_000, 200_000, 1_000_000), (5, 10, 20, 40)
    scheme = replace(FIVE_BY_FIVE, effective_from=date(2026, 1, 1), cost_limits=money, time_limits=days)
    save_scheme(store, scheme, None)
    owned = {"owner": a_person(store), "next_review": DAY, "actions": "Second supplier"}
    a_risk(store, "R-1", 3, 2, cost_likely=25_000_000, days_likely=4.0, **owned)
    a_risk(store, "R-2", None, None, impact_inherent=2, days_likely=45.0, **owned)
    a_risk(store, "R-3", 3, 2, cost_likely=25_000_000, currency="EUR", **owned)
    a_risk(store, "R-4", None, None, cost_likely=25_000_000, **owned)
    found = {each.risk.called: [hint for hint in each.hints if "means" in hint] for each in read_reviews(store, DAY)}
    assert found["R-1"] == ["Its likely cost means impact 4, but it is rated 2."]
    assert found["R-2"] == ["Its likely delay means impact 5, but it is rated 2."]
    assert found["R-3"] == found["R-4"] == []
