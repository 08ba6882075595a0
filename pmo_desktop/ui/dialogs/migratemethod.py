"""Moving live projects to another version: what would become of each, before any of them moves; one step in all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QWidget

from pmo_desktop.figures.methods import MethodLine, list_methods
from pmo_desktop.figures.migration import Leaving, ProjectMigration, preview_migration
from pmo_desktop.operations.migration import migrate_projects
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.methodcodes import version_key
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.dialog import Dialog, as_widget
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.theme import current_theme

_HEADS = ("Project", "Follows", "Appears", "Goes", "Stays, marked", "Renamed", "Answers kept", "At risk")
_WIDTHS = (0, 130, 72, 56, 104, 78, 98, 68)
_NUMBERS = range(2, 8)
_NONE = "Choose a version and tick the projects that are to follow it."


class MigrateDialog(Dialog):
    """`to` is the version to begin with; `projects` those that are ticked, all that may move when it is None."""

    def __init__(
        self, store: Store, to: str | None = None, projects: Sequence[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Move projects to another version", parent, width=960, accept_text="Move projects")
        self.store, self.said = store, ""
        self.wanted = None if projects is None else set(projects)
        self.previews: tuple[ProjectMigration, ...] = ()
        self.to = QComboBox()
        self.to.setMinimumWidth(260)
        self.to.setMaxVisibleItems(16)
        self.lines = {line.id: line for line in list_methods(store)}
        targets = [line for line in self.lines.values() if line.status == MethodStatus.APPROVED]
        for line in targets:
            self.to.addItem(f"{line.name} {line.version}", line.id)
        self.to.setCurrentIndex(max(0, self.to.findData(to or propose_target(targets, list(self.lines.values())))))
        self.told, self.which = label("", "body2", wrap=True), label("", "strong")
        self.table = PlainTable(_HEADS, [current_theme().px(each) for each in _WIDTHS], [], "Projects that may move")
        self.details = QTreeWidget()
        self._lay_out()
        self.to.currentIndexChanged.connect(self.look)
        self.table.itemSelectionChanged.connect(self._tell)
        self.table.itemChanged.connect(lambda _item: self._count())
        self.look()

    def look(self) -> None:
        """See what moving to the chosen version would do to every project that follows a methodology."""
        rows = [row for row in read_rows(self.store, "project") if is_live(row) and row["methodology"]]
        rows = [row for row in rows if row["methodology"] != self.to.currentData()]
        follow = {row["id"]: self._called(row["methodology"]) for row in rows}
        ids = self._order([row["id"] for row in rows], {row["id"]: row["methodology"] for row in rows})
        found = preview_migration(self.store, ids, self.to.currentData()) if self.to.currentData() else ()
        self.previews = tuple(each for each in found if not each.refused)
        self.table.blockSignals(True)
        names = {row["id"]: row["name"] or "" for row in rows}
        self.table.fill([_row(each, follow[each.project], names[each.project]) for each in self.previews], ticks=True)
        for place, each in enumerate(self.previews):
            same = self._same_family(rows, each.project)
            self.table.tick(place, on=same if self.wanted is None else each.project in self.wanted)
            for column in _NUMBERS:
                if item := self.table.item(place, column):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column in _NUMBERS:
            if head := self.table.horizontalHeaderItem(column):
                head.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.blockSignals(False)
        self._say_all()
        self._tell()
        self._count()

    def ticked(self) -> list[str]:
        """The projects that are ticked."""
        return [each.project for place, each in enumerate(self.previews) if self.table.is_ticked(place)]

    def tick_all(self, *, on: bool) -> None:
        """Tick every project, or none."""
        for place in range(len(self.previews)):
            self.table.tick(place, on=on)

    def commit(self) -> str:
        """Move them."""
        chosen = self.ticked()
        if not chosen:
            return _NONE
        try:
            migrate_projects(self.store, chosen, self.to.currentData())
        except Known as known:
            return str(known)
        self.said = f"{count_text(len(chosen), 'project')} moved to {self.to.currentText()}"
        return ""

    # ------------------------------------------------------------------ below the counter

    def _order(self, ids: Sequence[str], of: dict[str, str]) -> list[str]:
        """Projects of the same methodology first."""
        target = self.lines.get(self.to.currentData() or "")
        return sorted(ids, key=lambda each: target is None or self.lines[of[each]].code != target.code)

    def _same_family(self, rows: Sequence[Record], project: str) -> bool:
        """Whether a project follows another version of the very methodology it would move to."""
        own = next(row["methodology"] for row in rows if row["id"] == project)
        return self.lines[own].code == self.lines[self.to.currentData()].code

    def _called(self, methodology: str) -> str:
        line = self.lines.get(methodology)
        return f"{line.name} {line.version}" if line else "\N{EN DASH}"

    def _say_all(self) -> None:
        if not self.to.count():
            self.told.setText("There is no approved version to move to. Approve one first.")
        elif not self.previews:
            self.told.setText("No live project follows another version, so there is nothing to move.")
        else:
            self.told.setText(
                "What nobody worked on goes with the old version; what has work in it stays and is marked. "
                "Answers stay with their criterion. All that are ticked move as one step, which Undo takes back."
            )
        for widget in (self.table, self.details, self.which, self.ticks):
            widget.setVisible(bool(self.previews))

    def _count(self) -> None:
        chosen = len(self.ticked())
        if self.accept_button is not None:
            self.accept_button.setText(f"Move {count_text(chosen, 'project')}" if chosen else "Move projects")
            self.accept_button.setEnabled(chosen > 0)
            self.accept_button.updateGeometry()

    def _tell(self) -> None:
        """What becomes of the current project, part by part."""
        self.details.clear()
        place = self.table.currentRow()
        if not 0 <= place < len(self.previews):
            return
        each = self.previews[place]
        self.which.setText(f"What becomes of {each.called}")
        for words, lines in list_details(each):
            top = QTreeWidgetItem([f"{words} ({len(lines):,})"])
            self.details.addTopLevelItem(top)
            for line in lines:
                inner = QTreeWidgetItem([line])
                inner.setToolTip(0, line)
                top.addChild(inner)
            top.setExpanded(True)
        if not self.details.topLevelItemCount():
            self.details.addTopLevelItem(QTreeWidgetItem(["Nothing changes for it but the version it follows."]))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = label("Move to", "label")
        words.setBuddy(self.to)
        self.to.setAccessibleName("Move to version")
        row.addWidget(words)
        row.addWidget(self.to)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(Button("Tick all", kind="link", slot=lambda: self.tick_all(on=True)))
        buttons.addWidget(Button("Tick none", kind="link", slot=lambda: self.tick_all(on=False)))
        self.ticks = as_widget(buttons)
        row.addWidget(self.ticks)
        self.details.setHeaderHidden(True)
        self.details.setAccessibleName("What becomes of the chosen project")
        self.details.setProperty("role", "boxed")
        self.details.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.details.setMinimumHeight(190)
        self.table.setMinimumHeight(180)
        self.body.addWidget(as_widget(row))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.which)
        self.body.addWidget(self.details, 1)


def is_live(row: Record) -> bool:
    """Whether a project is still being worked on."""
    return row["lifecycle_status"] not in ENDED


def propose_target(targets: Sequence[MethodLine], lines: Sequence[MethodLine]) -> str | None:
    """The newest approved version of the methodology with most projects on other versions."""
    best, most = None, 0
    for line in sorted(targets, key=lambda each: version_key(each.version), reverse=True):
        others = sum(each.projects for each in lines if each.code == line.code and each.id != line.id)
        if others > most:
            best, most = line.id, others
    return best


def list_details(each: ProjectMigration) -> list[tuple[str, list[str]]]:
    """What becomes of one project under headings, those with nothing under them left out."""
    goes = [part for part in each.leaves if not part.work]
    stays = _staying(each)
    found = [
        ("At risk: answers whose criterion is gone", [f"{one.gate}: {one.text}: {one.answer}" for one in each.at_risk]),
        ("Stays and is marked", [f"{one.kind.capitalize()} {one.name}: {one.work}" for one in stays]),
        ("Goes", [f"{one.kind.capitalize()} {one.name}" for one in goes]),
        ("Appears", [f"{one.kind.capitalize()} {one.name}" for one in each.appears]),
        (
            "Renamed",
            [
                f"{one.kind.capitalize()} {one.old} \N{RIGHTWARDS ARROW} {one.new}"
                + (" (keeps the name the project gave it)" if one.own else "")
                for one in each.renamed
            ],
        ),
        ("Answers kept", [f"{one.gate}: {one.text}: {one.answer}" for one in each.carried]),
    ]
    return [(words, lines) for words, lines in found if lines]


def _staying(each: ProjectMigration) -> list[Leaving]:
    """Parts with work in them; an answered criterion has no row of its own: its answer is at risk."""
    return [part for part in each.leaves if part.work and part.kind != "criterion"]


def _row(each: ProjectMigration, follows: str, name: str) -> tuple[str, ...]:
    counts = (
        len(each.appears),
        sum(not part.work for part in each.leaves),
        len(_staying(each)),
        len(each.renamed),
        len(each.carried),
        len(each.at_risk),
    )
    called = each.called if each.called == name else f"{each.called}  {name}"
    return called, follows, *(f"{count:,}" if count else "\N{EN DASH}" for count in counts)
