"""The look of every printed page: papers, type, colours and the embedded font, read from the shipped tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pmo_desktop.resources import resource_path

REGULAR, MEDIUM, SEMIBOLD, BOLD = "PMOSans-Regular", "PMOSans-Medium", "PMOSans-SemiBold", "PMOSans-Bold"
FACES = (REGULAR, MEDIUM, SEMIBOLD, BOLD)
CAP_HEIGHT = 0.7275  # of the type size: what a letter is centred by
GUTTER = 12.0
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in points with its margins."""

    name: str
    width: float
    height: float
    side: float

    @property
    def left(self) -> float:
        """The left edge of the content."""
        return self.side

    @property
    def right(self) -> float:
        """The right edge of the content."""
        return self.width - self.side

    @property
    def content(self) -> float:
        """The width of the content."""
        return self.width - 2 * self.side

    @property
    def bottom(self) -> float:
        """How far down content may reach; the footer stands below."""
        return self.height - 40.3

    def column(self, first: int, last: int) -> tuple[float, float]:
        """Left edge and width of columns `first` to `last` (1-12) of the grid."""
        step = (self.content + GUTTER) / COLUMNS
        return self.left + (first - 1) * step, (last - first + 1) * step - GUTTER


@dataclass(frozen=True, slots=True)
class Type:
    """One size and weight of type; leading is the distance between lines."""

    size: float
    face: str = REGULAR
    leading: float = 0.0
    colour: str = "#151A24"


PAPERS = {
    "a4": Paper("A4", 841.89, 595.28, 40),
    "letter": Paper("Letter", 792, 612, 36),
}
UPRIGHT = {name: Paper(each.name, each.height, each.width, each.side) for name, each in PAPERS.items()}
INK, INK2, INK3 = "#151A24", "#454E5F", "#5D6676"
ACCENT = "#373EAE"
WHITE = "#FFFFFF"
GRID, BORDER, BORDER_STRONG = "#E7EAEF", "#D9DDE5", "#778090"
GROUP_FILL = "#F3F4F7"
GOOD, WARN, BAD = "#0F5C48", "#6A4700", "#A91D23"
BAR_GOOD, BAR_WARN, BAR_BAD, BAR_PLAIN = "#2F9E80", "#B97F0C", "#A91D23", "#778090"

PACK_TITLE = Type(18, SEMIBOLD, 22)
MESSAGE = Type(15, SEMIBOLD, 18)
SUBLINE = Type(8.6, REGULAR, 11.4, INK3)
SECTION = Type(9.5, SEMIBOLD, 13)
BODY = Type(9.2, REGULAR, 13, INK2)
CLAIM = Type(9.8, SEMIBOLD, 13)
DENSE = Type(8.6, REGULAR, 11.4, INK2)
DENSE_STRONG = Type(8.6, MEDIUM, 11.4)
TABLE = Type(8.4, REGULAR, 10.6)
TABLE_QUIET = Type(8.4, REGULAR, 10.6, INK2)
TABLE_ID = Type(8, REGULAR, 10.6, INK3)
TABLE_NAME = Type(8.4, MEDIUM, 10.6)
TABLE_TOTAL = Type(8.4, SEMIBOLD, 10.6)
HEAD = Type(7.5, MEDIUM, 10, INK3)
CAPTION = Type(7.5, REGULAR, 10, INK3)
CAPTION_LINK = Type(7.5, MEDIUM, 10, ACCENT)
SECTION_NAME = Type(7.5, SEMIBOLD, 10, ACCENT)
FOOTER = Type(7, REGULAR, 9, INK3)
SMALLEST = 7.0
_NO_END = 9999  # of the last step of a heat


@dataclass(frozen=True, slots=True)
class RagLook:
    """The colours of one status in print, which are those of the light screen."""

    fill: str
    ink: str
    line: str
    tint: str
    text: str


@cache
def rag_look(code: str) -> RagLook:
    """The colours of a status: R, A, G, C or N; AR and AG are amber."""
    light = _tokens()["rag"]["A" if code in ("AR", "AG") else code]["light"]
    return RagLook(**light)


@dataclass(frozen=True, slots=True)
class HeatBin:
    """A step of the capacity heat: the percent it ends below, its colours in print, and what the key says."""

    below: int
    fill: str
    ink: str
    label: str


@cache
def heat_bins() -> tuple[HeatBin, ...]:
    """The steps of the capacity heat, free first."""
    steps = _tokens()["heat_capacity"]["light"]
    return tuple(HeatBin(each["to"], each["bg"], each["fg"], _heat_label(each["frm"], each["to"])) for each in steps)


def _heat_label(start: int, stop: int) -> str:
    if start <= 1:
        return f"under {stop}" if start else "free"
    return f"{start} to {stop - 1}" if stop < _NO_END else f"over {start - 1}"


@cache
def colour(code: str) -> Color:
    """A hexadecimal colour as reportlab wants it."""
    return HexColor(code)


@cache
def band_look(level: int, count: int) -> str:
    """The ground of a risk band by its place from the mildest, as on the light screen."""
    given = _tokens()["risk_matrix"]["light"]
    return str(given[min(round(level * (len(given) - 1) / max(1, count - 1)), len(given) - 1)]["bg"])


@cache
def font_of(face: str) -> TTFont:
    """A shipped font, registered with reportlab. Raises FileNotFoundError when it was not shipped."""
    font = TTFont(face, str(resource_path("fonts", f"{face}.ttf")))
    pdfmetrics.registerFont(font)
    return font


def register_fonts() -> None:
    """Hand every shipped font to reportlab; once is enough, and more does no harm."""
    for face in FACES:
        font_of(face)


@cache
def _tokens() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return found
