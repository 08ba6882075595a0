"""The inspector: the current record beside its list, in tabs; with several selected, what they share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.buttons import IconButton, action_button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.inspectortabs import Tab, make_tabs
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.outline import TREND, Outline
from pmo_desktop.ui.statusstrip import StatusStrip
from pmo_desktop.ui.wherefrom import WhereFrom

_MORE = (  # behind the dots of the foot, where the pane offers them
    "record.duplicate",
    "record.close",
    "record.convert",
    "record.escalate",
    "risk.gather",
    "record.rebaseline",
    "record.delete",
)
_SOON_MS = 25
_AFTER_TABLE_MS = 120  # the first page of forms takes longer to make than the table to be painted


class Inspector(Rows):
    """Follows the selection of a grid; one that is pinned stays with its record."""

    def __init__(
        self, context: Context, outline: Outline, grid: Grid, editing: Editing, pinned: str | None = None
    ) -> None:
        super().__init__("inspector")
        self.context, self.outline, self.grid, self.editing, self.pinned = context, outline, grid, editing, pinned
        self.records: list[Record] = []
        self.setAccessibleName("Inspector")
        self.tabs: list[Tab] = make_tabs(context, outline, editing)
        self.where, self.title = ElidedLabel("", "caption_quiet"), label("", "subtitle", wrap=True)
        self.strip, self.pages = StatusStrip(), QStackedWidget()
        self.bar, self.foot = QTabBar(), Rows("footer")
        self.origin = WhereFrom(context.store, outline.entity)
        self._entered: Field | None = None  # of the form's field that has, or had, the keyboard
        self.rest = QWidget()  # the room below the heading while nothing is selected
        self.rest.hide()
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        if pinned is None:
            grid.current_changed.connect(self._soon.start)
            grid.selected.connect(self._soon.start)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._take_focus)  # a bound method: the connection ends with the inspector

    def refresh(self) -> None:
        """Show what is selected now, in the tab on screen."""
        self._soon.stop()
        if self.isHidden() or self.origin.store.closed:  # what waited may come after the file has gone
            return
        self.records = self._chosen()
        self._show_head()
        shown = bool(self.records)
        self.pages.setVisible(shown)
        self.rest.setVisible(not shown)
        self.foot.setVisible(shown and self.pinned is None)
        self.bar.setVisible(shown)
        single = len(self.records) == 1
        for place, tab in enumerate(self.tabs):
            self.bar.setTabVisible(place, single or tab.takes_several)
        self._show_origin()
        if shown:
            here = self.tabs[self.bar.currentIndex()]
            here.show_records(self.records, self.grid.table, editable=self.grid.table.can_write)

    def refresh_soon(self) -> None:
        """Show what is selected, after the table has been painted."""
        self._soon.start()

    def give_way(self) -> None:
        """Let the table be painted first: what waits to be shown begins to wait once the window is back at rest."""
        if self._soon.isActive():
            self._soon.stop()
            QTimer.singleShot(_AFTER_TABLE_MS, self._soon.start)

    def open_window(self) -> None:
        """Show the current record in a window of its own."""
        record = self.grid.current
        if record is not None:
            RecordWindow(self, record).show()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._soon.start()

    def _chosen(self) -> list[Record]:
        if self.pinned is not None:
            record = self.grid.table.arrangement.by_id.get(self.pinned)
            return [record] if record else []
        chosen = self.grid.marked.records()
        return chosen if len(chosen) > 1 else [self.grid.current] if self.grid.current else []

    def _show_origin(self) -> None:
        """Where the value of the current field came from: the form's field with the keyboard, else the table's cell."""
        columns, place = self.grid.table.columns, self.grid.current_column
        column = columns[place].field if 0 <= place < len(columns) else None
        record = self.records[0].id if len(self.records) == 1 else None
        self.origin.show_cell(record, self._entered or column, self.grid.table.reading)

    def _take_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Follow the keyboard into a field of the forms, and back to the table."""
        if now is None or now is self.origin.button:
            return
        parts = (part for tab in self.tabs for form in tab.forms for part in form.parts)
        entered = next((part.meaning for part in parts if part.editor is now or part.editor.isAncestorOf(now)), None)
        if entered is not self._entered:
            self._entered = entered
            self._show_origin()

    def _show_head(self) -> None:
        outline, reading = self.outline, self.grid.table.reading
        several = len(self.records) > 1
        self.strip.setVisible(bool(outline.tiles) and len(self.records) == 1)
        if several:
            self.where.setText("Selected")
            self.title.setText(f"{len(self.records):,} {outline.many}")
        elif self.records:
            row = self.records[0].row
            where, name = outline.naming(row, reading)
            self.where.setText(where)
            self.title.setText(name)
            ratings = [(words, row.get(each), row.get(TREND + each)) for words, each in outline.tiles]
            self.strip.show_ratings(ratings)
        else:
            self.where.setText("")
            self.title.setText(f"No {outline.one} selected")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 12, 0)
        head.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.where, 1)
        for button in self._head_buttons():
            top.addWidget(button)
        head.addLayout(top)
        head.addWidget(self.title)
        head.addWidget(self.strip)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setAccessibleName("Pages of the inspector")
        for tab in self.tabs:
            self.bar.addTab(tab.title)
            self.pages.addWidget(tab)
        head.addWidget(self.bar)
        box.addLayout(head)
        box.addWidget(self.pages, 1)
        box.addWidget(self.rest, 1)
        box.addWidget(self.origin)
        self.bar.currentChanged.connect(self._turn)
        if self.pinned is None:
            self._add_foot(box)

    def _head_buttons(self) -> Sequence[QWidget]:
        if self.pinned is not None:
            return []
        actions = self.context.actions
        deeds = (
            ("chevron-up", "Previous record (Shift+F9)", "record.previous"),
            ("chevron-down", "Next record (F9)", "record.next"),
            ("maximize-2", "Open in its own window (Alt+Enter)", "record.open"),
            ("x", "Close the inspector (F4)", "view.inspector"),
        )
        return [IconButton(icon, words, actions[id_].trigger) for icon, words, id_ in deeds if id_ in actions]

    def _add_foot(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(8)
        actions = self.context.actions
        for id_, icon, words in self.outline.foot:
            if id_ in actions:
                row.addWidget(action_button(actions[id_], "secondary", icon, words))
        row.addStretch(1)
        self.more = IconButton("ellipsis", "More commands for this record", self._show_more)
        row.addWidget(self.more)
        box.addWidget(self.foot)

    def _show_more(self) -> None:
        menu = QMenu(self)
        for id_ in (*self.outline.deeds, *_MORE):
            if id_ in self.context.actions and self.context.actions[id_].isEnabled():
                menu.addAction(self.context.actions[id_])
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def _turn(self, _place: int) -> None:
        self.pages.setCurrentIndex(self.bar.currentIndex())
        self.refresh()


class RecordWindow(QWidget):
    """One record in a window of its own; it closes with the pane it came from."""

    def __init__(self, inspector: Inspector, record: Record) -> None:
        super().__init__(inspector, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inside = Inspector(inspector.context, inspector.outline, inspector.grid, inspector.editing, record.id)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.inside)
        where, name = inspector.outline.naming(record.row, inspector.grid.table.reading)
        self.setWindowTitle(f"{where} {name}".strip())
        self.resize(560, 760)
        inspector.grid.table.dataChanged.connect(self.inside.refresh)
        inspector.grid.table.rearranged.connect(self.inside.refresh)
