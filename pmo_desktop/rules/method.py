"""A methodology as plain data: what is read from folders and workbooks, compared, and applied to projects.

Parts are told apart by their code, which stays the same from one version to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmo_desktop.rules.assurance import Duty, Mandatory


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a gate's checklist. `evidence` is the code of the deliverable that shows it, or empty."""

    code: str
    text: str
    section: str = ""
    guidance: str = ""
    role: str = ""
    mandatory: Mandatory = Mandatory.ALL
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A deliverable that a phase has to bring forth. `template` is the code of a template document, or empty."""

    code: str
    name: str
    purpose: str = ""
    acceptance: str = ""
    role: str = ""
    acceptor: str = ""
    mandatory: Mandatory = Mandatory.ALL
    template: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate at the end of a phase: the question, who decides, and the checklist."""

    code: str
    name: str
    question: str = ""
    decides: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodPhase:
    """A phase of the life cycle; `weeks` is its usual length."""

    code: str
    name: str
    purpose: str = ""
    weeks: float | None = None
    deliverables: tuple[Output, ...] = ()
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyOf:
    """One cell of the RACI table; `concerns` is the code of a deliverable or a gate."""

    concerns: str
    role: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of guidance in Markdown; `concerns` is the code of a phase, gate or deliverable, or empty for all."""

    title: str
    text: str = ""
    concerns: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    term: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template document and its bytes."""

    code: str
    name: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Method:
    """One version of a methodology with all its parts, each in its order.

    `code` is the same for all versions; `tier` is that of the projects it is proposed for, or empty.
    """

    code: str
    name: str
    version: str
    tier: str = ""
    summary: str = ""
    speaks: str = ""
    phases: tuple[MethodPhase, ...] = ()
    duties: tuple[DutyOf, ...] = ()
    guidance: tuple[Guide, ...] = ()
    terms: tuple[Term, ...] = ()
    templates: tuple[Template, ...] = ()

    @property
    def ref(self) -> str:
        """What tells this version from all others."""
        return f"{self.code} {self.version}"

    def gates(self) -> Iterator[tuple[MethodPhase, Gate]]:
        """Every gate with its phase, in order."""
        return ((phase, gate) for phase in self.phases for gate in phase.gates)

    def outputs(self) -> Iterator[tuple[MethodPhase, Output]]:
        """Every deliverable with its phase, in order."""
        return ((phase, output) for phase in self.phases for output in phase.deliverables)

    def find_gate(self, code: str) -> Gate | None:
        """The gate of that code."""
        return next((gate for _, gate in self.gates() if gate.code == code), None)
