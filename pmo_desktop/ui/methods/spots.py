"""The outline of a version that is being edited: its life cycle, RACI table, guidance, glossary and templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmo_desktop.operations.methodparts import KINDS
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.rows import Record
from pmo_desktop.ui.methods.node import gate_title

HEAD, LIFE, DUTIES, GUIDANCE, TERMS, TEMPLATES = (
    "methodology", "life", "duties", "guidance", "terms", "templates"
)  # fmt: skip
# What may be added at a spot: the kinds of part, the first of them by the Insert key.
ADDS: dict[str, tuple[str, ...]] = {
    HEAD: ("method_phase", "method_guidance", "method_term", "method_template"),
    LIFE: ("method_phase",),
    DUTIES: (),
    GUIDANCE: ("method_guidance",),
    TERMS: ("method_term",),
    TEMPLATES: ("method_template",),
    "method_phase": ("method_phase", "method_deliverable", "method_gate"),
    "method_gate": ("method_gate", "method_criterion", "method_deliverable"),
    "method_criterion": ("method_criterion", "method_gate"),
    "method_deliverable": ("method_deliverable", "method_gate"),
    "method_guidance": ("method_guidance",),
    "method_term": ("method_term",),
    "method_template": ("method_template",),
}
_ICONS = {
    "method_phase": "folder",
    "method_gate": "diamond",
    "method_criterion": "square-check",
    "method_deliverable": "file-text",
    "method_guidance": "book-open",
    "method_term": "bookmark",
    "method_template": "file-check",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One line of the outline: a part by its entity and id, or a group of parts; `inside` stands under it."""

    entity: str
    id: str
    text: str
    icon: str
    note: str = ""
    inside: tuple[Spot, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.entity, self.id

    @property
    def is_part(self) -> bool:
        """Whether it can be renamed, moved, copied and deleted."""
        return self.entity in KINDS

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        kind = KINDS[self.entity].one if self.is_part else ""
        return ", ".join(part for part in (self.text, kind, self.note) if part)


def make_spots(head: Record, parts: Mapping[str, Sequence[Record]]) -> tuple[Spot, ...]:
    """The whole outline of a version from its stored parts."""
    inside = {"method_criterion": _by(parts["method_criterion"], "gate")}
    inside["method_gate"] = _by(parts["method_gate"], "phase")
    inside["method_deliverable"] = _by(parts["method_deliverable"], "phase")
    phases = tuple(_phase(row, inside) for row in parts["method_phase"])
    key = head["id"]
    return (
        Spot(HEAD, key, f"{head['name']} {head['version'] or ''}".strip(), "library"),
        Spot(LIFE, key, "Life cycle", "layers", count_text(len(phases), "phase"), phases),
        Spot(
            DUTIES, key, "Roles and RACI", "users", count_text(len({d["role"] for d in parts["method_duty"]}), "role")
        ),
        _group(GUIDANCE, key, "Guidance", "method_guidance", "page", parts),
        _group(TERMS, key, "Glossary", "method_term", "term", parts),
        _group(TEMPLATES, key, "Templates", "method_template", "template", parts),
    )


def adds_inside(entity: str, kind: str) -> bool:
    """Whether a kind that is added at a spot stands in it, and not beside it or what it stands in."""
    return entity == KINDS[kind].within and kind != entity


def _phase(row: Record, inside: Mapping[str, Mapping[str, Sequence[Record]]]) -> Spot:
    outputs = tuple(_part("method_deliverable", each) for each in inside["method_deliverable"].get(row["id"], ()))
    gates = tuple(
        _part(
            "method_gate", gate, tuple(_part("method_criterion", each) for each in _lines(inside, gate))
        )
        for gate in inside["method_gate"].get(row["id"], ())
    )  # fmt: skip
    return _part("method_phase", row, (*outputs, *gates))


def _lines(inside: Mapping[str, Mapping[str, Sequence[Record]]], gate: Record) -> Sequence[Record]:
    return inside["method_criterion"].get(gate["id"], ())


def _part(entity: str, row: Record, inside: tuple[Spot, ...] = ()) -> Spot:
    title = str(row[KINDS[entity].title])
    words = gate_title(row["code"], title) if entity == "method_gate" else title
    return Spot(entity, row["id"], words, _ICONS[entity], inside=inside)


def _group(group: str, key: str, text: str, entity: str, one: str, parts: Mapping[str, Sequence[Record]]) -> Spot:
    rows = parts[entity]
    icon = _ICONS[entity]
    return Spot(group, key, text, icon, count_text(len(rows), one), tuple(_part(entity, row) for row in rows))


def _by(rows: Sequence[Record], link: str) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row[link]].append(row)
    return found
