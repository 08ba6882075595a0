"""Findings that come back: what an audit finds now and an earlier one found with the same project or manager."""

from __future__ import annotations

from pmo_desktop.rules.assurance import FindingStatus
from pmo_desktop.rules.audit import Earlier, find_repeat
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows


def find_repeated(store: Store, audit: Record, code: str, title: str) -> Earlier | None:
    """The earlier finding that a new one of an audit repeats; those that nobody accepted do not count.

    Looks among the findings of other audits, of the same project first, else of the same manager.
    """
    managers = {row["id"]: row["pm"] for row in read_rows(store, "project")}
    own = audit["ref"] or audit["title"]
    earlier = [
        _earlier(row, managers)
        for row in read_rows(store, "finding")
        if row["audit"] != own and row["status"] != FindingStatus.REJECTED
    ]
    project = audit["project"]
    return find_repeat(Earlier("", project, managers.get(project), code, title), earlier)


def _earlier(row: Record, managers: dict[str, str | None]) -> Earlier:
    project = row["project"]
    return Earlier(row["ref"] or row["title"], project, managers.get(project), row["code"] or "", row["title"])
