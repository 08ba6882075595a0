"""T-15: whatever stands in a field, the pack is built, the words are there, and nothing else is opened or asked."""

from __future__ import annotations

import io
import random
import socket
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from pmo_desktop.model.catalog import fields
from pmo_desktop.model.kind import Kind
from pmo_desktop.reports.pack import PackOptions, write_pack
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.reports.text import REPLACEMENT, clean
from pmo_desktop.resources import resource_path
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_person, a_programme, a_project, a_report, a_row, change_row

MARKUP = (
    "<img src='/etc/passwd'/>",
    "<para><b>bold</font>",
    "&lt;&#0;&nbsp;&bogus;",
    '<a href="javascript:alert(1)">go</a>',
    "<onDraw name=x label=y/>",
    "{{ 7*7 }} %s %(x)s ${y}",
    "=1+1",
    "\\u202e \\x00",
    "]]> <!-- ENTITY -->",
    "(paren\\) \\( endstream endobj",
)
STRANGE = (
    "😀 party 🎉",
    "日本語プロジェクト",
    "\u202eright to left\u202c",
    "שלום",
    "a\x00b\x07c\x1bd",
    "e\u0301 combining",
    "one\u2028two\x0bthree\x85four",
    "\ufeff\u200b",
    " ",
    "-",
    "\n" * 400,
    "- a\n- b\n\u2022 c",
)
LONG = ("x" * 200_000, "word " * 40_000)
TEXTS = tuple(each.name for each in fields("project") if each.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE))


class Watch:
    """Notes which files are opened and which sockets made while it watches."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        self.sockets = 0
        sys.addaudithook(self.note)

    def note(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open" and isinstance(args[0], str):
            self.opened.append(args[0])
        self.sockets += event.startswith("socket.")


WATCH = Watch()


def fill(store: Store, text: str) -> str:
    """A project whose every text is the same, with people, programme, milestones and a report of that name."""
    person, programme = a_person(store, text), a_programme(store, text)
    values: dict[str, Any] = dict.fromkeys(TEXTS, text)
    values |= {"lifecycle_status": "Active", "confidentiality": None, "rag_scale": None}
    values |= {"name": text, "pm": person, "sro": person, "programme": programme, "rag_overall": "R"}
    values |= {"finish_baseline": date(1, 1, 1), "finish_forecast": date(9999, 12, 31), "start_baseline": date.min}
    values |= {"budget_approved": 10**17, "eac": 9 * 10**18}
    project = a_project(store, **values, currency="GBP", ref=text[:50_000])
    for number in range(11):
        day = date(1 + number * 900, 1, 1)
        a_milestone(store, project, f"{text[:3000]}{number}", type="Gate", baseline=day, forecast=date.max)
    a_report(store, project, rag_overall="G", scope_comment=text, benefits_comment=text)
    return project


def build(store: Store, paper: str = "a4") -> PdfReader:
    out = io.BytesIO()
    WATCH.opened.clear()
    WATCH.on, WATCH.sockets = True, 0
    try:
        write_pack(read_subject(store), PackOptions(paper=paper), out)
    finally:
        WATCH.on = False
    return PdfReader(out)


def squeezed(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_markup_is_printed_as_it_was_written(store: Store, paper: str) -> None:
    for text in MARKUP:
        fill(store, text)
    found = squeezed(build(store, paper))
    for text in MARKUP:
        assert "".join(text.split()) in found


def test_nothing_foreign_is_opened_and_nobody_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    for text in MARKUP[:4]:
        fill(store, text)
    build(store)
    ours = (str(resource_path("fonts")), str(resource_path("tokens.json")), sys.prefix, sys.base_prefix)
    assert [name for name in WATCH.opened if not str(Path(name).resolve()).startswith(ours)] == []
    assert WATCH.sockets == 0


def test_strange_characters_are_shown_replaced_or_invisible_but_never_stop_the_pack(store: Store) -> None:
    for text in STRANGE:
        fill(store, text)
    reader = build(store)
    found = squeezed(reader)
    assert f"{REPLACEMENT}party{REPLACEMENT}" in found
    assert REPLACEMENT * 9 in found
    assert "abcd" in found
    assert "\N{LATIN SMALL LETTER E WITH ACUTE}combining" in found
    assert "U+1F600" in found  # the appendix says what could not be drawn
    assert "\x00" not in found


@pytest.mark.slow
def test_two_hundred_hostile_strings_are_all_there(store: Store) -> None:
    """Every string stands in five fields of a project; what the font has is drawn as it was written."""
    chance = random.Random(15)
    fragments = [*MARKUP, *(each for each in STRANGE if "\n" not in each), "O'Neil & Søn", "100 %", "a<b>c", "Ω ≥ µ"]
    texts = [f"{number} {' '.join(chance.sample(fragments, 4))}" for number in range(200)]
    for text in texts:
        a_project(store, text, description=text, rag_comment=text, next_steps=text, supplier=text, currency="GBP")
    found = squeezed(build(store))
    for text in texts:
        assert "".join(clean(text).split()) in found


@pytest.mark.parametrize("text", LONG, ids=["one word", "many words"])
def test_two_hundred_thousand_characters_are_all_there(store: Store, text: str) -> None:
    project = a_project(store, "Long", rag_comment=text)
    a_row(store, "milestone", project=project, name=text[:100_000])
    found = squeezed(build(store))
    assert found.count(text[0]) >= text.count(text[0])


def test_hostile_settings_stay_in_their_place(store: Store) -> None:
    long = "y" * 5000
    words = {"organisation": MARKUP[0], "board": long, "title": STRANGE[0], "owner": MARKUP[1], "pack_status": long}
    change_row(store, "settings", "settings", **words, board_date=date.max)
    a_project(store)
    assert MARKUP[0].replace(" ", "") in squeezed(build(store))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_manager_of_few_letters_leaves_room_for_the_columns_title(store: Store, paper: str) -> None:
    a_project(store, ref="A-1", name="Alpha", pm=a_person(store, name="A B"))
    out = io.BytesIO()
    write_pack(read_subject(store), PackOptions(paper), out)
    assert any("Manager" in page.extract_text() for page in PdfReader(out).pages)
