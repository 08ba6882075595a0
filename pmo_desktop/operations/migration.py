"""Moving live projects to another version of their methodology, one, some or all of them as one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from pmo_desktop.figures.applying import read_approved
from pmo_desktop.figures.migration import FOLLOWED_ALREADY, Leaving, ProjectMigration, preview_migration
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.methods import call_version
from pmo_desktop.operations.naming import count_rows
from pmo_desktop.operations.records import write_rows
from pmo_desktop.operations.tailoring import write_plan
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import linked_rows, rows_of


def migrate_projects(store: Store, projects: Collection[str], to: str) -> int | None:
    """Move projects to an approved version as figures.migration.preview_migration shows it; the batch.

    What is new is created, what still says what the old version gave follows, what is gone is removed if nobody
    worked on it and else stays with a remark; answers stay with their criterion. Projects that follow the version
    already are passed over; None when all do. Raises Known when one follows no methodology, and when the version
    is not approved; then none is moved.
    """
    head = read_approved(store, to)
    previews = preview_migration(store, list(dict.fromkeys(projects)), to)
    bare = [each.called for each in previews if each.refused and each.refused != FOLLOWED_ALREADY]
    if bare:
        verb, them = ("has", "it") if len(bare) == 1 else ("have", "them")
        said = f"{join_words(bare)} {verb} no methodology"
        raise Known(f"Nothing was moved, because {said}. Apply one to {them}, or leave {them} out.")
    moving = [each for each in previews if not each.refused]
    if not moving:
        return None
    named = count_rows(store, "project", [each.project for each in moving])
    with batch(store, f"Move {named} to {call_version(head)}") as work:
        write_rows(work.connection, "project", {each.project: {"methodology": to} for each in moving})
        for each in moving:
            _move(work.connection, each, call_version(head))
    return work.id


def _move(connection: Connection, migration: ProjectMigration, version: str) -> None:
    assert migration.plan is not None, "only a refused project has no plan"  # noqa: S101
    write_plan(connection, migration.plan)
    changes: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for (entity, row), cells in migration.changes.items():
        changes[entity][row] = cells
    for entity, rows in changes.items():
        write_rows(connection, entity, rows)
    if migration.answers:
        reviews = {
            each["code"]: each["id"] for each in linked_rows(connection, "gate_review", "project", [migration.project])
        }
        moved = {row: {"review": reviews[gate]} for row, gate in migration.answers.items() if gate in reviews}
        write_rows(connection, "gate_answer", moved)
    for part in migration.leaves:
        if part.work:
            _mark(connection, part, version)
        else:
            for entity, row in part.rows:
                delete_rows(connection, entity, [row])


def _mark(connection: Connection, part: Leaving, version: str) -> None:
    """Say in the comment that the version has it no more; a deliverable binds nobody any longer."""
    for entity, row in part.rows:
        if entity == "gate_answer":
            continue
        (now,) = rows_of(connection, entity, [row])
        cells: dict[str, Any] = {"comment": "\n".join(filter(None, (now["comment"], f"Not in {version} any more.")))}
        write_rows(connection, entity, {row: cells | ({"mandatory": False} if entity == "deliverable" else {})})
