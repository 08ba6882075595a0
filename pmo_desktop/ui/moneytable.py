"""The money of a project in a small table: budget, actual, estimate and variance, whole life and this year."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pmo_desktop.rules.rating import rate_share
from pmo_desktop.rules.variance import cost_variance, variance_percent
from pmo_desktop.rules.wording import money_sign, thousands_text
from pmo_desktop.ui.columns import signed
from pmo_desktop.ui.kinds import DASH, Reading, Row, currency_of
from pmo_desktop.ui.label import label, rule

_HEADS = ("", "Budget", "Actual", "EAC", "Variance")
_ROWS = (
    ("Whole life", "budget_approved", "actual_to_date", "eac"),
    ("This year", "budget_fy", None, "forecast_fy"),
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyTable(QWidget):
    """Labels in a grid, in thousands of the project's currency."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for place, words in enumerate(_HEADS):
            head = label(words, "caption_quiet")
            head.setAlignment(_RIGHT)
            self._grid.addWidget(head, 0, place)
        self._grid.addWidget(rule(), 1, 0, 1, len(_HEADS))
        self.cells = [[label("") for _ in _HEADS] for _ in _ROWS]
        for row, cells in enumerate(self.cells):
            for place, cell in enumerate(cells):
                if place:
                    cell.setAlignment(_RIGHT)
                self._grid.addWidget(cell, row + 2, place)

    def show_row(self, row: Row, reading: Reading) -> str:
        """Show a project's money; gives the unit for the heading."""
        currency = currency_of(row, reading)
        for cells, (words, budget, actual, estimate) in zip(self.cells, _ROWS, strict=True):
            values = [row.get(budget), row.get(actual) if actual else None, row.get(estimate)]
            texts = [DASH if each is None else thousands_text(each, currency) for each in values]
            if actual is None:
                texts[1] = ""
            variance, role = _variance(values[0], values[2], currency)
            for cell, text in zip(cells, [words, *texts, variance], strict=True):
                cell.setText(text)
            _dress(cells[-1], role)
        return f"{money_sign(currency).strip()}k"


def _variance(budget: int | None, estimate: int | None, currency: str) -> tuple[str, str]:
    if budget is None or estimate is None:
        return DASH, ""
    text = thousands_text(abs(cost_variance(budget, estimate)), currency)
    over = cost_variance(budget, estimate)
    rating = rate_share(variance_percent(budget, estimate))
    role = {"R": "over", "A": "near"}.get(str(rating or ""), "")
    return signed(f"{'+' if over > 0 else '-' if over < 0 else ''}{text}"), role


def _dress(cell: QWidget, role: str) -> None:
    if cell.property("role") != role:
        cell.setProperty("role", role)
        cell.style().unpolish(cell)
        cell.style().polish(cell)
