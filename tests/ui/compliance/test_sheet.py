"""The heat map as data: the worst on top, in groups, with nothing but what is not met if so wanted."""

from __future__ import annotations

import pytest

from pmo_desktop.figures.compliance import ComplianceTable, Grouping
from pmo_desktop.rules.compliance import Met, Share
from pmo_desktop.ui.compliance.sheet import HeatSheet, arrange_sheet, share_text, share_words


def names(sheet: HeatSheet) -> list[str]:
    return [line.name for line in sheet.lines]


def controls(sheet: HeatSheet) -> list[str]:
    return [sheet.control(at).name for at in range(len(sheet.columns))]


def test_the_least_met_is_on_top(table: ComplianceTable) -> None:
    sheet = arrange_sheet(table)
    percents = [line.share.percent or 0.0 for line in sheet.lines]
    assert percents == sorted(percents)
    assert names(sheet)[-1] == "Alpha"


def test_groups_have_headings_with_their_own_share(table: ComplianceTable) -> None:
    sheet = arrange_sheet(table, Grouping.PROGRAMME)
    assert [(line.name, line.ref) for line in sheet.lines if line.is_heading] == [
        ("Network", "1 project"),
        ("Customer", "2 projects"),
    ]
    heading = next(row for row, line in enumerate(sheet.lines) if line.is_heading)
    assert sheet.project(heading) is None
    assert sheet.state(heading, 0) is None


def test_only_what_is_not_met_leaves_the_others_out_and_the_shares_alone(table: ComplianceTable) -> None:
    every, some = arrange_sheet(table), arrange_sheet(table, only_missing=True)
    assert some.total == every.total
    assert set(controls(some)) < set(controls(every))
    assert "Sponsor named" in controls(some)
    for column in range(len(some.columns)):
        assert Met.NOT_MET in {some.state(row, column) for row in range(len(some.lines))}


def test_columns_of_one_phase_stand_under_one_band(table: ComplianceTable) -> None:
    sheet = arrange_sheet(table)
    assert [band.words for band in sheet.bands] == ["All projects", "Think", "Do"]
    assert sheet.bands[0].first == 0
    assert sheet.bands[-1].last == len(sheet.columns) - 1


def test_states_are_counted(table: ComplianceTable) -> None:
    sheet = arrange_sheet(table)
    assert sheet.count(Met.WAIVED) == 1


@pytest.mark.parametrize(
    ("share", "text", "words"),
    [
        (Share(0, 0, 0), "\N{EN DASH}", "Nothing is due yet"),
        (Share(4, 4, 0), "100 %", "100 % of what is due is met"),
        (Share(25, 18, 3), "72 %", "72 % of what is due is met; 3 waived"),
    ],
)
def test_a_share_is_said(share: Share, text: str, words: str) -> None:
    assert (share_text(share), share_words(share)) == (text, words)
