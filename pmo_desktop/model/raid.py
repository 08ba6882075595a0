"""What else a project logs beside its risks: issues, assumptions, dependencies, decisions and actions."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import (
    ActionStatus,
    AssumptionStatus,
    DecisionStatus,
    DependencyStatus,
    Direction,
    IssueStatus,
    IssueType,
    Level,
)

_PROJECT = ("Project name", "Project ID", "Project ref", "Workstream")
_COMMENT = ("Comments", "Notes", "Note", "Update", "Work notes", "Progress note")


class Issue(Register):
    """Something that has happened and must be dealt with."""

    __tablename__ = "issue"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Issue ID", "Issue ref", "Log no", "Ref", "No", "Issue no", "Reference")
    )
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Issue",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=(
            "Issue title",
            "Title",
            "Summary",
            "Problem statement",
            "Concern",
            "Blocker",
            "Comment/Concern/Event",
            "Headline",
            "Name",
        ),
        hints=("Description", "Issue description"),
    )
    description: Stored[str | None] = field("Details", Kind.NOTE, also=("Issue description",))
    type: Stored[str | None] = field("Type", Kind.CHOICE, choices=tuple(IssueType), also=("Issue type", "Category"))
    raised: Stored[date | None] = field(
        "Raised", Kind.DATE, also=("Date raised", "Opened", "Date opened", "Date identified", "Logged")
    )
    raised_by: Stored[str | None] = field("Raised by", Kind.PERSON, also=("Identified by", "Reported by", "Author"))
    owner: Stored[str | None] = field(
        "Owner", Kind.PERSON, also=("Issue owner", "Assigned to", "Responsible", "Lead", "Accountable", "Actionee")
    )
    priority: Stored[str | None] = field("Priority", Kind.CHOICE, choices=tuple(Level), also=("Urgency",))
    severity: Stored[str | None] = field("Severity", Kind.CHOICE, choices=tuple(Level), also=("Issue severity",))
    impact: Stored[str | None] = field("Impact", Kind.NOTE, also=("Effect", "Consequence", "Impact description"))
    currency: Stored[str | None] = field("Currency", Kind.CODE)
    cost_impact: Stored[int | None] = field("Cost impact", Kind.MONEY, also=("Cost", "Financial impact"))
    schedule_impact: Stored[float | None] = field(
        "Schedule impact", Kind.NUMBER, unit="days", also=("Time impact", "Days", "Delay")
    )
    root_cause: Stored[str | None] = field("Root cause", Kind.NOTE, also=("Cause",))
    resolution_plan: Stored[str | None] = field(
        "Resolution plan", Kind.NOTE, also=("Response actions", "Action taken", "Actions", "Mitigation")
    )
    next_step: Stored[str | None] = field("Next step", Kind.NOTE, also=("Next steps", "Next action"))
    due: Stored[date | None] = field("Due", Kind.DATE, also=("Due date", "Target date", "By when", "Target resolution"))
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(IssueStatus), also=("Issue status", "Response status", "State")
    )
    resolution: Stored[str | None] = field("Resolution", Kind.NOTE, also=("Outcome",))
    resolved: Stored[date | None] = field(
        "Resolved on", Kind.DATE, also=("Date resolved", "Resolved", "Date closed", "Closed", "Closed on")
    )
    source_risk: Stored[str | None] = field("From risk", Kind.LINK, to="risk", also=("Source risk", "Risk", "Risk ID"))
    escalated_to: Stored[str | None] = field("Escalated to", Kind.TEXT, also=("Escalation", "Escalations", "Escalated"))
    rag: Stored[str | None] = field("RAG", Kind.RAG, also=("RAG status", "Colour"))
    show_on_report: Stored[bool | None] = field("Show on pack", Kind.YESNO, also=("Show on report",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Assumption(Register):
    """Something taken for true until somebody has tested it."""

    __tablename__ = "assumption"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Assumption ID", "Assumption ref", "Ref", "No", "Reference")
    )
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    assumption: Stored[str] = field(
        "Assumption",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("We assume", "Title", "Summary", "Description", "Assumption description", "Headline", "Name"),
    )
    category: Stored[str | None] = field("Category", Kind.CHOICE, also=("Theme", "Area"))
    basis: Stored[str | None] = field("Basis", Kind.NOTE, also=("Evidence", "Rationale"))
    impact_if_false: Stored[str | None] = field(
        "If it is false", Kind.NOTE, also=("If wrong", "Impact if false", "Impact", "Effect")
    )
    confidence: Stored[str | None] = field("Confidence", Kind.CHOICE, choices=tuple(Level), also=("Certainty",))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Assumption owner", "Responsible", "Lead"))
    raised: Stored[date | None] = field("Raised", Kind.DATE, also=("Date raised", "Logged", "Opened"))
    test_by: Stored[date | None] = field(
        "Test by", Kind.DATE, also=("Validate by", "Due", "Due date", "Review date", "Target date")
    )
    validated_on: Stored[date | None] = field(
        "Validated on", Kind.DATE, also=("Validation date", "Date validated", "Closed", "Date closed")
    )
    status: Stored[str | None] = field(
        "Status",
        Kind.CHOICE,
        choices=tuple(AssumptionStatus),
        also=("Valid?", "State", "Assumption status", "Valid / Invalid", "Valid / Invalid / Open"),
    )
    linked_risk: Stored[str | None] = field("Risk", Kind.LINK, to="risk", also=("Linked risk", "Risk ID", "Risk ref"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Dependency(Register):
    """Something one side needs by a day and another has promised for one."""

    __tablename__ = "dependency"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Dependency ID", "Dependency ref", "Ref", "No", "Reference")
    )
    project: Stored[str | None] = field(
        "Project", Kind.LINK, to="project", help="The project that keeps the entry", also=_PROJECT
    )
    deliverable: Stored[str] = field(
        "Dependency",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=(
            "Interdependency",
            "Deliverable",
            "Dependent on",
            "Title",
            "Summary",
            "Description",
            "Dependency description",
            "Headline",
            "Name",
        ),
    )
    direction: Stored[str | None] = field(
        "Direction", Kind.CHOICE, choices=tuple(Direction), also=("In/out", "Inbound/Outbound")
    )
    giver: Stored[str | None] = field(
        "Giver", Kind.CHOICE, help="The project or party that delivers", also=("From", "Supplier", "Predecessor")
    )
    receiver: Stored[str | None] = field(
        "Receiver", Kind.CHOICE, help="The project or party that waits", also=("To", "Customer", "Successor")
    )
    type: Stored[str | None] = field("Type", Kind.CHOICE, also=("Dependency type", "Category"))
    need_by: Stored[date | None] = field(
        "Needed by",
        Kind.DATE,
        also=("Need by", "Required by", "Date required", "Due", "Due date", "Needed on", "Target date"),
    )
    promise_by: Stored[date | None] = field(
        "Promised by", Kind.DATE, also=("Promise by", "Committed date", "Agreed date", "Forecast", "Forecast date")
    )
    actual: Stored[date | None] = field("Delivered on", Kind.DATE, also=("Actual", "Actual date", "Date closed"))
    owner_giver: Stored[str | None] = field(
        "Giver's owner", Kind.PERSON, also=("Owner giver", "Provider", "Provider owner")
    )
    owner_receiver: Stored[str | None] = field(
        "Receiver's owner", Kind.PERSON, also=("Owner receiver", "Owner", "Dependency owner", "Responsible")
    )
    criticality: Stored[str | None] = field(
        "Criticality", Kind.CHOICE, choices=tuple(Level), also=("Priority", "Impact", "Severity")
    )
    rag: Stored[str | None] = field("RAG", Kind.RAG, also=("RAG status", "Colour"))
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(DependencyStatus), also=("State", "Agreed?", "Dependency status")
    )
    raised: Stored[date | None] = field("Raised", Kind.DATE, also=("Date raised", "Logged", "Opened"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Decision(Register):
    """Something a board was asked, and what it said."""

    __tablename__ = "decision"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Decision ID", "Decision ref", "Minute ref", "Ref", "No", "Reference")
    )
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Decision required",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=(
            "Ask",
            "Title",
            "Summary",
            "Description",
            "Decision title",
            "Decision description",
            "Headline",
            "Name",
        ),
        hints=("Decision",),
    )
    context: Stored[str | None] = field("Context", Kind.NOTE, also=("Background", "Reason"))
    options: Stored[str | None] = field("Options", Kind.NOTE, also=("Options considered", "Alternatives"))
    decision: Stored[str | None] = field(
        "Decision made", Kind.NOTE, also=("Outcome", "Resolution"), hints=("Decision",)
    )
    rationale: Stored[str | None] = field("Rationale", Kind.NOTE, also=("Why", "Justification"))
    maker: Stored[str | None] = field(
        "Made by", Kind.PERSON, also=("Decision maker", "Approver", "Maker", "Owner", "Approved by", "Decision owner")
    )
    forum: Stored[str | None] = field("Forum", Kind.CHOICE, also=("Board", "Meeting"))
    raised: Stored[date | None] = field("Raised", Kind.DATE, also=("Date raised", "Logged", "Opened"))
    date_needed: Stored[date | None] = field(
        "Needed by", Kind.DATE, also=("Date needed", "Due", "Due date", "Required by", "By when", "Target date")
    )
    date_made: Stored[date | None] = field(
        "Made on", Kind.DATE, also=("Date made", "Date of decision", "Decision date", "Date", "Date closed")
    )
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(DecisionStatus), also=("Decision status", "State")
    )
    impact: Stored[str | None] = field("Impact", Kind.NOTE, also=("Effect", "Consequence"))
    currency: Stored[str | None] = field("Currency", Kind.CODE)
    cost: Stored[int | None] = field("Cost", Kind.MONEY, also=("Estimated cost", "Cost impact"))
    approval_required: Stored[bool | None] = field("Approval required", Kind.YESNO)
    review_by: Stored[date | None] = field("Review by", Kind.DATE, also=("Review date",))
    supersedes: Stored[str | None] = field("Supersedes", Kind.CODE, help="The ID of the decision that it replaces")
    actions: Stored[str | None] = field("Actions", Kind.NOTE, also=("Follow-up", "Next steps"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Action(Register):
    """Something somebody has said that they will do."""

    __tablename__ = "action"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, also=("Action ID", "Action ref", "Ref", "No", "Action no", "Reference")
    )
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    description: Stored[str] = field(
        "Action",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=(
            "Action item",
            "Task",
            "To do",
            "Title",
            "Summary",
            "Description",
            "Action description",
            "Headline",
            "Name",
        ),
    )
    source: Stored[str | None] = field("Source", Kind.CHOICE, also=("Origin", "Meeting", "Forum"))
    source_ref: Stored[str | None] = field("Source ID", Kind.CODE, also=("Source ref", "Related to", "Linked to"))
    owner: Stored[str | None] = field(
        "Owner", Kind.PERSON, also=("Actionee", "Who", "Responsible", "Lead", "Assigned to", "Action owner")
    )
    raised: Stored[date | None] = field("Raised", Kind.DATE, also=("Date raised", "Logged", "Opened", "Date opened"))
    due: Stored[date | None] = field(
        "Due", Kind.DATE, also=("Due date", "By when", "Deadline", "Target", "Target date", "Original due date")
    )
    revised_due: Stored[date | None] = field("Revised due", Kind.DATE, also=("Revised date", "Revised due date"))
    done: Stored[date | None] = field(
        "Done", Kind.DATE, also=("Completed", "Date completed", "Date closed", "Closed", "Date done", "Closed on")
    )
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(ActionStatus), also=("Action status", "State")
    )
    priority: Stored[str | None] = field("Priority", Kind.CHOICE, choices=tuple(Level), also=("Urgency",))
    progress: Stored[float | None] = field("Progress", Kind.PERCENT, also=("% complete", "Percent complete"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)
