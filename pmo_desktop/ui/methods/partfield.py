"""A field of a part that is edited: a label and an editor; leaving it writes, Esc takes back what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import Record
from pmo_desktop.ui.grid.editors import ChoiceEditor, Editor, LineEditor, NoteEditor, make_editor
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.kinds import Reading, exact_text
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme
from pmo_desktop.ui.typed import Names, Typed, complete_word, read_typed

LABEL_WIDTH = 132
_NOTE_HEIGHT = 76
_ROLE_OF = {True: "boxed", False: ""}  # by whether it is a note
_COVER = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)

Write = Callable[[str, Any], object]  # writes a value into a field; raises Known
Offered = Mapping[str, str | None]  # the words of a list and what each of them means


class PartField(QObject):
    """`offer` gives the words that may be chosen; `closed` says that nothing else may be typed."""

    def __init__(
        self,
        meaning: Field,
        write: Write,
        parent: QWidget,
        offer: Callable[[], Offered] | None = None,
        *,
        closed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.meaning, self.write, self.offer, self.closed = meaning, write, offer, closed
        self.shown = ""
        text = f"{meaning.label}, {meaning.unit}" if meaning.unit else meaning.label
        self.words = label(text, "label")
        self.words.setMinimumWidth(current_theme().px(LABEL_WIDTH))
        self.words.setToolTip(meaning.help)
        self.editor: Editor = self._make(parent)
        self._dress(_ROLE_OF[isinstance(self.editor, NoteEditor)])
        if isinstance(self.editor, ChoiceEditor):
            show = QAction(icon("chevron-down"), f"Show the choices of {text}", self.editor)
            show.triggered.connect(self.editor.show_list)
            self.editor.addAction(show, LineEditor.ActionPosition.TrailingPosition)
        self.editor.setAccessibleName(text)
        self.editor.installEventFilter(self)
        self.editor.chosen.connect(self.commit)
        self.words.setBuddy(self.editor)
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        if isinstance(self.editor, NoteEditor):
            self.editor.setFixedHeight(current_theme().px(_NOTE_HEIGHT))

    def show_value(self, row: Record, *, can_write: bool, afresh: bool) -> None:
        """Show what the row says; one that is being typed into is left alone unless it is another row's."""
        if self.editor.hasFocus() and not afresh and self.editor.text() != self.shown:
            return
        self.shown = self._text(row)
        self._set(self.shown)
        if self.editor.isReadOnly() == can_write:
            self.editor.setReadOnly(not can_write)
            self._dress(_ROLE_OF[isinstance(self.editor, NoteEditor)] if can_write else "bare")
            for each in self.editor.actions():
                each.setVisible(can_write)
        self._tell("")

    def commit(self) -> None:
        """Write what was typed, if it is another text; what is not accepted is said under the field."""
        text = self.editor.text()
        if text == self.shown or self.editor.isReadOnly():
            return
        typed = self._read(text.strip())
        if typed.reason:
            self._tell(typed.reason)
            return
        before, self.shown = self.shown, text  # leaving the field once more must not write twice
        try:
            self.write(self.meaning.name, typed.value)
        except Known as known:
            self.shown = before
            self._tell(str(known).removeprefix("Nothing was changed: "))
            return
        self._tell("")

    def restore(self) -> None:
        """Forget what was typed."""
        self._set(self.shown)
        self._tell("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _COVER:
            self.commit()
        return False

    # ------------------------------------------------------------------ below the counter

    def _make(self, parent: QWidget) -> Editor:
        if self.offer is not None:
            offer = self.offer
            return ChoiceEditor(parent, lambda: list(offer()))
        return make_editor(parent, self.meaning, lambda field: field.choices)

    def _dress(self, role: str) -> None:
        self.editor.setProperty("role", role)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def _key(self, event: QKeyEvent) -> bool:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_return and (held or not isinstance(self.editor, NoteEditor)):
            self.commit()
            return True
        if event.key() == Qt.Key.Key_Escape and self.editor.text() != self.shown:
            self.restore()
            return True
        return False

    def _read(self, text: str) -> Typed:
        if self.offer is not None:
            return self._choose(text)
        if isinstance(self.editor, NoteEditor):
            return Typed(text or None)
        return read_typed(self.meaning, text, {}, Reading(), Names(), self.meaning.choices)

    def _choose(self, text: str) -> Typed:
        """What a word of the list means, a plain beginning of one too."""
        offered = self.offer() if self.offer else {}
        if not text:
            return Typed()
        if text in offered:
            return Typed(offered[text])
        by_value = next((value for value in offered.values() if value and value.casefold() == text.casefold()), None)
        if by_value is not None:
            return Typed(by_value)
        words = complete_word(text, list(offered)) if self.closed else []
        if len(words) == 1:
            return Typed(offered[words[0]])
        if self.closed:
            return Typed(reason=f"There is no {label_inside(self.meaning.label)} “{text}”. Choose one from the list.")
        return Typed(text)

    def _text(self, row: Record) -> str:
        value = row.get(self.meaning.name)
        if self.offer is not None and value is not None:
            return next((words for words, means in self.offer().items() if means == value), str(value))
        return exact_text(self.meaning, row, Reading())

    def _set(self, text: str) -> None:
        if self.editor.text() == text:
            return
        self.editor.blockSignals(True)
        self.editor.set_text(text, replaced=False)
        self.editor.blockSignals(False)
        if isinstance(self.editor, LineEditor):
            self.editor.setCursorPosition(0)

    def _tell(self, reason: str) -> None:
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))
        if bool(self.editor.property("wrong")) != bool(reason):
            self.editor.setProperty("wrong", bool(reason))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


class PartForm(QWidget):
    """Fields under each other, labels left and editors right."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self.fields: dict[str, PartField] = {}
        self._row = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def add_fields(self, fields: Sequence[PartField]) -> None:
        """Fill the form."""
        for place, field in enumerate(fields):
            top = Qt.AlignmentFlag.AlignTop if field.meaning.kind is Kind.NOTE else Qt.AlignmentFlag.AlignVCenter
            holder = QVBoxLayout()
            holder.setSpacing(2)
            holder.addWidget(field.editor)
            holder.addWidget(field.wrong)
            field.words.setContentsMargins(0, 6 if field.meaning.kind is Kind.NOTE else 0, 0, 0)
            self.grid.addWidget(field.words, place, 0, top)
            self.grid.addLayout(holder, place, 1)
            self.fields[field.meaning.name] = field

    def show_row(self, row: Record, *, can_write: bool) -> None:
        """Show a part's row; what was typed into another part before is written first."""
        afresh = row["id"] != self._row
        self._row = row["id"]
        for field in self.fields.values():
            field.show_value(row, can_write=can_write, afresh=afresh)

    def commit(self) -> None:
        """Write what is still being typed."""
        for field in self.fields.values():
            field.commit()
