"""Sending out for update: a workbook a manager, written together with the record of who was asked for what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pmo_desktop.exchange.asked import ASKED, asked_of
from pmo_desktop.exchange.registersheet import Around, SheetContent
from pmo_desktop.exchange.sendout import Request, write_send_out
from pmo_desktop.exchange.sheets import name_columns
from pmo_desktop.exchange.ticket import Ticket
from pmo_desktop.figures.history import read_stamp
from pmo_desktop.figures.projects import FIGURE_FIELDS, project_figures
from pmo_desktop.figures.sendouts import rows_by_manager
from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Field
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.model.sendout import SendOut
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.exports import footer_text
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin, no_way_back
from pmo_desktop.store.rows import Record, read_custom_fields, read_names, read_rows, read_settings, read_texts
from pmo_desktop.store.writing import replacing

_LONGEST_NAME = 60  # of a person or a portfolio, in the name of a file
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # in the name of a file, on any system


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook that was written: for whom, where, and how many rows by register."""

    send_out: str
    person: str
    name: str
    path: Path
    rows: Mapping[str, int]


def send_out(store: Store, people: Collection[str], folder: Path, due: date | None = None) -> tuple[Sent, ...]:
    """Write one protected workbook a person (ids) into a folder, and remember who was asked: one batch.

    A file that lies there is never written over: somebody may have answered in it. Raises Known when a person manages
    no open project, the folder is missing, or the disk is full; then no file is left and nothing is remembered.
    """
    _refuse_early(store, people, folder, due)
    begin("Reading the portfolio")
    copy = store.copy_to_memory()
    try:
        requests = _requests(copy, people, due)
    finally:
        copy.close()
    paths = _free_paths(folder, requests)
    with ExitStack() as files:
        for request, path in zip(requests, paths, strict=True):
            write_send_out(request, files.enter_context(replacing(path)))
        with batch(store, f"Send out for update to {_called(requests)}", source={"deed": "send out"}) as work:
            rows = [_row(request, path) for request, path in zip(requests, paths, strict=True)]
            work.connection.execute(sql.insert(SendOut.__table__), rows)
            no_way_back("Saving")  # once the files are there, what was asked must be remembered
            files.close()  # every file takes its place, or nothing is remembered either
    return tuple(_sent(request, path) for request, path in zip(requests, paths, strict=True))


def find_people(store: Store, names: Sequence[str]) -> list[str]:
    """The ids of people by name, without case; all managers of open projects when none is named.

    Raises Known when nobody, or more than one, has a name.
    """
    managers = rows_by_manager(store, ASKED)
    people = sorted(read_rows(store, "person"), key=lambda row: row["name"].casefold())
    if not names:
        return [row["id"] for row in people if row["id"] in managers]
    return list(dict.fromkeys(_find_person(people, managers, name) for name in names))


def _find_person(people: Sequence[Record], managers: Collection[str], name: str) -> str:
    wanted = " ".join(name.split()).casefold()
    called: list[str] = [row["id"] for row in people if row["name"].casefold() == wanted]
    managing = [identity for identity in called if identity in managers]
    if len(managing) == 1:
        return managing[0]
    if len(managing) > 1:
        raise Known(f"{len(managing)} managers are called “{name}”. Rename one of them first.")
    raise Known(f"“{name}” manages no open project." if called else f"There is no person “{name}”.")


def _refuse_early(store: Store, people: Collection[str], folder: Path, due: date | None) -> None:
    if store.readonly:
        raise Known(f"{store.label} is open read-only, so nobody can be asked for an update from it.")
    if not people:
        raise Known("Nothing was sent out: nobody manages an open project, or nobody was chosen.")
    if not folder.is_dir():
        raise Known(f"Nothing was sent out: the folder {folder} does not exist. Make it or choose another one.")
    if due is not None and due < date.today():  # noqa: DTZ011  as above
        raise Known("Nothing was sent out: the day to answer by has passed. Choose a later one.")


def _requests(store: Store, people: Collection[str], due: date | None) -> list[Request]:
    """What each person is asked, read from one state of the portfolio."""
    settings, names = read_settings(store), read_names(store)
    stamp = read_stamp(store)
    title = settings["title"] or settings["organisation"] or "Portfolio"
    figures = project_figures(store)
    texts = {name: _texts(store, name) for name in ASKED}
    own = {name: read_custom_fields(store, BY_NAME[name].entity.__tablename__) for name in ASKED}
    managers = rows_by_manager(store, ASKED)
    found = []
    for person in people:
        rows = managers.get(person)
        if not rows:
            raise Known(f"Nothing was sent out: {names.get(person, 'somebody chosen')} manages no open project.")
        sheets = [_sheet(name, each, texts[name], figures, own[name]) for name, each in rows.items()]
        around = Around(names, {}, settings["currency"], footer_text(title, settings))  # no link is asked for
        ticket = Ticket(new_id(), person, stamp.batch if stamp else 0, title)
        back_to = settings["owner"] or store.who
        found.append(Request(ticket, names[person], title, due, back_to, sheets, around))
    return found


def _sheet(
    name: str, rows: Sequence[Record], texts: Mapping[tuple[str, str], str], figures: Any, own: Sequence[Field]
) -> SheetContent:
    info, asked = BY_NAME[name], asked_of(name, own)
    known = {field.name: field for field in (*FIGURE_FIELDS, *fields(info.entity.__tablename__), *own)}
    columns = name_columns(info, [known[each] for each in asked.shown])
    if name == "projects":
        shown = [field.name for field in FIGURE_FIELDS if field.name in asked.shown]
        rows = [row | {each: getattr(figures[row["id"]], each) for each in shown} for row in rows]
    return SheetContent(info, columns, rows, texts, asked.opened)


def _texts(store: Store, name: str) -> dict[tuple[str, str], str]:
    kept = read_texts(store, BY_NAME[name].entity.__tablename__)
    return {key: source["text"] for key, source in kept.items()}


def _free_paths(folder: Path, requests: Sequence[Request]) -> list[Path]:
    """A name for each file that neither lies there nor is another's, compared without case."""
    taken = {path.name.casefold() for path in folder.iterdir()}
    found = []
    for request in requests:
        stem = f"{file_words(request.title)} - {file_words(request.name)}"
        number, name = 1, f"{stem}.xlsx"
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}).xlsx"
        taken.add(name.casefold())
        found.append(folder / name)
    return found


def file_words(text: str) -> str:
    """Words as part of a file's name that every system takes: no signs it forbids, no dots or blanks at the ends."""
    plain = "".join(each if each.isprintable() else " " for each in _FORBIDDEN.sub(" ", text))
    return " ".join(plain.split())[:_LONGEST_NAME].strip(". ") or "unnamed"


def _row(request: Request, path: Path) -> dict[str, Any]:
    return {
        "id": request.ticket.send_out,
        "person": request.ticket.person,
        "sent_on": date.today(),  # noqa: DTZ011  as above
        "due": request.due,
        "registers": ", ".join(sheet.info.name for sheet in request.sheets),
        "rows": sum(len(sheet.rows) for sheet in request.sheets),
        "version": request.ticket.version,
        "file": path.name,
    }


def _sent(request: Request, path: Path) -> Sent:
    rows = {sheet.info.name: len(sheet.rows) for sheet in request.sheets}
    return Sent(request.ticket.send_out, request.ticket.person, request.name, path, rows)


def _called(requests: Sequence[Request]) -> str:
    return requests[0].name if len(requests) == 1 else count_text(len(requests), "person", "people")
