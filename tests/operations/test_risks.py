"""Re-scoring and reviewing risks: one step each, with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.risks import escalate_entry, rescore_risk, review_risk
from pmo_desktop.rules.risk import FIVE_BY_FIVE
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from tests.builders import a_row, remove_row, state_hash
from tests.operations.conftest import Small


@pytest.fixture
def store(small: Small) -> Store:
    return small.store


@pytest.fixture
def risk(store: Store) -> str:
    return a_row(store, "risk", ref="R-014", title="Migration overruns", prob_residual=4, impact_residual=5)


@pytest.mark.parametrize("rating", ["inherent", "residual", "target"])
def test_a_risk_is_rescored_with_a_reason_as_one_step_that_undo_takes_back(
    store: Store, risk: str, rating: str
) -> None:
    before = state_hash(store)
    assert rescore_risk(store, risk, rating, 2, 3, FIVE_BY_FIVE, "Rehearsal went well") is not None
    row = read_row(store, "risk", risk)
    assert row is not None
    assert (row[f"prob_{rating}"], row[f"impact_{rating}"]) == (2, 3)
    deed = latest_batches(store)[0]
    assert (deed.what, deed.why) == (f"Re-score {rating} of R-014 to 6", "Rehearsal went well")
    undo(store)
    assert state_hash(store) == before


def test_the_same_rating_again_is_no_step(store: Store, risk: str) -> None:
    assert rescore_risk(store, risk, "residual", 4, 5, FIVE_BY_FIVE) is None


def test_cells_that_are_not_and_risks_that_are_gone_are_refused(store: Store, risk: str) -> None:
    with pytest.raises(Known, match="no cell 6 x 1"):
        rescore_risk(store, risk, "residual", 6, 1, FIVE_BY_FIVE)
    with pytest.raises(ValueError, match="no rating"):
        rescore_risk(store, risk, "future", 1, 1, FIVE_BY_FIVE)
    remove_row(store, "risk", risk)
    with pytest.raises(Known, match="has been deleted"):
        rescore_risk(store, risk, "residual", 1, 1, FIVE_BY_FIVE)
    with pytest.raises(Known, match="has been deleted"):
        review_risk(store, risk, date(2026, 11, 13))


def test_that_nothing_changed_is_a_review_too(store: Store, risk: str) -> None:
    assert review_risk(store, risk, date(2026, 11, 13), date(2026, 12, 11), "No change") is not None
    row = read_row(store, "risk", risk)
    assert row is not None
    assert (row["last_review"], row["next_review"]) == (date(2026, 11, 13), date(2026, 12, 11))
    assert review_risk(store, risk, date(2026, 11, 20)) is not None
    row = read_row(store, "risk", risk)
    assert row is not None
    assert row["next_review"] == date(2026, 12, 11)


def test_an_escalated_risk_is_shown_to_the_board_and_stays_where_it_is(store: Store, risk: str) -> None:
    assert escalate_entry(store, "risk", risk, " Steering board ", "Above appetite twice") is not None
    row = read_row(store, "risk", risk)
    assert row is not None
    assert (row["escalated_to"], row["show_on_report"]) == ("Steering board", True)
    assert latest_batches(store)[0].what == "Escalate R-014 to Steering board"
    with pytest.raises(Known, match="say to whom"):
        escalate_entry(store, "risk", risk, " ")


def test_a_risk_is_not_rated_below_what_one_dimension_alone_does(store: Store) -> None:
    risk = a_row(store, "risk", title="Steel", prob_residual=2, impact_residual=2, impact_cost=4, impact_time=3)
    with pytest.raises(Known, match="Its impact on cost alone is 4"):
        rescore_risk(store, risk, "residual", 2, 3, FIVE_BY_FIVE)
    assert rescore_risk(store, risk, "residual", 3, 4, FIVE_BY_FIVE) is not None
    assert rescore_risk(store, risk, "target", 1, 1, FIVE_BY_FIVE) is not None
