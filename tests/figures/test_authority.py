"""Which authority is in force for a project, and what it says of something that may happen."""

from __future__ import annotations

from datetime import date

from pmo_desktop.figures.authority import find_doer, find_heads, judge, read_mode
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.rules.compliance import Event, Function, Mode, Reaction
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_person, a_portfolio, a_programme, a_project

DAY = date(2026, 11, 13)


def test_a_project_stands_under_the_authority_of_its_portfolio_or_its_programmes(store: Store) -> None:
    change = a_portfolio(store, custom={})
    direct = a_project(store, "Direct", portfolio=change, custom={})
    through = a_project(store, "Through", programme=a_programme(store, portfolio=change, custom={}), custom={})
    alone = a_project(store, "Alone", custom={})
    assert read_mode(store, direct, Function.GATES, DAY) is Mode.SUPPORTIVE
    set_authority(store, Mode.CONTROLLING, DAY)
    set_authority(store, Mode.DIRECTIVE, DAY, change)
    modes = [read_mode(store, each, Function.GATES, DAY) for each in (direct, through, alone, "gone", None)]
    assert modes == [Mode.DIRECTIVE, Mode.DIRECTIVE, *[Mode.CONTROLLING] * 3]
    ruling = judge(store, Event.START, direct, "Start of Direct", DAY)
    assert (ruling.mode, ruling.reaction, ruling.subject) == (Mode.DIRECTIVE, Reaction.BLOCK, "Start of Direct")


def test_the_head_of_the_pmo_and_whoever_works_are_found_among_the_people(store: Store) -> None:
    head = a_person(store, "Helen", role="Interim Head of PMO", custom={})
    ann = a_person(store, "Ann Smith", email="ann@example.org", aliases="A. Smith", custom={})
    people = read_rows(store, "person")
    assert find_heads(people) == {head}
    assert [find_doer(people, who) for who in ("ANN smith", "ann@example.org", "a. smith")] == [{ann}] * 3
    assert find_doer(people, " ") == frozenset()
    assert find_doer(people, "bob") == frozenset()
