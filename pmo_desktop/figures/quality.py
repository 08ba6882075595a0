"""The product register in figures: what each project has to bring forth, how far it is reviewed and accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pmo_desktop.rules.assurance import DeliverableStatus, ReviewResult
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_rows, read_settings


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """The deliverables of one project that are needed, and its quality reviews.

    `reviewed`: deliverables with a review that was held; `overdue`: past due and not accepted; `reviews_late`: planned
    and not held. `errors_open`: of the latest review of each. `first_time`: share in percent of reviewed deliverables
    that passed their first review, None when none was reviewed.
    """

    project: str
    called: str
    name: str
    planned: int
    reviewed: int
    accepted: int
    returned: int
    overdue: int
    reviews_late: int
    errors_open: int
    first_time: float | None


def read_quality(store: Store, on: date | None = None) -> tuple[ProductFacts, ...]:
    """One entry for every project that has deliverables or reviews, in the order of their references."""
    day = on or data_date(read_settings(store))
    products = _by_project(read_rows(store, "deliverable"))
    reviews = _by_project(read_rows(store, "quality_review"))
    projects = [row for row in read_rows(store, "project") if row["id"] in products or row["id"] in reviews]
    projects.sort(key=lambda row: (row["ref"] or "", row["name"] or "", row["id"]))
    return tuple(_facts(row, products[row["id"]], reviews[row["id"]], day) for row in projects)


def _facts(project: Record, deliverables: list[Record], reviews: list[Record], on: date) -> ProductFacts:
    needed = [row for row in deliverables if row["status"] != DeliverableStatus.NOT_NEEDED]
    accepted = [row for row in needed if row["status"] == DeliverableStatus.ACCEPTED]
    held: defaultdict[str, list[Record]] = defaultdict(list)
    for row in sorted((row for row in reviews if row["held_on"]), key=lambda row: (row["held_on"], row["id"])):
        held[(row["deliverable"] or row["title"]).strip().casefold()].append(row)
    passed = [each for each in held.values() if each[0]["result"] in (ReviewResult.PASS, ReviewResult.ACTIONS)]
    return ProductFacts(
        project=project["id"],
        called=project["ref"] or project["name"],
        name=project["name"] or "",
        planned=len(needed),
        reviewed=sum(row["name"].strip().casefold() in held for row in needed),
        accepted=len(accepted),
        returned=sum(row["status"] == DeliverableStatus.REJECTED for row in needed),
        overdue=sum(row["due"] is not None and row["due"] < on for row in needed if row not in accepted),
        reviews_late=sum(not row["held_on"] and row["planned"] is not None and row["planned"] < on for row in reviews),
        errors_open=round(sum(each[-1]["errors_open"] or 0 for each in held.values())),
        first_time=100.0 * len(passed) / len(held) if held else None,
    )


def _by_project(rows: Iterable[Record]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["project"]].append(row)
    return found
