"""Editing a draft of a methodology: add, change, move, duplicate and delete its parts, each one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from pmo_desktop.figures.methods import read_parts
from pmo_desktop.model.catalog import entities, fields, find_field
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.methods import PARTS_LAST_FIRST, call_version, read_draft
from pmo_desktop.operations.values import accept_value
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.methodcodes import propose_code, propose_gate_code
from pmo_desktop.rules.wording import count_text, join_words, label_inside
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import keep_blob
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row


class PartKind(NamedTuple):
    """A kind of part: what one and several are called, the link to what it stands in and that entity, its title."""

    one: str
    many: str
    link: str
    within: str
    title: str


KINDS: dict[str, PartKind] = {
    "method_phase": PartKind("phase", "phases", "methodology", "methodology", "name"),
    "method_gate": PartKind("gate", "gates", "phase", "method_phase", "name"),
    "method_criterion": PartKind("criterion", "criteria", "gate", "method_gate", "text"),
    "method_deliverable": PartKind("deliverable", "deliverables", "phase", "method_phase", "name"),
    "method_duty": PartKind("duty", "duties", "methodology", "methodology", "role"),
    "method_guidance": PartKind("page of guidance", "pages of guidance", "methodology", "methodology", "title"),
    "method_term": PartKind("term", "terms", "methodology", "methodology", "term"),
    "method_template": PartKind("template", "templates", "methodology", "methodology", "name"),
}
CODED = ("method_phase", "method_gate", "method_criterion", "method_deliverable")  # codes that share one space
# Where the code of a part is named by others: the entity and its field.
_NAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "method_phase": (("method_guidance", "concerns"),),
    "method_gate": (("method_duty", "concerns"), ("method_guidance", "concerns")),
    "method_deliverable": (
        ("method_duty", "concerns"),
        ("method_guidance", "concerns"),
        ("method_criterion", "evidence"),
    ),
    "method_template": (("method_deliverable", "template"),),
}
_NOT_TYPED = ("position", "blob")


def add_part(store: Store, entity: str, parent: str, values: Mapping[str, Any], after: str | None = None) -> str:
    """Add a part to what it stands in, after a sibling or at the end; its id. A code left out is proposed.

    Raises Known when the version is no draft, a value is not accepted, or the code is that of another part;
    ValueError for a template, which comes with its bytes (put_template).
    """
    if entity == "method_template":
        raise ValueError("a template comes with its bytes: put_template")
    kind = KINDS[entity]
    head = _draft_behind(store, kind.within, parent)
    rows = read_parts(store, head["id"])
    cells = {
        name: accept_value(find_field(entity, name), values.get(name)) for name in _typed(entity) if name != "code"
    }
    _refuse_unknown(entity, values)
    if "code" in _typed(entity):
        given = accept_value(find_field(entity, "code"), values["code"]) if values.get("code") else None
        code = cells["code"] = str(given or _proposed(entity, str(cells[kind.title]), rows))
        _refuse_taken(entity, code, rows)
    identity = new_id()
    siblings = [row["id"] for row in rows[entity] if row[kind.link] == parent]
    place = siblings.index(after) + 1 if after in siblings else len(siblings)
    with batch(store, f"Add {kind.one} {_short(cells[kind.title])} to {call_version(head)}") as work:
        _insert(work.connection, entity, [cells | {"id": identity, kind.link: parent, "position": float(place + 1)}])
        _place(work.connection, entity, [*siblings[:place], identity, *siblings[place:]])
    return identity


def change_part(store: Store, entity: str, part: str, values: Mapping[str, Any]) -> int | None:
    """Change cells of a part; whatever names it by its code follows a new code. The batch, None if nothing differed.

    Raises Known when the version is no draft, a value is not accepted, or the code is that of another part.
    """
    row, head = _part_of_draft(store, entity, part)
    _refuse_unknown(entity, values)
    cells = {name: accept_value(find_field(entity, name), value) for name, value in values.items()}
    rows = read_parts(store, head["id"])
    new = cells.get("code", row.get("code"))
    if "code" in cells:
        _refuse_taken(
            entity, str(new), {name: [each for each in of if each["id"] != part] for name, of in rows.items()}
        )
    label = label_inside(find_field(entity, next(iter(cells))).label) if len(cells) == 1 else f"{len(cells)} cells"
    what = f"Change {label} of {KINDS[entity].one} {_short(row[KINDS[entity].title])} in {call_version(head)}"
    with batch(store, what) as work:
        _update(work.connection, entity, [part], cells)
        if new != row.get("code"):
            for other, name in _NAMED.get(entity, ()):
                _update(work.connection, other, _naming(rows[other], name, {row["code"]}), {name: new})
    return work.id if work.changed else None


def move_part(store: Store, entity: str, part: str, by: int) -> int | None:
    """Move a part up (by -1) or down (by 1) among its siblings; the batch, None when it is at that end already.

    Raises Known when the version is no draft.
    """
    row, head = _part_of_draft(store, entity, part)
    kind = KINDS[entity]
    siblings = _siblings(read_parts(store, head["id"]), entity, row)
    place = siblings.index(part)
    siblings.insert(max(place + by, 0), siblings.pop(place))
    way = "up" if by < 0 else "down"
    with batch(store, f"Move {kind.one} {_short(row[kind.title])} {way} in {call_version(head)}") as work:
        if siblings.index(part) != place:
            _place(work.connection, entity, siblings)
    return work.id if work.changed else None


def duplicate_part(store: Store, entity: str, part: str) -> str:
    """Copy a part with all that stands in it, under new codes, right after it; the id of the copy.

    Raises Known when the version is no draft.
    """
    row, head = _part_of_draft(store, entity, part)
    kind, rows = KINDS[entity], read_parts(store, head["id"])
    tree = _tree(rows, entity, row)
    fresh = {each["id"]: new_id() for of in tree.values() for each in of}
    title = f"{row[kind.title]} (copy)"
    copies: dict[str, list[Record]] = {}
    for name, of in tree.items():
        link = KINDS[name].link
        copies[name] = []
        for each in of:
            copy = each | {"id": fresh[each["id"]], link: fresh.get(each[link], each[link])}
            copy |= {kind.title: title} if each["id"] == part else {}
            if "code" in copy:
                copy["code"] = _proposed(name, str(copy[KINDS[name].title]), {**rows, "copies": _all(copies)})
            copies[name].append(copy)
    new_codes = {old.get("code"): copy.get("code") for old, copy in zip(*map(_all, (tree, copies)), strict=True)}
    for line in copies.get("method_criterion", ()):
        line["evidence"] = new_codes.get(line["evidence"], line["evidence"])
    siblings = _siblings(rows, entity, row)
    siblings.insert(siblings.index(part) + 1, fresh[part])
    with batch(store, f"Duplicate {kind.one} {_short(row[kind.title])} in {call_version(head)}") as work:
        for name in reversed(PARTS_LAST_FIRST):
            _insert(work.connection, name, copies.get(name, []))
        _place(work.connection, entity, siblings)
    return fresh[part]


def delete_part(store: Store, entity: str, part: str) -> int:
    """Delete a part with all that stands in it, its duties and its guidance; the step's name says so. The batch.

    What names it as evidence or as template names nothing then. Raises Known when the version is no draft.
    """
    row, head = _part_of_draft(store, entity, part)
    rows = read_parts(store, head["id"])
    going, emptied = _going(rows, entity, row)
    with batch(store, f"{_deletion(entity, row, going)} from {call_version(head)}") as work:
        for (name, cell), ids in emptied.items():
            _update(work.connection, name, ids, {cell: None})
        for name in PARTS_LAST_FIRST:
            delete_rows(work.connection, name, [each["id"] for each in going.get(name, ())])
    return work.id


def deletion_words(store: Store, entity: str, part: str) -> str:
    """What deleting a part takes along, to be asked before: Delete phase Think with 1 gate and 2 criteria.

    Raises Known when the version is no draft.
    """
    row, head = _part_of_draft(store, entity, part)
    return f"{_deletion(entity, row, _going(read_parts(store, head['id']), entity, row)[0])}."


def set_duty(store: Store, methodology: str, concerns: str, role: str, duty: Duty | None) -> int | None:
    """Fill one cell of the RACI table, or empty it; the batch, None when it said so already.

    Raises Known when the version is no draft, when no deliverable or gate has that code, and without a role.
    """
    head, rows = read_draft(store, methodology), read_parts(store, methodology)
    if concerns not in {each["code"] for name in ("method_gate", "method_deliverable") for each in rows[name]}:
        raise Known(f"Nothing was changed: no deliverable or gate of {call_version(head)} has the code {concerns}.")
    named = accept_value(find_field("method_duty", "role"), role)
    there = [each for each in rows["method_duty"] if (each["concerns"], each["role"]) == (concerns, named)]
    if [each["duty"] for each in there] == ([duty] if duty else []):
        return None
    last = max((each["position"] for each in rows["method_duty"]), default=0.0)
    with batch(store, f"{duty.label if duty else 'No duty'} for {concerns}: {named} in {call_version(head)}") as work:
        delete_rows(work.connection, "method_duty", [each["id"] for each in there[1 if duty else 0 :]])
        if duty and there:
            _update(work.connection, "method_duty", [there[0]["id"]], {"duty": duty})
        elif duty:
            cells = {"concerns": concerns, "role": named, "duty": duty, "position": last + 1}
            _insert(work.connection, "method_duty", [cells | {"id": new_id(), "methodology": methodology}])
    return work.id


def put_template(
    store: Store, methodology: str, name: str, file_name: str, content: bytes, code: str | None = None
) -> str:
    """Keep a template document in a draft; its id. A code left out is made of the name.

    Raises Known when the version is no draft, the name or the file is empty, or the code is another template's.
    """
    head, rows = read_draft(store, methodology), read_parts(store, methodology)
    cells = {"name": accept_value(find_field("method_template", "name"), name), "file_name": _bare(file_name)}
    _refuse_empty(content)
    cells["code"] = code or _proposed("method_template", cells["name"], rows)
    _refuse_taken("method_template", cells["code"], rows)
    identity, last = new_id(), max((each["position"] for each in rows["method_template"]), default=0.0)
    with batch(store, f"Add template {_short(cells['name'])} to {call_version(head)}") as work:
        cells |= {"blob": keep_blob(work.connection, content), "position": last + 1}
        _insert(work.connection, "method_template", [cells | {"id": identity, "methodology": methodology}])
    return identity


def replace_template(store: Store, template: str, file_name: str, content: bytes) -> int | None:
    """Give a template document of a draft other bytes; the batch, None when they are the same. Raises Known."""
    row, head = _part_of_draft(store, "method_template", template)
    cells = {"file_name": _bare(file_name)}
    _refuse_empty(content)
    with batch(store, f"Replace template {_short(row['name'])} of {call_version(head)}") as work:
        cells["blob"] = keep_blob(work.connection, content)
        _update(work.connection, "method_template", [template], cells)
    return work.id if work.changed else None


def _draft_behind(store: Store, entity: str, row: str) -> Record:
    """The draft that a methodology, a phase or a gate belongs to. Raises Known when it is none or is gone."""
    while entity != "methodology":
        found = read_row(store, entity, row)
        if found is None:
            raise Known(f"Nothing was changed: the {KINDS[entity].one} has been deleted. Undo the deletion first.")
        entity, row = KINDS[entity].within, found[KINDS[entity].link]
    return read_draft(store, row)


def _part_of_draft(store: Store, entity: str, part: str) -> tuple[Record, Record]:
    head = _draft_behind(store, entity, part)
    row = read_row(store, entity, part)
    assert row is not None, "looked at a line ago"  # noqa: S101
    return row, head


def _typed(entity: str) -> list[str]:
    """The cells of a part that a person types."""
    return [each.name for each in fields(entity) if each.name not in (*_NOT_TYPED, KINDS[entity].link)]


def _refuse_unknown(entity: str, values: Collection[str]) -> None:
    if unknown := set(values) - set(_typed(entity)):
        raise ValueError(f"no cells of a {KINDS[entity].one} that can be typed: {', '.join(sorted(unknown))}")


def _proposed(entity: str, title: str, rows: Mapping[str, Sequence[Record]]) -> str:
    if entity == "method_template":
        return propose_code(title, [each["code"] for each in rows[entity]], "template")
    taken = [each["code"] for name, of in rows.items() if name in (*CODED, "copies") for each in of]
    return propose_gate_code(taken) if entity == "method_gate" else propose_code(title, taken, KINDS[entity].one)


def _refuse_taken(entity: str, code: str, rows: Mapping[str, Sequence[Record]]) -> None:
    """Codes are compared without regard to capitals, as when a version is approved."""
    for name in CODED if entity in CODED else (entity,):
        for row in rows[name]:
            if row["code"].casefold() == code.casefold():
                owner = f"{KINDS[name].one} {_short(row[KINDS[name].title])}"
                raise Known(f"Nothing was changed: the code {code} is that of {owner}. Choose another.")


def _refuse_empty(content: bytes) -> None:
    if not content:
        raise Known("Nothing was kept: the document is empty. Choose another file.")


def _bare(file_name: str) -> str:
    """The name of a file without the folders before it, in whichever way they are written."""
    name = file_name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return str(accept_value(find_field("method_template", "file_name"), name))


def _siblings(rows: Mapping[str, Sequence[Record]], entity: str, row: Record) -> list[str]:
    link = KINDS[entity].link
    return [each["id"] for each in rows[entity] if each[link] == row[link]]


def _tree(rows: Mapping[str, Sequence[Record]], entity: str, row: Record) -> dict[str, list[Record]]:
    """A part and all that stands in it, by entity, the outer ones first."""
    found = {entity: [row]}
    for name in ("method_gate", "method_deliverable", "method_criterion"):
        kind = KINDS[name]
        outer = {each["id"] for each in found.get(kind.within, ())}
        if inner := [each for each in rows[name] if each[kind.link] in outer]:
            found[name] = inner
    return found


def _going(
    rows: Mapping[str, Sequence[Record]], entity: str, row: Record
) -> tuple[dict[str, list[Record]], dict[tuple[str, str], list[str]]]:
    """The rows that go with a part, and the cells of others that would name what is gone."""
    going = _tree(rows, entity, row)
    gone = {each["id"] for each in _all(going)}
    emptied: dict[tuple[str, str], list[str]] = {}
    for name, of in list(going.items()):
        codes = {each["code"] for each in of} if name in _NAMED else set()
        for other, cell in _NAMED.get(name, ()):
            if cell == "concerns":
                going.setdefault(other, []).extend(each for each in rows[other] if each[cell] in codes)
            else:
                ids = [each for each in _naming(rows[other], cell, codes) if each not in gone]
                emptied[other, cell] = ids
    return {name: of for name, of in going.items() if of}, emptied


def _deletion(entity: str, row: Record, going: Mapping[str, Sequence[Record]]) -> str:
    others = [name for name in KINDS if name in going and name != entity]
    along = [count_text(len(going[name]), KINDS[name].one, KINDS[name].many) for name in others]
    said = f" with {join_words(along)}" if along else ""
    return f"Delete {KINDS[entity].one} {_short(row[KINDS[entity].title])}{said}"


def _naming(rows: Sequence[Record], cell: str, codes: Collection[str]) -> list[str]:
    return [each["id"] for each in rows if each[cell] in codes]


def _all(rows: Mapping[str, Sequence[Record]]) -> list[Record]:
    return [each for of in rows.values() for each in of]


def _short(title: Any) -> str:
    """A part's name in the name of a step; a long criterion is cut."""
    text = str(title)
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rstrip()}\N{HORIZONTAL ELLIPSIS}”"


_LONGEST = 60  # characters


def _insert(connection: Connection, entity: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(sql.insert(entities()[entity]), [dict(row) for row in rows])


def _update(connection: Connection, entity: str, ids: Sequence[str], cells: Mapping[str, Any]) -> None:
    table = entities()[entity].__table__
    if ids and cells:
        connection.execute(sql.update(table).where(table.c.id.in_(list(ids))).values(dict(cells)))


def _place(connection: Connection, entity: str, ids: Sequence[str]) -> None:
    """Number siblings in their new order from 1."""
    table = entities()[entity].__table__
    rows = [{"key": identity, "place": float(place)} for place, identity in enumerate(ids, start=1)]
    words = sql.update(table).where(table.c.id == sql.bindparam("key")).values(position=sql.bindparam("place"))
    connection.execute(words, rows)
