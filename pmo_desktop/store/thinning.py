"""Which backups go: all of two days are kept, then one a day, a week and a month, each for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Named = TypeVar("Named")
_RECENT = 2  # days of which everything is kept


@dataclass(frozen=True, slots=True)
class Limits:
    """How many days, weeks and months keep one backup each (Anki's defaults)."""

    daily: int = 12
    weekly: int = 10
    monthly: int = 9


def choose_obsolete(dated: Mapping[Named, datetime], now: datetime, limits: Limits | None = None) -> list[Named]:
    """The backups to delete, given when each was made (by its name, never by the file's time).

    Walking back from the newest: everything of today and yesterday stays; then the newest of each day, of each week
    and of each month, as many as the limits say. Source: Anki's backup filter (oracle RELIA-001).
    When one was made after `now` the clock was set back, and nothing is deleted. The newest always stays.
    """
    newest_first = sorted(dated, key=lambda each: dated[each], reverse=True)
    if not newest_first or dated[newest_first[0]] > now:
        return []
    left = _stages(limits or Limits())
    kept = dated[newest_first[0]]
    obsolete = []
    for each in newest_first[1:]:
        moment = dated[each]
        if (now.date() - moment.date()).days < _RECENT:
            kept = moment
            continue
        stage = next((stage for stage in left if left[stage]), None)
        if stage and _period(stage, moment) < _period(stage, kept):
            left[stage] -= 1
            kept = moment
        else:
            obsolete.append(each)
    return obsolete


def _stages(limits: Limits) -> dict[str, int]:
    return {"day": limits.daily, "week": limits.weekly, "month": limits.monthly}


def _period(stage: str, moment: datetime) -> int:
    day = moment.toordinal()
    if stage == "month":
        return moment.year * 12 + moment.month
    return day if stage == "day" else (day - 1) // 7
