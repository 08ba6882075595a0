"""Names that are likely one person: merge them, under a name that is chosen, or keep them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import PersonCluster
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.calm_combo import CalmCombo
from pmo_desktop.ui.importer.card_lines import CardLines
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.theme import current_theme

_SHOWN, _NAME = 3, 170


class PeopleCard(Rows):
    """`decided` carries answers as ImportOptions.people takes them: a name as written and the full name it gets."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__("card")
        self.title = label("", "strong")
        self.rows: list[ClusterRow] = []
        self._lines = CardLines()
        self._lines.column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self._lines)

    def show_clusters(self, clusters: Sequence[PersonCluster], given: Mapping[str, str]) -> None:
        """Show what is proposed and what was answered; an answer can be changed."""
        if [row.cluster for row in self.rows] != list(clusters):
            for old in self.rows:
                old.hide()
                old.deleteLater()
            self.rows = [ClusterRow(each) for each in clusters]
            for place, row in enumerate(self.rows):
                row.decided.connect(self.decided)
                self._lines.column.insertWidget(place, row)
        for row in self.rows:
            row.show_answer(given)
        left = sum(row.answer(given) is None for row in self.rows)
        tail = f", {left} not answered: they stay apart" if left else ""
        self.title.setText(f"{count_text(len(clusters), 'group')} of names that are likely one person{tail}")
        self._lines.make_room(len(clusters), _SHOWN)
        self.setVisible(bool(clusters))


class ClusterRow(QWidget):
    """The names of one group, why, and what to do with them."""

    decided = Signal(object)

    def __init__(self, cluster: PersonCluster) -> None:
        super().__init__()
        self.cluster = cluster
        names = names_words(cluster)
        self.words = ElidedLabel(names, "medium")
        self.why = ElidedLabel(cluster.why, "caption")
        self.name = CalmCombo()
        self.name.setFixedWidth(current_theme().px(_NAME))
        for each in dict.fromkeys((cluster.proposed, *cluster.names)):
            self.name.addItem(each, each)
        self.name.setAccessibleName(f"Full name for {names}")
        self.merge = Button("Merge", slot=self._merge)
        self.apart = Button("Keep apart", slot=self._keep_apart)
        for button in (self.merge, self.apart):
            button.setAccessibleName(f"{button.text()}: {names}. {cluster.why}")
        self.mark = Mark("users", "text2", 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self.mark)
        row.addWidget(self.words, 3)
        row.addWidget(self.why, 2)
        row.addWidget(label("becomes", "caption_quiet"))
        row.addWidget(self.name)
        row.addWidget(self.merge)
        row.addWidget(self.apart)
        self.name.activated.connect(lambda _at: self._merge())

    def answer(self, given: Mapping[str, str]) -> str | None:
        """The full name all are to have; empty when they are kept apart, None when nobody said."""
        told = {given[name] for name in self.cluster.names if name in given}
        if not told:
            return None
        return "" if len(told) > 1 else told.pop()

    def show_answer(self, given: Mapping[str, str]) -> None:
        """Tick the button that was pressed, and show the name that was chosen."""
        answer = self.answer(given)
        self.merge.icon_name = "check" if answer else ""
        self.apart.icon_name = "check" if answer == "" else ""
        for button in (self.merge, self.apart):
            button.updateGeometry()
            button.update()
        if answer:
            self.name.setCurrentIndex(max(0, self.name.findData(answer)))

    def _merge(self) -> None:
        self.decided.emit(dict.fromkeys(self.cluster.names, self.name.currentData()))

    def _keep_apart(self) -> None:
        self.decided.emit({name: name for name in self.cluster.names})


def names_words(cluster: PersonCluster) -> str:
    """The names with how many cells write each; those that only the portfolio has say so."""
    return join_words(
        [f"{name} ({count_text(count, 'cell') if count else 'kept here'})" for name, count in cluster.names.items()]
    )
