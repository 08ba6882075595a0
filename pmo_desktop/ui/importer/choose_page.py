"""Step 1: choose a file, see which tables it holds and which of them are taken, and its first rows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.exchange.grid import Sheet
from pmo_desktop.exchange.plan import TablePlan
from pmo_desktop.operations.exports import write_template
from pmo_desktop.rules.wording import count_text, day_text
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.drop_zone import DropZone, WorkbookButton
from pmo_desktop.ui.importer.found_table import FoundTable
from pmo_desktop.ui.importer.locked_card import LockedCard
from pmo_desktop.ui.importer.raw_view import MOST_ROWS, RawView
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.state import read_list

MARGIN = 24
PATTERNS = "Workbooks and calendars (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.ics);;All files (*)"
_RECENT, _MOST_RECENT = "import/recent", 5
_LEFT, _ALONE = 372, 640
_MOST_NOTES = 6
_LINE = 60  # a table in the list, with the gap below it


class ChoosePage(QWidget):
    """`said` carries a sentence for the foot, `failed` one for the banner."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = session.context.theme
        self.drop = DropZone(self.theme, self.ask_file)
        self.drop.dropped.connect(self.open)
        self.lines: list[FoundTable] = []
        self.title = label("", "subtitle", wrap=True)
        self.facts = label("", "body2", wrap=True)
        self.dated = QCheckBox("")
        self.dated.clicked.connect(lambda on: session.answer(report_date=on))
        self.raw = RawView(self.theme)
        self.raw_title = label("", "strong")
        self.notes = label("", "caption", wrap=True)
        self.locked = LockedCard()
        self.locked.given.connect(self._open_locked)
        self._lay_out()
        self._show_recent()
        self._show_found(False)
        self._show_side(alone=True)
        session.background.protected.connect(self._ask_password)

    def ask_file(self) -> None:
        """Let the person choose a file."""
        start = read_list(self.session.context.settings, _RECENT)[:1]
        folder = str(Path(start[0]).parent) if start else ""
        name, _ = QFileDialog.getOpenFileName(self, "Choose a workbook", folder, PATTERNS)
        if name:
            self.open(Path(name))

    def open(self, path: Path, password: str | None = None) -> None:
        """Read a file; not while something is under way."""
        if self.session.busy:
            self.said.emit(f"{self.session.busy} is not over yet. Wait for it or cancel it.")
            return
        self.locked.hide()
        self._show_side(alone=False)
        self._show_found(False)
        self.title.setText(f"Reading {path.name}")
        self.facts.setText("The file is read by itself; what is in it cannot harm the portfolio.")
        self.session.choose(path, password)

    def show_failure(self) -> None:
        """The file could not be read: the page is as it was before."""
        self._show_found(False)
        self._show_side(alone=True)

    def show_plan(self) -> None:
        """Show the tables of the file that was read."""
        plan, path = self.session.plan, self.session.path
        if plan is None or path is None:
            return
        self.locked.hide()
        self._remember(path)
        kept = len(plan.kept)
        self.title.setText(plan.file)
        self.facts.setText(found_words(len(plan.tables), kept))
        self._show_found(True)
        self.notes.setText(" ".join(plan.notes[:_MOST_NOTES]))
        self.notes.setVisible(bool(plan.notes))
        self._show_date(plan.tables)
        self._show_tables(plan.tables)
        self.listed.setMaximumHeight(self.theme.px(_LINE * len(plan.tables)))
        self.listed.setMinimumHeight(self.theme.px(_LINE * min(3, len(plan.tables))))
        if plan.tables:
            self._show_raw(next(iter(plan.kept), plan.tables[0]))
        else:
            self._show_rows(self.session.workbook.sheets[0] if self.session.workbook else None, 0)

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.drop.button, *(line.tick for line in self.lines[:1]), self.raw]

    # ------------------------------------------------------------------ parts

    def _show_tables(self, tables: list[TablePlan]) -> None:
        focused = next((place for place, line in enumerate(self.lines) if line.tick.hasFocus()), -1)
        chosen = next((place for place, line in enumerate(self.lines) if line.into.hasFocus()), -1)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [FoundTable(table) for table in tables]
        for place, line in enumerate(self.lines):
            line.decided.connect(self.session.set_table)
            line.picked.connect(self._show_raw)
            self._lines.insertWidget(place, line)
            if place == focused:
                line.tick.setFocus()
            elif place == chosen:
                line.into.setFocus()

    def _show_raw(self, table: TablePlan) -> None:
        workbook = self.session.workbook
        sheet = next((each for each in workbook.sheets if each.name == table.sheet), None) if workbook else None
        self._show_rows(sheet, 0 if table.layout.turned else table.header_row)

    def _show_rows(self, sheet: Sheet | None, header_row: int) -> None:
        """The first rows of a sheet; nothing of an empty one."""
        has_rows = sheet is not None and bool(sheet.rows)
        self.raw.setVisible(has_rows)
        self.raw_title.setVisible(has_rows)
        if sheet is None or not has_rows:
            return
        self.raw.show_rows(sheet.rows, header_row)
        marked = "; the header is marked" if header_row else ""
        count = count_text(min(MOST_ROWS, len(sheet.rows)), "row")
        self.raw_title.setText(f"First {count} of “{sheet.name}”{marked}")

    def _show_date(self, tables: list[TablePlan]) -> None:
        day = next((table.report_date for table in tables if table.into and table.report_date), None)
        self.dated.setVisible(day is not None)
        if day is not None:
            self.dated.setText(f"Take {day_text(day)}, which stands above the table, as the report date of its rows")
            given = self.session.options.report_date
            self.dated.setChecked(_is_dated(tables) if given is None else given)

    def _show_side(self, *, alone: bool) -> None:
        """The drop zone in the middle of an empty page, or at the left of what was found."""
        self._side.setFixedWidth(self.theme.px(_ALONE if alone else _LEFT))
        self._found.setVisible(not alone)
        for filler in (self._before, self._after):
            filler.setVisible(alone)

    def _show_found(self, is_found: bool) -> None:
        for part in (self.raw, self.raw_title, self.listed):
            part.setVisible(is_found)
        if not is_found:
            self.dated.hide()
            self.notes.hide()

    def _ask_password(self, sentence: str) -> None:
        name = self.session.path.name if self.session.path else "The file"
        self.title.setText(name)
        self.facts.setText("")
        self.locked.ask(name, sentence)

    def _open_locked(self, password: str) -> None:
        if self.session.path is not None:
            self.open(self.session.path, password)

    def _save_template(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save a blank template", "Project register.xlsx", "Excel (*.xlsx)")
        if not name:
            return
        try:
            write_template(self.session.context.store, Path(name), "projects")
        except Known as error:
            self.failed.emit(str(error))
        else:
            self.said.emit(f"{Path(name).name} written: headers, lists and a dictionary, no rows.")

    def _remember(self, path: Path) -> None:
        settings: QSettings = self.session.context.settings
        others = [each for each in read_list(settings, _RECENT) if each != str(path)]
        settings.setValue(_RECENT, [str(path), *others][:_MOST_RECENT])

    def _show_recent(self) -> None:
        files = [Path(each) for each in read_list(self.session.context.settings, _RECENT) if Path(each).is_file()]
        self._recent_title.setVisible(bool(files))
        for path in files:
            button = WorkbookButton(path, self.theme)
            button.clicked.connect(partial(self._open_recent, path))
            self._recent.addWidget(button)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:  # noqa: FBT002  Qt's own argument
        self.open(path)

    def _lay_out(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(MARGIN, 20, MARGIN, 16)
        box.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.drop)
        left.addSpacing(12)
        self._recent_title = label("Imported before", "strong")
        left.addWidget(self._recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        left.addLayout(self._recent)
        left.addSpacing(4)
        left.addWidget(Button("Download a blank template…", "download", "link", self._save_template))
        left.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._side = _scrolled(inner)
        self._found = self._found_card()
        self._before, self._after = QWidget(), QWidget()  # they hold the side in the middle until a file is there
        box.addWidget(self._before, 1)
        box.addWidget(self._side)
        box.addWidget(self._found, 1)
        box.addWidget(self._after, 1)

    def _found_card(self) -> QWidget:
        card = Rows("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self.locked)
        column.addWidget(self.dated)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self._lines.addStretch(1)
        self.listed = _scrolled(inner)
        column.addWidget(self.listed, 100)
        column.addWidget(self.notes)
        column.addWidget(self.raw_title)
        self.raw.setMinimumHeight(self.theme.px(28 * 4))
        self.raw.setMaximumHeight(self.theme.px(28 * (MOST_ROWS + 1) + 16))
        column.addWidget(self.raw, 50)
        column.addStretch(1)
        return card


def _scrolled(inner: QWidget) -> QScrollArea:
    """A part that scrolls where there is too little height for it."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def found_words(found: int, kept: int) -> str:
    """How many tables there are and how many of them are taken."""
    if not found:
        return "No table was found in the file, so there is nothing to import. Choose another one."
    if not kept:
        what = "One table was found" if found == 1 else f"{found} tables were found"
        return f"{what}, none of a register that is kept. Tick one to take it all the same."
    return (
        "One table was found." if found == 1 else f"{found} tables found, {kept} of them ticked. Untick what stays out."
    )


def _is_dated(tables: list[TablePlan]) -> bool:
    """Whether the plan already gives the title's date to rows."""
    return any(
        row.values.get("report_date") == table.report_date
        for table in tables
        if table.report_date
        for row in table.rows
    )
