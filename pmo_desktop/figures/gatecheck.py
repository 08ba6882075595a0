"""What a gate review shows, as plain data: the checklist, the deliverables, votes, conditions, and the whole gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmo_desktop.rules.assurance import Answer, DeliverableStatus
from pmo_desktop.rules.authority import Waiving
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.rules.gates import Outlook, Tally
from pmo_desktop.rules.words import Rag


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file or a link that somebody put to an answer, or to the deliverable that shows the criterion."""

    attachment: str
    name: str
    link: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CriterionCheck:
    """One line of the checklist. `person` is who has the owner's role, None where nobody is known to.

    `deliverable` is the row that shows it, `evidence` what is attached to the answer or to that row; `waiver` is the
    one in force.
    """

    code: str
    section: str
    text: str
    guidance: str
    role: str
    person: str | None
    mandatory: bool
    answer: Answer | None
    comment: str
    answered_on: date | None
    answered_by: str | None
    deliverable: str | None
    evidence: tuple[Evidence, ...]
    waiver: Waiving | None


@dataclass(frozen=True, slots=True)
class DeliverableCheck:
    """One deliverable due at the gate; `row` is None for one that the methodology asks for and the project lacks."""

    row: str | None
    code: str
    name: str
    status: DeliverableStatus | None
    mandatory: bool
    owner: str | None
    due: date | None
    waiver: Waiving | None

    @property
    def met(self) -> bool:
        """Whether somebody has accepted it."""
        return self.status is DeliverableStatus.ACCEPTED


@dataclass(frozen=True, slots=True)
class Vote:
    """What one member of the board voted; `person` is an id."""

    person: str
    vote: str
    comment: str


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """One condition of an approval, an action of the project; it has lapsed when it is not done by its day."""

    action: str
    ref: str
    text: str
    owner: str | None
    due: date | None
    done: bool
    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCheck:
    """One gate of a project as it stands on the data date.

    `readiness` is percent 0-100 of what is mandatory, criteria and deliverables, that is met; waived counts as not
    met; None when nothing is mandatory, which `reason` then says. `missing` says what is lacking, a line each.
    `review` is None while there is no row for it, `milestone` while the gate has no date of its own.
    """

    project: str
    project_called: str
    code: str
    name: str
    question: str
    decides: str
    review: str | None
    reviewer: str | None
    held_on: date | None
    decision: str | None
    decided_on: date | None
    decided_by: str | None
    decision_reason: str
    next_review: date | None
    milestone: str | None
    planned: date | None
    outlook: Outlook
    criteria: tuple[CriterionCheck, ...]
    deliverables: tuple[DeliverableCheck, ...]
    tally: Tally
    mandatory: int
    met: int
    readiness: float | None
    reason: str
    missing: tuple[str, ...]
    waived: int
    skipped: tuple[str, ...]
    mode: Mode
    verdict: str
    votes: tuple[Vote, ...]
    conditions: tuple[ConditionCheck, ...]
    colour: Rag | None

    @property
    def closed(self) -> bool:
        """Whether it is decided: its answers stay as they are until it is reopened."""
        return self.decision is not None


@dataclass(frozen=True, slots=True)
class GateDay:
    """One line of the gate calendar. `days` until the gate, below zero for one overdue; `within` the span it is in.

    `readiness` is percent 0-100, None when nothing is mandatory; `blockers` are said a line each, waived ones left out.
    Of what is `mandatory`, `met` is there and `waived` is done without.
    """

    project: str
    project_called: str
    gate: str
    name: str
    day: date
    days: int
    within: int
    readiness: float | None
    blockers: tuple[str, ...]
    mandatory: int
    met: int
    waived: int
