"""Resources: who and what does the work, in which team and role, with which skills, and when they are there."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import AbsenceType, RecordStatus, ResourceType


class Team(Register):
    """People who are led together; a resource is in one team."""

    __tablename__ = "team"

    name: Stored[str] = field("Team", Kind.TEXT, required=True, searchable=True, also=("Team name", "Squad", "Name"))
    lead: Stored[str | None] = field("Team lead", Kind.PERSON, also=("Lead", "Team leader", "Head"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Purpose",))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Role(Register):
    """What somebody is on projects: demand is planned by role first and named later."""

    __tablename__ = "role"

    name: Stored[str] = field("Role", Kind.TEXT, required=True, searchable=True, also=("Role name", "Job role", "Name"))
    category: Stored[str | None] = field("Category", Kind.CHOICE, also=("Job family", "Profession"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Responsibilities"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Skill(Register):
    """Something a person can be good at, on a scale from 1 to 5."""

    __tablename__ = "skill"

    name: Stored[str] = field(
        "Skill", Kind.TEXT, required=True, searchable=True, also=("Skill name", "Competency", "Competence", "Name")
    )
    category: Stored[str | None] = field("Category", Kind.CHOICE, also=("Skill group", "Skill category", "Area"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Meaning",))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Calendar(Register):
    """A working pattern, and the country whose public holidays are taken off."""

    __tablename__ = "calendar"

    name: Stored[str] = field("Calendar", Kind.TEXT, required=True, searchable=True, also=("Calendar name", "Name"))
    standard: Stored[bool | None] = field(
        "Standard",
        Kind.YESNO,
        help="FTE and days are counted in its hours; who has no calendar works by it. Of all calendars one can be it",
    )
    country: Stored[str | None] = field("Country", Kind.CODE, help="ISO code of two letters, as GB")
    subdivision: Stored[str | None] = field("Subdivision", Kind.CODE, help="Part of the country, as ENG")
    monday: Stored[float | None] = field("Monday", Kind.NUMBER, unit="h", also=("Mon",))
    tuesday: Stored[float | None] = field("Tuesday", Kind.NUMBER, unit="h", also=("Tue",))
    wednesday: Stored[float | None] = field("Wednesday", Kind.NUMBER, unit="h", also=("Wed",))
    thursday: Stored[float | None] = field("Thursday", Kind.NUMBER, unit="h", also=("Thu",))
    friday: Stored[float | None] = field("Friday", Kind.NUMBER, unit="h", also=("Fri",))
    saturday: Stored[float | None] = field("Saturday", Kind.NUMBER, unit="h", also=("Sat",))
    sunday: Stored[float | None] = field("Sunday", Kind.NUMBER, unit="h", also=("Sun",))
    note: Stored[str | None] = field("Note", Kind.NOTE, also=("Notes", "Comment"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Holiday(Register):
    """A day on which nobody of a calendar works: a public holiday, or one the organisation gives."""

    __tablename__ = "holiday"

    calendar: Stored[str] = field("Calendar", Kind.LINK, to="calendar", required=True, also=("Calendar name",))
    day: Stored[date] = field("Day", Kind.DATE, required=True, also=("Date", "Holiday date"))
    name: Stored[str | None] = field("Holiday", Kind.TEXT, searchable=True, also=("Holiday name", "Name", "Occasion"))
    fetched: Stored[bool | None] = field("By country", Kind.YESNO, help="Comes from the calendar's country")


class Resource(Register):
    """A person, a role still to be named, a team, material or equipment that projects book."""

    __tablename__ = "resource"

    ref: Stored[str | None] = field(
        "ID",
        Kind.CODE,
        searchable=True,
        also=("Resource ID", "Emp ID", "Employee ID", "Employee no", "Staff no", "Ref"),
    )
    name: Stored[str] = field(
        "Resource",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Resource name", "Name", "Full name", "Staff", "Employee", "Team member"),
        hints=("Person",),
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, choices=tuple(ResourceType), also=("Resource type",), help="A role is still to be named"
    )
    person: Stored[str | None] = field("Is the person", Kind.PERSON, help="Who this resource is in the other registers")
    email: Stored[str | None] = field("Email", Kind.TEXT, searchable=True, also=("E-mail", "Email address"))
    role: Stored[str | None] = field(
        "Role", Kind.LINK, to="role", also=("Primary role", "Job title", "Discipline", "Position", "Job role")
    )
    team: Stored[str | None] = field("Team", Kind.LINK, to="team", also=("Team name", "Squad"))
    grade: Stored[str | None] = field("Grade", Kind.CHOICE, also=("Band", "Job level", "Seniority"))
    contract: Stored[str | None] = field(
        "Contract", Kind.CHOICE, also=("Contract type", "Perm/Contract", "Employment type")
    )
    department: Stored[str | None] = field("Department", Kind.CHOICE, also=("Directorate", "Division", "Dept"))
    location: Stored[str | None] = field("Location", Kind.CHOICE, also=("Site", "Office", "Base"))
    manager: Stored[str | None] = field("Manager", Kind.PERSON, also=("Line manager", "Resource manager", "Reports to"))
    calendar: Stored[str | None] = field("Calendar", Kind.LINK, to="calendar", also=("Working pattern", "Work pattern"))
    fte: Stored[float | None] = field(
        "FTE", Kind.NUMBER, also=("WTE", "Contracted FTE"), help="Share of the calendar's week; 6 for a team of six"
    )
    hours_per_week: Stored[float | None] = field(
        "Hours a week", Kind.NUMBER, unit="h", also=("Hours per week", "Contracted hours", "Weekly hours")
    )
    bau_pct: Stored[float | None] = field(
        "BAU", Kind.PERCENT, also=("BAU %", "KTLO", "KTLO %", "Overhead", "Fixed overhead"), help="Not for projects"
    )
    cost_rate: Stored[int | None] = field(
        "Day rate", Kind.MONEY, also=("Cost rate", "Blended rate", "£/day", "Rate", "Daily rate")
    )
    charge_rate: Stored[int | None] = field("Charge rate", Kind.MONEY, also=("Charge-out rate", "Billing rate"))
    currency: Stored[str | None] = field("Currency", Kind.CODE)
    start: Stored[date | None] = field("Starts", Kind.DATE, also=("Start", "Start date", "Joined", "From"))
    end: Stored[date | None] = field(
        "Leaves", Kind.DATE, also=("End", "End date", "Leaver date", "Leaving date", "Finish", "To")
    )
    note: Stored[str | None] = field("Note", Kind.NOTE, also=("Notes", "Comment", "Comments"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class ResourceSkill(Register):
    """How good somebody is at a skill, and how good they should become."""

    __tablename__ = "resource_skill"

    resource: Stored[str] = field(
        "Resource", Kind.LINK, to="resource", required=True, also=("Name", "Person", "Resource name", "Employee")
    )
    skill: Stored[str] = field("Skill", Kind.LINK, to="skill", required=True, also=("Competency", "Competence"))
    level: Stored[float | None] = field("Level", Kind.NUMBER, also=("Current level", "Proficiency"), help="From 1 to 5")
    target: Stored[float | None] = field("Target level", Kind.NUMBER, also=("Target", "Level wanted"))
    evidence: Stored[str | None] = field("Evidence", Kind.NOTE, also=("Certificate", "Certification", "Proof"))
    assessed_on: Stored[date | None] = field("Assessed on", Kind.DATE, also=("Assessed", "Assessment date"))
    assessor: Stored[str | None] = field("Assessor", Kind.PERSON, also=("Assessed by",))


class Absence(Register):
    """Leave, sickness, training and other time that no project can have, both days counted."""

    __tablename__ = "absence"

    resource: Stored[str] = field(
        "Resource", Kind.LINK, to="resource", required=True, also=("Name", "Person", "Resource name", "Employee")
    )
    type: Stored[str | None] = field(
        "Type", Kind.CHOICE, choices=tuple(AbsenceType), also=("Absence type", "Leave type", "Reason", "Absence")
    )
    start: Stored[date] = field(
        "Start", Kind.DATE, required=True, also=("From", "First day", "Start date", "Leave from")
    )
    finish: Stored[date] = field(
        "Finish", Kind.DATE, required=True, also=("To", "Until", "Last day", "End", "End date", "Finish date")
    )
    part: Stored[float | None] = field(
        "Part of day", Kind.PERCENT, help="50 for half days; empty is the whole day", also=("Part",)
    )
    note: Stored[str | None] = field("Note", Kind.NOTE, also=("Notes", "Comment", "Comments", "Summary"))
    uid: Stored[str | None] = field("Calendar entry", Kind.CODE, help="Identity of the entry in an iCalendar file")


class Scenario(Entity):
    """A named what-if: only what differs from the plan is kept, as its changes."""

    __tablename__ = "scenario"

    name: Stored[str] = field("Scenario", Kind.TEXT, required=True, searchable=True)
    note: Stored[str | None] = field("Note", Kind.NOTE)
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))
