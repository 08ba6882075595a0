"""How the preview's cells are drawn: what happens, errors, warnings, and the old value above the new one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pmo_desktop.exchange.plan import RowKind
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.grid.editors import make_editor, read_editor, write_editor
from pmo_desktop.ui.grid.ink import PADDING, TOO_NARROW, Ink
from pmo_desktop.ui.grid.ink import Face as Type
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.importer.faces import CONFLICT, MISSING, STATE_WORDS, Face, state_of
from pmo_desktop.ui.importer.sheet import Sheet
from pmo_desktop.ui.importer.sheet_model import HAPPENS, ROW, SheetModel
from pmo_desktop.ui.kinds import DASH, KINDS
from pmo_desktop.ui.marks import MARGIN, rag_mark

Index = QModelIndex | QPersistentModelIndex
ROW_LOOKS: dict[str, tuple[str, str, str]] = {  # icon, ground and ink of the first column
    RowKind.REJECTED: ("circle-alert", "err_bg", "err_fg"),
    RowKind.CHANGED: ("pencil", "diff_chg", "diff_chg_fg"),
    RowKind.NEW: ("plus", "diff_new", "diff_new_fg"),
    CONFLICT: ("arrow-left-right", "warn_bg", "warn_fg"),
    RowKind.UNCHANGED: ("minus", "", "text2"),
    MISSING: ("file-x", "", "text2"),
}
_LOUD = {  # ground, ink, frame and icon of a cell that needs a person
    "err": ("err_bg", "err_fg", "err_line", "circle-alert"),
    "warn": ("warn_bg", "warn_fg", "warn_line", "triangle-alert"),
}
_ICON, _MARK = 14, 18


class SheetDelegate(QStyledItemDelegate):
    """Paints and edits the cells of one half of the preview."""

    def __init__(self, grid: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self.grid = grid

    # ------------------------------------------------------------------ painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        grid, model, rect = self.grid, self.grid.model, option.rect
        line, place = index.row(), index.column()
        ink = grid.ink
        painter.fillRect(rect, ink.color(grid.ground(line)))
        if place == HAPPENS:
            self._paint_happens(painter, rect, line, state_of(model.row(line)))
        elif place == ROW:
            _draw(painter, rect, model.row_name(line), ink.caption, ink.color("text3"), right=True)
        else:
            self._paint_cell(painter, rect, model.face(line, place), place)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.color("grid"))
        if line == grid.current_line and place == grid.current_place and grid.is_active:
            painter.setPen(QPen(ink.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_happens(self, painter: QPainter, rect: QRect, line: int, state: str) -> None:
        ink = self.grid.ink
        icon, ground, colour = ROW_LOOKS[state]
        if ground:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), ink.color(ground))
        _draw_icon(painter, rect, rect.left() + PADDING + 2, icon, colour, ink)
        words = rect.adjusted(PADDING + ink.theme.px(_ICON) + 2, 0, 0, 0)
        _draw(painter, words, STATE_WORDS[state], ink.medium, ink.color(colour))
        model = self.grid.model
        if model.shown is not None and state != RowKind.REJECTED and model.shown.has_look(model.places[line]):
            _draw_icon(painter, rect, rect.right() - PADDING - ink.theme.px(_ICON), "triangle-alert", "warn_fg", ink)

    def _paint_cell(self, painter: QPainter, rect: QRect, face: Face, place: int) -> None:
        ink = self.grid.ink
        if face.tone in _LOUD:
            self._paint_loud(painter, rect, face, place)
        elif face.tone == "changed":
            painter.fillRect(rect.adjusted(0, 0, 0, -1), ink.color("diff_chg"))
            self._paint_change(painter, rect, face, place)
        elif face.tone in ("conflict", "settled"):
            self._paint_conflict(painter, rect, face, place)
        elif face.tone == "edited":
            self._paint_edited(painter, rect, face, place)
        elif face.is_rating:
            self._paint_mark(painter, rect, rect.left() + PADDING, face.code)
        elif face.tone == "kept":
            _draw(painter, rect, face.text, ink.caption, ink.color("text3"))
        else:
            self._paint_plain(painter, rect, face, place, quiet=face.tone == "quiet")

    def _paint_plain(self, painter: QPainter, rect: QRect, face: Face, place: int, *, quiet: bool) -> None:
        ink, column = self.grid.ink, self.grid.model.column(place)
        kind = column.kind if column and column.kind else Kind.TEXT
        strong = column is not None and column.field == self.grid.title_field
        colour = "text2" if quiet or (kind is Kind.CODE) else "text"
        type_ = ink.name if strong and not quiet else ink.body
        if not face.text:
            _draw(painter, rect, DASH, ink.body, ink.color("text3"), right=KINDS[kind].right)
            return
        _draw(painter, rect, face.text, type_, ink.color(colour), right=KINDS[kind].right)

    def _paint_loud(self, painter: QPainter, rect: QRect, face: Face, place: int) -> None:
        ink = self.grid.ink
        ground, colour, line, icon = _LOUD[face.tone]
        box = rect.adjusted(0, 1, -2, -2)
        painter.fillRect(box, ink.color(ground))
        painter.setPen(QPen(ink.color(line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        side = ink.theme.px(_ICON)
        _draw_icon(painter, rect, rect.right() - PADDING - side, icon, colour, ink)
        words = rect.adjusted(0, 0, -side - 6, 0)
        column = self.grid.model.column(place)
        is_number = bool(column and column.kind and KINDS[column.kind].right)
        right = is_number and ink.medium.width(face.text) <= words.width() - 2 * PADDING
        _draw(painter, words, face.text, ink.medium, ink.color(colour), right=right)

    def _paint_change(self, painter: QPainter, rect: QRect, face: Face, place: int) -> None:
        ink, column = self.grid.ink, self.grid.model.column(place)
        if face.is_rating and not face.old:  # only the words beside the rating are others
            self._paint_mark(painter, rect, rect.left() + PADDING, face.code)
            return
        if face.is_rating:
            step = ink.theme.px(_MARK) + 18
            self._paint_mark(painter, rect, rect.left() + PADDING, face.old_code)
            arrow = rect.left() + PADDING + ink.theme.px(_MARK) + 3
            picture = icon_pixmap("arrow-right", "text2", 12, painter.device().devicePixelRatioF())
            painter.drawPixmap(arrow, rect.center().y() - 5, picture)
            self._paint_mark(painter, rect, rect.left() + PADDING + step, face.code)
            return
        right = bool(column and column.kind and KINDS[column.kind].right)
        if not face.old:
            _draw(painter, rect, face.text, ink.strong, ink.color("diff_chg_fg"), right=right)
            return
        half = rect.height() // 2
        upper, lower = rect.adjusted(0, 3, 0, -half), rect.adjusted(0, half - 2, 0, -2)
        _draw(painter, upper, face.old, ink.struck, ink.color("text3"), right=right)
        _draw(painter, lower, face.text, ink.strong, ink.color("diff_chg_fg"), right=right)

    def _paint_conflict(self, painter: QPainter, rect: QRect, face: Face, place: int) -> None:
        """Ours above theirs in a dashed frame, neither struck; a settled one as a change with a tick."""
        ink, side = self.grid.ink, self.grid.ink.theme.px(_ICON)
        is_open = face.tone == "conflict"
        inside = rect.adjusted(0, 0, -side - 4, 0)
        if not is_open:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), ink.color("diff_chg"))
            self._paint_change(painter, inside, face, place)
            _draw_icon(painter, rect, rect.right() - PADDING - side + 4, "check", "diff_chg_fg", ink)
            return
        box = rect.adjusted(1, 1, -2, -2)
        painter.fillRect(box, ink.color("warn_bg"))
        painter.setPen(QPen(ink.color("warn_line"), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        _draw_icon(painter, rect, rect.right() - PADDING - side + 4, "arrow-left-right", "warn_fg", ink)
        if face.is_rating:
            self._paint_mark(painter, rect, rect.left() + PADDING, face.old_code)
            self._paint_mark(painter, rect, rect.left() + PADDING + ink.theme.px(_MARK) + 6, face.code)
            return
        column, half = self.grid.model.column(place), rect.height() // 2
        right = bool(column and column.kind and KINDS[column.kind].right)
        _draw(painter, inside.adjusted(0, 3, 0, -half), face.old, ink.caption, ink.color("text2"), right=right)
        _draw(painter, inside.adjusted(0, half - 2, 0, -2), face.text, ink.strong, ink.color("warn_fg"), right=right)

    def _paint_edited(self, painter: QPainter, rect: QRect, face: Face, place: int) -> None:
        """A value that was edited here and stays: as it is, with a person beside it."""
        ink, side = self.grid.ink, self.grid.ink.theme.px(_ICON)
        if face.is_rating:
            self._paint_mark(painter, rect, rect.left() + PADDING, face.code)
        else:
            self._paint_plain(painter, rect.adjusted(0, 0, -side - 4, 0), face, place, quiet=False)
        _draw_icon(painter, rect, rect.right() - PADDING - side + 4, "user", "text3", ink)

    def _paint_mark(self, painter: QPainter, rect: QRect, left: int, code: str | None) -> None:
        theme = self.grid.ink.theme
        size = theme.px(_MARK)
        mark = rag_mark(theme, code, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(left - MARGIN, rect.center().y() + 1 - size // 2 - MARGIN, mark)

    # ------------------------------------------------------------------ editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        meaning = meaning_of(self.grid.model, index.column())
        return make_editor(parent, meaning, self.grid.choices)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not editor.property("filled"):
            replaced, self.grid.first_key = self.grid.first_key, ""
            write_editor(editor, replaced or self.grid.found_text(index), replaced=bool(replaced))
            editor.setProperty("filled", True)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self.grid.commit(index.row(), index.column(), read_editor(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), 140))
        if editor.property("tall"):
            rect.setSize(editor.sizeHint())
        room = self.grid.half(index.column()).viewport().rect()
        rect.moveRight(min(rect.right(), room.right()))
        rect.moveLeft(max(0, rect.left()))
        rect.moveBottom(min(rect.bottom(), room.bottom()))
        editor.setGeometry(rect)


def meaning_of(model: SheetModel, place: int) -> Field:
    """The field of a column, also when the plan only declares it."""
    column = model.column(place)
    assert column is not None and column.field and model.shown is not None  # noqa: S101, PT018  only cells are edited
    try:
        return find_field(model.shown.table.entity or "", column.field)
    except KeyError:
        return Field(column.field, column.label, column.kind or Kind.TEXT)


def _draw(painter: QPainter, rect: QRect, text: str, type_: Type, colour: QColor, *, right: bool = False) -> None:
    room = rect.width() - 2 * PADDING
    line = " ".join(text.split()) if "\n" in text else text
    said = TOO_NARROW if right and type_.width(line) > room else type_.fit(line, room)
    x = rect.right() + 1 - PADDING - type_.width(said) if right else rect.left() + PADDING
    painter.setFont(type_.font)
    painter.setPen(colour)
    painter.drawText(QPointF(x, rect.top() + rect.height() / 2 + type_.rise), said)


def _draw_icon(painter: QPainter, rect: QRect, left: int, icon: str, token: str, ink: Ink) -> None:
    side = ink.theme.px(_ICON)
    picture = icon_pixmap(icon, token, side, painter.device().devicePixelRatioF())
    painter.drawPixmap(left, rect.center().y() + 1 - side // 2, picture)
