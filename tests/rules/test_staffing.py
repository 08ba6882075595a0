"""Staffing is a matching: a person with two skills counts once, and a shortage names its proof."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.staffing import Candidate, Need, Person, Request, Staffing, rank_candidates, staff

ANNA, BEN, CLEO = Person("Anna", {"java": 1}), Person("Ben", {"java": 1}), Person("Cleo", {"java": 2, "sql": 1})


def test_a_person_with_two_skills_counts_once() -> None:
    """Oracle CAPAC-007."""
    found = staff([ANNA, BEN, CLEO], [Need("java", 2), Need("sql", 2)])
    assert (found.assigned, found.shortfall, found.short) == (3, 1, (0, 1))
    assert (found.binding_needs, found.binding_people) == ((1,), (2,))  # sql can be done by Cleo only


def test_a_first_choice_is_given_up_when_that_staffs_more() -> None:
    """Greedy by the fewest people gives Cleo's time to sql; the chain frees her for cobol."""
    people = [Person("Cleo", {"sql": 1, "cobol": 1}), Person("Dan", {"sql": 1, "vb": 1}), Person("Eve", {"vb": 1})]
    found = staff(people, [Need("vb", 1), Need("sql", 1), Need("cobol", 1)])
    assert found.short == (0, 0, 0)
    assert dict(found.given) == {(2, 0): 1, (1, 1): 1, (0, 2): 1}
    assert (found.binding_needs, found.binding_people) == ((), ())


def test_a_level_is_the_least_that_will_do() -> None:
    found = staff([ANNA, CLEO], [Need("java", 2, level=2)])
    assert (dict(found.given), found.short) == ({(1, 0): 1}, (1,))


@pytest.mark.parametrize(
    ("people", "needs", "short"),
    [
        ([], [], ()),
        ([], [Need("java", 3)], (3,)),
        ([ANNA], [], ()),
        ([Person("Anna", {"java": 1}, free=-5)], [Need("java", 3)], (3,)),
        ([ANNA], [Need("java", -3)], (0,)),
        ([ANNA], [Need("java", 1, level=2), Need("rust", 1)], (1, 1)),
    ],
)
def test_nothing_and_less_than_nothing(people: list[Person], needs: list[Need], short: tuple[int, ...]) -> None:
    assert staff(people, needs).short == short


def most_by_trying_all(people: list[Person], needs: list[Need]) -> int:
    """Max flow = min cut: the least, over all sets of needs, of the rest asked for + the time of who can do the set."""
    best = []
    for inside in product([False, True], repeat=len(needs)):
        rest = sum(max(0, need.amount) for need, chosen in zip(needs, inside, strict=True) if not chosen)
        chosen_needs = [need for need, chosen in zip(needs, inside, strict=True) if chosen]
        able = [person for person in people if any(person.has(need.skill, need.level) for need in chosen_needs)]
        best.append(rest + sum(max(0, person.free) for person in able))
    return min(best)


def check(found: Staffing, people: list[Person], needs: list[Need]) -> None:
    for row, person in enumerate(people):
        assert sum(amount for (who, _), amount in found.given.items() if who == row) <= max(0, person.free)
    for row, need in enumerate(needs):
        met = sum(amount for (_, what), amount in found.given.items() if what == row)
        assert met + found.short[row] == max(0, need.amount)
    for (who, what), amount in found.given.items():
        assert amount > 0
        assert people[who].has(needs[what].skill, needs[what].level)
    if found.shortfall:
        asked = sum(max(0, needs[row].amount) for row in found.binding_needs)
        has = sum(max(0, people[row].free) for row in found.binding_people)
        assert asked - has == found.shortfall


skills = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), max_size=4)
crowds = st.lists(st.builds(Person, st.just("x"), skills, st.integers(-1, 8)), max_size=7)
wants = st.lists(st.builds(Need, st.sampled_from("abcd"), st.integers(-1, 12), st.integers(1, 3)), max_size=6)


@given(crowds, wants)
def test_as_much_is_staffed_as_can_be_and_the_proof_holds(people: list[Person], needs: list[Need]) -> None:
    found = staff(people, needs)
    check(found, people, needs)
    assert found.assigned == most_by_trying_all(people, needs)


def test_a_thousand_people_and_fifty_skills_are_staffed() -> None:
    people = [Person(str(row), {f"s{row * step % 50}": 1 for step in (1, 7, 11)}, 40) for row in range(1_000)]
    needs = [Need(f"s{number}", 700 if number % 2 else 900) for number in range(50)]
    found = staff(people, needs)
    check(found, people, needs)
    assert found.assigned > 0.9 * min(40_000, sum(need.amount for need in needs))


def test_candidates_are_ranked_by_skill_fit_times_free_time() -> None:
    people = [
        Person("Half the skill, all the time", {"java": 2}, 40),
        Person("All the skill, half the time", {"java": 4, "sql": 1}, 20),
        Person("All of both", {"java": 9, "sql": 3}, 90),
        Person("No time", {"java": 4, "sql": 1}, 0),
        Person("No skill", {"vb": 4}, 40),
        Person("Less time than none", {"java": 4}, -3),
    ]
    found = rank_candidates(people, Request({"java": 4, "sql": 1}, 40))
    assert found == [
        Candidate(2, 1.0, 1.0, (), ()),
        Candidate(1, 1.0, 0.5, (), ()),
        Candidate(0, 0.25, 1.0, ("sql",), ("java",)),
    ]
    assert [each.score for each in found] == [1, 0.5, 0.25]


def test_equals_are_ranked_by_fit_then_by_the_time_they_have_left() -> None:
    people = [
        Person("half", {"java": 1}, 40),
        Person("whole", {"java": 2}, 20),
        Person("more", {"java": 2}, 90),
        Person("most", {"java": 2}, 99),
    ]
    assert [each.person for each in rank_candidates(people, Request({"java": 2}, 40))] == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [(Request({}, 40), [2, 0]), (Request({"java": 0}, 0), [2, 0]), (Request({}, -1), [2, 0, 1])],
)
def test_a_request_without_skills_or_without_time_asks_for_the_other_only(
    request_: Request, expected: list[int]
) -> None:
    people = [Person("a", {"java": 1}, 10), Person("b", {}, 0), Person("c", {"java": 1}, 20)]
    assert [each.person for each in rank_candidates(people, request_)] == expected
