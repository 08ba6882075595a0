"""What outlives a project: the lessons it taught and the benefits it was for."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.assurance import BenefitStatus, BenefitType, LessonStatus, LessonType

_PROJECT = ("Project name", "Project ID", "Project ref", "Workstream")
_COMMENT = ("Comments", "Notes", "Note", "Update")


class Lesson(Register):
    """Something one project learnt that another should know."""

    __tablename__ = "lesson"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Lesson ID", "Ref", "No", "Reference"))
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Lesson", Kind.TEXT, required=True, searchable=True, also=("Title", "What happened", "Summary", "Name")
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, choices=tuple(LessonType), also=("Lesson type", "Went well or badly")
    )
    logged: Stored[date | None] = field("Logged", Kind.DATE, also=("Date", "Raised", "Date raised"))
    stage: Stored[str | None] = field("Phase", Kind.CHOICE, also=("Stage",))
    category: Stored[str | None] = field("Category", Kind.CHOICE, also=("Theme", "Area"))
    context: Stored[str | None] = field("Context", Kind.NOTE, also=("Background", "Event"))
    cause: Stored[str | None] = field("Cause", Kind.NOTE, also=("Root cause", "Early signs"))
    effect: Stored[str | None] = field("Effect", Kind.NOTE, also=("Impact", "Consequence"))
    recommendation: Stored[str | None] = field("Recommendation", Kind.NOTE, also=("Advice", "Keep / Drop / Start"))
    action: Stored[str | None] = field("Action", Kind.NOTE, also=("Follow-up",))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Responsible", "Lesson owner", "Actionee"))
    audience: Stored[str | None] = field("Audience", Kind.TEXT, also=("Actors", "Applicable to", "Who should use it"))
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(LessonStatus), also=("Implemented?", "State")
    )
    reuse_count: Stored[float | None] = field("Times used", Kind.NUMBER, also=("Reuse count",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class Benefit(Register):
    """A gain a project was started for. Shares realised are computed: domain.md j."""

    __tablename__ = "benefit"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Benefit ID", "Ref", "No", "Reference"))
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Benefit", Kind.TEXT, required=True, searchable=True, also=("Benefit name", "Title", "Summary", "Name")
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, choices=tuple(BenefitType), also=("Benefit type", "Type of gain")
    )
    category: Stored[str | None] = field("Category", Kind.CHOICE, also=("Theme",))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Details",))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Benefit owner", "Gains owner", "Gains responsible"))
    measure: Stored[str | None] = field("Measure", Kind.TEXT, also=("KPI", "Metric"))
    unit: Stored[str | None] = field("Unit", Kind.CODE, also=("Unit of measurement",))
    baseline_value: Stored[float | None] = field("Baseline value", Kind.NUMBER, also=("Start value", "Baseline"))
    target_value: Stored[float | None] = field("Target value", Kind.NUMBER, also=("Desired value", "Target"))
    actual_value: Stored[float | None] = field(
        "Actual value", Kind.NUMBER, also=("Measured value", "Actual", "Realised to date")
    )
    start_date: Stored[date | None] = field("Starts", Kind.DATE, also=("Start date", "Realisation from"))
    target_date: Stored[date | None] = field("Due", Kind.DATE, also=("Target date", "Realisation time", "Due date"))
    review_date: Stored[date | None] = field("Next measured", Kind.DATE, also=("Review date", "Next review"))
    enabler_milestone: Stored[str | None] = field("Enabled by", Kind.TEXT, also=("Enabler", "Prerequisites"))
    handover_owner: Stored[str | None] = field(
        "Handed over to", Kind.PERSON, help="Who measures it when the project is over"
    )
    rag: Stored[str | None] = field("RAG", Kind.RAG, also=("RAG status", "Colour"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(BenefitStatus), also=("State",))
    evidence: Stored[str | None] = field("Evidence", Kind.NOTE)
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)
