"""Attachments: which file or link belongs to which entry; the bytes lie apart, once for each content."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Base, Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.types import BLOB, INTEGER, TEXT


class Blob(Base):
    """The bytes of a file under their SHA-256. They never change, so that the journal need not keep them."""

    __tablename__ = "blob"

    hash: Stored[str] = Stored(form=TEXT, key=True)
    size: Stored[int] = Stored(form=INTEGER)  # bytes
    content: Stored[bytes] = Stored(form=BLOB)


class Attachment(Entity):
    """A file or a link that somebody put to an entry of any kind."""

    __tablename__ = "attachment"

    register: Stored[str] = field("Entry of", Kind.CODE, required=True, help="The entry's table")
    row: Stored[str] = field("Entry", Kind.CODE, required=True)
    name: Stored[str] = field("Name", Kind.TEXT, required=True, help="What the file was called; never a path")
    blob: Stored[str | None] = field("Content", Kind.CODE, help="The SHA-256 of the bytes; empty for a link")
    size: Stored[float | None] = field("Size", Kind.NUMBER, unit="bytes")
    link: Stored[str | None] = field("Link", Kind.TEXT, help="Where it lies, when it is not kept in the file")
    note: Stored[str | None] = field("Note", Kind.NOTE)
    added_on: Stored[date | None] = field("Added on", Kind.DATE)
    added_by: Stored[str | None] = field("Added by", Kind.TEXT)
