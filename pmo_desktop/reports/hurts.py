"""The column at the side of the capacity page: where it hurts, what could be moved, who is missing, where room is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmo_desktop.reports.frame import clamp, draw_section, fit_text
from pmo_desktop.reports.outlookwords import overload_words, room_sentence, unnamed_words
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, DENSE, MEDIUM, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import one_line

_NAME = Type(8.6, MEDIUM, 11.4)
_TITLE, _GAP, _BETWEEN = 20.0, 12.0, 5.0
_MOST_LINES, _MOVE_LINES = 8, 4
_MOST_UNNAMED = 2


@dataclass(frozen=True, slots=True)
class _Remark:
    """Something said about one: a name, what it is, and lines under it."""

    name: str
    note: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        heads = (_NAME.leading if self.name else 0.0) + (CAPTION.leading if self.note else 0.0)
        return heads + len(self.lines) * DENSE.leading + _BETWEEN


@dataclass(frozen=True, slots=True)
class Remarks:
    """The sections of the column with what fits in them, and where it stands."""

    x: float
    width: float
    sections: tuple[tuple[str, tuple[_Remark, ...]], ...]


def make_remarks(subject: Subject, x: float, width: float, room: float) -> Remarks:
    """As many of the over-booked as the room holds, the heaviest first; room to start and the unnamed always stand."""
    outlook = subject.outlook
    always: list[tuple[str, tuple[_Remark, ...]]] = [
        ("Room to start", (_remark("", "", room_sentence(outlook), width),))
    ]
    unnamed = tuple(_remark(name, "", text, width) for name, text in unnamed_words(outlook)[:_MOST_UNNAMED])
    if unnamed:
        always.insert(0, ("Still to be named", unnamed))
    moves = tuple(
        _remark(one_line(each.resource), "", one_line(f"{each.title}."), width, _MOVE_LINES) for each in subject.moves
    )
    if moves:
        always.insert(0, ("Proposed moves", moves))
    left = room - sum(_height(remarks) for _, remarks in always) - _TITLE - _GAP
    hurts = []
    for overload in outlook.overloads:
        line = outlook.line_of(overload)
        made = _remark(one_line(line.title), one_line(line.note), overload_words(outlook, overload), width)
        left -= made.height
        if left < 0:
            break
        hurts.append(made)
    sections = [("Where it hurts", tuple(hurts)), *always] if hurts else always
    return Remarks(x, width, tuple(sections))


def paint_remarks(page: Page, remarks: Remarks, y: float) -> None:
    """Draw the column from its top edge."""
    x = remarks.x
    for title, found in remarks.sections:
        y = draw_section(page, x, remarks.width, y, title) + _TITLE - 18.0
        for each in found:
            if each.name:
                y += _NAME.leading
                page.text(x, y - 2.6, each.name, _NAME)
            if each.note:
                y += CAPTION.leading
                page.text(x, y - 2.4, each.note, CAPTION)
            for line in each.lines:
                y += DENSE.leading
                page.text(x, y - 2.6, line, DENSE)
            y += _BETWEEN
        y += _GAP


def _remark(name: str, note: str, text: str, width: float, most: int = _MOST_LINES) -> _Remark:
    return _Remark(fit_text(name, _NAME, width), fit_text(note, CAPTION, width), clamp(text, DENSE, width, most))


def _height(remarks: Sequence[_Remark]) -> float:
    return _TITLE + _GAP + sum(each.height for each in remarks)
