"""The vocabulary of methods, gates and assurance, with one spelling each."""

from __future__ import annotations

from enum import StrEnum


class MethodStatus(StrEnum):
    """Where a version of a methodology stands: only an approved one is applied to projects."""

    DRAFT = "Draft"
    APPROVED = "Approved"
    RETIRED = "Retired"


class Tier(StrEnum):
    """How large a project is, by its score: tier 1 is the largest and is asked for the most."""

    ONE = "Tier 1"
    TWO = "Tier 2"
    THREE = "Tier 3"


class Mandatory(StrEnum):
    """For which projects a deliverable or a criterion is mandatory; for others it is optional."""

    ALL = "All projects"
    LARGER = "Tier 1 and 2"
    LARGEST = "Tier 1"
    NONE = "Optional"

    def binds(self, tier: str | None) -> bool:
        """Whether it is mandatory for a project of a tier.

        A project nobody has sized is taken for the middle one, and so is one whose tier is another's word ("Large").
        """
        return (tier if tier in tuple(Tier) else Tier.TWO) in _BOUND[self]


_BOUND: dict[Mandatory, tuple[Tier, ...]] = {
    Mandatory.ALL: (Tier.ONE, Tier.TWO, Tier.THREE),
    Mandatory.LARGER: (Tier.ONE, Tier.TWO),
    Mandatory.LARGEST: (Tier.ONE,),
    Mandatory.NONE: (),
}


class Duty(StrEnum):
    """What a role has to do with a deliverable or a gate: the letters of a RACI table."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"

    @property
    def label(self) -> str:
        """The word behind the letter."""
        return self.name.capitalize()


class PhaseStatus(StrEnum):
    """Where a phase of a project stands."""

    NOT_STARTED = "Not started"
    UNDER_WAY = "Under way"
    COMPLETE = "Complete"


class DeliverableStatus(StrEnum):
    """How far a deliverable is; one that was accepted is met, one not needed was tailored out."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    SUBMITTED = "Submitted"
    ACCEPTED = "Accepted"
    REJECTED = "Returned"
    NOT_NEEDED = "Not needed"


class Answer(StrEnum):
    """What a reviewer says of a criterion."""

    YES = "Yes"
    PARTLY = "Partly"
    NO = "No"
    NOT_APPLICABLE = "N/A"


class GateDecision(StrEnum):
    """What a board decides at a gate."""

    APPROVE = "Approve"
    CONDITIONS = "Approve with conditions"
    REWORK = "Rework"
    HOLD = "Hold"
    STOP = "Stop"

    @property
    def passes(self) -> bool:
        """Whether the project may go on."""
        return self in (GateDecision.APPROVE, GateDecision.CONDITIONS)


class WaiverStatus(StrEnum):
    """Where a request to do without something stands; one past its day has expired, whatever it says here."""

    REQUESTED = "Requested"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    WITHDRAWN = "Withdrawn"


class AuditKind(StrEnum):
    """What sort of check it was."""

    HEALTH_CHECK = "Health check"
    AUDIT = "Audit"
    GATE_REVIEW = "Assurance review"


class AuditStatus(StrEnum):
    """Where a check stands."""

    PLANNED = "Planned"
    UNDER_WAY = "Under way"
    REPORTED = "Reported"
    CANCELLED = "Cancelled"


class Grade(StrEnum):
    """How urgent a finding is. Source: domain.md h.2 (critical: do now; essential: do by; recommended)."""

    CRITICAL = "Critical"
    ESSENTIAL = "Essential"
    RECOMMENDED = "Recommended"


class FindingStatus(StrEnum):
    """What became of a finding: it is closed by somebody who verified it, never by who acted on it."""

    OPEN = "Open"
    AGREED = "Action agreed"
    DONE = "Action done"
    VERIFIED = "Verified"
    REJECTED = "Not accepted"


class ReviewResult(StrEnum):
    """How a quality review ended."""

    PASS = "Pass"  # noqa: S105  a result, not a password
    ACTIONS = "Pass with actions"
    FAIL = "Fail"


class LessonType(StrEnum):
    """Whether something went well."""

    WELL = "Went well"
    BADLY = "Went badly"


class LessonStatus(StrEnum):
    """What became of a lesson."""

    PROPOSED = "Proposed"
    PUBLISHED = "Published"
    APPLIED = "Applied"
    RETIRED = "Retired"


class BenefitType(StrEnum):
    """What sort of gain it is; a disbenefit is a loss that is accepted."""

    CASHABLE = "Cashable"
    NON_CASHABLE = "Non-cashable"
    QUALITATIVE = "Qualitative"
    DISBENEFIT = "Disbenefit"


class BenefitStatus(StrEnum):
    """How far a benefit is."""

    PLANNED = "Planned"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    REALISED = "Realised"
    CANCELLED = "Cancelled"
