"""What the pack says of gates and of keeping to the methodology: read once, with the rest of the pack's subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.audits import FindingsOverview, read_findings
from pmo_desktop.figures.compliance import ComplianceTable, read_compliance
from pmo_desktop.figures.gatecheck import GateDay
from pmo_desktop.figures.gates import gate_calendar
from pmo_desktop.figures.material import Material
from pmo_desktop.figures.overrides import OverrideCount, count_overrides
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.file import Store

SPANS = (30, 60, 91)  # days; the last are the 13 weeks of the pack


@dataclass(frozen=True, slots=True)
class Governance:
    """Gates ahead, compliance, overrides since a day, and findings.

    Where no live project follows a methodology there are no gates to look at, and `table` is None.
    """

    gates: tuple[GateDay, ...]
    table: ComplianceTable | None
    overrides: tuple[OverrideCount, ...]
    since: date | None
    findings: FindingsOverview


def read_governance(store: Store, material: Material, since: date | None) -> Governance:
    """All of it on the material's data date; overrides from a day on, or all."""
    day = material.data_date
    followed = any(row["methodology"] for row in material.projects if row["lifecycle_status"] not in ENDED)
    return Governance(
        gates=gate_calendar(store, SPANS, day) if followed else (),
        table=read_compliance(store, day) if followed else None,
        overrides=count_overrides(store, since),
        since=since,
        findings=read_findings(store, day),
    )
