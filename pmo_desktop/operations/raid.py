"""What one does with entries of the RAID log: turn one into another kind, gather risks under one of the portfolio."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import all_fields, entities
from pmo_desktop.model.link import EntryLink
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import BIRTH_VALUES, write_rows
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import LinkKind, RiskStatus
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row, read_rows, rows_of

KINDS = ("risk", "issue", "assumption", "dependency", "decision", "action")
_PREFIX = {"risk": "R", "issue": "I", "assumption": "A", "dependency": "D", "decision": "DEC", "action": "ACT"}
# One meaning a line: the field that has it in each register, in the order of KINDS; empty where none has.
_MEANINGS: tuple[tuple[str, ...], ...] = (
    ("title", "title", "assumption", "deliverable", "title", "description"),
    ("event", "description", "basis", "", "context", ""),
    ("effect", "impact", "impact_if_false", "", "impact", ""),
    ("cause", "root_cause", "", "", "", ""),
    ("actions", "resolution_plan", "", "", "actions", ""),
    ("owner", "owner", "owner", "owner_giver", "maker", "owner"),
    ("action_due", "due", "test_by", "need_by", "date_needed", "due"),
    ("cost_likely", "cost_impact", "", "", "cost", ""),
    ("days_likely", "schedule_impact", "", "", "", ""),
    ("category", "", "category", "type", "", ""),
    ("escalated_to", "escalated_to", "", "", "", ""),
    ("show_on_report", "show_on_report", "", "", "", ""),
    ("comment", "comment", "comment", "comment", "comment", "comment"),
    ("project", "project", "project", "project", "project", "project"),
    ("currency", "currency", "", "", "currency", ""),
)
_POINTS_BACK = {("risk", "issue"): "source_risk", ("risk", "assumption"): "linked_risk"}


def convert_entry(
    store: Store, entity: str, row: str, to: str, on: date, *, close: bool = True, why: str | None = None
) -> str:
    """Make an entry of another kind from one, linked both ways, as one step; the answer is the new one's id.

    What both kinds have goes along. `close`: the old one is ended on the day: a risk that became an issue occurred.
    Raises Known when the entry is gone, or is of that kind already.
    """
    if entity == to:
        raise Known(f"It is {_article(BY_ENTITY[to].one)} already. Choose another kind.")
    if entity not in KINDS or to not in KINDS:
        raise Known(f"{_article(BY_ENTITY[entity].one).capitalize()} cannot become {_article(BY_ENTITY[to].one)}.")
    source = read_row(store, entity, row)
    if source is None:
        raise Known("Nothing was converted: the entry has been deleted. Undo the deletion first.")
    called, identity = call_row(store, entity, row), new_id()
    values = carried_over(source, entity, to) | {"ref": next_ref(read_rows(store, to), to, source["project"])}
    if back := _POINTS_BACK.get((entity, to)):
        values[back] = row
    with batch(
        store, f"Make {BY_ENTITY[to].one} {values['ref']} from {BY_ENTITY[entity].one} {called}", why=why
    ) as work:
        names = {each.name for each in all_fields(to)}
        raised = "date_raised" if "date_raised" in names else "raised"
        born = values | {"id": identity, raised: on, "custom": {}}
        work.connection.execute(sql.insert(entities()[to]), born)
        if close:
            _end(work.connection, entity, row, to, on)
        ends = (entity, row, str(source["ref"] or called)), (to, identity, str(values["ref"]))
        add_link(work.connection, LinkKind.BECAME, *ends)
    return identity


def carried_over(source: Mapping[str, Any], entity: str, to: str) -> dict[str, Any]:
    """The cells that an entry of one kind gives to one of another kind."""
    here, there = KINDS.index(entity), KINDS.index(to)
    pairs = ((meaning[here], meaning[there]) for meaning in _MEANINGS)
    return {target: source[name] for name, target in pairs if name and target and source[name] is not None}


def gather_risks(store: Store, portfolio_risk: str, risks: Collection[str]) -> int | None:
    """Put project risks under one of the portfolio, which stands for them; those that are there already stay.

    The answer is the batch, None when all were there. Raises Known for a risk under itself, or under one of its own.
    """
    links = _under_links(store)
    _refuse_circle(links, portfolio_risk, risks)
    there = {link["from_row"] for link in links if link["to_row"] == portfolio_risk}
    head = call_row(store, "risk", portfolio_risk)
    with batch(store, f"Gather {count_text(len(risks), 'risk')} under {head}") as work:
        _put_under(work.connection, (portfolio_risk, head), [each for each in risks if each not in there])
    return work.id if work.changed else None


def gather_under_new(store: Store, title: str, risks: Collection[str]) -> str:
    """Make a risk of the portfolio and put project risks under it, as one step; the answer is the new one's id."""
    if not title.strip():
        raise Known("Nothing was gathered: say what the risk of the portfolio is called.")
    ref, identity = next_ref(read_rows(store, "risk"), "risk", None), new_id()
    row = BIRTH_VALUES["risk"] | {"id": identity, "ref": ref, "title": title.strip(), "custom": {}}
    with batch(store, f"Gather {count_text(len(risks), 'risk')} under {ref} {title.strip()}") as work:
        work.connection.execute(sql.insert(entities()["risk"]), row)
        _put_under(work.connection, (identity, ref), risks)
    return identity


def release_risks(store: Store, portfolio_risk: str, risks: Collection[str]) -> int | None:
    """Take risks out from under one of the portfolio; the answer is the batch, None when none stood there."""
    gone = [
        link["id"] for link in _under_links(store) if link["to_row"] == portfolio_risk and link["from_row"] in risks
    ]
    head = call_row(store, "risk", portfolio_risk)
    with batch(store, f"Take {count_text(len(risks), 'risk')} out from under {head}") as work:
        delete_rows(work.connection, "entry_link", gone)
    return work.id if work.changed else None


def _under_links(store: Store) -> list[Record]:
    return [link for link in read_rows(store, "entry_link") if link["kind"] == LinkKind.UNDER]


def _refuse_circle(links: Iterable[Record], head: str, risks: Collection[str]) -> None:
    """Raise Known when a risk would stand under itself, straight or round about."""
    above: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        above[link["from_row"]].append(link["to_row"])
    seen, queue = set(), [head]
    while queue:
        here = queue.pop()
        if here not in seen:
            seen.add(here)
            queue += above[here]
    if seen & set(risks):
        raise Known("A risk cannot stand under itself. Leave it out of the selection.")


def _put_under(connection: Connection, head: tuple[str, str], risks: Collection[str]) -> None:
    for row in rows_of(connection, "risk", sorted(risks)):
        called = str(row["ref"] or row["title"])
        add_link(connection, LinkKind.UNDER, ("risk", row["id"], called), ("risk", *head))


def add_link(
    connection: Connection, kind: LinkKind, source: tuple[str, str, str], target: tuple[str, str, str]
) -> None:
    """Link two entries inside a batch: the register, id and name of each."""
    ends = dict(zip(("from_register", "from_row", "from_called"), source, strict=True))
    ends |= dict(zip(("to_register", "to_row", "to_called"), target, strict=True))
    connection.execute(sql.insert(EntryLink), {"id": new_id(), "kind": kind} | ends)


def next_ref(rows: Iterable[Record], entity: str, project: str | None) -> str:
    """The next free reference of a kind within a project: I-015 after I-014."""
    pattern = re.compile(rf"{_PREFIX[entity]}-?0*(\d{{1,9}})", re.IGNORECASE)
    taken = [match for row in rows if row["project"] == project and (match := pattern.fullmatch(row["ref"] or ""))]
    return f"{_PREFIX[entity]}-{max((int(match[1]) for match in taken), default=0) + 1:03}"


def _end(connection: Connection, entity: str, row: str, to: str, on: date) -> None:
    """The old entry is over; a risk that became an issue has occurred."""
    ending = BY_ENTITY[entity].ending
    assert ending is not None, "every kind of the log can end"  # noqa: S101
    value = RiskStatus.OCCURRED if (entity, to) == ("risk", "issue") else ending.value
    day = {ending.day: on} if ending.day else {}
    write_rows(connection, entity, {row: {ending.field: value} | day})


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
