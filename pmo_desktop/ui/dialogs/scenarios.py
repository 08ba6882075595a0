"""Dialogs for scenarios: two side by side, which changes go into the plan, and a project moved by weeks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QTableWidgetItem, QWidget

from pmo_desktop.figures.comparison import ComparedCell, Comparison, Pair, compare, read_sides
from pmo_desktop.figures.scenarios import NEEDED, Delta, list_scenarios, read_deltas
from pmo_desktop.figures.slate import say_amount
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.operations.scenarios import drop_changes, merge_changes, shift_project
from pmo_desktop.rules.calendar import Grain, Periods
from pmo_desktop.rules.wording import MINUS, count_text, number_text, short_day
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget
from pmo_desktop.ui.dialogs.granted import done_granted
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme

_PLAN = "The plan"
_ARROW = "\N{RIGHTWARDS ARROW}"
_OVER = "▲"
_GRAINS = ((Grain.WEEK, "Weeks"), (Grain.MONTH, "Months"), (Grain.QUARTER, "Quarters"))
_MOST = 60  # periods shown; more would be no comparison but a wall
_WEEKS = 520
_NAME, _CELL = 180, 128  # pixels


class CompareDialog(Dialog):
    """Two of the plan and the scenarios: sums first, then the cells that differ, then last days that moved."""

    def __init__(self, store: Store, scenario: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Compare", parent, width=960)
        self.store = store
        self.one, self.other, self.grain = QComboBox(), QComboBox(), QComboBox()
        sides = [(None, _PLAN), *((row["id"], row["name"]) for row in list_scenarios(store))]
        for box in (self.one, self.other):
            for key, name in sides:
                box.addItem(name, key)
        self.other.setCurrentIndex(max(self.other.findData(scenario), min(1, len(sides) - 1)))
        for grain, words in _GRAINS:
            self.grain.addItem(words, grain)
        self.grain.setCurrentIndex(1)
        row = QHBoxLayout()
        for words, widget in (("", self.one), ("with", self.other), ("by", self.grain)):
            widget.setAccessibleName(f"Compare {words}".strip())
            if words:
                row.addWidget(label(words, "body2"))
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addWidget(as_widget(row))
        self.sums, self.told = label("", "body", wrap=True), label("", "body2", wrap=True)
        self.body.addWidget(self.sums)
        self.cells = PlainTable((), (), [], "Cells that differ")
        self.moved = label("", "body2", wrap=True)
        self.body.addWidget(self.told)
        self.body.addWidget(self.cells, 1)
        self.body.addWidget(self.moved)
        for box in (self.one, self.other, self.grain):
            box.currentIndexChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Compare what is chosen."""
        books = read_sides(self.store, self.one.currentData(), self.other.currentData())
        found = compare(*books, Grain(self.grain.currentData()))
        self.sums.setText(say_sums(found))
        self._show_cells(found)
        moved = [f"{each.project} {short_day(each.one)} {_ARROW} {short_day(each.other)}" for each in found.last_days]
        self.moved.setText(f"Last booked day: {'; '.join(moved)}" if moved else "")
        self.moved.setVisible(bool(moved))

    def _show_cells(self, found: Comparison) -> None:
        columns = found.columns[:_MOST]
        more = len(found.columns) - len(columns)
        cut = f" The first {_MOST} of {len(found.columns):,} periods are shown; compare by months." if more > 0 else ""
        said = count_text(len(found.lines), "resource")
        same = (
            "Both book the same." if not found.lines else f"{said} differ, in days booked. {_OVER} is over-booked.{cut}"
        )
        self.told.setText(same)
        heads = ["Resource", *(say_period(found.periods, period) for period in columns)]
        rows = [[line.name, *(_words(line.cells.get(period)) for period in columns)] for line in found.lines]
        table = PlainTable(heads, (_NAME, *(_CELL for _ in columns)), rows, "Cells that differ")
        for at, line in enumerate(found.lines):
            for place, period in enumerate(columns):
                _tint(table.item(at, place + 1), line.cells.get(period))
        self.body.replaceWidget(self.cells, table)
        self.cells.hide()
        self.cells.deleteLater()
        self.cells = table
        table.setVisible(bool(found.lines))


class MergeDialog(Dialog):
    """Which changes of a scenario go into the plan; those in conflict are ticked by hand only.

    `context`: where a rule of the PMO that stands in the way asks for what it needs.
    """

    def __init__(
        self, store: Store, scenario: str, parent: QWidget | None = None, context: Context | None = None
    ) -> None:
        super().__init__("Merge into the plan", parent, width=960, accept_text="Merge")
        self.store, self.scenario, self.context, self.said = store, scenario, context, ""
        self.deltas = read_deltas(store, scenario)
        conflicts = sum(bool(delta.conflict) for delta in self.deltas)
        told = "Ticked changes are written into the plan as one step and leave the scenario."
        if conflicts:
            told += f" {count_text(conflicts, 'change')} in conflict: look at what the plan says now before ticking."
        if not self.deltas:
            told = "The scenario changes nothing of the plan."
        self.body.addWidget(label(told, "body2", wrap=True))
        names = read_names(store)
        rows = [_delta_row(delta, names) for delta in self.deltas]
        heads = ("Change", "Resource", "Project", "In the plan", "In the scenario", "Conflict")
        self.table = PlainTable(heads, (100, 110, 130, 232, 232, 0), rows, "Changes of the scenario", ticks=True)
        for row, delta in enumerate(self.deltas):
            self.table.tick(row, on=not delta.conflict)
        self.table.setVisible(bool(self.deltas))
        self.body.addWidget(self.table, 1)
        self.why = label("", "body2", wrap=True)
        self.body.addWidget(self.why)
        self.table.itemSelectionChanged.connect(self._tell)
        self._tell()
        if self.deltas:
            self.drop_button = Button("Drop ticked changes", kind="link", slot=self.drop)
            self.foot.insertWidget(0, self.drop_button)

    def _tell(self) -> None:
        """The conflict of the current change in full."""
        row = self.table.currentRow()
        self.why.setText(self.deltas[row].conflict if 0 <= row < len(self.deltas) else "")

    def ticked(self) -> list[str]:
        """The changes that are ticked."""
        return [delta.id for row, delta in enumerate(self.deltas) if self.table.is_ticked(row)]

    def commit(self) -> str:
        """Merge them."""
        chosen = self.ticked()
        if not chosen:
            return "Tick the changes that are to go into the plan."
        deed = partial(merge_changes, self.store, self.scenario, chosen)
        try:
            deed()
        except Ruled as ruled:
            if not done_granted(self.context, ruled, deed, self):
                return str(ruled)
        except Known as known:
            return str(known)
        self.said = f"{count_text(len(chosen), 'change')} merged into the plan"
        return ""

    def drop(self) -> None:
        """Give the ticked ones up instead."""
        if chosen := self.ticked():
            drop_changes(self.store, self.scenario, chosen)
            self.said = f"{count_text(len(chosen), 'change')} dropped"
            self.accept()
        else:
            self.show_message("Tick the changes that are to be given up.")


class ShiftDialog(Dialog):
    """Moves all bookings of a project in a scenario by weeks."""

    def __init__(self, store: Store, scenario: str, parent: QWidget | None = None) -> None:
        super().__init__("Shift a project", parent, width=440, accept_text="Shift")
        self.store, self.scenario, self.said = store, scenario, ""
        form = self.add_form()
        self.project, self.weeks = QComboBox(), QSpinBox()
        for row in sorted(read_rows(store, "project"), key=lambda each: (each["ref"] or "", each["name"] or "")):
            self.project.addItem(f"{row['ref'] or ''} {row['name'] or ''}".strip(), row["id"])
        self.weeks.setRange(-_WEEKS, _WEEKS)
        self.weeks.setValue(4)
        self.weeks.setSuffix(" weeks later")
        self.weeks.valueChanged.connect(self._say_way)
        add_row(form, "Project", self.project)
        add_row(form, "By", self.weeks)

    def _say_way(self, by: int) -> None:
        self.weeks.setSuffix(" weeks later" if by >= 0 else " weeks, which is earlier")

    def commit(self) -> str:
        """Move it."""
        if self.project.currentData() is None:
            return "There is no project to shift."
        try:
            shift_project(self.store, self.scenario, self.project.currentData(), self.weeks.value())
        except Known as known:
            return str(known)
        self.said = f"{self.project.currentText()} shifted by {count_text(self.weeks.value(), 'week')}"
        return ""


def say_sums(found: Comparison) -> str:
    """The sums of both sides, each with its difference."""
    parts = [f"Over-booked cells {_pair(found.over)}", f"Days booked {_pair(found.days)}"]
    parts += [f"{team} {_pair(pair, ' %')}" for team, pair in found.teams if pair.difference or pair.one is None]
    return "   ·   ".join(parts)


def say_span(cells: Mapping[str, Any]) -> str:
    """The days of an allocation: `16 Nov 26`, `16 Nov 26 to 20 Nov 26`."""
    first, last = short_day(cells["period_start"]), short_day(cells["period_end"])
    return first if first == last else f"{first} to {last}"


def say_period(periods: Periods, number: int) -> str:
    """A period as a heading: `16 Nov 26`, `Nov 26`, `Oct to Dec 26`."""
    first, last = periods.firsts[number], periods.lasts[number]
    if periods.grain is Grain.WEEK:
        return short_day(first)
    if periods.grain is Grain.MONTH:
        return f"{first:%b %y}"
    return f"{first:%b} to {last:%b %y}"


def _pair(pair: Pair, unit: str = "") -> str:
    if pair.one is None or pair.other is None:
        return f"{_number(pair.one)} {_ARROW} {_number(pair.other)}"
    change = round(pair.other - pair.one, 1)
    sign = "+" if change > 0 else MINUS if change < 0 else "±"
    return f"{_number(pair.one)} {_ARROW} {_number(pair.other)}{unit} ({sign}{number_text(abs(change))})"


def _number(value: float | None) -> str:
    return "–" if value is None else number_text(round(value, 1))


def _words(cell: ComparedCell | None) -> str:
    if cell is None:
        return ""
    marks = [_OVER if over else "" for over in cell.over]
    return f"{_number(cell.days.one)}{marks[0]} {_ARROW} {_number(cell.days.other)}{marks[1]}"


def _tint(item: QTableWidgetItem | None, cell: ComparedCell | None) -> None:
    if item is not None and cell is not None:
        item.setBackground(current_theme().color("err_bg" if cell.over[1] and not cell.over[0] else "nav_selected"))


def _delta_row(delta: Delta, names: Mapping[str, str]) -> tuple[str, ...]:
    shown = delta.shown
    after = "not booked" if delta.removes else _say_booking(delta.cells, names, delta.plan)
    before = _say_booking(delta.plan, names, None) if delta.plan else "not booked"
    resource, project = names.get(shown["resource"] or "", "–"), names.get(shown["project"] or "", "No project")
    return str(delta.kind), resource, project, before, after, delta.conflict


def _say_booking(cells: Mapping[str, Any], names: Mapping[str, str], plan: Mapping[str, Any] | None) -> str:
    """`50 %, 16 Nov 26 to 20 Nov 26`, with whom it goes to where that differs from the plan."""
    if any(cells[name] is None for name in NEEDED):
        return "–"
    said = f"{say_amount(cells['quantity'], cells['unit'])}, {say_span(cells)}"
    moved = plan is not None and plan["resource"] != cells["resource"]
    return f"{names.get(str(cells['resource']), '–')}: {said}" if moved else said
