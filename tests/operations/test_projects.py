"""Reporting a status and giving a new baseline."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.projects import rebaseline, report_status
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_row, read_rows
from tests.operations.conftest import Small

DAY = date(2026, 11, 13)


def test_a_report_freezes_what_the_project_says_now(small: Small) -> None:
    report_status(small.store, [small.alpha], DAY)
    edit_cells(small.store, "project", [Edit(small.alpha, "rag_overall", "R")])
    (report,) = read_rows(small.store, "status_report")
    assert (report["rag_overall"], report["budget_approved"], report["period_end"]) == ("A", 640_000_000, DAY)
    assert report["reported_by"] == read_rows(small.store, "person")[0]["id"]
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    assert row["report_date"] == DAY


def test_a_second_report_of_the_same_day_takes_the_place_of_the_first(small: Small) -> None:
    report_status(small.store, [small.alpha], DAY)
    edit_cells(small.store, "project", [Edit(small.alpha, "rag_overall", "R")])
    report_status(small.store, [small.alpha, small.beta], DAY)
    reports = {each["project"]: each["rag_overall"] for each in read_rows(small.store, "status_report")}
    assert reports == {small.alpha: "R", small.beta: None}


def test_a_new_baseline_keeps_the_old_one_with_its_reason(small: Small) -> None:
    rebaseline(small.store, small.alpha, DAY, " Board agreed ", {"finish_baseline": date(2027, 6, 18)})
    (kept,) = read_rows(small.store, "baseline")
    assert (kept["finish_baseline"], kept["budget_approved"], kept["reason"]) == (
        date(2027, 3, 26),
        640_000_000,
        "Board agreed",
    )
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    assert (row["finish_baseline"], row["budget_approved"]) == (date(2027, 6, 18), 640_000_000)
    assert latest_batches(small.store, 1)[0].why == "Board agreed"
    undo(small.store)
    assert not read_rows(small.store, "baseline")


def test_a_new_baseline_without_a_reason_is_refused(small: Small) -> None:
    with pytest.raises(Known, match="needs a reason"):
        rebaseline(small.store, small.alpha, DAY, "  ", {})
