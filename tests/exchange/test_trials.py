"""The trials of a simulation as a workbook: what is in it adds up to what was reported, and texts stay texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pmo_desktop.exchange.trials import write_trials
from pmo_desktop.figures.exposure import ExposureReport, read_exposure
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names
from tests.builders import a_project, a_row


@pytest.fixture
def report(store: Store) -> ExposureReport:
    alpha = a_project(store, "=1+1", ref="A-1", contingency=50_000)
    for number in range(3):
        a_row(
            store,
            "risk",
            ref=f"=R-{number}",
            title="Late",
            project=alpha,
            prob_residual=3,
            impact_residual=3,
            cost_min=1_000,
            cost_likely=20_000,
            cost_max=90_000,
            days_likely=5.0,
        )
    a_row(store, "risk", ref="R-9", title="Vague")
    return read_exposure(store, seed=4, trials=500)


def test_the_trials_give_the_reported_percentiles_again(store: Store, report: ExposureReport, tmp_path: Path) -> None:
    assert write_trials(tmp_path / "trials.xlsx", report, read_names(store)) == 500
    book = openpyxl.load_workbook(tmp_path / "trials.xlsx")
    assert set(book.sheetnames) == {"Summary", "Risks GBP", "Trials GBP", "Risks days", "Trials days"}
    rows = list(book["Trials GBP"].iter_rows(values_only=True))
    assert rows[0] == ("Trial", "Portfolio", "=1+1")
    totals = sorted(float(str(row[1])) for row in rows[1:])
    pounds = next(each for each in report.units if each.unit == "GBP")
    assert totals[399] * 100 == pytest.approx(pounds.needed)
    summary = {row[0]: row for row in book["Summary"].iter_rows(values_only=True) if row and row[0]}
    assert summary["Seed"][1] == 4
    assert summary["Portfolio"][7] in (None, 500)
    assert summary["R-9"][1] == "It has no likelihood."


def test_a_text_that_looks_like_a_formula_stays_text(store: Store, report: ExposureReport, tmp_path: Path) -> None:
    write_trials(tmp_path / "trials.xlsx", report, read_names(store))
    book = openpyxl.load_workbook(tmp_path / "trials.xlsx")
    assert {book["Risks GBP"]["A2"].data_type, book["Trials GBP"]["C1"].data_type} == {"s"}


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(report: ExposureReport, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Known):
        write_trials(tmp_path / "file" / "trials.xlsx", report, {})
    assert (tmp_path / "file").read_text() == "x"
