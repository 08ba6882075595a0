"""The foot of the wizard: what is true now, or how far work has come, and the buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.theme import current_theme

_HEIGHT = 54
_PROGRESS_AFTER_MS = 300


class Foot(Rows):
    """Save problem list, Back, and the primary button; the sentence gives way to the progress of long work."""

    def __init__(self, cancel: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("footer", parent)
        self.setFixedHeight(current_theme().px(_HEIGHT))
        self.shield = Mark("shield-check", "text2", 18)
        self.alert = Mark("circle-alert", "err_fg", 18)
        self.sentence = ElidedLabel("", "body2")
        self.what = label("", "body2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName("Progress")
        self.cancel = Button("Cancel", kind="link", slot=cancel)
        self.save = Button("Save problem list", "download")
        self.back = Button("Back")
        self.back.setToolTip("Back (Alt+B)")
        self.next = Button("", kind="primary")
        self.next.setToolTip("Ctrl+Enter")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignVCenter
        for mark in (self.shield, self.alert):
            row.addWidget(mark, 0, middle)
        row.addWidget(self.sentence, 1)
        for part in (self.what, self.bar, self.cancel):
            row.addWidget(part, 0, middle)
        row.addSpacing(12)
        for button in (self.save, self.back, self.next):
            row.addWidget(button)
        self._working = ""
        self._delay = QTimer(self, singleShot=True, interval=_PROGRESS_AFTER_MS)
        self._delay.timeout.connect(self._show_progress)
        self._show_working(False)
        self.say("")

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """A sentence at the left; with `warn`, why the next step has to wait."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.shield.setVisible(bool(sentence) and not warn)
        self.alert.setVisible(warn)

    def show_work(self, what: str) -> None:
        """Work has begun, or is over when the words are empty; nothing is shown in its first moments."""
        self._working = what
        self.what.setText(what)
        self.bar.setRange(0, 0)
        if what:
            self._delay.start()
        else:
            self._delay.stop()
            self._show_working(False)

    def advance(self, done: int, of: int, what: str) -> None:
        """So much is done; of nothing known, only that it goes on."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.what.setText(f"{what or self._working}: {done:,} of {of:,}" if of else what or self._working)

    def _show_progress(self) -> None:
        self._show_working(bool(self._working))

    def _show_working(self, shown: bool) -> None:
        for part in (self.what, self.bar, self.cancel):
            part.setVisible(shown)
