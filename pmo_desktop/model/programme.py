"""The reporting line above projects: portfolios and programmes."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import RecordStatus


class Portfolio(Register):
    """All that one board steers."""

    __tablename__ = "portfolio"

    ref: Mapped[str | None] = field("ID", Kind.CODE, also=("Portfolio ID", "Ref", "Code"))
    name: Mapped[str] = field("Portfolio", Kind.TEXT, required=True, searchable=True, also=("Portfolio name", "Name"))
    description: Mapped[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Objectives"))
    owner: Mapped[str | None] = field("Owner", Kind.PERSON, also=("Portfolio owner", "Sponsor"))
    status: Mapped[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))


class Programme(Register):
    """Projects that are led together for one outcome."""

    __tablename__ = "programme"

    ref: Mapped[str | None] = field("ID", Kind.CODE, also=("Programme ID", "Program ID", "Ref", "Code"))
    name: Mapped[str] = field(
        "Programme",
        Kind.TEXT,
        required=True,
        searchable=True,
        also=("Program", "Programme name", "Program name", "Name"),
    )
    portfolio: Mapped[str | None] = field("Portfolio", Kind.LINK, to="portfolio")
    sro: Mapped[str | None] = field(
        "Sponsor", Kind.PERSON, also=("SRO", "Senior responsible owner", "Programme sponsor")
    )
    manager: Mapped[str | None] = field("Manager", Kind.PERSON, also=("Programme manager", "Program manager"))
    description: Mapped[str | None] = field("Description", Kind.NOTE, also=("Purpose", "Objectives", "Vision"))
    status: Mapped[str | None] = field("Status", Kind.CHOICE, choices=tuple(RecordStatus))
