"""The pages of the inspector: forms in sections, the plan with its chart, the money with its table, the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.figures.projects import expected_date, is_achieved, is_cancelled, plan_order
from pmo_desktop.model.kind import Field
from pmo_desktop.store.rows import read_rows, register_fields
from pmo_desktop.ui.arrange import Record
from pmo_desktop.ui.columns import slip_text
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.form import Form
from pmo_desktop.ui.kinds import Row, long_date
from pmo_desktop.ui.label import label
from pmo_desktop.ui.moneytable import MoneyTable
from pmo_desktop.ui.outline import OWN_FIELDS, Outline, Page
from pmo_desktop.ui.planchart import KeyDate, PlanChart
from pmo_desktop.ui.section import Section

if TYPE_CHECKING:
    from pmo_desktop.ui.table import Table

_MOST_DATES = 12


class Tab(QScrollArea):
    """One page; built when it is first shown."""

    takes_several = True

    def __init__(self, context: Context, outline: Outline, editing: Editing, page: Page) -> None:
        super().__init__()
        self.context, self.outline, self.editing, self.page = context, outline, editing, page
        self.title = page.title
        self.forms: list[Form] = []
        self.is_built = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(page.title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setProperty("role", "scrolled")
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(4)
        self.setWidget(self.content)

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        """Show these records."""
        if not self.is_built:
            self.is_built = True
            self.build()
            self.column.addStretch(1)
        for form in self.forms:
            form.show_records(records, table.reading, editable=editable)

    def build(self) -> None:
        """A section with a form for each group of fields."""
        known = {each.name: each for each in register_fields(self.context.store, self.outline.entity)}
        known |= {each.name: each for each in self.outline.figures}
        for words, names in self.page.sections:
            fields = own_fields(known) if names == OWN_FIELDS else [known[name] for name in names if name in known]
            if fields:
                section = Section(words)
                form = Form(fields, self.editing)
                self.forms.append(form)
                section.body.addWidget(form)
                self.column.addWidget(section)


class OverviewTab(Tab):
    """The status in words first, with when it was reported."""

    def build(self) -> None:
        known = {each.name: each for each in register_fields(self.context.store, self.outline.entity)}
        self.status = Section("Status")
        self.status_form = Form([known["rag_comment"]], self.editing, wide=True)
        self.forms.append(self.status_form)
        self.status.body.addWidget(self.status_form)
        self.column.addWidget(self.status)
        super().build()

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        row = records[0].row
        told = f"Reported {long_date(row['report_date'])}" if len(records) == 1 and row.get("report_date") else ""
        age = " (stale)" if told and row.get("stale") else ""
        self.status.note.setText(told + age)


class PlanTab(Tab):
    """Key dates against the data date, then the dates to edit."""

    def build(self) -> None:
        self.chart, self.dates = PlanChart(), Section("Key dates")
        self.none = label("No milestones yet. They have a pane of their own.", "body2", wrap=True)
        self.dates.body.addWidget(self.chart)
        self.dates.body.addWidget(self.none)
        self.column.addWidget(self.dates)
        super().build()

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        self.dates.setVisible(len(records) == 1)
        if len(records) != 1:
            return
        row = records[0].row
        dates = key_dates(row, read_milestones(self.context, records[0].id))
        self.chart.show_dates(dates, table.reading.today)
        self.none.setVisible(not self.chart.dates)
        slip = slip_text(row, table.reading)
        self.dates.note.setText(f"Slip {slip}" if slip else "")


class MoneyTab(Tab):
    """The money in a table, then each figure to edit."""

    def build(self) -> None:
        self.money, self.section = MoneyTable(), Section("Money")
        self.section.body.addWidget(self.money)
        self.column.addWidget(self.section)
        super().build()

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        self.section.setVisible(len(records) == 1)
        if len(records) == 1:
            self.section.note.setText(self.money.show_row(records[0].row, table.reading))


class ResourceTab(Tab):
    """The skills of one resource, its leave from the data date on, and what it is booked for."""

    takes_several = False

    def build(self) -> None:
        self.lists = {words: label("", "body", wrap=True) for words in ("Skills", "Leave", "Booked for")}
        for words, lines in self.lists.items():
            section = Section(words)
            section.body.addWidget(lines)
            self.column.addWidget(section)
        super().build()

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        from pmo_desktop.figures.resourcetables import tell_resource  # noqa: PLC0415  brings numpy

        found = tell_resource(self.context.store, records[0].id, table.reading.today)
        for words, lines in self.lists.items():
            lines.setText("\n".join(found[words]))


class EntryTab(Tab):
    """An entry of the RAID log: the trail of its links first, where it has any."""

    def build(self) -> None:
        from pmo_desktop.ui.traillist import TrailList  # noqa: PLC0415  read when such a page is first shown

        self.trail, self.links = TrailList(self.context), Section("Links")
        self.links.body.addWidget(self.trail)
        self.column.addWidget(self.links)
        super().build()

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        one = records[0].id if len(records) == 1 else None
        linked = one is not None and self.trail.show_entry(self.outline.entity, one, editable=editable)
        self.links.setVisible(linked)


class HistoryTab(Tab):
    """Every change of the one record."""

    takes_several = False

    def build(self) -> None:
        from pmo_desktop.ui.historylist import HistoryList  # noqa: PLC0415  read when such a page is first shown

        self.list = HistoryList()
        self.column.addWidget(self.list)

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        self.list.show_row(self.context.store, self.outline.entity, records[0].id, table.reading)


class FilesTab(Tab):
    """The files and links that belong to the one record; a file dropped on it is attached."""

    takes_several = False

    def build(self) -> None:
        from pmo_desktop.ui.fileslist import FilesList  # noqa: PLC0415  read when such a page is first shown

        self.files = FilesList(self.context, self.outline.entity)
        self.column.addWidget(self.files)

    def show_records(self, records: Sequence[Record], table: Table, *, editable: bool) -> None:
        super().show_records(records, table, editable=editable)
        self.files.show_row(records[0].id, editable=editable)


_TABS: dict[str, type[Tab]] = {
    "form": Tab,
    "overview": OverviewTab,
    "plan": PlanTab,
    "money": MoneyTab,
    "resource": ResourceTab,
    "entry": EntryTab,
    "files": FilesTab,
    "history": HistoryTab,
}


def make_tabs(context: Context, outline: Outline, editing: Editing) -> list[Tab]:
    """The pages an outline asks for, and the history."""
    pages = [*outline.pages, Page("History", "history")]
    return [_TABS[page.sort](context, outline, editing, page) for page in pages]


def own_fields(known: dict[str, Field]) -> list[Field]:
    """The organisation's own fields among those known."""
    return [each for each in known.values() if each.is_custom]


def read_milestones(context: Context, project: str) -> list[dict[str, Any]]:
    """A project's milestones in planned order."""
    found = (row for row in read_rows(context.store, "milestone") if row["project"] == project)
    return sorted((row for row in found if not is_cancelled(row)), key=plan_order)


def key_dates(row: Row, milestones: Sequence[dict[str, Any]]) -> list[KeyDate]:
    """The milestones that matter most, then the project's own finish."""
    chosen = list(milestones)
    if len(chosen) > _MOST_DATES:
        gates = [each for each in chosen if each.get("type")]
        chosen = (gates or chosen)[:_MOST_DATES]
    dates = [KeyDate(str(each["name"]), each["baseline"], expected_date(each), is_achieved(each)) for each in chosen]
    finish = row.get("finish_actual") or row.get("finish_forecast")
    own = KeyDate("Finish", row.get("finish_baseline"), finish, bool(row.get("finish_actual")))
    return [*dates, own]
