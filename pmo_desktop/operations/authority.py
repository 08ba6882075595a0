"""Setting the authority of the PMO: for all it does or one function, for all portfolios or one, from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.model.authority import Authority
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.naming import call_row
from pmo_desktop.rules.compliance import Function, Mode
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row


def set_authority(
    store: Store,
    mode: Mode,
    effective_from: date,
    portfolio: str | None = None,
    function: Function | None = None,
    reason: str | None = None,
) -> str:
    """Give the PMO another authority from a day on; earlier rows stay, so that the past is judged as it was.

    Without a portfolio it is for all, without a function for everything the PMO does. The answer is the row's id.
    Raises Known when the portfolio is gone.
    """
    if portfolio is not None and read_row(store, "portfolio", portfolio) is None:
        raise Known("Nothing was changed: the portfolio has been deleted. Undo the deletion, or choose another one.")
    over = f" over {function.lower()}" if function else ""
    within = f" in {call_row(store, 'portfolio', portfolio)}" if portfolio else ""
    said = reason.strip() or None if reason else None
    identity = new_id()
    row: dict[str, Any] = {"id": identity, "portfolio": portfolio, "function": function, "mode": mode}
    row |= {"effective_from": effective_from, "reason": said}
    what = f"{mode} authority{over}{within} from {day_text(effective_from)}"
    with batch(store, what, why=said) as work:
        work.connection.execute(sql.insert(Authority), row)
    return identity
