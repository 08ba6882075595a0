"""What the PMO may demand: ten events, three kinds of authority, four reactions; and how much of what is due is met.

Source: domain.md h.1, whose table of 10 x 3 stands below as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """The authority a PMO has: the three types of the standard vocabulary."""

    SUPPORTIVE = "Supportive"
    CONTROLLING = "Controlling"
    DIRECTIVE = "Directive"


class Function(StrEnum):
    """What the PMO does; its authority may differ from one to the next."""

    GATES = "Gates"
    DELIVERABLES = "Deliverables"
    REPORTING = "Reporting"
    BASELINES = "Baselines"
    RESOURCES = "Resources"
    CLOSURE = "Closure"


class Event(StrEnum):
    """What may happen that a rule has something to say about."""

    MISSING = "Mandatory deliverable missing at a gate"
    UNAPPROVED = "Deliverable not accepted at a gate"
    SKIPPED = "Gate skipped"
    TEMPLATE = "Template not used"
    LATE_REPORT = "Status report late"
    BASELINE = "Baseline changed"
    RATING = "Rating overridden"
    START = "Started without gate approval"
    MANAGER = "Project manager assigned"
    CLOSURE = "Closed with open actions"


class Reaction(StrEnum):
    """What a rule does about an event; there are these four and no others."""

    ALLOW = "Allow"
    WARN = "Warn"
    APPROVAL = "Require approval"
    BLOCK = "Block"


class Outcome(StrEnum):
    """How somebody got past a rule."""

    WARNED = "Went ahead after a warning"
    APPROVED = "Approved"
    WAIVED = "Waived"


class Rule(NamedTuple):
    """One of the thirty: the reaction, what it asks for, who may set it aside, and what is said.

    `waiver`: who may waive a block; empty when nobody may. `asks`: of "reason", "expiry", "approver", "second person".
    """

    reaction: Reaction
    says: str
    asks: tuple[str, ...] = ()
    waiver: str = ""


FUNCTIONS: dict[Event, Function] = {
    Event.MISSING: Function.GATES,
    Event.UNAPPROVED: Function.GATES,
    Event.SKIPPED: Function.GATES,
    Event.TEMPLATE: Function.DELIVERABLES,
    Event.LATE_REPORT: Function.REPORTING,
    Event.BASELINE: Function.BASELINES,
    Event.RATING: Function.REPORTING,
    Event.START: Function.GATES,
    Event.MANAGER: Function.RESOURCES,
    Event.CLOSURE: Function.CLOSURE,
}
BOARD, HEAD = "the gate's approver", "the head of the PMO"  # who may waive what is blocked
_ALLOW, _WARN, _APPROVAL, _BLOCK = Reaction
RULES: dict[Event, dict[Mode, Rule]] = {
    Event.MISSING: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "The gate may pass; the missing deliverables are said as a hint."),
        Mode.CONTROLLING: Rule(
            _BLOCK,
            "The gate cannot pass without a waiver that has a reason, an expiry and an approver.",
            ("reason", "expiry", "approver"),
            BOARD,
        ),
        Mode.DIRECTIVE: Rule(
            _BLOCK, "The gate cannot pass; only the head of the PMO may waive.", ("reason", "expiry", "approver"), HEAD
        ),
    },
    Event.UNAPPROVED: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "The gate may pass with deliverables that nobody has accepted yet."),
        Mode.CONTROLLING: Rule(_WARN, "The gate may pass; the deliverables need acceptance before the next one."),
        Mode.DIRECTIVE: Rule(
            _BLOCK,
            "The gate cannot pass before its deliverables are accepted.",
            ("reason", "expiry", "approver"),
            HEAD,
        ),
    },
    Event.SKIPPED: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "A gate may be skipped; that it was is kept in the history."),
        Mode.CONTROLLING: Rule(_APPROVAL, "Skipping a gate needs approval.", ("reason", "approver")),
        Mode.DIRECTIVE: Rule(
            _BLOCK, "No gate may be skipped: decide the earlier one first.", ("reason", "expiry", "approver"), HEAD
        ),
    },
    Event.TEMPLATE: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "Templates are offered, not demanded."),
        Mode.CONTROLLING: Rule(_WARN, "The deliverable was not made from its template."),
        Mode.DIRECTIVE: Rule(_WARN, "The deliverable was not made from its template; return it to its author."),
    },
    Event.LATE_REPORT: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "A reminder is shown."),
        Mode.CONTROLLING: Rule(_WARN, "The report is late; it is escalated after a cycle."),
        Mode.DIRECTIVE: Rule(
            _WARN, "The report is late: it is escalated at once, and the ratings count as unverified."
        ),
    },
    Event.BASELINE: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "The baseline may change; the change is kept in the history."),
        Mode.CONTROLLING: Rule(_APPROVAL, "A baseline changes by an approved change request.", ("reason", "approver")),
        Mode.DIRECTIVE: Rule(_APPROVAL, "A baseline changes with the PMO's approval.", ("reason", "approver")),
    },
    Event.RATING: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "A rating may be overridden; say why.", ("reason",)),
        Mode.CONTROLLING: Rule(_WARN, "An overridden rating needs a reason and an expiry.", ("reason", "expiry")),
        Mode.DIRECTIVE: Rule(
            _APPROVAL, "A second person has to agree to an overridden rating.", ("reason", "expiry", "second person")
        ),
    },
    Event.START: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "Work may start before the gate."),
        Mode.CONTROLLING: Rule(_WARN, "The gate has not approved the start; inform the sponsor."),
        Mode.DIRECTIVE: Rule(
            _BLOCK,
            "No bookings and no spending before the gate has approved the start.",
            ("reason", "expiry", "approver"),
            HEAD,
        ),
    },
    Event.MANAGER: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "The project decides who manages it."),
        Mode.CONTROLLING: Rule(_WARN, "The PMO advises who manages a project: ask it."),
        Mode.DIRECTIVE: Rule(_APPROVAL, "The PMO assigns the managers of projects.", ("reason", "approver")),
    },
    Event.CLOSURE: {
        Mode.SUPPORTIVE: Rule(_ALLOW, "A project may close with open actions."),
        Mode.CONTROLLING: Rule(_WARN, "Open actions need an owner who keeps them after closure."),
        Mode.DIRECTIVE: Rule(
            _BLOCK,
            "The project cannot close before its open actions are handed over.",
            ("reason", "expiry", "approver"),
            HEAD,
        ),
    },
}


class Standing(NamedTuple):
    """One row of authority: from a day on, for a portfolio (None: all) and a function (None: all)."""

    portfolio: str | None
    function: str | None
    mode: Mode
    effective_from: date


def find_mode(standings: Iterable[Standing], portfolio: str | None, function: Function, on: date) -> Mode:
    """The authority for a portfolio and function on a day; supportive where nobody has said anything.

    The row that says more wins: both named, then the portfolio, then the function, then neither; among equals the
    latest in force.
    """
    fitting = [
        (each.portfolio is not None, each.function is not None, each.effective_from, each.mode)
        for each in standings
        if each.portfolio in (None, portfolio) and each.function in (None, function) and each.effective_from <= on
    ]
    return max(fitting, key=lambda each: each[:3])[3] if fitting else Mode.SUPPORTIVE


class Met(StrEnum):
    """Where one required item of one project stands."""

    MET = "Met"
    NOT_MET = "Not met"
    WAIVED = "Waived"
    NOT_DUE = "Not due"
    NOT_REQUIRED = "Not required"


@dataclass(frozen=True, slots=True)
class Share:
    """Required items that are due: how many there are, are met, and are waived. Waived ones are not met."""

    due: int
    met: int
    waived: int

    @property
    def percent(self) -> float | None:
        """Met in percent of due, 0-100; None when nothing is due. Source: domain.md h.1."""
        return 100.0 * self.met / self.due if self.due else None
