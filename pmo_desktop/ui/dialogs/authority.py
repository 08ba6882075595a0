"""The authority of the PMO: what it may demand today, how it came to be, and how often its rules were got past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.figures.authority import read_standings
from pmo_desktop.figures.overrides import count_overrides, list_overrides
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.rules.compliance import FUNCTIONS, RULES, Event, Function, Mode, Reaction, find_mode
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_names, read_rows, read_settings
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.datefield import DateField
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, make_form
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.segments import Segments

ALL_PORTFOLIOS, ALL_FUNCTIONS = "All portfolios", "Everything it does"
_TODAY, _HISTORY, _PAST = "today", "history", "past"
_PAGES = (
    (_TODAY, "What follows", "What follows from it today"),
    (_HISTORY, "Authority", "Authority from day to day"),
    (_PAST, "Overrides", "How often a rule was got past"),
)
_RULES = ("What happens", "Authority", "Reaction", "What the rule says")
_ROWS = ("From", "Portfolio", "Function", "Authority", "Reason")
_COUNTS = ("What happened", "How it went on", "Under", "Times")
_LIST = ("Day", "Project", "What happened", "What it was about", "How it went on", "Approved by", "Reason", "By")
_TALL = 10 * 40 + 32  # all ten without scrolling


class AuthorityDialog(Dialog):
    """Three pages in one frame; a new row of authority is one step that undo takes back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("PMO authority", parent, width=960)
        self.context, self.store = context, context.store
        self.today = data_date(read_settings(self.store))
        self.pages, self.choice = QStackedWidget(), Segments("Page", _PAGES)
        self.portfolio = _choice(ALL_PORTFOLIOS, portfolios_of_file(self.store))
        self.portfolio.setAccessibleName("Portfolio")
        self.told = label("", "body2", wrap=True)
        self.body.addWidget(self.choice)
        self.follows = RulesPage(self.portfolio, self.told)
        self.history = HistoryPage(self.store, self.today, self._add)
        self.past = OverridesPage()
        for page in (self.follows, self.history, self.past):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.choice.chosen.connect(self.turn)
        self.portfolio.currentIndexChanged.connect(lambda _at: self.read())
        self.choice.show_choice(_TODAY)
        self.read()

    def turn(self, page: str) -> None:
        """Show another page."""
        self.clear_message()
        self.choice.show_choice(page)
        self.pages.setCurrentIndex([key for key, _, _ in _PAGES].index(page))

    def read(self) -> None:
        """Say all pages anew."""
        with self.store.reading() as connection:
            standings = read_standings(connection)
        chosen = self.portfolio.currentData()
        modes = {each: find_mode(standings, chosen, each, self.today) for each in Function}
        self.follows.show_modes(modes)
        where = self.portfolio.currentText()
        self.told.setText(say_modes(where, modes) if standings else _NOTHING_SET)
        names = read_names(self.store)
        self.history.show_rows(read_rows(self.store, "authority"), names, self.today)
        self.past.show_overrides(self.store, names)

    def _add(self) -> None:
        try:
            self.history.add(self.store)
        except Known as known:
            self.show_message(str(known))
            return
        self.clear_message()
        self.read()
        self.context.toast("Authority set", "Undo", self._undo)

    def _undo(self) -> None:
        undo_last(self.context)
        self.read()


_NOTHING_SET = "Nobody has set an authority: the PMO advises, and every rule allows. Set one under Authority."


class RulesPage(QWidget):
    """What each of the ten events meets in one portfolio today."""

    def __init__(self, portfolio: QComboBox, told: QWidget) -> None:
        super().__init__()
        form = make_form()
        add_row(form, "As it is today in", portfolio)
        self.table = PlainTable(_RULES, (284, 100, 128, 0), [], "What follows")
        self.table.setMinimumHeight(_TALL)
        column = _column(self)
        column.addLayout(form)
        column.addWidget(told)
        column.addWidget(self.table, 1)

    def show_modes(self, modes: dict[Function, Mode]) -> None:
        """Show the rules under these authorities."""
        rows = []
        for event in Event:
            mode = modes[FUNCTIONS[event]]
            rule = RULES[event][mode]
            rows.append((event, mode, REACTIONS[rule.reaction], rule.says))
        self.table.fill(rows)
        self.table.wrap_rows()


REACTIONS = {
    Reaction.ALLOW: "Allowed",
    Reaction.WARN: "Warned",
    Reaction.APPROVAL: "Needs approval",
    Reaction.BLOCK: "Blocked",
}


class HistoryPage(QWidget):
    """Every row of authority, the newest first, and a form for another one."""

    def __init__(self, store: Store, today: date, add: Callable[[], object]) -> None:
        super().__init__()
        self.table = PlainTable(_ROWS, (96, 190, 150, 110, 0), [], "Authority")
        self.portfolio = _choice(ALL_PORTFOLIOS, portfolios_of_file(store))
        self.function = _choice(ALL_FUNCTIONS, [(each, each) for each in Function])
        self.mode = _choice("Choose which", [(each, each) for each in Mode])
        self.day, self.reason = DateField(today), QLineEdit()
        self.button = Button("Set authority", "plus", slot=add)
        column = _column(self)
        column.addWidget(self.table, 1)
        self.form = make_form()
        self.form.setContentsMargins(0, 4, 0, 0)
        for words, field in (
            ("Authority", self.mode),
            ("Portfolio", self.portfolio),
            ("Over", self.function),
            ("From", self.day),
            ("Reason", self.reason),
        ):
            add_row(self.form, words, field)
        self.form.addRow("", self.button)
        self.box = QWidget()
        self.box.setLayout(self.form)
        self.box.setVisible(not store.readonly)
        column.addWidget(self.box)

    def show_rows(self, rows: Sequence[Record], names: dict[str, str], today: date) -> None:
        """Show these rows; those that are still to come say so."""
        ordered = sorted(rows, key=lambda row: (row["effective_from"], row["id"]), reverse=True)
        self.table.fill(
            [
                (
                    _when(row["effective_from"], today),
                    names.get(row["portfolio"], ALL_PORTFOLIOS) if row["portfolio"] else ALL_PORTFOLIOS,
                    row["function"] or ALL_FUNCTIONS,
                    row["mode"],
                    row["reason"] or "",
                )
                for row in ordered
            ]
        )

    def add(self, store: Store) -> None:
        """Set the authority that is filled in. Raises Known when something is missing."""
        try:
            day = self.day.day()
        except ValueError:
            raise Known("The day is no day. Type it such as 13 Nov 2026.") from None
        mode, function = self.mode.currentData(), self.function.currentData()
        if not mode:
            raise Known("Choose which authority the PMO has: supportive, controlling or directive.")
        if day is None:
            raise Known("Say from which day on it holds.")
        portfolio = self.portfolio.currentData()
        set_authority(store, Mode(mode), day, portfolio, Function(function) if function else None, self.reason.text())
        self.reason.clear()
        self.mode.setCurrentIndex(0)


class OverridesPage(QWidget):
    """How often each rule was got past, and each time that it was."""

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "body2", wrap=True)
        self.counts = PlainTable(_COUNTS, (0, 200, 120, 70), [], "Overrides by event")
        self.list = PlainTable(_LIST, (92, 78, 150, 0, 110, 112, 146, 92), [], "Overrides")
        column = _column(self)
        column.addWidget(self.told)
        column.addWidget(self.counts, 1)
        column.addWidget(self.list, 3)
        column.addStretch(0)

    def show_overrides(self, store: Store, names: dict[str, str]) -> None:
        """Show those of the file."""
        counted, rows = count_overrides(store), list_overrides(store)
        said = f"{count_text(len(rows), 'override')} so far, the newest first."
        self.told.setText(said if rows else "No rule was ever got past.")
        refs = {row["id"]: str(row["ref"] or row["name"]) for row in read_rows(store, "project")}
        self.counts.fill([(each.event, each.outcome, each.mode, f"{each.count:,}") for each in counted])
        self.list.fill([_override(row, refs, names) for row in rows])
        for table in (self.counts, self.list):
            table.setVisible(bool(rows))


def _override(row: Record, refs: dict[str, str], names: dict[str, str]) -> tuple[str, ...]:
    return (
        short_day(row["done_on"]),
        refs.get(row["project"] or "", ""),
        row["event"],
        row["subject"] or "",
        row["outcome"],
        names.get(row["approver"] or "", ""),
        row["reason"] or "",
        row["who"] or "",
    )


def say_modes(where: str, modes: dict[Function, Mode]) -> str:
    """Which authority holds somewhere: one sentence where it is the same for all, else one for each."""
    by_mode = {mode: [each for each in Function if modes[each] is mode] for mode in Mode}
    held = {mode: own for mode, own in by_mode.items() if own}
    if len(held) == 1:
        return f"{where}: {next(iter(held)).lower()} authority over everything the PMO does."
    parts = [f"{mode.lower()} over {', '.join(own).lower()}" for mode, own in held.items()]
    return f"{where}: {'; '.join(parts)}."


def portfolios_of_file(store: Store) -> list[tuple[str, str]]:
    """Name and id of each portfolio, by name."""
    return sorted((str(row["name"]), str(row["id"])) for row in read_rows(store, "portfolio"))


def _choice(first: str, offered: Sequence[tuple[str, str]]) -> QComboBox:
    choice = QComboBox()
    choice.addItem(first, None)
    for words, key in offered:
        choice.addItem(words, key)
    return choice


def _when(day: date, today: date) -> str:
    return f"{short_day(day)} (ahead)" if day > today else short_day(day)


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column
