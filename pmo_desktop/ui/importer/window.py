"""The import wizard's window: four steps, a stepper above, what happens next below; nothing is written before Apply."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.problems import write_problems
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.banner import BannerStack
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.drops import choose_path, drop_words, dropped_paths
from pmo_desktop.ui.importer.choose_page import ChoosePage
from pmo_desktop.ui.importer.files import WORKBOOKS
from pmo_desktop.ui.importer.foot import Foot
from pmo_desktop.ui.importer.keys import bind_keys, wizard_keys
from pmo_desktop.ui.importer.mapping_page import MappingPage
from pmo_desktop.ui.importer.preview_page import PreviewPage
from pmo_desktop.ui.importer.result_page import ResultPage
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.importer.stepper import Stepper
from pmo_desktop.ui.importer.wording import apply_words, file_line, has_problems
from pmo_desktop.ui.label import ElidedLabel, Rows, label

CHOOSE, MAP, PREVIEW, RESULT = range(4)
MINIMUM, SIZE = (1000, 640), (1440, 900)
_HEAD = 64
_NOTHING_YET = "Nothing is written until you apply. One transaction, one undo step."


class ImportWindow(QWidget):
    """Holds the four pages of one import."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Import from Excel")
        self.setMinimumSize(*MINIMUM)
        self.setAcceptDrops(True)
        self.context = context
        self.session = Session(context, self)
        self.choose = ChoosePage(self.session)
        self.mapping = MappingPage(self.session)
        self.preview = PreviewPage(self.session)
        self.result = ResultPage(self.session)
        self.line = ElidedLabel("", "caption", Qt.TextElideMode.ElideMiddle)
        self.stepper = Stepper(context.theme)
        self.banners = BannerStack()
        self.pages = QStackedWidget()
        self.foot = Foot(self.session.background.cancel)
        self._lay_out()
        self._connect()
        bind_keys(self, wizard_keys(self))
        self._leave = partial(_close, self)
        context.store.on_close.append(self._leave)  # another portfolio is opened: this import has nowhere to go
        self.show_step(CHOOSE)

    @property
    def step(self) -> int:
        """The step on screen."""
        return self.pages.currentIndex()

    def open(self, path: Path) -> None:
        """Start over with a file; not while something is under way."""
        if self.session.busy:
            self.foot.say(f"{self.session.busy} is not over yet. Wait for it or cancel it.", warn=True)
            return
        if self.step in (MAP, PREVIEW) and self.session.imported is None and self.session.plan is not None:
            self.foot.say(_wait_words(self.session.plan.file, path.name), warn=True)
            return
        self.banners.clear()
        self.show_step(CHOOSE)
        self.choose.open(path)

    def paste(self, book: Workbook, register: str) -> None:
        """Start over with a block of the clipboard that goes into one register; its preview comes at once."""
        if self.session.busy:
            self.foot.say(f"{self.session.busy} is not over yet. Wait for it or cancel it.", warn=True)
            return
        if self.step in (MAP, PREVIEW) and self.session.plan is not None and self.session.path is not None:
            self.foot.say(_wait_words(self.session.plan.file, "the clipboard"), warn=True)
            return
        self.banners.clear()
        self.show_step(CHOOSE)
        self.session.choose(book, into=register)

    def show_step(self, step: int) -> None:
        """Put a step on screen and the keyboard where its work begins."""
        self.pages.setCurrentIndex(step)
        self.stepper.show_step(step, all_done=step == RESULT)
        if step == MAP:
            self.mapping.show_plan()
        elif step == PREVIEW:
            self.preview.show_plan()
        elif step == RESULT:
            self.result.show_result()
        self.show_facts()
        self._focus_first()

    def show_facts(self) -> None:
        """The sub-line, and the foot: its sentence and its buttons."""
        plan = self.session.plan
        self.line.setText(file_line(plan) if plan else "Bring a register into this portfolio")
        self.foot.say(_NOTHING_YET if self.step < RESULT else "")
        self.foot.back.setVisible(self.step in (MAP, PREVIEW))
        self.foot.save.setVisible(self.step == PREVIEW and plan is not None and has_problems(plan))
        words, icon = next_words(self.session, self.step)
        self.foot.next.setText(words)
        self.foot.next.icon_name = icon
        self.foot.next.setEnabled(can_go_on(self.session, self.step))
        self.foot.next.updateGeometry()

    def go_on(self) -> None:
        """The primary button: the next step, or apply, or done."""
        if not can_go_on(self.session, self.step):
            return
        if self.step == MAP and (missing := self.mapping.what_is_missing()):
            self.foot.say(missing, warn=True)
            self.mapping.focus_first()
        elif self.step == PREVIEW:
            self.preview.grid.setFocus()  # an editor that is open hands over what was typed
            self.session.apply()
        elif self.step == RESULT:
            self.close()
        else:
            self.show_step(self.step + 1)

    def go_back(self) -> None:
        """The step before; after Apply there is none."""
        if self.step in (MAP, PREVIEW) and not self.session.busy:
            self.show_step(self.step - 1)

    def save_problems(self) -> None:
        """Write the list of problems to a workbook."""
        plan = self.session.plan
        if plan is None:
            return
        proposed = f"Problems in {Path(plan.file).stem}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "Save problem list", proposed, "Excel (*.xlsx)")
        if not name:
            return
        try:
            count = write_problems(Path(name), plan)
        except Known as error:
            self.show_error(str(error))
        else:
            self.foot.say(f"{count_text(count, 'problem')} written to {Path(name).name}.")

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        page = self.pages.currentWidget()
        inner = page.regions() if isinstance(page, (ChoosePage, MappingPage, PreviewPage, ResultPage)) else []
        return [part for part in (*inner, self.foot.next) if part.isVisibleTo(self) and part.isEnabled()]

    def show_error(self, sentence: str) -> None:
        """One sentence above the page; the wizard stays."""
        self.banners.show_banner("error", "err", sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A write under way is finished first; anything else is dropped."""
        if self.session.busy.startswith("Importing"):
            self.foot.say("The import is being written; the window closes after it.", warn=True)
            event.ignore()
            return
        self.session.close()
        if self._leave in self.context.store.on_close:
            self.context.store.on_close.remove(self._leave)
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        path = choose_path(paths, WORKBOOKS)
        event.acceptProposedAction()
        if path is not None:
            self.open(path)
        if words := drop_words(paths, path, "a workbook"):
            self.foot.say(words, warn=True)

    # ------------------------------------------------------------------ what the session says

    def _take_plan(self, *, fresh: bool = False) -> None:
        self.banners.clear()
        page = self.pages.currentWidget()
        if isinstance(page, (ChoosePage, MappingPage, PreviewPage)):
            page.show_plan()
        self.show_facts()
        if fresh and self.session.path is None:
            self.show_step(MAP)
            self.go_on()  # it stays at the columns where one of them has to be answered first
        elif fresh:
            self._focus_first()

    def _take_failure(self, sentence: str) -> None:
        if self.session.plan is None:
            self.choose.show_failure()
        self.show_error(sentence)
        self.show_facts()

    def _take_work(self, label_: str) -> None:
        self.foot.show_work(label_)
        self.foot.next.setEnabled(can_go_on(self.session, self.step))
        self.foot.back.setEnabled(not label_)

    # ------------------------------------------------------------------ below the counter

    def _focus_first(self) -> None:
        if self.step == CHOOSE:
            target: QWidget = self.foot.next if self.foot.next.isEnabled() else self.choose.drop.button
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.step == MAP:
            self.mapping.focus_first()
        elif self.step == PREVIEW:
            self.preview.grid.setFocus()
        else:
            self.foot.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        session, background = self.session, self.session.background
        session.read.connect(lambda: self._take_plan(fresh=True))
        session.planned.connect(self._take_plan)
        session.applied.connect(lambda: self.show_step(RESULT))
        background.failed.connect(self._take_failure)
        background.protected.connect(lambda _words: self.show_facts())
        background.working.connect(self._take_work)
        background.progressed.connect(self.foot.advance)
        self.choose.said.connect(self.foot.say)
        self.choose.failed.connect(self.show_error)
        self.mapping.said.connect(self.foot.say)
        self.preview.said.connect(lambda words: self.foot.say(words or _NOTHING_YET))
        self.result.opened.connect(partial(_open_register, self))
        self.result.saved.connect(self.save_problems)
        self.foot.save.clicked.connect(lambda _on=False: self.save_problems())
        self.foot.back.clicked.connect(lambda _on=False: self.go_back())
        self.foot.next.clicked.connect(lambda _on=False: self.go_on())

    def _lay_out(self) -> None:
        head = Rows("header")
        head.setFixedHeight(self.context.theme.px(_HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label("Import from Excel", "title"))
        words.addWidget(self.line)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self.stepper)
        row.addSpacing(40)
        row.addWidget(IconButton("x", "Close (Esc)", self.close))
        for page in (self.choose, self.mapping, self.preview, self.result):
            self.pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (head, self.banners):
            box.addWidget(part)
        box.addWidget(self.pages, 1)
        box.addWidget(self.foot)


def _open_register(window: ImportWindow) -> None:
    register, row_id = window.result.changed_row()
    window.close()
    window.context.navigate(register, row_id)


def _close(window: ImportWindow) -> None:
    window.close()


def _wait_words(here: str, wanted: str) -> str:
    if here == wanted:
        return f"{here} is open here already, with your answers. Go back to step 1 to read it anew."
    return f"Apply or close the import of {here} first, then bring in {wanted}."


def can_go_on(session: Session, step: int) -> bool:
    """Whether the primary button does something now."""
    plan = session.plan
    if step == RESULT:
        return not session.busy
    if session.busy or plan is None:
        return False
    return plan.writes if step == PREVIEW else bool(plan.kept)


def next_words(session: Session, step: int) -> tuple[str, str]:
    """The words and the icon of the primary button."""
    plan = session.plan
    if step == PREVIEW and plan is not None:
        return apply_words(plan), "check" if plan.writes else ""
    return {CHOOSE: "Map columns", MAP: "Check and preview", RESULT: "Done"}.get(step, "Apply"), ""


def open_importer(context: Context, path: Path | None = None, parent: QWidget | None = None) -> ImportWindow:
    """Show the wizard over its parent's window; with a path it reads that file at once. One is open at a time."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ImportWindow) and window.isVisible() and window.context is context:
            break
    else:
        window = ImportWindow(context, parent)
        host = parent.window() if parent is not None else None
        window.resize(host.size() if host is not None else QSize(*SIZE))
        window.show()
    window.raise_()
    window.activateWindow()
    if path is not None:
        window.open(path)
    return window
