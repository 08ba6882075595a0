"""`pmo-desktop capacity`: a table that fits, JSON that other tools rely on, and one line where something is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.cli import main
from pmo_desktop.cli_capacity import plain
from pmo_desktop.store.opening import create_store
from tests.builders import a_project, a_resource, a_row, an_allocation, change_row

SPAN = {"period_start": date(2026, 11, 2), "period_end": date(2027, 2, 1)}
NASTY = "=Dev\n\tPatel \x1b[31m with a name that goes on and on"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Chris (60 % Alpha, 55 % Beta requested), somebody who leaves on 1 December, and a tester still to be named."""
    path = tmp_path / "capacity.pmo"
    store = create_store(path, "test")
    settings = store.raw.execute("SELECT id FROM settings").fetchone()[0]
    change_row(store, "settings", settings, data_date=date(2026, 11, 13))
    team, architect = a_row(store, "team", name="Data"), a_row(store, "role", name="Data architect")
    chris = a_resource(store, "Chris Obi", team=team, role=architect)
    leaver = a_resource(store, NASTY, end=date(2026, 12, 1))
    tester = a_resource(store, "Tester", type="Role", role=a_row(store, "role", name="Tester"))
    alpha, beta = a_project(store, "Alpha", ref="P1"), a_project(store, "Beta", ref="P2")
    an_allocation(store, chris, alpha, **(SPAN | {"quantity": 60.0}))
    an_allocation(store, chris, beta, **(SPAN | {"quantity": 55.0, "status": "Requested"}))
    an_allocation(store, leaver, beta, **SPAN)
    an_allocation(store, tester, beta, **(SPAN | {"quantity": 2.0, "unit": "FTE"}))
    store.close()
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["capacity", *words]) == 0
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(capsys, *words, "--json"))
    return found


@pytest.mark.parametrize("by", ["person", "team", "role", "project"])
@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_every_table_fits_a_hundred_columns(
    file: Path, capsys: pytest.CaptureFixture[str], by: str, period: str
) -> None:
    text = said(capsys, str(file), "--by", by, "--period", period, "--to", "2028-12-31")
    table, _, _ = text.partition("\n\n20")
    assert max(len(line) for line in table.splitlines() if ": " not in line) <= 100
    assert all(line.isprintable() for line in text.splitlines())


def test_the_table_marks_who_is_over_booked_and_says_what_is_odd(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, str(file)).splitlines()
    assert lines[0] == "Booked, % of available time, 2026-11-09 to 2027-02-07; ! is over-booked (12)"
    assert next(line for line in lines if line.startswith("Chris Obi")).split()[2:] == ["115!"] * 12 + ["23"]
    assert next(line for line in lines if line.startswith("Tester")).split()[1:] == ["-"] * 13
    assert lines[-1].endswith("1 booking: Allocation after leaving date; the part after it is not counted.")


def test_confirmed_leaves_requests_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(file), "--confirmed")
    assert "115" not in text
    assert "60" in text


@pytest.mark.parametrize(("unit", "cell"), [("%", "115!"), ("days", "5.8!"), ("fte", "1.1!")])
def test_cells_speak_the_unit_asked_for(file: Path, capsys: pytest.CaptureFixture[str], unit: str, cell: str) -> None:
    chris = [line for line in said(capsys, str(file), "--unit", unit).splitlines() if line.startswith("Chris Obi")]
    assert chris[0].split()[2] == cell


def test_a_bottleneck_that_lasts_is_said_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(file), "--by", "role")
    assert "2026-11-09 to 2027-01-31: Tester: 2.0 FTE asked for, nobody has the role.\n2027-02-01 to" in text


def test_the_json_has_every_figure_and_the_reason_where_there_is_none(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, str(file), "--from", "2026-11-16", "--to", "2026-11-22")
    assert (found["by"], found["period"], found["data_date"]) == ("person", "week", "2026-11-13")
    assert found["periods"] == [{"first": "2026-11-16", "last": "2026-11-22", "bottleneck": None}]
    rows = {row["name"]: row for row in found["rows"]}
    assert rows["Chris Obi"] | {"id": "", "cells": []} == {
        "id": "", "name": "Chris Obi", "note": "Data architect", "fte": 1.0, "cells": [],
    }  # fmt: skip
    assert rows["Chris Obi"]["cells"] == [
        {
            "available": 37.5, "confirmed": 22.5, "tentative": 20.625, "utilisation": 115.0, "reason": None,
            "days": 5.75, "fte": 1.15, "over_booked": True,
        }
    ]  # fmt: skip
    tester = rows["Tester"]["cells"][0]
    assert (tester["utilisation"], tester["days"], tester["over_booked"]) == (None, 10, False)
    assert tester["reason"] == "No time is available, so there is nothing to take a share of."
    assert [each["resource"] for each in found["odd"]] == [NASTY]


def test_the_json_by_role_names_the_bottleneck(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, str(file), "--by", "role", "--from", "2026-11-16", "--to", "2026-11-22")
    assert found["periods"][0]["bottleneck"] == "Tester: 2.0 FTE asked for, nobody has the role."
    assert found["rows"][1]["cells"][0]["reason"] == "Nobody has this role, so there is nothing to divide by."


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--from", "2027-01-01", "--to", "2026-01-01"), "The days end (2026-01-01) before they begin (2027-01-01)."),
        (("--from", "1026-01-01", "--to", "9999-12-31"), "more than ten years"),
    ],
)
def test_days_that_make_no_sense_are_one_line(
    file: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], problem: str
) -> None:
    assert main(["capacity", str(file), *words]) == 1
    shown = capsys.readouterr()
    assert problem in shown.err
    assert len(shown.err.splitlines()) == 1
    assert shown.out == ""


@pytest.mark.parametrize("words", [("--from", "9999-12-20"), ("--to", "0001-01-03"), ("--from", "0001-01-01")])
def test_the_ends_of_the_calendar_are_no_trap(
    file: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert said(capsys, str(file), *words, "--period", "quarter").startswith("Booked")


@pytest.mark.parametrize("words", [("--by", "planet"), ("--period", "day"), ("--from", "soon"), ("--unit", "apples")])
def test_wrong_words_are_wrong_usage(file: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["capacity", str(file), *words])
    assert ended.value.code == 2


def test_an_empty_portfolio_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    create_store(tmp_path / "empty.pmo", "test").close()
    assert "There is nothing to show" in said(capsys, str(tmp_path / "empty.pmo"))
    assert answer(capsys, str(tmp_path / "empty.pmo"))["rows"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\nb\tc", "a b c"), ("=1+1", "'=1+1"), ("@SUM", "'@SUM"), ("x" * 40, "x" * 29 + "…"), ("Ann", "Ann")],
)
def test_names_from_a_file_are_shown_on_one_line_and_reckon_nothing(text: str, expected: str) -> None:
    assert plain(text) == expected
