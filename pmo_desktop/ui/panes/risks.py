"""The pane of risks: the matrix beside the register, one the filter and the pointer of the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from pmo_desktop.figures.riskbook import RiskBook, RiskFigures, read_risk_book
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.risks import rescore_risk
from pmo_desktop.rules.wording import count_text, number_text
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.matrix.layout import Chip
from pmo_desktop.ui.matrix.panel import MatrixPanel
from pmo_desktop.ui.panes.raidregisters import RAID_OUTLINES, figure_risks
from pmo_desktop.ui.panes.register import RegisterPane
from pmo_desktop.ui.panes.riskdialogs import risk_dialogs

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_REASON = Field("reason", "Reason", Kind.NOTE)
_ALL_THREE = 1400  # pixels of a window in which matrix, list and inspector stand side by side
_CELL = "cell"  # the figure that says which cell a risk stands in


def build_pane(context: Context) -> RiskPane:
    """The pane of risks."""
    return RiskPane(context)


class RiskPane(RegisterPane):
    """Shows the open risks on the matrix, and the register as its view says.

    The inspector waits until it is asked for: matrix and list need the room.
    """

    inspector_key = "inspector/shown_beside_matrix"
    inspector_first = False

    def __init__(self, context: Context) -> None:
        self.matrix = MatrixPanel(context.theme)
        self.matrix.board.can_write = not context.store.readonly
        self.box: AskBox | None = None
        self.book: RiskBook = read_risk_book(context.store)
        super().__init__(context, RAID_OUTLINES["risks"], figure_risks)
        self.matrix.board.chosen.connect(self._go_to)
        self.matrix.board.opened.connect(self._open)
        self.matrix.board.rescored.connect(self._ask_reason)
        self.matrix.board.cluster_opened.connect(self._list_cluster)
        self.matrix.cell_chosen.connect(self._list_cell)
        self._soon = QTimer(self, singleShot=True, interval=0)  # the grid tells of a selection before it is whole
        self._soon.timeout.connect(self._follow)
        self.grid.selected.connect(self._soon.start)
        self._show_matrix()

    def subtitle(self) -> str:
        opened = count_text(len(self.book.risks), "open risk")
        above = len(self.book.above)
        if not self.book.risks:
            return "No open risks"
        unrated = sum(each.now is None for each in self.book.risks)
        said = f"{above:,} of {opened} {'is' if above == 1 else 'are'} above appetite"
        return f"{said}, {unrated:,} not rated" if unrated else said

    def status_text(self) -> str:
        rated = [each.now.score for each in self.book.risks if each.now]
        mean = f" | Mean score {sum(rated) / len(rated):.1f}" if rated else ""
        return f"{super().status_text()} | Above appetite: {len(self.book.above):,}{mean}"

    def on_changed(self, changed: Changed) -> None:
        super().on_changed(changed)
        if changed.rows.keys() & {"risk", "mitigation", "settings", "scale"}:
            self._read_matrix()

    def refresh(self) -> None:
        super().refresh()
        self._read_matrix()

    def regions(self) -> list[QWidget]:
        first, *others = super().regions()
        return [first, self.matrix.board, *others]

    def set_narrow(self, narrow: bool) -> None:
        """Matrix, list and inspector need more room than other panes to stand beside each other."""
        super().set_narrow(narrow or self.window().width() < self.context.theme.px(_ALL_THREE))

    def header_actions(self) -> list[QWidget]:
        actions = super().header_actions()
        simulate = action_button(self.context.actions["risk.simulate"], "secondary", "file-chart-column", "Simulate")
        review = action_button(self.context.actions["risk.review"], "secondary", "clipboard-check", "Review")
        return [review, simulate, *actions]

    def commands(self) -> dict[str, Callable[[], object]]:
        return super().commands() | risk_dialogs(self)

    def content(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.matrix)
        splitter.addWidget(self.pages)
        splitter.setSizes([560, 640])
        splitter.setStretchFactor(1, 1)
        return splitter

    # ------------------------------------------------------------------ below the counter

    def _read_matrix(self) -> None:
        self.book = read_risk_book(self.context.store)
        self._show_matrix()
        self.facts_changed.emit()

    def _show_matrix(self) -> None:
        book = self.book
        self.matrix.show_risks([chip_of(each) for each in book.risks], book.scheme, book.above_cells(), book.appetite)
        self._follow()

    def _follow(self) -> None:
        """The chip of the risk that the list stands on."""
        now = self.grid.current
        if now is not None:
            self.matrix.choose(now.id)

    def _go_to(self, risk: str) -> None:
        """The list goes where the matrix went; the matrix keeps the keyboard."""
        if self.table.place_of(risk) is not None:
            self.grid.go_to(risk)

    def _open(self, risk: str) -> None:
        if self.inspector.isHidden():
            self.toggle_inspector()
        self.show_row(risk)

    def _list_cell(self, likelihood: int, impact: int) -> None:
        kept = [each for each in self.arranger.view.conditions if each.field != _CELL]
        self.arranger.change(conditions=(*kept, Condition(_CELL, "is", (cell_word(likelihood, impact),))))

    def _list_cluster(self, risks: list[str]) -> None:
        spot = next((each.spot for each in self.book.risks if each.id in risks and each.spot), None)
        if spot:
            self._list_cell(*spot)

    def _ask_reason(self, risk: str, rating: str, likelihood: int, impact: int) -> None:
        """Ask why a risk is re-scored; Esc leaves it as it was."""
        found = next((each for each in self.book.risks if each.id == risk), None)
        if found is None:
            return
        score = number_text(self.book.scheme.judge(likelihood, impact).score)
        told = f"Likelihood {likelihood}, impact {impact}: {rating} score {score}."
        board = self.matrix.board
        self.box = AskBox(
            board,
            f"Re-score {found.called}",
            [_REASON],
            "Re-score",
            partial(self._rescore, risk, rating, likelihood, impact),
            reading=self.table.reading,
            names=self.sheet.names,
            choices=self.grid.choices,
            told=told,
        )
        placed = board.placed_of(risk)
        at = placed.rect.bottomLeft().toPoint() if placed else QPoint(0, 0)
        self.box.open_at(board.mapToGlobal(at))

    def _rescore(self, risk: str, rating: str, likelihood: int, impact: int, values: dict[str, Any]) -> None:
        done = rescore_risk(self.context.store, risk, rating, likelihood, impact, self.book.scheme, values["reason"])
        if done is not None:
            self.context.toast(f"{rating.capitalize()} rating changed", "Undo", partial(undo_last, self.context))


def chip_of(risk: RiskFigures) -> Chip:
    """A risk as it lies on the matrix; one whose controls nobody rated lies where it is inherent."""
    spots = dict(risk.spots)
    if risk.spot:
        spots["residual"] = risk.spot
    name, title = str(risk.row.get("ref") or risk.called), str(risk.row.get("title") or "")
    return Chip(risk.id, name, title, spots, risk.is_opportunity, risk.row.get("appetite"))


def cell_word(likelihood: int, impact: int) -> str:
    """How the list says a cell: likelihood x impact."""
    return f"{likelihood} x {impact}"
