"""Health checks and audits: sets of questions, the checks that were held, what they found and what became of it."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity, Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.assurance import Answer, AuditKind, AuditStatus, FindingStatus, Grade

_PROJECT = ("Project name", "Project ID", "Project ref", "Workstream")
_COMMENT = ("Comments", "Notes", "Note", "Update")


class QuestionSet(Entity):
    """A set of questions that health checks and audits ask."""

    __tablename__ = "question_set"

    name: Stored[str] = field("Question set", Kind.TEXT, required=True)
    purpose: Stored[str | None] = field("Purpose", Kind.NOTE)


class Question(Entity):
    """One question of a set."""

    __tablename__ = "question"

    question_set: Stored[str] = field("Question set", Kind.LINK, to="question_set", required=True)
    code: Stored[str] = field("Code", Kind.CODE, required=True)
    section: Stored[str | None] = field("Section", Kind.TEXT)
    text: Stored[str] = field("Question", Kind.TEXT, required=True)
    guidance: Stored[str | None] = field("Guidance", Kind.NOTE)
    weight: Stored[float | None] = field("Weight", Kind.NUMBER, help="1 when it is empty")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)


class Audit(Register):
    """One health check or audit of a project."""

    __tablename__ = "audit"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Audit ID", "Ref", "No", "Reference"))
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Audit", Kind.TEXT, required=True, searchable=True, also=("Title", "Health check", "Name", "Summary")
    )
    kind: Stored[str | None] = field("Kind", Kind.CHOICE, choices=tuple(AuditKind), also=("Type", "Audit type"))
    questions: Stored[str | None] = field("Question set", Kind.CHOICE, also=("Questionnaire", "Checklist"))
    planned: Stored[date | None] = field("Planned", Kind.DATE, also=("Planned date", "Due", "Due date"))
    held_on: Stored[date | None] = field("Held on", Kind.DATE, also=("Date", "Audit date", "Date held"))
    auditor: Stored[str | None] = field("Auditor", Kind.PERSON, also=("Reviewer", "Audited by", "Lead"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(AuditStatus), also=("State",))
    score: Stored[float | None] = field("Score", Kind.PERCENT, also=("Result", "Score %"))
    opinion: Stored[str | None] = field("Opinion", Kind.NOTE, also=("Conclusion", "Overall opinion"))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)


class AuditAnswer(Entity):
    """The answer to one question in one audit; the question is kept as it read then."""

    __tablename__ = "audit_answer"

    audit: Stored[str] = field("Audit", Kind.LINK, to="audit", required=True)
    code: Stored[str] = field("Question", Kind.CODE, required=True)
    text: Stored[str] = field("Text", Kind.TEXT, required=True)
    answer: Stored[str | None] = field("Answer", Kind.CHOICE, choices=tuple(Answer))
    comment: Stored[str | None] = field("Comment", Kind.NOTE)


class Finding(Register):
    """Something an audit found: agreed, acted on by its owner, verified by somebody else."""

    __tablename__ = "finding"

    ref: Stored[str | None] = field("ID", Kind.CODE, searchable=True, also=("Finding ID", "Ref", "No", "Reference"))
    project: Stored[str | None] = field("Project", Kind.LINK, to="project", also=_PROJECT)
    title: Stored[str] = field(
        "Finding", Kind.TEXT, required=True, searchable=True, also=("Title", "Observation", "Summary", "Name")
    )
    audit: Stored[str | None] = field("From audit", Kind.CHOICE, also=("Audit", "Source", "Audit ID"))
    code: Stored[str | None] = field("Question", Kind.CODE, help="The question it was found with")
    grade: Stored[str | None] = field("Grade", Kind.CHOICE, choices=tuple(Grade), also=("Priority", "Severity"))
    cause: Stored[str | None] = field("Cause", Kind.NOTE, also=("Root cause",))
    recommendation: Stored[str | None] = field("Recommendation", Kind.NOTE, also=("Recommended action",))
    action: Stored[str | None] = field("Agreed action", Kind.NOTE, also=("Management response", "Action"))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Action owner", "Responsible", "Lead"))
    raised: Stored[date | None] = field("Raised", Kind.DATE, also=("Date raised", "Date found"))
    due: Stored[date | None] = field("Due", Kind.DATE, also=("Due date", "Target date", "By when"))
    done: Stored[date | None] = field("Done", Kind.DATE, also=("Completed", "Date completed"))
    verified_on: Stored[date | None] = field("Verified on", Kind.DATE, also=("Verified", "Date verified"))
    verified_by: Stored[str | None] = field("Verified by", Kind.PERSON, also=("Verifier",))
    repeat_of: Stored[str | None] = field("Repeat of", Kind.CODE, help="The ID of the finding that comes back")
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(FindingStatus), also=("State",))
    comment: Stored[str | None] = field("Comment", Kind.NOTE, also=_COMMENT)
