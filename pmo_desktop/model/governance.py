"""The registers of governance: what methodologies ask of projects, what was checked, and what outlives them."""

from __future__ import annotations

from pmo_desktop.model.assurance import Audit, Finding
from pmo_desktop.model.delivery import Deliverable, GateReview, Phase, QualityReview, Waiver
from pmo_desktop.model.learning import Benefit, Lesson
from pmo_desktop.model.method import Methodology
from pmo_desktop.model.register import Ending, RegisterInfo
from pmo_desktop.rules.assurance import (
    AuditStatus,
    BenefitStatus,
    DeliverableStatus,
    FindingStatus,
    LessonStatus,
    MethodStatus,
    PhaseStatus,
    WaiverStatus,
)

GOVERNANCE: tuple[RegisterInfo, ...] = (
    RegisterInfo(
        "methodologies",
        Methodology,
        "methodology",
        "methodologies",
        "Methodologies",
        ("Methodologies", "Methods"),
        "name",
        "ref",
        ending=Ending("status", MethodStatus.RETIRED, frozenset({MethodStatus.RETIRED}), "retired_on"),
    ),
    RegisterInfo(
        "phases",
        Phase,
        "phase",
        "phases",
        "Phases",
        ("Phases", "Stages"),
        "name",
        None,
        "project",
        ending=Ending("status", PhaseStatus.COMPLETE, frozenset({PhaseStatus.COMPLETE})),
    ),
    RegisterInfo(
        "deliverables",
        Deliverable,
        "deliverable",
        "deliverables",
        "Deliverables",
        ("Deliverables", "Products", "Product register", "Deliverable list", "Outputs"),
        "name",
        "ref",
        "project",
        ending=Ending(
            "status",
            DeliverableStatus.ACCEPTED,
            frozenset({DeliverableStatus.ACCEPTED, DeliverableStatus.NOT_NEEDED}),
            "accepted_on",
        ),
    ),
    RegisterInfo(
        "gate_reviews",
        GateReview,
        "gate review",
        "gate reviews",
        "Gate reviews",
        ("Gate reviews", "Gates", "Stage gates"),
        "code",
        None,
        "project",
    ),
    RegisterInfo(
        "waivers",
        Waiver,
        "waiver",
        "waivers",
        "Waivers",
        ("Waivers", "Dispensations", "Tailoring"),
        "subject",
        "ref",
        "project",
        ending=Ending(
            "status",
            WaiverStatus.WITHDRAWN,
            frozenset({WaiverStatus.WITHDRAWN, WaiverStatus.REJECTED}),
        ),
    ),
    RegisterInfo(
        "quality_reviews",
        QualityReview,
        "quality review",
        "quality reviews",
        "Quality reviews",
        ("Quality reviews", "Quality register", "Quality log"),
        "title",
        "ref",
        "project",
    ),
    RegisterInfo(
        "audits",
        Audit,
        "audit",
        "audits",
        "Audits",
        ("Audits", "Health checks", "Audit log"),
        "title",
        "ref",
        "project",
        ending=Ending(
            "status", AuditStatus.REPORTED, frozenset({AuditStatus.REPORTED, AuditStatus.CANCELLED}), "held_on"
        ),
    ),
    RegisterInfo(
        "findings",
        Finding,
        "finding",
        "findings",
        "Findings",
        ("Findings", "Audit findings", "Recommendations"),
        "title",
        "ref",
        "project",
        ending=Ending(
            "status", FindingStatus.VERIFIED, frozenset({FindingStatus.VERIFIED, FindingStatus.REJECTED}), "verified_on"
        ),
    ),
    RegisterInfo(
        "lessons",
        Lesson,
        "lesson",
        "lessons",
        "Lessons",
        ("Lessons", "Lessons learned", "Lessons log"),
        "title",
        "ref",
        "project",
        ending=Ending("status", LessonStatus.RETIRED, frozenset({LessonStatus.RETIRED})),
    ),
    RegisterInfo(
        "benefits",
        Benefit,
        "benefit",
        "benefits",
        "Benefits",
        ("Benefits", "Benefits register", "Benefits profile"),
        "title",
        "ref",
        "project",
        ending=Ending("status", BenefitStatus.REALISED, frozenset({BenefitStatus.REALISED, BenefitStatus.CANCELLED})),
    ),
)
