"""The weeks of a phase as people write them, and what is wrong with a methodology as a whole, in sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from pmo_desktop.rules.method import Method


def weeks_text(weeks: float | None) -> str:
    """The usual length of a phase: "4.5", "6"; empty for None."""
    return "" if weeks is None else repr(float(weeks)).removesuffix(".0")


def read_weeks(text: str) -> float | None:
    """The number that `weeks_text` wrote, in weeks; None for an empty text. Raises ValueError for anything else."""
    if not text.strip():
        return None
    weeks = float(text)
    if not math.isfinite(weeks) or weeks < 0:
        raise ValueError(text)
    return weeks


def find_faults(method: Method) -> list[str]:
    """What does not hold together in a version, one sentence each: codes given twice, and codes that lead nowhere."""
    return [*_twins(method), *_strays(method)]


def _twins(method: Method) -> Iterator[str]:
    gates = [gate for _, gate in method.gates()]
    codes: dict[str, Iterable[str]] = {
        "phases": [each.code for each in method.phases],
        "gates": [each.code for each in gates],
        "criteria": [each.code for gate in gates for each in gate.criteria],
        "deliverables": [output.code for _, output in method.outputs()],
        "templates": [each.code for each in method.templates],
    }
    for many, found in codes.items():
        for code, times in Counter(found).items():
            if not code.strip():
                yield f"{times} of the {many} have no code."
            elif times > 1:
                yield f"{times} {many} have the code {code}; every one needs its own."


def _strays(method: Method) -> Iterator[str]:
    outputs = {output.code for _, output in method.outputs()}
    gates = {gate.code for _, gate in method.gates()}
    templates = {each.code for each in method.templates}
    for _, gate in method.gates():
        for each in gate.criteria:
            if each.evidence and each.evidence not in outputs:
                yield f"Criterion {each.code} asks for the deliverable {each.evidence}, which there is not."
    for _, output in method.outputs():
        if output.template and output.template not in templates:
            yield f"Deliverable {output.code} is made from the template {output.template}, which there is not."
    for duty in method.duties:
        if duty.concerns not in outputs | gates:
            yield f"A duty of {duty.role} concerns {duty.concerns}, which is no deliverable and no gate."
    known = outputs | gates | {each.code for each in method.phases} | {""}
    for guide in method.guidance:
        if guide.concerns not in known:
            yield f"The page “{guide.title}” concerns {guide.concerns}, which there is not."
