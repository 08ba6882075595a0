"""Forms: a label and an editor for each field of one or several records; leaving a field writes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.wording import money_sign
from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.editing import Editing, Wish
from pmo_desktop.ui.grid.editors import Editor, NoteEditor, make_editor
from pmo_desktop.ui.kinds import Reading, cell_text, exact_text
from pmo_desktop.ui.label import ElidedLabel, label
from pmo_desktop.ui.theme import current_theme

SEVERAL = "Several"
LABEL_WIDTH = 104
_MOST_LINES = 14
_NO_LIMIT = 16_777_215


class FormField(QObject):
    """One field: shows the records' shared value, writes into all of them in one step."""

    def __init__(self, meaning: Field, editing: Editing, parent: QWidget) -> None:
        super().__init__(parent)
        self.meaning, self.editing = meaning, editing
        self.records: list[Record] = []
        self.words = ElidedLabel(meaning.label, "label")
        self.words.setFixedWidth(current_theme().px(LABEL_WIDTH))
        self.words.setToolTip(meaning.help)
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.shown = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        self.editor: Editor = make_editor(parent, meaning, editing.grid.choices)
        self.editor.setProperty("role", "quiet")
        self.editor.installEventFilter(self)
        self.editor.chosen.connect(self.commit)
        self.words.setBuddy(self.editor)
        if isinstance(self.editor, NoteEditor):
            self.words.setMaximumWidth(_NO_LIMIT)
            self.words.setMinimumWidth(0)
            self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.editor.document().setDocumentMargin(0)
            self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.editor.textChanged.connect(self._soon.start)

    def show_records(self, records: Sequence[Record], reading: Reading, *, editable: bool) -> None:
        """Show what the records have in this field; one that is being typed into is left alone."""
        if self.editor.hasFocus() and [each.id for each in records] == [each.id for each in self.records]:
            return
        self.records = list(records)
        texts = {self._text(record, reading) for record in records}
        self.shown = texts.pop() if len(texts) == 1 else ""
        mixed = bool(texts)
        self.editor.setPlaceholderText(SEVERAL if mixed else self._kept() or "\N{EN DASH}")
        self._set(self.shown)
        self.editor.setReadOnly(not editable or self.meaning.computed)
        self._tell("")

    def commit(self) -> None:
        """Write what was typed, if it is another text."""
        text = self.editor.text()
        if text == self.shown or not self.records or self.editor.isReadOnly():
            return
        wishes = [Wish(record.id, self.meaning, text, by_hand=True) for record in self.records]
        _, problems = self.editing.read(wishes)
        if problems:
            self._tell(next(iter(problems.values()))[1])
            return
        self._tell("")
        self.shown = text
        self.editing.apply(wishes)
        table = self.editing.grid.table
        written = table.arrangement.by_id.get(self.records[0].id)
        if written is not None and self.editor.text() == text:  # as it is kept: a completed word, a date in full
            self.shown = self._text(written, table.reading)
            self._set(self.shown)

    def restore(self) -> None:
        """Forget what was typed."""
        self._set(self.shown)
        self._tell("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                QTimer.singleShot(0, self.commit)
        elif event.type() == QEvent.Type.Resize:
            self._soon.start()  # a height set while the layout is at work would be forgotten
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _NEW_LINE:
            self.commit()
            return True
        if event.key() == Qt.Key.Key_Escape and self.editor.text() != self.shown:
            self.restore()
            return True
        return False

    def _text(self, record: Record, reading: Reading) -> str:
        if self.meaning.computed:
            return cell_text(self.meaning, record.row, reading)
        text = exact_text(self.meaning, record.row, reading)
        if text and self.meaning.kind is Kind.MONEY:
            return money_sign(record.row.get("currency") or reading.currency) + text
        return text

    def _kept(self) -> str:
        """The text an import kept for the one record shown."""
        if len(self.records) != 1:
            return ""
        kept = self.editing.grid.table.texts.get((self.records[0].id, self.meaning.name))
        return f"{kept['text']} (kept as text)" if kept and not self.shown else ""

    def _set(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.set_text(text, replaced=False)
        self.editor.blockSignals(False)
        if isinstance(self.editor, NoteEditor):
            self._soon.start()
        else:
            self.editor.setCursorPosition(0)

    def _fit(self) -> None:
        """A note is as tall as its text, within reason; a longer one scrolls."""
        if isinstance(self.editor, NoteEditor) and self.editor.viewport().width() > 0:
            lines = round(self.editor.document().documentLayout().documentSize().height())
            edge = self.editor.height() - self.editor.viewport().height()
            policy = (
                Qt.ScrollBarPolicy.ScrollBarAlwaysOff if lines <= _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            )
            self.editor.setVerticalScrollBarPolicy(policy)
            shown = max(1, min(_MOST_LINES, lines))
            self.editor.setFixedHeight(shown * self.editor.fontMetrics().lineSpacing() + max(edge, 6) + 1)

    def _tell(self, reason: str) -> None:
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))
        if bool(self.editor.property("wrong")) != bool(reason):
            self.editor.setProperty("wrong", bool(reason))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


_NEW_LINE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Form(QWidget):
    """Fields under each other: labels left, editors right."""

    def __init__(self, fields: Sequence[Field], editing: Editing, *, wide: bool = False) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        self.parts = [FormField(meaning, editing, self) for meaning in fields]
        row = 0
        for part in self.parts:
            holder = QVBoxLayout()
            holder.setSpacing(0)
            holder.addWidget(part.editor)
            holder.addWidget(part.wrong)
            if wide or part.meaning.kind is Kind.NOTE:
                grid.addWidget(part.words, row, 0, 1, 2)
                grid.addLayout(holder, row + 1, 0, 1, 2)
                part.words.setVisible(not wide or len(self.parts) > 1)
                row += 2
            else:
                grid.addWidget(part.words, row, 0, Qt.AlignmentFlag.AlignVCenter)
                grid.addLayout(holder, row, 1)
                row += 1

    def show_records(self, records: Sequence[Record], reading: Reading, *, editable: bool) -> None:
        """Show these records in every field."""
        for part in self.parts:
            part.show_records(records, reading, editable=editable)
