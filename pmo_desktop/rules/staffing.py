"""Staffing: who can do what is asked for, as a matching of people to needs, and who fits one request best.

A person who has two skills counts once: counting them in both columns is the usual error of spreadsheets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ANY_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be asked: `skills` maps a skill to its level; `free` is the time left, in any whole unit."""

    name: str
    skills: Mapping[str, int]
    free: int = 1

    def has(self, skill: str, level: int = ANY_LEVEL) -> bool:
        """Whether they have a skill at that level or above."""
        return self.skills.get(skill, 0) >= level


@dataclass(frozen=True, slots=True)
class Need:
    """So much time of a skill at a level or above, in the unit of `Person.free`."""

    skill: str
    amount: int
    level: int = ANY_LEVEL


@dataclass(frozen=True, slots=True)
class Staffing:
    """The most that can be staffed.

    `given`: (person, need) -> amount, by row number. `short`: what is missing of each need. `binding_needs` and
    `binding_people`: the proof that no other assignment does better (Hall): those needs can be met by those people
    only, and ask for more than they have. Both are empty when all is staffed.
    """

    given: Mapping[tuple[int, int], int]
    short: tuple[int, ...]
    binding_needs: tuple[int, ...]
    binding_people: tuple[int, ...]

    @property
    def assigned(self) -> int:
        """What is staffed in all."""
        return sum(self.given.values())

    @property
    def shortfall(self) -> int:
        """What is missing in all; the same for every best assignment."""
        return sum(self.short)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody is wanted for: skills with the level wanted, and time in the unit of `Person.free`."""

    skills: Mapping[str, int]
    amount: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could fill a request, at least in part.

    `fit`: mean of level / level wanted over the skills, each at most 1; `time`: free time / time wanted, at most 1.
    `missing`: the skills they do not have; `weak`: those below the level wanted.
    """

    person: int
    fit: float
    time: float
    missing: tuple[str, ...]
    weak: tuple[str, ...]

    @property
    def score(self) -> float:
        """Skill fit x free time, from 0 to 1."""
        return self.fit * self.time


def rank_candidates(people: Sequence[Person], request: Request) -> list[Candidate]:
    """Who could fill a request, the best first; those with none of the skills or no time are left out.

    Equals come by fit, then by the time they have left, then in the order given.
    """
    candidates = [_weigh(row, person, request) for row, person in enumerate(people)]
    able = [candidate for candidate in candidates if candidate.score > 0]
    return sorted(able, key=lambda each: (-each.score, -each.fit, -people[each.person].free))


def staff(people: Sequence[Person], needs: Sequence[Need]) -> Staffing:
    """The largest assignment of people to needs: a maximum flow along shortest augmenting paths.

    Source: Edmonds and Karp 1972; domain.md e, oracle CAPAC-007. Negative times and amounts count as none.
    """
    flow = _Flow(people, needs)
    flow.fill_greedily()
    search = flow.search()
    while search.end is not None:
        flow.grow(search, search.end)
        search = flow.search()
    given = {(person, need): amount for need, row in enumerate(flow.given) for person, amount in row.items()}
    return Staffing(given, tuple(flow.short), tuple(sorted(search.freed_by)), tuple(sorted(search.takes)))


def _weigh(row: int, person: Person, request: Request) -> Candidate:
    """How well one person fits a request."""
    wanted = {skill: max(ANY_LEVEL, level) for skill, level in request.skills.items()}
    levels = {skill: max(0, person.skills.get(skill, 0)) for skill in wanted}
    fits = [min(1.0, levels[skill] / level) for skill, level in wanted.items()]
    return Candidate(
        person=row,
        fit=sum(fits) / len(fits) if fits else 1.0,
        time=min(1.0, max(0, person.free) / request.amount) if request.amount > 0 else 1.0,
        missing=tuple(skill for skill in wanted if not levels[skill]),
        weak=tuple(skill for skill, level in wanted.items() if 0 < levels[skill] < level),
    )


@dataclass(slots=True)
class _Search:
    """What a search from all short needs came to.

    `takes`: person -> the need they would take on; `freed_by`: need -> the person who would leave it for that, None
    for a short one. `end` is the first person found with time to spare.
    """

    takes: dict[int, int]
    freed_by: dict[int, int | None]
    end: int | None = None


class _Flow:
    """An assignment that grows; `spare` by person, `short`, `able` and `given` by need, `serves` by person."""

    def __init__(self, people: Sequence[Person], needs: Sequence[Need]) -> None:
        self.spare = [max(0, person.free) for person in people]
        self.short = [max(0, need.amount) for need in needs]
        self.able = [[row for row, each in enumerate(people) if each.has(need.skill, need.level)] for need in needs]
        self.given: list[dict[int, int]] = [{} for _ in needs]
        self.serves: list[set[int]] = [set() for _ in people]

    def fill_greedily(self) -> None:
        """A first assignment, the needs with the fewest people first, so that few chains are left to be searched."""
        for need in sorted(range(len(self.able)), key=lambda each: len(self.able[each])):
            for person in self.able[need]:
                amount = min(self.spare[person], self.short[need])
                self.move(person, need, amount)
                self.spare[person] -= amount
                self.short[need] -= amount

    def move(self, person: int, need: int, amount: int) -> None:
        """Change what a person gives to a need; nothing is not kept."""
        changed = self.given[need].get(person, 0) + amount
        if changed:
            self.given[need][person] = changed
            self.serves[person].add(need)
        else:
            self.given[need].pop(person, None)
            self.serves[person].discard(need)

    def search(self) -> _Search:
        """Breadth first from the short needs, over who could take them on and what those would leave."""
        found = _Search({}, {need: None for need, amount in enumerate(self.short) if amount})
        queue = deque(found.freed_by)
        while queue:
            need = queue.popleft()
            for person in self.able[need]:
                if person in found.takes:
                    continue
                found.takes[person] = need
                if self.spare[person]:
                    found.end = person
                    return found
                left = [each for each in sorted(self.serves[person]) if each not in found.freed_by]
                found.freed_by.update(dict.fromkeys(left, person))
                queue.extend(left)
        return found

    def grow(self, search: _Search, end: int) -> None:
        """Push as much as it carries along the chain that a search has found."""
        chain: list[tuple[int, int, int | None]] = []  # who takes on which need from whom
        taker: int | None = end
        while taker is not None:
            need = search.takes[taker]
            chain.append((taker, need, search.freed_by[need]))
            taker = search.freed_by[need]
        root = chain[-1][1]
        carried = [self.given[need][leaver] for _, need, leaver in chain if leaver is not None]
        amount = min(self.spare[end], self.short[root], *carried)
        for person, need, leaver in chain:
            self.move(person, need, amount)
            if leaver is not None:
                self.move(leaver, need, -amount)
        self.spare[end] -= amount
        self.short[root] -= amount
