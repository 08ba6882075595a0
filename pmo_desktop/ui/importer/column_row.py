"""One line of the mapping: a column of the workbook, samples of it, the field it goes into and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import ColumnMap, Level, Problem, Treatment
from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.importer.faces import is_derived, shown_headers
from pmo_desktop.ui.importer.repairs import shorten
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.theme import current_theme

NEW, IGNORE = "new", "ignore"
WIDTHS = (232, 340, 16, 250)  # header, samples, arrow, field; the match takes the rest
_SURE, _LIKELY = 0.9, 0.5
_MOST_VALUES = 6
_CONTENTS = {
    Kind.DATE: "dates",
    Kind.MONTH: "months",
    Kind.MONEY: "money",
    Kind.NUMBER: "numbers",
    Kind.PERCENT: "percentages",
    Kind.YESNO: "yes or no",
    Kind.RAG: "ratings",
    Kind.CODE: "codes",
}
_MAPPED_BY_WORD = (Kind.RAG, Kind.CHOICE, Kind.YESNO)


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column can become: a field's name, `new` or `ignore`, and its words."""

    name: str
    words: str


class ColumnRow(Rows):
    """Takes the person's choices; `chosen` carries header and target, `mapped` field, text and value."""

    chosen = Signal(str, str)
    mapped = Signal(str, str, str)

    def __init__(
        self, header: str, targets: Callable[[ColumnMap], list[Target]], parent: QWidget | None = None
    ) -> None:
        super().__init__("mapping_row", parent)
        self.header = header
        self._targets = targets
        self.column: ColumnMap | None = None
        self.title = ElidedLabel("", "medium")
        self.samples = ElidedLabel("", "caption")
        self.target = LazyCombo(self._fill)
        self.mark = MatchMark()
        self.why = ElidedLabel("", "caption")
        self._values = QVBoxLayout()
        self._values.setSpacing(6)
        self._lay_out()
        self.target.activated.connect(self._take)

    def show_column(self, column: ColumnMap, problems: Sequence[Problem], choices: Sequence[str]) -> None:
        """Show what becomes of the column, and the words in it that are not known yet."""
        self.column = column
        self.title.setText(shown_headers(column))
        self.samples.setText(", ".join(shorten(each, 40) for each in column.samples) or "(empty)")
        self.target.show_only(target_words(column), _key(column))
        self.target.setAccessibleName(f"Field for {shown_headers(column)}")
        self.target.setEnabled(not is_derived(column))
        mark, words = match_words(column)
        self.mark.show_share(mark)
        self.why.setText(words)
        self.why.setAccessibleName(words)
        self._show_values(column, problems, choices)

    def _show_values(self, column: ColumnMap, problems: Sequence[Problem], choices: Sequence[str]) -> None:
        while (item := self._values.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if column.kind not in _MAPPED_BY_WORD or not choices:
            return
        unknown = Counter(each.text for each in problems if each.level is not Level.NOTE and each.text)
        for text, count in unknown.most_common(_MOST_VALUES):
            row = ValueRow(text, count, choices)
            row.chosen.connect(partial(self.mapped.emit, column.field or "", text))
            self._values.addWidget(row)

    def _fill(self) -> list[Target]:
        return self._targets(self.column) if self.column is not None else []

    def _take(self) -> None:
        name = self.target.currentData()
        if self.column is not None and name and name != _key(self.column):
            self.chosen.emit(self.header, name)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for part, width in zip((self.title, self.samples), WIDTHS, strict=False):
            part.setFixedWidth(width)
            line.addWidget(part)
        line.addWidget(Mark("arrow-right", "text3", WIDTHS[2]))
        self.target.setFixedWidth(WIDTHS[3])
        line.addWidget(self.target)
        line.addWidget(self.mark)
        line.addWidget(self.why, 1)
        values = QHBoxLayout()
        values.setContentsMargins(sum(WIDTHS[:3]) + 36, 0, 0, 0)
        values.addLayout(self._values)
        values.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 7, 16, 7)
        box.setSpacing(6)
        box.addLayout(line)
        box.addLayout(values)


class ValueRow(QWidget):
    """A word of the workbook that is not known, and a list to say what it means."""

    chosen = Signal(str)

    def __init__(self, text: str, count: int, choices: Sequence[str]) -> None:
        super().__init__()
        self.choice = QComboBox()
        self.choice.addItem("Keep as text", "")
        for each in choices:
            self.choice.addItem(each, each)
        self.choice.setAccessibleName(f"What {text} means")
        self.choice.activated.connect(self._take)
        self.choice.installEventFilter(_WHEEL)
        times = f"“{shorten(text, 40)}”" + (f", {count:,} times" if count > 1 else "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(times, "caption_warn"))
        row.addWidget(Mark("arrow-right", "text3", 14))
        row.addWidget(self.choice)

    def _take(self) -> None:
        if value := self.choice.currentData():
            self.chosen.emit(value)


class LazyCombo(QComboBox):
    """A list that is filled when it is first wanted: a wide workbook has hundreds of them."""

    def __init__(self, fill: Callable[[], list[Target]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self._filled = False
        self.setMaxVisibleItems(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_WHEEL)

    def show_only(self, words: str, key: str) -> None:
        """Show one item; the others come when somebody looks for them."""
        self._filled = False
        self.clear()
        self.addItem(words, key)

    def fill(self) -> None:
        """Put every choice in, the present one chosen."""
        if self._filled:
            return
        self._filled = True
        key = self.currentData()
        self.clear()
        for target in self._fill():
            self.addItem(target.words, target.name)
        self.setCurrentIndex(max(0, self.findData(key)))

    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        super().keyPressEvent(event)


class _NoWheel(QObject):
    """A wheel over a list must scroll the page and not change an answer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


_WHEEL = _NoWheel()


class MatchMark(QWidget):
    """A ring that is full, half full or empty; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedSize(14, 14)

    def show_share(self, share: float) -> None:
        """Fill it so far."""
        self.share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, then its filling from the left."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(2, 2, -2, -2)
        painter.setPen(QPen(theme.color("accent" if self.share else "border_strong"), 1.4))
        painter.drawEllipse(box)
        painter.setBrush(theme.color("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(box, 90 * 16, round(360 * 16 * self.share))


def target_words(column: ColumnMap) -> str:
    """What becomes of a column, in words."""
    if column.treatment is Treatment.FIELD:
        return column.label
    return f"New field: {column.label}" if column.treatment is Treatment.NEW else "Leave out"


def match_words(column: ColumnMap) -> tuple[float, str]:
    """How full the mark is (0, half or 1), the fuller the surer the match; and why."""
    if column.treatment is Treatment.IGNORED:
        return 0.0, column.why or "left out"
    if column.treatment is Treatment.NEW:
        return 0.0, f"no field is called so; kept as {_CONTENTS.get(column.kind or Kind.TEXT, 'words')}"
    mark = 1.0 if column.confidence >= _SURE else 0.5 if column.confidence >= _LIKELY else 0.0
    exact = "exact name" if column.confidence >= _SURE else "exact name, but some cells do not fit"
    why = exact if column.why == "its header" else column.why
    return mark, "; ".join(part for part in (why, _reading_words(column)) if part)


def _reading_words(column: ColumnMap) -> str:
    if column.kind is Kind.DATE and column.day_first is not None:
        return "day/month/year" if column.day_first else "month/day/year"
    units = {"k": "in thousands", "m": "in millions", "bn": "in billions"}
    return units.get(column.unit, "") if column.kind is Kind.MONEY else ""


def _key(column: ColumnMap) -> str:
    if column.treatment is Treatment.FIELD:
        return column.field or ""
    return NEW if column.treatment is Treatment.NEW else IGNORE
