"""Reports: the steering pack as it would be printed, its contents, its options, and the checks before it is issued."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtPdf import QPdfBookmarkModel
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from pmo_desktop.figures.material import read_material
from pmo_desktop.figures.portfolio import figure_portfolio
from pmo_desktop.figures.projects import figures_by_project
from pmo_desktop.operations.packs import PackResult, build_pack
from pmo_desktop.reports.pack import PackOptions
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.banner import Banner
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.panes.issuechecks import Check, list_checks
from pmo_desktop.ui.panes.packpanel import PackPanel
from pmo_desktop.ui.preview import Preview

_REBUILD_MS = 700
_LEFT = 232


class ReportsPane(Pane):
    """The preview is built in a worker from a copy; a change of the file or of an option builds it again."""

    name = "reports"
    title = "Reports"
    icon_name = "file-chart-column"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._folder = Path(tempfile.mkdtemp(prefix="pmo-pack-"))
        self.destroyed.connect(_remover(self._folder))
        self._built = 0
        self._wanted = 0
        self._result: PackResult | None = None
        self._found: list[Check] = []
        self.preview = Preview()
        self.outline = QTreeView()
        self.panel = PackPanel(context)
        self._message = QVBoxLayout()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=_REBUILD_MS)
        self._later.timeout.connect(self.refresh)
        self.panel.changed.connect(self.refresh)
        self.refresh()

    def subtitle(self) -> str:
        """What the pack has come to."""
        if self._result is None:
            return "The steering pack is being built…"
        annexed = self._result.annexed
        tail = f", {count_text(annexed, 'text')} continued in the annex" if annexed else ""
        return f"Steering pack, {count_text(self._result.pages, 'page')}{tail}"

    def header_actions(self) -> list[QWidget]:
        """Print and save."""
        return [
            Button("Print…", "printer", slot=self.print_pack),
            Button("Save PDF…", "download", "primary", self.save),
        ]

    def commands(self) -> dict[str, Callable[[], object]]:
        """Printing prints the pack."""
        return {"print.view": self.print_pack}

    def status_text(self) -> str:
        """How many checks are open."""
        failed = sum(not each.passed for each in self._found)
        return f"{failed} of {len(self._found)} checks need a look" if failed else "All checks pass"

    def regions(self) -> list[QWidget]:
        """Contents, pages, options."""
        return [self.outline, self.preview.view, self.panel]

    def set_narrow(self, narrow: bool) -> None:
        """A narrow window gives the room of the contents to the pages."""
        self._contents.setVisible(not narrow)

    def is_ready(self) -> bool:
        """Whether the preview shows the newest state."""
        return self._result is not None and self._built == self._wanted

    def on_changed(self, changed: Changed) -> None:
        """Build again when the person pauses."""
        self._later.start()

    def refresh(self) -> None:
        """Build the pack with the options chosen, and check again."""
        options = self.panel.options()
        if options is None:
            return
        self._wanted += 1
        number, path = self._wanted, self._folder / f"pack-{self._wanted}.pdf"
        self._build("Building the steering pack", path, options, lambda result: self._show(number, result))

    def save(self) -> None:
        """Write the pack where the person chooses."""
        options = self.panel.options()
        stem = self.context.store.path.stem if self.context.store.path else "portfolio"
        folder = str(self.context.settings.value("files/export_folder", str(Path.home())))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Save the pack", str(Path(folder) / f"{stem} steering pack.pdf"), "PDF (*.pdf)"
        )
        if not chosen or options is None:
            return
        path = Path(chosen).with_suffix(".pdf")
        self.context.settings.setValue("files/export_folder", str(path.parent))
        self._build("Saving the steering pack", path, options, self._tell_saved)

    def print_pack(self) -> None:
        """Ask for a printer and print the preview."""
        if self._result is None:
            self.context.say("The pack is still being built. Print it when its pages can be seen.")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Steering pack")
        if QPrintDialog(printer, self).exec():
            self.preview.print_to(printer)
            self.context.toast(f"{count_text(self._result.pages, 'page')} sent to {printer.printerName()}")

    def _build(self, words: str, path: Path, options: PackOptions, done: Callable[[PackResult], object]) -> None:
        store = self.context.store

        def work(progress: Callable[..., None]) -> tuple[PackResult, list[Check]]:
            built = build_pack(store, path, options, lambda page, of: progress(page, of, "Page"))
            return built, check_portfolio(store)

        def take(found: tuple[PackResult, list[Check]]) -> None:
            self._found = found[1]
            self.panel.show_checks(self._found)
            done(found[0])
            self.facts_changed.emit()

        self.context.run(words, work, take, self._refuse)

    def _show(self, number: int, result: PackResult) -> None:
        if number != self._wanted:  # a newer one is on its way
            return
        before = self._result
        self._result, self._built = result, number
        self._clear_message()
        self.preview.load(result.path)
        self.outline.expandToDepth(0)
        if before is not None:
            before.path.unlink(missing_ok=True)

    def _tell_saved(self, result: PackResult) -> None:
        self.context.toast(f"Steering pack of {count_text(result.pages, 'page')} saved: {result.path.name}")

    def _refuse(self, error: Exception) -> None:
        self._clear_message()
        self._message.addWidget(Banner("err", str(error)))

    def _clear_message(self) -> None:
        while (item := self._message.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        left = self._contents = Rows("side_left")
        left.setFixedWidth(self.context.theme.px(_LEFT))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        head = label("In this pack", "strong")
        head.setContentsMargins(16, 0, 0, 0)
        column.addWidget(head)
        self.outline.setModel(self.preview.outline)
        self.outline.setHeaderHidden(True)
        self.outline.setAccessibleName("Contents of the pack")
        self.outline.setIndentation(14)
        self.outline.clicked.connect(self._go)
        self.outline.activated.connect(self._go)
        column.addWidget(self.outline, 1)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._message)
        middle.addWidget(self.preview, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(middle, 1)
        row.addWidget(self.panel)

    def _go(self, index: QModelIndex) -> None:
        page = index.data(QPdfBookmarkModel.Role.Page.value)
        if isinstance(page, int):
            self.preview.go_to(page)


def build_pane(context: Context) -> ReportsPane:
    """The pane, for the list of places."""
    return ReportsPane(context)


def check_portfolio(store: Store) -> list[Check]:
    """The checks before issue, of the file as it is."""
    material = read_material(store)
    return list_checks(material, figure_portfolio(material, figures_by_project(material)))


def _remover(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)
