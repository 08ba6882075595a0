"""Risks, and the actions that are to make them smaller."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import ActionStatus, Proximity, Response, RiskStatus, RiskType

_ONE_OF = "With the controls there are; the greatest impact is the one that counts"


class Risk(Register):
    """One thing that may happen to a project, or to the portfolio. Scores and bands are computed."""

    __tablename__ = "risk"

    ref: Stored[str | None] = field(
        "ID",
        Kind.CODE,
        searchable=True,
        also=("Risk ID", "Risk ref", "Ref", "No", "R", "R#", "Number", "Permanent ID", "Risk no", "Reference"),
    )
    project: Stored[str | None] = field(
        "Project",
        Kind.LINK,
        to="project",
        help="Empty when it is the portfolio's own",
        also=("Project name", "Project ID", "Project ref", "Workstream", "Project/Program", "Project occurrence"),
        hints=("Parent",),
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, choices=tuple(RiskType), also=("Threat/Opportunity", "T/O", "Risk type", "Uncertainty")
    )
    title: Stored[str] = field(
        "Risk",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=(
            "Risk title",
            "Title",
            "Short description",
            "Headline",
            "Summary",
            "Risk name",
            "Name",
        ),
        hints=("Description", "Risk description", "Description of risk"),
    )
    cause: Stored[str | None] = field("Cause", Kind.NOTE, also=("Because of", "Source", "Trigger", "Risk cause"))
    event: Stored[str | None] = field(
        "Event",
        Kind.NOTE,
        also=(
            "Risk event",
            "There is a risk that",
            "Description of uncertainty",
            "Description",
            "Risk description",
            "Description of risk",
        ),
    )
    effect: Stored[str | None] = field(
        "Effect",
        Kind.NOTE,
        also=(
            "Consequences",
            "Consequence description",
            "Impact description",
            "Resulting in",
            "Hazard / Consequence",
            "Leading to",
            "Risk effect",
        ),
        hints=("Impact", "Consequence"),
    )
    category: Stored[str | None] = field(
        "Category", Kind.CHOICE, also=("Risk category", "Categories", "RBS", "Theme", "Area")
    )
    date_raised: Stored[date | None] = field(
        "Raised", Kind.DATE, also=("Date raised", "Date identified", "Logged", "Opened", "Date opened", "Raised on")
    )
    raised_by: Stored[str | None] = field("Raised by", Kind.PERSON, also=("Identified by", "Author", "Reported by"))
    owner: Stored[str | None] = field(
        "Owner", Kind.PERSON, also=("Risk owner", "Resp", "Accountable", "Responsible", "Lead", "Assigned to")
    )
    action_owner: Stored[str | None] = field("Action owner", Kind.PERSON, also=("Actionee", "Risk actionee"))
    proximity: Stored[str | None] = field(
        "Proximity", Kind.CHOICE, choices=tuple(Proximity), also=("When", "Timescale", "Imminence", "Velocity")
    )
    prob_inherent: Stored[int | None] = field(
        "Inherent likelihood", Kind.POINT, scale="likelihood", also=("Likelihood", "L", "P", "Prob", "Probability")
    )
    impact_inherent: Stored[int | None] = field(
        "Inherent impact", Kind.POINT, scale="impact", also=("Impact", "I", "Sev", "Severity", "Consequence", "C")
    )
    existing_controls: Stored[str | None] = field(
        "Controls",
        Kind.NOTE,
        also=(
            "Current controls",
            "Existing controls",
            "Existing controls in place",
            "Current control measures",
            "Mitigation in place",
        ),
    )
    prob_residual: Stored[int | None] = field(
        "Residual likelihood",
        Kind.POINT,
        scale="likelihood",
        help="With the controls there are",
        also=("Current likelihood", "Net likelihood", "S after action"),
    )
    impact_residual: Stored[int | None] = field(
        "Residual impact",
        Kind.POINT,
        scale="impact",
        help="With the controls there are",
        also=("Current impact", "Net impact", "K post action"),
    )
    impact_cost: Stored[int | None] = field(
        "Impact on cost",
        Kind.POINT,
        scale="impact",
        help=_ONE_OF,
        place=2,
        also=("Impact: cost", "Cost severity", "Cost rating", "Cost score", "Financial rating"),
    )
    impact_time: Stored[int | None] = field(
        "Impact on time",
        Kind.POINT,
        scale="impact",
        help=_ONE_OF,
        place=2,
        also=("Impact: time", "Impact on schedule", "Schedule severity", "Schedule rating", "Time score"),
    )
    impact_quality: Stored[int | None] = field(
        "Impact on quality",
        Kind.POINT,
        scale="impact",
        help=_ONE_OF,
        place=2,
        also=("Impact: quality", "Quality impact", "Quality severity", "Impact on scope", "Quality score"),
    )
    impact_reputation: Stored[int | None] = field(
        "Impact on reputation",
        Kind.POINT,
        scale="impact",
        help=_ONE_OF,
        place=2,
        also=("Impact: reputation", "Reputation impact", "Reputational impact", "Reputation score"),
    )
    impact_safety: Stored[int | None] = field(
        "Impact on safety",
        Kind.POINT,
        scale="impact",
        help=_ONE_OF,
        place=2,
        also=("Impact: safety", "Safety impact", "Impact on health and safety", "HSE impact", "Safety score"),
    )
    prob_target: Stored[int | None] = field("Target likelihood", Kind.POINT, scale="likelihood")
    impact_target: Stored[int | None] = field("Target impact", Kind.POINT, scale="impact")
    appetite: Stored[float | None] = field(
        "Appetite", Kind.NUMBER, help="The score up to which it is borne", also=("Risk appetite", "Tolerance")
    )
    response_strategy: Stored[str | None] = field(
        "Response",
        Kind.CHOICE,
        choices=tuple(Response),
        also=("Strategy", "Treatment", "4Ts", "5Ts", "Response strategy", "Risk response", "Response type"),
    )
    actions: Stored[str | None] = field(
        "Mitigation",
        Kind.NOTE,
        also=(
            "Mitigation plan",
            "Mitigation notes",
            "Mitigating actions",
            "Mitigations",
            "Further actions",
            "Revised / further actions",
            "Treatment plan",
            "Contingency plan",
            "Fallback",
            "Response plan",
            "Planned actions",
        ),
    )
    action_due: Stored[date | None] = field(
        "Due", Kind.DATE, also=("Due date", "Action due", "Target date", "By when", "Mitigation due")
    )
    action_status: Stored[str | None] = field(
        "Action status", Kind.CHOICE, choices=tuple(ActionStatus), also=("Mitigation status",)
    )
    currency: Stored[str | None] = field("Currency", Kind.CODE)
    cost_min: Stored[int | None] = field("Cost, least", Kind.MONEY, also=("Min cost", "Minimum cost", "Cost min"))
    cost_likely: Stored[int | None] = field(
        "Cost, likely",
        Kind.MONEY,
        also=(
            "Cost impact",
            "Estimated cost",
            "Financial impact",
            "Likely cost",
            "Most likely cost",
            "£ exposure",
            "Cost likely",
        ),
    )
    cost_max: Stored[int | None] = field("Cost, most", Kind.MONEY, also=("Max cost", "Maximum cost", "Cost max"))
    days_min: Stored[float | None] = field("Days, least", Kind.NUMBER, also=("Min days", "Days min"))
    days_likely: Stored[float | None] = field(
        "Days, likely", Kind.NUMBER, also=("Schedule impact", "Time impact", "Likely days", "Days likely", "Delay")
    )
    days_max: Stored[float | None] = field("Days, most", Kind.NUMBER, also=("Max days", "Days max"))
    rag: Stored[str | None] = field("RAG", Kind.RAG, also=("RAG status", "Colour", "Risk rank", "Risk RAG"))
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(RiskStatus), also=("Risk status", "Open/Closed", "State", "Live")
    )
    last_review: Stored[date | None] = field(
        "Last reviewed", Kind.DATE, also=("Last review", "Date reviewed", "Reviewed", "Last updated")
    )
    next_review: Stored[date | None] = field(
        "Next review", Kind.DATE, also=("Review date", "Date of next review", "Review by", "Review due")
    )
    date_closed: Stored[date | None] = field(
        "Closed on", Kind.DATE, also=("Date closed", "Closed", "Date completed", "Closure date")
    )
    escalated_to: Stored[str | None] = field(
        "Escalated to", Kind.TEXT, also=("Escalate?", "Escalation level", "Escalation", "Escalated")
    )
    show_on_report: Stored[bool | None] = field(
        "Show on pack", Kind.YESNO, also=("Show on project status report", "Show in portfolio", "Show on report")
    )
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=("Comments", "Notes", "Note", "Update"))


class RiskAction(Register):
    """One thing that somebody does about a risk, and what it is to change."""

    __tablename__ = "mitigation"

    risk: Stored[str] = field("Risk", Kind.LINK, to="risk", required=True, also=("Risk ID", "Risk ref", "Risk title"))
    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Action ID", "Action ref", "Ref", "No"))
    description: Stored[str] = field(
        "Action",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Response title", "Mitigation", "Mitigating action", "Risk action", "Description", "Control"),
    )
    owner: Stored[str | None] = field(
        "Owner", Kind.PERSON, also=("Action owner", "Actionee", "Responsible", "Lead", "Who")
    )
    start: Stored[date | None] = field("Start", Kind.DATE, also=("Start date", "Response start"))
    due: Stored[date | None] = field("Due", Kind.DATE, also=("Due date", "By when", "Target date", "Response end"))
    done: Stored[date | None] = field("Done", Kind.DATE, also=("Date done", "Completed", "Date completed"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(ActionStatus), also=("Action status",))
    effect_prob: Stored[float | None] = field(
        "Effect on likelihood", Kind.NUMBER, help="Points it takes off once it is done"
    )
    effect_impact: Stored[float | None] = field(
        "Effect on impact", Kind.NUMBER, help="Points it takes off once it is done"
    )
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=("Comments", "Notes", "Progress", "Update"))
