"""The panes of what a methodology asks of projects, of what was checked, and of what outlives them."""

from __future__ import annotations

from typing import Any

from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.assurance import AuditStatus, DeliverableStatus, FindingStatus, WaiverStatus
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.outline import FILES, Outline, Page, plain_outline, with_views
from pmo_desktop.ui.panes.raidregisters import LATE, LATE_LOOK, late_by
from pmo_desktop.ui.registerdata import Figure

_DUE = {"deliverables": "due", "waivers": "expires", "audits": "planned", "findings": "due"}  # by register
_ENDED: dict[str, tuple[str, ...]] = {  # by register
    "deliverables": (DeliverableStatus.ACCEPTED, DeliverableStatus.NOT_NEEDED),
    "waivers": (WaiverStatus.REJECTED, WaiverStatus.WITHDRAWN),
    "audits": (AuditStatus.REPORTED, AuditStatus.CANCELLED),
    "findings": (FindingStatus.VERIFIED, FindingStatus.REJECTED),
}
_WIDE: dict[str, Any] = {"width": 280, "strong": True}
# What needs another width than its kind: by register.
_WIDTHS: dict[str, dict[str, dict[str, Any]]] = {
    "gate_reviews": {"code": {"width": 64}, "name": {"width": 190, "strong": True}, "project": {"width": 250}},
    "methodologies": {"ref": {"width": 170}, "summary": {"width": 320}},
    "phases": {"project": {"width": 250}},
    "waivers": {"event": {"width": 220}, "concerns": {"width": 150}},
}
_CLOSE = (("record.close", "circle-check", "Close"),)


def _details(register: str) -> Page:
    """The page of all fields of a register."""
    return plain_outline(register, "", (), "").pages[0]


def _kept(register: str, icon: str, shown: tuple[str, ...], hint: str, **more: Any) -> Outline:
    """A register without a day by which something is due."""
    looks = {BY_NAME[register].title: _WIDE} | _WIDTHS.get(register, {})
    return plain_outline(register, icon, shown, hint, looks=looks, **more)


def _due(register: str, icon: str, shown: tuple[str, ...], hint: str, **more: Any) -> Outline:
    """A register with a due day: what is open, what is late, everything."""
    looks = {BY_NAME[register].title: _WIDE, "late_days": LATE_LOOK} | _WIDTHS.get(register, {})
    sort = ((_DUE[register], False),)
    plain = plain_outline(register, icon, shown, hint, looks=looks, figures=(LATE,), sort=sort, **more)
    waiting = (Condition("status", "is not", _ENDED[register]),)
    late_ones = (*waiting, Condition("late_days", "over", (0,)))
    return with_views(plain, ("Open", {"conditions": waiting}), ("Late", {"conditions": late_ones}), ("All", {}))


GOVERNANCE_OUTLINES: dict[str, Outline] = {
    "gate_reviews": _kept(
        "gate_reviews",
        "diamond",
        ("project", "code", "name", "held_on", "reviewer", "decision", "decided_on", "decided_by", "next_review"),
        "Apply a methodology to a project, and its gates are here.",
        sort=(("held_on", True),),
        pages=(_details("gate_reviews"), FILES),
    ),
    "deliverables": _due(
        "deliverables",
        "square-check",
        ("ref", "name", "project", "stage", "gate", "mandatory", "owner", "due", "late_days", "status", "accepted_on"),
        "Apply a methodology to a project, or import a list of deliverables.",
        foot=(("deliverable.submit", "upload", "Submit…"), ("deliverable.accept", "circle-check", "Accept…")),
        deeds=("deliverable.return", "quality.plan"),
        pages=(_details("deliverables"), FILES),
    ),
    "phases": _kept(
        "phases",
        "chart-gantt",
        ("project", "position", "name", "start", "finish", "status"),
        "Apply a methodology to a project, and its phases are here.",
        sort=(("project", False), ("position", False)),
        foot=_CLOSE,
    ),
    "waivers": _due(
        "waivers",
        "shield-alert",
        (
            "ref",
            "subject",
            "project",
            "event",
            "concerns",
            "requested_by",
            "approver",
            "status",
            "expires",
            "late_days",
        ),
        "A waiver says who may do without something, why, and until when.",
        foot=(("waiver.approve", "circle-check", "Approve…"), ("waiver.reject", "x", "Reject…")),
        deeds=("waiver.withdraw",),
    ),
    "quality_reviews": _kept(
        "quality_reviews",
        "clipboard-check",
        ("ref", "title", "project", "deliverable", "method", "planned", "held_on", "reviewer", "result", "errors_open"),
        "Import a quality register, or plan the first review of a deliverable.",
        sort=(("planned", False),),
        foot=(("quality.result", "clipboard-check", "Record result…"),),
        head=(("quality.plan", "calendar", "Plan a review…"),),
    ),
    "audits": _due(
        "audits",
        "search",
        ("ref", "title", "project", "kind", "planned", "late_days", "held_on", "auditor", "status", "score"),
        "Plan the first health check of a project.",
        foot=(("audit.answer", "clipboard-check", "Answer…"), ("audit.report", "flag", "Report…")),
        deeds=("audit.print",),
        head=(("audit.sample", "list", "Propose a sample…"), ("audit.plan", "calendar", "Plan a health check…")),
        pages=(_details("audits"), FILES),
    ),
    "findings": _due(
        "findings",
        "flag",
        ("ref", "title", "project", "audit", "grade", "owner", "due", "late_days", "status", "repeat_of"),
        "What a health check or an audit finds is kept here until somebody has verified it.",
        foot=(("finding.agree", "circle-check", "Agree action…"), ("finding.done", "check", "Done…")),
        deeds=("finding.verify", "finding.return", "finding.reject"),
    ),
    "lessons": _kept(
        "lessons",
        "graduation-cap",
        ("ref", "title", "project", "type", "stage", "category", "recommendation", "owner", "status"),
        "Import a lessons log, or type what the next project should know.",
        foot=_CLOSE,
    ),
    "benefits": _kept(
        "benefits",
        "star",
        (
            "ref",
            "title",
            "project",
            "type",
            "owner",
            "measure",
            "target_value",
            "actual_value",
            "target_date",
            "status",
        ),
        "Import a benefits register, or type what a project is for.",
        rating="rag",
        foot=_CLOSE,
    ),
    "methodologies": _kept(
        "methodologies",
        "library",
        ("ref", "name", "version", "status", "tier", "owner", "approved_on", "approved_by", "summary"),
        "Take up one of the starter methodologies.",
        foot=(("record.close", "circle-check", "Retire"),),
    ),
}
GOVERNANCE_READERS: dict[str, Figure] = {name: late_by(_DUE[name], _ENDED[name]) for name in _DUE}
