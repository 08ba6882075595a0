"""The history: every deed, who did it and when; go back to a point, or undo one deed of the past."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from pmo_desktop.operations.history import Deed, latest_batches, undo_batch
from pmo_desktop.operations.undoreport import refusal_words, report_undo
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.firstrun import when_words
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme
from pmo_desktop.ui.undobuckets import UndoBuckets

_COLUMNS = ("When", "Who", "What", "Cells", "")
_WIDTHS = (130, 130, 0, 70, 120)
_TALL, _BESIDE_REPORT = 450, 200  # the table alone, and above the report of an undo
_NAMED = 5  # undos that are told of
Index = QModelIndex | QPersistentModelIndex


class History(Dialog):
    """Lists the deeds, newest first. `undo_to` and `undo_one` act on the deed selected."""

    def __init__(self, store: Store, toast: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__("History", parent, width=960)
        self._store, self._toast = store, toast
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find in what was done, and by whom")
        self.search.setAccessibleName("Find in the history")
        self.search.textChanged.connect(self._filter)
        self.model = DeedModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self._dress_table()
        self.note = label("", "caption", wrap=True)
        self.body.addWidget(self.search)
        self.table.setMinimumHeight(_TALL)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.note)
        self.buckets = UndoBuckets()
        self.body.addWidget(self.buckets)
        self.undo_one = Button("Undo this one", "undo-2", slot=self._undo_one)
        self.undo_to = Button("Undo to here", "history", slot=self._undo_to)
        self.foot.insertWidget(0, self.undo_one)
        self.foot.insertWidget(1, self.undo_to)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.read()

    def read(self) -> None:
        """Read the deeds again."""
        self.model.show_deeds(latest_batches(self._store))
        self._filter(self.search.text())
        if self.model.rowCount() > 0:
            self.table.selectRow(0)
        self._offer()

    def deed(self) -> Deed | None:
        """The deed selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.deeds[rows[0].row()] if rows else None

    def _offer(self) -> None:
        deed = self.deed()
        writable = deed is not None and not self._store.readonly and deed.cells > 0
        open_ = deed is not None and not deed.undone and not is_seed(deed)
        self.undo_one.setEnabled(writable and open_)
        self.undo_to.setEnabled(deed is not None and not self._store.readonly and bool(self._later(deed)))
        self.note.setText(describe_deed(deed) if deed else "Nothing has been done in this file yet.")

    def _undo_one(self) -> None:
        deed = self.deed()
        if deed is None:
            return
        try:
            tried = undo_batch(self._store, deed.batch)
            if tried.refused:
                tried = undo_batch(self._store, deed.batch, rest=True)
        except Known as error:
            self.show_message(str(error))
            return
        if tried.batch is not None:
            self._toast(f"Undone: {deed.what}")
        report = report_undo(self._store, tried)
        self.read()
        self.table.setMinimumHeight(_BESIDE_REPORT)
        self.buckets.show_report(report)

    def _undo_to(self) -> None:
        deed = self.deed()
        if deed is None:
            return
        left: list[str] = []
        count = 0
        for each in self._later(deed):
            try:
                done = undo_batch(self._store, each.batch, rest=True)
            except Known as error:
                left.append(str(error))
                continue
            count += done.batch is not None
            if done.refused:
                left.append(refusal_words(report_undo(self._store, done)))
        self.read()
        if left:
            self.show_message(" ".join(left[:_NAMED]), "warn")
        self._toast(f"{count_text(count, 'step')} undone, back to: {deed.what}")

    def _later(self, deed: Deed) -> list[Deed]:
        """The deeds after one that still stand, newest first; undos are not deeds."""
        return [each for each in self.model.deeds if each.batch > deed.batch and stands(each)]

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for row, deed in enumerate(self.model.deeds):
            self.table.setRowHidden(row, wanted not in f"{deed.what} {deed.who} {deed.why or ''}".casefold())

    def _dress_table(self) -> None:
        table = self.table
        table.setProperty("role", "boxed")
        table.setAccessibleName("Deeds, newest first")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(current_theme().row_height)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            if width:
                table.setColumnWidth(column, current_theme().px(width))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class DeedModel(QAbstractTableModel):
    """Deeds as rows of text; undone ones and undos are grey."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds: list[Deed] = []

    def show_deeds(self, deeds: list[Deed]) -> None:
        """Take other deeds."""
        self.beginResetModel()
        self.deeds = deeds
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.deeds)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 3:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return _COLUMNS[section] if shown else None

    def data(self, index: Index, role: int = 0) -> str | QColor | Qt.AlignmentFlag | None:
        deed = self.deeds[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return deed_cells(deed)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return describe_deed(deed)
            case Qt.ItemDataRole.ForegroundRole:
                return None if stands(deed) else current_theme().color("text3")
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == 3:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def deed_cells(deed: Deed) -> tuple[str, str, str, str, str]:
    """A deed's row: when, who, what, how many cells, what became of it."""
    became = "Undone" if deed.undone else "Named point" if is_point(deed) else ""
    return when_words(deed.at), deed.who, deed.what, f"{deed.cells:,}" if deed.cells else "–", became


def describe_deed(deed: Deed) -> str:
    """A deed in a sentence."""
    here = deed.at.astimezone()
    why = f" Reason: {deed.why}." if deed.why else ""
    undone = " It was undone since." if deed.undone else ""
    file = f" From {deed.source['file']}." if deed.source and deed.source.get("file") else ""
    changed = count_text(deed.cells, "change") if deed.cells else "no change, a named point"
    return f"{deed.what}, by {deed.who} on {here.day} {here:%b %Y at %H:%M}, {changed}.{file}{why}{undone}"


def is_point(deed: Deed) -> bool:
    """Whether it only names a moment."""
    return deed.cells == 0 and deed.undoes is None


def is_seed(deed: Deed) -> bool:
    """Whether it made the file."""
    return deed.source is not None and deed.source.get("kind") == "seed"


def stands(deed: Deed) -> bool:
    """Whether a deed's changes are still there to be undone."""
    return deed.undoes is None and not deed.undone and deed.cells > 0 and not is_seed(deed)
