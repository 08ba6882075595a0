"""What a person does with allocations besides typing: a new one, another status, to somebody else, away with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.operations.allocations import delete_allocations, reassign, set_status
from pmo_desktop.operations.history import undo
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.ui.capacity.lines import Key, Level, Line
from pmo_desktop.ui.capacity.picker import Choice, Picker
from pmo_desktop.ui.capacity.shown import ShownGrid

_STATUS_VERBS = {
    AllocationStatus.CONFIRMED: "Confirm",
    AllocationStatus.OFFERED: "Mark as offered",
    AllocationStatus.REQUESTED: "Mark as requested",
    AllocationStatus.REJECTED: "Reject",
}


class GridVerbs:
    """The deeds of one pane; `picker` is the question that is open, or was last."""

    def __init__(self, pane: ShownGrid) -> None:
        self.pane = pane
        self.picker: Picker | None = None

    # ------------------------------------------------------------------ a new line

    def ask_new(self, under: QWidget | None = None) -> None:
        """Ask for whom and for what the next amounts are to be typed, and open the editor there."""
        head = self.pane.head_of(self.pane.view.line)
        if head is None or head.level is not Level.HEAD:
            self._ask(under, "Who is to be booked?", self._people(), lambda who: self._ask_project(who, under))
        else:
            self.ask_other(head, lambda _part: QTimer.singleShot(0, lambda: self.pane.view.open_editor(None)), under)

    def ask_other(self, head: Line, then: Callable[[Line], object], under: QWidget | None = None) -> None:
        """Ask which project somebody is booked for, or who for a project; `then` gets the line of the two."""

        def take(other: str | None) -> None:
            pair = (head.resource or "", other) if head.key[0] == "r" else (other or "", head.project)
            then(self.show_part(head.key, *pair))

        if head.key[0] == "r":
            self._ask(under, f"Which project is {head.name} booked for?", self._projects(head), take)
        else:
            self._ask(under, f"Who is booked for {head.name}?", self._people(head), take)

    def show_part(self, key: Key, resource: str, project: str | None) -> Line:
        """Unfold a line and go to the part of it for a resource and a project, which may have no amount yet."""
        pane, source = self.pane, self.pane.source
        source.keep_lines([(resource, project)])
        source.opened.add(key)
        column = pane.view.column
        pane.show_again()
        wanted = (*key, *(("p", project or "") if key[0] == "r" else ("r", resource)))
        row = pane.model.row_of(wanted)
        pane.view.go(row, column)
        return pane.model.lines[row]

    def _ask_project(self, who: str | None, under: QWidget | None) -> None:
        row = self.pane.model.row_of(("r", who or ""))
        if row < 0:
            self.pane.context.say("They are folded away or filtered out: open their team or clear the filters first.")
            return
        self.pane.view.go(row, self.pane.view.column)
        self.ask_new(under)

    # ------------------------------------------------------------------ those there are

    def ids(self) -> list[str]:
        """The allocations of the selected cells."""
        view, source = self.pane.view, self.pane.source
        return sorted({id_ for row, column in view.cells() for id_ in source.allocations(view.grid.lines[row], column)})

    def set_status(self, status: AllocationStatus) -> None:
        """Give the allocations of the selected cells another status."""
        pane, ids, today = self.pane, self.ids(), self.pane.source.book.data_date
        if ids:
            pane.editing.write(
                lambda: set_status(pane.context.store, ids, status, today, scenario=pane.scenario),
                lambda: self._tell(f"{_counted(ids)} {status.lower()}"),
            )

    def ask_reassign(self, under: QWidget | None = None) -> None:
        """Ask who takes over what is booked in the selected cells."""
        ids, head = self.ids(), self.pane.head_of(self.pane.view.line)
        if not ids or head is None:
            return

        def take(who: str | None) -> None:
            if who:
                self.pane.editing.write(
                    lambda: reassign(self.pane.context.store, ids, who, span, scenario=self.pane.scenario),
                    lambda: self._tell(f"{_counted(ids)} given to {dict(self._people()).get(who, '')}"),
                )

        columns, axis = {column for _, column in self.pane.view.cells()}, self.pane.source.axis
        span = axis.firsts[min(columns)], axis.lasts[max(columns)]
        others = [each for each in self._people() if each[0] != head.resource]
        self._ask(under, "Who takes over?", others, take)

    def delete(self) -> None:
        """Delete the allocations of the selected cells, whole."""
        ids = self.ids()
        if ids:
            self.pane.editing.write(
                lambda: delete_allocations(self.pane.context.store, ids, self.pane.scenario),
                lambda: self._tell(f"{_counted(ids)} deleted"),
            )

    def show_more(self, under: QWidget) -> None:
        """The menu of what can be done with the allocations of the selected cells."""
        self.more_menu().popup(under.mapToGlobal(QPoint(0, 0)))

    def more_menu(self) -> QMenu:
        """Status, another person, delete; only what there is something for is enabled."""
        menu = QMenu("Allocations", self.pane)
        menu.setAccessibleName("Commands for these allocations")
        for status, words in _STATUS_VERBS.items():
            menu.addAction(words, _setting(self.set_status, status))
        menu.addSeparator()
        menu.addAction("Give to somebody else…", self.ask_reassign)
        menu.addSeparator()
        menu.addAction("Delete allocations", self.delete)
        there = bool(self.ids()) and self.pane.model.can_write
        for action in menu.actions():
            action.setEnabled(there)
        return menu

    # ------------------------------------------------------------------ below the counter

    def _tell(self, words: str) -> None:
        store = self.pane.context.store
        self.pane.context.toast(words, "Undo", lambda: undo(store))

    def _projects(self, head: Line) -> list[Choice]:
        """Every project, those the person is booked for first."""
        booked = [part.project for part in self.pane.source.parts(head)]
        named: list[Choice] = [(each.id, f"{each.ref}  {each.name}".strip()) for each in self.pane.source.book.projects]
        return sorted(named, key=lambda each: booked.index(each[0]) if each[0] in booked else len(booked))

    def _people(self, head: Line | None = None) -> list[Choice]:
        """Every resource with its role, those booked for the project first."""
        book = self.pane.source.book
        booked = [part.resource for part in self.pane.source.parts(head)] if head else []
        named: list[Choice] = [
            (each.id, ", ".join(filter(None, (each.name, book.names.get(each.role or ""))))) for each in book.resources
        ]
        return sorted(named, key=lambda each: booked.index(each[0]) if each[0] in booked else len(booked))

    def _ask(
        self,
        under: QWidget | None,
        question: str,
        offered: list[Choice],
        chosen: Callable[[str | None], object],
    ) -> None:
        if not offered:
            self.pane.context.say("There is nobody to choose from yet: add people in Resources.")
            return
        if not self.pane.model.can_write:
            self.pane.context.say("This portfolio is open read-only. Save a copy to work in it.")
            return
        view = self.pane.view
        self.picker = Picker(self.pane, question, offered, chosen)
        below = view.visualRect(view.currentIndex()).bottomLeft()
        place = under.mapToGlobal(QPoint(0, 0)) if under else view.viewport().mapToGlobal(below)
        self.picker.open_at(place)
        self.picker.search.setFocus()


def _counted(ids: list[str]) -> str:
    return f"{len(ids):,} allocation{'' if len(ids) == 1 else 's'}"


def _setting(deed: Callable[[AllocationStatus], object], status: AllocationStatus) -> Callable[[], object]:
    return lambda: deed(status)
