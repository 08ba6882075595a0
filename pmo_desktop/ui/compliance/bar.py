"""The toolbar of the heat map: grouping, methodology, what is not met only, and the key to the marks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from pmo_desktop.figures.compliance import STATES, Grouping
from pmo_desktop.rules.compliance import Met
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.compliance.ink import draw_state, write
from pmo_desktop.ui.compliance.sheet import HeatSheet
from pmo_desktop.ui.grid.ink import Face
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.theme import Theme, current_theme

ALL_METHODS = ""
_HEIGHT = 42
_COUNTED, _WORDS, _MARKS = range(3)  # how much the key says


class ComplianceBar(Rows):
    """`arranged` says that the same facts are shown in another way, `read_asked` that other facts are asked for."""

    arranged = Signal()
    read_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("toolbar")
        self.grouping: Grouping | None = Grouping.PROGRAMME
        self.groups = QComboBox()
        self.groups.setAccessibleName("Group by")
        self.groups.addItem("Not grouped", None)
        for each in Grouping:
            self.groups.addItem(f"By {each}", each)
        self.groups.setCurrentIndex(self.groups.findData(self.grouping))
        self.methods = QComboBox()
        self.methods.setAccessibleName("Methodology")
        self.methods.setMaxVisibleItems(20)
        self.methods.addItem("All methodologies", ALL_METHODS)
        self.missing = QCheckBox("Not met only")
        self.key = StateKey()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.groups)
        row.addWidget(self.methods)
        row.addWidget(self.missing)
        row.addStretch(1)
        row.addWidget(self.key)
        self.groups.currentIndexChanged.connect(lambda _at: self._group())
        self.methods.currentIndexChanged.connect(lambda _at: self.read_asked.emit())
        self.missing.toggled.connect(lambda _on: self.arranged.emit())
        self.setFocusProxy(self.groups)
        theme.changed.connect(self.relayout)
        self.relayout()

    @property
    def only_missing(self) -> bool:
        """Whether only what is not met is shown."""
        return self.missing.isChecked()

    @property
    def methodology(self) -> str | None:
        """The id of the version that is looked at; None for all."""
        return str(self.methods.currentData()) or None

    def choose_method(self, methodology: str) -> None:
        """Look at one version, or at ALL_METHODS."""
        self.methods.setCurrentIndex(max(0, self.methods.findData(methodology)))

    def show_methods(self, store: Store) -> None:
        """Offer the versions that some project follows; the chosen one stays."""
        followed = {row["methodology"] for row in read_rows(store, "project")} - {None}
        rows = read_rows(store, "methodology", sorted(followed)) if followed else []
        offered = sorted((f"{row['name']} {row['version'] or ''}".strip(), row["id"]) for row in rows)
        now = self.methods.currentData()
        with QSignalBlocker(self.methods):
            self.methods.clear()
            self.methods.addItem("All methodologies", ALL_METHODS)
            for words, identity in offered:
                self.methods.addItem(words, identity)
            self.methods.setCurrentIndex(max(0, self.methods.findData(now)))
        self.methods.setVisible(bool(offered))

    def show_counts(self, sheet: HeatSheet) -> None:
        """How often each state is on screen."""
        self.key.show_counts({state: sheet.count(state) for state in STATES})

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        self.setFixedHeight(current_theme().px(_HEIGHT))
        self.groups.setFixedWidth(current_theme().px(136))
        self.methods.setFixedWidth(current_theme().px(176))

    def _group(self) -> None:
        chosen = self.groups.currentData()
        self.grouping = Grouping(chosen) if chosen else None
        self.arranged.emit()


class StateKey(QWidget):
    """The marks with their words and counts; when room is short the counts go first, then the words."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Mapping[Met, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Key")

    def show_counts(self, counts: Mapping[Met, int]) -> None:
        """Show other counts."""
        self.counts = counts
        listed = ", ".join(f"{count:,} {state.lower()}" for state, count in counts.items())
        self.setAccessibleName(f"Key: {listed}")
        self.setToolTip(listed)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width(_COUNTED), current_theme().px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(_MARKS), current_theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face, px = Face(theme.font("caption")), theme.px
        said = next((each for each in (_COUNTED, _WORDS) if self.width() >= self._width(each)), _MARKS)
        x = self.width() - self._width(said)
        for state in self.counts:
            draw_state(painter, theme, state, QPointF(x + px(8), self.height() / 2), 14)
            words = self._words(state, said)
            box = QRect(x + px(20), 0, round(face.width(words)) + 2, self.height())
            write(painter, box, words, face, theme.color("text2"))
            x += self._step(words, face)
        painter.end()

    def _width(self, said: int) -> int:
        face = Face(current_theme().font("caption"))
        return sum(self._step(self._words(state, said), face) for state in self.counts)

    def _step(self, words: str, face: Face) -> int:
        return current_theme().px(34 if words else 22) + round(face.width(words))

    def _words(self, state: Met, said: int) -> str:
        if said == _MARKS:
            return ""
        counted = said == _COUNTED and state is not Met.NOT_REQUIRED
        return f"{state} {self.counts[state]:,}" if counted else str(state)
