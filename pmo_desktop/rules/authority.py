"""Getting past a rule: what somebody granted, which waivers cover an act, and what is still demanded.

Source: domain.md h.1: four reactions; nobody approves their own under controlling and directive authority.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pmo_desktop.rules.compliance import HEAD, Event, Mode, Outcome, Reaction, Rule
from pmo_desktop.rules.wording import capital, join_words


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody brings along for an act that a rule asks something about; people are ids."""

    reason: str = ""
    approver: str | None = None
    expires: date | None = None
    second: str | None = None  # the second person who agrees to an overridden rating


class Waiving(NamedTuple):
    """One approved waiver: what it is for, and who allowed it until when. Empty texts are None; people are ids."""

    event: str | None
    concerns: str | None  # the code of a gate, criterion or deliverable
    reason: str | None
    requested_by: str | None
    approver: str | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a rule has a word on. `codes` are the parts it is about, each to be waived; `gate` is theirs.

    `own`: the people whose own matter it is, who therefore may not approve it.
    """

    event: Event
    project: str
    subject: str
    codes: tuple[str, ...] = ()
    gate: str = ""
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the authority in force says of one act."""

    event: Event
    mode: Mode
    rule: Rule
    project: str | None
    subject: str

    @property
    def reaction(self) -> Reaction:
        """Allow, warn, require approval or block."""
        return self.rule.reaction

    @property
    def says(self) -> str:
        """The rule in a sentence."""
        return self.rule.says

    @property
    def asks(self) -> tuple[str, ...]:
        """What it asks for: of "reason", "expiry", "approver", "second person"."""
        return self.rule.asks

    @property
    def waiver(self) -> str:
        """Who may waive it; empty when it is not blocked."""
        return self.rule.waiver


class Settled(NamedTuple):
    """How an act got past its rule, or what is `lacking` in a sentence; no outcome and nothing lacking is allowed."""

    outcome: Outcome | None = None
    reason: str | None = None
    approver: str | None = None
    expires: date | None = None
    lacking: str = ""


def settle_act(
    ruling: Ruling,
    act: Act,
    grant: Grant | None,
    waivers: Sequence[Waiving],
    heads: frozenset[str],
    on: date,
) -> Settled:
    """Whether an act gets past its rule on a day. `heads`: the people who are the head of the PMO.

    A grant gets past a warning or a demand for approval, never past a block: that takes waivers in force, approved by
    whoever may, for everything the act is about.
    """
    if ruling.reaction is Reaction.ALLOW:
        return Settled()
    if ruling.reaction is Reaction.BLOCK:
        return _settle_block(ruling, act, waivers, heads, on)
    given = grant or Grant()
    lacking = _lacking(ruling.asks, given, act.own, on)
    if lacking:
        return Settled(lacking=lacking)
    outcome = Outcome.WARNED if ruling.reaction is Reaction.WARN else Outcome.APPROVED
    return Settled(outcome, given.reason.strip() or None, given.approver or given.second, given.expires)


def find_waiver(
    act: Act, code: str | None, waivers: Iterable[Waiving], may: frozenset[str] | None, on: date, mode: Mode
) -> Waiving | None:
    """The waiver in force on a day for one code of an act, or for the whole act; None when there is none.

    `may`: who may waive; None is anybody but those whose own matter it is, and whoever asked for the waiver. Under
    supportive authority an approved waiver holds until it expires, whoever approved it.
    """
    covering = [each for each in waivers if _covers(each, act, code)]
    if mode is Mode.SUPPORTIVE:
        return next((each for each in covering if each.expires is None or each.expires >= on), None)
    return next((each for each in covering if is_valid(each, act.own, may, on)), None)


def is_valid(waiver: Waiving, own: frozenset[str], may: frozenset[str] | None, on: date) -> bool:
    """Whether an approved waiver has all it needs, has not expired, and was approved by somebody who may."""
    approver = waiver.approver
    if not (waiver.reason and approver and waiver.expires) or waiver.expires < on:
        return False
    return approver != waiver.requested_by and approver not in own and (may is None or approver in may)


def _settle_block(ruling: Ruling, act: Act, waivers: Sequence[Waiving], heads: frozenset[str], on: date) -> Settled:
    may = heads if ruling.waiver == HEAD else None
    found = [find_waiver(act, code, waivers, may, on, ruling.mode) for code in act.codes or (None,)]
    held = [each for each in found if each is not None]
    if len(held) < len(found):
        who = capital(ruling.waiver)
        return Settled(lacking=f"{who} may waive it: ask for a waiver with a reason and an expiry.")
    first = min(held, key=lambda each: each.expires or on)
    return Settled(Outcome.WAIVED, first.reason, first.approver, first.expires)


def _covers(waiver: Waiving, act: Act, code: str | None) -> bool:
    """A waiver covers the part it names; one for the rule covers all of it, at the gate it names or at any."""
    if waiver.event not in (None, act.event):
        return False
    if code is not None and waiver.concerns == code:
        return True
    return waiver.event == act.event and (code is None or waiver.concerns in (None, act.gate))


def _lacking(asks: Iterable[str], given: Grant, own: frozenset[str], on: date) -> str:
    there = {
        "reason": bool(given.reason.strip()),
        "expiry": given.expires is not None,
        "approver": given.approver is not None,
        "second person": given.second is not None,
    }
    missing = [f"{'an' if each[0] in 'aeiou' else 'a'} {each}" for each in asks if not there[each]]
    if missing:
        return f"It needs {join_words(missing)}."
    if given.expires is not None and given.expires < on:
        return "Its expiry is past: choose a day that lies ahead."
    if ("approver" in asks and given.approver in own) or ("second person" in asks and given.second in own):
        return "Nobody approves their own: choose somebody else."
    return ""
