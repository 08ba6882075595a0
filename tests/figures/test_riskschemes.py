"""Risk schemes as they are kept: each comes back as it was saved, and the one in force counts in every figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.figures.riskbook import read_risk_book
from pmo_desktop.figures.riskschemes import points_of, read_schemes, scheme_of
from pmo_desktop.rules.risk import FIVE_BY_FIVE, SCHEMES, Scheme
from pmo_desktop.store.file import Store
from tests.builders import a_row, change_row

DAY = date(2026, 1, 1)
SEVEN = Scheme(
    "Seven",
    ("Fine", "Bad"),
    (20,),
    7,
    7,
    effective_from=DAY,
    opportunity=("Meagre", "Rich"),
    words=(("a", "b", "c", "d", "e", "f", "g"), ()),
    cost_limits=(1, 2, 3, 4, 5, 6),
    time_limits=(10, 20, 30, 40, 50, 60),
)


def keep(store: Store, scheme: Scheme) -> None:
    scale = a_row(store, "scale", kind="risk", name=scheme.name, effective_from=scheme.effective_from)
    for position, point in enumerate(points_of(scheme)):
        a_row(store, "scale_point", scale=scale, position=position, **point)


@pytest.mark.parametrize("scheme", [*SCHEMES, SEVEN], ids=lambda each: each.name)
def test_a_scheme_comes_back_as_it_was_kept(store: Store, scheme: Scheme) -> None:
    keep(store, replace(scheme, effective_from=DAY))
    (found,) = read_schemes(store)
    assert list(found.cells()) == list(scheme.cells())
    assert (found.name, found.effective_from, found.axes) == (scheme.name, DAY, scheme.axes)
    assert (found.opportunity, found.cost_limits) == (scheme.opportunity, scheme.cost_limits)
    assert (found.time_limits, found.scores) == (scheme.time_limits, scheme.scores)


def test_figures_take_the_scheme_in_force_on_the_data_date(store: Store) -> None:
    a_row(store, "risk", title="Steel", prob_residual=7, impact_residual=3)
    assert scheme_of(store) is FIVE_BY_FIVE
    assert read_risk_book(store).risks[0].now is None
    keep(store, SEVEN)
    change_row(store, "settings", "settings", data_date=date(2025, 12, 31))
    assert read_risk_book(store).risks[0].now is None
    change_row(store, "settings", "settings", data_date=DAY)
    now = read_risk_book(store).risks[0].now
    assert now is not None
    assert (now.score, now.band) == (21, "Bad")


def test_of_two_schemes_of_one_day_the_later_one_counts(store: Store) -> None:
    for name in ("First", "Second"):
        keep(store, replace(FIVE_BY_FIVE, name=name, effective_from=DAY))
    assert scheme_of(store, DAY).name == "Second"
