"""Answers remembered by the form of a file: next month's workbook with the same headers asks nothing again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QSettings

from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.model.kind import CUSTOM_PREFIX

_KEY = "import/answers"
_MOST = 30  # forms; the one not used for longest is forgotten
_KEPT = ("columns", "values", "people", "money_unit", "currency", "day_first", "report_date")


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answers that a file of some form was imported with."""

    file: str
    on: date
    options: ImportOptions


def form_of(plan: Plan) -> str:
    """What identifies the form of a file: the registers it holds and the headers of each, in any order."""
    headers = [(table.into, sorted(column.header.casefold() for column in table.columns)) for table in plan.kept]
    tables = sorted(f"{into}:{names}" for into, names in headers)
    return hashlib.sha256("\n".join(tables).encode()).hexdigest()[:16]


def recall(settings: QSettings) -> dict[str, Remembered]:
    """Everything remembered, by form; what cannot be read counts as not remembered."""
    return {form: found for form, entry in _entries(settings).items() if (found := _read(entry)) is not None}


def remember(settings: QSettings, form: str, file: str, options: ImportOptions) -> None:
    """Keep the answers that a file was imported with; none at all are not worth keeping."""
    entries = {key: entry for key, entry in _entries(settings).items() if key != form}
    answers = {name: getattr(options, name) for name in _KEPT}
    answers["values"] = {  # fields that the import itself declared have another name next time
        field: dict(texts) for field, texts in options.values.items() if not field.startswith(CUSTOM_PREFIX)
    }
    if any(given not in (None, {}) for given in answers.values()):
        entries[form] = {"file": file, "on": _today().isoformat(), "options": answers}
    settings.setValue(_KEY, json.dumps(dict(list(entries.items())[-_MOST:])))


def _entries(settings: QSettings) -> dict[str, Any]:
    try:
        found = json.loads(str(settings.value(_KEY, "{}")))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _read(entry: Any) -> Remembered | None:
    try:
        options = {name: value for name, value in entry["options"].items() if name in _KEPT}
        return Remembered(str(entry["file"]), date.fromisoformat(entry["on"]), ImportOptions(**options))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _today() -> date:
    return date.today()  # noqa: DTZ011  the reader's own day is what is meant
