"""Methodologies in and out of files: the starters that are shipped, folders of Markdown, and workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pmo_desktop.exchange.filenames import clean_name, next_name
from pmo_desktop.exchange.methodfolder import HEAD, read_method_folder, read_method_head, write_method_folder
from pmo_desktop.figures.methods import read_method
from pmo_desktop.operations.methods import install_method
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.methodtext import find_faults
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
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


def take_starter(store: Store, code: str) -> str:
    """Take a shipped methodology into the library as a draft; the answer is its id.

    Raises Known when none is called so, or that version is in the library already.
    """
    if code not in {each.code for each in list_starters()}:
        known = ", ".join(each.code for each in list_starters())
        raise Known(f"There is no methodology “{code}” among those that are shipped. Choose from {known}.")
    return install_method(store, read_method_folder(resource_path("methods", code)))


def import_method(store: Store, path: Path) -> TakenMethod:
    """Take a methodology from a folder, or from its method.md, or from a workbook into the library, as a draft.

    Raises Known, with file and line or sheet and cell, when it cannot be read, and when that version is there already.
    """
    # openpyxl, 0.7 s, is not read before a workbook is: the starters need none.
    from pmo_desktop.exchange.methodbook import read_method_workbook  # noqa: PLC0415

    folder = path.parent if path.name == HEAD else path
    method = read_method_folder(folder) if folder.is_dir() else read_method_workbook(path)
    return TakenMethod(install_method(store, method), method.name, tuple(find_faults(method)))


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
