"""Links between entries of different registers: what became of what, and what belongs under what."""

from __future__ import annotations

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import LinkKind


class EntryLink(Entity):
    """One entry points to another, of any register. It stays when either is deleted: the trail tells of it."""

    __tablename__ = "entry_link"

    kind: Stored[str] = field("Link", Kind.CHOICE, required=True, choices=tuple(LinkKind))
    from_register: Stored[str] = field("From register", Kind.CODE, required=True)
    from_row: Stored[str] = field("From entry", Kind.CODE, required=True)
    from_called: Stored[str] = field("From", Kind.TEXT, required=True, help="What it was called then")
    to_register: Stored[str] = field("To register", Kind.CODE, required=True)
    to_row: Stored[str] = field("To entry", Kind.CODE, required=True)
    to_called: Stored[str] = field("To", Kind.TEXT, required=True, help="What it was called then")
