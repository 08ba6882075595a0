"""Where a cell's words came from, kept for the cells whose text says more than their value."""

from __future__ import annotations

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind


class CellSource(Entity):
    """The text of one imported cell that could not be read, or was read less exactly than it was written."""

    __tablename__ = "cell_source"

    register: Stored[str] = field("Register", Kind.CODE, required=True, help="The entity of the row")
    row: Stored[str] = field(
        "Row", Kind.CODE, required=True, help="The id of the row; kept in history when the row goes"
    )
    name: Stored[str] = field("Field", Kind.CODE, required=True)
    text: Stored[str] = field("Text", Kind.NOTE, required=True, searchable=True)
    precision: Stored[str | None] = field("Precision", Kind.CODE, help="month, quarter or year when a date was no day")
    reason: Stored[str | None] = field("Reason", Kind.TEXT, help="Why it is kept as text; empty when it was read")
    comment: Stored[str | None] = field("Comment", Kind.NOTE)
    file: Stored[str | None] = field("File", Kind.TEXT)
    sheet: Stored[str | None] = field("Sheet", Kind.TEXT)
    cell: Stored[str | None] = field("Cell", Kind.CODE)
