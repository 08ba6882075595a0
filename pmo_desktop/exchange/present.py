"""What a portfolio holds now, read once for a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.model.kind import Field
from pmo_desktop.model.registers import REGISTERS, linked
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_custom_fields, read_rows, read_settings, read_texts


@dataclass(slots=True)
class Present:
    """Rows, kept texts and custom fields by entity, and the settings."""

    settings: Mapping[str, Any]
    sides: Mapping[str, int]  # how many points the axes of the risk scheme have, by scale
    customs: dict[str, tuple[Field, ...]]
    newest: int = 0  # the newest batch
    made: dict[str, str] = field(default_factory=dict)  # records that the plan makes: "Row 5 of the sheet Risks"
    rows: dict[str, list[Record]] = field(default_factory=dict)
    texts: dict[str, dict[tuple[str, str], Record]] = field(default_factory=dict)


def read_present(store: Store) -> Present:
    """The settings and custom fields; rows follow when it is known which are wanted."""
    with store.reading() as connection:
        newest = connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0] or 0
    entities = [info.entity.__tablename__ for info in REGISTERS]
    customs = {entity: read_custom_fields(store, entity) for entity in entities}
    sides = {scale: len(words) for scale, words in scheme_of(store).axes.items()}
    return Present(read_settings(store), sides, customs, newest)


def add_rows(present: Present, store: Store, entities: Iterable[str]) -> None:
    """Read the rows of these entities and of those that cells name, and their kept texts, as far as they are not."""
    for entity in dict.fromkeys((*linked(), *entities)):
        if entity in present.rows:
            continue
        present.rows[entity] = read_rows(store, entity)
        present.texts[entity] = read_texts(store, entity)
