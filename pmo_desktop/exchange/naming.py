"""What a row without a name of its own is called in sentences: its resource, its project, its days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.rules.wording import day_text

Call = Callable[[Mapping[str, Any]], str]


def caller(info: RegisterInfo, around: Surroundings) -> Call | None:
    """Who calls the rows of a register without a name of their own; None for other registers."""
    if not info.by:
        return None
    entity = str(info.entity.__tablename__)
    names = [name for name in (info.within, *info.by) if name]
    targets = {name: find_field(entity, name).to for name in names}

    def call(values: Mapping[str, Any]) -> str:
        said = (_say(values.get(name), targets[name], around) for name in names)
        return " · ".join(each for each in said if each)

    return call


def _say(value: Any, to: str, around: Surroundings) -> str:
    if value is None:
        return ""
    if to:
        return around.links[to].names.get(str(value), "") if to in around.links else str(value)
    return day_text(value) if isinstance(value, date) else cell_text(value)
