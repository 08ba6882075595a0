"""The preview's two-line header: the workbook's own word above, the field it goes into below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from pmo_desktop.ui.grid.ink import PADDING
from pmo_desktop.ui.importer.faces import shown_headers
from pmo_desktop.ui.importer.sheet_ink import SheetInk
from pmo_desktop.ui.importer.sheet_model import LEADING, ROW, SheetModel
from pmo_desktop.ui.kinds import KINDS

HEIGHT = 44
_NARROWEST = 44


class SheetHeader(QHeaderView):
    """Paints both lines; widths can be dragged."""

    def __init__(self, model: SheetModel, ink: SheetInk, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.sheet_model, self.ink = model, ink
        self.setMinimumSectionSize(_NARROWEST)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Column headings")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.ink.theme.px(HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        ink = self.ink
        painter.fillRect(rect, ink.color("header_bg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("border"))
        painter.fillRect(rect.right(), rect.top() + 10, 1, rect.height() - 20, ink.color("grid"))
        column = self.sheet_model.column(section)
        upper = QRect(rect.left() + PADDING, rect.top() + 5, rect.width() - 2 * PADDING, ink.theme.px(16))
        lower = upper.translated(0, ink.theme.px(17))
        if column is None:
            self._words(painter, lower, LEADING[section], "caption_strong", "text3", right=section == ROW)
            return
        shown = self.sheet_model.shown
        right = bool(column.kind and KINDS[column.kind].right)
        self._words(painter, upper, shown_headers(column), "caption", "text3", right=right)
        self._words(painter, lower, shown.heading(column) if shown else "", "caption_strong", "text", right=right)

    def _words(self, painter: QPainter, rect: QRect, text: str, role: str, token: str, *, right: bool) -> None:
        painter.setFont(self.ink.theme.font(role))
        painter.setPen(self.ink.color(token))
        said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, said)
