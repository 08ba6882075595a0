"""Who or what a cell books: the resource of that name, or of the person a short form means; a role still to be named.

One nobody keeps yet is created: a person with a link to the person of the other registers, or a placeholder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from pmo_desktop.exchange.links import Links
from pmo_desktop.exchange.names import first_name, fold_name, initial_form, is_full, is_nobody, is_swapped, letters_form
from pmo_desktop.exchange.outcome import Parsed, cell_text, read, says_nothing
from pmo_desktop.exchange.people import Directory
from pmo_desktop.exchange.plan import NewRecord
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.words import ResourceType

_ROLE_WORDS = frozenset(
    [
        "administrator",
        "advisor",
        "analyst",
        "architect",
        "assistant",
        "assurance",
        "ba",
        "buyer",
        "consultant",
        "controller",
        "coordinator",
        "co-ordinator",
        "dba",
        "designer",
        "dev",
        "developer",
        "devops",
        "engineer",
        "estimator",
        "executive",
        "expert",
        "installer",
        "inspector",
        "lead",
        "librarian",
        "manager",
        "modeller",
        "officer",
        "operator",
        "owner",
        "planner",
        "pm",
        "pmo",
        "programmer",
        "qa",
        "researcher",
        "scheduler",
        "scientist",
        "scrum",
        "sme",
        "specialist",
        "sponsor",
        "support",
        "surveyor",
        "technician",
        "tester",
        "trainer",
        "ux",
        "writer",
    ]
)
_TEAM_WORDS = frozenset(
    ["team", "squad", "crew", "department", "directorate", "division", "unit", "office", "board", "pool"]
)
_TIMES = re.compile(r"(?P<role>.+?)\s*(?:[x×*]\s*(?P<count>\d{1,3})|\((?P<also>\d{1,3})\))", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<role>.+?)\s*#?\s*\d{1,2}")
_NOBODY = re.compile(
    r"(?:to be (?:named|hired|recruited)|new (?:hire|starter|joiner)|open|unnamed|any|resource)", re.IGNORECASE
)


class RoleName(str):
    """A cell that names a role, or a team, and no person."""

    __slots__ = ("team",)
    team: bool

    def __new__(cls, text: str, *, team: bool = False) -> Self:
        """The text with what it is known to be."""
        made = super().__new__(cls, text)
        made.team = team
        return made


def names_nobody(text: str) -> bool:
    """Whether a cell says that somebody is still to be found: TBC, Vacant, New hire."""
    bare = text.strip(" .?*[]()")
    return says_nothing(bare) or bool(_NOBODY.fullmatch(bare)) or bare.casefold() in ("vacant", "unassigned")


def is_role(text: str) -> bool:
    """Whether a text is a role or a team by its last word: Tester x2, Senior developer, PM, Delivery team."""
    bare = role_of(text)[0]
    words = re.sub(r"[^\w\s-]", " ", bare).casefold().split()
    return bool(words) and words[-1] in _ROLE_WORDS | _TEAM_WORDS and not (len(words) > 1 and is_swapped(text))


def role_of(text: str) -> tuple[str, float | None]:
    """The role in `Tester x2` or `Tester 2`, and how many of it; None where nobody says."""
    plain = " ".join(text.split())
    if match := _TIMES.fullmatch(plain):
        return match["role"], float(match["count"] or match["also"])
    match = _NUMBERED.fullmatch(plain)
    return (match["role"] if match else plain), None


@dataclass(slots=True)
class ResourceLinks(Links):
    """The resources of a portfolio and of a plan, found by name, reference or person."""

    entity: str = "resource"
    people: Directory = field(default_factory=Directory)
    roles: Links = field(default_factory=lambda: Links("role"))
    of_person: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    persons: dict[str, str] = field(default_factory=dict)  # resource -> person

    def know(self, identity: str, values: Mapping[str, Any]) -> None:
        """Make a resource known by its name, reference and person."""
        self.add(identity, values.get("ref"), values.get("name"))
        if person := values.get("person"):
            self.persons[identity] = person
            self.of_person[person].append(identity)

    def parse(self, cell: object) -> Parsed:
        """The id of the resource a cell means; an unknown one is created, one that fits several people is none."""
        text = " ".join(cell_text(cell).split())  # type: ignore[arg-type]  # a cell
        if isinstance(cell, RoleName):
            return self._placeholder(text, team=cell.team)
        if names_nobody(text) or is_nobody(text) or is_role(text):
            return self._placeholder(text)
        if self._fitting(text):
            return Links.parse(self, cell)
        return self._by_person(text)

    def find(self, text: str) -> str | None:
        """The name of the resource a text means; None where that is nobody, or not one alone."""
        fitting = self._fitting(text)
        if len(fitting) == 1:
            return self.names[next(iter(fitting))]
        if fitting or is_nobody(text) or is_role(text) or not _like_person(text):
            return None
        made = len(self.people.new)
        found = self.people.parse(text)
        if len(self.people.new) > made or found.value is None:
            return None
        known = self.of_person.get(found.value, [])
        return self.names[known[0]] if len(known) == 1 else None

    def _by_person(self, text: str) -> Parsed:
        if not _like_person(text):
            return read(self._create(text, {}))
        found = self.people.parse(text)
        if found.value is None:
            return found._replace(
                candidates=tuple(one for each in found.candidates for one in self.of_person.get(each, ()))
            )
        self._settle(self.people.names[found.value])
        known = self._resources_of(found.value)
        if len(known) == 1:
            return found._replace(value=known[0], text=None, candidates=())
        if known:
            return Links.parse(self, self.people.names[found.value])
        name = self.people.names[found.value]
        named = self._fitting(name)
        if len(named) == 1 and next(iter(named)) not in self.persons:
            return read(next(iter(named)))
        return read(self._create(name, {"type": ResourceType.PERSON.value, "person": found.value}))

    def _settle(self, name: str) -> None:
        """Take up who somebody said is the person of this name, before they get a resource of their own."""
        for written, full in self.people.told.items():
            if fold_name(full) == fold_name(name):
                self.people.parse(written)

    def _resources_of(self, person: str) -> list[str]:
        """The resources of a person, and of those who are found to be that person."""
        gone = (each for each, stays in self.people.merged.items() if stays == person)
        return [one for each in (person, *gone) for one in self.of_person.get(each, ())]

    def _placeholder(self, text: str, *, team: bool = False) -> Parsed:
        """A role still to be named, or a team."""
        fitting = self._fitting(text)
        if len(fitting) == 1:
            return read(next(iter(fitting)))
        name, count = role_of(text)
        if team or (name.casefold().split()[-1:] and name.casefold().split()[-1] in _TEAM_WORDS):
            return read(self._create(text, {"type": ResourceType.TEAM.value, "fte": count}))
        role = None if names_nobody(name) else self.roles.parse(name).value
        return read(self._create(text, {"type": ResourceType.ROLE.value, "role": role, "fte": count}))

    def _create(self, name: str, values: dict[str, Any]) -> str:
        given = {key: value for key, value in values.items() if value is not None}
        made = NewRecord(new_id(), self.entity, {"name": name, **given})
        self.new.append(made)
        self.know(made.id, made.values)
        return made.id


def read_resources(rows: Iterable[Mapping[str, Any]], people: Directory, roles: Links) -> ResourceLinks:
    """The resources of a portfolio."""
    links = ResourceLinks(people=people, roles=roles)
    for row in rows:
        links.know(row["id"], row)
    return links


def full_names(cells: Iterable[object]) -> list[str]:
    """The cells that can be nothing but the full name of a person."""
    texts = dict.fromkeys(cell for cell in cells if isinstance(cell, str) and not isinstance(cell, RoleName))
    return [text for text in texts if is_full(first_name(text)) and not is_role(text) and not names_nobody(text)]


def _like_person(text: str) -> bool:
    """Whether a text may be a person's name: letters only, and no more than a name has."""
    name = first_name(text)
    if "@" in text or initial_form(name) or letters_form(name):
        return True
    return bool(name) and not any(map(str.isdigit, text)) and 1 < len(name.split()) <= 4  # noqa: PLR2004  a name
