"""What smoothing or levelling would move, before anything moves."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pmo_desktop.figures.levelling import Finish, Levelled, Move
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.plaintable import PlainTable
from pmo_desktop.ui.label import label

_MOVES = ("Resource", "Project", "Start", "New start", "Moves by")
_MOVE_WIDTHS = (0, 200, 110, 110, 110)
_FINISHES = ("Project", "Booked to", "New last day", "Forecast finish", "")
_FINISH_WIDTHS = (0, 110, 110, 130, 180)
_LEAST = 200  # pixels of a table: five rows


class LevellingDialog(Dialog):
    """The primary button moves what the upper table lists; without a move there is only something to read."""

    def __init__(self, proposal: Levelled, parent: QWidget | None = None) -> None:
        title = "Level bookings" if proposal.may_pass_finish else "Smooth bookings"
        moves = proposal.moves
        verb = f"Move {count_text(len(moves), 'allocation')}" if moves else ""
        super().__init__(title, parent, width=960, accept_text=verb)
        self.proposal = proposal
        self.body.addWidget(label(proposal.words(), "body2", wrap=True))
        if moves:
            self.moves = PlainTable(_MOVES, _MOVE_WIDTHS, [_move(each) for each in moves], "Allocations that move")
            self.moves.setMinimumHeight(_LEAST)
            self.body.addWidget(self.moves, 2)
            texts = [_finish(each) for each in proposal.finishes]
            self.finishes = PlainTable(_FINISHES, _FINISH_WIDTHS, texts, "Projects before and after")
            self.finishes.setMinimumHeight(_LEAST)
            self.body.addWidget(self.finishes, 1)
        self.body.addWidget(label(proposal.assumed, "caption", wrap=True))


def _move(move: Move) -> tuple[str, ...]:
    start, new = move.before.part.first, move.after.part.first
    return move.resource, move.project, short_day(start), short_day(new), count_text(move.weeks, "week")


def _finish(finish: Finish) -> tuple[str, ...]:
    forecast = short_day(finish.forecast) if finish.forecast else "Not set"
    late = "Passes its finish" if finish.is_late else "Passes it already" if finish.was_late else ""
    return finish.project, short_day(finish.before), short_day(finish.after), forecast, late
