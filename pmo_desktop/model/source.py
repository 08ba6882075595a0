"""Where records came from: the words of cells that say more than their value, and what each file named last time."""

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


class ImportFile(Entity):
    """One lineage of a table that is imported again and again: last month's file, this month's, the next one's."""

    __tablename__ = "import_file"

    register: Stored[str] = field("Register", Kind.CODE, required=True, help="The entity of its records")
    file: Stored[str] = field("File", Kind.TEXT, required=True, help="The name of the file that was imported last")
    sheet: Stored[str] = field("Sheet", Kind.TEXT, required=True)
    headers: Stored[str] = field("Headers", Kind.NOTE, required=True, help="JSON: the headers of its table")
    since: Stored[str] = field("Fields", Kind.NOTE, required=True, help="JSON: field -> the batch that named it first")
    answers: Stored[str] = field("Answers", Kind.NOTE, required=True, help="JSON: what a person said of its columns")
    batch: Stored[float] = field("Batch", Kind.NUMBER, required=True, help="The newest import of the lineage")


class ImportRow(Entity):
    """One record that a lineage has named, and what it said of it where that is not what was written."""

    __tablename__ = "import_row"

    file: Stored[str] = field("File", Kind.LINK, required=True, to="import_file")
    row: Stored[str] = field("Row", Kind.CODE, required=True, help="The id of the record; kept when the record goes")
    line: Stored[float] = field("Line", Kind.NUMBER, required=True, help="Its row in the sheet, from 1")
    batch: Stored[float] = field("Batch", Kind.NUMBER, required=True, help="The import whose state is its base")
    sheet: Stored[str | None] = field("Sheet", Kind.TEXT, help="Its sheet, where that is not the lineage's")
    said: Stored[str | None] = field("Said", Kind.NOTE, help="JSON: field -> what the file said and nobody wrote")
    last: Stored[str | None] = field("Named last by", Kind.TEXT, help="The file that named it last, once it is missing")
