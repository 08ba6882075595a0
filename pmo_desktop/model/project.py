"""Projects: the register every other room leads to."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import ProjectStatus, Sensitivity

_START_HINTS = ("Start", "Start date", "Project start", "Begin")
_FINISH_HINTS = (
    "End",
    "End date",
    "Finish",
    "Finish date",
    "Due",
    "Target date",
    "Completion",
    "Completion date",
    "Go-live",
    "Go live date",
)


class Project(Register):
    """One project: who, why, when, how much, and how it stands. Ratings and texts here are the current ones."""

    __tablename__ = "project"

    ref: Stored[str | None] = field(
        "ID",
        Kind.CODE,
        searchable=True,
        help="The organisation's own reference",
        also=(
            "Project ref",
            "Ref",
            "Ref no",
            "Project ID",
            "Proj ID",
            "No",
            "Code",
            "Project code",
            "Project number",
            "GMPP ID number",
            "PID",
            "Unique ID",
            "Reference",
        ),
    )
    name: Stored[str | None] = field(
        "Project",
        Kind.TEXT,
        searchable=True,
        also=(
            "Project name",
            "Title",
            "Project title",
            "Initiative",
            "Scheme",
            "Programme/Project",
            "Project/Programme name",
            "Name",
            "Workstream",
        ),
    )
    description: Stored[str | None] = field(
        "Description",
        Kind.NOTE,
        searchable=True,
        also=(
            "Description / Aims",
            "Description aims",
            "Aims",
            "Summary",
            "Objectives",
            "Project goals",
            "Purpose",
            "What is it",
        ),
        hints=("Scope",),
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, also=("Project type", "Run/Grow/Transform", "Mandatory/Discretionary")
    )
    category: Stored[str | None] = field(
        "Category",
        Kind.CHOICE,
        also=("Theme", "Classification", "Report category", "Project category", "Delivery program"),
    )
    tier: Stored[str | None] = field(
        "Tier", Kind.CHOICE, also=("Size", "Complexity", "Class", "Band", "Governance level", "Size class", "S/M/L")
    )
    programme: Stored[str | None] = field(
        "Programme", Kind.LINK, to="programme", also=("Program", "Parent", "Parent project", "Programme name")
    )
    portfolio: Stored[str | None] = field("Portfolio", Kind.LINK, to="portfolio", also=("Sub-portfolio", "Board"))
    department: Stored[str | None] = field(
        "Department",
        Kind.CHOICE,
        searchable=True,
        also=(
            "Directorate",
            "Division",
            "Business unit",
            "BU",
            "Service area",
            "Function",
            "Client",
            "Sponsoring organisation",
            "OpCo",
        ),
    )
    sro: Stored[str | None] = field(
        "Sponsor",
        Kind.PERSON,
        searchable=True,
        also=(
            "SRO",
            "Senior responsible owner",
            "Senior responsible owner (SRO)",
            "Exec sponsor",
            "Executive sponsor",
            "Executive",
            "Project owner",
            "Business owner",
            "Accountable exec",
            "Project executive",
        ),
    )
    pm: Stored[str | None] = field(
        "Manager",
        Kind.PERSON,
        searchable=True,
        also=(
            "PM",
            "Project manager",
            "Proj mgr",
            "Lead",
            "Project lead",
            "Delivery manager",
            "Programme manager",
            "Owner",
            "Responsible",
        ),
    )
    pmo_contact: Stored[str | None] = field(
        "PMO contact", Kind.PERSON, also=("PMO lead", "PMO analyst", "Project support", "Business partner")
    )
    stage: Stored[str | None] = field(
        "Stage",
        Kind.CHOICE,
        also=(
            "Phase",
            "Current stage",
            "Gate",
            "Lifecycle stage",
            "RIBA stage",
            "OBC/FBC",
            "Alpha/Beta/Live",
            "Project stage",
        ),
        hints=("Status",),
    )
    lifecycle_status: Stored[str | None] = field(
        "Status",
        Kind.CHOICE,
        choices=tuple(ProjectStatus),
        also=("Project status", "Active/Closed", "Open?", "State", "Project lifecycle status", "Lifecycle status"),
        hints=("Status",),
    )
    rag_overall: Stored[str | None] = field(
        "RAG",
        Kind.RAG,
        help="The rating its manager declares",
        also=(
            "RAG status",
            "Overall RAG",
            "Overall status",
            "Overall health",
            "Overall",
            "Health",
            "BRAG",
            "Traffic light",
            "DCA",
            "Delivery confidence",
            "IPA delivery confidence assessment",
            "Delivery confidence assessment",
            "Confidence",
            "Colour rating",
            "Rating",
        ),
        hints=("Status",),
    )
    rag_scale: Stored[str | None] = field(
        "RAG scale", Kind.CHOICE, choices=("3", "5"), help="Points of the rating scale"
    )
    rag_time: Stored[str | None] = field(
        "Time",
        Kind.RAG,
        also=("Schedule RAG", "Time RAG", "Progress RAG", "Milestones RAG", "Schedule status", "RAG time"),
    )
    rag_cost: Stored[str | None] = field(
        "Cost", Kind.RAG, also=("Cost RAG", "Budget RAG", "Finance RAG", "Economy", "RAG cost", "Cost status")
    )
    rag_scope: Stored[str | None] = field("Scope", Kind.RAG, also=("Scope RAG", "RAG scope"), hints=("Scope",))
    rag_resource: Stored[str | None] = field(
        "Resources", Kind.RAG, also=("Resource RAG", "Resources RAG", "RAG resource")
    )
    rag_risk: Stored[str | None] = field("Risk", Kind.RAG, also=("Risk RAG", "RAG risk"))
    rag_quality: Stored[str | None] = field("Quality", Kind.RAG, also=("Quality RAG", "RAG quality"))
    rag_benefits: Stored[str | None] = field(
        "Benefits", Kind.RAG, also=("Benefits RAG", "Gain achievement", "RAG benefits"), hints=("Benefits",)
    )
    rag_comment: Stored[str | None] = field(
        "Commentary",
        Kind.NOTE,
        searchable=True,
        also=(
            "Comments",
            "Comment",
            "RAG rationale",
            "Reason for RAG",
            "Departmental commentary",
            "Narrative",
            "Status update",
            "Executive summary",
            "Path to green",
            "Rating comment",
            "Status comment",
            "RAG comment",
        ),
    )
    start_baseline: Stored[date | None] = field("Baseline start", Kind.DATE, also=("Planned start", "Original start"))
    start_forecast: Stored[date | None] = field("Start", Kind.DATE, also=(*_START_HINTS, "Forecast start"))
    start_actual: Stored[date | None] = field("Actual start", Kind.DATE, also=("Started",))
    finish_baseline: Stored[date | None] = field(
        "Baseline finish",
        Kind.DATE,
        also=(
            "Baseline end",
            "Planned end",
            "Planned finish",
            "Original finish",
            "Baseline launch date",
            "Baseline date",
        ),
    )
    finish_forecast: Stored[date | None] = field(
        "Finish",
        Kind.DATE,
        help="The forecast",
        also=(*_FINISH_HINTS, "Forecast finish", "Forecast end", "Fcst end", "Forecast", "Forecast completion"),
    )
    finish_actual: Stored[date | None] = field(
        "Actual finish", Kind.DATE, also=("Actual end", "Closure date", "Finished", "Date closed")
    )
    pct_complete: Stored[float | None] = field(
        "Done", Kind.PERCENT, also=("% complete", "%", "Progress", "Percent complete", "Complete", "Pct complete")
    )
    currency: Stored[str | None] = field(
        "Currency", Kind.CODE, also=("Curr", "CCY"), help="ISO code of all money in this row"
    )
    whole_life_cost: Stored[int | None] = field(
        "Whole-life cost",
        Kind.MONEY,
        also=(
            "WLC",
            "Whole life cost",
            "Whole-life cost baseline",
            "Total cost",
            "Lifetime cost",
            "WLC baseline incl NCG",
        ),
    )
    budget_approved: Stored[int | None] = field(
        "Budget",
        Kind.MONEY,
        help="Approved, whole life",
        also=(
            "Approved budget",
            "Baseline budget",
            "Total budget",
            "Total budget for the project",
            "Allocation",
            "Business case value",
            "BAC",
            "Approved cost",
        ),
    )
    fy_label: Stored[str | None] = field("Financial year", Kind.CODE, also=("FY", "Fiscal year"))
    budget_fy: Stored[int | None] = field(
        "Budget this year",
        Kind.MONEY,
        also=("FY baseline", "In-year budget", "Yearly budget", "FY budget", "Annual budget"),
    )
    forecast_fy: Stored[int | None] = field(
        "Forecast this year",
        Kind.MONEY,
        also=("FY forecast", "Outturn", "Projected outturn", "Yearly forecast", "In-year forecast", "Annual forecast"),
    )
    actual_to_date: Stored[int | None] = field(
        "Actual to date",
        Kind.MONEY,
        also=(
            "Spend to date",
            "Actuals",
            "Actual",
            "Actual cost",
            "Total incurred costs",
            "Cost to date",
            "YTD",
            "ACWP",
            "Spent",
            "Spent to date",
            "Spend",
        ),
    )
    eac: Stored[int | None] = field(
        "EAC",
        Kind.MONEY,
        help="Estimate at completion",
        also=(
            "Estimate at completion",
            "Forecast final cost",
            "FFC",
            "Anticipated final cost",
            "Project forecast",
            "Forecast cost",
            "Forecast at completion",
        ),
    )
    committed: Stored[int | None] = field("Committed", Kind.MONEY, also=("PO value", "Commitments"))
    contingency: Stored[int | None] = field("Contingency", Kind.MONEY, also=("Risk budget", "Management reserve"))
    benefits_total: Stored[int | None] = field(
        "Total benefits", Kind.MONEY, also=("Monetised benefits", "Benefits value"), hints=("Benefits",)
    )
    npv: Stored[int | None] = field("NPV", Kind.MONEY, also=("Net present value",))
    bcr: Stored[float | None] = field("BCR", Kind.NUMBER, also=("Benefit cost ratio", "VfM"))
    roi_pct: Stored[float | None] = field("ROI", Kind.PERCENT, also=("ROI %", "Return on investment"))
    payback_months: Stored[float | None] = field(
        "Payback", Kind.NUMBER, unit="months", also=("Payback (months)", "Payback period")
    )
    priority: Stored[str | None] = field("Priority", Kind.CHOICE, also=("Rank", "MoSCoW"))
    score: Stored[float | None] = field("Score", Kind.NUMBER, also=("Strategic score", "Weighting"))
    strategic_objective: Stored[str | None] = field(
        "Strategic objective",
        Kind.CHOICE,
        also=("Corporate priority", "Goal", "Pillar", "UN sustainable development goals"),
    )
    key_achievements: Stored[str | None] = field(
        "Done this period", Kind.NOTE, also=("Last period", "Achievements", "Key achievements", "Key accomplishments")
    )
    next_steps: Stored[str | None] = field(
        "Next period", Kind.NOTE, also=("Key activities planned", "Next steps", "Planned next period")
    )
    decisions_needed: Stored[str | None] = field(
        "Asked of the board", Kind.NOTE, also=("Decisions required", "Asks", "Decisions needed", "Decision required")
    )
    report_date: Stored[date | None] = field(
        "Reported",
        Kind.DATE,
        help="The day the status was last reported",
        also=(
            "Last updated",
            "As at",
            "Status date",
            "Report date",
            "Date published",
            "Update received",
            "Updated",
            "Snapshot date",
        ),
    )
    dependencies: Stored[str | None] = field("Dependencies", Kind.NOTE)
    constraints: Stored[str | None] = field("Constraints", Kind.NOTE)
    location: Stored[str | None] = field("Location", Kind.CHOICE, also=("Site", "Region"))
    supplier: Stored[str | None] = field("Supplier", Kind.CHOICE, also=("Vendor", "Contractor"))
    funding_source: Stored[str | None] = field("Funding source", Kind.CHOICE, also=("Funding", "Funding stream"))
    procurement_route: Stored[str | None] = field("Procurement route", Kind.CHOICE, also=("Procurement",))
    confidentiality: Stored[str | None] = field(
        "Confidentiality", Kind.CHOICE, choices=tuple(Sensitivity), also=("Sensitivity", "Protective marking")
    )
    link: Stored[str | None] = field("Link", Kind.TEXT, also=("SharePoint link", "URL", "Website"))
    methodology: Stored[str | None] = field(
        "Methodology",
        Kind.LINK,
        to="methodology",
        help="The version it follows",
        also=("Method", "Life cycle"),
        place=2,
    )


class Baseline(Entity):
    """The dates and money a project was held to before it was re-baselined."""

    __tablename__ = "baseline"

    project: Stored[str] = field("Project", Kind.LINK, to="project", required=True)
    replaced_on: Stored[date] = field("Replaced on", Kind.DATE, required=True)
    reason: Stored[str | None] = field("Reason", Kind.NOTE)
    start_baseline: Stored[date | None] = field("Baseline start", Kind.DATE)
    finish_baseline: Stored[date | None] = field("Baseline finish", Kind.DATE)
    budget_approved: Stored[int | None] = field("Budget", Kind.MONEY)
    currency: Stored[str | None] = field("Currency", Kind.CODE)
