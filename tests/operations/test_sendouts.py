"""Sending out: a file a person, one batch, all or nothing, and never over a file that lies there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pmo_desktop.exchange.sendout import Request, write_send_out
from pmo_desktop.operations import sendouts
from pmo_desktop.operations.deletion import delete_records, deletion_sentence
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.sendouts import file_words, find_people, send_out
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_milestone, a_person, a_project, state_hash

TODAY = date.today()  # noqa: DTZ011  as the program sees it


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store("ann")
    yield opened
    opened.close()


def two_managers(store: Store, *names: str) -> list[str]:
    """People with a project each."""
    people = [a_person(store, name) for name in names or ("Omar Diaz", "Priya Nair")]
    for person in people:
        project = a_project(store, f"Of {person}", pm=person)
        a_milestone(store, project)
    return people


def test_everybody_gets_a_workbook_and_it_is_one_step(store: Store, tmp_path: Path) -> None:
    people = two_managers(store)
    before = len(latest_batches(store))
    due = TODAY + timedelta(days=7)
    sent = send_out(store, people, tmp_path, due)
    assert [each.path.name for each in sent] == ["Portfolio - Omar Diaz.xlsx", "Portfolio - Priya Nair.xlsx"]
    assert [dict(each.rows) for each in sent] == [{"projects": 1, "milestones": 1}] * 2
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == [each.path.name for each in sent]
    deeds = latest_batches(store)
    assert (len(deeds) - before, deeds[0].what) == (1, "Send out for update to 2 people")
    rows = read_rows(store, "send_out")
    assert [(row["person"], row["due"], row["sent_on"], row["rows"]) for row in rows] == [
        (person, due, TODAY, 2) for person in people
    ]
    assert {row["version"] for row in rows} == {deeds[1].batch}
    undo(store)
    assert read_rows(store, "send_out") == []


def test_a_file_that_lies_there_is_never_written_over(store: Store, tmp_path: Path) -> None:
    people = two_managers(store, "Omar Diaz", "omar diaz")
    (tmp_path / "portfolio - OMAR DIAZ.xlsx").write_text("an answer")
    names = [each.path.name for each in send_out(store, people, tmp_path)]
    assert names == ["Portfolio - Omar Diaz (2).xlsx", "Portfolio - omar diaz (3).xlsx"]
    assert (tmp_path / "portfolio - OMAR DIAZ.xlsx").read_text() == "an answer"


@pytest.mark.parametrize(
    "text, words",
    [
        ("Priya Nair", "Priya Nair"),
        ("../../etc/passwd", "etc passwd"),
        ('a<b>:"c"|d?e*f\\g', "a b c d e f g"),
        ("  . ", "unnamed"),
        ("tab\there\nthere", "tab here there"),
        ("Zoë Ødegård", "Zoë Ødegård"),
        ("x" * 300, "x" * 60),
        ("\u202eevil", "evil"),
    ],
)
def test_words_become_part_of_a_file_name(text: str, words: str) -> None:
    assert file_words(text) == words


def test_the_file_of_a_hostile_name_stays_in_its_folder(store: Store, tmp_path: Path) -> None:
    (person,) = two_managers(store, "../../Mallory")
    folder = tmp_path / "out"
    folder.mkdir()
    (sent,) = send_out(store, [person], folder)
    assert sent.path.parent == folder
    assert [path.name for path in folder.iterdir()] == [sent.path.name]


@pytest.mark.parametrize(
    "message, change",
    [
        ("nobody", lambda given: given | {"people": []}),
        ("does not exist", lambda given: given | {"folder": given["folder"] / "missing"}),
        ("has passed", lambda given: given | {"due": TODAY - timedelta(days=1)}),
        ("manages no open project", lambda given: given | {"people": ["gone"]}),
    ],
)
def test_what_cannot_be_sent_is_said_and_leaves_nothing(
    store: Store, tmp_path: Path, message: str, change: object
) -> None:
    given = {"people": two_managers(store), "folder": tmp_path, "due": None}
    before = state_hash(store)
    assert callable(change)
    with pytest.raises(Known, match=message):
        send_out(store, **change(given))
    assert state_hash(store) == before
    assert list(tmp_path.glob("*.xlsx")) == []


def test_when_the_second_workbook_fails_the_first_is_not_left_either(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = two_managers(store)

    def fail(request: Request, path: Path) -> None:
        if request.name == "Priya Nair":
            raise OSError(28, "No space left on device")
        write_send_out(request, path)

    monkeypatch.setattr(sendouts, "write_send_out", fail)
    before = state_hash(store)
    with pytest.raises(Known, match="the disk is full"):
        send_out(store, people, tmp_path)
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "home"])
    assert state_hash(store) == before


def test_a_read_only_portfolio_sends_nothing(store: Store, tmp_path: Path) -> None:
    people = two_managers(store)
    copy = store.copy_to_memory()
    with pytest.raises(Known, match="read-only"):
        send_out(copy, people, tmp_path)
    copy.close()


def test_a_person_who_was_asked_can_be_deleted_and_it_says_what_goes_along(store: Store, tmp_path: Path) -> None:
    people = two_managers(store)
    send_out(store, people, tmp_path)
    assert "1 send out" in deletion_sentence(store, "person", people[:1])
    delete_records(store, "person", people[:1])
    assert [row["person"] for row in read_rows(store, "send_out")] == people[1:]


def test_people_are_found_by_name_without_case(store: Store) -> None:
    omar, priya = two_managers(store)
    a_person(store, "Omar Diaz")  # of the same name, and manages nothing
    a_person(store, "Idle")
    assert find_people(store, []) == [omar, priya]
    assert find_people(store, ["priya  NAIR", "omar diaz", "Priya Nair"]) == [priya, omar]
    for name, message in (("Idle", "manages no open project"), ("Nobody", "There is no person")):
        with pytest.raises(Known, match=message):
            find_people(store, [name])


def test_two_managers_of_one_name_are_not_told_apart_by_it(store: Store) -> None:
    two_managers(store, "Sam Li", "Sam Li")
    with pytest.raises(Known, match="2 managers are called"):
        find_people(store, ["Sam Li"])
