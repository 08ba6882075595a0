"""What stands in the tree of the methodology pane: methods, the phases and gates of the chosen one, its resources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pmo_desktop.figures.methods import MethodLine
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text


class NodeKind(StrEnum):
    """What sort of thing a node of the tree is."""

    HEADING = "heading"
    METHOD = "method"
    PHASE = "phase"
    GATE = "gate"
    RESOURCE = "resource"


class Resource(StrEnum):
    """The lists that belong to a methodology as a whole."""

    TEMPLATES = "Templates"
    CHECKLISTS = "Checklists"
    ROLES = "Roles and RACI"
    GLOSSARY = "Glossary"
    GUIDANCE = "Guidance"


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree; `note` is quiet words after its name, `count` a number at the right."""

    kind: NodeKind
    key: str
    text: str
    note: str = ""
    icon: str = ""
    count: int | None = None
    inside: tuple[Node, ...] = ()
    is_shown: bool = False  # of methods: the one whose phases stand below

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        told = str(self.kind.value) if self.kind in (NodeKind.METHOD, NodeKind.PHASE, NodeKind.GATE) else ""
        told += ", shown" if self.is_shown else ""
        count = "" if self.count is None else f"{self.count:,}"
        return ", ".join(part for part in (self.text, self.note, count, told) if part)


def make_nodes(lines: Sequence[MethodLine], method: Method | None, shown: str) -> list[Node]:
    """The whole tree: all versions that are in use, then what belongs to the one that is read."""
    found = [Node(NodeKind.HEADING, "", "Methods")]
    found += [_method_node(line, shown) for line in lines if line.status != MethodStatus.RETIRED or line.projects]
    if method is None:
        return found
    found.append(Node(NodeKind.HEADING, "", f"{method.name} {method.version}".strip()))
    for phase in method.phases:
        gates = tuple(
            Node(NodeKind.GATE, gate.code, gate_title(gate.code, gate.name), icon="diamond") for gate in phase.gates
        )
        note = count_text(len(phase.deliverables), "output") if phase.deliverables else ""
        found.append(Node(NodeKind.PHASE, phase.code, phase.name, "" if gates else note, inside=gates))
    found.append(Node(NodeKind.HEADING, "", "Resources"))
    return found + _resources(method)


def gate_title(code: str, name: str) -> str:
    """A gate by its code and its name, said once where the name begins with the code."""
    return name if name.casefold().startswith(code.casefold()) else f"{code} {name}".strip()


def list_roles(method: Method) -> list[str]:
    """Every role that the methodology speaks of, those of the RACI table first, each once."""
    named = [duty.role for duty in method.duties]
    named += [role for _, output in method.outputs() for role in (output.role, output.acceptor)]
    named += [criterion.role for _, gate in method.gates() for criterion in gate.criteria]
    named += [gate.decides for _, gate in method.gates()]
    return list(dict.fromkeys(role for role in named if role))


def _method_node(line: MethodLine, shown: str) -> Node:
    note = {MethodStatus.DRAFT: "draft", MethodStatus.RETIRED: "retired"}.get(MethodStatus(line.status or "Draft"))
    words = ", ".join(part for part in (line.version, note or line.tier.lower()) if part)
    return Node(NodeKind.METHOD, line.id, line.name, words, "book-open", is_shown=line.id == shown)


def _resources(method: Method) -> list[Node]:
    counted = (
        (Resource.TEMPLATES, "file-text", len(method.templates)),
        (Resource.CHECKLISTS, "list-checks", sum(1 for _, gate in method.gates() if gate.criteria)),
        (Resource.ROLES, "users", len(list_roles(method))),
        (Resource.GLOSSARY, "book-open", len(method.terms)),
        (Resource.GUIDANCE, "info", len(method.guidance)),
    )
    return [
        Node(NodeKind.RESOURCE, name.value, name.value, icon=icon, count=count)
        for name, icon, count in counted
        if count
    ]
