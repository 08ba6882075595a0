"""The editor of a draft: the outline of a version beside a form for the part one stands on; every edit is one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from pmo_desktop.operations.history import redo, undo
from pmo_desktop.operations.methodparts import KINDS, deletion_words
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.methods.editorframe import EditorFrame
from pmo_desktop.ui.methods.outlinetree import OutlineTree
from pmo_desktop.ui.methods.partdeeds import PartDeeds
from pmo_desktop.ui.methods.partpages import (
    DutyPage,
    GuidancePage,
    Offers,
    Page,
    PartPage,
    TemplatePage,
    Version,
    kind_words,
    read_version,
)
from pmo_desktop.ui.methods.spots import DUTIES, Spot, make_spots

SIZE, MINIMUM = (1240, 800), (940, 600)
_PATIENCE = 150  # ms until a change is looked at again while somebody types in the outline
_PAGES = ("methodology", *KINDS)


class MethodEditor(QWidget):
    """One version in a window of its own; one that is no draft can be read, and its next version drafted.

    `life` does what stands in the header: "draft", "approve", "compare" with the version's id.
    """

    stale = Signal()

    def __init__(
        self,
        context: Context,
        methodology: str,
        life: Callable[[str, str], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "pane")
        self.setMinimumSize(*MINIMUM)
        self.context, self.methodology, self.life = context, methodology, life
        self.version: Version | None = None
        self.spot: Spot | None = None
        self.tree, self.pages = OutlineTree(context.theme), QStackedWidget()
        self.offers = Offers(context.store, self._now)
        self._made: dict[str, Page] = {}
        self.deeds = PartDeeds(self)
        self.frame = EditorFrame(self, self.deeds, self.do_life, self.tree, self.pages)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_soon)
        self.stale.connect(lambda: self._soon.start(0))
        self._unsubscribe = context.store.subscribe(lambda _changed: self.stale.emit())
        context.store.on_close.append(self._end)
        self.tree.chosen.connect(self.show_spot)
        self.tree.spots.renamed.connect(self.deeds.rename, Qt.ConnectionType.QueuedConnection)
        self._bind()
        self.read()
        self.tree.setFocus()

    # ------------------------------------------------------------------ what is shown

    def read(self) -> None:
        """Show what the file says now."""
        self._soon.stop()
        self.version = read_version(self.context.store, self.methodology)
        if self.version is None:
            self.close()
            return
        spots = make_spots(self.version.head, self.version.parts)
        titles = {("method_gate", row["id"]): str(row["name"]) for row in self.version.parts["method_gate"]}
        self.tree.show_spots(spots, titles, can_write=self.version.is_draft)
        self.frame.show_version(self.version, self.context.store)
        self.show_spot(self.tree.current)

    def show_spot(self, spot: Spot | None) -> None:
        """Show the page of a spot; what was being typed on the page before is written first."""
        if spot is None or self.version is None:
            return
        if self.spot is not None and self.spot.key != spot.key:
            self.commit()
        self.spot = spot
        page = self._page(spot.entity)
        self.frame.show_spot(spot, kind_words(spot.entity), self.deletion(spot))
        if page is None:
            self.pages.setCurrentWidget(self.frame.group)
            self.frame.show_group(spot)
            return
        page.show_version(self.version, spot.id)
        self.pages.setCurrentWidget(page)

    def commit(self) -> None:
        """Write what is still being typed."""
        page = self.pages.currentWidget()
        if isinstance(page, (PartPage, DutyPage)):
            page.commit()

    def deletion(self, spot: Spot) -> str:
        """What deleting a spot would take along; empty where nothing can be deleted."""
        if not spot.is_part or self.version is None or not self.version.is_draft:
            return ""
        try:
            return deletion_words(self.context.store, spot.entity, spot.id)
        except Known:
            return ""

    def go_to(self, entity: str, identity: str) -> None:
        """Stand on a part, once it is read."""
        self.read()
        self.tree.go_to((entity, identity))
        self.show_spot(self.tree.current)
        self.tree.setFocus()

    def do_life(self, deed: str) -> None:
        """Draft the next version, approve this one, or compare it."""
        self.commit()
        if self.life is not None:
            self.life(deed, self.methodology)

    # ------------------------------------------------------------------ what Qt asks

    def closeEvent(self, event: QCloseEvent) -> None:
        self.commit()
        self._unsubscribe()
        if self._end in self.context.store.on_close:
            self.context.store.on_close.remove(self._end)
        super().closeEvent(event)

    # ------------------------------------------------------------------ below the counter

    def _read_soon(self) -> None:
        """Read what was changed, but not while a name is typed in the outline: that would take the line away."""
        if self.tree.state() is QAbstractItemView.State.EditingState:
            self._soon.start(_PATIENCE)
        else:
            self.read()

    def _end(self) -> None:
        """The file is closed: there is nothing left to edit."""
        self.close()

    def _now(self) -> Version:
        assert self.version is not None  # noqa: S101  lists are offered of a version that is shown
        return self.version

    def _bind(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+N": self.deeds.offer_adding,
            "Ctrl+Z": partial(self.deeds.step, undo, "Undone"),
            "Ctrl+Y": partial(self.deeds.step, redo, "Redone"),
            "Ctrl+Shift+Z": partial(self.deeds.step, redo, "Redone"),
            "F6": self._other_side,
            "F8": self.context.theme.toggle,
            "Ctrl+W": self.close,
        }
        for sequence, slot in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)
        in_tree: dict[str, Callable[[], object]] = {
            "Insert": self.deeds.add_like_this,
            "Ctrl+D": self.deeds.duplicate,
            "Del": self.deeds.delete,
            "Alt+Up": partial(self.deeds.move_by, -1),
            "Alt+Down": partial(self.deeds.move_by, 1),
            "Return": self._into_form,
        }
        for sequence, slot in in_tree.items():
            keys_here = QShortcut(QKeySequence(sequence), self.tree)
            keys_here.setContext(Qt.ShortcutContext.WidgetShortcut)
            keys_here.activated.connect(slot)

    def _page(self, entity: str) -> Page | None:
        if entity != DUTIES and entity not in _PAGES:
            return None
        if entity not in self._made:
            page = self._made[entity] = self._make_page(entity)
            self.pages.addWidget(page)
        return self._made[entity]

    def _make_page(self, entity: str) -> Page:
        if entity == DUTIES:
            duties = DutyPage(self.context.theme)
            duties.wanted.connect(self.deeds.put_duty)
            duties.said.connect(self.frame.say)
            return duties
        if entity == "method_guidance":
            return GuidancePage(self.deeds.write, self.offers, self.context.theme)
        if entity == "method_template":
            template = TemplatePage(self.deeds.write, self.offers)
            template.replace.connect(self.deeds.templates.replace)
            template.copy_out.connect(self.deeds.templates.copy_out)
            return template
        return PartPage(entity, self.deeds.write, self.offers)

    def _into_form(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, (PartPage, DutyPage)):
            page.first_editor().setFocus(Qt.FocusReason.TabFocusReason)

    def _other_side(self) -> None:
        if self.tree.hasFocus():
            self._into_form()
        else:
            self.tree.setFocus()
