"""The links of one entry, both ways: what it came from and became, what it stands under or gathers, each to go to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from pmo_desktop.figures.trail import Step, read_trails
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.raid import release_risks
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import ElidedLabel, label
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.theme import current_theme

_MOST = 12  # gathered risks on a list; the matrix and the register show the others
_WORDS_WIDTH = 84


class TrailList(QWidget):
    """Each line: how it is linked, the linked entry as a link, its title now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.links: list[Button] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(2)
        self.grid.setColumnStretch(2, 1)

    def show_entry(self, register: str, row: str, *, editable: bool) -> bool:
        """Show the links of an entry; the answer says whether there are any."""
        self._clear()
        trail = read_trails(self.context.store).of(register, row)
        for words, steps in (("Came from", trail.origins), ("Became", trail.became), ("Stands under", trail.heads)):
            for step in steps:
                self._add(words, step)
        if trail.under:
            self._tell_exposure([step.row for step in trail.under])
        for step in trail.under[:_MOST]:
            take = partial(self._release, row, step) if editable else None
            self._add("Gathers", step, take)
        if (more := len(trail.under) - _MOST) > 0:
            self.grid.addWidget(label(f"and {more:,} more", "caption"), self.grid.rowCount(), 1, 1, 3)
        return bool(trail.words)

    # ------------------------------------------------------------------ below the counter

    def _add(self, words: str, step: Step, take_out: Callable[[], object] | None = None) -> None:
        store, line = self.context.store, self.grid.rowCount()
        row, info = read_row(store, step.register, step.row), BY_ENTITY[step.register]
        how = label(words, "label")
        how.setMinimumWidth(current_theme().px(_WORDS_WIDTH))
        self.grid.addWidget(how, line, 0)
        if row is None:
            self.grid.addWidget(label(f"{step.words} (deleted)", "caption"), line, 1, 1, 3)
            return
        title = str(row[info.title] or "")
        go = partial(self.context.navigate, info.name, step.row)
        link = Button(str(row.get("ref") or step.called), kind="link", slot=go)
        link.setAccessibleName(f"{words} {step.words}, {title}")
        self.links.append(link)
        self.grid.addWidget(link, line, 1)
        self.grid.addWidget(ElidedLabel(title, "body2"), line, 2)
        if take_out is not None:
            said = f"Take {step.called} out"
            self.grid.addWidget(IconButton("x", said, take_out), line, 3)

    def _tell_exposure(self, members: list[str]) -> None:
        """What the gathered risks may take together."""
        # numpy is not read before somebody stands on a risk that gathers others.
        from pmo_desktop.figures.exposure import exposure_words, read_exposure  # noqa: PLC0415

        told = exposure_words(read_exposure(self.context.store, only=members))
        self.grid.addWidget(label(told, "body", wrap=True), self.grid.rowCount(), 0, 1, 4)

    def _release(self, head: str, step: Step) -> None:
        if release_risks(self.context.store, head, [step.row]) is not None:
            self.context.toast(f"{step.called} taken out", "Undo", partial(undo_last, self.context))

    def _clear(self) -> None:
        self.links = []
        while (item := self.grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
