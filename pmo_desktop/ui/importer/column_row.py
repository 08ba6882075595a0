"""One line of the mapping: a column of the workbook, samples of it, the field it goes into and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import Blank, ColumnMap, Treatment
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.scales import scale_words
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.importer.calm_combo import CalmCombo, LazyCombo, Target
from pmo_desktop.ui.importer.faces import is_derived, shown_headers
from pmo_desktop.ui.importer.repairs import shorten
from pmo_desktop.ui.importer.value_rows import ValueRows
from pmo_desktop.ui.label import ElidedLabel, Rows
from pmo_desktop.ui.theme import current_theme

NEW, IGNORE = "new", "ignore"
WIDTHS = (220, 264, 16, 240, 150)  # header, samples, arrow, field, blank cells; the match takes the rest
BLANKS = {Blank.KEEP: "Keep the value", Blank.CLEAR: "Clear the value"}
_SURE, _LIKELY = 0.9, 0.5
_CONTENTS = {
    Kind.DATE: "dates",
    Kind.MONTH: "months",
    Kind.MONEY: "money",
    Kind.NUMBER: "numbers",
    Kind.PERCENT: "percentages",
    Kind.YESNO: "yes or no",
    Kind.POINT: "points of a scale",
    Kind.RAG: "ratings",
    Kind.CODE: "codes",
}


class ColumnRow(Rows):
    """Takes the person's choices.

    `chosen` carries header and target, `mapped` field, text and value, `emptied` header and what its blank cells say.
    """

    chosen = Signal(str, str)
    mapped = Signal(str, str, str)
    emptied = Signal(str, object)

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
        self.values = ValueRows()
        self.values.mapped.connect(self._map)
        self.blank = CalmCombo()
        for each, words in BLANKS.items():
            self.blank.addItem(words, each)
        self.blank.setToolTip("Whether a blank cell keeps the value that is there, or says that there is none")
        self.blank.activated.connect(lambda _at: self.emptied.emit(self.header, self.blank.currentData()))
        self._lay_out()
        self.target.activated.connect(self._take)

    def show_column(self, column: ColumnMap, choices: Sequence[str]) -> None:
        """Show what becomes of the column, and what the words in it mean."""
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
        self.blank.setAccessibleName(f"Blank cells of {shown_headers(column)}")
        self.values.show_values(column.values, choices)

    def show_blank(self, blank: Blank) -> None:
        """Show what a blank cell of the column says; without a field of its own there is nothing to say."""
        column = self.column
        has_field = column is not None and column.treatment is Treatment.FIELD and not is_derived(column)
        self.blank.setVisible(has_field)
        self.blank.setCurrentIndex(list(BLANKS).index(blank))

    def _fill(self) -> list[Target]:
        return self._targets(self.column) if self.column is not None else []

    def _take(self) -> None:
        name = self.target.currentData()
        if self.column is not None and name and name != _key(self.column):
            self.chosen.emit(self.header, name)

    def _map(self, text: str, value: str) -> None:
        if self.column is not None and self.column.field:
            self.mapped.emit(self.column.field, text, value)

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
        holder = QWidget()  # the room stays where the list is hidden
        holder.setFixedWidth(WIDTHS[4])
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.blank)
        line.addWidget(holder)
        line.addWidget(self.mark)
        line.addWidget(self.why, 1)
        values = QHBoxLayout()
        values.setContentsMargins(sum(WIDTHS[:3]) + 36, 0, 0, 0)
        values.addWidget(self.values)
        values.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 7, 16, 7)
        box.setSpacing(6)
        box.addLayout(line)
        box.addLayout(values)


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
    if column.treatment is Treatment.CHECKED:
        return "Checked, not written"
    return f"New field: {column.label}" if column.treatment is Treatment.NEW else "Leave out"


def match_words(column: ColumnMap) -> tuple[float, str]:
    """How full the mark is (0, half or 1), the fuller the surer the match; and why."""
    if column.treatment is Treatment.CHECKED:
        return 1.0, column.why
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
    if column.kind is Kind.POINT and column.scale:
        return f"read as {scale_words(column.scale)}"
    units = {"k": "in thousands", "m": "in millions", "bn": "in billions"}
    return units.get(column.unit, "") if column.kind is Kind.MONEY else ""


def _key(column: ColumnMap) -> str:
    if column.treatment is Treatment.FIELD:
        return column.field or ""
    return NEW if column.treatment is Treatment.NEW else IGNORE
