"""Requests: who could fill one, ranked by skill fit x free time, and how many of all of them can be filled at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pmo_desktop.figures.book import NO_ROLE, Book, ResourceLine
from pmo_desktop.figures.cells import cut_span, days_text
from pmo_desktop.rules.booking import TICKS_PER_HOUR
from pmo_desktop.rules.calendar import Horizon, Numbers
from pmo_desktop.rules.load import measure_load, measure_some
from pmo_desktop.rules.staffing import ANY_LEVEL, Candidate, Need, Person, Request, Staffing, rank_candidates, staff
from pmo_desktop.rules.wording import join_words
from pmo_desktop.rules.words import ResourceType


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody wanted for `ticks` of time in a span of days, with a role, with skills at a level (by id), or both."""

    span: Horizon
    ticks: int
    role: str | None = None
    skills: Mapping[str, int] = field(default_factory=dict)

    @property
    def traits(self) -> dict[str, int]:
        """The role and the skills as one: a role is had or not."""
        return ({self.role: ANY_LEVEL} if self.role else {}) | dict(self.skills)


@dataclass(frozen=True, slots=True)
class Prospect:
    """Somebody who could fill a request: `row` in the book; `free`: ticks left in its span, over-booked weeks as 0."""

    row: int
    resource: ResourceLine
    free: int
    candidate: Candidate
    words: str


def free_time(book: Book, span: Horizon, rows: Sequence[int] | None = None, *, confirmed_only: bool = False) -> Numbers:
    """What resources have left in a span, week by week, so that a free week does not pay for a full one.

    Of all, or of some ascending row numbers: int64[rows] in ticks; 0 for roles still to be named. Raises ValueError
    for days that the book does not have.
    """
    weeks = cut_span(book.horizon, span)
    first, stop = int(weeks.edges[1]), int(weeks.edges[-2])
    bookings, asked = book.bookings, range(len(book.resources)) if rows is None else rows
    own = np.arange(bookings.count) if rows is None else bookings.of_resources(rows)
    touching = bookings.take(own[(bookings.start[own] < stop) & (bookings.stop[own] > first)])
    load = (
        measure_load(touching, book.capacity, weeks)
        if rows is None
        else measure_some(touching, book.capacity, weeks, rows)
    )
    load = load.hardened() if confirmed_only else load
    named = np.array([book.resources[row].type != ResourceType.ROLE for row in asked], np.int64)
    free: Numbers = load.free[:, 1:-1].sum(axis=1) * named
    return free


def candidates(book: Book, wanted: Wanted, *, confirmed_only: bool = False) -> list[Prospect]:
    """Who could fill a request, the best first; those with nothing of what is wanted, or no time, are left out."""
    rows = _able(book, wanted.traits)
    free = free_time(book, wanted.span, rows, confirmed_only=confirmed_only).tolist()
    people = [_person(book, book.resources[row], time) for row, time in zip(rows, free, strict=True)]
    ranked = rank_candidates(people, Request(wanted.traits, wanted.ticks))
    return [_prospect(book, replace(each, person=rows[each.person]), free[each.person]) for each in ranked]


def _able(book: Book, traits: Mapping[str, int]) -> list[int]:
    """The row numbers of those who have any of some traits, of a thousand perhaps fifty; everybody for none."""
    return [
        row
        for row, each in enumerate(book.resources)
        if not traits or each.role in traits or not traits.keys().isdisjoint(book.skills.get(each.id, ()))
    ]


@dataclass(frozen=True, slots=True)
class Staffed:
    """How much of several requests can be filled at once: a best assignment, who gives what, and the proof in words."""

    wanted: tuple[Wanted, ...]
    result: Staffing
    words: str


def staffing(book: Book, span: Horizon, wanted: Sequence[Wanted], *, confirmed_only: bool = False) -> Staffed:
    """The most that can be filled of requests in one span, each of one role or one skill (oracle CAPAC-007).

    Raises ValueError for a request of none or of several: who has them all at once is what `candidates` answers.
    """
    if any(len(each.traits) != 1 for each in wanted):
        raise ValueError("Each request to be staffed asks for one role or one skill.")
    free = free_time(book, span, confirmed_only=confirmed_only).tolist()
    people = [_person(book, each, free[row]) for row, each in enumerate(book.resources)]
    needs = [Need(trait, each.ticks, level) for each in wanted for trait, level in each.traits.items()]
    result = staff(people, needs)
    return Staffed(tuple(wanted), result, _proof(book, needs, people, result))


def open_requests(book: Book, span: Horizon) -> list[Wanted]:
    """What roles still to be named are booked for in a span, by role: demand that nobody fills yet.

    Bookings of such a resource without any role are left out: nobody could say who fits.
    """
    weeks = cut_span(book.horizon, span)
    booked = measure_load(book.bookings, book.capacity, weeks).booked[:, 1:-1].sum(axis=1)
    sums: dict[str, int] = {}
    for each, ticks in zip(book.resources, booked.tolist(), strict=True):
        if each.type == ResourceType.ROLE and each.role and ticks:
            sums[each.role] = sums.get(each.role, 0) + ticks
    return [Wanted(span, ticks, role) for role, ticks in sums.items()]


def _person(book: Book, each: ResourceLine, free: int) -> Person:
    """A resource with its role as one more thing it can do."""
    role = {each.role: ANY_LEVEL} if each.role else {}
    return Person(each.name, {**book.skills.get(each.id, {}), **role}, free)


def _prospect(book: Book, candidate: Candidate, free: int) -> Prospect:
    """`Data engineer, 1.5 d free; without SQL`."""
    resource = book.resources[candidate.person]
    words = f"{book.names.get(resource.role or '', NO_ROLE)}, {_days(book, free)} free"
    for found, said in ((candidate.missing, "without"), (candidate.weak, "weak in")):
        if found:
            words += f"; {said} {join_words([book.names.get(each, each) for each in found])}"
    return Prospect(candidate.person, resource, free, candidate, words)


def _proof(book: Book, needs: Sequence[Need], people: Sequence[Person], result: Staffing) -> str:
    """Why no other assignment does better, in a sentence."""
    if not result.shortfall:
        return "Everything asked for can be staffed."
    traits = list(dict.fromkeys(book.names.get(needs[row].skill, needs[row].skill) for row in result.binding_needs))
    asked = _days(book, sum(needs[row].amount for row in result.binding_needs))
    short = _days(book, result.shortfall)
    able = [row for row in result.binding_people if people[row].free > 0]
    if not able:
        return f"{join_words(traits)}: {asked} asked for, and nobody who has that is free."
    names = join_words([people[row].name for row in able])
    has = _days(book, sum(people[row].free for row in able))
    return f"{join_words(traits)}: {asked} asked for, only {names} can do that and {has} are free: {short} short."


def _days(book: Book, ticks: int) -> str:
    """Ticks in standard days, else in hours."""
    day = book.standard.daily_hours
    return days_text(ticks / (day * TICKS_PER_HOUR)) if day else f"{ticks / TICKS_PER_HOUR:.1f} h"
