"""Closing a project: what is open handed over, bookings released; its archive bundle; and opening it again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pmo_desktop.figures.closure import Closure, late_bookings, read_closure
from pmo_desktop.figures.handover import open_entries, read_staying
from pmo_desktop.figures.slate import read_booked
from pmo_desktop.operations.allocations import slate_of, write_changes
from pmo_desktop.operations.exports import belonging, export_project
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.prints import closure_pages
from pmo_desktop.operations.records import write_rows
from pmo_desktop.operations.sendouts import file_words
from pmo_desktop.rules.wording import day_text
from pmo_desktop.rules.words import ENDED, ProjectStatus
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import read_blob
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_row
from pmo_desktop.store.writing import replacing

_OWNERS = {"action": "owner", "risk": "owner", "issue": "owner"}  # what is open is owned by who takes it over
_KEEPERS = {"deliverable": "handover_owner", "benefit": "handover_owner"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say: equal projects give equal bundles


@dataclass(frozen=True, slots=True)
class Archive:
    """A bundle that was written: where, and the names of what is in it."""

    path: Path
    names: tuple[str, ...]


def close_project(
    store: Store,
    project: str,
    on: date,
    handover: Mapping[str, str] | None = None,
    reason: str | None = None,
) -> int | None:
    """Close a project on a day as one step: hand over what is open, release bookings after that day, finish it.

    `handover`: by the id of an open action, risk or issue, a deliverable or a benefit, the id of who keeps it. Days up
    to the last one keep their exact bookings. Raises Known when the project has ended already, when a row is not open
    in it, or when somebody who is to keep it does not stay; Ruled when the PMO's rules ask for more than was granted.
    """
    row = _read(store, project)
    if row["lifecycle_status"] in ENDED:
        raise Known(f"Nothing was closed: {call_row(store, 'project', project)} is {row['lifecycle_status'].lower()}.")
    with batch(store, f"Close {call_row(store, 'project', project)}", why=reason) as work:
        _release(store, work.connection, project, on)
        _hand_over(work.connection, row, on, handover or {})
        finished = row["finish_actual"] or on
        ended = {"lifecycle_status": ProjectStatus.CLOSED, "finish_actual": finished}
        write_rows(work.connection, "project", {project: ended})
        guard(work.connection, on=on)
    return work.id if work.changed else None


def reopen_project(store: Store, project: str, reason: str) -> int | None:
    """Let a project that has ended go on. What was handed over and released stays so.

    Raises Known without a reason, and for a project that has not ended; Ruled as above.
    """
    row = _read(store, project)
    if row["lifecycle_status"] not in ENDED:
        raise Known(f"Nothing was changed: {call_row(store, 'project', project)} has not ended.")
    if not reason.strip():
        raise Known("Nothing was changed: to reopen a project needs a reason. Say why it goes on.")
    with batch(store, f"Reopen {call_row(store, 'project', project)}", why=reason.strip()) as work:
        alive = {"lifecycle_status": ProjectStatus.ACTIVE, "finish_actual": None}
        write_rows(work.connection, "project", {project: alive})
        guard(work.connection)
    return work.id if work.changed else None


def archive_project(store: Store, project: str, path: Path) -> Archive:
    """Write all of a project into one ZIP, whole or not at all: a workbook, the end-project report, its attachments.

    Names within are cleaned and lie in the bundle's own folders. Raises Known when the project is gone, the content of
    an attachment is not there, or the file cannot be written.
    """
    row = _read(store, project)
    files: dict[str, bytes] = {}
    with TemporaryDirectory() as folder:
        workbook = Path(folder) / "rows.xlsx"
        export_project(store, workbook, project)
        files["project.xlsx"] = workbook.read_bytes()
    files["end-project report.pdf"] = closure_pages(store, project)
    files |= _attachments(store, project)
    files = {"README.txt": _account(read_closure(store, project), row, list(files))} | files
    with replacing(path) as temporary:
        temporary.write_bytes(_zipped(files))
    return Archive(path, tuple(files))


def _read(store: Store, project: str) -> Record:
    row = read_row(store, "project", project)
    if row is None:
        raise Known("Nothing was changed: the project has been deleted. Undo the deletion first.")
    return row


def _release(store: Store, connection: Connection, project: str, on: date) -> None:
    late = [row["id"] for row in late_bookings(connection, project, on)]
    if not late:
        return
    rows = read_booked(store, late)
    slate = slate_of(store, rows)
    for row in rows:
        slate.put(slate.rows[row.id], max(on + timedelta(days=1), row.part.first), row.part.last, None)
    write_changes(connection, slate.changes())


def _hand_over(connection: Connection, project: Record, on: date, handover: Mapping[str, str]) -> None:
    staying = read_staying(connection, project, on)
    if any(person not in staying for person in handover.values()):
        raise Known(
            "Nothing was closed: somebody who is to keep an entry does not stay, because they leave or manage the "
            "project itself. Choose somebody else."
        )
    known: set[str] = set()
    for entity, name in (*_OWNERS.items(), *_KEEPERS.items()):
        read = open_entries if entity in _OWNERS else _all_entries
        rows = read(connection, entity, project["id"])
        taken = {row["id"]: {name: handover[row["id"]]} for row in rows if row["id"] in handover}
        known |= taken.keys()
        write_rows(connection, entity, taken)
    if known != handover.keys():
        raise Known("Nothing was closed: an entry that is to be handed over is not open in the project. Look again.")


def _all_entries(connection: Connection, entity: str, project: str) -> list[Record]:
    return linked_rows(connection, entity, "project", [project])


def _attachments(store: Store, project: str) -> dict[str, bytes]:
    """The attached files by their names in the bundle; links are not fetched."""
    with store.reading() as connection:
        rows = [row["id"] for found in belonging(connection, project).values() for row in found]
        attached = [row for row in linked_rows(connection, "attachment", "row", rows) if row["blob"]]
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for row in attached:
        name = _free_name(row["name"], taken)
        files[f"attachments/{name}"] = read_blob(store, row["blob"])
    return files


def _free_name(name: str, taken: set[str]) -> str:
    """A name that every system takes, of no folder but the bundle's, and not used yet whatever its case."""
    plain = PurePosixPath(file_words(name))
    number, free = 1, plain.name
    while free.casefold() in taken:
        number += 1
        free = f"{plain.stem} ({number}){plain.suffix}"
    taken.add(free.casefold())
    return free


def _account(closure: Closure, row: Record, names: list[str]) -> bytes:
    lines = [f"{closure.called}  {row['name'] or ''}".rstrip(), f"State on {day_text(closure.day)}", ""]
    lines += [f"{line.state:<11} {line.title}: {line.words}" for line in closure.lines]
    lines += ["", "In this bundle:", *(f"  {name}" for name in names), ""]
    return "\r\n".join(lines).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, _EPOCH)
            told.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(told, content)
    return out.getvalue()
