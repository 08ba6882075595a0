"""The methodology library: versions, and the phases, gates, criteria, deliverables, duties, guidance and terms of each.

What is applied to a project remembers a part by its code, which stays the same from one version to the next.
"""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.assurance import Duty, Mandatory, MethodStatus, Tier


class Methodology(Register):
    """One version of a methodology: a draft may be changed, an approved one may be applied, a retired one stays."""

    __tablename__ = "methodology"

    ref: Stored[str | None] = field(
        "ID", Kind.CODE, searchable=True, help="Tells versions apart", also=("Methodology ID", "Method ID", "Ref")
    )
    name: Stored[str] = field(
        "Methodology", Kind.TEXT, required=True, searchable=True, also=("Method", "Method name", "Life cycle", "Name")
    )
    version: Stored[str | None] = field("Version", Kind.CODE, also=("Edition",))
    code: Stored[str | None] = field("Library code", Kind.CODE, help="The same for every version of one methodology")
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(MethodStatus), also=("State",))
    tier: Stored[str | None] = field(
        "Proposed for", Kind.CHOICE, choices=tuple(Tier), help="Projects of this tier are offered it first"
    )
    summary: Stored[str | None] = field("Summary", Kind.NOTE, also=("Description", "Purpose"))
    speaks: Stored[str | None] = field("Speaks the terms of", Kind.NOTE, help="Whose words its users may know")
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Method owner",))
    approved_on: Stored[date | None] = field("Approved on", Kind.DATE, also=("Approved", "Approval date"))
    approved_by: Stored[str | None] = field("Approved by", Kind.PERSON, also=("Approver",))
    retired_on: Stored[date | None] = field("Retired on", Kind.DATE, also=("Retired",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=("Comments", "Notes", "Note"))


class MethodPhase(Entity):
    """A phase of a methodology's life cycle."""

    __tablename__ = "method_phase"

    methodology: Stored[str] = field("Methodology", Kind.LINK, to="methodology", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    name: Stored[str] = field("Phase", Kind.TEXT, required=True)
    purpose: Stored[str | None] = field("Purpose", Kind.NOTE)
    weeks: Stored[float | None] = field("Usual length", Kind.NUMBER, unit="weeks")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodGate(Entity):
    """A gate, at the end of a phase."""

    __tablename__ = "method_gate"

    phase: Stored[str] = field("Phase", Kind.LINK, to="method_phase", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True, help="As G4")
    name: Stored[str] = field("Gate", Kind.TEXT, required=True)
    question: Stored[str | None] = field("Question", Kind.NOTE, help="What the board asks itself")
    decides: Stored[str | None] = field("Decided by", Kind.TEXT, help="The role or board that decides")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodCriterion(Entity):
    """One line of a gate's checklist."""

    __tablename__ = "method_criterion"

    gate: Stored[str] = field("Gate", Kind.LINK, to="method_gate", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    section: Stored[str | None] = field("Section", Kind.TEXT, help="Criteria of one section stand together")
    text: Stored[str] = field("Criterion", Kind.TEXT, required=True)
    guidance: Stored[str | None] = field("Guidance", Kind.NOTE, help="How one can tell that it is met")
    role: Stored[str | None] = field("Owner role", Kind.TEXT)
    mandatory: Stored[str | None] = field("Mandatory for", Kind.CHOICE, choices=tuple(Mandatory))
    evidence: Stored[str | None] = field("Evidence", Kind.CODE, help="The code of the deliverable that shows it")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodDeliverable(Entity):
    """What a phase has to bring forth."""

    __tablename__ = "method_deliverable"

    phase: Stored[str] = field("Phase", Kind.LINK, to="method_phase", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    name: Stored[str] = field("Deliverable", Kind.TEXT, required=True)
    purpose: Stored[str | None] = field("Purpose", Kind.NOTE)
    acceptance: Stored[str | None] = field("Acceptance criteria", Kind.NOTE)
    role: Stored[str | None] = field("Owner role", Kind.TEXT)
    acceptor: Stored[str | None] = field("Acceptor role", Kind.TEXT)
    mandatory: Stored[str | None] = field("Mandatory for", Kind.CHOICE, choices=tuple(Mandatory))
    template: Stored[str | None] = field("Template", Kind.CODE, help="The code of the template document")
    example: Stored[str | None] = field("Example", Kind.NOTE)
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodDuty(Entity):
    """One cell of the RACI table: what a role has to do with a deliverable or a gate."""

    __tablename__ = "method_duty"

    methodology: Stored[str] = field("Methodology", Kind.LINK, to="methodology", required=True)
    concerns: Stored[str] = field("Concerns", Kind.CODE, required=True, help="The code of a deliverable or a gate")
    role: Stored[str] = field("Role", Kind.TEXT, required=True)
    duty: Stored[str] = field("Duty", Kind.CHOICE, required=True, choices=tuple(Duty))
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodGuidance(Entity):
    """A page of guidance in Markdown: of the whole methodology, or of one part of it."""

    __tablename__ = "method_guidance"

    methodology: Stored[str] = field("Methodology", Kind.LINK, to="methodology", required=True)
    concerns: Stored[str | None] = field("Concerns", Kind.CODE, help="The code of a phase, gate or deliverable")
    title: Stored[str] = field("Title", Kind.TEXT, required=True)
    text: Stored[str | None] = field("Text", Kind.NOTE, help="Markdown")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodTerm(Entity):
    """A word of the glossary."""

    __tablename__ = "method_term"

    methodology: Stored[str] = field("Methodology", Kind.LINK, to="methodology", required=True)
    term: Stored[str] = field("Term", Kind.TEXT, required=True)
    meaning: Stored[str | None] = field("Meaning", Kind.NOTE)
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class MethodTemplate(Entity):
    """A template document of a methodology, its bytes kept in the file."""

    __tablename__ = "method_template"

    methodology: Stored[str] = field("Methodology", Kind.LINK, to="methodology", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    name: Stored[str] = field("Template", Kind.TEXT, required=True)
    file_name: Stored[str] = field("File", Kind.TEXT, required=True)
    blob: Stored[str] = field("Content", Kind.CODE, required=True, help="The SHA-256 of the bytes, which lie in blob")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)
