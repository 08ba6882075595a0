"""The words of `pmo-desktop methods`: the versions in the library, their parts, and how many projects follow each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.store.file import Store


def describe_methods(store: Store) -> tuple[list[dict[str, Any]], list[str]]:
    """Every version as plain data, dates as ISO text, and as lines of text."""
    from pmo_desktop.figures.methods import list_methods  # noqa: PLC0415  each command imports what it needs
    from pmo_desktop.rules.wording import count_text  # noqa: PLC0415

    found = list_methods(store)
    data = [
        asdict(line) | {"approved_on": line.approved_on.isoformat() if line.approved_on else None} for line in found
    ]
    lines = []
    for line in found:
        counts = (
            count_text(line.phases, "phase"),
            count_text(line.gates, "gate"),
            count_text(line.deliverables, "deliverable"),
            count_text(line.criteria, "criterion", "criteria"),
            count_text(line.projects, "project"),
        )
        lines.append(f"{line.status or '-':<9} {f'{line.name} {line.version}'.strip()}: {', '.join(counts)}")
    return data, lines or ["The library has no methodology yet."]
