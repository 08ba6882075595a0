"""The JSON of `import --mapping`: everything the wizard can be told, checked part by part, each fault in a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Part = Callable[[Any], Any]  # from JSON to what ImportOptions hold; raises _FormError
_ROW, _CELL, _ANY_ROW = re.compile(r"\d+"), re.compile(r"[A-Z]+\d+"), re.compile(r"\d+|[A-Z]+")


class _FormError(Exception):
    """What is wrong with one part, to follow its name: `must be an object`."""


def read_mapping(path: Path) -> dict[str, Any]:
    """The fields of ImportOptions that a mapping gives. Raises Known when it cannot be read or has another form."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _refusal(f"The mapping {path} cannot be read: {error}.") from error
    if not isinstance(mapping, dict):
        raise _refusal(f"The mapping {path} must be an object.")
    if unknown := sorted(mapping.keys() - _PARTS.keys()):
        raise _refusal(f"The mapping {path} has “{unknown[0]}”, which is none of {', '.join(_PARTS)}.")
    found: dict[str, Any] = {}
    for name, value in mapping.items():
        try:
            found |= _PARTS[name](value)
        except _FormError as fault:
            raise _refusal(f"In the mapping {path}, “{name}” {fault}.") from fault
    return found


def _refusal(sentence: str) -> Exception:
    from pmo_desktop.store.errors import Known  # noqa: PLC0415  loads the database library

    return Known(f"{sentence} The README shows its form.")


def _texts(value: Any) -> dict[str, str]:
    """An object whose values are all texts."""
    if not isinstance(value, dict):
        raise _FormError("must be an object")
    odd = next((key for key, text in value.items() if not isinstance(text, str)), None)
    if odd is not None:
        raise _FormError(f"must give a text for “{odd}”")
    return value


def _values(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise _FormError("must be an object")
    odd = next((key for key, words in value.items() if not isinstance(words, dict)), None)
    if odd is not None:
        raise _FormError(f"must give an object of words for “{odd}”")
    return {key: _texts(words) for key, words in value.items()}


def _one_of(value: Any, words: tuple[str, ...]) -> dict[str, str]:
    """An object whose values are all among some words."""
    told = _texts(value)
    odd = next((key for key, text in told.items() if text not in words), None)
    if odd is not None:
        raise _FormError(f"says “{told[odd]}” for “{odd}”; it must be {' or '.join(words)}")
    return told


def _blank(value: Any) -> dict[str, Any]:
    from pmo_desktop.exchange.plan import Blank  # noqa: PLC0415  other commands do not need it

    return {"blank": {header: Blank(word) for header, word in _one_of(value, tuple(Blank)).items()}}


def _given(value: Any) -> dict[str, Any]:
    """What a plan by period does not say of itself: its year, its unit, who is booked, for which project."""
    from pmo_desktop.rules.words import AllocationUnit  # noqa: PLC0415  as above

    told = _texts(value)
    if odd := next((name for name in told if name not in ("year", "unit", "resource", "project")), None):
        raise _FormError(f"names “{odd}”, which is none of year, unit, resource, project")
    if "unit" in told:
        _one_of({"unit": told["unit"]}, tuple(AllocationUnit))
    if not told.get("year", "2000").isdecimal():
        raise _FormError(f"gives “{told['year']}” as the year")
    return {"given": told}


def _rows(value: Any) -> dict[str, Any]:
    from pmo_desktop.rules.words import AllocationStatus  # noqa: PLC0415  as above

    return {"rows": _one_of(value, (*AllocationStatus, "leave"))}


def _match_on(value: Any) -> dict[str, str]:
    """Register -> the name of one of its declared fields, which may be given by its label."""
    from pmo_desktop.model.catalog import fields  # noqa: PLC0415  as above
    from pmo_desktop.model.registers import BY_NAME  # noqa: PLC0415

    found = {}
    for register, told in _texts(value).items():
        if register not in BY_NAME:
            raise _FormError(f"names the register “{register}”; choose one of {', '.join(BY_NAME)}")
        known = fields(BY_NAME[register].entity.__tablename__)
        field = next((each for each in known if told.casefold() in (each.name, each.label.casefold())), None)
        if field is None:
            raise _FormError(f"names “{told}”, which is no field of {BY_NAME[register].many}")
        found[register] = field.name
    return found


def _resolve(value: Any) -> dict[str, Any]:
    from pmo_desktop.exchange.plan import Answer  # noqa: PLC0415  as above

    if not isinstance(value, dict) or not value.keys() <= {"columns", "cells"}:
        raise _FormError("must be an object with “columns” and “cells”")
    sides = (Answer.THEIRS.value, Answer.OURS.value)
    columns, cells = (_one_of(value.get(key, {}), sides) for key in ("columns", "cells"))
    return {
        "columns_resolved": {name: Answer(side) for name, side in columns.items()},
        "cells_resolved": {place: Answer(side) for place, side in _places(cells, _CELL, "Sheet!F5").items()},
    }


def _scales(value: Any) -> dict[str, Any]:
    from pmo_desktop.rules.scales import NUMBERS, RATINGS  # noqa: PLC0415  as above

    return {"scales": _one_of(value, (*NUMBERS, *RATINGS))}


def _skip(value: Any) -> dict[str, Any]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _FormError("must be a list of rows such as “Sheet!5”")
    return {"skip": frozenset(_places(dict.fromkeys(value, ""), _ANY_ROW, "Sheet!5"))}


def _places(told: dict[str, str], form: re.Pattern[str], example: str) -> dict[str, str]:
    """What is told of cells or rows, each named after its sheet."""
    for key in told:
        sheet, _, place = key.rpartition("!")
        if not sheet or not form.fullmatch(place):
            raise _FormError(f"names “{key}”; write it as “{example}”")
    return told


_PARTS: dict[str, Part] = {
    "columns": lambda value: {"columns": _texts(value)},
    "values": lambda value: {"values": _values(value)},
    "scales": _scales,
    "people": lambda value: {"people": _texts(value)},
    "given": _given,
    "rows": _rows,
    "blank": _blank,
    "match_on": lambda value: {"match_on": _match_on(value)},
    "same": lambda value: {"same": _places(_texts(value), _ROW, "Sheet!5")},
    "resolve": _resolve,
    "skip": _skip,
    "fixes": lambda value: {"fixes": _places(_texts(value), _CELL, "Sheet!F5")},
}
