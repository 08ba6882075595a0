"""What a person does with the parts of a draft: add, rename, move, copy, delete, type; each one step of the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu

from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methodparts import (
    KINDS,
    add_part,
    change_part,
    delete_part,
    duplicate_part,
    move_part,
    put_template,
    replace_template,
    set_duty,
)
from pmo_desktop.operations.methods import change_method
from pmo_desktop.rules.assurance import Duty
from pmo_desktop.store.errors import Known
from pmo_desktop.store.writing import replacing
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.methods.editorframe import EditorFrame
from pmo_desktop.ui.methods.outlinetree import OutlineTree
from pmo_desktop.ui.methods.partpages import Version
from pmo_desktop.ui.methods.spots import ADDS, HEAD, Spot, adds_inside

_ALL_FILES = "Documents (*.docx *.xlsx *.pptx *.odt *.ods *.md *.txt *.pdf);;All files (*)"


class ShownDraft(Protocol):
    """What of the editor the deeds need."""

    context: Context
    methodology: str
    version: Version | None
    spot: Spot | None
    tree: OutlineTree
    frame: EditorFrame

    def commit(self) -> None:
        """Write what is still being typed."""

    def read(self) -> None:
        """Show what the file says now."""

    def go_to(self, entity: str, identity: str) -> None:
        """Stand on a part."""

    def deletion(self, spot: Spot) -> str:
        """What deleting a spot would take along."""


class PartDeeds:
    """The deeds of one editor; `menu` is what Add offered last."""

    def __init__(self, shown: ShownDraft) -> None:
        self.shown = shown
        self.templates = TemplateDeeds(self)
        self.menu: QMenu | None = None

    def offer_adding(self) -> None:
        """The kinds of part that can be added here; where there is one, it is added at once."""
        kinds = ADDS[self.shown.spot.entity] if self.shown.spot and self.may_write() else ()
        if len(kinds) == 1:
            self.add(kinds[0])
        elif kinds:
            self.menu = QMenu(self.shown.tree)
            self.menu.setAccessibleName("Add")
            for kind in kinds:
                words = KINDS[kind].one.capitalize() + ("…" if kind == "method_template" else "")
                self.menu.addAction(icon("plus"), f"&{words}", partial(self.add, kind))
            self.menu.setActiveAction(self.menu.actions()[0])
            button = self.shown.frame.add_button
            self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def add_like_this(self) -> None:
        """Add one more of what one stands on."""
        if self.shown.spot and self.may_write() and ADDS[self.shown.spot.entity]:
            self.add(ADDS[self.shown.spot.entity][0])

    def add(self, kind: str) -> None:
        """Add a part where one stands, and type its name at once; a template is chosen as a file."""
        spot = self.shown.spot
        if spot is None or not self.may_write():
            return
        self.shown.commit()
        if kind == "method_template":
            self.templates.add()
            return
        parent, after = self._place(spot, kind)
        values = {KINDS[kind].title: f"New {KINDS[kind].one}"}
        made = self.attempt(lambda: add_part(self.shown.context.store, kind, parent, values, after))
        if made:
            self.shown.go_to(kind, made)
            self.shown.tree.rename()

    def duplicate(self) -> None:
        """Copy the part one stands on with all that stands in it."""
        spot = self.shown.spot
        if spot is None or not self.is_mine(spot):
            return
        if spot.entity == "method_template":
            self.shown.frame.say("A template is copied by saving it and adding the copy.")
            return
        self.shown.commit()
        made = self.attempt(lambda: duplicate_part(self.shown.context.store, spot.entity, spot.id))
        if made:
            self.shown.go_to(spot.entity, made)

    def delete(self) -> None:
        """Delete the part one stands on; what went with it is said, with Undo."""
        spot = self.shown.spot
        if spot is None or not self.is_mine(spot):
            return
        said = self.shown.deletion(spot).removesuffix(".").replace("Delete ", "Deleted ", 1)
        if self.attempt(lambda: delete_part(self.shown.context.store, spot.entity, spot.id)):
            self.shown.read()
            self.tell(said)

    def move_by(self, by: int) -> None:
        """Move the part one stands on up or down."""
        spot = self.shown.spot
        if spot is None or not self.is_mine(spot):
            return
        self.shown.commit()
        if self.attempt(lambda: move_part(self.shown.context.store, spot.entity, spot.id, by)) is None:
            self.shown.frame.say(f"It is the {'first' if by < 0 else 'last'} one already.")
        self.shown.read()

    def rename(self, entity: str, identity: str, title: str) -> None:
        """Give a part another title."""
        self.attempt(lambda: change_part(self.shown.context.store, entity, identity, {KINDS[entity].title: title}))
        self.shown.read()
        self.shown.tree.setFocus()

    def write(self, name: str, value: Any) -> None:
        """Write a field of the part that is shown. Raises Known."""
        if self.shown.spot is None:
            return
        if self.shown.spot.entity == HEAD:
            change_method(self.shown.context.store, self.shown.methodology, {name: value})
        else:
            change_part(self.shown.context.store, self.shown.spot.entity, self.shown.spot.id, {name: value})

    def put_duty(self, concerns: str, role: str, letter: str) -> None:
        """Fill or empty a cell of the RACI table."""
        duty = Duty(letter) if letter else None
        self.attempt(lambda: set_duty(self.shown.context.store, self.shown.methodology, concerns, role, duty))
        self.shown.read()

    def step(self, deed: Callable[..., Any], verb: str) -> None:
        """Undo or redo the newest step of the file."""
        self.shown.commit()
        done = self.attempt(lambda: deed(self.shown.context.store))
        if done:
            self.shown.read()
            self.shown.frame.say(f"{verb}: {done.what.removeprefix('Undo: ').removeprefix('Undo: ')}.")

    def is_mine(self, spot: Spot) -> bool:
        """Whether a spot is a part of a draft; says so where it is not."""
        if not spot.is_part:
            self.shown.frame.say(f"{spot.text} is not a part: go to one of the lines under it.")
            return False
        return self.may_write()

    def may_write(self) -> bool:
        """Whether the version is a draft; says so where it is not."""
        if self.shown.version is not None and self.shown.version.is_draft:
            return True
        self.shown.frame.say("This version is not a draft. Draft the next version first.")
        return False

    def attempt(self, deed: Callable[[], Any]) -> Any:
        """Do it; what cannot be done is said in the editor."""
        self.shown.frame.clear()
        try:
            return deed()
        except Known as known:
            self.shown.frame.refuse(str(known))
        except OSError as error:
            self.shown.frame.refuse(f"The file could not be read or written: {error.strerror}. Choose another place.")
        return None

    def tell(self, said: str) -> None:
        """What was done, with Undo."""
        self.shown.frame.toast.show_message(said, "Undo", partial(self.step, undo, "Undone"))

    def _place(self, spot: Spot, kind: str) -> tuple[str, str | None]:
        """What a new part stands in, and after which sibling."""
        within, at, after = KINDS[kind].within, spot, None
        if within == HEAD:
            return self.shown.methodology, spot.id if spot.entity == kind else None
        if adds_inside(spot.entity, kind):
            return spot.id, None
        while at.entity != within:
            after = at.id if at.entity == kind else after
            over = self.shown.tree.parent_of(at)
            assert over is not None  # noqa: S101  ADDS offers only what the spot stands in somewhere
            at = over
        return at.id, after


class TemplateDeeds:
    """What one does with template documents: put one from a file, put another in its place, take a copy out."""

    def __init__(self, deeds: PartDeeds) -> None:
        self.deeds = deeds

    def add(self) -> None:
        """Keep a file as a template document of the version."""
        shown = self.deeds.shown
        path = self._ask_file("Add a template")
        if path is None:
            return
        made = self.deeds.attempt(
            lambda: put_template(shown.context.store, shown.methodology, path.stem, path.name, path.read_bytes())
        )
        if made:
            shown.go_to("method_template", made)

    def replace(self) -> None:
        """Put another file in the place of the template one stands on."""
        shown = self.deeds.shown
        path = self._ask_file("Replace the template") if shown.spot and self.deeds.may_write() else None
        if path is None or shown.spot is None:
            return
        key = shown.spot.id
        done = self.deeds.attempt(lambda: (replace_template(shown.context.store, key, path.name, path.read_bytes()),))
        if done == (None,):
            shown.frame.say("The file is the same as the one that is kept.")
        elif done:
            shown.read()
            self.deeds.tell(f"{path.name} put in the place of the template")

    def copy_out(self) -> None:
        """Write the template one stands on to a file."""
        shown = self.deeds.shown
        row = shown.version.row("method_template", shown.spot.id) if shown.version and shown.spot else None
        if row is None or shown.version is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(shown.tree, "Save a copy of the template", row["file_name"])
        found = next((each for each in shown.version.method.templates if each.code == row["code"]), None)
        if chosen and found:
            self.deeds.attempt(lambda: _write(Path(chosen), found.content))

    def _ask_file(self, title: str) -> Path | None:
        shown = self.deeds.shown
        chosen, _kind = QFileDialog.getOpenFileName(shown.tree, title, "", _ALL_FILES)
        return Path(chosen) if chosen else None


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(content)
