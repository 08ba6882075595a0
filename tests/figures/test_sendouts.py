"""Who can be asked, and who has not answered: the newest send-out counts, the most overdue comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.figures.reminders import chase_text, remind
from pmo_desktop.figures.sendouts import Outstanding, State, chase_list, list_managers
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_milestone, a_person, a_project, a_row

TODAY = date(2026, 11, 14)
REGISTERS = ("projects", "milestones")


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store("ann")
    yield opened
    opened.close()


def a_sending(store: Store, person: str, due: date | None = None, answered: date | None = None) -> str:
    values = {"sent_on": date(2026, 11, 3), "due": due, "registers": "projects", "rows": 2.0, "version": 1.0}
    return a_row(store, "send_out", person=person, file="a.xlsx", answered_on=answered, **values)


def test_managers_are_those_of_open_projects_with_what_belongs_to_them(store: Store) -> None:
    priya, omar = a_person(store, "Priya Nair", email="p@example.org"), a_person(store, "Omar Diaz")
    alpha = a_project(store, "Alpha", pm=priya)
    a_milestone(store, alpha)
    closed = a_project(store, "Old", pm=omar, lifecycle_status="Closed")
    a_milestone(store, closed)
    a_project(store, "Nobody's")
    assert [(each.name, each.email, each.rows, each.sent_on) for each in list_managers(store, REGISTERS)] == [
        ("Priya Nair", "p@example.org", {"projects": 1, "milestones": 1}, None)
    ]


def test_a_manager_shows_the_last_sending_and_the_last_answer(store: Store) -> None:
    priya = a_person(store)
    a_project(store, "Alpha", pm=priya)
    a_sending(store, priya, answered=date(2026, 11, 5))
    a_sending(store, priya)
    (manager,) = list_managers(store, REGISTERS)
    assert (manager.sent_on, manager.answered_on, manager.waiting) == (date(2026, 11, 3), date(2026, 11, 5), True)


@pytest.mark.parametrize(
    "due, state, standing",
    [
        (date(2026, 11, 10), State.OVERDUE, "4 days overdue"),
        (date(2026, 11, 13), State.OVERDUE, "1 day overdue"),
        (TODAY, State.DUE, "Due today"),
        (date(2026, 11, 15), State.DUE, "1 day left"),
        (date(2026, 11, 30), State.WAITING, "16 days left"),
        (None, State.WAITING, "Waiting for 11 days"),
    ],
)
def test_how_an_answer_stands(store: Store, due: date | None, state: State, standing: str) -> None:
    a_sending(store, a_person(store), due)
    (each,) = chase_list(store, TODAY)
    assert (each.state, each.standing, each.days_waiting) == (state, standing, 11)


def test_what_was_sent_today_waits_for_no_day_yet(store: Store) -> None:
    a_sending(store, a_person(store))
    (each,) = chase_list(store, date(2026, 11, 3))
    assert each.sentence == "Sent 3 November 2026, sent today"


def test_the_most_overdue_comes_first_and_the_answered_not_at_all(store: Store) -> None:
    dues = {"Late": date(2026, 11, 1), "Later": date(2026, 10, 20), "Soon": date(2026, 11, 20), "Whenever": None}
    for name, due in dues.items():
        a_sending(store, a_person(store, name), due)
    a_sending(store, a_person(store, "Done"), date(2026, 10, 1), answered=TODAY)
    assert [each.name for each in chase_list(store, TODAY)] == ["Later", "Late", "Soon", "Whenever"]


def test_of_several_sendings_to_one_person_the_newest_counts(store: Store) -> None:
    priya = a_person(store)
    a_sending(store, priya, date(2026, 10, 1))
    a_sending(store, priya, date(2026, 11, 20), answered=TODAY)
    assert chase_list(store, TODAY) == ()


def an_outstanding(store: Store) -> Outstanding:
    a_sending(store, a_person(store, email="p@example.org"), date(2026, 11, 10))
    return chase_list(store, TODAY)[0]


def test_a_reminder_names_the_file_the_days_and_the_sender(store: Store) -> None:
    letter = remind(an_outstanding(store), "Change", "Ann Lee")
    assert (letter.to, letter.subject) == ("p@example.org", "Update of Change, reminder: overdue")
    for words in ("Dear Priya Nair,", "3 November 2026", "“a.xlsx” with 2 rows", "by 10 November 2026", "Ann Lee"):
        assert words in letter.body


def test_the_list_as_text(store: Store) -> None:
    assert chase_text(()) == "Nobody is waited for."
    assert chase_text([an_outstanding(store)]).splitlines() == [
        "1 answer still to come",
        "Priya Nair <p@example.org>: Sent 3 November 2026, due 10 November 2026, 4 days overdue",
    ]
