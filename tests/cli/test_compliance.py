"""The command `compliance`: how much of what is due is met, in words and as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.cli import main
from pmo_desktop.store.opening import open_store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_person, a_project, a_row, change_row
from tests.cli.command import answer


@pytest.fixture
def filled(portfolio: Path) -> Path:
    store = open_store(portfolio)
    change_row(store, "settings", "settings", data_date=date(2026, 11, 13))
    ann = a_person(store, "Ann")
    alpha = a_project(store, "Alpha", ref="A-1", pm=ann, start_forecast=date(2027, 1, 1))
    a_project(store, "Beta", ref="A-2", pm=ann, sro=ann, start_forecast=date(2027, 1, 1))
    a_project(store, "Gamma", ref="A-3", start_forecast=date(2027, 1, 1), tier="Tier 1")
    a_row(store, "waiver", project=alpha, subject="No sponsor yet", concerns="sponsor-named", status="Approved")
    store.close()
    return portfolio


def test_it_is_said_in_all_and_by_project(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compliance", str(filled)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "33 % met: 4 of 12 due; 1 waived, which count as not met, 3 projects by 11 controls"
    assert [" ".join(line.split()) for line in lines[1:]] == [
        "25 % 1 of 4 A-1 Alpha",
        "50 % 2 of 4 A-2 Beta",
        "25 % 1 of 4 A-3 Gamma",
    ]


def test_by_manager(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compliance", str(filled), "--by", "manager"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()[1:]]
    assert lines == ["38 % 3 of 8 2 Ann", "25 % 1 of 4 1 No manager"]


def test_as_data(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "compliance", filled, "--by", "methodology", "--json")
    assert found["data_date"] == "2026-11-13"
    assert found["all"] == {"due": 12, "met": 4, "waived": 1, "percent": pytest.approx(100 / 3)}
    alpha = found["projects"][0]
    assert (alpha["ref"], alpha["not_met"], alpha["waived_controls"]) == (
        "A-1",
        ["size-given", "method-applied"],
        ["sponsor-named"],
    )
    sponsor = next(each for each in found["controls"] if each["code"] == "sponsor-named")
    assert (sponsor["kind"], sponsor["due"], sponsor["met"], sponsor["waived"]) == ("Standing", 3, 1, 1)
    assert [(each["by"], each["name"], each["projects"], each["met"]) for each in found["groups"]] == [
        ("methodology", "No methodology", 3, 4)
    ]


def test_an_empty_portfolio_has_nothing_due(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compliance", str(portfolio)]) == 0
    assert capsys.readouterr().out == "Nothing is due, 0 projects by 11 controls\n"
    found = answer(capsys, "compliance", portfolio, "--json")
    assert found["all"]["percent"] is None
    assert "groups" not in found


def test_deliverables_and_their_reviews_are_counted(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(filled)
    alpha = next(row["id"] for row in read_rows(store, "project") if row["ref"] == "A-1")
    a_row(store, "deliverable", project=alpha, name="Brief", status="Accepted", custom={})
    a_row(store, "deliverable", project=alpha, name="Plan", due=date(2026, 10, 1), custom={})
    held = {"held_on": date(2026, 9, 1), "result": "Pass with actions", "errors_open": 2.0, "custom": {}}
    a_row(store, "quality_review", project=alpha, deliverable="Brief", title="Read it", **held)
    store.close()
    assert main(["compliance", str(filled)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Deliverables: 1 of 2 accepted, 1 reviewed, 1 overdue; 2 errors found in reviews are open"
    )
    (facts,) = answer(capsys, "compliance", filled, "--json")["quality"]
    assert (facts["called"], facts["planned"], facts["accepted"], facts["first_time"]) == ("A-1", 2, 1, 100.0)
