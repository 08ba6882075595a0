"""Random deeds on a portfolio: what a restless person might do next, each through the operation a window would call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import Answer, ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.custom import CUSTOM_KINDS
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import REGISTERS
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.fields import add_custom_field, delete_custom_field, rename_custom_field
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.projects import rebaseline, report_status
from pmo_desktop.operations.records import Edit, close_records, create_record, duplicate_records, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.operations.values import NewName
from pmo_desktop.operations.views import delete_view, save_view
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_custom_fields, register_fields

Deed = Callable[[Store, Random], object]
REGISTER_ENTITIES = [info.entity.__tablename__ for info in REGISTERS]
FILES: tuple[tuple[str, list[Cell], int], ...] = (
    ("Estates", ["Ref", "Project name", "RAG", "Finish", "EAC"], 1),
    ("Digital", ["Project ID", "Project", "Overall RAG", "Forecast finish", "Budget"], 5),
)
WORDS = (
    "Alpha",
    "Bridge",
    "O'Neill",
    'say "no"',
    "=1+1",
    "çédille",
    "\N{GRINNING FACE}",
    "line\nbreak",
    "x" * 500,
    "%_\\",
    "null",
    "",
)
NAMES = ("Ann Lee", "Bo Ek", "ann lee ", "Digital", "Customer")


def do_something(store: Store, random: Random) -> str:
    """One deed; its name. A deed the operations refuse in a sentence (Known) is one that changed nothing."""
    deed = random.choice(DEEDS)
    name = getattr(deed, "__name__", "a deed")
    try:
        deed(store, random)
    except Known:
        return f"{name} was refused"
    return name


def first_deeds() -> list[Deed]:
    """What gives later deeds something to work on: an own field of each kind, and a few rows."""

    def add(kind: Kind) -> Deed:
        return lambda store, _: add_custom_field(store, "project", f"Own {kind}", kind)

    return [*(add(kind) for kind in CUSTOM_KINDS), *(_create,) * 6]


def _create(store: Store, random: Random) -> None:
    entity = random.choice(REGISTER_ENTITIES)
    fields = register_fields(store, entity)
    chosen = [each for each in fields if each.required or random.random() < 0.3]
    values = {each.name: _value(store, random, each) for each in chosen}
    if entity == "project":
        values["name"] = random.choice(WORDS) or "Nameless"
    create_record(store, entity, values)


def _edit(store: Store, random: Random) -> None:
    entity = random.choice((*REGISTER_ENTITIES, "project", "project"))
    rows, fields = _ids(store, entity), register_fields(store, entity)
    if not rows:
        return
    count = random.randint(1, 6)
    own = [each for each in fields if each.is_custom] or fields
    cells = [(random.choice(rows), random.choice(random.choice((fields, own)))) for _ in range(count)]
    edit_cells(store, entity, [Edit(row, field.name, _value(store, random, field)) for row, field in cells])


def _duplicate(store: Store, random: Random) -> None:
    entity, rows = _some(store, random)
    duplicate_records(store, entity, rows)


def _delete(store: Store, random: Random) -> None:
    entity, rows = _some(store, random)
    delete_records(store, entity, rows)


def _close(store: Store, random: Random) -> None:
    entity, rows = _some(store, random)
    close_records(store, entity, rows, _day(random), why=random.choice(("", "done", None)))


def _report(store: Store, random: Random) -> None:
    report_status(store, _sample(random, _ids(store, "project")), _day(random))


def _rebaseline(store: Store, random: Random) -> None:
    if rows := _ids(store, "project"):
        values = {"finish_baseline": _day(random), "budget_approved": random.randint(0, 10**9)}
        rebaseline(store, random.choice(rows), _day(random), random.choice(("the board agreed", "")), values)


def _add_field(store: Store, random: Random) -> None:
    kind = random.choice(CUSTOM_KINDS)
    entity = random.choice(REGISTER_ENTITIES)
    add_custom_field(store, entity, f"{random.choice(WORDS)} {random.randint(1, 9)}", kind, also=("Else",))


def _rename_field(store: Store, random: Random) -> None:
    entity = random.choice(REGISTER_ENTITIES)
    if fields := read_custom_fields(store, entity):
        rename_custom_field(store, entity, random.choice(fields).name, random.choice(WORDS))


def _delete_field(store: Store, random: Random) -> None:
    entity = random.choice(REGISTER_ENTITIES)
    if fields := read_custom_fields(store, entity):
        delete_custom_field(store, entity, random.choice(fields).name)


def _change_settings(store: Store, random: Random) -> None:
    change_settings(store, {"title": random.choice(WORDS), "data_date": random.choice((None, _day(random)))})


def _save_view(store: Store, random: Random) -> None:
    save_view(store, "projects", random.choice(NAMES), '{"columns": ["' + str(random.randint(1, 9)) + '"]}')


def _import(store: Store, random: Random) -> None:
    """Next month's file of one of two departments: rows come, go and change, whatever was done here meanwhile."""
    name, header, start = random.choice(FILES)
    rows = [header] + [_line(random, start + number) for number in range(random.randint(2, 8))]
    book = Workbook(f"{name} {random.randint(1, 12)}.xlsx", str(random.random()), [Sheet(name, rows)])
    options = ImportOptions(resolve=random.choice(tuple(Answer)), fresh=random.random() < 0.2)
    plan = plan_import(store, book, options)
    apply_plan(store, plan)
    again = plan_import(store, book, options)
    assert not any(table.counts()["new"] for table in again.kept), "a file imported twice makes records twice"


def _line(random: Random, number: int) -> list[Cell]:
    words: list[Cell] = ["Green", "Red", "Amber", "TBC", "Purple", None]
    days: list[Cell] = [date(2027, 1, 31), date(2027, 6, 30), "end Mar 27", "soon", None]
    money: list[Cell] = [1_500_000.0, 2_000_000.0, None]
    return [f"P-{number}", f"Scheme {number}", *(random.choice(each) for each in (words, days, money))]


def _delete_view(store: Store, random: Random) -> None:
    delete_view(store, "projects", random.choice(NAMES))


DEEDS: tuple[Deed, ...] = (
    *(_create,) * 4,
    *(_edit,) * 8,
    *(_duplicate,) * 2,
    *(_delete,) * 2,
    _close,
    _report,
    _rebaseline,
    _add_field,
    _rename_field,
    _delete_field,
    _change_settings,
    _save_view,
    _delete_view,
    *(_import,) * 3,
)


def _some(store: Store, random: Random) -> tuple[str, list[str]]:
    entity = random.choice(REGISTER_ENTITIES)
    rows = _sample(random, _ids(store, entity))
    if not rows:
        raise Known("There is nothing to do that with.")
    return entity, rows


def _sample(random: Random, rows: list[str]) -> list[str]:
    return random.sample(rows, min(len(rows), random.choice((1, 1, 1, 2, 3))))


def _ids(store: Store, entity: str) -> list[str]:
    with store.reading() as connection:
        return [row[0] for row in connection.raw.execute(f'SELECT id FROM "{entity}" ORDER BY id')]


def _day(random: Random) -> date:
    return date(2026, 1, 1) + timedelta(days=random.randint(0, 900))


def _value(store: Store, random: Random, field: Field) -> Any:
    if not field.required and random.random() < 0.2:
        return None
    if field.kind in (Kind.LINK, Kind.PERSON):
        return _target(store, random, field)
    if field.name == "currency":
        return random.choice(("GBP", "JPY"))
    return VALUES[field.kind](random, field)


def _target(store: Store, random: Random, field: Field) -> Any:
    rows = _ids(store, field.to)
    if field.to != "project" and random.random() < 0.3:
        return NewName(random.choice(NAMES))
    if not rows:
        raise Known("There is nothing to link to.")
    return random.choice(rows)


def _text(random: Random, _: Field) -> str:
    return random.choice(WORDS) + random.choice(("", "", str(random.randint(0, 99))))


def _choice(random: Random, field: Field) -> str:
    return random.choice(field.choices or WORDS)


VALUES: dict[Kind, Callable[[Random, Field], Any]] = {
    Kind.TEXT: _text,
    Kind.NOTE: _text,
    Kind.CODE: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: lambda random, _: random.randint(-(10**9), 10**9) / 10_000,
    Kind.PERCENT: lambda random, _: random.randint(0, 1_000_000) / 10_000,
    Kind.MONEY: lambda random, _: random.randint(-(10**12), 10**15),
    Kind.DATE: lambda random, _: _day(random),
    Kind.MONTH: lambda random, _: _day(random).replace(day=1),
    Kind.YESNO: lambda random, _: random.random() < 0.5,
    Kind.POINT: lambda random, _: random.randint(1, 9),
    Kind.RAG: lambda random, _: random.choice(tuple(Rag)).value,
}
