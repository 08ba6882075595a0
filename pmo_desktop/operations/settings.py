"""The settings of a portfolio file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.operations.values import accept_value
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store

_MONTHS = range(1, 13)
_CURRENCY_LETTERS = 3


def change_settings(store: Store, values: Mapping[str, Any]) -> int | None:
    """Write settings as one step. Raises Known for a month that is none or a currency that is no ISO code."""
    ready = {name: accept_value(find_field("settings", name), value) for name, value in values.items()}
    _check(ready)
    labels = [label_inside(find_field("settings", name).label) for name in ready]
    what = f"Change {labels[0]}" if len(labels) == 1 else "Change settings"
    with batch(store, what) as work:
        work.connection.execute(sql.update(Settings).where(Settings.id == SETTINGS_ID).values(ready))
    return work.id if work.changed else None


def _check(ready: Mapping[str, Any]) -> None:
    if ready.get("fy_start_month", 1) not in _MONTHS:
        message = "Nothing was changed: the financial year starts in a month from 1 to 12. Choose one of them."
        raise Known(message)
    code = ready.get("currency", "GBP")
    if not (len(code) == _CURRENCY_LETTERS and code.isascii() and code.isupper()):
        message = f"Nothing was changed: “{code}” is no currency code. Use three capital letters such as GBP."
        raise Known(message)
    if ready.get("report_days", 1) < 1:
        message = "Nothing was changed: a reporting cycle has at least one day. Type the number of days."
        raise Known(message)
