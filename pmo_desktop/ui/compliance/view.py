"""The cells of the heat map: painted from tiles, walked by keys, opened by Enter or a click."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QScrollBar, QTableView, QWidget

from pmo_desktop.ui.compliance.headers import RAIL, ControlHeader, Corner, ProjectHeader, ShareFoot, ShareRail
from pmo_desktop.ui.compliance.ink import HeatInk
from pmo_desktop.ui.compliance.model import HeatModel
from pmo_desktop.ui.compliance.sheet import HeatSheet
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.theme import Theme

CELL = 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeatView(QTableView):
    """`moved` says that another cell is the current one, `opened` that its evidence is asked for."""

    moved = Signal(int, int)
    opened = Signal(int, int)

    def __init__(self, model: HeatModel, ink: HeatInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat, self.ink = model, ink
        self.side, self.top = ProjectHeader(model, ink, self), ControlHeader(model, ink, self)
        self.corner = Corner(ink, self)
        self.setModel(model)
        self.setVerticalHeader(self.side)
        self.setHorizontalHeader(self.top)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Compliance, projects by controls")
        self.selectionModel().currentChanged.connect(self._note_current)
        self.side.sectionClicked.connect(lambda row: self.go(row, max(0, self.currentIndex().column())))
        self.top.sectionClicked.connect(lambda column: self.go(max(0, self.currentIndex().row()), column))
        self.fit()

    @property
    def cell(self) -> tuple[int, int] | None:
        """The current row and column; None without one."""
        now = self.currentIndex()
        return (now.row(), now.column()) if now.isValid() else None

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one; of a heading, the one below it."""
        lines = self.heat.sheet.lines
        if 0 <= row < len(lines) and lines[row].is_heading:
            row += 1
        target = self.heat.index(row, column)
        if target.isValid():
            self.selectionModel().setCurrentIndex(target, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(target)

    def keep_in_sight(self) -> None:
        """Scroll to the current cell."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def fit(self) -> None:
        """Take sizes and colours of the theme anew."""
        self.side.setDefaultSectionSize(max(self.ink.theme.row_height, self.ink.theme.px(24)))
        self.top.setMinimumSectionSize(self.ink.theme.px(CELL))
        self.top.setDefaultSectionSize(self.ink.theme.px(CELL))
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):  # Qt asks while it is being made
            self.corner.setGeometry(0, 0, self.side.width(), self.top.height())
            self.corner.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, lines = QPainter(self.viewport()), event.rect(), self.heat.sheet.lines
        painter.fillRect(rect, self.ink.color("surface"))
        left, right = self.columnAt(rect.left()), self.columnAt(rect.right())
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        right = right if right >= 0 else len(self.heat.sheet.columns) - 1
        slots = [(column, self.columnViewportPosition(column)) for column in range(max(0, left), right + 1)]
        size = QSize(self.top.defaultSectionSize(), self.side.defaultSectionSize())
        tiles = self.ink.tiles(size, self.devicePixelRatioF())
        end = slots[-1][1] + size.width() if slots else 0
        for row in range(max(0, first), (last if last >= 0 else len(lines) - 1) + 1):
            line, y = lines[row], self.rowViewportPosition(row)
            if line.is_heading:
                painter.fillRect(0, y, end, size.height() - 1, self.ink.color("surface_sunken"))
                painter.fillRect(0, y + size.height() - 1, end, 1, self.ink.color("grid"))
                continue
            states = line.states
            for column, x in slots:
                painter.drawPixmap(x, y, tiles[states[column]])
        low = self.rowViewportPosition(len(lines) - 1) + size.height() if lines else 0
        for band in self.heat.sheet.bands[1:]:
            painter.fillRect(self.columnViewportPosition(band.first) - 1, 0, 1, low, self.ink.color("border"))
        self._paint_current(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and self.cell and held == Qt.KeyboardModifier.NoModifier:
            self.opened.emit(*self.cell)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the window's: previous and next pane
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.opened.emit(index.row(), index.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.cell is None:
            self.go(0, 0)
        self._note_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._note_focus()

    def _note_focus(self) -> None:
        self.side.active = self.hasFocus()
        self.side.viewport().update()
        self.viewport().update()

    def _note_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.side.current, self.top.current = now.row(), now.column()
        for part in (self.side, self.top, self):
            part.viewport().update()
        if now.isValid():
            self.moved.emit(now.row(), now.column())

    def _paint_current(self, painter: QPainter) -> None:
        if self.currentIndex().isValid():
            box = self.visualRect(self.currentIndex())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.ink.color("focus" if self.hasFocus() else "border_strong"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))


class HeatMap(Rows):
    """The cells with the shares beside and below them, and the bars that scroll both."""

    def __init__(self, sheet: HeatSheet, theme: Theme) -> None:
        super().__init__("plain")
        self.ink = HeatInk(theme)
        self.model = HeatModel(sheet, self)
        self.view = HeatView(self.model, self.ink)
        self.rail, self.foot = ShareRail(self.view, self.model, self.ink), ShareFoot(self.view, self.model, self.ink)
        down = _linked(self.view.verticalScrollBar(), Qt.Orientation.Vertical)
        across = _linked(self.view.horizontalScrollBar(), Qt.Orientation.Horizontal)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.view, 0, 0)
        grid.addWidget(self.rail, 0, 1)
        grid.addWidget(down, 0, 2)
        grid.addWidget(self.foot, 1, 0, 1, 2)
        grid.addWidget(across, 2, 0, 1, 2)
        self.setFocusProxy(self.view)
        theme.changed.connect(self.relayout)

    def show_sheet(self, sheet: HeatSheet) -> None:
        """Show another sheet; the current cell stays where its project and control still are."""
        here = self.view.cell
        before = self.model.sheet
        project = before.project(here[0]) if here else None
        control = before.control(here[1]) if here else None
        self.model.show(sheet)
        self.rail.update()
        self.foot.update()
        if project is None or control is None:
            return
        rows = (row for row in range(len(sheet.lines)) if (each := sheet.project(row)) and each.id == project.id)
        columns = (at for at in range(len(sheet.columns)) if sheet.control(at) == control)
        self.view.go(next(rows, 0), next(columns, 0))

    def relayout(self) -> None:
        """Take sizes and colours of the theme anew."""
        self.ink.renew()
        self.view.fit()
        self.rail.updateGeometry()
        self.foot.updateGeometry()
        self.rail.update()
        self.foot.update()

    def reserved(self) -> int:
        """Pixels that the frozen parts take of the width."""
        return self.view.side.width() + self.ink.theme.px(RAIL)


def _linked(inner: QScrollBar, way: Qt.Orientation) -> QScrollBar:
    """A scroll bar that stands for another one which is not shown; it goes away while there is nothing to scroll."""
    outer = QScrollBar(way)

    def follow(least: int, most: int) -> None:
        outer.setRange(least, most)
        outer.setPageStep(inner.pageStep())
        outer.setSingleStep(inner.singleStep())
        outer.setVisible(most > least)

    inner.rangeChanged.connect(follow)
    inner.valueChanged.connect(outer.setValue)
    outer.valueChanged.connect(inner.setValue)
    outer.hide()
    return outer
