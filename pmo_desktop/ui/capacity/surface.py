"""The surface of the capacity grid: its frozen columns and headings, and the cells in sight, painted in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pmo_desktop.ui.capacity.headers import Corner, PeriodHeader, SideHeader
from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.lines import Level, Line
from pmo_desktop.ui.capacity.model import GridModel

ROW, PART_ROW = 28, 24
_VEIL = 46  # of 255, over selected cells: their heat has to be seen through it
_Flag = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex
Block = tuple[int, int, int, int]  # top, left, bottom, right


class Surface(QTableView):
    """Shows a GridModel; `moved` says that the current cell or the selection is another.

    What its keys and clicks ask for leaves by the other signals.
    """

    moved = Signal()
    edit_asked = Signal(object)  # with what was typed, or None to edit what is there
    committed = Signal(int, int, str, bool)  # row, column, what was typed, into the whole selection
    cleared = Signal()
    fold_asked = Signal(int)  # a row
    shift_asked = Signal(int)  # by so many periods
    leave_asked = Signal(bool)  # forward
    menu_asked = Signal(object)  # at a place of the screen

    def __init__(self, model: GridModel, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid, self.ink = model, ink
        self.side, self.periods = SideHeader(model, ink, self), PeriodHeader(model, ink, self)
        self.corner = Corner(ink, self)
        self.setModel(model)
        self.setVerticalHeader(self.side)
        self.setHorizontalHeader(self.periods)
        self._dress()
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._note_current())
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self._note_current())
        model.rearranged.connect(self.fit)
        self.fit()

    @property
    def row(self) -> int:
        """The current row; -1 without one."""
        return self.currentIndex().row()

    @property
    def column(self) -> int:
        """The current column; -1 without one."""
        return self.currentIndex().column()

    @property
    def line(self) -> Line | None:
        """The current line."""
        return self.grid.lines[self.row] if 0 <= self.row < len(self.grid.lines) else None

    @property
    def takes_line(self) -> bool:
        """Whether the whole current line is selected, and nothing else."""
        return self.blocks() == [(self.row, 0, self.row, self.grid.axis.count - 1)] and self.grid.axis.count > 1

    def blocks(self) -> list[Block]:
        """The selected ranges; the current cell where nothing is selected."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        found = sorted((each.top(), each.left(), each.bottom(), each.right()) for each in ranges)
        if not found and self.currentIndex().isValid():
            return [(self.row, self.column, self.row, self.column)]
        return found

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of each selected cell."""
        for top, left, bottom, right in self.blocks():
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def select(self, *blocks: Block) -> None:
        """Select ranges and nothing else; the current cell stays."""
        chosen = QItemSelection()
        for top, left, bottom, right in blocks:
            chosen.select(self.grid.index(top, left), self.grid.index(bottom, right))
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)

    def go(self, row: int, column: int, *, extend: bool = False) -> None:
        """Make a cell the current one, within the grid; extending keeps where the selection began."""
        row = max(0, min(row, len(self.grid.lines) - 1))
        column = max(0, min(column, self.grid.axis.count - 1))
        target = self.grid.index(row, column)
        if not target.isValid():
            return
        if extend:
            anchor = self.anchor()
            self.select((min(anchor[0], row), min(anchor[1], column), max(anchor[0], row), max(anchor[1], column)))
            self.selectionModel().setCurrentIndex(target, _Flag.NoUpdate)
            self._anchor = anchor
        else:
            self.selectionModel().setCurrentIndex(target, _Flag.ClearAndSelect)
            self._anchor = (row, column)
        self.scrollTo(target)

    def anchor(self) -> tuple[int, int]:
        """Where the selection began."""
        return self._anchor if self._anchor[0] < len(self.grid.lines) else (self.row, self.column)

    def relayout(self) -> None:
        """Take sizes and colours of the theme anew."""
        self.ink.renew()
        self.fit()

    def fit(self) -> None:
        """Heights of lines and width of periods."""
        px = self.ink.theme.px
        self.periods.setDefaultSectionSize(px(self.grid.axis.width))
        self.side.setDefaultSectionSize(px(ROW))
        for row, line in enumerate(self.grid.lines):
            wanted = px(PART_ROW if line.level is Level.PART else ROW)
            if self.side.sectionSize(row) != wanted:
                self.side.resizeSection(row, wanted)
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):  # Qt asks while it is being made
            self.corner.setGeometry(0, 0, self.side.width(), self.periods.height())
            self.corner.raise_()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Paint the lines that changed anew; Qt would paint all of the grid unless it is one cell."""
        box = self.visualRect(top_left).united(self.visualRect(bottom_right))
        for half in (self.viewport(), self.side.viewport()):
            half.update(0, box.top(), half.width(), box.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self.viewport()), event.rect()
        first, last = _between(self.side, rect.top(), rect.bottom(), len(self.grid.lines))
        left, right = _between(self.periods, rect.left(), rect.right(), self.grid.axis.count)
        ratio, ink = self.devicePixelRatioF(), self.ink
        slots = [
            (column, self.columnViewportPosition(column), self.columnWidth(column)) for column in range(left, right + 1)
        ]
        width = slots[0][2] if slots else 0
        for row in range(first, last + 1):
            line, y = self.grid.lines[row], self.rowViewportPosition(row)
            faces, level, size = self.grid.faces(line), line.level, QSize(width, self.rowHeight(row))
            pictures = ink.pictures(level, size, ratio)
            for column, x, _ in slots:
                picture = pictures.get(faces[column])
                if picture is None:
                    picture = pictures[faces[column]] = ink.draw(faces[column], level, size, ratio)
                painter.drawPixmap(x, y, picture)
        self._paint_selection(painter)
        painter.end()

    def _paint_selection(self, painter: QPainter) -> None:
        blocks, active = self.blocks(), self.has_keyboard()
        accent = self.ink.color("focus" if active else "border_strong")
        if len(blocks) > 1 or (blocks and blocks[0][:2] != blocks[0][2:]):
            veil = QColor(accent)
            veil.setAlpha(_VEIL)
            for block in blocks:
                painter.fillRect(self._box(block), veil)
                _frame(painter, self._box(block), QPen(accent, 1))
        if self.currentIndex().isValid():
            box = self._box((self.row, self.column, self.row, self.column))
            _frame(painter, box.adjusted(2, 2, -2, -2), QPen(self.ink.color("surface"), 1))
            _frame(painter, box, QPen(accent, 2))

    def has_keyboard(self) -> bool:
        """Whether keys go to the grid."""
        return self.hasFocus()

    def _box(self, block: Block) -> QRect:
        top, left, bottom, right = block
        x, y = self.columnViewportPosition(left), self.rowViewportPosition(top)
        width = self.columnViewportPosition(right) + self.columnWidth(right) - x
        return QRect(x, y, width, self.rowViewportPosition(bottom) + self.rowHeight(bottom) - y)

    def _dress(self) -> None:
        self._anchor = (0, 0)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Capacity")

    def _note_current(self) -> None:
        if self.row != self.side.current:
            self.side.current = self.row
            self.side.viewport().update()
        self.viewport().update()
        self.moved.emit()


def _between(header: QHeaderView, start: int, end: int, count: int) -> tuple[int, int]:
    """The first and the last section between two places of the viewport."""
    first, last = header.visualIndexAt(start), header.visualIndexAt(end)
    return (first if first >= 0 else count), (last if last >= 0 else count - 1)


def _frame(painter: QPainter, box: QRect, pen: QPen) -> None:
    half = pen.width() // 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(half, half, -max(1, half), -max(1, half)))
