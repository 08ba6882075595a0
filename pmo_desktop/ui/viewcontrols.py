"""Joins the toolbar, the column headings and the view: each control opens its popover and changes the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.arranger import Arranger
from pmo_desktop.ui.columnbox import ColumnBox
from pmo_desktop.ui.columnmenu import ColumnDeeds, column_menu
from pmo_desktop.ui.filter import Condition, condition_words
from pmo_desktop.ui.filterbox import FilterBox
from pmo_desktop.ui.icons import icon
from pmo_desktop.ui.kinds import Row
from pmo_desktop.ui.outline import groupable
from pmo_desktop.ui.ownfields import OwnFields
from pmo_desktop.ui.viewbar import ViewBar
from pmo_desktop.ui.viewmenu import NameBox, ViewMenu


class ViewControls(QObject):
    """What a person can do to a view."""

    def __init__(self, bar: ViewBar, arranger: Arranger, own: OwnFields | None = None) -> None:
        super().__init__(bar)
        self.bar, self.arranger, self.grid, self.own = bar, arranger, arranger.grid, own
        self.open: QWidget | None = None  # the popover or menu on screen
        bar.view_button.clicked.connect(self.show_views)
        bar.group_button.clicked.connect(self.show_groups)
        bar.columns_button.clicked.connect(self.show_columns)
        bar.chips.add_asked.connect(self.ask_filter)
        bar.chips.edit_asked.connect(lambda place, under: self.ask_filter(under, place))
        bar.chips.remove_asked.connect(arranger.drop_condition)
        bar.find_changed.connect(self.find)
        bar.find_left.connect(self.grid.setFocus)
        for heading in (self.grid.left.heading, self.grid.right.heading):
            heading.menu_asked.connect(self.show_column_menu)
            heading.sectionHandleDoubleClicked.connect(self.best_width)
        arranger.changed.connect(self.show_state)

    def show_state(self) -> None:
        """Show the present view in the toolbar."""
        view, fields, reading = self.arranger.view, self.arranger.fields, self.grid.table.reading
        self.bar.show_view(self.arranger.base.name, is_changed=self.arranger.is_changed)
        self.bar.show_group(fields[view.group].label if view.group in fields else None)
        said = [
            (each, fields[each.field].label, condition_words(each, fields[each.field], reading))
            for each in view.conditions
            if each.field in fields
        ]
        self.bar.chips.show_conditions(said)

    def said_conditions(self) -> list[str]:
        """The filters in words: `Status: Active`."""
        return [f"{chip.label}: {chip.words}" for chip in self.bar.chips.chips]

    def find(self, text: str) -> None:
        """Narrow the list to the rows that hold the words."""
        self.grid.table.arrange(find=text)

    def next_hit(self, by: int) -> None:
        """Go to the next or the previous row found."""
        row = self.grid.current_row + by
        while self.grid.table.line(row) is not None and self.grid.table.record(row) is None:
            row += by
        if self.grid.table.record(row) is not None:
            self.grid.go(row, max(0, self.grid.current_column))

    def focus_find(self) -> None:
        """Put the caret into the find field."""
        self.bar.finder.setFocus()
        self.bar.finder.selectAll()

    def show_views(self) -> None:
        """Offer the views."""
        self.arranger.read_saved()
        menu = ViewMenu(
            self.bar,
            self.arranger.views,
            self.arranger.base,
            is_changed=self.arranger.is_changed,
            choose=self.arranger.choose,
            save_as=self.ask_name,
            replace=lambda: self.arranger.save_as(self.arranger.base.name),
            delete=self.arranger.delete,
        )
        self._pop(menu, self.bar.view_button)

    def ask_name(self) -> None:
        """Ask for the name to keep the present view under."""
        name = "" if self.arranger.base.built_in else self.arranger.base.name
        self._show(NameBox(self.bar, name, self.arranger.save_as), self.bar.view_button)

    def show_groups(self) -> None:
        """Offer the fields to group by."""
        menu = QMenu(self.bar)
        menu.setAccessibleName("Group by")
        group = QActionGroup(menu)
        rows = [record.row for record in self.grid.table.arrangement.records]
        useful = [each for each in groupable(list(self.arranger.fields.values())) if _may_divide(each, rows)]
        offered = sorted(useful, key=lambda each: each.label.casefold())
        choices = [(None, "No grouping"), *((each.name, each.label) for each in offered)]
        for name, words in choices:
            action = group.addAction(words)
            action.setCheckable(True)
            action.setChecked(name == self.arranger.view.group)
            action.triggered.connect(_grouper(self.arranger, name))
            menu.addAction(action)
        self._pop(menu, self.bar.group_button)

    def show_columns(self) -> None:
        """Open the column chooser."""
        first = [name for name, _ in self.arranger.built[0].columns]
        shown = [column.name for column in self.grid.table.columns]
        fields = list(self.arranger.fields.values())
        new = partial(self.own.ask_new, self.bar.columns_button) if self.own else None
        box = ColumnBox(self.bar, fields, shown, self.arranger.view.frozen, first, self.arranger.show_columns, new)
        self._show(box, self.bar.columns_button)

    def ask_filter(self, under: QWidget, place: int | None = None, field: str | None = None) -> None:
        """Ask for a filter under a control; `place` names the one that is edited."""
        self._show(self._filter_box(place, field), under)

    def filter_to(self, name: str, value: object, *, exclude: bool = False) -> None:
        """Show only, or all but, the rows with a value."""
        self.arranger.put_condition(None, Condition(name, "is not" if exclude else "is", (value,)))

    def show_column_menu(self, place: int, at: QPoint) -> None:
        """The menu of a column."""
        menu = self.column_menu(place, at)
        self.open = menu
        menu.popup(at)

    def column_menu(self, place: int, at: QPoint) -> QMenu:
        """The menu of a column; its filter is asked for at a place of the screen."""
        column = self.grid.table.columns[place]
        may_group = column.field in groupable([column.field])
        deeds = ColumnDeeds(
            self.arranger.sort_by,
            lambda name: self._filter_box(None, name).open_at(at),
            self.arranger.group_by,
            self._freeze,
            self._hide,
            lambda name: self.best_width(self.grid.table.column_of(name) or 0),
        )
        menu = column_menu(self.bar, column, deeds, may_group=may_group, grouped=self.arranger.view.group)
        if self.own is not None and column.field.is_custom:
            own = self.own
            menu.addSeparator()
            menu.addAction(
                icon("pencil"), "Rename field…", lambda: own.ask_rename(column.name, self.bar.columns_button)
            )
            menu.addAction(icon("trash-2"), "Delete field", lambda: own.delete(column.name))
        return menu

    def best_width(self, place: int) -> None:
        """Make a column as wide as its words."""
        self.arranger.set_width(self.grid.table.columns[place].name, self.grid.tracks.best_width(place))

    def _filter_box(self, place: int | None, field: str | None) -> FilterBox:
        condition = None if place is None else self.arranger.view.conditions[place]
        rows = [record.row for record in self.grid.table.arrangement.records]
        done = partial(self.arranger.put_condition, place)
        fields = list(self.arranger.fields.values())
        box = FilterBox(self.bar, fields, rows, self.grid.table.reading, done, condition, field)
        self.open = box
        return box

    def _freeze(self, name: str) -> None:
        place = self.grid.table.column_of(name)
        self.arranger.change(frozen=0 if place is None else place + 1)

    def _hide(self, name: str) -> None:
        rest = [column.name for column in self.grid.table.columns if column.name != name]
        if rest:
            self.arranger.show_columns(rest, self.arranger.view.frozen)

    def _pop(self, menu: QMenu, under: QWidget) -> None:
        self.open = menu
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))

    def _show(self, box: ColumnBox | FilterBox | NameBox, under: QWidget) -> None:
        self.open = box
        box.open_under(under)


def _may_divide(meaning: Field, rows: Sequence[Row]) -> bool:
    """Whether a field has values to group by: at least one, and fewer than rows."""
    values = {row.get(meaning.name) for row in rows} - {None, ""}
    return 0 < len(values) < max(2, len(rows))


def _grouper(arranger: Arranger, name: str | None) -> Callable[[], None]:
    return lambda: arranger.group_by(name)
