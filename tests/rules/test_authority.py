"""Getting past a rule: what a grant lacks, and which waivers cover an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.rules.authority import Act, Grant, Ruling, Settled, Waiving, find_waiver, is_valid, settle_act
from pmo_desktop.rules.compliance import RULES, Event, Mode, Outcome, Reaction

DAY, LATER = date(2026, 11, 13), date(2027, 3, 31)
D = Mode.DIRECTIVE
HEADS = frozenset({"head"})
OWN = frozenset({"pm"})
WAIVER = Waiving(Event.MISSING, None, "No time.", "ben", "head", LATER)


def ruling(event: Event, mode: Mode) -> Ruling:
    return Ruling(event, mode, RULES[event][mode], "p", "HW-101")


def act(event: Event, *codes: str) -> Act:
    return Act(event, "p", "HW-101", codes, "G1", OWN)


def settle(
    event: Event, mode: Mode, *codes: str, grant: Grant | None = None, waivers: tuple[Waiving, ...] = ()
) -> Settled:
    return settle_act(ruling(event, mode), act(event, *codes), grant, waivers, HEADS, DAY)


def test_a_ruling_says_what_its_rule_says() -> None:
    found = ruling(Event.MISSING, Mode.DIRECTIVE)
    assert (found.reaction, found.waiver) == (Reaction.BLOCK, "the head of the PMO")
    assert found.asks == ("reason", "expiry", "approver")
    assert found.says.startswith("The gate cannot pass")


def test_what_is_allowed_asks_for_nothing_and_is_told_nowhere() -> None:
    assert settle(Event.RATING, Mode.SUPPORTIVE) == Settled()


def test_a_warning_without_demands_goes_ahead() -> None:
    assert settle(Event.START, Mode.CONTROLLING) == Settled(Outcome.WARNED)


@pytest.mark.parametrize(
    ("event", "mode", "grant", "lacking"),
    [
        (Event.RATING, Mode.CONTROLLING, None, "It needs a reason and an expiry."),
        (Event.RATING, Mode.CONTROLLING, Grant(" ", expires=LATER), "It needs a reason."),
        (Event.RATING, Mode.DIRECTIVE, Grant("So", expires=LATER), "It needs a second person."),
        (Event.BASELINE, Mode.CONTROLLING, Grant("So"), "It needs an approver."),
        (Event.BASELINE, Mode.CONTROLLING, Grant("So", "pm"), "Nobody approves their own: choose somebody else."),
        (
            Event.RATING,
            Mode.DIRECTIVE,
            Grant("So", None, LATER, "pm"),
            "Nobody approves their own: choose somebody else.",
        ),
        (
            Event.RATING,
            Mode.CONTROLLING,
            Grant("So", expires=date(2026, 11, 12)),
            "Its expiry is past: choose a day that lies ahead.",
        ),
    ],
)
def test_what_a_grant_lacks_is_said(event: Event, mode: Mode, grant: Grant | None, lacking: str) -> None:
    assert settle(event, mode, grant=grant) == Settled(lacking=lacking)


def test_an_approval_says_who_why_and_until_when() -> None:
    done = settle(Event.BASELINE, Mode.DIRECTIVE, grant=Grant(" Grew ", "sue", LATER))
    assert done == Settled(Outcome.APPROVED, "Grew", "sue", LATER)
    assert settle(Event.RATING, Mode.DIRECTIVE, grant=Grant("So", None, LATER, "mia")).approver == "mia"


def test_a_block_takes_a_waiver_for_all_it_is_about_and_the_first_to_expire_is_told() -> None:
    brief = WAIVER._replace(event=None, concerns="brief", expires=date(2026, 12, 1))
    thing = WAIVER._replace(concerns="thing")
    asked = "The head of the PMO may waive it: ask for a waiver with a reason and an expiry."
    assert settle(Event.MISSING, Mode.DIRECTIVE, "brief", "thing", waivers=(brief,)).lacking == asked
    done = settle(Event.MISSING, Mode.DIRECTIVE, "brief", "thing", waivers=(brief, thing))
    assert done == Settled(Outcome.WAIVED, "No time.", "head", date(2026, 12, 1))
    assert settle(Event.CLOSURE, Mode.DIRECTIVE, waivers=(WAIVER,)).lacking == asked


@pytest.mark.parametrize(
    ("waiver", "covers"),
    [
        (WAIVER, True),
        (WAIVER._replace(concerns="G1"), True),
        (WAIVER._replace(concerns="G2"), False),
        (WAIVER._replace(concerns="brief"), True),
        (WAIVER._replace(event=None, concerns="brief"), True),
        (WAIVER._replace(event=None, concerns="G1"), False),
        (WAIVER._replace(event=Event.START, concerns="brief"), False),
    ],
)
def test_a_waiver_covers_the_part_it_names_or_all_of_its_rule(waiver: Waiving, covers: bool) -> None:
    found = find_waiver(act(Event.MISSING, "brief"), "brief", [waiver], HEADS, DAY, D)
    assert (found is waiver) == covers


def test_a_waiver_for_a_whole_act_is_one_for_its_rule() -> None:
    whole = act(Event.CLOSURE)
    assert find_waiver(whole, None, [WAIVER._replace(event=Event.CLOSURE, concerns="HW-101")], None, DAY, D)
    assert not find_waiver(whole, None, [WAIVER._replace(event=None, concerns="HW-101")], None, DAY, D)


@pytest.mark.parametrize(
    ("cells", "may", "valid"),
    [
        ({}, None, True),
        ({}, HEADS, True),
        ({"approver": "sue"}, None, True),
        ({"approver": "sue"}, HEADS, False),
        ({"approver": "ben"}, None, False),
        ({"approver": "pm"}, None, False),
        ({"approver": None}, None, False),
        ({"reason": None}, None, False),
        ({"expires": None}, None, False),
        ({"expires": DAY}, None, True),
        ({"expires": date(2026, 11, 12)}, None, False),
    ],
)
def test_a_waiver_holds_when_it_has_all_it_needs_from_who_may(
    cells: dict[str, object], may: frozenset[str] | None, valid: bool
) -> None:
    assert is_valid(WAIVER._replace(**cells), OWN, may, DAY) == valid  # type: ignore[arg-type]


def test_under_supportive_authority_a_waiver_holds_until_it_expires_whoever_approved_it() -> None:
    loose = WAIVER._replace(approver=None, expires=None)
    past = WAIVER._replace(expires=date(2026, 11, 12))
    found = find_waiver(act(Event.MISSING, "brief"), "brief", [past, loose], None, DAY, Mode.SUPPORTIVE)
    assert found is loose
    assert find_waiver(act(Event.MISSING, "brief"), "brief", [loose], None, DAY, Mode.CONTROLLING) is None


def test_an_act_may_be_compared() -> None:
    assert replace(act(Event.START), codes=("G1",)) == act(Event.START, "G1")
