"""What a column's content says it is: how well it fits a kind of field, and which kind an unknown column would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pmo_desktop.exchange.dates import YEARS, DateRules, find_order, looks_like_date, parse_date
from pmo_desktop.exchange.grid import Broken, Cell
from pmo_desktop.exchange.money import MoneyRules, is_fraction, looks_like_money, parse_money, parse_number
from pmo_desktop.exchange.outcome import Outcome, Parsed, cell_text, says_nothing
from pmo_desktop.exchange.points import number_in, parse_point
from pmo_desktop.exchange.words import parse_choice, parse_rag, parse_yes_no
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.scales import rating_scales

SAMPLE = 150
_LONG = 60  # characters from which a text is a narrative
_MOST_CHOICES = 20
_NUMBERED = 0.6  # how well 1, 2 and 3 fit a rating


@dataclass(slots=True)
class Sample:
    """Some cells of a column that say something, and what was found out about them so far."""

    cells: list[Cell]
    filled: int  # cells of the whole column that say something
    number_format: str = ""
    coloured: bool = False  # blank cells whose fill is a rating
    day_first: bool = True
    kind: Kind | None = None  # as guess_kind found it
    _fits: dict[tuple[Kind, tuple[str, ...]], float] = field(default_factory=dict)

    def fit(self, of: Field) -> float:
        """The share of the cells that can be read as the field is, 0 to 1; 0.8 where there is nothing to judge by."""
        key = (of.kind, of.choices)
        if key not in self._fits:
            self._fits[key] = self._fit(of)
        return self._fits[key]

    def shown(self, count: int = 3) -> tuple[str, ...]:
        """A few different cells as a person would read them."""
        return tuple(dict.fromkeys(" ".join(cell_text(cell).split())[:_LONG] for cell in self.cells))[:count]

    def _fit(self, of: Field) -> float:
        if not self.cells:
            return 1.0 if of.kind is Kind.RAG and self.coloured else 0.8
        if of.kind in (Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.LINK, Kind.PERSON) or (
            of.kind is Kind.CHOICE and not of.choices
        ):
            return self._fit_words(of.kind)
        outcomes = [_read_as(cell, of, self.day_first).outcome for cell in self.cells]
        if of.kind is Kind.RAG and rating_scales([_bare(cell) for cell in self.cells]):
            return _NUMBERED  # bare numbers are asked about
        judged = [outcome for outcome in outcomes if outcome is not Outcome.EMPTIED]
        return outcomes.count(Outcome.READ) / len(judged) if judged else 0.8

    def _fit_words(self, kind: Kind) -> float:
        dates = sum(looks_like_date(cell) for cell in self.cells[:30]) / len(self.cells[:30])
        if dates > 0.5:  # noqa: PLR2004  most
            return 0.0
        numbers = sum(isinstance(cell, (int, float)) for cell in self.cells) / len(self.cells)
        length = sum(len(cell_text(cell)) for cell in self.cells) / len(self.cells)
        if kind in (Kind.PERSON, Kind.LINK, Kind.TEXT) and numbers > 0.5:  # noqa: PLR2004  most
            return 0.5 if kind is Kind.LINK else 0.1
        if kind in (Kind.PERSON, Kind.CHOICE, Kind.CODE, Kind.LINK) and length > _LONG:
            return 0.2
        return 1.0


def take_sample(cells: Sequence[Cell], number_format: str = "", *, coloured: bool = False) -> Sample:
    """The cells of a column that a judgement is based on: spread over the column, errors left out."""
    filled = [cell for cell in cells if cell is not None]
    step = max(1, len(filled) // SAMPLE)
    telling: list[Cell] = [cell for cell in filled[::step] if not isinstance(cell, Broken)]
    return Sample(telling, len(filled), number_format, coloured, find_order(telling) is not False)


def guess_kind(sample: Sample) -> Kind:
    """The kind of custom field an unknown column becomes; text where nothing else holds for nearly all of it.

    A column is looked at once, however many registers it is tried as.
    """
    if sample.kind is None:
        sample.kind = _guess(sample)
    return sample.kind


def _guess(sample: Sample) -> Kind:
    cells = [cell for cell in sample.cells if not (isinstance(cell, str) and says_nothing(cell.strip()))]
    if not cells:
        return Kind.TEXT
    if _nearly_all(cells, looks_like_date):
        return Kind.DATE
    if _nearly_all(cells, lambda cell: isinstance(cell, bool)):
        return Kind.YESNO
    if _nearly_all(cells, _is_measured):
        return _guess_measure(cells, sample)
    return _guess_words(cells)


def _guess_measure(cells: list[Cell], sample: Sample) -> Kind:
    if any(looks_like_money(cell) for cell in cells):
        return Kind.MONEY
    if any(isinstance(cell, str) and cell.strip().endswith("%") for cell in cells) or is_fraction(
        (), sample.number_format
    ):
        return Kind.PERCENT
    if any(sign in sample.number_format for sign in "£$€¥"):
        return Kind.MONEY
    texts = [cell for cell in cells if isinstance(cell, str)]
    if all(cell_text(cell).isdigit() and int(cell_text(cell)) in YEARS for cell in cells):
        return Kind.CODE  # a year is a name, not an amount
    return Kind.CODE if any(text.strip().startswith("0") and text.strip().isdigit() for text in texts) else Kind.NUMBER


def _guess_words(cells: list[Cell]) -> Kind:
    texts = [cell_text(cell) for cell in cells]
    if _nearly_all(cells, lambda cell: parse_rag(cell, suggest=False).outcome is Outcome.READ) and len(set(texts)) > 1:
        return Kind.RAG
    if _nearly_all(cells, lambda cell: isinstance(cell, str) and cell.strip().casefold() in ("yes", "no", "y", "n")):
        return Kind.YESNO
    if any("\n" in text or len(text) > _LONG for text in texts):
        return Kind.NOTE
    counts = Counter(texts)
    repeated = len(counts) <= _MOST_CHOICES and len(counts) * 2 < len(texts)
    return Kind.CHOICE if repeated else Kind.TEXT


def _bare(cell: Cell) -> float:
    """The number of a cell; 0, which is no rating, for anything else."""
    return number_in(cell) or 0


def _nearly_all(cells: list[Cell], test: object) -> bool:
    assert callable(test)  # noqa: S101  a plain function
    return sum(bool(test(cell)) for cell in cells) >= 0.9 * len(cells)


def _is_measured(cell: Cell) -> bool:
    if isinstance(cell, (bool, date)):
        return False
    if isinstance(cell, str) and cell.strip().endswith("%"):
        return parse_number(cell.strip()[:-1]).outcome is Outcome.READ
    return parse_money(cell, MoneyRules()).outcome is Outcome.READ


def _read_as(cell: Cell, of: Field, day_first: bool) -> Parsed:
    if of.kind in (Kind.DATE, Kind.MONTH):
        return parse_date(cell, DateRules(day_first=day_first))
    if of.kind is Kind.MONEY:
        return parse_money(cell, MoneyRules())
    if of.kind in (Kind.NUMBER, Kind.PERCENT):
        return parse_number(cell.strip().rstrip("%") if isinstance(cell, str) else cell, unit=of.unit)
    if of.kind is Kind.YESNO:
        return parse_yes_no(cell)
    if of.kind is Kind.POINT:
        return parse_point(cell, "percent")  # the widest scale
    if of.kind is Kind.RAG:
        return parse_rag(cell, suggest=False)
    return parse_choice(cell, of.choices, suggest=False)
