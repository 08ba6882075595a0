"""The tailoring record of a project: what of its methodology it does without, who said so, why and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.methods import read_method
from pmo_desktop.rules.assurance import DeliverableStatus, WaiverStatus
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_names, read_row, read_settings


@dataclass(frozen=True, slots=True)
class TailoringLine:
    """One thing a project does without. Names of people are as they are called now, empty where nobody is named.

    `waiver` is the id of the waiver and None for what was left out or marked without one; `lapsed`: its day has
    passed, so that the thing is due again.
    """

    code: str
    name: str
    mandatory: bool
    waiver: str | None
    reason: str
    requested_by: str
    approver: str
    since: date | None
    until: date | None
    status: str
    lapsed: bool


def read_tailoring(store: Store, project: str, day: date | None = None) -> tuple[TailoringLine, ...]:
    """What a project does without: waivers of any kind, the newest last, then what was left out with no waiver.

    `day` is the one waivers lapse by, the data date when it is left out. Raises Known when the project is gone.
    """
    row = read_row(store, "project", project)
    if row is None:
        raise Known("This project has been deleted. Undo the deletion first.")
    today = day or data_date(read_settings(store))
    deliverables = {each["code"]: each for each in read_linked(store, "deliverable", "project", [project])}
    waivers = read_linked(store, "waiver", "project", [project])
    names = read_names(store)
    lines = [
        TailoringLine(
            code=each["concerns"] or "",
            name=each["subject"],
            mandatory=bool(deliverables.get(each["concerns"], {}).get("mandatory")),
            waiver=each["id"],
            reason=each["reason"] or "",
            requested_by=names.get(each["requested_by"], ""),
            approver=names.get(each["approver"], ""),
            since=each["decided_on"] or each["requested_on"],
            until=each["expires"],
            status=each["status"] or "",
            lapsed=each["status"] == WaiverStatus.APPROVED and each["expires"] is not None and each["expires"] < today,
        )
        for each in sorted(waivers, key=lambda each: (each["requested_on"] or date.min, each["id"]))
    ]
    return (*lines, *_without_waiver(store, row, deliverables, {line.code for line in lines if line.status in _STANDS}))


_STANDS = (WaiverStatus.APPROVED, WaiverStatus.REQUESTED)


def _without_waiver(
    store: Store, project: Record, deliverables: dict[str | None, Record], waived: set[str]
) -> list[TailoringLine]:
    """Deliverables of the methodology that the project has not, and those marked as not needed, with no waiver."""
    if not project["methodology"]:
        return []
    found = []
    for _, output in read_method(store, project["methodology"]).outputs():
        row = deliverables.get(output.code)
        left_out = row is None or row["status"] == DeliverableStatus.NOT_NEEDED
        if left_out and output.code not in waived:
            binds = output.mandatory.binds(project["tier"]) if row is None else bool(row["mandatory"])
            status = "Left out" if row is None else str(row["status"])
            found.append(
                TailoringLine(output.code, output.name, binds, None, "", "", "", None, None, status, lapsed=False)
            )
    return found
