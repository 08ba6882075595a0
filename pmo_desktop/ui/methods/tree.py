"""The tree at the left of the methodology pane: painted lines, worked by arrows, Home, End and typed beginnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.methods.node import Node, NodeKind
from pmo_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NODE = Qt.ItemDataRole.UserRole + 1
_ROW, _HEADING = 29, 34
_GATE_INDENT = 20


class MethodTree(QTreeView):
    """`chosen` carries the node that a person went to."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.nodes = QStandardItemModel(self)
        self.setAccessibleName("Methodologies, phases, gates and resources")
        self.setModel(self.nodes)
        self.setItemDelegate(NodeDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        self.setMinimumWidth(theme.px(150))
        self._quiet = False  # nobody is told while the tree is filled
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.doItemsLayout)

    def show_nodes(self, nodes: Sequence[Node], current: tuple[NodeKind, str]) -> None:
        """Show other nodes; those that were open stay open, and the current one can be seen."""
        opened = {self.node(index).key for index in self._all() if self.isExpanded(index)}
        scroll = self.verticalScrollBar().value()
        self._quiet = True
        self.nodes.clear()
        for node in nodes:
            self.nodes.appendRow(_item(node))
        for index in self._all():
            if self.node(index).key in opened and self.node(index).kind is NodeKind.PHASE:
                self.expand(index)
        self._quiet = False
        self.verticalScrollBar().setValue(scroll)
        self.go_to(*current)

    def go_to(self, kind: NodeKind, key: str) -> bool:
        """Make a node the current one without telling anybody; whether there is such a node."""
        found = next(
            (index for index in self._all() if (self.node(index).kind, self.node(index).key) == (kind, key)), None
        )
        if found is None:
            return False
        self._quiet = True
        if found.parent().isValid():
            self.expand(found.parent())
        self.setCurrentIndex(found)
        self._quiet = False
        return True

    def node(self, index: Index) -> Node:
        """The node at a place."""
        found: Node = index.data(_NODE)
        return found

    @property
    def current(self) -> Node | None:
        """The node that the tree stands on."""
        index = self.currentIndex()
        return self.node(index) if index.isValid() else None

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(220), self.theme.px(400))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a phase opens it; one on its chevron opens or closes it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self.node(index).kind is not NodeKind.PHASE:
            return
        on_chevron = event.position().x() < self.theme.px(34)
        self.setExpanded(index, not self.isExpanded(index) if on_chevron else True)

    def _tell(self, index: QModelIndex) -> None:
        if not self._quiet and index.isValid():
            self.chosen.emit(self.node(index))

    def _all(self) -> Iterator[QModelIndex]:
        """Every place, from the top down, in closed phases too."""
        for row in range(self.nodes.rowCount()):
            index = self.nodes.index(row, 0)
            yield index
            for inner in range(self.nodes.rowCount(index)):
                yield self.nodes.index(inner, 0, index)


class NodeDelegate(QStyledItemDelegate):
    """Paints one node."""

    def __init__(self, theme: Theme, view: MethodTree) -> None:
        super().__init__(view)
        self.theme, self.view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = self.view.node(index).kind is NodeKind.HEADING
        return QSize(self.theme.px(80), self.theme.px(_HEADING if is_heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, node, rect = self.theme, self.view.node(index), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if node.kind is NodeKind.HEADING:
            painter.setFont(theme.font("caption_strong"))
            painter.setPen(theme.color("text3"))
            inner = rect.adjusted(theme.px(16), 0, -theme.px(8), -theme.px(5))
            words = painter.fontMetrics().elidedText(node.text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
        else:
            self._paint_ground(painter, rect, option)
            self._paint_node(painter, rect, node, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        theme, state = self.theme, option.state
        box = rect.adjusted(theme.px(8), 1, -theme.px(8), -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = chosen and self.view.hasFocus()
        tint = "selected" if focused else "selected_inactive" if chosen else "hover"
        painter.setPen(theme.color("focus") if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tint))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if chosen:
            painter.fillRect(box.left(), box.top() + 4, 3, box.height() - 8, theme.color("accent"))

    def _paint_node(self, painter: QPainter, rect: QRect, node: Node, index: Index) -> None:
        theme, ratio = self.theme, self.view.devicePixelRatioF()
        left = rect.left() + theme.px(18) + (theme.px(_GATE_INDENT) if node.kind is NodeKind.GATE else 0)
        icon, side = node.icon, theme.px(16 if node.icon else 14)
        if node.kind is NodeKind.PHASE:
            icon = "chevron-down" if self.view.isExpanded(self.view.nodes.index(index.row(), 0)) else "chevron-right"
            icon = icon if node.inside else ""
        tone = "accent" if node.is_shown or node.kind is NodeKind.GATE else "text2"
        if icon:
            painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, icon_pixmap(icon, tone, side, ratio))
        right = rect.right() - theme.px(16)
        painter.setFont(theme.font("caption"))
        if node.count is not None:
            painter.setPen(theme.color("text3"))
            box = QRect(left, rect.top(), right - left, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{node.count:,}")
            right -= painter.fontMetrics().horizontalAdvance(f"{node.count:,}") + theme.px(8)
        left += theme.px(24 if node.kind is not NodeKind.PHASE else 20)
        self._paint_words(painter, QRect(left, rect.top(), right - left, rect.height()), node)

    def _paint_words(self, painter: QPainter, box: QRect, node: Node) -> None:
        """The name, then its note; where room is short the version stays, since it tells methods of one name apart."""
        theme, middle, gap = self.theme, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.theme.px(8)
        small = QFontMetrics(theme.font("caption"))
        kept = node.note.partition(",")[0] if node.kind is NodeKind.METHOD else ""
        room = box.width() - (small.horizontalAdvance(kept) + gap if kept else 0)
        painter.setFont(theme.font("body_medium" if node.kind is NodeKind.METHOD else "body"))
        painter.setPen(theme.color("accent_text" if node.is_shown else "text"))
        words = painter.fontMetrics().elidedText(node.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, middle, words)
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(words) + gap)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        fits = small.horizontalAdvance(node.note) <= box.width()
        painter.drawText(box, middle, node.note if fits else kept)


def _item(node: Node) -> QStandardItem:
    item = QStandardItem(node.text)
    item.setData(node, _NODE)
    item.setData(node.spoken, Qt.ItemDataRole.AccessibleTextRole)
    item.setData(f"{node.text}  {node.note}".strip(), Qt.ItemDataRole.ToolTipRole)
    if node.kind is NodeKind.HEADING:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    else:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    for inner in node.inside:
        item.appendRow(_item(inner))
    return item
