"""The organisation's own fields: a definition is a row that acts as a Field; values lie in each register's `custom`."""

from __future__ import annotations

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind

CUSTOM_KINDS = (
    Kind.TEXT,
    Kind.NOTE,
    Kind.CODE,
    Kind.NUMBER,
    Kind.PERCENT,
    Kind.MONEY,
    Kind.DATE,
    Kind.YESNO,
    Kind.CHOICE,
    Kind.RAG,
)


class CustomField(Entity):
    """A field somebody added to a register."""

    __tablename__ = "custom_field"

    register: Stored[str] = field("Register", Kind.CODE, required=True, help="The entity it belongs to")
    label: Stored[str] = field("Label", Kind.TEXT, required=True)
    kind: Stored[str] = field("Kind", Kind.CHOICE, required=True, choices=CUSTOM_KINDS)
    unit: Stored[str | None] = field("Unit", Kind.TEXT)
    choices: Stored[str | None] = field("Choices", Kind.NOTE, help="One a line; empty means any word")
    also: Stored[str | None] = field("Other headers", Kind.NOTE, help="One a line")
    position: Stored[float] = field("Position", Kind.NUMBER, required=True)
