"""The status bar: counts and selection, work under way, whether all is saved, the file, the data date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.theme import current_theme

HEIGHT = 26
_PROGRESS_AFTER_MS = 1000
_SENTENCE_MS = 10_000


class StatusBar(Rows):
    """The foot of the window. A sentence said to the person takes the place of the counts for ten seconds."""

    def __init__(
        self, cancel: Callable[[], object], pick_date: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("statusbar", parent)
        self.setAccessibleName("Status bar")
        self.counts = Facts()
        self.work = WorkLine(cancel)
        self.saved = label("", "caption_strong")
        self.file = label("", "caption")
        self.date = Button("", kind="quiet", slot=pick_date)
        self.date.setAccessibleName("Data date")
        self.date.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(18)
        row.addWidget(self.counts, 1)
        row.addWidget(self.work)
        row.addWidget(self.saved)
        row.addWidget(self.file)
        row.addWidget(self.date)
        self._facts = ""
        self._quiet = QTimer(self, singleShot=True, interval=_SENTENCE_MS)
        self._quiet.timeout.connect(self._show_facts)
        self.relayout()

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        self.setFixedHeight(current_theme().px(HEIGHT))

    def show_facts(self, text: str) -> None:
        """Counts and sums of the pane, parted by ` | `."""
        self._facts = text
        if not self._quiet.isActive():
            self._show_facts()

    def say(self, sentence: str) -> None:
        """Tell the person something that needs no answer; an empty sentence gives way to the counts."""
        if not sentence:
            self._quiet.stop()
            self._show_facts()
            return
        self.counts.setText(sentence)
        self.counts.setAccessibleName(sentence)
        self._quiet.start()

    def show_file(self, saved: str, file: str, date: str) -> None:
        """The right-hand side: empty texts while no portfolio is open."""
        self.saved.setText(saved)
        self.file.setText(file)
        self.date.setText(date)
        self.date.setVisible(bool(date))
        self.date.setToolTip("The day lateness is judged by. Click to change it")
        self.date.setAccessibleName(f"{date}. Change it")

    def _show_facts(self) -> None:
        self.counts.setText(self._facts)
        self.counts.setAccessibleName(self._facts.replace("|", ","))


class Facts(QWidget):
    """Short texts in a row, parted by thin upright lines; those that do not fit are left out, never cut."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def setText(self, text: str) -> None:
        """Show texts parted by ` | `."""
        self._text = text
        self.setToolTip("")
        self.update()

    def text(self) -> str:
        """What is shown."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Text, line, text."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        left, middle = 0, self.height() // 2
        for part in filter(None, (each.strip() for each in self._text.split("|"))):
            width = painter.fontMetrics().horizontalAdvance(part)
            if left and left + 21 + width > self.width():
                self.setToolTip(self._text)
                return
            if left:
                painter.setPen(theme.color("border"))
                painter.drawLine(left + 10, middle - 7, left + 10, middle + 7)
                left += 21
            painter.setPen(theme.color("text2"))
            shown = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, self.width() - left)
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            if shown != part:
                self.setToolTip(self._text)
            left += width


class WorkLine(QWidget):
    """A progress line that appears after a second: what, how far, how much longer, and Cancel."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.what = label("", "caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName("Progress")
        self.left = label("", "caption_quiet")
        self.cancel = Button("Cancel", kind="link", slot=cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.what, self.bar, self.left, self.cancel):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()
        self._clock = QElapsedTimer()
        self._delay = QTimer(self, singleShot=True, interval=_PROGRESS_AFTER_MS)
        self._delay.timeout.connect(self.show)

    def start(self, what: str) -> None:
        """Work has begun; nothing is shown in its first second."""
        self.what.setText(what)
        self.left.setText("")
        self.bar.setRange(0, 0)
        self._clock.start()
        self._delay.start()

    def advance(self, done: int, of: int, what: str) -> None:
        """So much is done; of nothing known, only that it goes on."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        counted = f"{what or 'Step'} {done:,} of {of:,}" if of else what
        self.left.setText(f"{counted}, {_time_left(self._clock.elapsed(), done, of)}" if done else counted)

    def end(self) -> None:
        """Work is over."""
        self._delay.stop()
        self.hide()


def _time_left(elapsed_ms: int, done: int, of: int) -> str:
    """How much longer at the pace so far, in words."""
    seconds = elapsed_ms / done * (of - done) / 1000
    if seconds < 1.5:
        return "about 1 s left"
    return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} min left"
