"""The risk matrix on screen: chips to choose, drag and move by keys. It says what is wanted and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from pmo_desktop.rules.risk import FIVE_BY_FIVE, Scheme
from pmo_desktop.ui.matrix.brush import paint_chip, paint_ground, paint_moves, say_matrix, say_placed
from pmo_desktop.ui.matrix.layout import Chip, ChipSize, Grid, Layer, Placed, Spot, nearest, place_chips, placed_at
from pmo_desktop.ui.theme import Theme

_LEFT, _TOP, _RIGHT, _FOOT = 96, 8, 8, 66  # room for the axes
_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_LAYERS = {Qt.Key.Key_1: Layer.RESIDUAL, Qt.Key.Key_2: Layer.INHERENT, Qt.Key.Key_3: Layer.TARGET}
_LAYERS[Qt.Key.Key_4] = Layer.MOVEMENT
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MatrixBoard(QWidget):
    """Chips on cells. `rescored` asks for another rating of a risk: its id, the rating, likelihood, impact."""

    chosen = Signal(str)
    cell_chosen = Signal(int, int)
    opened = Signal(str)
    cluster_opened = Signal(list)
    rescored = Signal(str, str, int, int)
    layer_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.scheme: Scheme = FIVE_BY_FIVE
        self.layer = Layer.RESIDUAL
        self.chips: Sequence[Chip] = ()
        self.above: Mapping[Spot, bool] = {(way, size): False for way, size, _ in self.scheme.cells()}
        self.current = ""  # the id of the chosen risk
        self.can_write = True
        self.placed: list[Placed] = []
        self._ground: QPixmap | None = None  # cells, axes and appetite line, painted once
        self._pressed: Placed | None = None
        self._from = QPointF()
        self._at: QPointF | None = None  # where a dragged chip is
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._restart)

    # ------------------------------------------------------------------ what is shown

    def show_risks(self, chips: Sequence[Chip], scheme: Scheme, above: Mapping[Spot, bool]) -> None:
        """Show these risks; `above` says of every cell whether it lies over the appetite."""
        self.chips, self.scheme, self.above = chips, scheme, above
        if self.current not in {chip.id for chip in chips}:
            self.current = ""
        self._restart()

    def set_layer(self, layer: Layer) -> None:
        """Place the chips by another rating."""
        self.layer = layer
        self._arrange()

    def choose(self, risk: str) -> None:
        """Mark a risk, as the list beside it does; nothing is told of it."""
        if risk != self.current:
            self.current = risk
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(560), self.theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(_LEFT + 200), self.theme.px(_FOOT + 220))

    @property
    def grid(self) -> Grid:
        """The cells as they lie now."""
        px = self.theme.px
        area = QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_FOOT))
        return Grid(area, self.scheme.likelihoods, self.scheme.impacts)

    def placed_of(self, risk: str) -> Placed | None:
        """Where a risk is drawn; None when its cell has no room for it."""
        return next((each for each in self.placed if each.chip and each.chip.id == risk), None)

    def _restart(self) -> None:
        self._ground = None
        self._arrange()

    def _arrange(self) -> None:
        px = self.theme.px
        size = ChipSize(px(52), px(21), px(4), px(24), px(40))
        self.placed = place_chips(self.chips, self.layer.placed_by, self.grid, size, self.current)
        said = say_matrix(self.chips, self.placed, self.current, self.scheme, self.layer, self.above)
        self.setAccessibleName(said)
        self.update()

    # ------------------------------------------------------------------ painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._restart()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground is None:
            self._ground = paint_ground(self, self.theme, self.grid, self.scheme, self.above)
        painter.drawPixmap(0, 0, self._ground)
        if self._at is not None:
            target = self.grid.spot_at(self._at)
            if target:
                painter.setPen(self.theme.color("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.grid.cell(target).adjusted(1, 1, -1, -1), 2, 2)
        if self.layer is Layer.MOVEMENT:
            paint_moves(painter, self.theme, self.grid, self.placed, self.current)
        for each in self.placed:
            own = bool(each.chip and each.chip.id == self.current)
            paint_chip(painter, self.theme, each, chosen=own, focused=own and self.hasFocus())
        if self._at is not None and self._pressed and self._pressed.chip:
            rect = self._pressed.rect.translated(self._at - self._from)
            paint_chip(painter, self.theme, Placed(rect, (1, 1), self._pressed.chip), chosen=True, focused=False)

    # ------------------------------------------------------------------ mouse

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            under = placed_at(self.placed, QPointF(event.pos()))
            told = say_placed(under, self.scheme, self.layer, self.above) if under else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from = event.position()
        self._pressed = placed_at(self.placed, self._from)
        if self._pressed and self._pressed.chip:
            self._choose(self._pressed.chip.id)
            self._pressed = self.placed_of(self.current) or self._pressed

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not (event.buttons() & Qt.MouseButton.LeftButton and self._pressed and self._pressed.chip):
            return
        far = (event.position() - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self.can_write and (far or self._at is not None):
            self._at = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, at, self._pressed, self._at = self._pressed, self._at, None, None
        if at is not None and pressed and pressed.chip:
            target = self.grid.spot_at(at)
            if target and target != pressed.spot:
                self.rescored.emit(pressed.chip.id, self.layer.placed_by, *target)
        elif pressed and pressed.chip is None:
            self.cluster_opened.emit([chip.id for chip in pressed.hidden])
        elif pressed is None and (spot := self.grid.spot_at(event.position())):
            self.cell_chosen.emit(*spot)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = placed_at(self.placed, event.position())
        if under and under.chip:
            self.opened.emit(under.chip.id)

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape and self._at is not None:
            self._pressed = self._at = None
            self.update()
        elif key in _ARROWS:
            self._take_arrow(*_ARROWS[key], held)
        elif key in _LAYERS and not held & Qt.KeyboardModifier.ControlModifier:
            self.layer_asked.emit(_LAYERS[key].value)
        elif key in _ENTER and self.current:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _take_arrow(self, right: int, down: int, held: Qt.KeyboardModifier) -> None:
        """Alone it goes to the next chip; with Alt it re-scores, with Alt and Shift the target."""
        now = next((chip for chip in self.chips if chip.id == self.current), None)
        if not held & Qt.KeyboardModifier.AltModifier:
            found = nearest([each for each in self.placed if each.chip], self.placed_of(self.current), right, down)
            if found and found.chip:
                self._choose(found.chip.id)
        elif now and self.can_write:
            target = bool(held & Qt.KeyboardModifier.ShiftModifier)
            rating = "target" if target else self.layer.placed_by
            spot = now.spots.get(rating) or (now.spots.get("residual") if target else None)
            if spot and (moved := self.grid.step(spot, -down, right)) != now.spots.get(rating):
                self.rescored.emit(now.id, rating, *moved)

    def _choose(self, risk: str) -> None:
        self.choose(risk)
        self.chosen.emit(risk)
