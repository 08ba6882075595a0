r"""Headers in one spelling, so that `Proj. Mgr`, `project manager ` and `Project\nManagers` are the same."""

from __future__ import annotations

import re
from functools import cache

from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Field
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.rules.money import WRITTEN

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_UNIT = re.compile(
    r"(?:(?<![a-z])(?:k|m|bn)\s?)?(?:[£$€¥]\s?'?(?:k|m|mn|bn|000s?|thousands?|millions?|billions?)?|'000s?)(?![a-z])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s$")
_LONG = {
    "proj": "project", "prj": "project", "mgr": "manager", "mngr": "manager", "fcst": "forecast", "fcast": "forecast",
    "est": "estimate", "desc": "description", "descr": "description", "dept": "department", "num": "number",
    "no": "number", "nr": "number", "organization": "organisation", "org": "organisation", "resp": "responsible",
    "pct": "percent", "percentage": "percent", "program": "programme", "prog": "programme", "compl": "complete",
    "completed": "complete", "act": "actual", "bl": "baseline", "ref": "reference", "identifier": "id",
    "exec": "executive",
    "golive": "live", "cat": "category", "prio": "priority",
}  # fmt: skip


@cache
def normalise(header: str) -> str:
    """A header in lower case without units, brackets and punctuation, abbreviations written out, singular."""
    text = _UNIT.sub(" ", _BRACKETS.sub(" ", header))
    text = text if text.strip() else header
    text = text.replace("%", " percent ").replace("#", " number ").replace("&", " and ").replace("go-live", "go live")
    words = [word for word in _WORDS.findall(text.casefold()) if word.upper() not in WRITTEN]
    long = [_LONG.get(word, word) for word in words]
    return " ".join(_PLURAL.sub("", word) for word in long) or _BRACKETS.sub(" ", header).casefold().strip()


@cache
def field_words(field: Field) -> frozenset[str]:
    """Every header, in one spelling, that means this field and no other of its entity."""
    names = (field.label, field.name.replace("_", " "), *field.also, *(old.replace("_", " ") for old in field.former))
    return frozenset(normalise(name) for name in names)


@cache
def hint_words(field: Field) -> frozenset[str]:
    """Headers that may mean this field; the column's content decides."""
    return frozenset(normalise(name) for name in field.hints)


@cache
def known_words() -> frozenset[str]:
    """Every header of every register that is kept."""
    kept = (field for info in REGISTERS for field in fields(info.entity.__tablename__))
    return frozenset(word for field in kept for word in field_words(field) | hint_words(field))
