"""How often the rules were got past."""

from __future__ import annotations

from datetime import date

from pmo_desktop.figures.overrides import OverrideCount, count_overrides, list_overrides
from pmo_desktop.rules.compliance import Event, Mode, Outcome
from pmo_desktop.store.file import Store
from tests.builders import a_row


def test_overrides_are_counted_by_event_outcome_and_authority_and_listed_the_newest_first(store: Store) -> None:
    told = (
        (date(2026, 9, 1), Event.RATING, Mode.CONTROLLING, Outcome.WARNED),
        (date(2026, 10, 1), Event.RATING, Mode.CONTROLLING, Outcome.WARNED),
        (date(2026, 11, 1), Event.START, Mode.DIRECTIVE, Outcome.WAIVED),
    )
    for day, event, mode, outcome in told:
        a_row(store, "override", done_on=day, event=event, mode=mode, reaction="Warn", outcome=outcome, subject="It")
    assert count_overrides(store) == (
        OverrideCount(Event.RATING, Outcome.WARNED, Mode.CONTROLLING, 2),
        OverrideCount(Event.START, Outcome.WAIVED, Mode.DIRECTIVE, 1),
    )
    assert [each.count for each in count_overrides(store, date(2026, 10, 1))] == [1, 1]
    assert [row["done_on"].month for row in list_overrides(store)] == [11, 10, 9]
