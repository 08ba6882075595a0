"""Printing: the steering pack as a file, made from a copy in memory so that work goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pmo_desktop.reports.pack import ALL, WORSENED, PackOptions, write_pack
from pmo_desktop.reports.style import PAPERS
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.writing import replacing

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PackResult:
    """What was written: where, how many pages, the page of each project by its id, and texts put in the annex."""

    path: Path
    pages: int
    projects: dict[str, int]
    annexed: int


def build_pack(
    store: Store, path: Path, options: PackOptions | None = None, progress: Progress | None = None
) -> PackResult:
    """Write the steering pack to a PDF, whole or not at all.

    `progress` is told pages done and pages in all after each page, and may raise to cancel. Raises Known for a paper
    or project that does not exist, and when the file cannot be written.
    """
    options = options or PackOptions()
    if options.paper not in PAPERS:
        raise Known(f"Paper {options.paper!r} is not known; choose one of {', '.join(PAPERS)}.")
    copy = store if store.readonly else store.copy_to_memory()
    try:
        subject = read_subject(copy, options.data_date)
        _refuse_unknown(options, set(subject.by_id))
        with replacing(path) as temporary, temporary.open("wb") as out:
            built = write_pack(subject, options, out, progress)
    finally:
        if copy is not store:
            copy.close()
    pages = {each: built.numbers[anchor] for each in subject.by_id if (anchor := f"project-{each}") in built.numbers}
    return PackResult(path, built.pages, pages, built.annexed)


def _refuse_unknown(options: PackOptions, known: set[str]) -> None:
    if isinstance(options.projects, str):
        if options.projects not in (ALL, WORSENED):
            raise Known(f"Projects {options.projects!r} is not a choice; choose {ALL}, {WORSENED} or name projects.")
        return
    missing = [each for each in options.projects if each not in known]
    if missing:
        raise Known(f"Project {missing[0]} is not in this portfolio; choose the projects again.")
