"""The outline as a tree: arrows go through it, F2 renames in place, and what was open stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.methods.spots import LIFE, Spot
from pmo_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SPOT = Qt.ItemDataRole.UserRole + 1
_ROW, _INDENT, _ICON, _GAP = 28, 18, 16, 8


class OutlineModel(QStandardItemModel):
    """The spots as Qt sees them. `renamed` carries a part's entity and id and its new title."""

    renamed = Signal(str, str, str)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A title that was typed is told, not kept: it is shown when the file says so."""
        if role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        spot = spot_at(index)
        text = str(value).strip()
        if spot is None or not spot.is_part or not text or text == title_of(index):
            return False
        self.renamed.emit(spot.entity, spot.id, text)
        return True


def spot_at(index: Index) -> Spot | None:
    """The spot at a place."""
    found = index.data(_SPOT) if index.isValid() else None
    return found if isinstance(found, Spot) else None


def title_of(index: Index) -> str:
    """What is renamed at a place: a gate's name without its code."""
    return str(index.data(Qt.ItemDataRole.EditRole))


class OutlineTree(QTreeView):
    """`chosen` carries the spot that a person went to."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.spots = OutlineModel(self)
        self.can_write = False
        self._quiet = False
        self.setAccessibleName("Outline of the methodology")
        self.setModel(self.spots)
        self.setItemDelegate(SpotDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._fold)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.doItemsLayout)

    def show_spots(self, spots: Sequence[Spot], titles: dict[tuple[str, str], str], *, can_write: bool) -> None:
        """Show another outline; the current spot and what is open stay. `titles`: what is renamed, where it differs."""
        first = self.spots.rowCount() == 0
        opened = {spot.key for index in self.all() if self.isExpanded(index) and (spot := spot_at(index))}
        at, scroll, self.can_write = self.current, self.verticalScrollBar().value(), can_write
        place = self._place_of(at) if at else 0
        self._quiet = True
        self.spots.clear()
        for spot in spots:
            self.spots.appendRow(self._item(spot, titles))
        for index in self.all():
            spot = spot_at(index)
            if spot and (spot.key in opened or (first and spot.entity in (LIFE, "method_phase"))):
                self.expand(index)
        self._quiet = False
        if at is None or not self.go_to(at.key):
            self._go_near(place)
        self.verticalScrollBar().setValue(scroll)

    def go_to(self, key: tuple[str, str]) -> bool:
        """Make a spot the current one; whether there is such a spot. Nobody is told."""
        found = next((index for index in self.all() if (spot := spot_at(index)) and spot.key == key), None)
        if found is None:
            return False
        over = found.parent()
        while over.isValid():
            self.expand(over)
            over = over.parent()
        self._quiet = True
        self.setCurrentIndex(found)
        self._quiet = False
        return True

    @property
    def current(self) -> Spot | None:
        """The spot that the tree stands on."""
        return spot_at(self.currentIndex())

    def parent_of(self, spot: Spot) -> Spot | None:
        """The part or group that a spot stands in."""
        found = next((index for index in self.all() if spot_at(index) == spot), QModelIndex())
        return spot_at(found.parent())

    def is_open(self, index: Index) -> bool:
        """Whether what stands under a place is shown."""
        return self.isExpanded(self.spots.index(index.row(), 0, index.parent()))

    def rename(self) -> None:
        """Type over the title of the current part."""
        if self.current is not None and self.can_write and self.current.is_part:
            self.edit(self.currentIndex())

    def all(self) -> Iterator[QModelIndex]:
        """Every place from the top down, in closed ones too."""
        yield from self._under(QModelIndex())

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(320), self.theme.px(400))

    # ------------------------------------------------------------------ below the counter

    def _under(self, index: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(self.spots.rowCount(index)):
            inner = self.spots.index(row, 0, index)
            yield inner
            yield from self._under(inner)

    def _place_of(self, spot: Spot) -> int:
        keys = [found.key for index in self.all() if (found := spot_at(index))]
        return keys.index(spot.key)

    def _go_near(self, place: int) -> None:
        """After a deletion: what took the place, or the last line there is."""
        places = list(self.all())
        if places:
            spot = spot_at(places[min(place, len(places) - 1)])
            if spot:
                self.go_to(spot.key)

    def _fold(self, index: QModelIndex) -> None:
        """A click on a chevron opens or closes what is under it."""
        left = self.theme.px(8) + depth_of(index) * self.theme.px(_INDENT)
        at = self.viewport().mapFromGlobal(self.cursor().pos()).x()
        if left <= at < left + self.theme.px(_ICON):
            self.setExpanded(index, not self.isExpanded(index))

    def _tell(self, index: QModelIndex) -> None:
        if not self._quiet and index.isValid():
            self.chosen.emit(spot_at(index))

    def _item(self, spot: Spot, titles: dict[tuple[str, str], str]) -> QStandardItem:
        item = TitledItem(spot, titles.get(spot.key, spot.text))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if spot.is_part and self.can_write else flags)
        for inner in spot.inside:
            item.appendRow(self._item(inner, titles))
        return item


class TitledItem(QStandardItem):
    """A spot: shown by its text, edited by its title."""

    def __init__(self, spot: Spot, title: str) -> None:
        super().__init__(spot.text)
        self._title = title
        self.setData(spot, _SPOT)
        self.setData(spot.spoken, Qt.ItemDataRole.AccessibleTextRole)
        self.setData(spot.text, Qt.ItemDataRole.ToolTipRole)

    def data(self, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._title if role == Qt.ItemDataRole.EditRole else super().data(role)


def depth_of(index: Index) -> int:
    """How deep a place stands; 0 for the outermost."""
    over, depth = index.parent(), 0
    while over.isValid():
        over, depth = over.parent(), depth + 1
    return depth


class SpotDelegate(QStyledItemDelegate):
    """Paints one line: chevron, icon, words, and a quiet note at the right where there is room for it."""

    def __init__(self, theme: Theme, view: OutlineTree) -> None:
        super().__init__(view)
        self.theme, self.view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(_ROW))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setProperty("role", "cell")
        line.setAccessibleName("Name")
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(self._words_box(QRect(option.rect), index).adjusted(-6, 1, 0, -1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        spot = spot_at(index)
        if spot is None:
            return
        theme, rect, ratio = self.theme, QRect(option.rect), self.view.devicePixelRatioF()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option)
        side = theme.px(_ICON)
        left, top = rect.left() + theme.px(8) + depth_of(index) * theme.px(_INDENT), (rect.height() - side) // 2
        if spot.inside:
            chevron = "chevron-down" if self.view.is_open(index) else "chevron-right"
            painter.drawPixmap(left, rect.top() + top, icon_pixmap(chevron, "text3", side, ratio))
        tone = "accent" if spot.entity == "method_gate" else "text2"
        painter.drawPixmap(left + side + 2, rect.top() + top, icon_pixmap(spot.icon, tone, side, ratio))
        self._paint_words(painter, self._words_box(rect, index), spot)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, spot: Spot) -> None:
        theme, middle = self.theme, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("body" if spot.is_part else "body_medium"))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(spot.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, middle, words)
        used = painter.fontMetrics().horizontalAdvance(words) + theme.px(12)
        painter.setFont(theme.font("caption"))
        if spot.note and used + painter.fontMetrics().horizontalAdvance(spot.note) <= box.width():
            painter.setPen(theme.color("text3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, spot.note)

    def _words_box(self, rect: QRect, index: Index) -> QRect:
        theme = self.theme
        left = theme.px(8) + depth_of(index) * theme.px(_INDENT) + 2 * theme.px(_ICON) + 2 + theme.px(_GAP)
        return rect.adjusted(left, 0, -theme.px(12), 0)

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        theme, state = self.theme, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = chosen and self.view.hasFocus()
        painter.setPen(theme.color("focus") if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if focused else "selected_inactive" if chosen else "hover"))
        box = rect.adjusted(theme.px(4), 1, -theme.px(4), -1)
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if chosen:
            painter.fillRect(box.left(), box.top() + 4, 3, box.height() - 8, theme.color("accent"))
