"""Finding by a few letters: exact things first, mistakes forgiven, nonsense refused."""

from __future__ import annotations

import pytest

from pmo_desktop.ui.finder import Finder, Found

THINGS = [
    Found("Projects", "projects:1", "HW-101 Customer billing platform", "Red", code="HW-101", words="Priya Nair"),
    Found("Projects", "projects:2", "HW-109 Contact-centre knowledge base", "Green", code="HW-109"),
    Found("Projects", "projects:3", "HW-104 Smart metering rollout", code="HW-104"),
    Found("Commands", "file.import", "Import from Excel…", keys="Ctrl+I"),
    Found("Commands", "reports.pack", "Build steering pack…", keys="Ctrl+P"),
    Found("People", "people:1", "Priya Nair", words="priya@example.org"),
]


def find(query: str, things: list[Found], recent: list[str] | None = None) -> list[Found]:
    return Finder(things).find(query, recent or [])


@pytest.mark.parametrize(
    "query,first",
    [
        ("billing", "projects:1"),
        ("HW-104", "projects:3"),
        ("hw-10", "projects:1"),
        ("biling platfrom", "projects:1"),
        ("knowlege", "projects:2"),
        ("smart roll", "projects:3"),
        ("impord", "file.import"),
        ("steering", "reports.pack"),
        ("priya", "people:1"),
        ("> build", "reports.pack"),
        ("#hw-109", "projects:2"),
    ],
)
def test_the_first_thing_found_is_the_one_meant(query: str, first: str) -> None:
    assert find(query, THINGS)[0].key == first


@pytest.mark.parametrize("query", ["zzzz", "qx", "> zzz", "#zz", "billing zzzz"])
def test_nonsense_finds_nothing(query: str) -> None:
    assert find(query, THINGS) == []


def test_commands_only_after_an_angle_bracket() -> None:
    assert {each.group for each in find(">", THINGS)} == {"Commands"}


def test_without_a_query_the_last_used_come_first() -> None:
    found = find("", THINGS, ["people:1", "gone:1", "projects:3"])
    assert [(each.group, each.key) for each in found[:3]] == [
        ("Recent", "people:1"),
        ("Recent", "projects:3"),
        ("Commands", "file.import"),
    ]


def test_each_group_stands_together() -> None:
    groups = [each.group for each in find("p", THINGS)]
    assert groups == sorted(groups, key=groups.index)
