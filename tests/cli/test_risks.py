"""The command `risks`: the open risks by band, and what they may cost together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmo_desktop.cli import main
from pmo_desktop.figures.exposure import amount_text

HEADER = ["Risk ID", "Risk", "Category", "Likelihood", "Impact", "Min cost", "Cost impact", "Max cost", "Status"]
ROWS: list[list[Any]] = [
    ["R-1", "Steel is late", "Supply", 5, 4, 10_000, 20_000, 60_000, "Open"],
    ["R-2", "Ground is wet", "Weather", 3, 2, 1_000, 2_000, 9_000, "Open"],
    ["R-3", "Nobody is trained", "People", 2, 2, None, None, None, "Open"],
    ["R-4", "Law changes", "Legal", 1, 5, 5_000, 5_000, 5_000, "Closed"],
]


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Risks"
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    book.save(tmp_path / "risks.xlsx")
    path = tmp_path / "small.pmo"
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(tmp_path / "risks.xlsx")]) == 0
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    capsys.readouterr()
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_open_risks_are_counted_by_band_the_worst_first(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "risks", portfolio)
    assert text.startswith("3 open risks by the scheme 5 x 5: Severe 1, High 0, Moderate 1, Low 1, not rated 0")
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["20", "6", "4"]


def test_a_simulation_says_its_seed_and_its_words_and_repeats_itself(
    portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("risks", portfolio, "--simulate", "--seed", "7", "--trials", "2000")
    text = said(capsys, *words)
    assert "2,000 simulated outcomes, seed 7, percentiles by nearest rank." in text
    assert "80 of 100 simulated outcomes take at most" in text
    assert "promises no level of confidence" in text
    assert "1 of 3 open risks are left out:\n  R-3: It has neither a cost nor days." in text
    assert said(capsys, *words) == text
    assert said(capsys, *words[:4], "8") != text


def test_the_same_answer_comes_as_plain_data(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "risks", portfolio, "--simulate", "--json", "--together", "0.5"))
    assert set(told) == {"scheme", "open", "bands", "not_rated", "risks", "simulation"}
    assert told["risks"][0] == {"ref": "R-1", "title": "Steel is late", "score": 20, "band": "Severe"}
    run = told["simulation"]
    assert {name: run[name] for name in ("seed", "trials", "sampler", "percentile_rule")} == {
        "seed": 1,
        "trials": 10_000,
        "sampler": 1,
        "percentile_rule": "nearest rank",
    }
    (unit,) = run["units"]
    assert (unit["unit"], unit["risks"], unit["contingency_held"]) == ("GBP", 2, None)
    assert list(unit["percentiles"].values()) == sorted(unit["percentiles"].values())
    assert unit["contingency_needed"] == unit["percentiles"]["P80"]


def test_the_trials_are_written_to_a_workbook(
    portfolio: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "trials.xlsx"
    text = said(capsys, "risks", portfolio, "--simulate", "--trials", "50", "--out", out)
    assert "50 trials written to" in text
    assert openpyxl.load_workbook(out)["Trials GBP"].max_row == 51


def test_a_register_without_ranges_has_nothing_to_simulate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.pmo"
    assert main(["new", str(path)]) == 0
    assert "there is nothing to simulate" in said(capsys, "risks", path, "--simulate")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seed", "-1"), "no seed"),
        (("--seed", "9" * 12), "no seed"),
        (("--trials", "0"), "no number of trials"),
        (("--trials", "2000000"), "no number of trials"),
        (("--together", "1.5"), "no correlation"),
        (("--together", "much"), "no correlation"),
        (("--together", "nan"), "no correlation"),
    ],
)
def test_wrong_words_end_with_status_2_and_what_is_right(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["risks", "some.pmo", *words])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_234_567, "GBP", "£12k"),
        (123_456, "GBP", "£1.2k"),
        (-123_456, "EUR", "-€1.2k"),
        (5_000, "JPY", "¥5.0k"),
        (3.25, "days", "3.2 d"),
        (1_234.5, "days", "1,234 d"),
    ],
)
def test_amounts_have_one_decimal_under_ten(value: float, unit: str, text: str) -> None:
    assert amount_text(value, unit) == text
