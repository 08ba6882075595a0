"""The window: its regions and what is in them. It opens before the store is imported; `desk.py` fills it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.ui.drops import choose_path, drop_words, dropped_paths
from pmo_desktop.ui.state import read_bool, recent_files, restore_window, save_window, write_theme
from pmo_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from pmo_desktop.ui.firstrun import FirstRun
    from pmo_desktop.ui.pane import Pane

MINIMUM = (1180, 720)
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".ics")
_NARROW, _TIGHT = 1280, 1180
_SAVE_AFTER_MS = 500


class Window(QMainWindow):
    """The shell. `opening` carries the path of a file to open or bring in, `closing` that the window goes."""

    opening = Signal(object)
    closing = Signal()
    first_frame = Signal()  # painted, not furnished yet

    def __init__(self, state: QSettings, theme: Theme) -> None:
        super().__init__()
        self.state, self.theme = state, theme
        self.pane: Pane | None = None
        self.furnished = False
        self._first: FirstRun | None = None
        self.setWindowTitle("PMO Desktop")
        self.setMinimumSize(*MINIMUM)
        self.setAcceptDrops(True)
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._later.timeout.connect(self.save_state)
        self.resize(1440, 900)
        restore_window(state, self)

    def furnish(self) -> None:
        """Put in everything there is to see. The first frame is painted before these modules are even read."""
        from pmo_desktop.ui.banner import BannerStack  # noqa: PLC0415  as said above, for all of these
        from pmo_desktop.ui.dispatch import Dispatch  # noqa: PLC0415
        from pmo_desktop.ui.header import PaneHeader  # noqa: PLC0415
        from pmo_desktop.ui.label import Rows  # noqa: PLC0415
        from pmo_desktop.ui.nav import Nav  # noqa: PLC0415
        from pmo_desktop.ui.places import PLACES  # noqa: PLC0415
        from pmo_desktop.ui.statusbar import StatusBar  # noqa: PLC0415
        from pmo_desktop.ui.tasks import Runner  # noqa: PLC0415
        from pmo_desktop.ui.toast import ToastBar  # noqa: PLC0415
        from pmo_desktop.ui.topbar import TopBar  # noqa: PLC0415

        self.runner = Runner(self)
        self.dispatch = Dispatch(self, PLACES)
        self.topbar = TopBar(self.dispatch.registry)
        self.setMenuWidget(self.topbar)
        self.nav = Nav(PLACES, self.dispatch.registry)
        self.header = PaneHeader()
        self.banners = BannerStack()
        self.stack = QStackedWidget()
        self.waiting = Rows("desk")
        self.statusbar = StatusBar(self.runner.cancel, lambda: self.dispatch.perform("file.data_date"))
        central = Rows("desk")
        _lay_out(self, central)
        self.toast_bar = ToastBar(central)
        self._connect()
        self.nav.set_collapsed(read_bool(self.state, "window/nav_collapsed"))
        self.furnished = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Before it is furnished: the bars and the desk, so that the first frame already is the window."""
        if self.furnished:
            super().paintEvent(event)
            return
        painter, theme = QPainter(self), self.theme
        top, nav, foot, head = (theme.px(each) for each in (38, 200, 26, 52))
        painter.fillRect(self.rect(), theme.color("bg_window"))
        painter.fillRect(nav, top, self.width() - nav, head, theme.color("surface"))
        for bar in ((0, 0, self.width(), top), (0, top, nav, self.height() - top)):
            painter.fillRect(*bar, theme.color("bg_nav"))
        painter.fillRect(0, self.height() - foot, self.width(), foot, theme.color("bg_nav"))
        painter.setPen(theme.color("border"))
        painter.drawLine(0, top - 1, self.width(), top - 1)
        painter.drawLine(nav, top, nav, self.height() - foot)
        painter.end()
        QTimer.singleShot(0, self.first_frame.emit)

    @property
    def first(self) -> FirstRun:
        """The first page, built when it is first shown: who opens last time's file never waits for it."""
        if self._first is None:
            from pmo_desktop.ui.firstrun import FirstRun  # noqa: PLC0415  as said above

            self._first = FirstRun()
            self._first.asked.connect(self.dispatch.perform)
            self._first.opening.connect(self.opening)
            self.stack.addWidget(self._first)
        return self._first

    def show_first_run(self) -> None:
        """The first page: no portfolio is open."""
        self.pane = None
        self.first.show_recent(recent_files(self.state))
        self.stack.setCurrentWidget(self.first)
        _show_chrome(self, False)
        self.setWindowTitle("PMO Desktop")
        self.dispatch.enable()

    def show_waiting(self, words: str) -> None:
        """The empty desk while a portfolio is being opened."""
        self.pane = None
        self.stack.setCurrentWidget(self.waiting)
        _show_chrome(self, True)
        self.nav.set_enabled_panes(False)
        self.header.show_words(words, "")
        self.dispatch.enable()

    def show_pane(self, pane: Pane) -> None:
        """Put a pane on screen with its header, facts and commands."""
        self.pane = pane
        if self.stack.indexOf(pane) < 0:
            self.stack.addWidget(pane)
            pane.facts_changed.connect(self.show_facts)
        self.stack.setCurrentWidget(pane)
        _show_chrome(self, True)
        self.header.show_pane(pane)
        self.banners.set_gap(0 if pane.property("role") == "desk" else 12)
        self.nav.set_enabled_panes(True)
        self.nav.select(pane.name)
        _fit(self)
        self.show_facts()
        self.dispatch.enable()
        self.save_later()

    def remove_panes(self) -> None:
        """Another file is coming: its panes are others."""
        self.pane = None
        self.stack.setCurrentWidget(self.waiting)  # else each pane that goes would show, and focus, the next
        self.setFocus()
        self.header.forget()
        self.banners.clear()
        for index in reversed(range(self.stack.count())):
            page = self.stack.widget(index)
            if page is not None and page not in (self._first, self.waiting):
                self.stack.removeWidget(page)
                page.deleteLater()

    def regions(self) -> list[QWidget]:
        """What F6 goes through, in the order of reading."""
        page = self.stack.currentWidget()
        inner = self.pane.regions() if self.pane else [page] if page else []
        parts = [self.topbar.field, self.nav, self.header, *inner, self.statusbar, self.toast_bar]
        return [part for part in parts if part.isVisible()]

    def show_facts(self) -> None:
        """The pane's sub-line and its counts."""
        if self.pane is not None:
            self.header.show_fact(self.pane)
            self.statusbar.show_facts(self.pane.status_text())

    def save_later(self) -> None:
        """Something worth remembering changed: write it half a second after the last change."""
        self._later.start()

    def save_state(self) -> None:
        """Remember the window."""
        save_window(self.state, self)
        if not self.furnished:
            return
        self.state.setValue("window/nav_collapsed", self.nav.collapsed)
        if self.pane is not None:
            self.state.setValue("window/pane", self.pane.name)
        write_theme(self.state, self.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the regions to the room there is."""
        super().resizeEvent(event)
        if self.furnished:
            _fit(self)
        self.save_later()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the place."""
        super().moveEvent(event)
        self.save_later()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange and self.theme.choice == "system":
            self.theme.set_name("system")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A portfolio or a workbook may be dropped anywhere."""
        if path := dropped_path(event.mimeData()):
            self.statusbar.say(f"Open {path.name}" if path.suffix == ".pmo" else f"Bring in {path.name}")
        if dropped_paths(event.mimeData()):  # what cannot be opened is told so when it is dropped
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = dropped_paths(event.mimeData())
        path = dropped_path(event.mimeData())
        event.acceptProposedAction()
        if words := drop_words(paths, path, "a portfolio or a workbook"):
            self.statusbar.say(words)
        if path is not None:
            self.opening.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, end what runs, which leaves no trace of it, and let the file go."""
        self._later.stop()
        self.save_state()
        if self.furnished:
            self.runner.wait()
        self.closing.emit()
        self.state.sync()
        event.accept()

    def _connect(self) -> None:
        self.nav.chosen.connect(lambda name: self.dispatch.perform(f"go.{name}"))
        self.runner.started.connect(self.statusbar.work.start)
        self.runner.progressed.connect(self.statusbar.work.advance)
        self.runner.finished.connect(self.statusbar.work.end)
        self.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        for part in (self.nav, self.header, self.statusbar, self._first):
            if part is not None:
                part.relayout()
        self.topbar.updateGeometry()
        _fit(self)
        self.save_later()


def dropped_path(data: QMimeData) -> Path | None:
    """The first portfolio or workbook among what is being dragged."""
    return choose_path(dropped_paths(data), (".pmo", *WORKBOOKS))


def _lay_out(window: Window, central: QWidget) -> None:
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addWidget(window.header)
    right.addWidget(window.banners)
    right.addWidget(window.stack, 1)
    window.stack.addWidget(window.waiting)
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(window.nav)
    middle.addLayout(right, 1)
    column = QVBoxLayout(central)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(middle, 1)
    column.addWidget(window.statusbar)
    window.setCentralWidget(central)


def _fit(window: Window) -> None:
    room = window.width() * 100 / window.theme.scale
    if room < _TIGHT and not window.nav.collapsed:
        window.nav.set_collapsed(True)
    if window.pane is not None:
        window.pane.set_narrow(room < _NARROW)


def _show_chrome(window: Window, shown: bool) -> None:
    for part in (window.nav, window.header, window.statusbar, window.topbar.field):
        part.setVisible(shown)
