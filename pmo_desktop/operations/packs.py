"""Printing: the steering pack, its capacity pages and lists; packs from a copy in memory so that work goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pmo_desktop.figures.history import read_stamp
from pmo_desktop.figures.outlook import WEEKS
from pmo_desktop.reports.document import Progress
from pmo_desktop.reports.frame import make_imprint
from pmo_desktop.reports.listing import Listing, write_listing
from pmo_desktop.reports.pack import ALL, WORSENED, PackOptions, write_capacity, write_pack
from pmo_desktop.reports.style import PAPERS
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.store.writing import replacing


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
    refuse_paper(options.paper)
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


def print_capacity(store: Store, path: Path, ahead: date, paper: str = "a4", progress: Progress | None = None) -> int:
    """Write the capacity pages of the 13 weeks from a day on to a PDF, whole or not at all; the number of its pages.

    Raises Known for an unknown paper, when nothing is confirmed in those weeks, and when the file cannot be written.
    """
    refuse_paper(paper)
    copy = store if store.readonly else store.copy_to_memory()
    try:
        subject = read_subject(copy, ahead=ahead)
        if not subject.outlook.has_bookings:
            weeks = f"the {WEEKS} weeks from {day_text(subject.outlook.mondays[0])} on"
            raise Known(f"There is nothing to print: no booking is confirmed in {weeks}.")
        with replacing(path) as temporary, temporary.open("wb") as out:
            return write_capacity(subject, PAPERS[paper], out, progress)
    finally:
        if copy is not store:
            copy.close()


def print_list(store: Store, path: Path, listing: Listing, paper: str = "a4", progress: Progress | None = None) -> int:
    """Write a table as it is filtered to a PDF, whole or not at all; the number of its pages.

    Raises Known for an unknown paper, for a table without columns, and when the file cannot be written.
    """
    refuse_paper(paper)
    if not listing.fields:
        raise Known(f"{listing.title} has no column to print; show one in the column chooser.")
    settings = read_settings(store)
    imprint = make_imprint(listing.title, settings, data_date(settings), read_stamp(store))
    with replacing(path) as temporary, temporary.open("wb") as out:
        return write_listing(listing, imprint, paper, out, progress)


def refuse_paper(paper: str) -> None:
    """Raises Known for a paper that is not known."""
    if paper not in PAPERS:
        raise Known(f"Paper {paper!r} is not known; choose one of {', '.join(PAPERS)}.")


def _refuse_unknown(options: PackOptions, known: set[str]) -> None:
    if isinstance(options.projects, str):
        if options.projects not in (ALL, WORSENED):
            raise Known(f"Projects {options.projects!r} is not a choice; choose {ALL}, {WORSENED} or name projects.")
        return
    missing = [each for each in options.projects if each not in known]
    if missing:
        raise Known(f"Project {missing[0]} is not in this portfolio; choose the projects again.")
