"""Methodologies in and out of files: the starters that are shipped, folders of Markdown, and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pmo_desktop.exchange.filenames import clean_name, next_name
from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.methodfolder import HEAD, read_method_folder, read_method_head, write_method_folder
from pmo_desktop.exchange.methodlists import ReadLists, add_lists
from pmo_desktop.figures.methods import read_method
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.methods import call_version, install_method, read_draft
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.method import Criterion, Output
from pmo_desktop.rules.methodcheck import find_faults
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import linked_rows, read_linked
from pmo_desktop.store.writing import replacing


@dataclass(frozen=True, slots=True)
class Starter:
    """A shipped methodology, by what its head says: `tier` is that of the projects it is proposed for, or empty."""

    code: str
    name: str
    version: str
    tier: str
    summary: str
    speaks: str


@dataclass(frozen=True, slots=True)
class TakenMethod:
    """What was taken into the library: its id, and in sentences what does not hold together in it yet."""

    methodology: str
    name: str
    faults: tuple[str, ...]


def list_starters() -> list[Starter]:
    """The shipped methodologies, in the order of their names."""
    heads = (read_method_head(path.parent) for path in resource_path("methods").glob(f"*/{HEAD}"))
    found = [Starter(each.code, each.name, each.version, each.tier, each.summary, each.speaks) for each in heads]
    return sorted(found, key=lambda each: each.name)


def take_starter(store: Store, code: str, approved_on: date | None = None) -> str:
    """Take a shipped methodology into the library, as a draft or approved on a day, as one step; its id.

    Raises Known when none is called so, or that version is in the library already.
    """
    if code not in {each.code for each in list_starters()}:
        known = ", ".join(each.code for each in list_starters())
        raise Known(f"There is no methodology “{code}” among those that are shipped. Choose from {known}.")
    return install_method(store, read_method_folder(resource_path("methods", code)), approved_on)


def import_method(store: Store, path: Path) -> TakenMethod:
    """Take a methodology from a folder, or from its method.md, or from a workbook into the library, as a draft.

    Raises Known, with file and line or sheet and cell, when it cannot be read, and when that version is there already.
    """
    # openpyxl, 0.7 s, is not read before a workbook is: the starters need none.
    from pmo_desktop.exchange.methodbook import read_method_workbook  # noqa: PLC0415

    folder = path.parent if path.name == HEAD else path
    method = read_method_folder(folder) if folder.is_dir() else read_method_workbook(path)
    return TakenMethod(install_method(store, method), method.name, find_faults(method))


def export_method_folder(store: Store, methodology: str, folder: Path) -> Path:
    """Write a version as a folder of Markdown into a folder; the answer is the new folder, named by code and version.

    Nothing is written over: a number is added to the name. Raises Known when it is gone or cannot be written.
    """
    method = read_method(store, methodology)
    if not folder.is_dir():
        raise Known(f"Nothing was written: the folder {folder} does not exist. Make it or choose another one.")
    taken = {each.name.casefold() for each in folder.iterdir()}
    target = folder / next_name(clean_name(method.ref.replace(".", "-"), "methodology"), taken)
    write_method_folder(method, target)
    return target


def export_method_workbook(store: Store, methodology: str, path: Path) -> Path:
    """Write a version as a workbook, over whatever lies there. Raises Known when it is gone or cannot be written."""
    from pmo_desktop.exchange.methodbook import write_method_workbook  # noqa: PLC0415  as above

    method = read_method(store, methodology)
    with replacing(path) as temporary:
        write_method_workbook(method, temporary)
    return path


def import_method_lists(store: Store, methodology: str, path: Path) -> ReadLists:
    """Take the checklists and lists of deliverables of a foreign workbook into a draft, as one step.

    The answer says what is new and what was not taken, cell by cell. Raises Known when the version is no draft, or the
    file cannot be read.
    """
    head = read_draft(store, methodology)
    found = add_lists(read_method(store, methodology), read_workbook(path))
    phases = {row["code"]: row["id"] for row in read_linked(store, "method_phase", "methodology", [methodology])}
    gates = {row["code"]: row["id"] for row in read_linked(store, "method_gate", "phase", list(phases.values()))}
    outputs = {phases[code]: parts for code, parts in found.new_outputs.items()}
    criteria = {gates[code]: parts for code, parts in found.new_criteria.items()}
    with batch(store, f"Take the lists of {path.name} into {call_version(head)}") as work:
        _append(work.connection, "method_deliverable", "phase", outputs)
        _append(work.connection, "method_criterion", "gate", criteria)
    return found


def _append(connection: Connection, entity: str, link: str, parts: Mapping[str, Sequence[Criterion | Output]]) -> None:
    """Insert parts after their siblings, which they stand beside in what has the id."""
    for within, new in parts.items():
        last = max((row["position"] for row in linked_rows(connection, entity, link, [within])), default=0.0)
        for place, part in enumerate(new, start=1):
            cells = {name: value or None for name, value in asdict(part).items()}
            row = cells | {"id": new_id(), link: within, "position": last + place}
            connection.execute(sql.insert(entities()[entity]), row)
