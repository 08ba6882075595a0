"""Public holidays by country and part of a country, offline, from the rules of the library `holidays`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

FIRST_YEAR, LAST_YEAR = 1970, 2099  # years the library has rules for in any country
_CODE = 2  # letters of a country's short code
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SMALL = {"And", "Of", "The"}


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a part of one: its code as ISO 3166 has it, and its name in English."""

    code: str
    name: str


@cache
def list_countries() -> tuple[Region, ...]:
    """The countries whose holidays are known, by name."""
    # Read when somebody chooses a country: 500 classes, 0.2 s.
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    found = [Region(code, _spoken(name)) for name, code, *_ in COUNTRIES.values() if len(code) == _CODE]
    return tuple(sorted(found, key=lambda region: region.name))


@cache
def list_parts(country: str) -> tuple[Region, ...]:
    """The parts of a country that have holidays of their own, by name; none for a country that is not known."""
    found = _country(country)
    if found is None:
        return ()
    names = {code: name for name, code in found.subdivisions_aliases.items() if not name.isupper()}
    parts = [Region(code, names.get(code, code)) for code in found.subdivisions]
    return tuple(sorted(parts, key=lambda region: region.name))


def call_region(country: str, part: str | None = None) -> str:
    """What a country is called, with its part before it: England, United Kingdom; the codes when they are not known."""
    named = {region.code: region.name for region in list_countries()}.get(country, country)
    parts = {region.code: region.name for region in list_parts(country)}
    return f"{parts.get(part, part)}, {named}" if part else named


def find_holidays(country: str, part: str | None, years: Collection[int]) -> dict[date, str]:
    """The public holidays of some years, by day, named in English where the library can.

    Raises ValueError for a country or part that is not known.
    """
    found = _country(country)
    if found is None or (part and part not in found.subdivisions):
        message = f"no holidays are known for {part or country}"
        raise ValueError(message)
    wanted = sorted(each for each in years if FIRST_YEAR <= each <= LAST_YEAR)
    days = found(subdiv=part, years=wanted, language=_language(found), expand=False)
    return {day: name for day, name in sorted(days.items()) if day.year in years}


def _country(code: str) -> Any:
    from holidays.registry import COUNTRIES  # noqa: PLC0415  as above

    if code not in {codes[0] for _, *codes in COUNTRIES.values()}:
        return None
    import holidays  # noqa: PLC0415  as above

    loaded = getattr(holidays, code)
    return type(loaded(years=[]))


def _language(found: Any) -> str | None:
    spoken = [each for each in found.supported_languages or () if each.startswith("en")]
    return min(spoken) if spoken else None  # en_GB before en_US


def _spoken(name: str) -> str:
    """UnitedKingdom as United Kingdom, SaintKittsAndNevis as Saint Kitts and Nevis."""
    words = _WORD.sub(" ", name).split(" ")
    return " ".join(word.lower() if word in _SMALL and place else word for place, word in enumerate(words))
