"""A methodology as one project follows it: its phases, deliverables, gate reviews with their answers, and waivers."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.assurance import (
    Answer,
    DeliverableStatus,
    GateDecision,
    PhaseStatus,
    ReviewResult,
    Tier,
    WaiverStatus,
)
from pmo_desktop.rules.compliance import Event

_PROJECT = ("Project name", "Project ID", "Project ref", "Workstream")
_COMMENT = ("Comments", "Notes", "Note", "Update")
_CODE_HELP = "The part of the project's methodology that it comes from"


class Phase(Register):
    """One phase of a project."""

    __tablename__ = "phase"

    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True, also=_PROJECT)
    name: Stored[str] = field(
        "Phase", Kind.TEXT, required=True, searchable=True, also=("Stage", "Phase name", "Stage name", "Name")
    )
    code: Stored[str | None] = field("Library code", Kind.CODE, help=_CODE_HELP)
    position: Stored[float | None] = field("Order", Kind.NUMBER, also=("No", "Sequence"))
    start: Stored[date | None] = field("Start", Kind.DATE, also=("Start date", "From", "Begin"))
    finish: Stored[date | None] = field("Finish", Kind.DATE, also=("End", "End date", "Finish date", "To"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(PhaseStatus), also=("State",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Deliverable(Register):
    """Something a project has to bring forth, with who accepts it and by what. The product register."""

    __tablename__ = "deliverable"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Deliverable ID", "Product ID", "Ref", "No", "Reference")
    )
    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True, also=_PROJECT)
    name: Stored[str] = field(
        "Deliverable",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Product", "Output", "Deliverable name", "Product name", "Name", "Title"),
    )
    stage: Stored[str | None] = field("Phase", Kind.CHOICE, also=("Stage", "Project phase"))
    gate: Stored[str | None] = field("Gate", Kind.CODE, help="The gate that asks for it, as G4")
    code: Stored[str | None] = field("Library code", Kind.CODE, help=_CODE_HELP)
    mandatory: Stored[bool | None] = field("Mandatory", Kind.YESNO, also=("Required", "Required?"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Details"))
    owner: Stored[str | None] = field(
        "Owner", Kind.PERSON, also=("Deliverable owner", "Responsible", "Producer", "Author", "Lead")
    )
    acceptance_criteria: Stored[str | None] = field(
        "Acceptance criteria", Kind.NOTE, also=("Approval criteria", "Criteria")
    )
    acceptance_method: Stored[str | None] = field(
        "Acceptance method", Kind.TEXT, also=("Approval method", "Quality method")
    )
    acceptor: Stored[str | None] = field(
        "Accepted by", Kind.PERSON, also=("Acceptor", "Approval responsible", "Approver", "Quality responsible")
    )
    quality_expectation: Stored[str | None] = field(
        "Quality expectation", Kind.NOTE, also=("Quality expectations", "Quality criteria")
    )
    quality_tolerance: Stored[str | None] = field("Quality tolerance", Kind.TEXT, also=("Tolerance",))
    start: Stored[date | None] = field("Start", Kind.DATE, also=("Start date",))
    due: Stored[date | None] = field("Due", Kind.DATE, also=("Due date", "Target date", "Deadline", "By when"))
    submitted_on: Stored[date | None] = field("Submitted on", Kind.DATE, also=("Submitted", "Delivered on"))
    accepted_on: Stored[date | None] = field(
        "Accepted on", Kind.DATE, also=("Approved date", "Approved on", "Date accepted")
    )
    template_used: Stored[bool | None] = field("Template used", Kind.YESNO)
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(DeliverableStatus), also=("Delivery status", "State")
    )
    handover_owner: Stored[str | None] = field(
        "Handed over to", Kind.PERSON, help="Who keeps it when the project is over"
    )
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class GateReview(Register):
    """One gate of a project: what was found and decided. Its dates are those of the milestone with the same gate."""

    __tablename__ = "gate_review"

    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True, also=_PROJECT)
    code: Stored[str] = field(
        "Gate", Kind.CODE, required=True, searchable=True, also=("Gate no", "Gate ID", "Stage gate", "Toll gate")
    )
    name: Stored[str | None] = field("Gate name", Kind.TEXT, searchable=True, also=("Name", "Title"))
    held_on: Stored[date | None] = field("Held on", Kind.DATE, also=("Review date", "Date held"))
    reviewer: Stored[str | None] = field("Reviewer", Kind.PERSON, also=("Reviewed by", "Review lead"))
    decision: Stored[str | None] = field(
        "Decision", Kind.CHOICE, choices=tuple(GateDecision), also=("Outcome", "Result", "Gate decision")
    )
    decided_on: Stored[date | None] = field("Decided on", Kind.DATE, also=("Decision date", "Date decided"))
    decided_by: Stored[str | None] = field("Decided by", Kind.PERSON, also=("Decision maker", "Chair"))
    reason: Stored[str | None] = field("Reason", Kind.NOTE, also=("Rationale", "Justification"))
    next_review: Stored[date | None] = field("Next review", Kind.DATE, also=("Next review date",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class GateAnswer(Entity):
    """What was said of one criterion in one gate review; the criterion is kept as it read then."""

    __tablename__ = "gate_answer"

    review: Stored[str] = field("Gate review", Kind.LINK, to="gate_review", required=True)
    code: Stored[str] = field("Criterion", Kind.CODE, required=True)
    text: Stored[str] = field("Text", Kind.TEXT, required=True)
    answer: Stored[str | None] = field("Answer", Kind.CHOICE, choices=tuple(Answer))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, help="Required for No and N/A")
    answered_on: Stored[date | None] = field("Answered on", Kind.DATE)
    answered_by: Stored[str | None] = field("Answered by", Kind.TEXT)


class GateVote(Entity):
    """What one member of the board voted at a gate."""

    __tablename__ = "gate_vote"

    review: Stored[str] = field("Gate review", Kind.LINK, to="gate_review", required=True)
    person: Stored[str] = field("Member", Kind.PERSON, required=True)
    vote: Stored[str] = field("Vote", Kind.CHOICE, required=True, choices=tuple(GateDecision))
    comment: Stored[str | None] = field("Comment", Kind.NOTE)


class Waiver(Register):
    """A request to do without something the methodology asks for: who, why, until when, and who allowed it."""

    __tablename__ = "waiver"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Waiver ID", "Ref", "No", "Reference"))
    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True, also=_PROJECT)
    subject: Stored[str] = field(
        "Waiver", Kind.TEXT, required=True, searchable=True, also=("Subject", "Title", "What is waived", "Name")
    )
    event: Stored[str | None] = field("For", Kind.CHOICE, choices=tuple(Event), help="The rule that is set aside")
    concerns: Stored[str | None] = field(
        "Concerns", Kind.CODE, help="The code of the gate, criterion or deliverable that is waived"
    )
    reason: Stored[str | None] = field("Reason", Kind.NOTE, also=("Justification", "Rationale"))
    requested_by: Stored[str | None] = field("Requested by", Kind.PERSON, also=("Requester",))
    requested_on: Stored[date | None] = field("Requested on", Kind.DATE, also=("Requested", "Date requested"))
    approver: Stored[str | None] = field("Decided by", Kind.PERSON, also=("Approver", "Approved by"))
    decided_on: Stored[date | None] = field("Decided on", Kind.DATE, also=("Approved on", "Date decided"))
    expires: Stored[date | None] = field("Expires", Kind.DATE, also=("Expiry", "Valid until", "Until"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(WaiverStatus), also=("State",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class QualityReview(Register):
    """A review of one deliverable against its acceptance criteria."""

    __tablename__ = "quality_review"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Review ID", "Ref", "No", "Reference"))
    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True, also=_PROJECT)
    deliverable: Stored[str | None] = field(
        "Deliverable", Kind.CHOICE, also=("Product", "Output"), help="As it is called in the register of deliverables"
    )
    title: Stored[str] = field(
        "Quality review", Kind.TEXT, required=True, searchable=True, also=("Review", "Title", "Activity", "Name")
    )
    method: Stored[str | None] = field("Method", Kind.CHOICE, also=("Quality method",))
    planned: Stored[date | None] = field("Planned", Kind.DATE, also=("Planned date", "Due", "Due date"))
    held_on: Stored[date | None] = field("Held on", Kind.DATE, also=("Date", "Actual", "Date held"))
    reviewer: Stored[str | None] = field("Reviewer", Kind.PERSON, also=("Reviewed by",))
    result: Stored[str | None] = field("Result", Kind.CHOICE, choices=tuple(ReviewResult), also=("Outcome",))
    errors_found: Stored[float | None] = field("Errors found", Kind.NUMBER, also=("Defects", "Findings"))
    errors_open: Stored[float | None] = field("Errors open", Kind.NUMBER, also=("Open defects",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Sizing(Entity):
    """How large a project was judged to be, on five scales from 1 to 5, and which tier followed."""

    __tablename__ = "sizing"

    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True)
    sized_on: Stored[date] = field("Sized on", Kind.DATE, required=True)
    cost: Stored[float | None] = field("Cost", Kind.NUMBER)
    duration: Stored[float | None] = field("Duration", Kind.NUMBER)
    novelty: Stored[float | None] = field("Novelty", Kind.NUMBER)
    dependencies: Stored[float | None] = field("Dependencies", Kind.NUMBER)
    exposure: Stored[float | None] = field("Exposure", Kind.NUMBER)
    tier: Stored[str] = field("Tier", Kind.CHOICE, required=True, choices=tuple(Tier))
    reason: Stored[str | None] = field("Reason", Kind.NOTE, help="Why another tier was chosen than the score proposes")
