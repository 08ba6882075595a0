"""Which backups are kept: Anki's rule, by the time in the name, with a clock that cannot be trusted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pmo_desktop.store.thinning import Limits, choose_obsolete

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Oracle RELIA-001: Anki, rslib/src/collection/backup.rs, test thinning_manual. True means kept.
ANKI = {
    "2022-02-22T00:00": True,
    "2022-02-22T00:01": True,
    "2022-02-21T00:00": True,
    "2022-02-20T06:00": False,
    "2022-02-20T18:00": True,
    "2022-02-10T00:00": True,
    "2022-02-09T00:00": True,
    "2022-02-07T00:00": False,
    "2022-02-06T01:00": False,
    "2022-02-06T02:00": True,
    "2022-01-06T00:00": True,
    "2022-01-05T00:00": False,
    "2021-12-24T00:00": True,
    "2021-12-01T00:00": False,
    "2021-11-01T00:00": False,
}


def daily(count: int, newest: datetime) -> dict[int, datetime]:
    """One a day, going back."""
    return {n: newest - timedelta(days=n) for n in range(count)}


def test_the_rule_is_ankis() -> None:
    dated = {name: datetime.fromisoformat(name).replace(tzinfo=UTC) for name in ANKI}
    gone = choose_obsolete(dated, datetime(2022, 2, 22, 12, tzinfo=UTC), Limits(daily=3, weekly=2, monthly=1))
    assert {name: name not in gone for name in ANKI} == ANKI


@pytest.mark.parametrize(("age", "kept"), [(1, 32), (0, 33)])
def test_of_a_year_of_daily_ones_a_month_of_days_weeks_and_months_stays(age: int, kept: int) -> None:
    dated = daily(365, NOON - timedelta(days=age))
    gone = choose_obsolete(dated, NOON)
    assert len(dated) - len(gone) == kept
    assert 0 not in gone


def test_what_is_kept_stays_kept_until_time_passes() -> None:
    dated = daily(365, NOON)
    kept = {n: moment for n, moment in dated.items() if n not in choose_obsolete(dated, NOON)}
    assert not choose_obsolete(kept, NOON)


def test_a_year_of_work_thins_as_it_goes() -> None:
    dated: dict[int, datetime] = {}
    for hour in range(0, 365 * 24, 6):
        dated[hour] = NOON + timedelta(hours=hour)
        for gone in choose_obsolete(dated, dated[hour]):
            del dated[gone]
    assert 30 <= len(dated) <= 12 + 10 + 9 + 2 * 4
    assert max(dated.values()) - min(dated.values()) > timedelta(days=240)


def test_a_clock_set_back_deletes_nothing() -> None:
    dated = daily(365, NOON)
    assert not choose_obsolete(dated, NOON - timedelta(days=1))
    assert not choose_obsolete(dated, NOON - timedelta(days=4_000))


def test_the_newest_stays_however_old_it_is() -> None:
    assert choose_obsolete(daily(3, NOON), NOON + timedelta(days=9_000), Limits(0, 0, 0)) == [1, 2]


def test_without_backups_there_is_nothing_to_delete() -> None:
    assert choose_obsolete({}, NOON) == []
