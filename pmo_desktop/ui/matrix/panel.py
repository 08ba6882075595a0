"""The matrix with what belongs to it: layers, key, a line that says the chosen risk, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.rules.risk import FIVE_BY_FIVE, Scheme
from pmo_desktop.rules.wording import count_text, number_text
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.label import label
from pmo_desktop.ui.matrix.board import MatrixBoard
from pmo_desktop.ui.matrix.brush import chip_outline
from pmo_desktop.ui.matrix.layout import Chip, Layer, Spot
from pmo_desktop.ui.segments import Segments
from pmo_desktop.ui.theme import Theme, band_colors

_TABLE = "Show as a table"
_HELPS = "Opportunity"
_KEY_LINE = 20  # pixels


class MatrixPanel(QWidget):
    """`cell_chosen` asks for the risks of a cell; what the board asks for is asked of it."""

    cell_chosen = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.board = MatrixBoard(theme)
        self.layers = Segments("Layer", [(each.value, each.value, f"{each.value.lower()} ratings") for each in Layer])
        self.plotted = label("", "caption")
        self.table_button = IconButton("table-properties", _TABLE, checkable=True)
        self.table = CellTable()
        self.key = BandKey(theme)
        self.told = label("", "caption", wrap=True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.board)
        self.pages.addWidget(self.table)
        self._lay_out()
        self.layers.chosen.connect(self.set_layer)
        self.board.layer_asked.connect(self.set_layer)
        self.board.cell_chosen.connect(self.cell_chosen)
        self.board.chosen.connect(lambda _risk: self._tell())
        self.table.cell_chosen.connect(self.cell_chosen)
        self.table_button.toggled.connect(lambda on: self.pages.setCurrentIndex(int(on)))
        self.layers.show_choice(Layer.RESIDUAL.value)

    def show_risks(self, chips: Sequence[Chip], scheme: Scheme, above: Mapping[Spot, bool], appetite: float) -> None:
        """Show these risks by this scheme; `above` says of every cell whether it lies over the appetite."""
        self.board.show_risks(chips, scheme, above)
        self.key.show_scheme(scheme, appetite, helps=any(chip.helps for chip in chips))
        self._recount()

    def set_layer(self, name: str) -> None:
        """Place the chips by another rating."""
        self.layers.show_choice(name)
        self.board.set_layer(Layer(name))
        self._recount()

    def choose(self, risk: str) -> None:
        """Mark a risk, as the list beside it does."""
        self.board.choose(risk)
        self._tell()

    def _recount(self) -> None:
        plotted = sum(1 if each.chip else len(each.hidden) for each in self.board.placed)
        unrated = len(self.board.chips) - plotted
        said = f"{count_text(plotted, 'risk')} plotted"
        self.plotted.setText(f"{said}, {unrated:,} not rated" if unrated else said)
        self.table.show_risks(self.board.chips, self.board.scheme, self.board.layer)
        self._tell()

    def _tell(self) -> None:
        """The three scores of the chosen risk, and how it is moved."""
        chip = next((each for each in self.board.chips if each.id == self.board.current), None)
        if chip is None:
            self.told.setText("Choose a risk, or click a cell to list its risks.")
            return
        scores = [
            f"{number_text(self.board.scheme.weigh(*spot))} {rating}"
            for rating in ("inherent", "residual", "target")
            if (spot := chip.spots.get(rating)) and spot in self.board.above
        ]
        how = " Drag the chip or use Alt+arrows to re-score." if self.board.can_write else ""
        self.told.setText(f"{chip.name}: {', '.join(scores) or 'not rated'}.{how}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.layers)
        head.addStretch(1)
        head.addWidget(self.plotted)
        head.addWidget(self.table_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.key)
        column.addWidget(self.told)


class BandKey(QWidget):
    """The colours of the bands with their names, and the appetite line with its score."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.scheme, self.appetite, self.helps = theme, FIVE_BY_FIVE, 0.0, False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_scheme(self, scheme: Scheme, appetite: float, *, helps: bool) -> None:
        """Show another scheme's bands; `helps`: that there are opportunities to explain."""
        self.scheme, self.appetite, self.helps = scheme, appetite, helps
        said = f"Bands: {', '.join(scheme.bands)}. Appetite {number_text(appetite)}."
        mirrored = f" Of opportunities: {', '.join(scheme.opportunity or scheme.bands)}; pointed ends." if helps else ""
        self.setAccessibleName(said + mirrored)
        self.setToolTip(mirrored.strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.theme.px(_KEY_LINE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """So many lines as the entries take."""
        return self._lines(width)[-1][1] + self.theme.px(_KEY_LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        side, line = theme.px(12), theme.px(_KEY_LINE)
        for (words, mark, level), (x, top) in zip(self._entries(), self._lines(self.width()), strict=True):
            box = QRectF(x + 0.5, top + (line - side) / 2 + 0.5, mark - 1, side - 1)
            painter.setPen(QPen(theme.color("border" if level is not None else "text3"), 1))
            if level is not None:
                painter.setBrush(band_colors(theme, level, len(self.scheme.bands))[0])
                painter.drawRoundedRect(box, 2, 2)
            elif words == _HELPS:
                painter.setBrush(theme.color("surface"))
                painter.drawPath(chip_outline(box, helps=True))
            else:
                painter.setPen(QPen(theme.color("text"), 2))
                painter.drawLine(QLineF(box.left(), box.center().y(), box.right(), box.center().y()))
            painter.setPen(theme.color("text2"))
            left = x + mark + theme.px(6)
            painter.drawText(QRectF(left, top, self.width(), line), Qt.AlignmentFlag.AlignVCenter, words)

    def _entries(self) -> list[tuple[str, int, int | None]]:
        """What is explained: the words, the width of the mark, and the band's place where it is one."""
        side = self.theme.px(12)
        found: list[tuple[str, int, int | None]] = [(name, side, place) for place, name in enumerate(self.scheme.bands)]
        found.append((f"Appetite, {number_text(self.appetite)}", round(side * 1.5), None))
        return [*found, (_HELPS, side * 2, None)] if self.helps else found

    def _lines(self, width: int) -> list[tuple[int, int]]:
        """Where each entry stands: what has no room goes into the next line."""
        metrics = QFontMetrics(self.theme.font("caption"))
        places, x, y = [], 0, 0
        for words, mark, _ in self._entries():
            wide = mark + self.theme.px(6) + metrics.horizontalAdvance(words)
            if x and x + wide > width:
                x, y = 0, y + self.theme.px(_KEY_LINE)
            places.append((x, y))
            x += wide + self.theme.px(14)
        return places


class CellTable(QTableWidget):
    """The matrix as a plain table, for screen readers and the keyboard: how many risks each cell has, and which."""

    cell_chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Risk matrix as a table")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.activated.connect(lambda index: self._ask(index.row(), index.column()))

    def show_risks(self, chips: Sequence[Chip], scheme: Scheme, layer: Layer) -> None:
        """Likelihood down from the greatest, impact across."""
        self.setRowCount(scheme.likelihoods)
        self.setColumnCount(scheme.impacts)
        self.setVerticalHeaderLabels([f"Likelihood {scheme.likelihoods - row}" for row in range(scheme.likelihoods)])
        self.setHorizontalHeaderLabels([f"Impact {column + 1}" for column in range(scheme.impacts)])
        names: dict[Spot, list[str]] = {}
        for chip in chips:
            if spot := chip.spots.get(layer.placed_by):
                names.setdefault(spot, []).append(chip.name)
        for way, size, cell in scheme.cells():
            held = names.get((way, size), [])
            item = QTableWidgetItem(f"{len(held)}: {', '.join(held)}" if held else "0")
            said = f"Likelihood {way}, impact {size}, score {number_text(cell.score)}, {cell.band}"
            item.setToolTip(f"{said}: {count_text(len(held), 'risk')}")
            self.setItem(scheme.likelihoods - way, size - 1, item)

    def _ask(self, row: int, column: int) -> None:
        self.cell_chosen.emit(self.rowCount() - row, column + 1)
