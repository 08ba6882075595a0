"""Gates: which are passed and which is next, how ready one is, when to expect it, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.rules.wording import capital, count_word, day_text, join_words
from pmo_desktop.rules.words import Rag


class GateState(StrEnum):
    """Where one gate of a track stands."""

    PASSED = "passed"
    NEXT = "next"
    OPEN = "open"


class GateStop(NamedTuple):
    """One gate of a project's track; its date is the actual, else the forecast, else the baseline."""

    name: str
    state: GateState
    date: date | None


def track_gates(gates: Sequence[tuple[str, date | None, bool]]) -> tuple[GateStop, ...]:
    """The track of gates given in their planned order as (name, date, passed): the first not passed is next."""
    upcoming = next((place for place, (_, _, passed) in enumerate(gates) if not passed), None)
    return tuple(
        GateStop(name, GateState.PASSED if passed else GateState.NEXT if place == upcoming else GateState.OPEN, day)
        for place, (name, day, passed) in enumerate(gates)
    )


class Tally(NamedTuple):
    """How many criteria stand where."""

    met: int
    partly: int
    not_met: int
    not_answered: int
    not_applicable: int


class Outlook(NamedTuple):
    """When a gate can be expected, and why then; None when nothing is dated."""

    day: date | None
    reason: str


class Lack(NamedTuple):
    """What mandatory things at a gate lack, counted; what is waived is counted apart and nowhere else."""

    not_met: int = 0
    partly: int = 0
    not_answered: int = 0
    missing: int = 0
    not_accepted: int = 0
    waived: int = 0


def tally_answers(answers: Iterable[str | None]) -> Tally:
    """The answers to criteria, counted; None is not answered."""
    found = list(answers)
    counted = [found.count(each) for each in (Answer.YES, Answer.PARTLY, Answer.NO, None, Answer.NOT_APPLICABLE)]
    return Tally(*counted)


def measure_readiness(met: int, mandatory: int) -> float | None:
    """Mandatory things met in percent of all, 0-100; None when nothing is mandatory."""
    return 100.0 * met / mandatory if mandatory else None


def expect_gate(planned: date | None, unfinished: Sequence[tuple[str, date | None]], today: date) -> Outlook:
    """When a gate can be expected: on its own forecast, unless something unfinished is due only later.

    `unfinished`: what the gate asks for and is not there, each with the day it is due; one overdue comes today at best.
    """
    dated = [(max(due, today), name) for name, due in unfinished if due is not None]
    late = max(dated, default=None)
    if late is not None and (planned is None or late[0] > planned):
        return Outlook(late[0], f"{late[1]} is expected on {day_text(late[0])}.")
    undated = len(unfinished) - len(dated)
    tail = f" {capital(_has(undated))} no due date." if undated else ""
    if planned is None:
        return Outlook(None, f"Neither the gate nor what it asks for has a date.{tail}")
    if planned < today:
        return Outlook(today, f"Its forecast, {day_text(planned)}, is past.{tail}")
    return Outlook(planned, f"Its forecast stands.{tail}")


def colour_gate(
    decision: str | None, lapsed: int, readiness: float | None, expected: date | None, today: date
) -> Rag | None:
    """The colour of a gate; None for an open gate at which nothing is mandatory.

    Passed is green, amber once a condition has lapsed; reworked or held is amber, stopped is red. An open gate is green
    when it is ready, red when its day is past without that, else amber. `expected` is the day it was planned for.
    """
    if decision is not None:
        if GateDecision(decision).passes:
            return Rag.AMBER if lapsed else Rag.GREEN
        return Rag.RED if decision == GateDecision.STOP else Rag.AMBER
    if readiness is None:
        return None
    if readiness == READY:
        return Rag.GREEN
    return Rag.RED if expected is not None and expected < today else Rag.AMBER


def say_verdict(lack: Lack, mandatory: int, mode: Mode) -> str:
    """Whether an open gate can pass, in a sentence or two, under an authority."""
    if not mandatory:
        return "Nothing is mandatory at this gate."
    parts = _lacking_criteria(lack) + _lacking_deliverables(lack)
    if not parts:
        if not lack.waived:
            return "Ready. Everything mandatory is met."
        return f"Ready with waivers. {capital(_are(lack.waived, 'thing'))} waived and not met."
    return f"Not ready. {capital(join_words(parts))}{_consequence(lack, mode)}"


READY = 100.0  # percent


def _lacking_criteria(lack: Lack) -> list[str]:
    counted = ((lack.not_met, "not met"), (lack.partly, "only partly met"), (lack.not_answered, "not answered"))
    said = [(number, words) for number, words in counted if number]
    return [
        f"{_are(number, 'mandatory criterion', 'mandatory criteria') if not place else _are(number)} {words}"
        for place, (number, words) in enumerate(said)
    ]


def _lacking_deliverables(lack: Lack) -> list[str]:
    counted = ((lack.missing, "missing"), (lack.not_accepted, "not accepted yet"))
    said = [(number, words) for number, words in counted if number]
    return [
        f"{_are(number, 'mandatory deliverable') if not place else _are(number)} {words}"
        for place, (number, words) in enumerate(said)
    ]


def _consequence(lack: Lack, mode: Mode) -> str:
    if mode is Mode.SUPPORTIVE:
        return "; the gate may pass all the same."
    if mode is Mode.DIRECTIVE:
        return ", so the gate cannot pass unless the head of the PMO waives it."
    if lack._replace(not_accepted=0, waived=0) == Lack():
        return "; the gate may pass, with acceptance before the next one."
    return ", so the gate cannot pass without a board waiver."


def _are(number: int, one: str = "", many: str = "") -> str:
    noun = f" {one if number == 1 else many or one + 's'}" if one else ""
    return f"{count_word(number)}{noun} {'is' if number == 1 else 'are'}"


def _has(number: int) -> str:
    return f"{count_word(number)} of them {'has' if number == 1 else 'have'}"
