"""Registers into Excel: the whole portfolio, some registers, or one table as it is filtered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pmo_desktop.exchange.dictionary import STAMP
from pmo_desktop.exchange.gridsheet import TITLE as GRID_SHEET
from pmo_desktop.exchange.gridsheet import about_grid, write_grid_workbook
from pmo_desktop.exchange.registersheet import Around, SheetContent
from pmo_desktop.exchange.sheets import Column, name_columns, register_columns
from pmo_desktop.exchange.trials import write_trials
from pmo_desktop.exchange.workbook import Content, write_workbook
from pmo_desktop.figures.capacity import Lens, Measure
from pmo_desktop.figures.exposure import ExposureReport
from pmo_desktop.figures.gridrows import read_grid_rows, read_whole_book
from pmo_desktop.figures.history import read_stamp
from pmo_desktop.figures.projects import FIGURE_FIELDS, ProjectFigures, project_figures
from pmo_desktop.figures.risks import SCORE_FIELDS, score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_NAME, REGISTERS
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import begin
from pmo_desktop.store.rows import (
    Record,
    data_date,
    linked_rows,
    read_custom_fields,
    read_names,
    read_rows,
    read_settings,
    read_texts,
    register_fields,
    rows_of,
)
from pmo_desktop.store.writing import replacing

MOST_ROWS = 1_048_575  # of a sheet, below its header
NO_FIGURES: Mapping[str, Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where: rows by the name of the sheet."""

    path: Path
    rows: Mapping[str, int]


def export_registers(store: Store, path: Path, registers: Collection[str] | None = None) -> Exported:
    """Write registers, all of them unless named, into one workbook: a sheet each, dictionary, lists, an account.

    Importing the workbook again finds every row unchanged. Works on a copy, so nobody waits. Raises Known for an
    unknown register, a full disk or a file that is open elsewhere; then nothing is left half-written.
    """
    infos = REGISTERS if registers is None else [_register(name) for name in registers]
    with _copied(store) as copy:
        sheets = [_whole_sheet(copy, info) for info in infos]
        return _write(copy, store, path, sheets, ())


def export_project(store: Store, path: Path, project: str) -> Exported:
    """Write one project and all that belongs to it into a workbook: a sheet for each register that has any.

    Raises as above.
    """
    with _copied(store) as copy:
        with copy.reading() as connection:
            found = belonging(connection, project)
        sheets = []
        for info in REGISTERS:
            entity = info.entity.__tablename__
            ids = [row["id"] for row in found.get(entity, ())]
            if ids:
                columns = register_columns(info, read_custom_fields(copy, entity))
                sheets.append(_sheet(copy, info, columns, read_rows(copy, entity, ids)))
        return _write(copy, store, path, sheets, ())


def belonging(connection: Connection, project: str) -> dict[str, list[Record]]:
    """The rows of every register that belong to a project, itself first, by their table; the measures of its risks too.

    Custom values stay together in `custom`.
    """
    found = {"project": rows_of(connection, "project", [project])}
    for info in REGISTERS:
        entity = info.entity.__tablename__
        if any(field.name == "project" for field in fields(entity)):
            found[entity] = linked_rows(connection, entity, "project", [project])
    found["mitigation"] = linked_rows(connection, "mitigation", "risk", [row["id"] for row in found["risk"]])
    return found


def export_view(
    store: Store,
    path: Path,
    register: str,
    fields: Sequence[Field | str],
    row_ids: Sequence[str],
    note: str,
    figures: Mapping[str, Mapping[str, Any]] = NO_FIGURES,
) -> Exported:
    """Write one table as it is seen: these columns, these rows, in this order.

    A field is given as such or by its name. `note` says in words how the table is filtered and sorted; it stands on
    the sheet `About this export`. `figures` gives the values of computed fields, row id -> field name -> value; those
    of projects (FIGURE_FIELDS) are computed here. Money brings its currency column along. Raises as above.
    """
    info = _register(register)
    with _copied(store) as copy:
        sheet = _seen_sheet(copy, info, fields, row_ids, figures)
        return _write(copy, store, path, [sheet], (("As shown", note),) if note else ())


def export_trials(store: Store, path: Path, report: ExposureReport) -> int:
    """Write a simulation's inputs, percentiles and trials into a workbook; the answer is how many trials there are.

    Raises Known when there are more than a sheet holds, and when the file cannot be written.
    """
    if report.trials > MOST_ROWS:
        message = f"{report.trials:,} trials do not fit on a sheet; simulate {MOST_ROWS:,} at most to export them."
        raise Known(message)
    return write_trials(path, report, read_names(store))


def export_grid(store: Store, path: Path, lens: Lens | None = None) -> Exported:
    """Write the capacity grid as a workbook that looks like it, in the lens's unit and periods, as it is filtered.

    Every period in which anything is booked is there, and half a year from the data date. Raises as above.
    """
    lens = lens or Lens(unit=Measure.DAYS)
    with _copied(store) as copy:
        book = read_whole_book(copy, lens.grain)
        rows = read_grid_rows(book, lens)
        settings = read_settings(copy)
        title = settings["title"] or settings["organisation"] or "Portfolio"
        about = (("File", store.label), *_about(settings), *about_grid(rows, book), _state_of(copy))
        with replacing(path) as temporary:
            written = write_grid_workbook(rows, book, title, about, footer_text(title, settings), temporary)
    return Exported(path, {GRID_SHEET: written})


def write_template(store: Store, path: Path, register: str) -> Exported:
    """Write an empty workbook with a register's headers, lists and dictionary, to be filled in and imported.

    Raises as above.
    """
    info = _register(register)
    with _copied(store) as copy:
        columns = register_columns(info, read_custom_fields(copy, info.entity.__tablename__))
        return _write(copy, store, path, [_sheet(copy, info, columns, [])], ())


@contextmanager
def _copied(store: Store) -> Iterator[Store]:
    begin("Reading the portfolio")
    copy = store.copy_to_memory()
    try:
        yield copy
    finally:
        copy.close()


def _register(name: str) -> RegisterInfo:
    if name not in BY_NAME:
        raise Known(f"There is no register “{name}”. Choose from {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def _whole_sheet(store: Store, info: RegisterInfo) -> SheetContent:
    entity = info.entity.__tablename__
    custom, rows = read_custom_fields(store, entity), read_rows(store, entity)
    if info.name != "risks":
        return _sheet(store, info, register_columns(info, custom), rows)
    columns = register_columns(info, custom, SCORE_FIELDS, "impact_target")
    return _sheet(store, info, columns, score_risks(rows, scheme_of(store)))


def _seen_sheet(
    store: Store,
    info: RegisterInfo,
    fields: Sequence[Field | str],
    row_ids: Sequence[str],
    figures: Mapping[str, Mapping[str, Any]],
) -> SheetContent:
    entity = info.entity.__tablename__
    computed = FIGURE_FIELDS if info.name == "projects" else ()
    known = {field.name: field for field in (*computed, *register_fields(store, entity))}
    shown = [known[field] if isinstance(field, str) else field for field in fields]
    found = {row["id"]: row for row in read_rows(store, entity)}
    own = _figures(store, shown)
    rows = [
        found[identity] | dict(figures.get(identity, {})) | own.get(identity, {})
        for identity in row_ids
        if identity in found
    ]
    return _sheet(store, info, name_columns(info, _with_currency(shown, known)), rows)


def _figures(store: Store, shown: Sequence[Field]) -> dict[str, dict[str, Any]]:
    """The values of the projects' computed fields that are shown, by row id."""
    names = [field.name for field in shown if field in FIGURE_FIELDS]
    if not names:
        return {}
    return {row: {name: _figure(found, name) for name in names} for row, found in project_figures(store).items()}


def _figure(found: ProjectFigures, name: str) -> Any:
    return found.gates_text() if name == "gate_track" else getattr(found, name)


def _with_currency(shown: Sequence[Field], known: Mapping[str, Field]) -> list[Field]:
    """The fields, with the currency before the first amount when it is not among them: an amount needs its money."""
    amounts = [at for at, field in enumerate(shown) if field.kind is Kind.MONEY]
    if not amounts or "currency" not in known or any(field.name == "currency" for field in shown):
        return list(shown)
    return [*shown[: amounts[0]], known["currency"], *shown[amounts[0] :]]


def _sheet(store: Store, info: RegisterInfo, columns: tuple[Column, ...], rows: list[Record]) -> SheetContent:
    if len(rows) > MOST_ROWS:
        raise Known(
            f"Nothing was written: there are {len(rows):,} {info.many} and a sheet holds {MOST_ROWS:,}. "
            "Filter the table and export what it shows."
        )
    kept = read_texts(store, info.entity.__tablename__)
    return SheetContent(info, columns, rows, {key: source["text"] for key, source in kept.items()})


def _write(
    copy: Store, store: Store, path: Path, sheets: Sequence[SheetContent], more: Sequence[tuple[str, str]]
) -> Exported:
    settings = read_settings(copy)
    names = read_names(copy)
    title = settings["title"] or settings["organisation"] or "Portfolio"
    around = Around(names, _called(copy, sheets, names), settings["currency"], footer_text(title, settings))
    about = (("File", store.label), *_about(settings), *more, _state_of(copy))
    with replacing(path) as temporary:
        write_workbook(Content(sheets, around, title, about), temporary)
    return Exported(path, {sheet.info.sheet: len(sheet.rows) for sheet in sheets})


def _called(store: Store, sheets: Sequence[SheetContent], names: Mapping[str, str]) -> dict[str, list[str]]:
    """What the rows of every entity are called that a column of these sheets links to."""
    linked = {column.field.to for sheet in sheets for column in sheet.columns if column.field.to}
    return {entity: [names[row["id"]] for row in read_rows(store, entity)] for entity in sorted(linked)}


def _state_of(store: Store) -> tuple[str, str]:
    stamp = read_stamp(store)
    return (STAMP, str(stamp.batch if stamp else 0))


def _about(settings: Record) -> Iterator[tuple[str, str]]:
    by = "set in the file" if settings["data_date"] else "today"
    yield ("Data date", f"{day_text(data_date(settings))} ({by})")
    for label, name in (("Organisation", "organisation"), ("Classification", "classification")):
        if settings[name]:
            yield (label, settings[name])
    yield ("Money of rows that name none", settings["currency"])
    now = datetime.now(UTC).astimezone()
    yield ("Written", f"{day_text(now.date())}, {now:%H:%M}")


def footer_text(title: str, settings: Record) -> str:
    """What stands at the foot of every printed sheet: whose figures, of which day, how sensitive."""
    marking = f" · {settings['classification']}" if settings["classification"] else ""
    return f"{title} · data date {day_text(data_date(settings))}{marking}"
