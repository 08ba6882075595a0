"""The vocabulary of a PMO: ratings, trends and states, with one spelling each."""

from __future__ import annotations

from enum import StrEnum


class Rag(StrEnum):
    """A rating as it is stored: five points, plus complete; no rating is None, never a member."""

    RED = "R"
    AMBER_RED = "AR"
    AMBER = "A"
    AMBER_GREEN = "AG"
    GREEN = "G"
    COMPLETE = "C"

    @property
    def label(self) -> str:
        """The word on screen, in Excel and in print."""
        return _RAG_LABELS[self]

    @property
    def badness(self) -> int:
        """Order from worst (5) to best (0); complete is never bad news."""
        return _RAG_BADNESS[self]

    @property
    def three_point(self) -> Rag:
        """The rating on the three-point scale, for totals only; storage never collapses.

        Source: domain.md b.3 asks for (AG, A, AR) to show as amber.
        """
        return Rag.AMBER if self in (Rag.AMBER_RED, Rag.AMBER_GREEN) else self


_RAG_LABELS = {
    Rag.RED: "Red",
    Rag.AMBER_RED: "Amber/Red",
    Rag.AMBER: "Amber",
    Rag.AMBER_GREEN: "Amber/Green",
    Rag.GREEN: "Green",
    Rag.COMPLETE: "Complete",
}
_RAG_BADNESS = {
    Rag.RED: 5,
    Rag.AMBER_RED: 4,
    Rag.AMBER: 3,
    Rag.AMBER_GREEN: 2,
    Rag.GREEN: 1,
    Rag.COMPLETE: 0,
}
NOT_RATED = "Not rated"


def rag_label(code: str | None) -> str:
    """The word for a stored rating; an empty one is said, never shown as green."""
    return Rag(code).label if code else NOT_RATED


class Trend(StrEnum):
    """How a rating moved since the report before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class ProjectStatus(StrEnum):
    """Where a project stands in its life; only Active and On hold count as open."""

    PROPOSED = "Proposed"
    ACTIVE = "Active"
    ON_HOLD = "On hold"
    CLOSED = "Closed"
    CANCELLED = "Cancelled"


ENDED = (ProjectStatus.CLOSED, ProjectStatus.CANCELLED)


class RecordStatus(StrEnum):
    """Whether a person, programme or portfolio is still in use."""

    ACTIVE = "Active"
    CLOSED = "Closed"


class MilestoneLevel(StrEnum):
    """Who watches a milestone."""

    BOARD = "Board"
    PROGRAMME = "Programme"
    PROJECT = "Project"


class MilestoneType(StrEnum):
    """What a milestone marks; the gate track is drawn from those of type Gate."""

    GATE = "Gate"
    GO_LIVE = "Go-live"
    PAYMENT = "Payment"
    MILESTONE = "Milestone"


class MilestoneStatus(StrEnum):
    """How far a milestone is, as its owner says."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    AT_RISK = "At risk"
    DELAYED = "Delayed"
    COMPLETE = "Complete"
    CANCELLED = "Cancelled"


class ResourceType(StrEnum):
    """What a resource is; a role stands for somebody still to be named."""

    PERSON = "Person"
    ROLE = "Role"
    TEAM = "Team"
    MATERIAL = "Material"
    EQUIPMENT = "Equipment"


class AbsenceType(StrEnum):
    """Why somebody is not there for projects."""

    LEAVE = "Leave"
    SICKNESS = "Sickness"
    TRAINING = "Training"
    LINE_TASKS = "Line tasks"
    OTHER = "Other"


class AllocationUnit(StrEnum):
    """What the quantity of an allocation counts."""

    PERCENT = "%"
    FTE = "FTE"
    DAYS = "days"
    HOURS = "hours"


class AllocationStatus(StrEnum):
    """How far a booking is agreed; requested and offered ones are soft, a confirmed one is hard."""

    REQUESTED = "Requested"
    OFFERED = "Offered"
    CONFIRMED = "Confirmed"
    REJECTED = "Rejected"


class DeltaKind(StrEnum):
    """What a scenario does with an allocation."""

    ADD = "Add"
    CHANGE = "Change"
    REMOVE = "Remove"


class Sensitivity(StrEnum):
    """Who may read a thing; printed in the footer of every page."""

    PUBLIC = "Public"
    INTERNAL = "Internal"
    CONFIDENTIAL = "Confidential"
    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"
