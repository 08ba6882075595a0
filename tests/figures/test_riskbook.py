"""The risk book: one reading for matrix, list and pack; what is above appetite, what moved, what is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pmo_desktop.figures.history import cells_at
from pmo_desktop.figures.riskbook import default_appetite, judge_risk, late_actions, read_risk_book
from pmo_desktop.rules.risk import FIVE_BY_FIVE, SCHEMES, Scheme
from pmo_desktop.store.file import Store
from tests.builders import a_row, change_row, remove_row

DAY = date(2026, 11, 13)


def a_risk(store: Store, ref: str, likelihood: int | None, impact: int | None, **values: Any) -> str:
    return a_row(
        store, "risk", ref=ref, title=f"Risk {ref}", prob_residual=likelihood, impact_residual=impact, **values
    )


def test_open_risks_come_by_score_and_those_without_one_last(store: Store) -> None:
    a_risk(store, "R-1", 2, 2)
    a_risk(store, "R-2", 5, 4)
    a_risk(store, "R-3", None, 3)
    a_risk(store, "R-4", 5, 5, status="Closed")
    a_risk(store, "R-5", 3, 3, type="Opportunity")  # no appetite is too small for one
    book = read_risk_book(store)
    assert [each.called for each in book.risks] == ["R-2", "R-5", "R-1", "R-3"]
    assert ([each.called for each in book.above], book.closed) == (["R-2"], 1)
    assert book.bands == {"Severe": 1, "High": 0, "Moderate": 0, "Low": 1, "Fair": 1}
    assert {spot: len(risks) for spot, risks in book.cells.items()} == {(5, 4): 1, (3, 3): 1, (2, 2): 1}
    assert sum(book.above_cells().values()) == 10


def test_cells_bands_and_list_count_the_same_risks(store: Store) -> None:
    for number in range(30):
        a_risk(store, f"R-{number}", 1 + number % 5, 1 + number % 3)
    book = read_risk_book(store)
    rated = sum(each.now is not None for each in book.risks)
    assert sum(book.bands.values()) == sum(map(len, book.cells.values())) == rated == 30
    above = book.above_cells()
    assert len(book.above) == sum(len(risks) for spot, risks in book.cells.items() if above[spot])


@pytest.mark.parametrize(
    ("own", "limit", "above"), [(None, 12, True), (None, 13, False), (20, 5, False), (1, 25, True), (12, 25, True)]
)
def test_a_risks_own_appetite_counts_before_the_portfolios(own: float | None, limit: float, above: bool) -> None:
    row = {"id": "r", "prob_residual": 4, "impact_residual": 3, "appetite": own}
    assert judge_risk(row, FIVE_BY_FIVE, limit).above is above


def test_an_opportunity_is_never_above_appetite() -> None:
    row = {"id": "r", "prob_residual": 5, "impact_residual": 5, "type": "Opportunity"}
    found = judge_risk(row, FIVE_BY_FIVE, 5)
    assert (found.above, found.now and found.now.band, found.is_opportunity) == (False, "Great", True)


def test_the_setting_decides_the_appetite_and_the_second_worst_band_without_it(store: Store) -> None:
    assert read_risk_book(store).appetite == 10
    change_row(store, "settings", "settings", risk_appetite=12.0)
    assert read_risk_book(store).appetite == 12


@pytest.mark.parametrize("scheme", SCHEMES, ids=[each.name for each in SCHEMES])
def test_every_scheme_has_a_default_appetite_within_its_matrix(scheme: Scheme) -> None:
    scores = [cell.score for _, _, cell in scheme.cells()]
    assert min(scores) <= default_appetite(scheme) <= max(scores)


def test_a_risk_counts_by_its_inherent_rating_until_its_controls_are_rated() -> None:
    row = {"id": "r", "prob_inherent": 5, "impact_inherent": 5}
    found = judge_risk(row, FIVE_BY_FIVE, 10)
    assert (found.spot, found.now and found.now.score) == ((5, 5), 25)
    assert judge_risk(row | {"prob_residual": 9, "impact_residual": 9}, FIVE_BY_FIVE, 10).spot == (5, 5)
    assert judge_risk({"id": "r"}, FIVE_BY_FIVE, 10).called == "unnamed"


def test_what_moved_since_a_day_is_read_from_the_journal(store: Store) -> None:
    moved, still, back = a_risk(store, "R-1", 5, 4), a_risk(store, "R-2", 3, 3), a_risk(store, "R-3", 2, 2)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with store.reading() as connection:  # all that was done so far was done a month ago
        connection.raw.execute("UPDATE batch SET at = replace(at, substr(at, 1, 10), '2026-10-16')")
    change_row(store, "risk", moved, prob_residual=3)
    change_row(store, "risk", back, prob_residual=4)
    change_row(store, "risk", back, prob_residual=2)
    a_risk(store, "R-4", 4, 4)
    gone = a_risk(store, "R-5", 4, 4)
    remove_row(store, "risk", gone)
    book = read_risk_book(store, since=yesterday)
    assert [(each.called, each.spots["before"], each.spot) for each in book.moved] == [("R-1", (5, 4), (3, 4))]
    assert "before" not in next(each for each in book.risks if each.called == "R-4").spots
    assert still in {each.id for each in book.risks}


def test_a_row_that_went_and_came_back_is_as_it_was(store: Store) -> None:
    from pmo_desktop.operations.history import undo  # noqa: PLC0415  figures do not know operations; this test does

    risk = a_risk(store, "R-1", 5, 4)
    with store.reading() as connection:
        connection.raw.execute("UPDATE batch SET at = replace(at, substr(at, 1, 10), '2026-10-16')")
    remove_row(store, "risk", risk)
    undo(store)
    held = cells_at(store, "risk", ("prob_residual", "impact_residual"), datetime(2026, 10, 17, tzinfo=UTC))
    assert held == {risk: {"prob_residual": 5, "impact_residual": 4}}


@pytest.mark.parametrize(
    ("cells", "late"),
    [
        ({}, True),
        ({"due": DAY}, False),
        ({"due": None}, False),
        ({"done": DAY}, False),
        ({"status": "Complete"}, False),
        ({"status": "Cancelled"}, False),
        ({"status": "Delayed"}, True),
    ],
)
def test_an_action_is_late_when_its_day_has_passed_and_it_is_not_done(cells: dict[str, Any], late: bool) -> None:
    row = {"id": "a", "description": "Plan", "due": DAY - timedelta(1), "done": None, "status": None} | cells
    assert bool(late_actions([row], DAY)) is late


def test_late_actions_are_those_of_open_risks_only(store: Store) -> None:
    risk, closed = a_risk(store, "R-1", 2, 2), a_risk(store, "R-2", 2, 2, status="Closed")
    for of in (risk, closed):
        a_row(store, "mitigation", risk=of, description="Plan", due=DAY - timedelta(3))
    book = read_risk_book(store, DAY)
    assert [row["risk"] for row in book.late] == [risk]
    assert book.risks[0].overdue == 1
    assert not book.risks[0].is_opportunity
