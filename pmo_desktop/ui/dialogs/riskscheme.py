"""The risk scheme: its size, its cells, bands and limits, appetite, and what impact means in money and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.figures.riskbook import default_appetite
from pmo_desktop.figures.riskschemes import read_schemes, scheme_of
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.rules.risk import LARGEST, SCHEMES, SMALLEST, Scheme, SchemeError, resize_scheme
from pmo_desktop.rules.wording import day_text, number_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, as_widget
from pmo_desktop.ui.label import label
from pmo_desktop.ui.matrix.schemegrid import SchemeGrid
from pmo_desktop.ui.segments import Segments

_BY_LIMITS, _BY_CELLS = "limits", "cells"
_MOST_BANDS, _FEWEST_BANDS = 9, 2
_ROW = 28  # pixels
_WAYS, _SIZES = "Likelihood", "Impact"
_HOW = {
    _BY_LIMITS: "Each band begins at its score. Choose Cell by cell to give single cells another band.",
    _BY_CELLS: "Arrows go from cell to cell; a digit gives the cell that band, + and - the next one.",
}


class RiskSchemeDialog(Dialog):
    """Everything is kept as a new version when Save is pressed; the versions before stay for the days before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Risk scheme", parent, width=960, accept_text="Save scheme")
        self.context = context
        settings = read_settings(context.store)
        self.today = data_date(settings)
        self.scheme: Scheme = scheme_of(context.store)
        self.wrong = ""  # why what stands in the fields is no scheme
        self.grid = SchemeGrid(context.theme)
        self.start, self.name = QComboBox(), QLineEdit()
        self.day = DateField(self.today)
        self.ways, self.sizes, self.appetite = QSpinBox(), QSpinBox(), QSpinBox()
        self.way = Segments(
            "Bands", [(_BY_LIMITS, "By score", "Bands by score"), (_BY_CELLS, "Cell by cell", "Bands cell by cell")]
        )
        self.bands, self.points = QTableWidget(0, 3), QTableWidget(4, 0)
        self.fewer = Button("Remove band", "x", "ghost", self._remove_band)
        self.more = Button("Add band", "plus", "ghost", self._add_band)
        self.how = label("", "caption", wrap=True)
        self._offer()
        self._lay_out()
        self.appetite.setValue(round(settings["risk_appetite"] or 0))
        self._connect()
        self.take(self.scheme)

    def take(self, scheme: Scheme) -> None:
        """Show a scheme, to be changed."""
        self.scheme, self.wrong = scheme, ""
        self.name.setText(scheme.name)
        for box, value in ((self.ways, scheme.likelihoods), (self.sizes, scheme.impacts)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self._show()

    def commit(self) -> str:
        """Keep the scheme as a new version; what is wrong is said."""
        if self.wrong:
            return self.wrong
        try:
            day = self.day.day() or self.today
            scheme = replace(self.scheme, name=self.name.text().strip(), effective_from=day)
            save_scheme(self.context.store, scheme, float(self.appetite.value()) or None)
        except (Known, ValueError) as error:
            return str(error)
        self.context.toast(f"Risk scheme {scheme.name} is in force from {day_text(day)}")
        return ""

    # ------------------------------------------------------------------ below the counter

    def _show(self) -> None:
        """The fields and the matrix as the scheme says."""
        by_cells = bool(self.scheme.matrix)
        self.way.show_choice(_BY_CELLS if by_cells else _BY_LIMITS)
        self.how.setText(_HOW[_BY_CELLS if by_cells else _BY_LIMITS])
        self._show_bands(by_cells=by_cells)
        self._show_points()
        self._show_grid()

    def _show_grid(self) -> None:
        appetite = float(self.appetite.value()) or default_appetite(self.scheme)
        self.appetite.setSpecialValueText(f"Second-worst band on ({number_text(default_appetite(self.scheme))})")
        self.grid.show_scheme(self.scheme, appetite, can_change=bool(self.scheme.matrix))

    def _show_bands(self, *, by_cells: bool) -> None:
        scheme = self.scheme
        helps = scheme.opportunity or ("",) * len(scheme.bands)
        self.bands.blockSignals(True)
        self.bands.setRowCount(len(scheme.bands))
        begins = ("", *map(number_text, scheme.starts)) if scheme.starts else ("",) * len(scheme.bands)
        for row, texts in enumerate(zip(scheme.bands, begins, helps, strict=True)):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == 1 and (by_cells or row == 0):
                    item.setFlags(Qt.ItemFlag.ItemIsSelectable)
                self.bands.setItem(row, column, item)
        self.bands.setVerticalHeaderLabels([str(number) for number in range(1, len(scheme.bands) + 1)])
        self.bands.setFixedHeight(_ROW * (len(scheme.bands) + 1))
        self.bands.blockSignals(False)
        self.fewer.setEnabled(len(scheme.bands) > _FEWEST_BANDS)
        self.more.setEnabled(len(scheme.bands) < _MOST_BANDS)

    def _show_points(self) -> None:
        scheme, currency = self.scheme, read_settings(self.context.store)["currency"]
        most = max(scheme.likelihoods, scheme.impacts)
        self.points.blockSignals(True)
        self.points.setColumnCount(most)
        self.points.setHorizontalHeaderLabels([str(number) for number in range(1, most + 1)])
        self.points.setVerticalHeaderLabels([_WAYS, _SIZES, f"Costs from, {currency}", "Delays from, days"])
        limits = [("", *map(number_text, each)) for each in (scheme.cost_limits, scheme.time_limits)]
        for row, texts in enumerate((*scheme.axes.values(), *limits)):
            first, count = (0, scheme.likelihoods) if row == 0 else (int(row > 1), scheme.impacts)
            for column in range(most):
                item = QTableWidgetItem(texts[column] if column < len(texts) else "")
                if not first <= column < count:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.points.setItem(row, column, item)
        self.points.blockSignals(False)

    def _read(self) -> None:
        """The scheme that the fields say, or why they say none."""
        names = tuple(_text(self.bands, row, 0) for row in range(self.bands.rowCount()))
        helps = tuple(_text(self.bands, row, 2) for row in range(self.bands.rowCount()))
        try:
            starts = () if self.scheme.matrix else _numbers([_text(self.bands, row, 1) for row in range(1, len(names))])
            columns = range(self.points.columnCount())
            ways, sizes, money, days = ([_text(self.points, row, column) for column in columns] for row in range(4))
            self.scheme = replace(
                self.scheme,
                bands=names,
                starts=starts,
                opportunity=helps if any(helps) else (),
                words=(_words(ways[: self.scheme.likelihoods]), _words(sizes[: self.scheme.impacts])),
                cost_limits=_numbers([text for text in money if text]),
                time_limits=_numbers([text for text in days if text]),
            )
        except ValueError as error:
            self.wrong = str(error)
            self.show_message(self.wrong)
            return
        self.wrong = ""
        self.clear_message()
        self._show_grid()

    def _resize(self) -> None:
        self.appetite.setValue(0)  # a score of the size before says nothing on another one
        self.take(replace(resize_scheme(self.scheme, self.ways.value(), self.sizes.value()), name=self.name.text()))

    def _choose_way(self, way: str) -> None:
        scheme = self.scheme
        if way == _BY_CELLS and not scheme.matrix:
            levels = [[scheme.judge(n, m).level for m in range(1, scheme.impacts + 1)] for n in _points(scheme)]
            self.scheme = replace(scheme, starts=(), matrix=tuple(map(tuple, levels)))
        elif way == _BY_LIMITS and scheme.matrix:
            self.scheme = replace(scheme, matrix=(), starts=_even_starts(scheme))
        self._show()

    def _give_band(self, likelihood: int, impact: int, level: int) -> None:
        rows = [list(row) for row in self.scheme.matrix]
        rows[likelihood - 1][impact - 1] = level
        self.scheme = replace(self.scheme, matrix=tuple(map(tuple, rows)))
        self._show_grid()

    def _add_band(self) -> None:
        scheme = self.scheme
        starts = (*scheme.starts, (scheme.starts or (0,))[-1] + 1) if not scheme.matrix else ()
        helps = (*scheme.opportunity, f"Band {len(scheme.bands) + 1}") if scheme.opportunity else ()
        bands = (*scheme.bands, f"Band {len(scheme.bands) + 1}")
        self.take(replace(scheme, bands=bands, starts=starts, opportunity=helps, name=self.name.text()))

    def _remove_band(self) -> None:
        scheme, last = self.scheme, len(self.scheme.bands) - 1
        matrix = tuple(tuple(min(level, last - 1) for level in row) for row in scheme.matrix)
        self.take(
            replace(
                scheme,
                bands=scheme.bands[:-1],
                starts=scheme.starts[:-1],
                matrix=matrix,
                opportunity=scheme.opportunity[:-1],
                name=self.name.text(),
            )
        )

    def _offer(self) -> None:
        """The version in force first, then those kept, then those that are shipped."""
        kept = read_schemes(self.context.store)
        self.offered = [self.scheme, *reversed(kept), *SCHEMES]
        words = ["In force: " + self.scheme.name]
        words += [f"{each.name}, from {day_text(each.effective_from)}" for each in reversed(kept)]
        words += [f"{each.name}, shipped" for each in SCHEMES]
        self.start.addItems(words)
        self.start.setAccessibleName("Start from")

    def _connect(self) -> None:
        self.start.activated.connect(lambda place: self.take(self.offered[place]))
        self.ways.valueChanged.connect(lambda _value: self._resize())
        self.sizes.valueChanged.connect(lambda _value: self._resize())
        self.appetite.valueChanged.connect(lambda _value: self._show_grid())
        self.way.chosen.connect(self._choose_way)
        self.bands.itemChanged.connect(lambda _item: self._read())
        self.points.itemChanged.connect(lambda _item: self._read())
        self.grid.banded.connect(self._give_band)

    def _lay_out(self) -> None:
        self.name.setAccessibleName("Name of the scheme")
        self.day.setAccessibleName("In force from")
        for box, name in ((self.ways, "Likelihood points"), (self.sizes, "Impact points")):
            box.setRange(SMALLEST, LARGEST)
            box.setAccessibleName(name)
        self.appetite.setRange(0, LARGEST * LARGEST)
        self.appetite.setAccessibleName("Appetite")
        for box in (self.ways, self.sizes, self.appetite):
            box.lineEdit().setTextMargins(6, 0, 0, 0)  # the sheet's padding does not reach inside
        _dress(self.bands, "Bands from the mildest")
        self.bands.setHorizontalHeaderLabels(["Band", "From score", "Of opportunities"])
        _dress(self.points, "What each point is called, and what impact means in money and days")
        self.points.setFixedHeight(_ROW * 5)
        self.points.verticalHeader().setFixedWidth(self.context.theme.px(126))
        self.body.addLayout(_row(("Start from", self.start, 3), ("Name", self.name, 3), ("In force from", self.day, 2)))
        self.body.addLayout(
            _row(
                ("Likelihood", self.ways, 0),
                ("by impact", self.sizes, 0),
                ("", self.way, 0),
                ("Appetite", self.appetite, 1),
            )
        )
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label("Bands, the mildest first", "strong"))
        right.addWidget(self.bands)
        right.addLayout(_row(("", self.more, 0), ("", self.fewer, 0)))
        right.addWidget(self.how)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.grid, 6)
        both.addWidget(as_widget(right), 4)
        self.body.addLayout(both, 1)
        self.body.addWidget(label("What the points are called, and at what cost or delay an impact begins", "strong"))
        self.body.addWidget(self.points)


def _points(scheme: Scheme) -> range:
    return range(1, scheme.likelihoods + 1)


def _even_starts(scheme: Scheme) -> tuple[float, ...]:
    """Where bands begin that share the scores evenly: a first proposal when the cells are given up."""
    most, bands = scheme.weigh(scheme.likelihoods, scheme.impacts), len(scheme.bands)
    return tuple(max(1, round(most * place / bands)) for place in range(1, bands))


def _row(*fields: tuple[str, QWidget, int]) -> QHBoxLayout:
    """Fields beside each other, each after its words."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for words, field, stretch in fields:
        if words:
            row.addWidget(label(words, "label"))
        row.addWidget(field, stretch)
    if not any(stretch for _, _, stretch in fields):
        row.addStretch(1)
    return row


def _dress(table: QTableWidget, name: str) -> None:
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setFixedHeight(_ROW - 2)
    table.verticalHeader().setDefaultSectionSize(_ROW)
    table.verticalHeader().setHighlightSections(False)


def _text(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text().strip() if item else ""


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(texts) if any(texts) else ()


def _numbers(texts: Sequence[str]) -> tuple[float, ...]:
    """Texts as numbers. Raises SchemeError naming one that is none."""
    found = []
    for text in texts:
        try:
            found.append(float(text.replace(",", "").replace(" ", "")))
        except ValueError:
            raise SchemeError(f"“{text}” is no number. Type digits such as 10 or 50,000.") from None
    return tuple(found)
