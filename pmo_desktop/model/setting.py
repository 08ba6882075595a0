"""What the file itself is set to: whose portfolio, which money, which dates. And the views a team shares."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import Sensitivity

SETTINGS_ID = "settings"


class Settings(Entity):
    """The settings of one portfolio file: a single row, so that its history is read like any other."""

    __tablename__ = "settings"

    organisation: Stored[str | None] = field("Organisation", Kind.TEXT)
    title: Stored[str | None] = field("Portfolio", Kind.TEXT, help="What the pack calls this portfolio")
    board: Stored[str | None] = field("Board", Kind.TEXT, help="Who reads the steering pack")
    board_date: Stored[date | None] = field("Board date", Kind.DATE)
    owner: Stored[str | None] = field("Pack owner", Kind.TEXT)
    pack_status: Stored[str | None] = field("Pack status", Kind.TEXT, help="Such as: Version 1, for decision")
    currency: Stored[str] = field("Currency", Kind.CODE, required=True, help="ISO code used where a row names none")
    fy_start_month: Stored[float] = field("Financial year starts in month", Kind.NUMBER, required=True, help="1 to 12")
    data_date: Stored[date | None] = field(
        "Data date", Kind.DATE, help="The day lateness is judged by; empty means today"
    )
    report_days: Stored[float] = field("Reporting cycle", Kind.NUMBER, unit="days", required=True)
    classification: Stored[str | None] = field("Classification", Kind.CHOICE, choices=tuple(Sensitivity))
    sample: Stored[bool] = field("Sample portfolio", Kind.YESNO, required=True, help="Everything in it is invented")
    risk_appetite: Stored[float | None] = field(
        "Risk appetite",
        Kind.NUMBER,
        help="Scores from this on are above appetite; empty means from the second-worst band on",
    )


class SavedView(Entity):
    """Columns, widths, sorting, grouping and filters of a table under a name the team shares."""

    __tablename__ = "saved_view"

    register: Stored[str] = field("Register", Kind.CODE, required=True)
    name: Stored[str] = field("Name", Kind.TEXT, required=True)
    definition: Stored[str] = field("Definition", Kind.NOTE, required=True, help="JSON")
