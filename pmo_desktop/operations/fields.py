"""The organisation's own fields: added in one click, shown, edited, searched, exported and printed like any other."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_desktop.model.catalog import entities, fields
from pmo_desktop.model.custom import CUSTOM_KINDS, CustomField
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.naming import say_count
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import custom_fields_of


def add_custom_field(
    store: Store,
    entity: str,
    label: str,
    kind: Kind,
    *,
    unit: str = "",
    choices: Sequence[str] = (),
    also: Sequence[str] = (),
) -> Field:
    """Declare a field for a register. Raises Known when the label is empty, taken, or the kind is not offered."""
    with batch(store, f"Add field {label.strip()}") as work:
        return insert_custom_field(work.connection, entity, label, kind, unit=unit, choices=choices, also=also)


def insert_custom_field(
    connection: Connection,
    entity: str,
    label: str,
    kind: Kind,
    *,
    unit: str = "",
    choices: Sequence[str] = (),
    also: Sequence[str] = (),
) -> Field:
    """`add_custom_field` inside a batch at hand, as an import does."""
    label = label.strip()
    there = custom_fields_of(connection, entity)
    _check_definition(entity, label, kind, there)
    table = CustomField.__table__
    last = connection.execute(sql.select(sql.func.max(table.c.position)).where(table.c.register == entity)).scalar()
    row: dict[str, object] = {"id": new_id(), "register": entity, "label": label, "kind": kind, "unit": unit or None}
    row |= {"choices": "\n".join(choices) or None, "also": "\n".join(also) or None, "position": (last or 0.0) + 1}
    connection.execute(sql.insert(table), row)
    return next(each for each in custom_fields_of(connection, entity) if each.name == CUSTOM_PREFIX + str(row["id"]))


def rename_custom_field(store: Store, entity: str, name: str, label: str) -> None:
    """Give a field another label; its old one is remembered as a header."""
    table = CustomField.__table__
    with batch(store, f"Rename field to {label.strip()}") as work:
        connection = work.connection
        there = custom_fields_of(connection, entity)
        field = _find(there, name)
        _check_definition(entity, label.strip(), field.kind, tuple(each for each in there if each != field))
        also = "\n".join(dict.fromkeys((*field.also, field.label)))
        key = name.removeprefix(CUSTOM_PREFIX)
        connection.execute(sql.update(table).where(table.c.id == key).values(label=label.strip(), also=also))


def delete_custom_field(store: Store, entity: str, name: str) -> None:
    """Delete a field and its values, as one step that can be undone."""
    table, key = entities()[entity].__table__, name.removeprefix(CUSTOM_PREFIX)
    with batch(store, f"Delete field {_label(store, entity, name)}") as work:
        connection = work.connection
        _find(custom_fields_of(connection, entity), name)
        holding = [
            (row, values) for row, values in connection.execute(sql.select(table.c.id, table.c.custom)) if key in values
        ]
        emptied = [
            {"key": row, "to": {each: values[each] for each in values if each != key}} for row, values in holding
        ]
        if emptied:
            target = {"custom": sql.bindparam("to", type_=table.c.custom.type)}
            connection.execute(sql.update(table).where(table.c.id == sql.bindparam("key")).values(target), emptied)
        connection.execute(sql.delete(CustomField).where(CustomField.id == key))


def field_deletion_sentence(store: Store, entity: str, name: str) -> str:
    """What goes with a field."""
    table, key = entities()[entity].__table__, name.removeprefix(CUSTOM_PREFIX)
    with store.reading() as connection:
        held = sum(key in values for (values,) in connection.execute(sql.select(table.c.custom)).fetchall())
    return f"Delete the field {_label(store, entity, name)} with its values in {say_count(held, entity)}."


def _check_definition(entity: str, label: str, kind: Kind, there: Sequence[Field]) -> None:
    if not label:
        message = "No field was added: it needs a label. Type what its column is called."
        raise Known(message)
    if label.casefold() in {each.label.casefold() for each in (*there, *fields(entity))}:
        message = f"No field was added: there is a field called {label} already. Choose another label."
        raise Known(message)
    if kind not in CUSTOM_KINDS:
        message = f"No field was added: an own field cannot be a {kind}. Choose one of {', '.join(CUSTOM_KINDS)}."
        raise Known(message)


def _find(there: Sequence[Field], name: str) -> Field:
    for each in there:
        if each.name == name:
            return each
    message = "Nothing was changed: that field has been deleted. Undo the deletion first."
    raise Known(message)


def _label(store: Store, entity: str, name: str) -> str:
    with store.reading() as connection:
        return _find(custom_fields_of(connection, entity), name).label
