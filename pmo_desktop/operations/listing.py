"""A register as plain data, for other tools: every field, raw values, names beside ids."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.figures.risks import SCORE_FIELDS, score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_custom_fields, read_names, read_rows, read_texts

LINKS = (Kind.LINK, Kind.PERSON)


def list_register(store: Store, info: RegisterInfo) -> list[Record]:
    """One JSON-ready object a row.

    Dates are ISO text, money an integer of minor units beside `currency`, percentages 0-100. A link or person gives
    its name under the field and its id under `<field>_id`. `custom` is {label: value}; `texts` is {field: raw text}
    for the cells whose words are kept from an import. A risk has its scores and its band besides.
    """
    entity = info.entity.__tablename__
    figures: tuple[Field, ...] = ()
    declared, custom = fields(entity), read_custom_fields(store, entity)
    names, texts = read_names(store), _texts_by_row(store, entity, {each.name: each.label for each in custom})
    answer = []
    rows = read_rows(store, entity)
    if info.name == "risks":
        rows, figures = score_risks(rows, scheme_of(store)), SCORE_FIELDS
    for row in rows:
        shown: Record = {"id": row["id"]}
        for field in (*declared, *figures):
            shown |= _shown(field, row[field.name], names)
        shown["custom"] = {field.label: _plain(row[field.name]) for field in custom if row[field.name] is not None}
        shown["texts"] = texts.get(row["id"], {})
        answer.append(shown)
    return answer


def _shown(field: Field, value: Any, names: dict[str, str]) -> Record:
    if field.kind in LINKS:
        return {field.name: names.get(value) if value else None, f"{field.name}_id": value}
    return {field.name: _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _texts_by_row(store: Store, entity: str, labels: dict[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (row, name), kept in read_texts(store, entity).items():
        found.setdefault(row, {})[labels.get(name, name)] = kept["text"]
    return found
