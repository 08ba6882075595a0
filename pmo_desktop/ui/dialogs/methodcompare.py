"""Two versions of a methodology side by side: what is added, removed, renamed, changed and moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pmo_desktop.figures.methods import MethodLine, list_methods, read_method
from pmo_desktop.rules.methodchange import ChangeKind, PartChange, compare_methods
from pmo_desktop.rules.methodcodes import version_key
from pmo_desktop.store.file import Store
from pmo_desktop.ui.dialogs.dialog import Dialog, as_widget
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label
from pmo_desktop.ui.segments import Segments
from pmo_desktop.ui.theme import current_theme

_HEADS = ("Change", "What", "Part", "Field", "Before", "After")
_WIDTHS = (92, 104, 0, 148, 0, 0)
_BEFORE, _AFTER = 4, 5
_ALL = ""
_TINTS = {
    ChangeKind.ADDED: "diff_new",
    ChangeKind.REMOVED: "diff_del",
    ChangeKind.RENAMED: "diff_chg",
    ChangeKind.CHANGED: "diff_chg",
    ChangeKind.MOVED: "",
}


class MethodCompareDialog(Dialog):
    """`before` and `after` are versions to begin with; either can be chosen in the dialog."""

    def __init__(
        self, store: Store, before: str | None = None, after: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Compare versions", parent, width=960)
        self.store = store
        self.changes: tuple[PartChange, ...] = ()
        self.shown: list[PartChange] = []
        self.kind = _ALL
        self.before, self.after = QComboBox(), QComboBox()
        self.kinds = Segments("Show", [(_ALL, "All", "All"), *((each, each.value, each.value) for each in ChangeKind)])
        self.table = PlainTable(_HEADS, [current_theme().px(each) for each in _WIDTHS], [], "Differences")
        self.was, self.now = _reader("Before"), _reader("After")
        self.told = label("", "body2", wrap=True)
        self._lay_out()
        self._offer(before, after)
        self.kinds.chosen.connect(self.filter_by)
        self.kinds.show_choice(_ALL)
        self.table.itemSelectionChanged.connect(self._tell)
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Compare the two that are chosen."""
        pair = self.before.currentData(), self.after.currentData()
        self.changes = compare_methods(*(read_method(self.store, each) for each in pair)) if all(pair) else ()
        counts = Counter(each.kind for each in self.changes)
        self.headline.setText(f"Compare versions: {say_counts(self.changes)}")
        for key, button in self.kinds.buttons.items():
            count = counts[ChangeKind(key)] if key else len(self.changes)
            button.setText(f"{key or 'All'} {count:,}")
            button.updateGeometry()
        self.filter_by(self.kind)

    def filter_by(self, kind: str) -> None:
        """Show the differences of one kind only, or all."""
        self.kind = kind
        self.kinds.show_choice(kind)
        self.shown = [each for each in self.changes if not kind or each.kind == kind]
        self.table.fill([_row(each) for each in self.shown])
        for place, each in enumerate(self.shown):
            _dress(self.table, place, each)
        same = "The two say the same." if not self.changes else f"Nothing is {kind.lower()}." if not self.shown else ""
        if not (self.before.currentData() and self.after.currentData()):
            same = "There are no two versions to compare. Draft the next version of a methodology first."
        self.told.setText(same)
        self.told.setVisible(bool(same))
        self.table.setVisible(bool(self.shown))
        self.readers.setVisible(bool(self.shown))
        self._tell()

    # ------------------------------------------------------------------ below the counter

    def _tell(self) -> None:
        """The current difference in full."""
        place = self.table.currentRow()
        each = self.shown[place] if 0 <= place < len(self.shown) else None
        self.was.setPlainText(each.old if each else "")
        self.now.setPlainText(each.new if each else "")

    def _offer(self, before: str | None, after: str | None) -> None:
        lines = list_methods(self.store)
        for box in (self.before, self.after):
            box.setMaxVisibleItems(20)
            for line in lines:
                status = f" ({line.status.lower()})" if line.status else ""
                box.addItem(f"{line.name} {line.version}{status}", line.id)
        one, other = propose_pair(lines, before, after)
        self.before.setCurrentIndex(self.before.findData(one))
        self.after.setCurrentIndex(self.after.findData(other))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, box in (("From", self.before), ("to", self.after)):
            box.setAccessibleName("Compare from version" if box is self.before else "Compare to version")
            box.setMinimumWidth(200)
            row.addWidget(label(words, "body2"))
            row.addWidget(box)
        row.addStretch(1)
        self.body.addWidget(as_widget(row))
        self.body.addWidget(self.kinds)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        for reader in (self.was, self.now):
            column = QVBoxLayout()
            column.setSpacing(4)
            title = label(reader.accessibleName(), "label")
            title.setBuddy(reader)
            column.addWidget(title)
            column.addWidget(reader)
            halves.addLayout(column, 1)
        self.readers = as_widget(halves)
        self.body.addWidget(self.readers)
        self.body.addStretch(0)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.setMinimumHeight(290)


def propose_pair(lines: Sequence[MethodLine], before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """The two versions to begin with: what is given, the other one the nearest of the same methodology."""
    by_id = {line.id: line for line in lines}
    given = by_id.get(after or before or "") or next((each for each in lines if _others(lines, each)), None)
    if given is None:
        return None, None
    if before and after:
        return before, after
    own = sorted([given, *_others(lines, given)], key=lambda line: version_key(line.version))
    place = own.index(given)
    if before and place + 1 < len(own):
        return given.id, own[place + 1].id
    return (own[place - 1].id, given.id) if place else (given.id, own[min(1, len(own) - 1)].id)


def say_counts(changes: Sequence[PartChange]) -> str:
    """How many of each kind: 3 added, 2 removed, 1 renamed."""
    counts = Counter(each.kind for each in changes)
    said = [f"{counts[kind]:,} {kind.value.lower()}" for kind in ChangeKind if counts[kind]]
    return ", ".join(said) if said else "no differences"


def _others(lines: Sequence[MethodLine], line: MethodLine) -> list[MethodLine]:
    return [each for each in lines if each.code == line.code and each.id != line.id]


def _row(each: PartChange) -> tuple[str, ...]:
    moved = "Place" if each.kind is ChangeKind.MOVED else each.field
    old, new = (" ".join(text.split()) for text in (each.old, each.new))
    return each.kind.value, each.part.capitalize(), each.name, moved, old, new


def _dress(table: PlainTable, place: int, each: PartChange) -> None:
    """The kind in its tint, what was struck through, what is in the colour of new things."""
    theme = current_theme()
    tint = _TINTS[each.kind]
    if tint:
        _paint(table.item(place, 0), theme.color(f"{tint}_fg"), theme.color(tint))
    before, after = table.item(place, _BEFORE), table.item(place, _AFTER)
    if before is not None and each.old and each.kind is not ChangeKind.MOVED:
        font = before.font()
        font.setStrikeOut(True)
        before.setFont(font)
        _paint(before, theme.color("diff_del_fg"), None)
    if each.new and each.kind is not ChangeKind.MOVED:
        _paint(after, theme.color("diff_new_fg" if each.kind is ChangeKind.ADDED else "diff_chg_fg"), None)
    spoken = f"{each.kind.value} {each.part} {each.name}" + (f", {each.field}" if each.field else "")
    if (item := table.item(place, 0)) is not None:
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, f"{spoken}, from {each.old or 'nothing'} to {each.new or 'nothing'}"
        )


def _paint(item: QTableWidgetItem | None, ink: QColor, ground: QColor | None) -> None:
    if item is not None:
        item.setForeground(ink)
        if ground is not None:
            item.setBackground(ground)


def _reader(name: str) -> QPlainTextEdit:
    reader = QPlainTextEdit()
    reader.setAccessibleName(name)
    reader.setReadOnly(True)
    reader.setProperty("role", "boxed")
    reader.setTabChangesFocus(True)
    reader.setFixedHeight(72)
    reader.setPlaceholderText("\N{EN DASH}")
    return reader
