"""What surrounds the cells of the heat map and stays in sight: projects, controls, and the shares of both."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView, QToolTip, QWidget

from pmo_desktop.ui.compliance.ink import HeatInk, draw_share, write
from pmo_desktop.ui.compliance.model import HeatModel
from pmo_desktop.ui.compliance.sheet import HeatLine, share_text, share_words

SIDE, REF, TOP, BAND, RAIL, FOOT = 288, 66, 166, 24, 92, 34
_BAR = 3
_QUARTER = -90.0


class ProjectHeader(QHeaderView):
    """The frozen column: reference and name of each project, the names of groups."""

    def __init__(self, model: HeatModel, ink: HeatInk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.heat, self.ink, self.current, self.active = model, ink, -1, True
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("Projects")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(SIDE), self.ink.theme.px(300))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        ink, line = self.ink, self.heat.sheet.lines[section]
        here = section == self.current
        tint = "selected" if self.active else "selected_inactive"
        painter.fillRect(rect, ink.color(tint if here else "surface_sunken" if line.is_heading else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("grid"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), ink.color("border"))
        if here:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), ink.color("accent"))
        self._write_names(painter, rect.adjusted(ink.theme.px(16), 0, -ink.theme.px(10), 0), line)

    def _write_names(self, painter: QPainter, box: QRect, line: HeatLine) -> None:
        ink, px = self.ink, self.ink.theme.px
        if line.is_heading:
            room = box.width() - round(ink.caption.width(line.ref)) - px(8)
            write(painter, box, ink.strong.fit(line.name, room), ink.strong, ink.color("text"))
            write(painter, box, line.ref, ink.caption, ink.color("text3"), right=True)
            return
        if line.ref and line.name:
            write(painter, box, ink.caption.fit(line.ref, px(REF - 8), middle=True), ink.caption, ink.color("text3"))
            box = box.adjusted(px(REF), 0, 0, 0)
        write(painter, box, ink.name.fit(line.name or line.ref, box.width()), ink.name, ink.color("text"))


class ControlHeader(QHeaderView):
    """The controls, their names upright, under the phase they belong to."""

    def __init__(self, model: HeatModel, ink: HeatInk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.heat, self.ink, self.current = model, ink, -1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("Controls")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(300), self.ink.theme.px(TOP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = QPainter(self.viewport()), self.ink
        painter.fillRect(self.rect(), ink.color("header_bg"))
        if self.count():
            self._paint_bands(painter)
            first = max(0, self.logicalIndexAt(event.rect().left()))
            last = self.logicalIndexAt(event.rect().right())
            for place in range(first, (last if last >= 0 else self.count() - 1) + 1):
                self._paint_name(painter, place)
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, ink.color("border"))
        painter.end()

    def _paint_bands(self, painter: QPainter) -> None:
        ink, px, wide = self.ink, self.ink.theme.px, self.viewport().width()
        for band in self.heat.sheet.bands:
            left = self.sectionViewportPosition(band.first)
            right = self.sectionViewportPosition(band.last) + self.sectionSize(band.last)
            if right <= 0 or left >= wide:
                continue
            painter.fillRect(left - 1, 0, 1, self.height(), ink.color("border"))
            box = QRect(max(left, 0), 0, right - max(left, 0), px(BAND)).adjusted(px(6), 0, -px(4), 0)
            words = ink.captioned.fit(band.words, box.width())
            if box.width() > px(20):
                write(painter, box, words, ink.captioned, ink.color("text"))

    def _paint_name(self, painter: QPainter, place: int) -> None:
        ink, px = self.ink, self.ink.theme.px
        here = place == self.current
        left, width = self.sectionViewportPosition(place), self.sectionSize(place)
        if here:
            painter.fillRect(left, px(BAND), width - 1, self.height() - px(BAND) - 1, ink.color("selected"))
        face = ink.caption
        words = face.fit(self.heat.sheet.control(place).name, self.height() - px(BAND) - px(12))
        painter.save()
        painter.translate(left + width / 2 + face.rise, self.height() - px(7))
        painter.rotate(_QUARTER)
        painter.setFont(face.font)
        painter.setPen(ink.color("text" if here else "text2"))
        painter.drawText(QPointF(0, 0), words)
        painter.restore()


class Corner(QWidget):
    """Names the frozen column."""

    def __init__(self, ink: HeatInk, parent: QWidget) -> None:
        super().__init__(parent)
        self.ink = ink

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter = self.ink, self.ink.theme.px, QPainter(self)
        painter.fillRect(self.rect(), ink.color("header_bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("border"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("border"))
        box = QRect(px(16), self.height() - px(28), self.width() - px(20), px(24))
        write(painter, box, "Project", ink.caption, ink.color("text3"))
        painter.end()


class ShareRail(QWidget):
    """The share of each project, right of the cells; scrolls with them."""

    def __init__(self, view: QTableView, model: HeatModel, ink: HeatInk) -> None:
        super().__init__()
        self.view, self.heat, self.ink = view, model, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.update())

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(RAIL), 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter = self.ink, self.ink.theme.px, QPainter(self)
        top, lines = self.view.horizontalHeader().height(), self.heat.sheet.lines
        painter.fillRect(self.rect(), ink.color("surface"))
        painter.setClipRect(0, top, self.width(), self.height() - top)
        first = max(0, self.view.rowAt(0))
        last = self.view.rowAt(self.view.viewport().height() - 1)
        for row in range(first, (last if last >= 0 else len(lines) - 1) + 1):
            high = self.view.rowHeight(row)
            box = QRect(0, top + self.view.rowViewportPosition(row), self.width(), high)
            self._paint_row(painter, box, lines[row])
        painter.setClipping(False)
        painter.fillRect(0, 0, self.width(), top, ink.color("header_bg"))
        painter.fillRect(0, top - 1, self.width(), 1, ink.color("border"))
        box = QRect(0, top - px(28), self.width() - px(12), px(24))
        write(painter, box, "Share met", ink.caption, ink.color("text3"), right=True)
        painter.fillRect(0, 0, 1, self.height(), ink.color("border"))
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRect, line: HeatLine) -> None:
        ink, px = self.ink, self.ink.theme.px
        painter.fillRect(box, ink.color("surface_sunken" if line.is_heading else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, ink.color("grid"))
        inside = box.adjusted(px(12), 0, -px(12), -px(5))
        face = ink.strong if line.is_heading else ink.body
        write(painter, inside, share_text(line.share), face, ink.color("text"), right=True)
        bar = QRect(inside.left(), box.bottom() - px(6), inside.width(), px(3))
        draw_share(painter, ink, bar, line.share.percent)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            row = self.view.rowAt(event.pos().y() - self.view.horizontalHeader().height())
            line = self.heat.sheet.lines[row] if row >= 0 else None
            QToolTip.showText(event.globalPos(), f"{share_words(line.share)}." if line else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]


class ShareFoot(QWidget):
    """The share of each control, under the cells; scrolls with them. At its right end the share of all."""

    def __init__(self, view: QTableView, model: HeatModel, ink: HeatInk) -> None:
        super().__init__()
        self.view, self.heat, self.ink = view, model, ink
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())

    def sizeHint(self) -> QSize:
        return QSize(200, self.ink.theme.px(FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter, sheet = self.ink, self.ink.theme.px, QPainter(self), self.heat.sheet
        left, wide = self.view.verticalHeader().width(), self.view.viewport().width()
        painter.fillRect(self.rect(), ink.color("surface"))
        painter.setClipRect(left, 0, wide, self.height())
        first = max(0, self.view.columnAt(0))
        last = self.view.columnAt(wide - 1)
        for column in range(first, (last if last >= 0 else len(sheet.columns) - 1) + 1):
            share = sheet.shares[column]
            x, width = left + self.view.columnViewportPosition(column), self.view.columnWidth(column)
            words = "\N{EN DASH}" if share.percent is None else f"{share.percent:.0f}"
            quiet = share.percent is None or share.met == share.due
            colour = ink.color("text3" if quiet else "text")
            write(painter, QRect(x, 0, width, self.height() - px(5)), words, ink.micro, colour, centre=True)
            bar = QRect(x + px(4), self.height() - px(8), width - px(9), px(3))
            draw_share(painter, ink, bar, share.percent)
        painter.setClipping(False)
        self._paint_ends(painter, left)
        painter.end()

    def _paint_ends(self, painter: QPainter, left: int) -> None:
        ink, px = self.ink, self.ink.theme.px
        rail = self.width() - px(RAIL)
        write(painter, QRect(px(16), 0, left, self.height()), "Share met, %", ink.captioned, ink.color("text"))
        box = QRect(rail, 0, px(RAIL) - px(12), self.height())
        write(painter, box, share_text(self.heat.sheet.total), ink.strong, ink.color("text"), right=True)
        painter.fillRect(left - 1, 0, 1, self.height(), ink.color("border"))
        painter.fillRect(rail, 0, 1, self.height(), ink.color("border"))
        painter.fillRect(0, 0, self.width(), 1, ink.color("border"))
