"""Fitting a methodology to a project in one step: its size, the version it follows, and what it does without."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.applying import called, preview_apply, read_approved
from pmo_desktop.operations.methods import call_version
from pmo_desktop.operations.records import write_rows
from pmo_desktop.operations.tailoring import judge_tier, read_project, write_plan, write_sizing, write_tailoring
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import linked_rows


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was chosen: points 1 to 5 by scale, the version, the first day, codes of optional deliverables left out.

    `tier` is empty for the one the points propose; another needs `tier_reason`. `by` is who leaves things out.
    """

    scores: Mapping[str, int | None]
    methodology: str
    tier: str = ""
    tier_reason: str = ""
    start: date | None = None
    without: Collection[str] = ()
    without_reason: str = ""
    by: str | None = None


def fit_project(store: Store, project: str, fitting: Fitting, on: date) -> int:
    """Size a project on a day, apply a version to it and tailor deliverables out, all as one step; the batch.

    Raises Known as operations.tailoring.size_project and apply_method do, and when something is left out and
    nobody says why.
    """
    row, head = read_project(store, project), read_approved(store, fitting.methodology)
    tier = judge_tier(store, project, fitting.scores, fitting.tier, fitting.tier_reason)
    preview_apply(store, project, fitting.methodology, fitting.start, fitting.without, tier)  # what stands against it
    reason = fitting.without_reason.strip()
    if fitting.without and not reason:
        raise Known("Nothing was applied: say why the project does without what is left out.")
    plan = preview_apply(store, project, fitting.methodology, fitting.start, tier=tier)
    sizing = {"sized_on": on, "tier": tier, "reason": fitting.tier_reason.strip() or None}
    told = {"reason": reason, "requested_by": fitting.by, "approver": None, "expires": None}
    with batch(store, f"Size {called(row)} and apply {call_version(head)}", why=reason or None) as work:
        write_sizing(store, work.connection, row, sizing, fitting.scores)
        write_rows(work.connection, "project", {project: {"methodology": fitting.methodology}})
        write_plan(work.connection, plan)
        for each in linked_rows(work.connection, "deliverable", "project", [project]):
            if each["code"] in fitting.without:
                write_tailoring(work.connection, each, told, on)
    return work.id
