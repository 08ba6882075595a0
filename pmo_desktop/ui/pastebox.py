"""Pasting a block as new records: which column goes where, a small preview, and one button that says how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.operations.records import create_records
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.clipboard import Block, block_from_text
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.label import ElidedLabel, label
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.typed import read_typed

_SHOWN_ROWS, _SHOWN_COLUMNS = 5, 5


@dataclass(frozen=True, slots=True)
class Planned:
    """A block read as records: the fields of its columns (None takes no part), values, and what could not be read."""

    fields: tuple[Field | None, ...]
    texts: Block
    values: tuple[dict[str, Any], ...]
    problems: tuple[str, ...]


def ask_paste(under: QWidget, editing: Editing, outline: Outline, went: Callable[[str], object]) -> PasteBox | None:
    """Show what the clipboard would become; None when there is nothing on it."""
    block = block_from_text(QGuiApplication.clipboard().text())
    if not block:
        editing.context.say("There is nothing on the clipboard to paste.")
        return None
    box = PasteBox(under, editing, outline, plan_block(block, editing), went)
    box.open_under(under)
    return box


def plan_block(block: Block, editing: Editing) -> Planned:
    """Map columns by a header row where the first row is one, else by position from the first editable column."""
    table = editing.grid.table
    editable = [column.field for column in table.columns if column.editable]
    known = _headings(table.arrangement.fields.values())
    heads = [known.get(text.strip().casefold()) for text in block[0]]
    texts = block
    if sum(head is not None for head in heads) * 2 > len(heads):
        fields, texts = heads, block[1:]
    else:
        fields = [*editable[: len(block[0])], *(None for _ in block[0][len(editable) :])]
    values, problems = [], []
    for number, row in enumerate(texts, 1):
        read: dict[str, Any] = {}
        for meaning, text in zip(fields, row, strict=True):
            if meaning is None or not text.strip():
                continue
            typed = read_typed(meaning, text, {}, table.reading, editing.names())
            if typed.reason:
                problems.append(f"Row {number}, {meaning.label}: {typed.reason}")
            else:
                read[meaning.name] = typed.value
        if read:
            values.append(read)
    return Planned(tuple(fields), texts, tuple(values), tuple(problems))


class PasteBox(Popover):
    """The preview; nothing is written before its button is pressed."""

    def __init__(
        self, parent: QWidget, editing: Editing, outline: Outline, plan: Planned, went: Callable[[str], object]
    ) -> None:
        super().__init__(parent, "Paste as new records")
        self.editing, self.outline, self.plan, self.went = editing, outline, plan, went
        count = len(plan.values)
        said = f"{count:,} new {outline.one if count == 1 else outline.many}"
        self.setMinimumWidth(520)
        self.column.addWidget(label(said, "subtitle"))
        self.column.addLayout(self._preview())
        for problem in plan.problems[:3]:
            self.column.addWidget(label(f"{problem} The cell stays empty.", "caption_warn", wrap=True))
        if len(plan.problems) > 3:
            self.column.addWidget(label(f"{len(plan.problems) - 3:,} more cells cannot be read.", "caption_warn"))
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.button = Button(f"Create {said.replace('new ', '')}", kind="secondary", slot=self.create_all)
        self.button.setEnabled(count > 0)
        foot.addWidget(self.button)
        self.column.addLayout(foot)
        self.button.setFocus()

    def create_all(self) -> None:
        """Create the records as one step."""
        try:
            made = create_records(self.editing.context.store, self.outline.entity, self.plan.values)
        except Known as known:
            self.wrong.setText(str(known))
            self.wrong.show()
            self.adjustSize()
            return
        self.close()
        self.editing.context.toast(f"{len(made):,} {self.outline.one if len(made) == 1 else self.outline.many} created")
        self.went(made[0])

    def _preview(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for place, meaning in enumerate(self.plan.fields[:_SHOWN_COLUMNS]):
            grid.addWidget(label(meaning.label if meaning else "(not used)", "caption_quiet"), 0, place)
            for row, texts in enumerate(self.plan.texts[:_SHOWN_ROWS]):
                grid.addWidget(ElidedLabel(texts[place], "caption"), row + 1, place)
        rest = len(self.plan.texts) - _SHOWN_ROWS
        if rest > 0:
            grid.addWidget(label(f"and {rest:,} more rows", "caption_quiet"), _SHOWN_ROWS + 1, 0, 1, 2)
        return grid


def _headings(fields: Iterable[Field]) -> dict[str, Field]:
    """Fields by folded heading: their label, name and the words other people use."""
    found: dict[str, Field] = {}
    for each in fields:
        if not each.computed:
            for word in (*each.also, each.name, each.label):
                found[word.casefold()] = each
    return found
