"""Which mark stands for which word of assurance, the same in every print and as on the screen; "N" is the grey ring."""

from __future__ import annotations

from collections.abc import Mapping

from pmo_desktop.rules.assurance import (
    Answer,
    BenefitStatus,
    DeliverableStatus,
    FindingStatus,
    GateDecision,
    Grade,
)

ANSWERS: Mapping[Answer | None, tuple[str, str]] = {  # mark and words
    Answer.YES: ("G", "Met"),
    Answer.PARTLY: ("A", "Partly met"),
    Answer.NO: ("R", "Not met"),
    Answer.NOT_APPLICABLE: ("N", "N/A"),
    None: ("N", "Not answered"),
}
_MARKS: Mapping[str, str] = {
    DeliverableStatus.ACCEPTED: "G",
    DeliverableStatus.SUBMITTED: "A",
    DeliverableStatus.IN_PROGRESS: "A",
    DeliverableStatus.REJECTED: "R",
    GateDecision.APPROVE: "G",
    GateDecision.CONDITIONS: "G",
    GateDecision.REWORK: "A",
    GateDecision.HOLD: "A",
    GateDecision.STOP: "R",
    BenefitStatus.REALISED: "G",
    BenefitStatus.ON_TRACK: "G",
    BenefitStatus.AT_RISK: "A",
    Grade.CRITICAL: "R",
    Grade.ESSENTIAL: "A",
    FindingStatus.VERIFIED: "G",
    FindingStatus.DONE: "A",
    FindingStatus.AGREED: "A",
}


def mark_of(word: str | None) -> str:
    """The mark of a status, decision or grade; the ring for one that says nothing yet, or that is another's word."""
    return _MARKS.get(word or "", "N")
