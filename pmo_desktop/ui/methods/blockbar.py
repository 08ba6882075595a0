"""The readiness of a gate as a row of blocks, one a criterion, the met ones first; and its legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.rules.gates import Tally
from pmo_desktop.ui.marks import MARGIN, rag_mark
from pmo_desktop.ui.theme import Theme

_MOST_BLOCKS = 24  # more are drawn as stretches
KINDS = (("G", "met"), ("A", "partly"), ("R", "not met"), ("-", "open"))


def counts_of(tally: Tally) -> tuple[int, int, int, int]:
    """Met, partly met, not met and not answered; what does not apply is not counted."""
    return tally.met, tally.partly, tally.not_met, tally.not_answered


class BlockBar(QWidget):
    """Blocks in the colours of the status marks; which is which stands in the legend below by shape and word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.counts: tuple[int, int, int, int] = (0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: tuple[int, int, int, int]) -> None:
        """Show other counts."""
        self.counts = counts
        words = [f"{count} {word}" for count, (_, word) in zip(counts, KINDS, strict=True) if count]
        self.setAccessibleName(", ".join(words) or "No criteria")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(self.counts)
        if not total:
            return
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        blocks = total <= _MOST_BLOCKS
        pieces = [1 for _ in range(total)] if blocks else [count for count in self.counts if count]
        kinds = [mark for count, (mark, _) in zip(self.counts, KINDS, strict=True) for _ in range(count)]
        if not blocks:
            kinds = list(dict.fromkeys(kinds))
        gap = theme.px(3)
        unit = (self.width() - gap * (len(pieces) - 1)) / sum(pieces)
        x = 0.0
        for size, mark in zip(pieces, kinds, strict=True):
            rect = QRectF(x + 0.5, 0.5, max(2.0, unit * size - 1), self.height() - 1)
            fill, line = self._colours(mark)
            painter.setPen(QPen(line, 1))
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, 2, 2)
            x += unit * size + gap

    def _colours(self, mark: str) -> tuple[QColor, QColor]:
        if mark == "-":
            return self.theme.color("surface"), self.theme.color("border_strong")
        colours = self.theme.rag(mark)
        return colours.fill, colours.line


class Legend(QWidget):
    """The counts by mark and word; kinds that do not occur are left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.counts: Sequence[int] = (0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show other counts."""
        self.counts = counts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setFont(theme.font("caption"))
        side, x, ratio = theme.px(11), 0, self.devicePixelRatioF()
        for count, (mark, word) in zip(self.counts, KINDS, strict=True):
            if not count:
                continue
            picture = rag_mark(theme, "N" if mark == "-" else mark, side, ratio)
            painter.drawPixmap(x - MARGIN + 1, (self.height() - side) // 2 - MARGIN, picture)
            painter.setPen(theme.color("text2"))
            words = f"{count:,} {word}"
            x += side + theme.px(6)
            painter.drawText(QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += painter.fontMetrics().horizontalAdvance(words) + theme.px(12)
