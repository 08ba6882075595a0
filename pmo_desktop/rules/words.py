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


class LinkKind(StrEnum):
    """How one entry is linked to another."""

    BECAME = "Became"
    UNDER = "Belongs under"
    CONDITION = "Condition of"


class RiskType(StrEnum):
    """Whether what may happen would hurt or help."""

    THREAT = "Threat"
    OPPORTUNITY = "Opportunity"


class RiskStatus(StrEnum):
    """Where a risk stands; one that occurred is an issue now."""

    OPEN = "Open"
    CLOSED = "Closed"
    OCCURRED = "Occurred"


class Response(StrEnum):
    """What is done about a risk: the first five about a threat, the next three about an opportunity."""

    AVOID = "Avoid"
    REDUCE = "Reduce"
    TRANSFER = "Transfer"
    SHARE = "Share"
    ACCEPT = "Accept"
    EXPLOIT = "Exploit"
    ENHANCE = "Enhance"
    REJECT = "Reject"
    CONTINGENCY = "Contingency"


class Proximity(StrEnum):
    """How soon a risk would strike."""

    IMMINENT = "Imminent"
    STAGE = "Within the stage"
    PROJECT = "Within the project"
    BEYOND = "Beyond the project"


class Level(StrEnum):
    """How much something weighs in words: a priority, a severity, a confidence."""

    CRITICAL = "Critical"
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


class IssueType(StrEnum):
    """What sort of issue was raised."""

    PROBLEM = "Problem"
    CONCERN = "Concern"
    CHANGE = "Request for change"
    OFF_SPECIFICATION = "Off-specification"


class IssueStatus(StrEnum):
    """Where an issue stands."""

    OPEN = "Open"
    IN_PROGRESS = "In progress"
    ON_HOLD = "On hold"
    RESOLVED = "Resolved"
    CLOSED = "Closed"


class ActionStatus(StrEnum):
    """How far an action is, as its owner says."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    DELAYED = "Delayed"
    COMPLETE = "Complete"
    CANCELLED = "Cancelled"


class AssumptionStatus(StrEnum):
    """What became of an assumption."""

    OPEN = "Open"
    VALID = "Valid"
    INVALID = "Invalid"
    CLOSED = "Closed"


class DependencyStatus(StrEnum):
    """What became of what one side promised another."""

    OPEN = "Open"
    AGREED = "Agreed"
    AT_RISK = "At risk"
    DELIVERED = "Delivered"
    CANCELLED = "Cancelled"


class Direction(StrEnum):
    """Which way a dependency runs, seen from the project that keeps it."""

    INBOUND = "Inbound"
    OUTBOUND = "Outbound"


class DecisionStatus(StrEnum):
    """Where a decision stands."""

    PENDING = "Pending"
    DEFERRED = "Deferred"
    CLOSED = "Closed"
    APPROVED = "Approved"
    REJECTED = "Rejected"


OVER: dict[type[StrEnum], tuple[StrEnum, ...]] = {  # the statuses that need nobody's care any more
    RiskStatus: (RiskStatus.CLOSED, RiskStatus.OCCURRED),
    IssueStatus: (IssueStatus.RESOLVED, IssueStatus.CLOSED),
    AssumptionStatus: (AssumptionStatus.VALID, AssumptionStatus.INVALID, AssumptionStatus.CLOSED),
    DependencyStatus: (DependencyStatus.DELIVERED, DependencyStatus.CANCELLED),
    DecisionStatus: (DecisionStatus.APPROVED, DecisionStatus.REJECTED, DecisionStatus.CLOSED),
    ActionStatus: (ActionStatus.COMPLETE, ActionStatus.CANCELLED),
}
