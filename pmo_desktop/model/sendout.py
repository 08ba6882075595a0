"""Send-outs: the workbooks that managers were asked to update, and who has answered."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind


class SendOut(Entity):
    """One workbook for one person: the state its rows were written in, and the import that brought it back."""

    __tablename__ = "send_out"

    person: Stored[str] = field("Sent to", Kind.PERSON, required=True)
    sent_on: Stored[date] = field("Sent on", Kind.DATE, required=True)
    due: Stored[date | None] = field("Due", Kind.DATE, help="The day by which an answer was asked for")
    registers: Stored[str] = field("Registers", Kind.TEXT, required=True, help="Names, separated by commas")
    rows: Stored[float] = field("Rows", Kind.NUMBER, required=True)
    version: Stored[float] = field("Version", Kind.NUMBER, required=True, help="The newest batch its values show")
    file: Stored[str] = field("File", Kind.TEXT, required=True, help="The workbook's name, without folders")
    answered_on: Stored[date | None] = field("Answered on", Kind.DATE)
    answer: Stored[str | None] = field("Answer", Kind.TEXT, help="The name of the file that came back")
    answered_batch: Stored[float | None] = field("Answered in batch", Kind.NUMBER)
