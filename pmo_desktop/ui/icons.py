"""Icons: Lucide outlines drawn in the colour the theme has at the moment of painting."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pmo_desktop.resources import resource_path
from pmo_desktop.ui.theme import current_theme

_MOST_PIXMAPS = 800


class LucideEngine(QIconEngine):
    """Renders one outline in a token's colour; asked anew at each paint, so it follows a live theme switch."""

    def __init__(self, name: str, token: str, active_token: str) -> None:
        super().__init__()
        self.name, self.token, self.active_token = name, token, active_token

    def clone(self) -> QIconEngine:
        """Another engine for the same outline; the reference is kept, as Qt does not keep Python's."""
        twin = LucideEngine(self.name, self.token, self.active_token)
        _twins.append(twin)
        return twin

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the outline centred in the rectangle."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        side = min(rect.width(), rect.height())
        at = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(at, icon_pixmap(self.name, self._token_for(mode, state), side, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The outline as a picture of the size asked for."""
        return icon_pixmap(self.name, self._token_for(mode, state), min(size.width(), size.height()), 1.0)

    def _token_for(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "text_disabled"
        return self.active_token if state == QIcon.State.On else self.token


@cache
def icon(name: str, tone: str = "text2", active_tone: str = "accent_text") -> QIcon:
    """The icon of that Lucide name; `tone` is the token that colours it, `active_tone` when checked."""
    resource_path(f"icons/{name}.svg")  # an unknown name fails here, not at the first paint
    engine = LucideEngine(name, tone, active_tone)
    _twins.append(engine)
    return QIcon(engine)


def icon_pixmap(name: str, token: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A picture of an icon, `side` logical pixels square, in the theme's present colour of the token."""
    colour = current_theme().color(token)
    key = (name, colour.rgba(), side, ratio)
    found = _pixmaps.get(key)
    if found is None:
        if len(_pixmaps) > _MOST_PIXMAPS:
            _pixmaps.clear()
        found = _pixmaps[key] = _render(_outline(name), colour.name(), side, ratio)
    return found


def _render(outline: str, colour: str, side: int, ratio: float) -> QPixmap:
    stroke = 2.0 if side <= 14 else 1.75
    text = outline.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    picture = QPixmap(max(1, round(side * ratio)), max(1, round(side * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    renderer.render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _outline(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


_pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}
_twins: list[LucideEngine] = []
