"""Milestones: the dates a board watches; gates are milestones of type Gate."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import MilestoneLevel, MilestoneStatus, MilestoneType


class Milestone(Register):
    """One dated event of a project. Slip and the previous forecast are computed."""

    __tablename__ = "milestone"

    project: Stored[str] = field(
        "Project",
        Kind.LINK,
        to="project",
        required=True,
        also=("Project name", "Project ID", "Project ref", "Workstream"),
    )
    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Milestone ID", "Ref", "No", "KM"))
    name: Stored[str] = field(
        "Milestone",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Key milestone", "Event", "Milestone name", "Task", "Name", "Title"),
    )
    type: Stored[str | None] = field("Type", Kind.CHOICE, choices=tuple(MilestoneType), also=("Milestone type",))
    level: Stored[str | None] = field("Level", Kind.CHOICE, choices=tuple(MilestoneLevel), also=("Reporting level",))
    baseline: Stored[date | None] = field(
        "Baseline", Kind.DATE, also=("Baseline date", "Original", "Original date", "Planned date", "Planned")
    )
    forecast: Stored[date | None] = field(
        "Forecast",
        Kind.DATE,
        also=("Forecast date", "Revised", "Latest", "Current", "Due", "Due date", "Date", "Target date"),
    )
    actual: Stored[date | None] = field("Actual", Kind.DATE, also=("Actual date", "Achieved", "Date achieved"))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Milestone owner", "Responsible", "Lead"))
    status: Stored[str | None] = field(
        "Status",
        Kind.CHOICE,
        choices=tuple(MilestoneStatus),
        also=("Milestone status", "Complete?", "Complete", "State"),
    )
    rag: Stored[str | None] = field("RAG", Kind.RAG, also=("RAG status", "Health"))
    critical: Stored[bool | None] = field("Critical", Kind.YESNO, also=("Critical?", "Critical path"))
    weight: Stored[float | None] = field("Weight", Kind.NUMBER, also=("Weighting",))
    reason_for_slip: Stored[str | None] = field("Reason for slip", Kind.NOTE, also=("Slip reason", "Reason"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=("Comments", "Notes", "Note"))
    gate: Stored[str | None] = field(
        "Gate", Kind.CODE, help="Of a gate: its code, as G4", also=("Gate code", "Gate no"), place=2
    )
