"""Reports: the steering pack as it would be printed, its options, and the checks before it is issued."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtPdf import QPdfBookmarkModel
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QScrollArea, QTreeView, QVBoxLayout, QWidget

from pmo_desktop.figures.material import read_material
from pmo_desktop.figures.portfolio import figure_portfolio
from pmo_desktop.figures.projects import figures_by_project
from pmo_desktop.operations.packs import PackResult, build_pack
from pmo_desktop.reports.pack import ALL, WORSENED, PackOptions
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.rows import read_settings
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.banner import Banner, Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.panes.issuechecks import Check, list_checks
from pmo_desktop.ui.panes.preview import Preview

_PAPERS = (("a4", "A4 landscape"), ("letter", "Letter landscape"))
_PROJECTS = ((ALL, "Every open project"), (WORSENED, "Reds, and ambers that worsened"))
_REBUILD_MS = 700
_LEFT, _RIGHT = 232, 300


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
        self.preview = Preview()
        self.outline = QTreeView()
        self.paper = _choice(_PAPERS, "Paper")
        self.projects = _choice(_PROJECTS, "Projects")
        self.data_date = DateField(None, "As set in the file")
        self.data_date.setAccessibleName("Data date of the pack")
        self._checks = QVBoxLayout()
        self._message = QVBoxLayout()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=_REBUILD_MS)
        self._later.timeout.connect(self.refresh)
        self.paper.currentIndexChanged.connect(lambda _index: self.refresh())
        self.projects.currentIndexChanged.connect(lambda _index: self.refresh())
        self.data_date.editingFinished.connect(self.refresh)
        self.refresh()

    def subtitle(self) -> str:
        """What the pack has come to."""
        if self._result is None:
            return "The steering pack is being built…"
        annexed = self._result.annexed
        tail = f", {count_text(annexed, 'long text')} in the annex" if annexed else ""
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
        checks = self._list_checks()
        failed = sum(not each.passed for each in checks)
        return f"{failed} of {len(checks)} checks need a look" if failed else "All checks pass"

    def regions(self) -> list[QWidget]:
        """Contents, pages, options."""
        return [self.outline, self.preview.view, self._options_panel]

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
        """Build the pack with the options chosen."""
        options = self._options()
        if options is None:
            return
        self._wanted += 1
        number, store = self._wanted, self.context.store
        path = self._folder / f"pack-{number}.pdf"
        self.context.run(
            "Building the steering pack",
            lambda progress: build_pack(store, path, options, lambda done, of: progress(done, of, "Page")),
            lambda result: self._show(number, result),
            self._refuse,
        )
        self._show_checks()

    def save(self) -> None:
        """Write the pack where the person chooses."""
        options = self._options()
        stem = self.context.store.path.stem if self.context.store.path else "portfolio"
        folder = str(self.context.settings.value("files/export_folder", str(Path.home())))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Save the pack", str(Path(folder) / f"{stem} steering pack.pdf"), "PDF (*.pdf)"
        )
        if not chosen or options is None:
            return
        path = Path(chosen).with_suffix(".pdf")
        self.context.settings.setValue("files/export_folder", str(path.parent))
        self.context.run(
            "Saving the steering pack",
            lambda progress: build_pack(self.context.store, path, options, lambda done, of: progress(done, of, "Page")),
            lambda result: self.context.toast(
                f"Steering pack of {count_text(result.pages, 'page')} saved: {path.name}"
            ),
            self._refuse,
        )

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
        self.facts_changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._clear_message()
        self._message.addWidget(Banner("err", str(error)))

    def _clear_message(self) -> None:
        while (item := self._message.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _options(self) -> PackOptions | None:
        """What is chosen; None, with a sentence, while the date is no date."""
        try:
            day = self.data_date.day()
        except ValueError as error:
            self.context.say(str(error))
            return None
        return PackOptions(_PAPERS[self.paper.currentIndex()][0], day, _PROJECTS[self.projects.currentIndex()][0])

    def _list_checks(self) -> list[Check]:
        material = read_material(self.context.store)
        return list_checks(material, figure_portfolio(material, figures_by_project(material)))

    def _show_checks(self) -> None:
        while (item := self._checks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for check in self._list_checks():
            self._checks.addWidget(_check_row(check))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        theme = self.context.theme
        left = self._contents = Rows("side_left")
        left.setFixedWidth(theme.px(_LEFT))
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
        self._options_panel = QScrollArea()
        self._options_panel.setWidget(self._panel())
        self._options_panel.setWidgetResizable(True)
        self._options_panel.setFixedWidth(theme.px(_RIGHT))
        self._options_panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._options_panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(left)
        row.addLayout(middle, 1)
        row.addWidget(self._options_panel)

    def _panel(self) -> QWidget:
        panel = Rows("inspector")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(label("Options", "subtitle"))
        for words, field in (("Paper", self.paper), ("Project pages", self.projects), ("Data date", self.data_date)):
            name = label(words, "label")
            name.setBuddy(field)
            column.addSpacing(4)
            column.addWidget(name)
            column.addWidget(field)
        column.addSpacing(4)
        column.addWidget(self._settings_link(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(14)
        column.addWidget(label("Checks before issue", "subtitle"))
        self._checks.setSpacing(8)
        column.addLayout(self._checks)
        column.addStretch(1)
        return panel

    def _settings_link(self) -> Button:
        settings = read_settings(self.context.store)
        words = "Change board, owner and marking…" if settings["board"] else "Name the board and the owner…"
        return Button(words, kind="link", slot=self.context.actions["file.settings"].trigger)

    def _go(self, index: QModelIndex) -> None:
        page = index.data(QPdfBookmarkModel.Role.Page.value)
        if isinstance(page, int):
            self.preview.go_to(page)


def build_pane(context: Context) -> ReportsPane:
    """The pane, for the list of places."""
    return ReportsPane(context)


def _choice(options: tuple[tuple[str, str], ...], name: str) -> QComboBox:
    made = QComboBox()
    made.addItems([words for _key, words in options])
    made.setAccessibleName(name)
    return made


def _check_row(check: Check) -> QWidget:
    made = QWidget()
    made.setAccessibleName(("Passed: " if check.passed else "Needs a look: ") + check.text)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, tone = ("circle-check", "ok_line") if check.passed else ("triangle-alert", "warn_line")
    row.addWidget(Mark(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(check.text, "caption", wrap=True), 1)
    return made


def _remover(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)
