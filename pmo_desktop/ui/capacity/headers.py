"""The headings of the capacity grid: periods in two levels above, who and how much at the left, and their corner."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.lines import Level, Line
from pmo_desktop.ui.capacity.model import GridModel
from pmo_desktop.ui.grid.ink import Face as Letters
from pmo_desktop.ui.icons import icon_pixmap

HEAD_HEIGHT, SIDE_WIDTH = 44, 330
_FTE_RIGHT, _MEAN_RIGHT = 84, 14  # from the right edge of the side
_INDENTS = {Level.GROUP: 28, Level.HEAD: 36, Level.PART: 36}
_CHEVRONS = {Level.GROUP: 8, Level.HEAD: 18}
_REACH = 34
_BAR = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PeriodHeader(QHeaderView):
    """Months over weeks, or years over months; the band that is scrolled out keeps its words in sight."""

    def __init__(self, model: GridModel, ink: GridInk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.grid, self.ink = model, ink
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Periods")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(400), self.ink.theme.px(HEAD_HEIGHT))  # Qt would ask every section

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, axis = self.ink, self.grid.axis
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), ink.color("header_bg"))
        middle, height = ink.theme.px(23), self.height()
        if self.count():
            self._paint_bands(painter, middle)
            first = max(0, self.logicalIndexAt(0))
            last = self.logicalIndexAt(self.viewport().width() - 1)
            for place in range(first, (last if last >= 0 else self.count() - 1) + 1):
                box = QRect(self.sectionViewportPosition(place), middle - 2, self.sectionSize(place), height - middle)
                now = place == axis.now
                _write(
                    painter,
                    box,
                    axis.labels[place],
                    ink.captioned if now else ink.caption,
                    ink.color("accent_text" if now else "text3"),
                    centre=True,
                )
        painter.fillRect(0, height - 1, self.viewport().width(), 1, ink.color("border"))
        painter.end()

    def _paint_bands(self, painter: QPainter, middle: int) -> None:
        ink, width = self.ink, self.viewport().width()
        for band in self.grid.axis.bands:
            left = self.sectionViewportPosition(band.first)
            right = self.sectionViewportPosition(band.last) + self.sectionSize(band.last)
            if right <= 0 or left >= width:
                continue
            painter.fillRect(left, 0, 1, self.height(), ink.color("border"))
            box = QRect(max(left, 0), 2, right - max(left, 0), middle - 2).adjusted(8, 0, -2, 0)
            words = band.words if ink.captioned.width(band.words) <= box.width() else band.words[:3]
            if ink.captioned.width(words) <= box.width():
                _write(painter, box, words, ink.captioned, ink.color("text"))


class SideHeader(QHeaderView):
    """The frozen columns: chevron, name, role, FTE and the mean of 13 weeks."""

    fold_asked = Signal(int)

    def __init__(self, model: GridModel, ink: GridInk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.grid, self.ink = model, ink
        self.current = -1
        self.active = True
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setAccessibleName("Who")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(SIDE_WIDTH), self.ink.theme.px(400))  # as above

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        row = self.logicalIndexAt(at)
        foldable = 0 <= row < len(self.grid.lines) and self.grid.lines[row].foldable
        if foldable and at.x() < self.ink.theme.px(_REACH):
            self.fold_asked.emit(row)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if 0 <= row < len(self.grid.lines) and self.grid.lines[row].foldable:
            self.fold_asked.emit(row)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section >= len(self.grid.lines):
            return
        ink, line = self.ink, self.grid.lines[section]
        ground = {Level.GROUP: "surface_sunken", Level.HEAD: "surface", Level.PART: "surface_alt"}[line.level]
        here = section == self.current
        tint = "selected" if self.active else "selected_inactive"
        painter.fillRect(rect, ink.color(tint if here else ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("grid"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), ink.color("border"))
        if here:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), ink.color("accent"))
        if line.foldable:
            self._paint_chevron(painter, rect, line)
        self._paint_words(painter, rect, line)

    def _paint_chevron(self, painter: QPainter, rect: QRect, line: Line) -> None:
        side = self.ink.theme.px(14)
        name = "chevron-down" if line.open else "chevron-right"
        picture = icon_pixmap(name, "text2" if line.level is Level.GROUP else "text3", side, self.devicePixelRatioF())
        left = rect.left() + self.ink.theme.px(_CHEVRONS.get(line.level, 18))
        painter.drawPixmap(QPoint(left, rect.top() + (rect.height() - side) // 2), picture)

    def _paint_words(self, painter: QPainter, rect: QRect, line: Line) -> None:
        ink, px = self.ink, self.ink.theme.px
        right = rect.right() - px(_MEAN_RIGHT)
        group, part = line.level is Level.GROUP, line.level is Level.PART
        mean = _mean_words(line, self.grid)
        letters = ink.caption if part else ink.strong if group or (line.mean or 0) > 1 else ink.body
        used = letters.width(mean) if mean else 0
        _write(
            painter,
            QRect(right - round(used), rect.top(), round(used) + 2, rect.height()),
            mean,
            letters,
            ink.color("text3" if part else "text"),
        )
        end = right - max(px(20), used)
        if line.fte is not None:
            words = f"{line.fte:.1f}"
            at = rect.right() - px(_FTE_RIGHT) - round(ink.body.width(words)) + px(16)
            _write(
                painter,
                QRect(at, rect.top(), px(40), rect.height()),
                words,
                ink.strong if group else ink.body,
                ink.color("text" if group else "text2"),
            )
            end = at
        left = rect.left() + px(_INDENTS[line.level])
        self._paint_name(painter, QRect(left, rect.top(), round(end) - left - px(8), rect.height()), line)

    def _paint_name(self, painter: QPainter, box: QRect, line: Line) -> None:
        """The name, and beside it the role where there is room for all of it; before a part its reference."""
        ink = self.ink
        if line.level is Level.PART:
            parts = (line.name, line.note) if line.key[-2] == "r" else (line.note, line.name)
            words = " ".join(filter(None, parts))
            _write(painter, box, ink.caption.fit(words, box.width()), ink.caption, ink.color("text2"))
            return
        letters = ink.strong if line.level is Level.GROUP else ink.name
        name = letters.fit(line.name, box.width())
        _write(painter, box, name, letters, ink.color("text"))
        left = round(letters.width(name)) + ink.theme.px(8)
        if line.note and left + ink.caption.width(line.note) <= box.width():
            _write(painter, box.adjusted(left, 0, 0, 0), line.note, ink.caption, ink.color("text3"))


class Corner(QWidget):
    """Names the frozen columns."""

    def __init__(self, ink: GridInk, parent: QWidget) -> None:
        super().__init__(parent)
        self.ink, self.who = ink, "Person"

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter = self.ink, self.ink.theme.px, QPainter(self)
        painter.fillRect(self.rect(), ink.color("header_bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("border"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("border"))
        box = QRect(0, px(23) - 2, self.width(), self.height() - px(23))
        quiet = ink.color("text3")
        _write(painter, box.adjusted(px(12), 0, 0, 0), self.who, ink.caption, quiet)
        fte = (("FTE", _FTE_RIGHT - 16),) if self.who == "Person" else ()  # a project has no time of its own
        for words, from_right in (*fte, ("13 wk", _MEAN_RIGHT)):
            left = self.width() - px(from_right) - round(ink.caption.width(words))
            _write(painter, box.adjusted(left, 0, 0, 0), words, ink.caption, quiet)
        painter.end()


def _mean_words(line: Line, model: GridModel) -> str:
    from_days = line.total / (model.measure.day or 1.0)
    if not line.heated:
        return f"{from_days:,.1f} d".replace(".0 d", " d") if line.total else ""
    return f"{round(100 * line.mean)}%" if line.mean is not None else ""


def _write(painter: QPainter, box: QRect, text: str, letters: Letters, colour: object, *, centre: bool = False) -> None:
    painter.setFont(letters.font)
    painter.setPen(colour)
    x = box.left() + ((box.width() - letters.width(text)) / 2 if centre else 0)
    painter.drawText(QPointF(x, box.top() + box.height() / 2 + letters.rise), text)
