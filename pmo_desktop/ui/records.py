"""The records the palette finds: projects, people, resources, RAID entries and the like, each with how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import SignalInstance

from pmo_desktop.model.registers import BY_NAME as REGISTERS
from pmo_desktop.rules.words import rag_label
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.ui.family import family_of
from pmo_desktop.ui.finder import Found
from pmo_desktop.ui.places import Place


class Records:
    """The records as they were last read; read again when a batch has changed anything."""

    def __init__(self, store: Store, changed: SignalInstance) -> None:
        self._store = store
        self._found: list[Found] | None = None
        changed.connect(self._forget)

    def listed(self) -> list[Found]:
        """Every record that has a line of its own in the palette."""
        if self._found is None:
            self._found = list_records(self._store)
        return self._found

    def _forget(self, _changed: object) -> None:
        self._found = None


def list_records(store: Store) -> list[Found]:
    """Every record with a line of its own: projects, people, resources, RAID entries. Keys are `pane:row id`."""
    names = read_names(store)
    projects = read_rows(store, "project")
    leading: dict[str, int] = {}
    for row in projects:
        for person in {row["pm"], row["sro"]} - {None}:
            leading[person] = leading.get(person, 0) + 1
    return (
        [_project(row, names) for row in projects]
        + [_programme(row, projects) for row in read_rows(store, "programme")]
        + [_person(row, leading.get(row["id"], 0)) for row in read_rows(store, "person")]
        + [_resource(row, names) for row in read_rows(store, "resource")]
        + [_role(row) for row in read_rows(store, "role")]
        + [each for place in family_of("risks") for each in _entries(store, place, names)]
    )


def _entries(store: Store, place: Place, names: dict[str, str]) -> Iterator[Found]:
    """The entries of one RAID register, found by reference and name, with what they belong to and how they stand."""
    info = REGISTERS[place.register]
    for row in read_rows(store, info.entity.__tablename__):
        ref, owner = row[info.ref or ""] or "", names.get(row[info.within or ""] or "", "")
        note = ", ".join(each for each in (info.one, owner, row["status"]) if each)
        text = f"{ref} {row[info.title]}".strip()
        words = names.get(row.get("owner") or "", "")
        yield Found("Risks & RAID", f"{place.name}:{row['id']}", text, note, place.icon, "", words, ref)


def _project(row: dict[str, Any], names: dict[str, str]) -> Found:
    ref, name = row["ref"] or "", row["name"] or ""
    facts = [rag_label(row["rag_overall"])]
    if isinstance(row["finish_forecast"], date):
        finish = row["finish_forecast"]
        facts.append(f"finish {finish.day} {finish:%b %Y}")
    words = " ".join(names.get(row[link] or "", "") for link in ("programme", "pm", "sro"))
    text = f"{ref} {name}".strip() or "Unnamed project"
    return Found("Projects", f"projects:{row['id']}", text, ", ".join(facts), "table-properties", "", words, ref)


def _programme(row: dict[str, Any], projects: list[dict[str, Any]]) -> Found:
    count = sum(each["programme"] == row["id"] for each in projects)
    note = f"{count} project{'' if count == 1 else 's'}"
    return Found(
        "Programmes", f"programmes:{row['id']}", row["name"] or "", note, "layers", "", "", row.get("ref") or ""
    )


def _person(row: dict[str, Any], leads: int) -> Found:
    note = f"leads or sponsors {leads} project{'' if leads == 1 else 's'}" if leads else ""
    return Found("People", f"people:{row['id']}", row["name"] or "", note, "user", "", row.get("email") or "")


def _resource(row: dict[str, Any], names: dict[str, str]) -> Found:
    told = [names.get(row["role"] or "", ""), names.get(row["team"] or "", "")]
    told.append(f"leaves {row['end'].day} {row['end']:%b %Y}" if row["end"] else "")
    note, words = ", ".join(each for each in told if each), row["email"] or ""
    return Found("Resources", f"resources:{row['id']}", row["name"], note, "users", "", words, row["ref"] or "")


def _role(row: dict[str, Any]) -> Found:
    return Found("Roles", f"roles:{row['id']}", row["name"], row["category"] or "", "user")
