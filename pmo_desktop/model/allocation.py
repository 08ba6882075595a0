"""Allocations: who is booked for which project, from when to when and how much; and what scenarios change of them."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit, DeltaKind


class Allocation(Register):
    """A span of days, both counted. FTE and % are a rate over the span; days and hours are its total.

    One without a status counts as confirmed, as an allocation sheet means it; a rejected one counts as nothing.
    """

    __tablename__ = "allocation"

    resource: Stored[str] = field(
        "Resource",
        Kind.LINK,
        to="resource",
        required=True,
        also=("Name", "Person", "Resource name", "Employee", "Staff", "Team member", "Assigned to"),
    )
    project: Stored[str | None] = field(
        "Project", Kind.LINK, to="project", also=("Project name", "Project ID", "Project ref", "Engagement")
    )
    role: Stored[str | None] = field("Role", Kind.LINK, to="role", also=("Role on project", "Job role", "Discipline"))
    period_start: Stored[date] = field(
        "Start", Kind.DATE, required=True, also=("Period start", "From", "Start date", "Week commencing")
    )
    period_end: Stored[date] = field(
        "Finish", Kind.DATE, required=True, also=("Period end", "To", "Until", "End", "End date", "Finish date")
    )
    quantity: Stored[float] = field(
        "Quantity", Kind.NUMBER, required=True, also=("Allocation", "Alloc", "Amount", "Effort", "Load", "Demand")
    )
    unit: Stored[str] = field(
        "Unit", Kind.CHOICE, required=True, choices=tuple(AllocationUnit), also=("Allocation unit", "UoM", "Measure")
    )
    status: Stored[str | None] = field(
        "Status", Kind.CHOICE, choices=tuple(AllocationStatus), also=("Booking status", "Allocation status", "Booking")
    )
    comment: Stored[str | None] = field("Comment", Kind.NOTE, searchable=True, also=("Comments", "Notes", "Note"))


class ScenarioChange(Entity):
    """One allocation that a scenario adds, changes or takes away; the cells are those it would have.

    `allocation` names the one it is about and is no link: the plan may delete it while the scenario is thought over.
    """

    __tablename__ = "scenario_change"

    scenario: Stored[str] = field("Scenario", Kind.LINK, to="scenario", required=True)
    kind: Stored[str] = field("Change", Kind.CHOICE, required=True, choices=tuple(DeltaKind))
    allocation: Stored[str] = field("Allocation", Kind.CODE, required=True)
    resource: Stored[str | None] = field("Resource", Kind.LINK, to="resource")
    project: Stored[str | None] = field("Project", Kind.LINK, to="project")
    role: Stored[str | None] = field("Role", Kind.LINK, to="role")
    period_start: Stored[date | None] = field("Start", Kind.DATE)
    period_end: Stored[date | None] = field("Finish", Kind.DATE)
    quantity: Stored[float | None] = field("Quantity", Kind.NUMBER)
    unit: Stored[str | None] = field("Unit", Kind.CHOICE, choices=tuple(AllocationUnit))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(AllocationStatus))
    comment: Stored[str | None] = field("Comment", Kind.NOTE)
