"""The look: colours, fonts, sizes and the one application style sheet, switched while the app runs."""

from __future__ import annotations

import json
from functools import cache
from string import Template
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pmo_desktop.resources import resource_path

FAMILY = "PMO Sans"
DENSITIES = ("compact", "default", "comfortable")
THEMES = ("system", "light", "dark")
SCALES = (90, 100, 110, 120, 130, 140, 150)
_ROWS = {"compact": 24, "default": 30, "comfortable": 38}
_ROLES = {  # role: (pixels, weight)
    "micro": (11, 400),
    "caption": (12, 400),
    "caption_strong": (12, 500),
    "body": (13, 400),
    "body_medium": (13, 500),
    "strong": (13, 600),
    "subtitle": (15, 600),
    "title": (18, 600),
    "display": (24, 600),
    "kpi": (28, 600),
}


class RagColors(NamedTuple):
    """The colours of one status mark and of texts about it."""

    fill: QColor
    ink: QColor
    line: QColor
    tint: QColor
    text: QColor


class HeatStep(NamedTuple):
    """One step of the capacity heat: from how many percent on, its ground and the ink on it."""

    frm: int
    bg: QColor
    fg: QColor


class Theme(QObject):
    """Colours and sizes by token; `changed` is emitted after anything about the look changed."""

    changed = Signal()

    def __init__(self, choice: str = "light", density: str = "default", scale: int = 100) -> None:
        super().__init__()
        self._choice = choice if choice in THEMES else "light"
        self._density = density if density in DENSITIES else "default"
        self._scale = max(90, min(150, scale))
        self._reduced = False
        self._name = self._resolved()
        self._colors: dict[str, QColor] = {}
        self._rags: dict[str, RagColors] = {}
        self._fonts: dict[str, QFont] = {}

    @property
    def name(self) -> str:
        """What is shown: light or dark."""
        return self._name

    @property
    def choice(self) -> str:
        """What the person chose: system, light or dark."""
        return self._choice

    @property
    def density(self) -> str:
        """Compact, default or comfortable, for all tables."""
        return self._density

    @property
    def scale(self) -> int:
        """Text size in percent, 90 to 150."""
        return self._scale

    @property
    def row_height(self) -> int:
        """Height of a table row in pixels."""
        return self.px(_ROWS[self._density])

    @property
    def motion(self) -> int:
        """Length of a movement in milliseconds; 0 when motion is reduced."""
        return 0 if self._reduced else int(_tokens()["motion"]["base_ms"])

    def px(self, pixels: float) -> int:
        """A length of the design at the present text size."""
        return round(pixels * self._scale / 100)

    def color(self, token: str) -> QColor:
        """The colour of a token such as `text2`."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = _color(_tokens()["color"][self._name][token])
        return found

    def rag(self, code: str | None) -> RagColors:
        """The colours of a rating; amber/red and amber/green are drawn as amber, no rating as the grey ring."""
        key = {"AR": "A", "AG": "A", None: "N", "": "N"}.get(code, code) or "N"
        found = self._rags.get(key)
        if found is None:
            given = _tokens()["rag"][key][self._name]
            found = self._rags[key] = RagColors(**{part: QColor(given[part]) for part in RagColors._fields})
        return found

    def series(self) -> tuple[QColor, ...]:
        """The seven colours of unordered categories, never used for status."""
        return tuple(QColor(value) for value in _tokens()["categorical"][self._name])

    def font(self, role: str) -> QFont:
        """The font of a role: micro, caption, body, strong, subtitle, title, display, kpi."""
        found = self._fonts.get(role)
        if found is None:
            pixels, weight = _ROLES[role]
            found = QFont(FAMILY)
            found.setPixelSize(self.px(pixels))
            found.setWeight(QFont.Weight(weight))
            found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[role] = found
        return found

    def set_name(self, choice: str) -> None:
        """Show light or dark, or follow the system."""
        self._choice = choice
        self._name = self._resolved()
        self._apply_change()

    def toggle(self) -> None:
        """Change light for dark or dark for light."""
        self.set_name("light" if self._name == "dark" else "dark")

    def set_density(self, density: str) -> None:
        """Set the height of all tables' rows."""
        self._density = density
        self._apply_change()

    def set_scale(self, scale: int) -> None:
        """Set the text size in percent; it stays between 90 and 150."""
        self._scale = max(90, min(150, scale))
        self._apply_change()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Do without movement."""
        self._reduced = reduced

    def apply(self, app: QApplication) -> None:
        """Dress the whole application; called once at the start and after each change."""
        _load_fonts()
        _worn[:] = [self]
        if app.style() is None or app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setFont(self.font("body"))
        app.setPalette(_make_palette(self))
        app.setStyleSheet(_fill_sheet(self))

    def _apply_change(self) -> None:
        self._colors.clear()
        self._rags.clear()
        self._fonts.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)
        self.changed.emit()

    def _resolved(self) -> str:
        if self._choice != "system":
            return self._choice
        if not isinstance(QGuiApplication.instance(), QGuiApplication):
            return "light"
        return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def heat_steps(theme: Theme) -> tuple[HeatStep, ...]:
    """The steps of capacity heat, from free to over-booked by far."""
    steps = _tokens()["heat_capacity"][theme.name]
    return tuple(HeatStep(int(step["frm"]), QColor(step["bg"]), QColor(step["fg"])) for step in steps)


def band_colors(theme: Theme, level: int, count: int) -> tuple[QColor, QColor]:
    """Ground and ink of a risk band by its place from the mildest; a scheme of fewer bands uses the outer colours.

    More bands than there are colours share the worst.
    """
    given = _tokens()["risk_matrix"][theme.name]
    place = min(round(level * (len(given) - 1) / max(1, count - 1)), len(given) - 1)
    return QColor(given[place]["bg"]), QColor(given[place]["fg"])


def current_theme() -> Theme:
    """The theme the running application is dressed in; painted things without a context ask here."""
    if not _worn:
        _worn.append(Theme())
    return _worn[0]


_worn: list[Theme] = []  # what the one application of this process wears: at most one


_PALETTE = {
    QPalette.ColorRole.Window: "bg_window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface_alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.ToolTipBase: "tooltip_bg",
    QPalette.ColorRole.ToolTipText: "tooltip_fg",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Light: "surface_alt",
    QPalette.ColorRole.Accent: "accent",
}


def _make_palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in _PALETTE.items():
        palette.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_disabled"))
    return palette


def _fill_sheet(theme: Theme) -> str:
    """The one style sheet, its tokens and sizes filled in."""
    values: dict[str, str] = dict(_tokens()["color"][theme.name])
    values |= {f"px{pixels}": f"{theme.px(pixels)}px" for pixels in range(2, 65)}
    values["icons"] = resource_path("icons").as_posix()
    values["name"] = theme.name  # the few pictures a sheet needs are shipped in both colours
    for code, looks in _tokens()["rag"].items():
        values |= {f"rag_{code}_{part}": looks[theme.name][part] for part in ("tint", "text")}
    return Template(_sheet()).substitute(values)


def _color(text: str) -> QColor:
    """A colour from #RRGGBB or #RRGGBBAA (Qt itself would read the latter as #AARRGGBB)."""
    colour = QColor(text[:7])
    if len(text) == len("#RRGGBBAA"):
        colour.setAlpha(int(text[7:], 16))
    return colour


@cache
def _tokens() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _sheet() -> str:
    return resource_path("theme.qss").read_text(encoding="utf-8")


@cache
def _load_fonts() -> None:
    for file in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
