"""Colours of a workbook: theme, indexed and plain ones as six hexadecimal digits. Runs in the reading child only."""

from __future__ import annotations

import colorsys
from xml.etree.ElementTree import Element

WHITE = "FFFFFF"
_AUTOMATIC = 64  # indexed colours from here on are the system's own
# The first eight are repeated by the next eight (ECMA-376 part 1, 18.8.27).
_BASIC = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_INDEXED = (
    *_BASIC,
    *_BASIC,
    *[
        "800000",
        "008000",
        "000080",
        "808000",
        "800080",
        "008080",
        "C0C0C0",
        "808080",
        "9999FF",
        "993366",
        "FFFFCC",
        "CCFFFF",
        "660066",
        "FF8080",
        "0066CC",
        "CCCCFF",
    ],
    *[
        "000080",
        "FF00FF",
        "FFFF00",
        "00FFFF",
        "800080",
        "800000",
        "008080",
        "0000FF",
        "00CCFF",
        "CCFFFF",
        "CCFFCC",
        "FFFF99",
        "99CCFF",
        "FF99CC",
        "CC99FF",
        "FFCC99",
    ],
    *[
        "3366FF",
        "33CCCC",
        "99CC00",
        "FFCC00",
        "FF9900",
        "FF6600",
        "666699",
        "969696",
        "003366",
        "339966",
        "003300",
        "333300",
        "993300",
        "993366",
        "333399",
        "333333",
    ],
)
# Theme colours are listed dark 1, light 1, dark 2, light 2, but counted light 1, dark 1, light 2, dark 2.
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)


class Palette:
    """The colours one workbook's numbers stand for."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        """Takes the parsed styles and theme parts; either may be missing."""
        own = [each.get("rgb", "")[-6:].upper() for each in _all(styles, "rgbColor")]
        self.indexed = own or list(_INDEXED)
        scheme = next(iter(_all(theme, "clrScheme")), None)
        listed = [_theme_colour(each) for each in ([] if scheme is None else scheme)]
        self.theme = [listed[place] for place in _THEME_ORDER if place < len(listed)]

    def fill(self, fill: Element) -> str:
        """The colour of a solid fill; empty for none, white and patterns."""
        pattern = next(iter(_all(fill, "patternFill")), None)
        if pattern is None or pattern.get("patternType") != "solid":
            return ""
        colour = next(iter(_all(pattern, "fgColor")), None)
        found = "" if colour is None else self._colour(colour)
        return "" if found == WHITE else found

    def _colour(self, colour: Element) -> str:
        tint = float(colour.get("tint", 0))
        if rgb := colour.get("rgb"):
            return _tinted(rgb[-6:].upper(), tint)
        if (theme := colour.get("theme")) and int(theme) < len(self.theme):
            return _tinted(self.theme[int(theme)], tint)
        index = int(colour.get("indexed", _AUTOMATIC))
        return _tinted(self.indexed[index], tint) if index < min(_AUTOMATIC, len(self.indexed)) else ""


def _theme_colour(element: Element) -> str:
    child = next(iter(element), None)
    if child is None:
        return WHITE
    return (child.get("lastClr") or child.get("val") or WHITE)[-6:].upper()


def _tinted(rgb: str, tint: float) -> str:
    """The colour made lighter (tint > 0) or darker (ECMA-376 part 1, 18.8.19)."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(each * 255):02X}" for each in colorsys.hls_to_rgb(hue, min(light, 1.0), saturation))


def _all(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else [each for each in element.iter() if each.tag.rsplit("}", 1)[-1] == name]
