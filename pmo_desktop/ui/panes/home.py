"""Home: how the portfolio stands, what needs a decision or a nudge, what comes next, what changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.operations.history import Deed
from pmo_desktop.rules.wording import count_text, day_text
from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.card import Card
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.firstrun import when_words
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.panes.checklist import Checklist
from pmo_desktop.ui.panes.homecards import (
    ChangeRow,
    ComplianceRow,
    KpiStrip,
    MoneyRow,
    MonthsChart,
    NudgeRow,
    UpcomingRow,
)
from pmo_desktop.ui.panes.homefacts import (
    NOTHING_YET,
    HomeFacts,
    compliance_title,
    money_title,
    months_title,
    nudge_title,
    read_home,
)
from pmo_desktop.ui.theme import current_theme

_MOST_NUDGES = 5
_READ_AT_ONCE = 1_000  # projects up to which the figures are worked out without a worker
_BOOKED_AT_ONCE = 10_000  # allocations, likewise
_ROOMY = 790  # px of height from which more lines are shown
_LINES = {True: (6, 5), False: (4, 3)}  # of the next four weeks and of the latest changes
_MOST_PROGRAMMES = 8
_SIDE = 364


class HomePane(Pane):
    """Everything on it is worked out from the file each time; blocks without data are absent."""

    name = "home"
    title = "Home"
    icon_name = "house"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setProperty("role", "desk")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.facts = NOTHING_YET
        self._roomy = True
        self.refresh()
        context.theme.changed.connect(self._show)

    def subtitle(self) -> str:
        """The day lateness is judged by."""
        day = self.facts.day
        if not self.is_ready():
            return ""
        return f"{day:%A} {day_text(day)}, week {day.isocalendar().week}"

    def header_actions(self) -> list[QWidget]:
        """The data date and the pack."""
        date = action_button(self.context.actions["file.data_date"], "secondary", "calendar", "Set data date")
        pack = action_button(
            self.context.actions["reports.pack"], "primary", "file-chart-column", "Build steering pack"
        )
        return [date, pack]

    def refresh(self) -> None:
        """Read the file and say everything anew."""
        store = self.context.store
        few = row_count(store, "project") <= _READ_AT_ONCE and row_count(store, "allocation") <= _BOOKED_AT_ONCE
        if few:
            self._take(read_home(store))
        else:
            self.context.run("Working out the figures", lambda _progress: read_home(store), self._take)

    def is_ready(self) -> bool:
        """Whether the figures are there."""
        return self.facts is not NOTHING_YET

    def status_text(self) -> str:
        """Counts for the status bar."""
        if not self.is_ready():
            return "Working out the figures"
        portfolio = self.facts.portfolio
        parts = [count_text(len(portfolio.projects), "open project")]
        if portfolio.reports_due:
            parts.append(f"{portfolio.reports_in:,} of {portfolio.reports_due:,} reports in")
        return " | ".join(parts)

    def regions(self) -> list[QWidget]:
        """One region."""
        return [self._area]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window shows fewer lines rather than a scroll bar."""
        super().resizeEvent(event)
        roomy = self.height() * 100 >= _ROOMY * self.context.theme.scale
        if roomy != self._roomy:
            self._roomy = roomy
            self._show()

    def _take(self, facts: HomeFacts) -> None:
        self.facts = facts
        self._show()
        self.facts_changed.emit()

    def _show(self) -> None:
        page = Rows("desk")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(14)
        checklist = Checklist(self.context, self.facts.is_empty)
        if checklist.wanted and self.is_ready():
            column.addWidget(checklist)
        if not self.facts.is_empty:
            column.addWidget(KpiStrip(self.facts.portfolio.statuses, self.facts.kpis))
        middle = QHBoxLayout()
        middle.setSpacing(14)
        left, right = self._left_cards(), self._right_cards()
        if left:
            for card in right:
                card.setFixedWidth(self.context.theme.px(_SIDE))
            middle.addLayout(_column(left), 1)
        middle.addLayout(_column(right), 0 if left else 1)
        column.addLayout(middle, 1 if left else 0)
        if not left:  # the few cards of a portfolio that has just begun are as high as what they say
            column.addStretch(1)
        place = self._area.verticalScrollBar().value()
        self._area.setWidget(page)
        self._area.verticalScrollBar().setValue(place)

    def _left_cards(self) -> list[QWidget]:
        cards: list[QWidget] = []
        if self.facts.portfolio.projects:
            cards.append(self._nudge_card())
        below = []
        if len(self.facts.months) > 1:
            below.append(_months_card(self.facts))
        if self.facts.programmes:
            below.append(_money_card(self.facts))
        if below:
            cards.append(_side_by_side(below))
        return cards

    def _right_cards(self) -> list[QWidget]:
        cards: list[QWidget] = []
        if self.facts.upcoming:
            cards.append(self._upcoming_card())
        if self.facts.compliance:
            cards.append(_compliance_card(self.facts))
        cards.append(self._changes_card())
        return cards

    def _nudge_card(self) -> Card:
        nudges = self.facts.nudges
        if not nudges:
            return Card(
                "Nothing needs attention",
                "No project is red, worsening, over tolerance, short of people, overdue or silent",
            )
        cycle = "Red, worsening, over tolerance, short of people, overdue or silent this cycle; the gravest first"
        shown = nudges[:_MOST_NUDGES]
        more = f"All {len(nudges):,} in the list" if len(nudges) > len(shown) else "Open as list"
        card = Card(nudge_title(len(nudges)), cycle, more, self._opener_of("projects"))
        card.add_ruled([NudgeRow(each, self._opener(each.project)) for each in shown])
        card.body.addStretch(1)
        return card

    def _upcoming_card(self) -> Card:
        upcoming = self.facts.upcoming
        shown = upcoming[: _LINES[self._roomy][0]]
        more = f"All {len(upcoming):,}" if len(upcoming) > len(shown) else "Milestones"
        card = Card("Next four weeks", "", more, self._opener_of("milestones"))
        card.add_ruled([UpcomingRow(each, self._opener(each.project) if each.project else None) for each in shown])
        return card

    def _changes_card(self) -> Card:
        card = Card("Latest changes", "", "History", self.context.actions["edit.history"].trigger)
        for deed in self.facts.latest[: _LINES[self._roomy][1]]:
            card.body.addWidget(ChangeRow(deed_icon(deed), deed.what, f"{when_words(deed.at)}, {deed.who}"))
        card.body.addStretch(1)
        return card

    def _opener_of(self, pane: str) -> Callable[[], None] | None:
        """Going to a pane; None, and then no link, where there is no such pane."""
        return (lambda: self.context.navigate(pane)) if f"go.{pane}" in self.context.actions else None

    def _opener(self, project: str) -> Callable[[], None]:
        return lambda: self.context.navigate("projects", project)


def build_pane(context: Context) -> HomePane:
    """The pane, for the list of places."""
    return HomePane(context)


def deed_icon(deed: Deed) -> str:
    """The icon of a kind of deed."""
    if deed.undoes is not None:
        return "undo-2"
    kind = str((deed.source or {}).get("kind", ""))
    if "import" in kind or (deed.source or {}).get("file"):
        return "file-spreadsheet"
    for start, icon in (("Add", "plus"), ("Delete", "trash-2"), ("Report", "file-text"), ("New", "database")):
        if deed.what.startswith(start):
            return icon
    return "flag" if kind == "named point" else "pencil"


def _months_card(facts: HomeFacts) -> Card:
    card = Card(months_title(facts.months), f"Projects by status, last {len(facts.months)} months")
    card.body.addWidget(MonthsChart(facts.months), 1)
    return card


def _compliance_card(facts: HomeFacts) -> Card:
    card = Card(compliance_title(facts.portfolio))
    shown = facts.compliance[:_MOST_PROGRAMMES]
    metrics = QFontMetrics(current_theme().font("body"))
    names = max(metrics.horizontalAdvance(each.name) for each in shown)
    for each in shown:
        card.body.addWidget(ComplianceRow(each, names))
    return card


def _money_card(facts: HomeFacts) -> Card:
    shown = facts.programmes[:_MOST_PROGRAMMES]
    card = Card(money_title(facts.programmes), "Estimate at completion against budget, open projects")
    widest = max(abs(each.percent or 0) for each in shown)
    for each in shown:
        card.body.addWidget(MoneyRow(each, widest))
    card.body.addStretch(1)
    return card


def _side_by_side(cards: list[Card]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(14)
    for card in cards:
        row.addWidget(card, 1)
    return made


def _column(cards: list[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(14)
    for position, card in enumerate(cards):
        column.addWidget(card, 1 if position == len(cards) - 1 else 0)
    return column
