"""The preview of a PDF: pages, zoom, and going from page to page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.theme import current_theme

_STEP = 1.2
_LEAST, _MOST = 0.25, 4.0
_DOTS_PER_INCH = 300


class Preview(QWidget):
    """A toolbar over QPdfView; `loaded` carries the number of pages."""

    loaded = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.view = QPdfView(self)  # made before its document, so that it goes before it
        self.document = QPdfDocument(self)
        self.outline = QPdfBookmarkModel(self)
        self.outline.setDocument(self.document)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("Pages of the pack")
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setPageSpacing(12)
        self._dress()
        self.page_words = label("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.view, 1)
        self.view.pageNavigator().currentPageChanged.connect(lambda _page: self._tell_page())

    def load(self, path: Path) -> None:
        """Show a file from its first page; another one before it is let go."""
        page = self.view.pageNavigator().currentPage()
        self.document.load(str(path))
        count = self.document.pageCount()
        if 0 < page < count:
            self.go_to(page)
        self._tell_page()
        self.loaded.emit(count)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        self.view.pageNavigator().jump(page, QPointF(), 0)
        self._tell_page()

    def changeEvent(self, event: QEvent) -> None:
        """The desk behind the pages follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def print_to(self, printer: QPrinter) -> None:
        """Draw every page, as large as the printer's page allows."""
        painter = QPainter(printer)
        target = printer.pageRect(QPrinter.Unit.DevicePixel)
        for page in range(self.document.pageCount()):
            if page:
                printer.newPage()
            size = self.document.pagePointSize(page) * (_DOTS_PER_INCH / 72)
            picture = self.document.render(page, QSize(round(size.width()), round(size.height())))
            fitted = QSizeF(picture.size()).scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (target.width() - fitted.width()) / 2
            # The printer enlarges: a picture of its own 1,200 dots an inch would take half a gigabyte a page.
            painter.drawImage(QRectF(QPointF(left, 0), fitted), _on_white(picture))
        painter.end()

    def _dress(self) -> None:
        """QPdfView paints the desk behind its pages in the palette's dark colour; ours is the window's."""
        wanted = current_theme().color("bg_window")
        palette = self.view.palette()
        if palette.color(QPalette.ColorRole.Dark) != wanted:
            palette.setColor(QPalette.ColorRole.Dark, wanted)
            self.view.setPalette(palette)

    def _toolbar(self) -> QWidget:
        bar = Rows("toolbar")
        bar.setFixedHeight(current_theme().px(42))
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(IconButton("chevron-up", "Previous page", lambda: self._turn(-1)))
        row.addWidget(IconButton("chevron-down", "Next page", lambda: self._turn(1)))
        row.addWidget(self.page_words)
        row.addStretch(1)
        row.addWidget(IconButton("zoom-out", "Smaller", lambda: self._zoom(1 / _STEP)))
        row.addWidget(IconButton("zoom-in", "Larger", lambda: self._zoom(_STEP)))
        row.addWidget(Button("Fit width", kind="ghost", slot=self._fit_width))
        row.addWidget(Button("Whole page", kind="ghost", slot=self._fit_page))
        return bar

    def _turn(self, by: int) -> None:
        page = self.view.pageNavigator().currentPage() + by
        if 0 <= page < self.document.pageCount():
            self.go_to(page)

    def _zoom(self, factor: float) -> None:
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:
            width = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            self.view.setZoomFactor(max(_LEAST, (self.view.viewport().width() - 24) / max(1.0, width)))
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(_MOST, max(_LEAST, self.view.zoomFactor() * factor)))

    def _fit_width(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _fit_page(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _tell_page(self) -> None:
        count = self.document.pageCount()
        page = self.view.pageNavigator().currentPage() + 1
        self.page_words.setText(f"  Page {page} of {count}" if count else "")


def _on_white(picture: QImage) -> QImage:
    """A page without transparency, which a printer would otherwise be sent as a second picture."""
    paper = QImage(picture.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    return paper
