"""People: those who lead, sponsor, own and report."""

from __future__ import annotations

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import RecordStatus


class Person(Register):
    """Somebody a register names. Two people may share an address; a name read from a file is not yet verified."""

    __tablename__ = "person"

    name: Stored[str] = field(
        "Name", Kind.TEXT, required=True, searchable=True, also=("Person", "Full name", "Employee", "Staff", "Contact")
    )
    email: Stored[str | None] = field("Email", Kind.TEXT, searchable=True, also=("E-mail", "Email address", "Mail"))
    role: Stored[str | None] = field("Role", Kind.CHOICE, also=("Job title", "Position", "Title"))
    organisation: Stored[str | None] = field("Organisation", Kind.CHOICE, also=("Organization", "Company", "Employer"))
    aliases: Stored[str | None] = field(
        "Also written as", Kind.NOTE, searchable=True, help="Other spellings, one a line", also=("Aliases", "Initials")
    )
    verified: Stored[bool] = field(
        "Verified", Kind.YESNO, required=True, help="Somebody has said that this is a person", also=("Confirmed",)
    )
    note: Stored[str | None] = field("Note", Kind.NOTE, also=("Notes", "Comment", "Comments"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))
