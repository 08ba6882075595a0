"""The first page: bring in a register, start empty or explore the sample; and the portfolios opened last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.theme import current_theme

_CARD, _WIDEST_CARD = 300, 350  # three of the widest fill the smallest window
_CARDS = (
    (
        "file.import",
        "file-spreadsheet",
        "Bring in an Excel register",
        "Map your columns, see every change and problem before anything is written, undo in one step.",
        "Choose workbook…",
        "About 5 minutes",
    ),
    (
        "file.new",
        "plus",
        "Start empty",
        "Set up your organisation, people and projects as you go. A short checklist guides you.",
        "Create portfolio…",
        "About 10 minutes",
    ),
    (
        "file.sample",
        "map",
        "Explore the sample",
        "Invented projects, milestones and reports, and a full steering pack. Nothing to set up.",
        "Open sample",
        "No set-up",
    ),
)


class FirstRun(QScrollArea):
    """Shown while no portfolio is open; `asked` carries a command, `opening` the path of a recent file."""

    asked = Signal(str)
    opening = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[tuple[Path, datetime | None]] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent = QVBoxLayout()
        self.relayout()

    def relayout(self) -> None:
        """Build the page anew in the sizes of the theme."""
        page = Rows("desk")
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 40, 32, 24)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        column.addWidget(label("Start your portfolio", "display"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        words = "Everything stays in one file on this computer. You can change course later."
        column.addWidget(label(words, "body2"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(32)
        column.addLayout(self._cards())
        column.addSpacing(36)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(8)
        frame = QWidget()
        frame.setLayout(self._recent)
        frame.setFixedWidth(card_width() * 3 + 40)
        column.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(5)
        drop = "Or drop a .pmo file or a workbook anywhere in this window"
        column.addWidget(label(drop, "caption"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(page)
        self.show_recent(self._files)

    def show_recent(self, files: list[tuple[Path, datetime | None]]) -> None:
        """List the portfolios opened last."""
        self._files = files
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not files:
            return
        self._recent.addWidget(label("Recent", "strong"))
        for path, opened in files[:5]:
            row = RecentFile(path, opened)
            row.clicked.connect(lambda _checked=False, path=path: self.opening.emit(path))
            self._recent.addWidget(row)

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addStretch(1)
        for position, (command, icon, title, words, button, time) in enumerate(_CARDS):
            slot = self._asker(command)
            row.addWidget(_card(icon, title, words, button, time, slot, primary=position == 0))
        row.addStretch(1)
        return row

    def _asker(self, command: str) -> Callable[[], None]:
        return lambda: self.asked.emit(command)


def _card(
    icon: str, title: str, words: str, button: str, time: str, slot: Callable[[], None], *, primary: bool
) -> QFrame:
    card = Rows("card_primary" if primary else "card")
    card.setFixedWidth(card_width())
    card.setMinimumHeight(current_theme().px(250))
    column = QVBoxLayout(card)
    margin = 19 if primary else 20  # its border is one pixel wider
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(0)
    column.addWidget(IconTile(icon))
    column.addSpacing(16)
    column.addWidget(label(title, "subtitle"))
    column.addSpacing(6)
    column.addWidget(label(words, "body2", wrap=True))
    column.addStretch(1)
    foot = QHBoxLayout()
    act = Button(button, kind="primary" if primary else "secondary", slot=slot)
    act.setMinimumWidth(current_theme().px(150))
    act.setFixedHeight(current_theme().px(34))
    foot.addWidget(act)
    foot.addStretch(1)
    lasts = label(time, "caption")
    lasts.ensurePolished()
    if act.sizeHint().width() + 8 + lasts.sizeHint().width() <= card.maximumWidth() - 2 * margin:
        foot.addWidget(lasts)  # with large letters the button alone fills the foot
    column.addLayout(foot)
    return card


def card_width() -> int:
    """The width of a card at the present text size."""
    return min(current_theme().px(_CARD), _WIDEST_CARD)


class IconTile(QWidget):
    """An icon on a tinted square."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square, then the icon in its middle."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_tint"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.drawPixmap(11, 11, icon_pixmap(self._icon, "accent_text", 18, self.devicePixelRatioF()))


class RecentFile(QAbstractButton):
    """A portfolio opened before: its name, its folder, when."""

    def __init__(self, path: Path, opened: datetime | None) -> None:
        super().__init__()
        self._name, self._folder = path.name, str(path.parent)
        self._when = when_words(opened) if opened else ""
        self.setAccessibleName(f"Open {self._name} in {self._folder}, opened {self._when}")
        self.setToolTip(str(path))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """One line with room around it."""
        return QSize(300, current_theme().px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name, folder, time."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
        painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)
        side = theme.px(16)
        middle = (self.height() - side) // 2
        painter.drawPixmap(16, middle, icon_pixmap("database", "text2", side, self.devicePixelRatioF()))
        line = self.rect().adjusted(44, 0, -16, 0)
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, 240)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._when)
        folder = line.adjusted(256, 0, -130, 0)
        shown = painter.fontMetrics().elidedText(self._folder, Qt.TextElideMode.ElideMiddle, folder.width())
        painter.drawText(folder, Qt.AlignmentFlag.AlignVCenter, shown)


def when_words(moment: datetime) -> str:
    """A moment as people say it: `Today 09:12`, else the day."""
    here = moment.astimezone()
    if here.date() == datetime.now().astimezone().date():
        return f"Today {here:%H:%M}"
    return day_words(here.date())


def day_words(day: date) -> str:
    """A day in a sentence: 9 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


class _Logo(QWidget):
    """The mark of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three layers on the accent."""
        paint_logo(QPainter(self), 48, self.devicePixelRatioF())


def paint_logo(painter: QPainter, side: int, ratio: float) -> None:
    """The program's mark, `side` pixels square."""
    theme = current_theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(0, 0, side, side, side / 6, side / 6)
    inner = round(side * 0.58)
    at = (side - inner) // 2
    painter.drawPixmap(at, at, icon_pixmap("layers", "on_accent", inner, ratio))
