"""A small methodology of two phases, its next version, and both in a portfolio's library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.assurance import Duty, Mandatory
from pmo_desktop.rules.method import Criterion, DutyOf, Gate, Guide, Method, MethodPhase, Output, Template, Term
from pmo_desktop.store.file import Store

DAY = date(2026, 11, 13)
BRIEF = Output(
    "brief", "Brief", "Says what is wanted.", "Agreed by the sponsor.", "Project manager", "Sponsor", template="note"
)
STUDY = Output("study", "Study", role="Analyst", mandatory=Mandatory.NONE)
RISKS = Output("risks", "Risk list", role="PMO", mandatory=Mandatory.LARGER)
THING = Output("thing", "The thing", role="Team manager")
MANUAL = Output("manual", "Manual", mandatory=Mandatory.LARGEST)
G1 = Gate(
    "G1",
    "Go?",
    "Is it worth it?",
    "Sponsor",
    (
        Criterion("g1-brief", "The brief is agreed.", "Scope", role="Sponsor", evidence="brief"),
        Criterion("g1-money", "The money is there.", mandatory=Mandatory.LARGER),
    ),
)
G2 = Gate("G2", "Done?", criteria=(Criterion("g2-works", "It works.", evidence="thing"),))
THINK = MethodPhase("think", "Think", "Know what is wanted.", 4.0, (BRIEF, STUDY, RISKS), (G1,))
DO = MethodPhase("do", "Do", weeks=12.0, deliverables=(THING, MANUAL), gates=(G2,))
FIRST = Method(
    code="two-steps",
    name="Two steps",
    version="1.0",
    tier="Tier 2",
    summary="Think, then do.",
    phases=(THINK, DO),
    duties=(DutyOf("brief", "Sponsor", Duty.ACCOUNTABLE), DutyOf("G1", "Sponsor", Duty.RESPONSIBLE)),
    guidance=(Guide("Start here", "# Start"), Guide("How to think", "Slowly.", "think")),
    terms=(Term("Brief", "One page."),),
    templates=(Template("note", "Note", "note.docx", b"\x00bytes\xff"),),
)
# 2.0: the brief is renamed, the study and g1-money are gone, a check phase with a gate and a report is new.
REPORT = Output("report", "Report", role="Project manager")
CHECK = MethodPhase(
    "check",
    "Check",
    weeks=4.0,
    deliverables=(REPORT, replace(MANUAL, mandatory=Mandatory.ALL)),
    gates=(Gate("G3", "Keep it?", criteria=(Criterion("g3-kept", "Somebody keeps it."),)),),
)
SECOND = replace(
    FIRST,
    version="2.0",
    phases=(
        replace(
            THINK,
            name="Think hard",
            deliverables=(replace(BRIEF, name="One-page brief"), RISKS),
            gates=(replace(G1, name="Worth it?", criteria=(replace(G1.criteria[0], text="All agree on the brief."),)),),
        ),
        replace(DO, deliverables=(THING,)),
        CHECK,
    ),
)


def approved(store: Store, method: Method = FIRST) -> str:
    """A version in the library, ready to be applied; its id."""
    return install_method(store, method, date(2026, 11, 13))
