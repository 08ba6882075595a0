"""A conflict side by side: what the last file said, what this one says, what the portfolio holds, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from pmo_desktop.exchange.plan import Answer
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.clashes import Clash
from pmo_desktop.ui.importer.faces import Side
from pmo_desktop.ui.label import Rows, label, rule

TAKE, KEEP = "Take the file’s", "Keep ours"
_ANSWERS = ((Answer.THEIRS, TAKE, "T"), (Answer.OURS, KEEP, "O"))


class ClashCard(Rows):
    """`settled` carries an answer and whether it is for the whole column; `wanted` asks for the next open conflict."""

    settled = Signal(object, bool)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("card")
        self.title = label("", "strong", wrap=True)
        self.sides = QGridLayout()
        self.words: list[tuple[QLabel, QLabel, QLabel]] = []
        self.cell_buttons = {answer: self._button(answer, words, key, whole=False) for answer, words, key in _ANSWERS}
        self.column_buttons = {answer: self._button(answer, words, key, whole=True) for answer, words, key in _ANSWERS}
        self.line = rule("rule_soft")
        self.whole = label("", "caption", wrap=True)
        self.reopen = Button("Leave it open", kind="link", slot=lambda: self.settled.emit(Answer.ASK, False))
        self.next = Button("Show the next one", kind="link", slot=self.wanted.emit)
        self._lay_out()

    def show_clash(self, clash: Clash, sides: Sequence[Side], place: int, of: int, alike: int) -> None:
        """Show one conflict, the `place`-th of `of`; `alike` are in its column."""
        self.title.setText(clash.title)
        for (whose, words, note), side in zip(self.words, sides, strict=True):
            whose.setText(side.whose)
            words.setText(side.words)
            note.setText(side.note)
            note.setVisible(bool(side.note))
        answer = clash.conflict.answer
        for buttons in (self.cell_buttons, self.column_buttons):
            for each, button in buttons.items():
                button.icon_name = "check" if each is answer and buttons is self.cell_buttons else ""
                button.updateGeometry()
        where = f"{clash.title}, conflict {place} of {of}"
        for each, button in self.cell_buttons.items():
            chosen = ", chosen" if each is answer else ""
            button.setAccessibleName(f"{button.text()}: {where}{chosen}")
        for button in self.column_buttons.values():
            button.setAccessibleName(f"{button.text()} for the whole column {clash.column.label}")
            button.setVisible(alike > 1)
        self.whole.setText(f"For the whole column: {count_text(alike, 'conflict')} in {clash.column.label}")
        for part in (self.whole, self.line):
            part.setVisible(alike > 1)
        self.reopen.setVisible(not clash.is_open)
        self.next.setVisible(of > 1)
        said = "; ".join(f"{side.whose} {side.words} {side.note}".strip() for side in sides)
        self.setAccessibleName(f"{where}: {said}")

    def _button(self, answer: Answer, words: str, key: str, *, whole: bool) -> Button:
        button = Button(words, kind="secondary", slot=partial(self.settled.emit, answer, whole))
        button.setToolTip(f"{words}{' for the whole column' if whole else ''} ({'Shift+' if whole else ''}{key})")
        return button

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Mark("arrow-left-right", "warn_fg", 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        box.addLayout(head)
        self.sides.setHorizontalSpacing(8)
        self.sides.setVerticalSpacing(2)
        self.sides.setColumnStretch(1, 1)
        for line in range(3):
            parts = label("", "caption_quiet"), label("", "medium", wrap=True), label("", "caption", wrap=True)
            self.words.append(parts)
            self.sides.addWidget(parts[0], 2 * line, 0, Qt.AlignmentFlag.AlignTop)
            self.sides.addWidget(parts[1], 2 * line, 1)
            self.sides.addWidget(parts[2], 2 * line + 1, 1)
        box.addLayout(self.sides)
        box.addLayout(_in_a_row(*self.cell_buttons.values()))
        box.addWidget(self.line)
        box.addWidget(self.whole)
        box.addLayout(_in_a_row(*self.column_buttons.values()))
        box.addLayout(_in_a_row(self.next, self.reopen))


def _in_a_row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
