"""What a field means: its kind and its declaration, free of any database library so that windows start fast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The few ways a value can be; every renderer has one table keyed by these."""

    TEXT = "text"  # one line: str
    NOTE = "note"  # several lines: str
    CODE = "code"  # a reference, never a number: str
    NUMBER = "number"  # float with at most four decimals
    PERCENT = "percent"  # float, 0-100
    MONEY = "money"  # int, minor units of the row's currency
    DATE = "date"  # datetime.date
    MONTH = "month"  # datetime.date, the first of the month
    YESNO = "yesno"  # bool
    CHOICE = "choice"  # str, one of choices; open (any word) when choices is empty
    LINK = "link"  # str, the id of a row of the entity `to`
    PERSON = "person"  # str, the id of a person
    POINT = "point"  # int, 1 to 9: a point of a scale of likelihood or impact, the worst the greatest
    RAG = "rag"  # str, a value of rules.words.Rag


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field: what it is called, what it holds, what other people call it."""

    name: str  # the canonical name, as in `list --json`
    label: str  # the word on screen, in Excel and in print
    kind: Kind
    help: str = ""
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # header synonyms that mean this field and no other of its entity
    hints: tuple[str, ...] = ()  # headers that may mean several fields; the column's content decides
    former: tuple[str, ...] = ()  # retired names
    searchable: bool = False
    to: str = ""  # the entity a link or person points to
    entity: str = ""
    scale: str = ""  # of a point: "likelihood" or "impact"
    computed: bool = False  # a figure: shown, never stored or edited

    @property
    def is_custom(self) -> bool:
        """Whether the organisation declared this field itself."""
        return self.name.startswith(CUSTOM_PREFIX)


CUSTOM_PREFIX = "custom."
