"""The window that shows the pages of a printed table, saves them and sends them to a printer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.store.writing import replacing
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.preview import Preview


def show_pages(pane: Pane, what: str, write: Callable[[Path], object]) -> None:
    """Have pages written in the background, then show them; the window is kept as the pane's `print_window`."""
    folder = TemporaryDirectory(prefix="pmo-print-")
    path = Path(folder.name) / f"{pane.title}.pdf"

    def done(_pages: object) -> None:
        pane.print_window = PrintWindow(pane, pane.context, pane.title, path, folder)
        pane.print_window.show()

    pane.context.run(f"Print {what}", lambda _progress: write(path), done)


class PrintWindow(QWidget):
    """Pages in a folder of their own, which goes when the window closes."""

    def __init__(
        self, parent: QWidget, context: Context, title: str, path: Path, folder: TemporaryDirectory[str]
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.context, self.path, self.folder = context, path, folder
        self.setWindowTitle(f"Print {title}")
        self.resize(1000, 760)
        self.preview = Preview()
        self.preview.load(path)
        foot = Rows("footer")
        row = QHBoxLayout(foot)
        row.addStretch(1)
        row.addWidget(Button("Save PDF…", "download", "secondary", self.ask_place))
        row.addWidget(Button("Print…", "printer", "primary", self.print_pages))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.preview, 1)
        box.addWidget(foot)

    def ask_place(self) -> None:
        """Ask where to save the pages."""
        place, _ = QFileDialog.getSaveFileName(self, "Save PDF", self.path.name, "PDF (*.pdf)")
        if place:
            self.save(Path(place).with_suffix(".pdf"))

    def save(self, place: Path) -> None:
        """Save the pages, whole or not at all."""
        with replacing(place) as temporary:
            shutil.copyfile(self.path, temporary)
        self.context.toast(f"{place.name} saved")

    def print_pages(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.preview.print_to(printer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preview.document.close()
        self.folder.cleanup()
        super().closeEvent(event)
