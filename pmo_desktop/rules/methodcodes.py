"""Codes of a methodology's parts, which tell them apart from version to version, and the order of version numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from pmo_desktop.rules.method import Method

_LONGEST = 40  # characters of a proposed code
_GATE = re.compile(r"g(\d{1,6})")


def slug_words(words: str) -> str:
    """Words as a code: small letters and digits with dashes between: `outline-business-case`; empty without any."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", words) if not unicodedata.combining(each))
    kept = re.sub(r"[\W_]+", "-", plain.casefold()).strip("-")
    if len(kept) <= _LONGEST:
        return kept
    cut = kept[: _LONGEST + 1]
    return cut[: cut.rfind("-")] if "-" in cut else kept[:_LONGEST]


def propose_code(words: str, taken: Collection[str], otherwise: str = "part") -> str:
    """A code for something called so: its slug, with the next free number after it when it is taken.

    `otherwise` stands in for a name without letters or digits.
    """
    used = {each.casefold() for each in taken}
    base = slug_words(words) or otherwise
    return next(code for code in _numbered(base) if code not in used)


def propose_gate_code(taken: Iterable[str]) -> str:
    """The code of the next gate: G5 after G4, G1 for the first."""
    numbers = [int(match[1]) for each in taken if (match := _GATE.fullmatch(each.casefold()))]
    return f"G{max(numbers, default=0) + 1}"


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts version numbers as people read them: 1.9 before 1.10 before 2.0."""
    pieces = re.findall(r"\d+|[^\W\d_]+", version.casefold())
    return tuple((1, int(piece), "") if piece.isdecimal() else (0, 0, piece) for piece in pieces)


def part_codes(method: Method) -> list[tuple[str, str, str]]:
    """Every code that must be one part's own within a version, as (code, kind, name), in order.

    Duties, guidance, evidence and waivers name a phase, gate, criterion or deliverable by its code alone.
    """
    found = []
    for phase in method.phases:
        found.append((phase.code, "phase", phase.name))
        found += [(each.code, "deliverable", each.name) for each in phase.deliverables]
        for gate in phase.gates:
            found.append((gate.code, "gate", gate.name))
            found += [(each.code, "criterion", each.text) for each in gate.criteria]
    return found


def _numbered(base: str) -> Iterable[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
