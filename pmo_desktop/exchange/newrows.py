"""What planned rows bring along: a currency and a scale of their own, and being known to the tables that follow."""

from __future__ import annotations

from typing import Any

from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.convert import TableValues
from pmo_desktop.exchange.merge import words_of
from pmo_desktop.exchange.names import first_name, is_swapped
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.present import Present
from pmo_desktop.exchange.rowplans import RowPlanner
from pmo_desktop.exchange.staff import ResourceLinks, full_names, is_role, names_nobody
from pmo_desktop.model.catalog import all_fields, find_field
from pmo_desktop.rules.words import ResourceType
from pmo_desktop.store.pace import through
from pmo_desktop.store.past import Past


def add_currency(planner: RowPlanner, values: TableValues) -> None:
    """The currency of new rows that name none; rows that are kept already change it only by a column of their own."""
    names = {field.name for field in all_fields(planner.info.entity.__tablename__)}
    if "currency" not in names or not values.currency:
        return
    for row in planner.rows:
        if row.kind == "new":
            row.values.setdefault("currency", values.currency)


def add_scale(planner: RowPlanner) -> None:
    """New rows and changed ratings say that they are on the five-point scale where the column uses it."""
    names = {each.field.name for each in planner.values.columns}
    rated = next((each for each in planner.values.columns if each.field.name == "rag_overall"), None)
    if rated is None or "rag_scale" in names:
        return
    if any(parsed and parsed.value in ("AR", "AG") for parsed in rated.cells):
        for row in planner.rows:
            if row.kind == "new":
                row.values.setdefault("rag_scale", "5")


def make_known(planner: RowPlanner, around: Surroundings) -> None:
    """New rows of this table can be named by those that follow."""
    entity = planner.info.entity.__tablename__
    for row in through(planner.rows):
        renamed = planner.info.ref in row.old or planner.info.title in row.old
        if row.id and (row.kind == "new" or renamed):
            ref = row.values.get(planner.info.ref) if planner.info.ref else None
            title = row.values.get(planner.info.title)
            links = around.links.get(entity)
            if isinstance(links, ResourceLinks):
                links.know(row.id, {**planner.matcher.by_id.get(row.id, {}), **row.values})
            elif links:
                links.add(row.id, ref, title)
            elif entity == "person":
                around.people.add(row.id, str(title), [row.values.get("email") or ""])


def remember(planner: RowPlanner, present: Present, past: Past) -> None:
    """What this table writes is there for the next table of its register, which may name the same rows."""
    entity = str(planner.info.entity.__tablename__)
    records = planner.matcher.by_id
    for row in through(planner.rows):
        if row.kind == "new" and row.id:
            present.rows[entity].append(row.values | {"id": row.id})
            present.made[row.id] = f"Row {row.row} of the sheet {planner.table.sheet.name}"
        elif row.kind == "changed" and row.id:
            for name, old in row.old.items():
                past.before.setdefault((row.id, name), old)
            records[row.id].update(row.change())
        for name in row.new_texts | row.dropped_texts:
            key = (row.id or "", name)
            past.words_before.setdefault(key, words_of(present.texts[entity].get(key)))
        for name in row.new_texts:
            present.texts[entity][row.id or "", name] = {
                "text": row.texts[name].text,
                "comment": row.texts[name].comment,
            }
        for name in row.dropped_texts:
            present.texts[entity].pop((row.id or "", name), None)


def call_resources(values: TableValues, around: Surroundings) -> None:
    """Give the rows of a list of resources the names that these have, whatever form the list writes them in.

    Where the list has references, they find its rows, and only `Surname, First` is turned round.
    """
    links = around.links["resource"]
    columns = {each.field.name: each for each in values.columns}
    if not isinstance(links, ResourceLinks) or "name" not in columns:
        return
    cells, by_ref = columns["name"].cells, "ref" in columns
    for place, parsed in enumerate(cells):
        if parsed is not None and isinstance(parsed.value, str):
            known = None if by_ref else links.find(parsed.value)
            name = known or (first_name(parsed.value) if is_swapped(parsed.value) else parsed.value)
            cells[place] = parsed._replace(value=name)


def add_staff(planner: RowPlanner, around: Surroundings) -> None:
    """Who new resources are, in the list of people and in the rows that name them."""
    links = around.links["resource"]
    if not isinstance(links, ResourceLinks):
        return
    if planner.info.entity.__tablename__ == "resource":
        for row in planner.rows:
            if row.kind == "new":
                _add_person(row.values, links)
    elif any(each.field.to == "resource" for each in planner.values.columns):
        _add_traits(planner, links, around)


def _add_person(values: dict[str, Any], links: ResourceLinks) -> None:
    """A resource that is a person, by its type or its name, is linked to that person; one named as a role is a role."""
    name, kind = str(values.get("name") or ""), values.get("type")
    if kind is None and (is_role(name) or names_nobody(name)):
        values["type"] = ResourceType.ROLE.value
    elif kind in (None, ResourceType.PERSON) and values.get("person") is None and full_names([name]):
        found = links.people.parse(name)
        if found.value is not None:
            values["person"] = found.value
            values.setdefault("type", ResourceType.PERSON.value)


def _add_traits(planner: RowPlanner, links: ResourceLinks, around: Surroundings) -> None:
    """Resources that the table's rows create get the role, team and grade that stand beside their name."""
    born = {record.id: record for record in links.new if isinstance(record.values, dict)}
    traits = planner.long.traits if planner.long else {}
    owner = next(each.field.name for each in planner.values.columns if each.field.to == "resource")
    for row in planner.rows:
        record = born.get(row.values.get(owner, ""))
        if record is None or row.kind != "new":
            continue
        given = record.values
        assert isinstance(given, dict)  # noqa: S101  as they were chosen
        if row.values.get("role"):
            given.setdefault("role", row.values["role"])
        for name, place in traits.items():
            cell = planner.table.cell(row.row - 1, place)
            if cell is None or name in given:
                continue
            to = find_field("resource", name).to
            value = around.links[to].parse(cell).value if to else cell_text(cell)
            if value:
                given[name] = value
