"""The rows of one register with everything they are shown with, and what to read again after a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_ENTITY, created
from pmo_desktop.rules.scales import SCALES, point_word
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_rows, read_settings, read_texts, register_fields
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.kinds import Reading, Row
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.typed import Names

# Adds computed figures to rows: given the store, the rows, and whether their surroundings are to be read anew.
Figure = Callable[[Store, list[dict[str, Any]], bool], list[dict[str, Any]]]


@dataclass(slots=True)
class Sheet:
    """One reading of a register."""

    rows: list[dict[str, Any]]
    fields: tuple[Field, ...]
    reading: Reading
    texts: dict[tuple[str, str], dict[str, Any]]
    names: Names
    choices: dict[str, list[str]]  # names offered for links, by entity
    places: dict[str, int] = field(default_factory=dict)  # where a row stands, by id; empty until it is asked for

    def place(self) -> dict[str, int]:
        """Where each row stands."""
        if len(self.places) != len(self.rows):
            self.places = {row["id"]: number for number, row in enumerate(self.rows)}
        return self.places


class RegisterData:
    """Reads one register for its pane, and afterwards only what a batch changed."""

    def __init__(self, store: Store, outline: Outline, figure: Figure | None = None) -> None:
        self.store, self.outline, self.figure = store, outline, figure

    def read(self, copy: Store | None = None) -> Sheet:
        """Everything anew, where there is one from a copy."""
        store = copy or self.store
        rows = read_rows(store, self.outline.entity)
        return self._sheet(store, self.figure(store, rows, True) if self.figure else rows)

    def begin(self) -> Sheet:
        """Everything but the rows, for as long as these are being read."""
        return self._sheet(self.store, [])

    def _sheet(self, store: Store, rows: list[dict[str, Any]]) -> Sheet:
        settings, entity = read_settings(store), self.outline.entity
        fields = register_fields(store, entity) + self.outline.figures
        currency = settings["currency"]
        axes = SCALES
        if any(each.kind is Kind.POINT for each in fields):
            from pmo_desktop.figures.riskschemes import scheme_of  # noqa: PLC0415  for registers of risks alone

            axes = scheme_of(store).axes
        reading = Reading(read_names(store), currency, only_currency(rows, currency), data_date(settings), axes)
        names, choices = read_links(store, fields, round(settings["fy_start_month"]))
        return Sheet(rows, fields, reading, read_texts(store, entity), names, choices)

    def read_changed(self, changed: Changed, sheet: Sheet) -> dict[str, dict[str, Any]] | None:
        """The rows of this register that a batch changed, put into the sheet; None when all must be read again.

        A row that is gone is missing from the sheet afterwards; new names to link to are in it.
        """
        entity = self.outline.entity
        others = set(changed.rows) - {entity, "cell_source"}
        if not others <= created() or not self._only_new_names(changed, others, sheet):
            return None  # figures, settings or the words of other rows may be others
        ids = changed.rows.get(entity, frozenset())
        found = read_rows(self.store, entity, ids)
        rows = {row["id"]: row for row in (self.figure(self.store, found, False) if self.figure else found)}
        if "cell_source" in changed.rows:
            sheet.texts = read_texts(self.store, entity)
        self._merge(sheet, ids, rows)
        return rows

    def _only_new_names(self, changed: Changed, others: set[str], sheet: Sheet) -> bool:
        """Whether the linked rows that changed were only made; if so the sheet knows their names."""
        if not others:
            return True
        if self.outline.entity in created():
            return False  # the linked rows are this register's own kind
        now = read_names(self.store)
        touched = {identity for other in others for identity in changed.rows[other]}
        if any(identity in sheet.reading.names or identity not in now for identity in touched):
            return False
        sheet.reading = replace(sheet.reading, names=now)
        sheet.names, sheet.choices = read_links(self.store, sheet.fields, sheet.names.fy_start)
        return True

    def _merge(self, sheet: Sheet, ids: Collection[str], rows: dict[str, dict[str, Any]]) -> None:
        places = sheet.place()
        if rows.keys() == set(ids) and rows.keys() <= places.keys():
            before = [sheet.rows[places[identity]] for identity in rows]
            for identity, row in rows.items():
                sheet.rows[places[identity]] = row
            if all(old.get("currency") == row.get("currency") for old, row in zip(before, rows.values(), strict=True)):
                return  # as most edits: nothing else of ten thousand rows needs to be looked at
        else:
            kept = [rows.get(row["id"], row) for row in sheet.rows if row["id"] not in ids or row["id"] in rows]
            sheet.rows = kept + [row for identity, row in rows.items() if identity not in places]
            sheet.places = {}
        one = only_currency(sheet.rows, sheet.reading.currency)
        if one != sheet.reading.only_currency:
            sheet.reading = replace(sheet.reading, only_currency=one)


def only_currency(rows: list[dict[str, Any]], default: str) -> str | None:
    """The one currency of all rows; None when they differ."""
    found = {row.get("currency") or default for row in rows} or {default}
    return found.pop() if len(found) == 1 else None


def read_links(store: Store, fields: tuple[Field, ...], fy_start: int) -> tuple[Names, dict[str, list[str]]]:
    """What the links of these fields may point to: ids by folded name or reference, and the names to offer."""
    ids: dict[str, dict[str, list[str]]] = {}
    choices: dict[str, list[str]] = {}
    for entity in sorted({each.to for each in fields if each.kind in (Kind.LINK, Kind.PERSON)}):
        known: defaultdict[str, list[str]] = defaultdict(list)
        offered = []
        for row in read_rows(store, entity):
            name, ref = row.get(BY_ENTITY[entity].title), row.get("ref")
            for word in {str(each).casefold() for each in (name, ref) if each}:
                known[word].append(row["id"])
            offered.append(str(name or ref or ""))
        ids[entity] = dict(known)
        choices[entity] = sorted({each for each in offered if each}, key=str.casefold)
    return Names(ids, fy_start), choices


def offered_choices(
    meaning: Field, rows: Sequence[Row], links: dict[str, list[str]], axes: Mapping[str, Sequence[str]] = SCALES
) -> list[str]:
    """The words offered in a field's editor: its choices, else the words other rows have."""
    if meaning.kind in (Kind.LINK, Kind.PERSON):
        return links.get(meaning.to, [])
    if meaning.kind is Kind.RAG:
        return [rating.label for rating in Rag]
    if meaning.kind is Kind.POINT:
        return [point_word(point, axes[meaning.scale]) for point in range(1, len(axes[meaning.scale]) + 1)]
    if meaning.kind is Kind.YESNO:
        return ["Yes", "No"]
    if meaning.choices:
        return list(meaning.choices)
    words = {str(row[meaning.name]) for row in rows if row.get(meaning.name)}
    return sorted(words, key=str.casefold)
