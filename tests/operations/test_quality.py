"""Quality reviews: planned for a deliverable, and what follows from their result."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.quality import plan_quality_review, record_quality_result
from pmo_desktop.rules.assurance import ReviewResult
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_project, a_row, change_row, state_hash

TODAY = date(2026, 11, 13)


@pytest.fixture
def product(store: Store) -> str:
    project = a_project(store)
    return a_row(store, "deliverable", project=project, name="Signals", status="Accepted", accepted_on=TODAY)


def status_of(store: Store, deliverable: str) -> tuple[str | None, date | None]:
    row = read_row(store, "deliverable", deliverable)
    assert row is not None
    return row["status"], row["accepted_on"]


def test_a_review_is_planned_as_one_step(store: Store, product: str) -> None:
    before = state_hash(store)
    plan_quality_review(store, product, TODAY, method="Walk-through")
    (row,) = read_rows(store, "quality_review")
    assert [row[name] for name in ("ref", "deliverable", "title", "planned", "method")] == [
        "QR-001",
        "Signals",
        "Review of Signals",
        TODAY,
        "Walk-through",
    ]
    assert latest_batches(store)[0].what == "Plan quality review QR-001 of Signals"
    undo(store)
    assert state_hash(store) == before


def test_what_is_gone_or_not_needed_is_not_reviewed(store: Store, product: str) -> None:
    with pytest.raises(Known, match="has been deleted"):
        plan_quality_review(store, "gone")
    change_row(store, "deliverable", product, status="Not needed")
    with pytest.raises(Known, match="Signals is not needed"):
        plan_quality_review(store, product)


def test_a_fail_returns_the_deliverable_in_the_same_step(store: Store, product: str) -> None:
    review = plan_quality_review(store, product)
    before = state_hash(store)
    record_quality_result(store, review, ReviewResult.FAIL, TODAY, 4, comment="Not to the drawing")
    assert status_of(store, product) == ("Returned", None)
    row = read_row(store, "quality_review", review)
    assert row is not None
    assert [row[name] for name in ("result", "held_on", "errors_found", "errors_open", "comment")] == [
        "Fail",
        TODAY,
        4,
        4,
        "Not to the drawing",
    ]
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(("result", "found", "still"), [(ReviewResult.PASS, 2, 0), (ReviewResult.ACTIONS, 3, 1)])
def test_a_pass_does_not_accept_by_itself(
    store: Store, product: str, result: ReviewResult, found: int, still: int
) -> None:
    change_row(store, "deliverable", product, status="Submitted", accepted_on=None)
    record_quality_result(store, plan_quality_review(store, product), result, TODAY, found, still)
    assert status_of(store, product) == ("Submitted", None)
    assert latest_batches(store)[0].what == f"Record {result.lower()} in quality review QR-001"


@pytest.mark.parametrize(
    ("result", "found", "still", "words"),
    [
        (ReviewResult.PASS, 2, None, "errors are still open"),
        (ReviewResult.FAIL, 2, 3, "3 errors are open of 2 found"),
        (ReviewResult.FAIL, -1, None, "Correct the numbers"),
    ],
)
def test_numbers_that_contradict_the_result_are_refused(
    store: Store, product: str, result: ReviewResult, found: int, still: int | None, words: str
) -> None:
    review = plan_quality_review(store, product)
    before = state_hash(store)
    with pytest.raises(Known, match=words):
        record_quality_result(store, review, result, TODAY, found, still)
    assert state_hash(store) == before


def test_a_review_of_no_one_deliverable_returns_none(store: Store, product: str) -> None:
    project = read_rows(store, "project")[0]["id"]
    a_row(store, "deliverable", project=project, name="signals ", status="Submitted")
    review = a_row(store, "quality_review", project=project, title="Of both", deliverable="Signals")
    record_quality_result(store, review, ReviewResult.FAIL, TODAY, 1)
    assert latest_batches(store)[0].what == "Record fail in quality review Of both"
    bare = a_row(store, "quality_review", project=project, title="Of nothing")
    record_quality_result(store, bare, ReviewResult.FAIL, TODAY, 1)
    assert [row["status"] for row in read_rows(store, "deliverable")] == ["Accepted", "Submitted"]


def test_a_review_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        record_quality_result(store, "gone", ReviewResult.PASS, TODAY)
