"""One page seen from its top left corner, that refuses to draw outside itself or smaller than can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pmo_desktop.reports.style import SMALLEST, Paper, Type, colour
from pmo_desktop.reports.text import Line, width_of
from pmo_desktop.store.errors import Bug

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TOLERANCE = 0.5
Point = tuple[float, float]


class Page:
    """A sheet being drawn: y grows downwards, text stands on its baseline, numbers are points.

    Everything that would leave the sheet's frame raises Bug: a pack that clips is never written.
    """

    def __init__(self, canvas: Canvas, paper: Paper, numbers: Mapping[str, int]) -> None:
        self.canvas = canvas
        self.paper = paper
        self.numbers = numbers  # page number of every anchor of the document
        self.bottom = paper.bottom
        self.anchors: list[str] = []

    def text(
        self, x: float, y: float, text: str, style: Type, *, align: str = "left", width: float = 0.0, ink: str = ""
    ) -> float:
        """Draw one cleaned line and return its width; with `width` it must not be wider than that."""
        if not text:
            return 0.0
        size = width_of(text, style)
        left = x - (size if align == "right" else size / 2 if align == "centre" else 0.0)
        self._check(left, y - style.size * 0.75, left + size, y + style.size * 0.1, text)
        if style.size < SMALLEST or (width and size > width + TOLERANCE):
            message = f"text does not fit its place or is too small: {text[:60]!r}"
            raise Bug(message)
        self.canvas.setFillColor(colour(ink or style.colour))
        self.canvas.setFont(style.face, style.size)
        self.canvas.drawString(left, self.paper.height - y, text)
        return size

    def lines(self, x: float, y: float, lines: Iterable[Line], style: Type, *, ink: str = "") -> float:
        """Draw lines from their top edge down and return the y of their bottom edge."""
        for line in lines:
            y += line.gap + style.leading
            base = y - (style.leading - style.size) / 2 - style.size * 0.13
            if line.bullet:
                middle = base - style.size * 0.36
                self.box(x + 1.2, middle - 1.1, 2.6, 2.6, fill=style.colour)
            self.text(x + line.indent, base, line.text, style, ink=ink)
        return y

    def rule(self, x1: float, x2: float, y: float, weight: float, ink: str) -> None:
        """Draw a horizontal rule."""
        self.stroke(((x1, y), (x2, y)), weight, ink)

    def stroke(self, points: Sequence[Point], weight: float, ink: str, dash: tuple[float, float] | None = None) -> None:
        """Draw a line through points."""
        self._check_points(points)
        self.canvas.setStrokeColor(colour(ink))
        self.canvas.setLineWidth(weight)
        self.canvas.setDash(*dash) if dash else self.canvas.setDash()
        path = self.canvas.beginPath()
        height = self.paper.height
        path.moveTo(points[0][0], height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, height - y)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def polygon(self, points: Sequence[Point], *, fill: str = "", line: str = "", weight: float = 0.6) -> None:
        """Draw a closed shape."""
        self._check_points(points)
        self._pen(fill, line, weight)
        path = self.canvas.beginPath()
        height = self.paper.height
        path.moveTo(points[0][0], height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, height - y)
        path.close()
        self.canvas.drawPath(path, stroke=int(bool(line)), fill=int(bool(fill)))

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", line: str = "", radius: float = 0.0
    ) -> None:
        """Draw a rectangle from its top left corner."""
        self._check(x, y, x + width, y + height, "box")
        self._pen(fill, line, 0.6)
        drawn = (x, self.paper.height - y - height, width, height)
        if radius:
            self.canvas.roundRect(*drawn, radius, stroke=int(bool(line)), fill=int(bool(fill)))
        else:
            self.canvas.rect(*drawn, stroke=int(bool(line)), fill=int(bool(fill)))

    def circle(self, x: float, y: float, radius: float, *, fill: str = "", line: str = "") -> None:
        """Draw a circle around its centre."""
        self._check(x - radius, y - radius, x + radius, y + radius, "circle")
        self._pen(fill, line, 0.6)
        self.canvas.circle(x, self.paper.height - y, radius, stroke=int(bool(line)), fill=int(bool(fill)))

    def link(self, x1: float, y1: float, x2: float, y2: float, anchor: str) -> None:
        """Make a rectangle a link to an anchor of this document."""
        box = (x1, self.paper.height - y2, x2, self.paper.height - y1)
        self.canvas.linkRect("", anchor, box, relative=0, thickness=0)

    def anchor(self, name: str, title: str, level: int) -> None:
        """Give this page a name that links lead to and, from level 0 on, a line in the document's outline."""
        # The default destination has no place on the page, of which the preview (QtPdf) complains for each line.
        self.canvas.bookmarkPage(name, fit="XYZ", left=0, top=self.paper.height, zoom=0)
        if level >= 0:
            self.canvas.addOutlineEntry(title, name, level, closed=False)

    def _pen(self, fill: str, line: str, weight: float) -> None:
        self.canvas.setDash()
        if fill:
            self.canvas.setFillColor(colour(fill))
        if line:
            self.canvas.setStrokeColor(colour(line))
            self.canvas.setLineWidth(weight)

    def _check_points(self, points: Sequence[Point]) -> None:
        across, down = [x for x, _ in points], [y for _, y in points]
        self._check(min(across), min(down), max(across), max(down), "shape")

    def _check(self, x1: float, y1: float, x2: float, y2: float, what: str) -> None:
        fits = x1 >= self.paper.left - TOLERANCE and x2 <= self.paper.right + TOLERANCE
        if not fits or y1 < 0 or y2 > self.bottom + TOLERANCE:
            message = f"{what[:60]!r} would be clipped: {x1:.1f} to {x2:.1f} across, {y1:.1f} to {y2:.1f} down"
            raise Bug(message)
