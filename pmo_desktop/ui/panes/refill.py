"""A big register read again off the window's thread and swapped in whole: rows, figures, words and their order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shiboken6 import isValid

from pmo_desktop.store.collector import without_collector
from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.arrange import Arrangement, Wanted
from pmo_desktop.ui.fitted import fit_views, refit_view
from pmo_desktop.ui.panes.shown import ShownRegister
from pmo_desktop.ui.registerdata import RegisterData, Sheet
from pmo_desktop.ui.view import View

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

AT_ONCE = 500  # rows that are read, and changes that are taken over, before a frame is due
OPENED_AT_ONCE = 10_000  # rows that are read before a pane is shown for the first time


@dataclass(frozen=True, slots=True)
class Look:
    """How the person looks at the register: what a reading is arranged for."""

    view: View
    base: View  # the one it is made from
    find: str
    closed: frozenset[object]  # groups that are folded


@dataclass(frozen=True, slots=True)
class Filled:
    """A reading with its lines in order, and the built-in views fitted to it."""

    sheet: Sheet
    built: tuple[View, ...]
    arrangement: Arrangement


class Refill:
    """Reads in a thread of its own; what is on screen stays there and works meanwhile.

    A reading that something was written during, or whose look is no longer the person's, is done again unseen.
    """

    def __init__(self, pane: ShownRegister, data: RegisterData, show: Callable[[Arrangement], object]) -> None:
        self._pane, self._data, self._show = pane, data, show
        self.running = False
        self._then = ""  # the record to go to
        self._again = False

    @property
    def opening(self) -> bool:
        """Whether the rows of a pane that was just opened are still to come."""
        return self.running and not self._pane.sheet.rows

    def is_needed(self) -> bool:
        """Whether the register is too big to be read before the next frame."""
        rows = len(self._pane.sheet.rows)
        return max(rows, row_count(self._data.store, self._data.outline.entity)) > AT_ONCE

    def is_much(self, changed: Changed) -> bool:
        """Whether a batch touched more rows of the register than can be taken over before the next frame."""
        return len(changed.rows.get(self._data.outline.entity, ())) > AT_ONCE

    def start(self) -> None:
        """Read; when that is under way already, once more after it."""
        if self.running:
            self._again = True
            return
        self.running, look = True, self._look()
        self._pane.context.read(lambda: self._read(look), lambda filled: self._done(filled, look), self._failed)

    def then_go(self, row_id: str) -> None:
        """Go to a record once what is being read is shown."""
        self._then = row_id if self.running else ""

    def _look(self) -> Look:
        table, arranger = self._pane.table, self._pane.arranger
        return Look(arranger.view, arranger.base, table.wanted.find, frozenset(table.arrangement.closed))

    def _read(self, look: Look) -> Filled | None:
        """In the thread. None when the portfolio was closed meanwhile."""
        store = self._data.store
        try:
            copy = store.copy_to_memory()  # the file stays free for the window
        except Exception:
            if store.closed:
                return None
            raise
        with closing(copy), without_collector():
            return self._arranged(self._data.read(copy), look)

    def _arranged(self, sheet: Sheet, look: Look) -> Filled:
        outline = self._pane.outline
        built = fit_views(outline, sheet.fields, sheet.rows)
        view, known = refit_view(look.view, look.base, built), {each.name: each for each in sheet.fields}
        columns = tuple(outline.columns(view.columns, known))
        wanted = Wanted(view.conditions, view.sort, view.group, look.find)
        made = Arrangement(columns, known, sheet.reading, sheet.texts, wanted=wanted, closed=set(look.closed))
        made.load(sheet.rows)
        made.arrange()
        sheet.place()
        return Filled(sheet, built, made)

    def _failed(self, _error: Exception) -> None:
        self.running = self._again = False

    def _done(self, filled: Filled | None, look: Look) -> None:
        self.running = False
        if filled is None or not isValid(self._pane):
            return
        if self._again or look != self._look():
            self._again = False
            self.start()
        else:
            self._take(filled)

    def _take(self, filled: Filled) -> None:
        pane = self._pane
        pane.sheet = filled.sheet
        pane.arranger.take_built(filled.built)
        self._show(filled.arrangement)
        row, self._then = self._then, ""
        if row in filled.arrangement.by_id:
            pane.show_row(row)
