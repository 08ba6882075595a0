"""What the PMO may demand: its authority by portfolio and function from a day on, and each rule that was set aside."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Entity
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.compliance import Event, Function, Mode, Outcome, Reaction


class Authority(Entity):
    """The authority of the PMO from a day on. An empty portfolio or function stands for all of them."""

    __tablename__ = "authority"

    portfolio: Stored[str | None] = field("Portfolio", Kind.LINK, to="portfolio")
    function: Stored[str | None] = field("Function", Kind.CHOICE, choices=tuple(Function))
    mode: Stored[str] = field("Authority", Kind.CHOICE, required=True, choices=tuple(Mode))
    effective_from: Stored[date] = field("In force from", Kind.DATE, required=True)
    reason: Stored[str | None] = field("Reason", Kind.NOTE)


class Override(Entity):
    """One time that somebody did what a rule warns of, or what it only allows with an approval or a waiver."""

    __tablename__ = "override"

    done_on: Stored[date] = field("On", Kind.DATE, required=True)
    project: Stored[str | None] = field("Project", Kind.LINK, to="project")
    event: Stored[str] = field("Event", Kind.CHOICE, required=True, choices=tuple(Event))
    mode: Stored[str] = field("Authority", Kind.CHOICE, required=True, choices=tuple(Mode))
    reaction: Stored[str] = field("Rule", Kind.CHOICE, required=True, choices=tuple(Reaction))
    outcome: Stored[str] = field("Outcome", Kind.CHOICE, required=True, choices=tuple(Outcome))
    subject: Stored[str] = field("What", Kind.TEXT, required=True)
    reason: Stored[str | None] = field("Reason", Kind.NOTE)
    approver: Stored[str | None] = field("Approved by", Kind.PERSON)
    expires: Stored[date | None] = field("Expires", Kind.DATE)
    who: Stored[str | None] = field("Done by", Kind.TEXT)
