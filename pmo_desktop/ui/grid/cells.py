"""Painters of record cells, one per look; a cell's background and frame are the delegate's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from pmo_desktop.rules.rating import rate_share
from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.grid.ink import PADDING, TOO_NARROW, Face, Ink
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.kinds import DASH
from pmo_desktop.ui.marks import GATE_STEP, MARGIN, gate_mark, rag_mark, trend_mark, variance_mark
from pmo_desktop.ui.theme import band_colors

RAG_SIZE = 18
_TREND_SIZE = 14
_FOUR_WEEKS = 28


class Cell:
    """What a painter is given; one object is used again for every cell of a paint event."""

    __slots__ = ("_colour", "_face", "column", "ink", "kept", "painter", "ratio", "record", "rect", "text", "words")
    rect: QRect
    record: Record
    column: Column
    text: str
    kept: str  # the text an import kept for an empty cell

    def __init__(self, ink: Ink) -> None:
        self.ink = ink

    def begin(self, painter: QPainter, ratio: float, words: tuple[str, ...]) -> None:
        """Start a paint event: the pixel ratio of the screen, and the words looked for, to be marked."""
        self.painter = painter
        self.ratio = ratio
        self.words = words
        self.forget_state()

    def forget_state(self) -> None:
        """Somebody else has set the painter's font or pen."""
        self._face: Face | None = None
        self._colour: QColor | None = None

    def use(self, face: Face, colour: QColor) -> None:
        """Set the painter's font and pen unless they are set already: that costs as much as a word."""
        if face is not self._face:
            self._face = face
            self.painter.setFont(face.font)
        if colour is not self._colour:
            self._colour = colour
            self.painter.setPen(colour)

    @property
    def room(self) -> int:
        """The width left for content."""
        return self.rect.width() - 2 * PADDING


def paint_text(cell: Cell) -> None:
    """Words in the main colour: left, or right for numbers, which are never shortened."""
    face = cell.ink.name if cell.column.strong else cell.ink.body
    draw_words(cell, face, cell.ink.color("text"))


def paint_quiet(cell: Cell) -> None:
    """Words of second importance, such as a manager's name."""
    draw_words(cell, cell.ink.body, cell.ink.color("text2"))


def paint_code(cell: Cell) -> None:
    """A reference, shortened in its middle."""
    draw_words(cell, cell.ink.caption, cell.ink.color("text3"), middle=True)


def paint_rag(cell: Cell) -> None:
    """The mark of a rating, and the trend beside it."""
    size = cell.ink.theme.px(RAG_SIZE)
    code = cell.record.row.get(cell.column.name)
    left, middle = cell.rect.left() + PADDING, cell.rect.center().y() + 1
    mark = rag_mark(cell.ink.theme, code, size, cell.ratio)
    cell.painter.drawPixmap(left + 1 - MARGIN, middle - size // 2 - MARGIN, mark)
    trend = trend_mark(cell.ink.theme, _beside(cell), cell.ink.theme.px(_TREND_SIZE), cell.ratio)
    if trend is not None and cell.rect.width() >= PADDING + size + 30:
        cell.painter.drawPixmap(left + size + 8, middle - cell.ink.theme.px(_TREND_SIZE) // 2, trend)


def paint_gates(cell: Cell) -> None:
    """The gate track; with too little room, how many of how many are passed."""
    track = cell.record.row.get(cell.column.name) or ()
    if not track:
        paint_empty(cell)
        return
    if len(track) * GATE_STEP > cell.room:
        passed = sum(stop.state == "passed" for stop in track)
        draw_words(cell, cell.ink.caption, cell.ink.color("text2"), text=f"{passed} of {len(track)}")
        return
    height = cell.ink.theme.px(14)
    mark = gate_mark(cell.ink.theme, tuple(str(stop.state) for stop in track), height, cell.ratio)
    cell.painter.drawPixmap(cell.rect.left() + PADDING - 1, cell.rect.center().y() + 1 - height // 2, mark)


def paint_slip(cell: Cell) -> None:
    """Slip in weeks: late in amber or red as its share of the duration says, early in green."""
    days = cell.record.row.get("slip_days")
    weeks = cell.text not in ("", "0")
    tone = "" if days is None or not weeks else "G" if days < 0 else _late_tone(cell, days)
    face = cell.ink.strong if tone and abs(days or 0) > 10 else cell.ink.body
    draw_words(cell, face, cell.ink.theme.rag(tone).text if tone else cell.ink.color("text2"))


def paint_variance(cell: Cell) -> None:
    """A bar on a zero line and the percentage beside it, in colour from four percent on."""
    percent = cell.record.row.get("variance_pct")
    if percent is None:
        paint_empty(cell)
        return
    rating = str(rate_share(percent) or "")
    tone = "G" if percent < -0.05 else rating if percent > 0.05 else ""
    height = cell.ink.theme.px(16)
    mark = variance_mark(cell.ink.theme, percent, "A" if tone == "G" and percent > 0 else tone, height, cell.ratio)
    if cell.room >= 20 + cell.ink.body.width(cell.text):
        cell.painter.drawPixmap(cell.rect.left() + PADDING - 6, cell.rect.center().y() + 1 - height // 2, mark)
    loud = rating in ("A", "R")
    draw_words(cell, cell.ink.body, cell.ink.theme.rag(rating).text if loud else cell.ink.color("text"))


def paint_report(cell: Cell) -> None:
    """The day of the last report; amber with a clock when the report is stale."""
    if not cell.record.row.get("stale"):
        draw_words(cell, cell.ink.body, cell.ink.color("text2"))
        return
    side = cell.ink.theme.px(14)
    draw_words(cell, cell.ink.body, cell.ink.theme.rag("A").text)
    if cell.room >= side + 6 + cell.ink.body.width(cell.text):
        left = round(cell.rect.right() - PADDING - cell.ink.body.width(cell.text) - side - 5)
        picture = icon_pixmap("clock", "warn_fg", side, cell.ratio)
        cell.painter.drawPixmap(left, cell.rect.center().y() + 1 - side // 2, picture)


def paint_trend(cell: Cell) -> None:
    """A trend alone."""
    size = cell.ink.theme.px(_TREND_SIZE)
    mark = trend_mark(cell.ink.theme, cell.record.row.get(cell.column.name), size, cell.ratio)
    if mark is None:
        paint_empty(cell)
    else:
        cell.painter.drawPixmap(cell.rect.left() + PADDING, cell.rect.center().y() + 1 - size // 2, mark)


def paint_score(cell: Cell) -> None:
    """A risk's score on the colour of its band; the band's name stands in a column of its own."""
    place = cell.record.row.get("band_place")
    if place is None:
        paint_empty(cell)
        return
    theme, painter = cell.ink.theme, cell.painter
    ground, ink = band_colors(theme, *place)
    wide, high = max(theme.px(26), round(cell.ink.strong.width(cell.text)) + 10), theme.px(18)
    left, top = cell.rect.right() + 1 - PADDING - wide, cell.rect.center().y() + 1 - high // 2
    painter.setPen(theme.color("border"))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, wide - 1, high - 1), 3, 3)
    cell.forget_state()
    cell.use(cell.ink.strong, ink)
    x = left + (wide - cell.ink.strong.width(cell.text)) / 2
    painter.drawText(QPointF(x, cell.rect.top() + cell.rect.height() / 2 + cell.ink.strong.rise), cell.text)


def paint_empty(cell: Cell) -> None:
    """The dash of an empty cell."""
    draw_words(cell, cell.ink.body, cell.ink.color("text3"), text=DASH)


def draw_words(cell: Cell, face: Face, colour: QColor, *, middle: bool = False, text: str | None = None) -> None:
    """Draw a cell's words on its side; a kept text quietly, nothing as a dash, too long a number as ###."""
    said = cell.text if text is None else text
    if not said and cell.kept:
        said, colour, face = cell.kept, cell.ink.color("text3"), cell.ink.caption
    elif not said:
        said, colour = DASH, cell.ink.color("text3")
    right, room = cell.column.right, cell.room
    if right and said is cell.kept:
        said = face.fit(said, room)
    elif right and face.width(said) > room:
        said = TOO_NARROW if face.width(TOO_NARROW) <= room else face.fit(TOO_NARROW, room)
    elif not right:
        said = face.fit(said, room, middle=middle)
    rect, painter = cell.rect, cell.painter
    x = rect.right() + 1 - PADDING - face.width(said) if right else rect.left() + PADDING
    if cell.words:
        _mark_hits(cell, face, said, x)
    cell.use(face, colour)
    painter.drawText(QPointF(x, rect.top() + rect.height() / 2 + face.rise), said)


def _mark_hits(cell: Cell, face: Face, said: str, x: float) -> None:
    low = said.casefold()
    if len(low) != len(said):
        return  # folding changed the length of the text: places no longer correspond
    height = face.metrics.height()
    top = cell.rect.top() + (cell.rect.height() - height) / 2
    for word in cell.words:
        at = low.find(word)
        if at >= 0:
            left = x + face.width(said[:at])
            width = face.width(said[at : at + len(word)])
            cell.painter.fillRect(round(left), round(top), round(width), round(height), cell.ink.color("search_hit"))


def _beside(cell: Cell) -> str | None:
    return cell.record.row.get(cell.column.beside) if cell.column.beside else None


def _late_tone(cell: Cell, days: int) -> str:
    """By its share of the duration where that is known, else amber from four weeks on."""
    percent = cell.record.row.get("slip_percent")
    if percent is None:
        return "A" if days >= _FOUR_WEEKS else ""
    return {"A": "A", "R": "R"}.get(str(rate_share(percent) or ""), "")


PAINTERS: dict[str, Callable[[Cell], None]] = {
    "text": paint_text,
    "quiet": paint_quiet,
    "code": paint_code,
    "rag": paint_rag,
    "gates": paint_gates,
    "slip": paint_slip,
    "variance": paint_variance,
    "report": paint_report,
    "trend": paint_trend,
    "score": paint_score,
}
