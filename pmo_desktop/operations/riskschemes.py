"""Risk schemes: a changed one is kept as a new version that is in force from a day."""

from __future__ import annotations

from pmo_desktop.figures.riskschemes import KIND, points_of
from pmo_desktop.model.scale import Scale, ScalePoint
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.risk import Scheme
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store


def save_scheme(store: Store, scheme: Scheme, appetite: float | None) -> int:
    """Keep a scheme as the one in force from its day, and the portfolio's appetite, as one step; the answer is it.

    Earlier versions stay, for the days before. `appetite` None: from the second-worst band on. Raises Known for a
    scheme without a name.
    """
    if not scheme.name.strip():
        raise Known("Nothing was saved: the scheme has no name. Type one.")
    day, identity = scheme.effective_from, new_id()
    with batch(store, f"Risk scheme {scheme.name.strip()} from {day_text(day)}") as work:
        row = {"id": identity, "kind": KIND, "name": scheme.name.strip(), "effective_from": day}
        work.connection.execute(sql.insert(Scale), row)
        points = [
            point | {"id": new_id(), "scale": identity, "position": position}
            for position, point in enumerate(points_of(scheme))
        ]
        work.connection.execute(sql.insert(ScalePoint), points)
        changed = sql.update(Settings).where(Settings.id == SETTINGS_ID).values(risk_appetite=appetite)
        work.connection.execute(changed)
    return work.id
