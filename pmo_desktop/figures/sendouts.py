"""Who can be asked for an update, who was, and who has not answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmo_desktop.figures.material import group_by_project
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import count_text, day_text
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows

_SOON = 3  # days before the due day from which an answer is due soon


class State(StrEnum):
    """How an answer that is waited for stands, the most pressing first."""

    OVERDUE = "overdue"
    DUE = "due soon"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody who manages open projects. `rows` are counts by register; `waiting` is the send-out not answered yet."""

    person: str
    name: str
    email: str
    rows: Mapping[str, int]
    sent_on: date | None
    answered_on: date | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One answer that has not come. `days_late` counts from the due day: above zero is late, None without a due day."""

    send_out: str
    person: str
    name: str
    email: str
    sent_on: date
    due: date | None
    rows: int
    file: str
    days_waiting: int
    days_late: int | None

    @property
    def state(self) -> State:
        """How pressing it is."""
        if self.days_late is None or self.days_late < -_SOON:
            return State.WAITING
        return State.OVERDUE if self.days_late > 0 else State.DUE

    @property
    def sentence(self) -> str:
        """How it stands, in words: `Sent 3 November 2026, due 10 November 2026, 4 days overdue`."""
        due = [f"due {day_text(self.due)}"] if self.due else []
        return ", ".join([f"Sent {day_text(self.sent_on)}", *due, self.standing[0].lower() + self.standing[1:]])

    @property
    def standing(self) -> str:
        """How late it is, for a table: `4 days overdue`, `Due today`, `3 days left`, `Waiting for 2 days`."""
        if self.days_late is None:
            return f"Waiting for {count_text(self.days_waiting, 'day')}" if self.days_waiting else "Sent today"
        if self.days_late > 0:
            return f"{count_text(self.days_late, 'day')} overdue"
        return "Due today" if self.days_late == 0 else f"{count_text(-self.days_late, 'day')} left"


def rows_by_manager(store: Store, registers: Iterable[str]) -> dict[str, dict[str, list[Record]]]:
    """What each manager is asked about, by person and register: the open projects they manage and what belongs to them.

    Registers of which a person has no row are left out, and so are people without any.
    """
    projects = [row for row in read_rows(store, "project") if row["pm"] and _is_open(row)]
    found: defaultdict[str, defaultdict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for name in registers:
        owned = group_by_project(read_rows(store, BY_NAME[name].entity.__tablename__)) if name != "projects" else {}
        for project in projects:
            for row in [project] if name == "projects" else owned.get(project["id"], ()):
                found[project["pm"]][name].append(row)
    return {person: dict(rows) for person, rows in found.items()}


def list_managers(store: Store, registers: Iterable[str]) -> tuple[Manager, ...]:
    """Everybody who manages an open project, by name."""
    people = {row["id"]: row for row in read_rows(store, "person")}
    newest = _newest(read_rows(store, "send_out"))
    answered = _last_answers(store)
    found = []
    for person, rows in rows_by_manager(store, registers).items():
        sent, row = newest.get(person), people[person]
        found.append(
            Manager(
                person,
                row["name"],
                row["email"] or "",
                {name: len(each) for name, each in rows.items()},
                sent["sent_on"] if sent else None,
                answered.get(person),
                waiting=sent is not None and sent["answered_on"] is None,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.person)))


def chase_list(store: Store, today: date | None = None) -> tuple[Outstanding, ...]:
    """Who has not answered, the most overdue first. Of several send-outs to one person only the newest counts.

    Judged by `today`, the reader's own day, and not by the data date: people answer in calendar days, whichever month
    the figures show.
    """
    day = today or date.today()  # noqa: DTZ011  the reader's own day is what is meant
    people = {row["id"]: row for row in read_rows(store, "person")}
    open_ones = [row for row in _newest(read_rows(store, "send_out")).values() if row["answered_on"] is None]
    found = [_outstanding(row, people[row["person"]], day) for row in open_ones]
    return tuple(sorted(found, key=_pressing))


def _outstanding(row: Record, person: Record, day: date) -> Outstanding:
    return Outstanding(
        row["id"],
        row["person"],
        person["name"],
        person["email"] or "",
        row["sent_on"],
        row["due"],
        round(row["rows"]),
        row["file"],
        max(0, (day - row["sent_on"]).days),
        (day - row["due"]).days if row["due"] else None,
    )


def _pressing(each: Outstanding) -> tuple[bool, int, str, str]:
    return (each.days_late is None, -(each.days_late or 0), each.name.casefold(), each.send_out)


def _newest(rows: Iterable[Record]) -> dict[str, Record]:
    """The newest send-out of each person; rows come in the order they were made."""
    return {row["person"]: row for row in rows}


def _last_answers(store: Store) -> dict[str, date]:
    days: defaultdict[str, list[date]] = defaultdict(list)
    for row in read_rows(store, "send_out"):
        if row["answered_on"]:
            days[row["person"]].append(row["answered_on"])
    return {person: max(each) for person, each in days.items()}


def _is_open(row: Record) -> bool:
    return row["lifecycle_status"] not in ENDED
