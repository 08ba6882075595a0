"""What planned rows bring along: a currency and a scale of their own, and being known to the tables that follow."""

from __future__ import annotations

from pmo_desktop.exchange.convert import Known as Surroundings
from pmo_desktop.exchange.convert import TableValues
from pmo_desktop.exchange.merge import words_of
from pmo_desktop.exchange.present import Present
from pmo_desktop.exchange.rowplans import RowPlanner
from pmo_desktop.model.catalog import all_fields
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
            if entity in around.links:
                around.links[entity].add(row.id, ref, title)
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
