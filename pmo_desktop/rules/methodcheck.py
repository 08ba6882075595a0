"""What a version of a methodology lacks before it may be approved."""

from __future__ import annotations

from collections import defaultdict

from pmo_desktop.rules.method import Method
from pmo_desktop.rules.methodcodes import part_codes
from pmo_desktop.rules.wording import join_words


def find_faults(method: Method) -> tuple[str, ...]:
    """Everything that stands against approving it, a sentence each; empty when it may be approved."""
    heads = [] if method.version else ["It has no version number."]
    phases = [] if method.phases else ["It has no phases."]
    return tuple(heads + phases + _bare_gates(method) + _twice(method) + _dangling(method))


def _bare_gates(method: Method) -> list[str]:
    return [f"Gate {gate.code} has no criterion." for _, gate in method.gates() if not gate.criteria]


def _twice(method: Method) -> list[str]:
    """Codes are compared without regard to capitals: G1 and g1 would be taken for one."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for code, kind, name in part_codes(method):
        owners[code.casefold()].append(f"the {kind} “{name}”")
        spelt.setdefault(code.casefold(), code)
    said = [f"The code {spelt[key]} is that of {join_words(each)}." for key, each in owners.items() if len(each) > 1]
    templates = [each.code for each in method.templates]
    return said + [
        f"Two templates have the code {code}." for code in sorted(set(templates)) if templates.count(code) > 1
    ]


def _dangling(method: Method) -> list[str]:
    """Links by a code that nothing in this version has."""
    outputs = {each.code for _, each in method.outputs()}
    gates = {each.code for _, each in method.gates()}
    phases = {each.code for each in method.phases}
    templates = {each.code for each in method.templates}
    said = [
        f"The evidence of criterion {each.code} is {each.evidence}, which no deliverable has as its code."
        for _, gate in method.gates()
        for each in gate.criteria
        if each.evidence and each.evidence not in outputs
    ]
    said += [
        f"The template of deliverable {each.code} is {each.template}, which no template document has as its code."
        for _, each in method.outputs()
        if each.template and each.template not in templates
    ]
    said += [
        f"The duty of {each.role} concerns {each.concerns}, which no deliverable or gate has as its code."
        for each in method.duties
        if each.concerns not in outputs | gates
    ]
    said += [
        f"The page “{each.title}” concerns {each.concerns}, which no phase, gate or deliverable has as its code."
        for each in method.guidance
        if each.concerns and each.concerns not in outputs | gates | phases
    ]
    return said
