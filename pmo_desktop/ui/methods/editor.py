"""The editor of a draft: the outline of a version beside a form for the part one stands on; every edit is one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QMenu, QStackedWidget, QWidget

from pmo_desktop.operations.history import redo, undo
from pmo_desktop.operations.methodparts import (
    KINDS,
    add_part,
    change_part,
    delete_part,
    deletion_words,
    duplicate_part,
    move_part,
    put_template,
    replace_template,
    set_duty,
)
from pmo_desktop.operations.methods import change_method
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.methods.editorframe import EditorFrame
from pmo_desktop.ui.methods.outlinetree import OutlineTree
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
from pmo_desktop.ui.methods.spots import ADDS, DUTIES, HEAD, Spot, adds_inside, make_spots

SIZE, MINIMUM = (1240, 800), (940, 600)
_PATIENCE = 150  # ms until a change is looked at again while somebody types in the outline
_PAGES = ("methodology", *KINDS)
_ALL_FILES = "Documents (*.docx *.xlsx *.pptx *.odt *.ods *.md *.txt *.pdf);;All files (*)"


class MethodEditor(QWidget):
    """One version in a window of its own; one that is no draft can be read, and its next version drafted.

    `life` does what stands in the header: "draft", "approve", "compare" with the version's id.
    """

    stale = Signal()
    renaming = Signal(str, str, str)

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
        self.frame = EditorFrame(self, self.tree, self.pages)
        self.menu: QMenu | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_soon)
        self.stale.connect(lambda: self._soon.start(0))
        self._unsubscribe = context.store.subscribe(lambda _changed: self.stale.emit())
        context.store.on_close.append(self._end)
        self.tree.chosen.connect(self.show_spot)
        self.tree.spots.renamed.connect(self.rename, Qt.ConnectionType.QueuedConnection)
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
        self.frame.show_version(self.version)
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

    # ------------------------------------------------------------------ deeds

    def offer_adding(self) -> None:
        """The kinds of part that can be added here; where there is one, it is added at once."""
        kinds = ADDS[self.spot.entity] if self.spot and self._may_write() else ()
        if len(kinds) == 1:
            self.add(kinds[0])
        elif kinds:
            self.menu = QMenu(self)
            self.menu.setAccessibleName("Add")
            for kind in kinds:
                words = KINDS[kind].one.capitalize() + ("…" if kind == "method_template" else "")
                self.menu.addAction(icon("plus"), f"&{words}", partial(self.add, kind))
            self.menu.setActiveAction(self.menu.actions()[0])
            button = self.frame.add_button
            self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def add_like_this(self) -> None:
        """Add one more of what one stands on."""
        if self.spot and self._may_write() and ADDS[self.spot.entity]:
            self.add(ADDS[self.spot.entity][0])

    def add(self, kind: str) -> None:
        """Add a part where one stands, and type its name at once; a template is chosen as a file."""
        spot = self.spot
        if spot is None or not self._may_write():
            return
        self.commit()
        if kind == "method_template":
            self.add_template()
            return
        parent, after = self._place(spot, kind)
        values = {KINDS[kind].title: f"New {KINDS[kind].one}"}
        made = self._try(lambda: add_part(self.context.store, kind, parent, values, after))
        if made:
            self._go_to(kind, made)
            self.tree.rename()

    def add_template(self) -> None:
        """Keep a file as a template document of the version."""
        path = self._ask_file("Add a template")
        if path is None:
            return
        made = self._try(
            lambda: put_template(self.context.store, self.methodology, path.stem, path.name, path.read_bytes())
        )
        if made:
            self._go_to("method_template", made)

    def replace_template(self) -> None:
        """Put another file in the place of the template one stands on."""
        path = self._ask_file("Replace the template") if self.spot and self._may_write() else None
        if path is None or self.spot is None:
            return
        key = self.spot.id
        if self._try(lambda: replace_template(self.context.store, key, path.name, path.read_bytes())):
            self.read()
            self._tell(f"{path.name} put in the place of the template")
        else:
            self.frame.say("The file is the same as the one that is kept.")

    def copy_template(self) -> None:
        """Write the template one stands on to a file."""
        row = self.version.row("method_template", self.spot.id) if self.version and self.spot else None
        if row is None or self.version is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save a copy of the template", row["file_name"])
        found = next((each for each in self.version.method.templates if each.code == row["code"]), None)
        if chosen and found:
            self._try(lambda: Path(chosen).write_bytes(found.content))
            self.frame.say(f"Copy saved as {Path(chosen).name}.")

    def duplicate(self) -> None:
        """Copy the part one stands on with all that stands in it."""
        spot = self.spot
        if spot is None or not self._is_mine(spot):
            return
        if spot.entity == "method_template":
            self.frame.say("A template is copied by saving it and adding the copy.")
            return
        self.commit()
        made = self._try(lambda: duplicate_part(self.context.store, spot.entity, spot.id))
        if made:
            self._go_to(spot.entity, made)

    def delete(self) -> None:
        """Delete the part one stands on; what went with it is said, with Undo."""
        spot = self.spot
        if spot is None or not self._is_mine(spot):
            return
        said = self.deletion(spot).removesuffix(".").replace("Delete ", "Deleted ", 1)
        if self._try(lambda: delete_part(self.context.store, spot.entity, spot.id)):
            self.read()
            self._tell(said)

    def move_by(self, by: int) -> None:
        """Move the part one stands on up or down."""
        spot = self.spot
        if spot is None or not self._is_mine(spot):
            return
        self.commit()
        if self._try(lambda: move_part(self.context.store, spot.entity, spot.id, by)) is None:
            self.frame.say(f"It is the {'first' if by < 0 else 'last'} one already.")
        self.read()

    def rename(self, entity: str, identity: str, title: str) -> None:
        """Give a part another title."""
        self._try(lambda: change_part(self.context.store, entity, identity, {KINDS[entity].title: title}))
        self.read()
        self.tree.setFocus()

    def write(self, name: str, value: Any) -> None:
        """Write a field of the part that is shown. Raises Known."""
        if self.spot is None:
            return
        if self.spot.entity == HEAD:
            change_method(self.context.store, self.methodology, {name: value})
        else:
            change_part(self.context.store, self.spot.entity, self.spot.id, {name: value})

    def put_duty(self, concerns: str, role: str, letter: str) -> None:
        """Fill or empty a cell of the RACI table."""
        duty = Duty(letter) if letter else None
        self._try(lambda: set_duty(self.context.store, self.methodology, concerns, role, duty))
        self.read()

    def step(self, deed: Callable[..., Any], verb: str) -> None:
        """Undo or redo the newest step of the file."""
        self.commit()
        done = self._try(lambda: deed(self.context.store))
        if done:
            self.read()
            self.frame.say(f"{verb}: {done.what.removeprefix('Undo: ').removeprefix('Undo: ')}.")

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
            "Ctrl+N": self.offer_adding,
            "Ctrl+Z": partial(self.step, undo, "Undone"),
            "Ctrl+Y": partial(self.step, redo, "Redone"),
            "Ctrl+Shift+Z": partial(self.step, redo, "Redone"),
            "F6": self._other_side,
            "F8": self.context.theme.toggle,
            "Ctrl+W": self.close,
        }
        for sequence, slot in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)
        in_tree: dict[str, Callable[[], object]] = {
            "Insert": self.add_like_this,
            "Ctrl+D": self.duplicate,
            "Del": self.delete,
            "Alt+Up": partial(self.move_by, -1),
            "Alt+Down": partial(self.move_by, 1),
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
            duties.wanted.connect(self.put_duty)
            duties.said.connect(self.frame.say)
            return duties
        if entity == "method_guidance":
            return GuidancePage(self.write, self.offers, self.context.theme)
        if entity == "method_template":
            template = TemplatePage(self.write, self.offers)
            template.replace.connect(self.replace_template)
            template.copy_out.connect(self.copy_template)
            return template
        return PartPage(entity, self.write, self.offers)

    def _place(self, spot: Spot, kind: str) -> tuple[str, str | None]:
        """What a new part stands in, and after which sibling."""
        within, at, after = KINDS[kind].within, spot, None
        if within == HEAD:
            return self.methodology, spot.id if spot.entity == kind else None
        if adds_inside(spot.entity, kind):
            return spot.id, None
        while at.entity != within:
            after = at.id if at.entity == kind else after
            over = self.tree.parent_of(at)
            assert over is not None  # noqa: S101  ADDS offers only what the spot stands in somewhere
            at = over
        return at.id, after

    def _go_to(self, entity: str, identity: str) -> None:
        self.read()
        self.tree.go_to((entity, identity))
        self.show_spot(self.tree.current)
        self.tree.setFocus()

    def _into_form(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, (PartPage, DutyPage)):
            page.first_editor().setFocus(Qt.FocusReason.TabFocusReason)

    def _other_side(self) -> None:
        if self.tree.hasFocus():
            self._into_form()
        else:
            self.tree.setFocus()

    def _is_mine(self, spot: Spot) -> bool:
        """Whether a spot is a part of a draft; says so where it is not."""
        if not spot.is_part:
            self.frame.say(f"{spot.text} is not a part: go to one of the lines under it.")
            return False
        return self._may_write()

    def _may_write(self) -> bool:
        if self.version is not None and self.version.is_draft:
            return True
        self.frame.say("This version is not a draft. Draft the next version first.")
        return False

    def _ask_file(self, title: str) -> Path | None:
        chosen, _kind = QFileDialog.getOpenFileName(self, title, "", _ALL_FILES)
        return Path(chosen) if chosen else None

    def _try(self, deed: Callable[[], Any]) -> Any:
        """Do it; what cannot be done is said in the editor."""
        self.frame.clear()
        try:
            return deed()
        except Known as known:
            self.frame.refuse(str(known))
        except OSError as error:
            self.frame.refuse(f"The file could not be read or written: {error.strerror}. Choose another place.")
        return None

    def _tell(self, said: str) -> None:
        self.frame.toast.show_message(said, "Undo", partial(self.step, undo, "Undone"))
