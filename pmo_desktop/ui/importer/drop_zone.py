"""Where a workbook is dropped or chosen, and the buttons of workbooks imported before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.drops import choose_path, dropped_paths
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.importer.files import WORKBOOKS
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import Theme

_HEIGHT, _ICON = 176, 32


class DropZone(QFrame):
    """A dashed field that takes a workbook; the button is the way without a mouse."""

    dropped = Signal(object)

    def __init__(self, theme: Theme, choose: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._is_over = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Drop a workbook here")
        self.setFixedHeight(theme.px(_HEIGHT))
        self.button = Button("Choose file…", "folder-open", slot=choose)
        middle = Qt.AlignmentFlag.AlignHCenter
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 20 + theme.px(_ICON) + 10, 16, 18)
        box.setSpacing(4)
        box.addWidget(label("Drop a workbook here", "subtitle"), 0, middle)
        words = label("Excel, OpenDocument or CSV. The file is never changed.", "caption", wrap=True)
        words.setAlignment(middle)
        box.addWidget(words)
        box.addStretch(1)
        box.addWidget(self.button, 0, middle)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if choose_path(dropped_paths(event.mimeData()), WORKBOOKS):  # any other goes on to the window, which says why
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = dropped_paths(event.mimeData())
        if path := choose_path(paths, WORKBOOKS):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed frame, in the accent while a file is over it, and the icon."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._is_over else "border_strong"), 2 if self._is_over else 1.2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("accent_tint" if self._is_over else "surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 6, 6)
        side = theme.px(_ICON)
        picture = icon_pixmap("file-spreadsheet", "accent_text", side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, 22, picture)

    def _set_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()


class WorkbookButton(QAbstractButton):
    """A workbook imported before: its name and its folder."""

    def __init__(self, path: Path, theme: Theme) -> None:
        super().__init__()
        self.path, self.theme = path, theme
        self.setAccessibleName(f"Import {path.name} from {path.parent}")
        self.setToolTip(str(path))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, self.theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name, folder below."""
        theme, focused = self.theme, self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
        painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)
        side = theme.px(16)
        top = (self.height() - side) // 2
        painter.drawPixmap(12, top, icon_pixmap("file-spreadsheet", "text2", side, self.devicePixelRatioF()))
        upper = self.rect().adjusted(38, 6, -10, -self.height() // 2)
        lower = self.rect().adjusted(38, self.height() // 2, -10, -6)
        for box, role, token, text in (
            (upper, "body_medium", "text", self.path.name),
            (lower, "caption", "text3", str(self.path.parent)),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
