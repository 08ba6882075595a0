"""The editors of cells and form fields: one line, several lines, a choice from a list, a date with a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCalendarWidget,
    QCompleter,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.kinds import KINDS, long_date

_MOST_SHOWN = 12
_INSET = 2  # pixels that Qt leaves beside the text of a line


class LineEditor(QLineEdit):
    """One line of text."""

    chosen = Signal()  # something was picked from a list or calendar: the edit is done

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("role", "cell")

    def set_text(self, text: str, *, replaced: bool) -> None:
        """Fill the editor; the caret stands at the end."""
        self.setText(text)
        self.setCursorPosition(len(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """At rest a text that is too long ends in dots, and a tooltip says all of it."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        margins = self.textMargins()
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        inside = inside.adjusted(margins.left() + _INSET, margins.top(), -margins.right() - _INSET, -margins.bottom())
        said = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        cut = said != self.text()
        self.setToolTip(self.text() if cut else "")
        if self.hasFocus() or not cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _keeps(event):
            event.accept()  # while a cell is edited, filling and opening are not meant
        return super().event(event)


class NoteEditor(QPlainTextEdit):
    """Several lines; Alt+Enter starts a new one, Enter is the grid's."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("role", "cell")
        self.setProperty("tall", True)
        self.setTabChangesFocus(True)

    def set_text(self, text: str, *, replaced: bool) -> None:
        """Fill the editor; the caret stands at the end."""
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        return QSize(320, 120)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _keeps(event):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            return
        super().keyPressEvent(event)


class ChoiceEditor(LineEditor):
    """One line with a list of known values under it; letters narrow the list, Alt+Down shows all of it.

    The list is made when the editor is first gone to: a form has dozens of them, of which few are ever used.
    """

    def __init__(self, parent: QWidget | None, choices: Callable[[], Sequence[str]]) -> None:
        super().__init__(parent)
        self._offer = choices
        self._choices: list[str] = []
        self._completer: QCompleter | None = None

    def set_text(self, text: str, *, replaced: bool) -> None:
        super().set_text(text, replaced=replaced)
        if replaced:
            completer = self._ready()
            completer.setCompletionPrefix(text)
            completer.complete()

    def show_list(self) -> None:
        """Show every choice, the present one chosen."""
        completer = self._ready()
        completer.setCompletionPrefix("")
        completer.complete()
        if self.text() in self._choices:
            here = completer.completionModel().index(self._choices.index(self.text()), 0)
            _list_of(completer).setCurrentIndex(here)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ready()
        super().focusInEvent(event)

    def _ready(self) -> QCompleter:
        if self._completer is None:
            self._choices = list(self._offer())
            self._completer = self._make_completer()
            self.setCompleter(self._completer)
        return self._completer

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self._choices, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_MOST_SHOWN)
        completer.activated.connect(lambda _text: self.chosen.emit(), Qt.ConnectionType.QueuedConnection)
        _list_of(completer).setAccessibleName("Choices")
        return completer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_list()
            return
        super().keyPressEvent(event)


class DateEditor(LineEditor):
    """One line that takes a date in any common form; Alt+Down opens a calendar."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("18 Jun 2027")

    def show_list(self) -> None:
        """Open the calendar below the line."""
        Calendar(self).open_at(self.mapToGlobal(QPoint(0, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_list()
            return
        super().keyPressEvent(event)


class Calendar(QFrame):
    """A calendar in a popover; a day picked goes into its editor."""

    def __init__(self, editor: DateEditor) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editor = editor
        self.pages = QCalendarWidget()
        self.pages.setAccessibleName("Calendar")
        self.pages.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.pages.setGridVisible(False)
        shown = QDate.fromString(editor.text(), "d MMM yyyy")
        if shown.isValid():
            self.pages.setSelectedDate(shown)
        self.pages.activated.connect(self._take)
        self.pages.clicked.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.pages)

    def open_at(self, place: QPoint) -> None:
        """Show the calendar with its top left corner at a place of the screen."""
        self.adjustSize()
        self.move(place)
        self.show()
        self.pages.setFocus()

    def _take(self, day: QDate) -> None:
        self.editor.setText(long_date(date(day.year(), day.month(), day.day())))
        self.close()
        self.editor.chosen.emit()


Editor = LineEditor | NoteEditor


def make_editor(parent: QWidget | None, meaning: Field, choices: Callable[[Field], Sequence[str]]) -> Editor:
    """The editor of a field's kind; `choices` is asked when a list of them is first needed."""
    kind = KINDS[meaning.kind].editor
    if kind == "note":
        made: Editor = NoteEditor(parent)
    elif kind == "choice":
        made = ChoiceEditor(parent, lambda: choices(meaning))
    elif kind == "date":
        made = DateEditor(parent)
    else:
        made = LineEditor(parent)
    made.setAccessibleName(meaning.label)
    if meaning.help:
        made.setAccessibleDescription(meaning.help)
    return made


def write_editor(editor: QWidget, text: str, *, replaced: bool) -> None:
    """Fill an editor."""
    if isinstance(editor, LineEditor | NoteEditor):
        editor.set_text(text, replaced=replaced)


def read_editor(editor: QWidget) -> str:
    """What an editor holds."""
    return editor.text() if isinstance(editor, LineEditor | NoteEditor) else ""


def _list_of(completer: QCompleter) -> QAbstractItemView:
    found = completer.popup()
    assert found is not None  # noqa: S101  a completer has its list from the start
    return found


def _keeps(event: QKeyEvent) -> bool:
    """Whether an editor keeps a key that is a command elsewhere: Ctrl+D, Ctrl+R, Alt+Enter and Alt+arrows."""
    held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
    if held == Qt.KeyboardModifier.ControlModifier:
        return key in (Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return held == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
