"""The time axis: labels, bands, where the data date lies, and steps of a month."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.rules.calendar import Grain, Horizon, cut_periods
from pmo_desktop.ui.capacity.axis import Axis

HORIZON = Horizon(date(2026, 11, 16), date(2027, 5, 16))


def axis(grain: Grain, starts_in: int = 1, today: date = date(2026, 11, 30)) -> Axis:
    return Axis(cut_periods(HORIZON, grain, starts_in), today, starts_in)


def test_weeks_stand_under_their_months_and_the_year_is_said_when_it_changes() -> None:
    weeks = axis(Grain.WEEK)
    assert weeks.labels[:4] == ["16", "23", "30", "7"]
    assert [band.words for band in weeks.bands[:4]] == ["Nov 2026", "Dec", "Jan 2027", "Feb"]
    assert (weeks.bands[0].first, weeks.bands[0].last) == (0, 2)


def test_months_and_quarters_stand_under_their_year() -> None:
    assert axis(Grain.MONTH).labels[:3] == ["Nov", "Dec", "Jan"]
    assert [band.words for band in axis(Grain.MONTH).bands] == ["2026", "2027"]
    assert axis(Grain.QUARTER).labels == ["Q4", "Q1", "Q2"]
    assert axis(Grain.QUARTER, 4).labels == ["Q3", "Q4", "Q1"]
    assert [band.words for band in axis(Grain.QUARTER, 4).bands] == ["2026/27", "2027/28"]


@pytest.mark.parametrize(
    ("grain", "title"),
    [(Grain.WEEK, "Week of 30 Nov 2026"), (Grain.MONTH, "November 2026"), (Grain.QUARTER, "Q4 2026")],
)
def test_a_period_has_a_title(grain: Grain, title: str) -> None:
    each = axis(grain)
    assert each.title(each.now) == title


@pytest.mark.parametrize(("today", "now"), [(date(2020, 1, 1), 0), (date(2026, 12, 2), 2), (date(2030, 1, 1), 25)])
def test_a_data_date_outside_is_the_nearest_period(today: date, now: int) -> None:
    assert axis(Grain.WEEK, today=today).now == now


@pytest.mark.parametrize(("start", "by", "end"), [(0, 1, 4), (4, -1, 0), (0, -1, 0), (25, 1, 25), (22, 1, 25)])
def test_a_month_on_or_back_stays_inside(start: int, by: int, end: int) -> None:
    assert axis(Grain.WEEK).month_step(start, by) == end


def test_a_quarter_steps_by_one_at_least() -> None:
    assert axis(Grain.QUARTER).month_step(0, 1) == 1


def test_the_mean_is_of_thirteen_weeks_from_the_data_date() -> None:
    weeks = axis(Grain.WEEK)
    assert (weeks.ahead.start, weeks.ahead.stop) == (2, 15)
