"""The toolbar over the capacity grid: units, periods, which way round, filters, the key and the inspector's switch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from pmo_desktop.rules.calendar import Grain
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.legend import Legend
from pmo_desktop.ui.capacity.lines import DAY, FTE, PERCENT
from pmo_desktop.ui.capacity.wanted import FILTERS, PEOPLE, PROJECTS, Wanted
from pmo_desktop.ui.checklist import Checklist
from pmo_desktop.ui.chips import Chip, DashedChip
from pmo_desktop.ui.label import Rows, rule
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.segments import Segments
from pmo_desktop.ui.theme import current_theme

HEIGHT = 42
_GAP = 8
Names = Mapping[str, Sequence[tuple[str, str]]]  # of each filter: ids and names that can be chosen
_TOGGLES = (
    ("confirmed_only", "Bookings", "Confirmed", "Confirmed"),
    ("over_only", "Cells", "Over-booked", "Over-booked"),
)


class GridBar(Rows):
    """Shows a Wanted and asks for another one by `changed`."""

    changed = Signal(object)

    def __init__(self, ink: GridInk, names: Callable[[], Names]) -> None:
        super().__init__("toolbar")
        self.wanted = Wanted()
        self.units = Segments(
            "Unit",
            ((PERCENT, "%", "% of available time"), (DAY, "Days", "days"), (FTE, "FTE", "full-time equivalents")),
        )
        self.grains = Segments(
            "Periods",
            (
                (Grain.WEEK.value, "Weeks", "weeks"),
                (Grain.MONTH.value, "Months", "months"),
                (Grain.QUARTER.value, "Quarters", "quarters"),
            ),
        )
        self.ways = Segments(
            "Lines",
            ((PEOPLE, "People", "people and their projects"), (PROJECTS, "Projects", "projects and their people")),
        )
        self.filters = FilterChips(names)
        self.legend = Legend(ink)
        self.inspector_button = IconButton("panel-right", "Inspector (F4)", checkable=True)
        self._lay_out()
        self.units.chosen.connect(lambda unit: self._ask(unit=unit))
        self.grains.chosen.connect(lambda grain: self._ask(grain=grain))
        self.ways.chosen.connect(lambda way: self._ask(way=way))
        self.filters.changed.connect(self.changed)
        self.relayout()

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        self.setFixedHeight(current_theme().px(HEIGHT))
        self.filters.arrange()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show what is wanted."""
        self.wanted = wanted
        self.units.show_choice(wanted.unit)
        self.grains.show_choice(wanted.grain)
        self.ways.show_choice(wanted.way)
        self.filters.show_wanted(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key gives way first; it is said by the colours themselves and in the tooltip of a cell."""
        super().resizeEvent(event)
        fixed = sum(part.sizeHint().width() for part in (self.units, self.grains, self.ways, self.inspector_button))
        wanted = fixed + self.legend.sizeHint().width() + self.filters.least() + 9 * _GAP + 36
        self.legend.setVisible(self.width() >= wanted)

    def _ask(self, **changes: str) -> None:
        self.changed.emit(replace(self.wanted, **changes))  # type: ignore[arg-type]

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(_GAP)
        for part in (self.units, self.grains, self.ways):
            row.addWidget(part)
        line = rule("rule_up")
        line.setFixedHeight(20)
        row.addWidget(line)
        row.addWidget(self.filters, 1)
        row.addWidget(self.legend)
        row.addWidget(self.inspector_button)


class FilterChips(QWidget):
    """A chip for each filter that is on, dashed ones for those that can be switched on, and one to add others."""

    changed = Signal(object)

    def __init__(self, names: Callable[[], Names]) -> None:
        super().__init__()
        self.names = names
        self.wanted = Wanted()
        self.shown: list[QWidget] = []
        self.more = DashedChip("+1", "", self)
        self.more.clicked.connect(self._show_more)
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(110)
        self.setAccessibleName("Filters")

    def least(self) -> int:
        """The width in which everything has its place."""
        return sum(each.sizeHint().width() + _GAP for each in self.shown)

    def sizeHint(self) -> QSize:
        return QSize(self.least(), current_theme().px(26) + 4)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show the filters of what is wanted."""
        self.wanted = wanted
        for each in self.shown:
            each.hide()
            each.deleteLater()
        on = [self._chip(name) for name in FILTERS if getattr(wanted, name)]
        self.shown = [*(self._toggle(*each) for each in _TOGGLES), *on, self._adder()]
        self.arrange()

    def arrange(self) -> None:
        """Place what there is room for; the rest lies behind a chip that counts it."""
        self.setFixedHeight(current_theme().px(26) + 4)
        room = self.width() if self.least() <= self.width() + _GAP else self.width() - self.more.sizeHint().width()
        left, hidden = 0, 0
        for each in self.shown:
            size = each.sizeHint()
            fits = left + size.width() <= room
            each.setVisible(fits)
            if fits:
                each.setGeometry(left, 2, size.width(), size.height())
                left += size.width() + _GAP
            else:
                hidden, room = hidden + 1, left
        self.more.setVisible(hidden > 0)
        if hidden:
            self.more.setText(f"+{hidden}")
            self.more.setAccessibleName(f"{hidden} more filters")
            self.more.setGeometry(left, 2, self.more.sizeHint().width(), self.more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def ask_values(self, name: str, under: QWidget) -> None:
        """Choose the values of a filter in a list to tick; it takes effect at once."""
        popover = Popover(self, f"Filter {FILTERS[name]}")
        entries = [(id_, words, 0) for id_, words in self.names()[name]]
        ticks = Checklist(entries, getattr(self.wanted, name), FILTERS[name])
        ticks.changed.connect(lambda: self._set(name, tuple(ticks.ticked())))
        popover.column.addWidget(ticks)
        popover.setMinimumWidth(current_theme().px(240))
        place = under.mapToGlobal(QPoint(0, under.height() + 4))
        popover.open_at(place)
        ticks.setFocus(Qt.FocusReason.PopupFocusReason)

    def _toggle(self, name: str, label: str, words: str, off: str) -> QWidget:
        if not getattr(self.wanted, name):
            dashed = DashedChip(off, "plus", self)
            dashed.clicked.connect(lambda: self._set(name, True))
            return dashed
        chip = Chip(label, words, self)
        chip.clicked.connect(lambda: self._set(name, False))
        chip.removed.connect(lambda: self._set(name, False))
        return chip

    def _chip(self, name: str) -> QWidget:
        names = dict(self.names()[name])
        words = [names.get(id_, "gone") for id_ in getattr(self.wanted, name)]
        said = ", ".join(words[:2]) + (f" and {len(words) - 2} more" if len(words) > 2 else "")
        chip = Chip(FILTERS[name], said, self)
        chip.clicked.connect(lambda: self.ask_values(name, chip))
        chip.removed.connect(lambda: self._set(name, ()))
        return chip

    def _adder(self) -> QWidget:
        chip = DashedChip("Filter", "plus", self)
        chip.setAccessibleName("Add filter")
        chip.clicked.connect(lambda: self.show_fields(chip))
        return chip

    def show_fields(self, under: QWidget) -> None:
        """Choose what to filter by."""
        menu = QMenu(self)
        for name, words in FILTERS.items():
            menu.addAction(f"{words}…", _call(self.ask_values, name, self))
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 4)))

    def _show_more(self) -> None:
        menu = QMenu(self)
        for each in self.shown:
            if each.isHidden() and isinstance(each, Chip | DashedChip):
                words = each.accessibleName() if isinstance(each, DashedChip) else f"{each.label}: {each.words}"
                menu.addAction(words, each.click)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _set(self, name: str, value: object) -> None:
        self.changed.emit(replace(self.wanted, **{name: value}))  # type: ignore[arg-type]


def _call(deed: Callable[[str, QWidget], object], name: str, under: QWidget) -> Callable[[], object]:
    return lambda: deed(name, under)
