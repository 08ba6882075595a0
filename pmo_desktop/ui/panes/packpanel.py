"""Beside the preview of a pack: what it is printed on, what it holds, and the checks before it is issued."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.reports.pack import ALL, WORSENED, PackOptions
from pmo_desktop.store.rows import read_settings
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.panes.issuechecks import Check

_PAPERS = (("a4", "A4 landscape"), ("letter", "Letter landscape"))
_PROJECTS = ((ALL, "Every open project"), (WORSENED, "Reds, and ambers that worsened"))
_WIDTH = 300


class PackPanel(QScrollArea):
    """`changed` says that another pack is wanted."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.paper = _choice(_PAPERS, "Paper")
        self.projects = _choice(_PROJECTS, "Projects")
        self.data_date = DateField(None, "As set in the file")
        self.data_date.setAccessibleName("Data date of the pack")
        self._checks = QVBoxLayout()
        self._checks.setSpacing(8)
        self.setWidget(self._panel())
        self.setWidgetResizable(True)
        self.setFixedWidth(context.theme.px(_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.projects.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.data_date.editingFinished.connect(self.changed)

    def options(self) -> PackOptions | None:
        """What is chosen; None, with a sentence in the status bar, while the date is no date."""
        try:
            day = self.data_date.day()
        except ValueError as error:
            self._context.say(str(error))
            return None
        return PackOptions(_PAPERS[self.paper.currentIndex()][0], day, _PROJECTS[self.projects.currentIndex()][0])

    def show_checks(self, checks: list[Check]) -> None:
        """List the checks, those that fail first."""
        while (item := self._checks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for check in checks:
            self._checks.addWidget(_check_row(check))

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
        known = read_settings(self._context.store)["board"]
        words = "Change board, owner and marking…" if known else "Name the board and the owner…"
        link = Button(words, kind="link", slot=self._context.actions["file.settings"].trigger)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(14)
        column.addWidget(label("Checks before issue", "subtitle"))
        column.addLayout(self._checks)
        column.addStretch(1)
        return panel


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
