"""What stands around the editor of a draft: its header, the tools over the outline, messages, and the foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.operations.history import next_steps, redo, undo
from pmo_desktop.operations.methodparts import KINDS
from pmo_desktop.rules.methodcheck import find_faults
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.store.file import Store
from pmo_desktop.ui.banner import BannerStack
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.header import HEIGHT
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.methods.outlinetree import OutlineTree
from pmo_desktop.ui.methods.partpages import Version
from pmo_desktop.ui.methods.spots import ADDS, GUIDANCE, LIFE, TEMPLATES, TERMS, Spot
from pmo_desktop.ui.theme import current_theme
from pmo_desktop.ui.toast import ToastBar

_TREE = 320
_KEYS = (
    "Ctrl+N add   F2 rename   Ctrl+D duplicate   Del delete   Alt+Up and Alt+Down move   F6 other side   Ctrl+Z undo"
)
_READING = "F6 other side   Ctrl+W close"
_ABOUT = {
    LIFE: "Phases follow each other; each brings forth deliverables and ends in a gate with its checklist.",
    GUIDANCE: "Pages of guidance in Markdown, of the whole methodology or of one part of it.",
    TERMS: "The words of the methodology and what they mean here.",
    TEMPLATES: "Documents that deliverables begin from, kept in the portfolio file.",
}


class Hands(Protocol):
    """What the buttons of the frame do."""

    def offer_adding(self) -> None:
        """Offer what can be added here."""

    def add_like_this(self) -> None:
        """Add one more of what one stands on."""

    def duplicate(self) -> None:
        """Copy the part one stands on."""

    def delete(self) -> None:
        """Delete it."""

    def move_by(self, by: int) -> None:
        """Move it up or down."""

    def step(self, deed: Callable[..., Any], verb: str) -> None:
        """Undo or redo."""


class EditorFrame:
    """Lays the window of the editor out."""

    def __init__(
        self, window: QWidget, hands: Hands, life: Callable[[str], object], tree: OutlineTree, pages: QStackedWidget
    ) -> None:
        self.window, self.life = window, life
        self.title, self.fact = ElidedLabel("", "title"), ElidedLabel("", "caption")
        self.undo = IconButton("undo-2", "Undo (Ctrl+Z)", partial(hands.step, undo, "Undone"))
        self.redo = IconButton("redo-2", "Redo (Ctrl+Y)", partial(hands.step, redo, "Redone"))
        self.compare = Button("Compare versions…", "git-compare", slot=partial(life, "compare"))
        self.approve = Button("Approve…", "circle-check", "primary", partial(life, "approve"))
        self.banners, self.toast = BannerStack(), ToastBar(window)
        self.banners.set_gap(12)
        self.add_button = Button("Add", "plus", slot=hands.offer_adding)
        self.add_button.setToolTip("Add a part here (Ctrl+N); one more of the same (Insert)")
        self.tools = {
            "duplicate": IconButton("copy", "Duplicate (Ctrl+D)", hands.duplicate),
            "delete": IconButton("trash-2", "Delete (Del)", hands.delete),
            "up": IconButton("arrow-up", "Move up (Alt+Up)", partial(hands.move_by, -1)),
            "down": IconButton("arrow-down", "Move down (Alt+Down)", partial(hands.move_by, 1)),
        }
        self.kind, self.heading = label("", "caption_quiet"), label("", "title", wrap=True)
        self.group, self.about = QWidget(), label("", "body2", wrap=True)
        self.inside = Button("Add a part", "plus", slot=hands.add_like_this)
        self.foot = ElidedLabel(_KEYS, "caption_quiet")
        self._draft = False
        self._lay_out(tree, pages)

    def show_version(self, version: Version, store: Store) -> None:
        """Which version it is, what it holds, and what stands against approving it."""
        head, method = version.head, version.method
        status, called = head["status"] or "Draft", f"{head['name']} {head['version'] or ''}".strip()
        self._draft = version.is_draft
        self.window.setWindowTitle(f"{called} ({status.lower()})")
        self.title.setText(called)
        counts = [
            count_text(len(version.parts[entity]), KINDS[entity].one, KINDS[entity].many)
            for entity in ("method_phase", "method_gate", "method_deliverable", "method_criterion")
        ]
        faults = find_faults(method) if version.is_draft else ()
        stands = f" · {count_text(len(faults), 'thing stands', 'things stand')} against approval" if faults else ""
        self.fact.setText(f"{status} · {join_words(counts)}{stands}")
        self.approve.setVisible(version.is_draft)
        for button, what in zip((self.undo, self.redo), next_steps(store), strict=True):
            button.setEnabled(what is not None)
        self.add_button.setEnabled(version.is_draft)
        if self.foot.text() in (_KEYS, _READING):
            self.foot.setText(_KEYS if version.is_draft else _READING)
        if version.is_draft:
            self.banners.drop("standing")
        else:
            said = f"{called} is {status.lower()} and stays as it is. Draft the next version first."
            if store.readonly:
                said = f"{store.label} is open read-only. Save a copy to change the methodology."
            deeds = () if store.readonly else (("Draft the next version…", self._draft_next),)
            self.banners.show_banner("standing", "info", said, deeds)

    def show_spot(self, spot: Spot, kind: str, deletion: str) -> None:
        """What one stands on, and which tools serve there."""
        self.kind.setText(kind)
        self.kind.setVisible(bool(kind))
        self.heading.setText(spot.text)
        for button in self.tools.values():
            button.setEnabled(spot.is_part and self._draft)
        self.tools["delete"].setToolTip(f"{deletion.removesuffix('.')} (Del)" if deletion else "Delete (Del)")
        self.add_button.setEnabled(self._draft and bool(ADDS[spot.entity]))

    def show_group(self, spot: Spot) -> None:
        """What a group is for, and its first part."""
        self.about.setText(_ABOUT.get(spot.entity, ""))
        one = KINDS[ADDS[spot.entity][0]].one
        self.inside.setText(f"Add a {one}{'…' if spot.entity == TEMPLATES else ''}")
        self.inside.updateGeometry()
        self.inside.setEnabled(self._draft)

    def say(self, sentence: str) -> None:
        """A sentence in the foot, in the place of the keys, until the next deed."""
        self.foot.setText(sentence)

    def refuse(self, sentence: str) -> None:
        """What cannot be done, over the page."""
        self.banners.show_banner("refused", "err", sentence)

    def clear(self) -> None:
        """Take away what was said about the deed before."""
        self.foot.setText(_KEYS if self._draft else _READING)
        self.banners.drop("refused")

    # ------------------------------------------------------------------ below the counter

    def _draft_next(self) -> None:
        self.life("draft")

    def _lay_out(self, tree: QWidget, pages: QStackedWidget) -> None:
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self.banners)
        column.addWidget(self._halves(tree, pages), 1)
        column.addWidget(self._foot())

    def _header(self) -> QWidget:
        header = Rows("header")
        header.setFixedHeight(current_theme().px(HEIGHT))
        row = QHBoxLayout(header)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.fact, 1)
        for button in (self.undo, self.redo, self.compare, self.approve):
            row.addWidget(button)
        return header

    def _halves(self, tree: QWidget, pages: QStackedWidget) -> QWidget:
        left, right = Rows("side_left"), QWidget()
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 12, 8)
        tools.setSpacing(4)
        tools.addWidget(self.add_button)
        tools.addStretch(1)
        for button in self.tools.values():
            tools.addWidget(button)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(tree, 1)
        heads = QVBoxLayout()
        heads.setContentsMargins(24, 14, 24, 12)
        heads.setSpacing(0)
        heads.addWidget(self.kind)
        heads.addWidget(self.heading)
        pages.addWidget(self._group())
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addLayout(heads)
        side.addWidget(pages, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([current_theme().px(_TREE), 900])
        return halves

    def _group(self) -> QWidget:
        column = QVBoxLayout(self.group)
        column.setContentsMargins(24, 4, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.about)
        column.addWidget(self.inside)
        column.addStretch(1)
        return self.group

    def _foot(self) -> QWidget:
        foot = Rows("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 5, 20, 5)
        row.addWidget(self.foot, 1)
        return foot
