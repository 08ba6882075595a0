"""The reporting line above projects: portfolios and programmes."""

from __future__ import annotations

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import RecordStatus


class Portfolio(Register):
    """All that one board steers."""

    __tablename__ = "portfolio"

    ref: Stored[str | None] = field("ID", Kind.CODE, also=("Portfolio ID", "Ref", "Code"))
    name: Stored[str] = field("Portfolio", Kind.TEXT, required=True, searchable=True, also=("Portfolio name", "Name"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Objectives"))
    owner: Stored[str | None] = field("Owner", Kind.PERSON, also=("Portfolio owner", "Sponsor"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Programme(Register):
    """Projects that are led together for one outcome."""

    __tablename__ = "programme"

    ref: Stored[str | None] = field("ID", Kind.CODE, also=("Programme ID", "Program ID", "Ref", "Code"))
    name: Stored[str] = field(
        "Programme",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Program", "Programme name", "Program name", "Name"),
    )
    portfolio: Stored[str | None] = field("Portfolio", Kind.LINK, to="portfolio")
    sro: Stored[str | None] = field(
        "Sponsor", Kind.PERSON, also=("SRO", "Senior responsible owner", "Programme sponsor")
    )
    manager: Stored[str | None] = field("Manager", Kind.PERSON, also=("Programme manager", "Program manager"))
    description: Stored[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Objectives", "Vision"))
    status: Stored[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))
