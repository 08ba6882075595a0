"""Public holidays come by country and part, in English where they can, without the network."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.publicholidays import call_region, find_holidays, list_countries, list_parts


def test_countries_have_their_codes_and_names_by_name() -> None:
    found = list_countries()
    names = [region.name for region in found]
    assert names == sorted(names)
    assert {"GB": "United Kingdom", "DE": "Germany", "TT": "Trinidad and Tobago"}.items() <= {
        region.code: region.name for region in found
    }.items()
    assert len({region.code for region in found}) == len(found) > 200


@pytest.mark.parametrize(
    ("country", "parts"),
    [("GB", ["England", "Northern Ireland", "Scotland", "Wales"]), ("MT", []), ("XX", []), ("Queen", [])],
)
def test_parts_are_named(country: str, parts: list[str]) -> None:
    assert [region.name for region in list_parts(country)] == parts


@pytest.mark.parametrize(
    ("country", "part", "said"),
    [
        ("GB", "SCT", "Scotland, United Kingdom"),
        ("GB", None, "United Kingdom"),
        ("XX", None, "XX"),
        ("XX", "Y", "Y, XX"),
    ],
)
def test_a_region_is_called_by_its_names(country: str, part: str | None, said: str) -> None:
    assert call_region(country, part) == said


def test_only_the_days_of_the_years_asked_for_come_with_their_english_names() -> None:
    england = find_holidays("GB", "ENG", {2026})
    assert england[date(2026, 12, 28)].startswith("Boxing Day")
    assert {day.year for day in england} == {2026}
    assert date(2026, 11, 30) in find_holidays("GB", "SCT", {2026})
    assert find_holidays("DE", "BY", {2026})[date(2026, 1, 6)] == "Epiphany"
    assert find_holidays("GB", "ENG", {1, 9999}) == {}


@pytest.mark.parametrize(("country", "part"), [("XX", None), ("GB", "BY"), ("", None), ("gb", None)])
def test_a_place_that_is_not_known_is_refused(country: str, part: str | None) -> None:
    with pytest.raises(ValueError, match="no holidays are known"):
        find_holidays(country, part, {2026})
