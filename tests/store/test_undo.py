"""Undo puts back exactly what a batch did, at any later time, and refuses only where somebody wrote since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.person import Person
from pmo_desktop.model.project import Project
from pmo_desktop.model.types import new_id
from pmo_desktop.store import undo as undo_module
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.store.undo import newest_to_redo, newest_to_undo, undo_batch
from tests.builders import (
    a_milestone,
    a_person,
    a_programme,
    a_project,
    a_row,
    change_row,
    remove_row,
    state_hash,
)


def undo(store: Store) -> int | None:
    """Ctrl+Z: the batch that was undone."""
    with store.reading() as connection:
        number = newest_to_undo(connection)
    if number:
        undo_batch(store, number, rest=True)
    return number


def redo(store: Store) -> int | None:
    """Ctrl+Y: the undo that was taken back."""
    with store.reading() as connection:
        number = newest_to_redo(connection)
    if number:
        undo_batch(store, number, rest=True)
    return number


def newest(store: Store) -> int:
    """The number of the newest batch."""
    with store.reading() as connection:
        return int(connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0])


def delete_tree(store: Store, project: str) -> int:
    """A project goes with its milestones, in one batch."""
    with batch(store, "Delete project") as work:
        work.connection.execute(delete(Milestone).where(Milestone.project == project))
        work.connection.execute(delete(Project).where(Project.id == project))
    return work.id


def swap_names(store: Store, one: str, two: str) -> int:
    """Several writes of the same cell within a batch."""
    with batch(store, "Swap") as work:
        for name in ("x", "y", "Beta"):
            work.connection.execute(update(Project).where(Project.id == one).values(name=name))
        work.connection.execute(update(Project).where(Project.id == two).values(name="Alpha", custom={"k": 7}))
    return work.id


def come_and_go(store: Store, one: str, two: str) -> int:
    """A row born and deleted within a batch, one deleted and born again, one born and changed."""
    with batch(store, "Delete milestones") as work:
        work.connection.execute(delete(Milestone))
    with batch(store, "Come and go") as work:
        run = work.connection.execute
        run(insert(Person), {"id": "p1", "name": "Ghost", "verified": False})
        run(delete(Person).where(Person.id == "p1"))
        row = dict(run(select(Project.__table__).where(Project.id == two)).mappings().one())
        run(delete(Project).where(Project.id == two))
        run(insert(Project.__table__), row | {"name": "Born again", "ref": None, "custom": {"k": 9, "n": 1}})
        run(insert(Person), {"id": "p2", "name": "New", "verified": False, "custom": {"a": 1}})
        run(update(Person).where(Person.id == "p2").values(name="Newer", email="e", custom={"b": 2}))
        run(update(Person).where(Person.id == "p2").values(email=None))
        run(update(Project).where(Project.id == one).values(name="Changed, then gone"))
        run(delete(Project).where(Project.id == one))
    return work.id


DEEDS: dict[str, Callable[[Store, str, str], object]] = {
    "a birth": lambda store, one, two: a_project(store, "Gamma", custom={"k": "v"}),
    "a death": lambda store, one, two: remove_row(store, "project", two),
    "an edit": lambda store, one, two: change_row(store, "project", one, name="Z", eac=5, custom={"other": 1}),
    "a death with children": lambda store, one, two: delete_tree(store, one),
    "many writes of one cell": swap_names,
    "rows that come and go": come_and_go,
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_undo_and_redo_give_equal_states(store: Store, deed: Callable[[Store, str, str], object]) -> None:
    one = a_project(store, "Alpha", ref="A-1", custom={"k": "old", "n": 4})
    two = a_project(store, "Beta", ref="B-1", programme=a_programme(store))
    a_milestone(store, one)
    before_all = state_hash(store)
    first = newest(store)
    deed(store, one, two)
    after = state_hash(store)
    assert after != before_all
    states = []
    while newest_number(store) != first:
        assert undo(store)
        states.append(state_hash(store))
    assert states[-1] == before_all
    for _ in states:
        assert redo(store)
    assert state_hash(store) == after
    assert redo(store) is None


def newest_number(store: Store) -> int | None:
    """The deed Ctrl+Z would take."""
    with store.reading() as connection:
        return newest_to_undo(connection)


def test_undo_goes_back_step_by_step_and_stops_at_the_beginning(store: Store) -> None:
    states = [state_hash(store)]
    project = a_project(store)
    states.append(state_hash(store))
    for n in range(5):
        change_row(store, "project", project, eac=n)
        states.append(state_hash(store))
    for expected in reversed(states[:-1]):
        undo(store)
        assert state_hash(store) == expected
    assert undo(store) is None


def test_a_new_deed_ends_redo(store: Store) -> None:
    project = a_project(store)
    change_row(store, "project", project, eac=1)
    undo(store)
    change_row(store, "project", project, eac=2)
    assert redo(store) is None
    undo(store)
    assert redo(store)
    assert read_rows(store, "project")[0]["eac"] == 2


def test_undo_and_redo_work_across_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "p.pmo"
    store = create_store(path)
    project = a_project(store)
    before = state_hash(store)
    change_row(store, "project", project, name="Other", custom={"k": 1})
    after = state_hash(store)
    store.close()
    for step, expected in ((undo, before), (redo, after)):
        store = open_store(path)
        step(store)
        assert state_hash(store) == expected
        store.close()


def test_an_old_batch_is_undone_without_those_after_it(store: Store) -> None:
    project = a_project(store)
    number = change_row(store, "project", project, eac=1)
    change_row(store, "project", project, name="Later")
    undo_batch(store, number)
    row = read_row(store, "project", project)
    assert row is not None
    assert (row["eac"], row["name"]) == (None, "Later")


def test_a_cell_written_since_is_refused_and_names_the_batch(store: Store) -> None:
    project = a_project(store, eac=0)
    number = change_row(store, "project", project, eac=1, name="Beta")
    later = change_row(store, "project", project, eac=2)
    answer = undo_batch(store, number)
    assert answer.batch is None
    assert [(each.field, each.batch) for each in answer.refused] == [("eac", later)]
    assert read_rows(store, "project")[0]["name"] == "Beta"


def test_the_rest_can_be_undone_all_the_same(store: Store) -> None:
    project = a_project(store, eac=0)
    number = change_row(store, "project", project, eac=1, name="Beta")
    change_row(store, "project", project, eac=2)
    answer = undo_batch(store, number, rest=True)
    row = read_rows(store, "project")[0]
    assert (row["eac"], row["name"]) == (2, "Alpha")
    assert answer.batch == newest(store)
    assert answer.what == "Undo: Change eac, name"


def test_a_cell_that_came_back_to_the_same_value_may_be_undone(store: Store) -> None:
    project = a_project(store, eac=0)
    number = change_row(store, "project", project, eac=1)
    change_row(store, "project", project, eac=2)
    change_row(store, "project", project, eac=1)
    undo_batch(store, number)
    assert read_rows(store, "project")[0]["eac"] == 0


def test_of_custom_values_only_the_one_written_since_is_kept(store: Store) -> None:
    project = a_project(store, custom={"a": 1, "b": 1})
    number = change_row(store, "project", project, custom={"a": 2, "b": 2})
    change_row(store, "project", project, custom={"a": 3, "b": 2, "c": 5})
    answer = undo_batch(store, number, rest=True)
    assert [each.field for each in answer.refused] == ["custom.a"]
    with store.reading() as connection:
        kept = connection.execute(select(Project.custom)).scalar_one()
    assert kept == {"a": 3, "b": 1, "c": 5}


def test_a_row_that_was_changed_since_its_birth_is_kept(store: Store) -> None:
    kept, gone = new_id(), new_id()
    with batch(store, "two") as work:
        work.connection.execute(
            insert(Person), [{"id": each, "name": each, "verified": False} for each in (kept, gone)]
        )
    later = change_row(store, "person", kept, email="x")
    answer = undo_batch(store, work.id, rest=True)
    assert [(each.row, each.field, each.batch) for each in answer.refused] == [(kept, "", later)]
    assert [row["id"] for row in read_rows(store, "person")] == [kept]


def test_a_birth_that_something_refers_to_is_kept_and_so_is_what_it_needs(store: Store) -> None:
    portfolio, programme = new_id(), new_id()
    with batch(store, "line") as work:
        run = work.connection.execute
        run(insert(entities()["portfolio"]), {"id": portfolio, "name": "Change"})
        run(insert(entities()["programme"]), {"id": programme, "name": "Customer", "portfolio": portfolio})
        run(insert(Person), {"id": new_id(), "name": "Alone", "verified": False})
    a_project(store, programme=programme)
    answer = undo_batch(store, work.id, rest=True)
    assert {each.row for each in answer.refused} == {portfolio, programme}
    assert not read_rows(store, "person")
    assert read_row(store, "portfolio", portfolio)


def test_births_that_refer_to_each_other_go_together(store: Store) -> None:
    before = state_hash(store)
    portfolio, programme = new_id(), new_id()
    with batch(store, "line") as work:
        work.connection.execute(insert(entities()["portfolio"]), {"id": portfolio, "name": "Change"})
        row = {"id": programme, "name": "Customer", "portfolio": portfolio}
        work.connection.execute(insert(entities()["programme"]), row)
    assert not undo_batch(store, work.id).refused
    assert state_hash(store) == before


def test_a_link_set_in_the_same_batch_does_not_hold_what_the_batch_made(store: Store) -> None:
    project = a_project(store)
    before = state_hash(store)
    person = new_id()
    with batch(store, "appoint") as work:
        work.connection.execute(insert(Person), {"id": person, "name": "Ann", "verified": False})
        work.connection.execute(update(Project).where(Project.id == project).values(pm=person))
    assert not undo_batch(store, work.id).refused
    assert state_hash(store) == before


def test_when_only_rows_that_are_referred_to_are_left_the_sentence_says_so(store: Store) -> None:
    programme = a_programme(store)
    number = newest(store)
    a_project(store, programme=programme)
    with pytest.raises(Known, match=r"still point to what it made"):
        undo_batch(store, number)


def test_a_deleted_row_that_came_back_is_left_alone(store: Store) -> None:
    person = a_person(store)
    number = remove_row(store, "person", person)
    a_row(store, "person", id=person, name="Someone else", verified=False)
    with pytest.raises(Known, match="“New person” changed it since; undo that first"):
        undo_batch(store, number)


def test_a_cell_of_a_row_that_is_gone_is_refused(store: Store) -> None:
    person = a_person(store)
    number = change_row(store, "person", person, email="x")
    remove_row(store, "person", person)
    with pytest.raises(Known, match="“Delete person” changed it since"):
        undo_batch(store, number)


def test_a_link_to_a_row_that_is_gone_is_not_put_back(store: Store) -> None:
    person = a_person(store)
    project = a_project(store, pm=person)
    number = change_row(store, "project", project, pm=None, eac=5)
    gone = remove_row(store, "person", person)
    answer = undo_batch(store, number, rest=True)
    assert [(each.field, each.batch) for each in answer.refused] == [("pm", gone)]
    row = read_row(store, "project", project)
    assert row is not None
    assert (row["pm"], row["eac"]) == (None, None)


def test_a_row_whose_owner_is_gone_does_not_come_back(store: Store) -> None:
    project = a_project(store)
    milestone = a_milestone(store, project)
    number = remove_row(store, "milestone", milestone)
    remove_row(store, "project", project)
    with pytest.raises(Known, match="“Delete project” changed it since"):
        undo_batch(store, number)


def test_a_row_comes_back_with_the_rows_it_needs(store: Store) -> None:
    portfolio = a_row(store, "portfolio", name="Change")
    programme = a_programme(store, portfolio=portfolio)
    project = a_project(store, programme=programme)
    before = state_hash(store)
    with batch(store, "all of it") as work:
        for entity, row in (("project", project), ("programme", programme), ("portfolio", portfolio)):
            table = entities()[entity].__table__
            work.connection.execute(table.delete().where(table.c.id == row))
    undo_batch(store, work.id)
    assert state_hash(store) == before


def test_rows_that_need_one_that_may_not_come_back_stay_away_too(store: Store) -> None:
    portfolio = a_row(store, "portfolio", name="Change")
    programme = a_programme(store, portfolio=portfolio)
    project = a_project(store, programme=programme)
    person = a_person(store)
    with batch(store, "most of it") as work:
        for entity, row in (("project", project), ("programme", programme), ("person", person)):
            table = entities()[entity].__table__
            work.connection.execute(table.delete().where(table.c.id == row))
    remove_row(store, "portfolio", portfolio)
    answer = undo_batch(store, work.id, rest=True)
    assert {each.row for each in answer.refused} == {project, programme}
    assert read_row(store, "person", person)


def test_undoing_twice_says_so(store: Store) -> None:
    project = a_project(store)
    number = change_row(store, "project", project, eac=1)
    undo_batch(store, number)
    with pytest.raises(Known, match="undo that first"):
        undo_batch(store, number)


def test_a_batch_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(Known, match="There is no batch 999"):
        undo_batch(store, 999)


def test_the_beginning_of_a_portfolio_is_not_undone(store: Store) -> None:
    before = state_hash(store)
    with pytest.raises(Known, match="beginning"):
        undo_batch(store, 1)
    assert state_hash(store) == before


def test_an_undo_is_called_after_the_deed_and_a_redo_too(store: Store) -> None:
    project = a_project(store)
    change_row(store, "project", project, eac=1)
    undo(store)
    undone = newest(store)
    redo(store)
    with store.reading() as connection:
        words = connection.raw.execute(f"SELECT what, undoes FROM batch WHERE id >= {undone}").fetchall()
    assert [tuple(each) for each in words] == [("Undo: Change eac", undone - 1), ("Change eac", undone)]


def test_a_long_undo_lets_others_read_meanwhile(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    copy = store.copy_to_memory

    def count_and_copy() -> Store:
        asked.append(1)
        return copy()

    monkeypatch.setattr(store, "copy_to_memory", count_and_copy)
    with batch(store, "many") as work:
        work.connection.execute(insert(Person), [{"name": f"P{n}", "verified": False} for n in range(2_001)])
    undo_batch(store, work.id)
    assert asked == [1]
    assert not read_rows(store, "person")


def test_a_birth_that_two_kinds_of_row_point_to_is_kept_once(store: Store) -> None:
    person = a_person(store)
    number = newest(store)
    a_project(store, pm=person, sro=person)
    a_programme(store, sro=person)
    with pytest.raises(Known, match="still point to what it made"):
        undo_batch(store, number)


def test_a_named_point_leaves_nothing_to_undo(store: Store) -> None:
    with batch(store, "Before the board", keep_empty=True) as work:
        pass
    with pytest.raises(Known, match="left nothing behind"):
        undo_batch(store, work.id)


def test_a_row_of_which_two_owners_are_gone_is_refused_once(store: Store) -> None:
    one, two = a_person(store, "One"), a_person(store, "Two")
    project = a_project(store, pm=one, sro=two)
    number = remove_row(store, "project", project)
    remove_row(store, "person", one)
    remove_row(store, "person", two)
    with pytest.raises(Known, match="“Delete person” changed it since"):
        undo_batch(store, number)


def test_when_only_a_link_to_a_row_that_is_gone_is_left_nothing_is_undone(store: Store) -> None:
    person = a_person(store)
    project = a_project(store, pm=person)
    number = change_row(store, "project", project, pm=None)
    remove_row(store, "person", person)
    with pytest.raises(Known, match="“Delete person” changed it since"):
        undo_batch(store, number)


def test_many_own_values_go_back_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_module, "MANY", 2)
    for n in range(5):
        a_project(store, f"P{n}", custom={"k": n, "other": "x"})
    before = state_hash(store)
    with batch(store, "all") as work:
        work.connection.execute(update(Project).values(custom={"k": 9, "other": "x"}))
    undo_batch(store, work.id)
    assert state_hash(store) == before
