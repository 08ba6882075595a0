"""The gates ahead: which gates fall due in the next 13 weeks, how ready each is, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from pmo_desktop.figures.gatecheck import GateDay
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.blocks import WAIVED, Kind, draw_block, draw_blocks
from pmo_desktop.reports.frame import Heading, Sheet, fit_text, make_heading, paint_heading
from pmo_desktop.reports.governance import SPANS
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    BAD,
    CAP_HEIGHT,
    CAPTION,
    TABLE,
    TABLE_NAME,
    TABLE_QUIET,
    TABLE_TOTAL,
    Paper,
)
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paginate, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.gates import READY, colour_gate
from pmo_desktop.rules.wording import DASH, count_text, count_word, count_words, day_text, percent_text, short_day

SECTION_TITLE = "Gates ahead"
ANCHOR = "gates-ahead"
WEEKS = 13
_SHOWN = 3  # blockers of one gate; the others are counted
_KEY = 20.0
_SHARES = (("Date", 0.09), ("Gate", 0.20), ("Project", 0.23), ("Readiness", 0.20), ("In the way", 0.28))
_BLOCKS, _HIGH = 0.62, 8.0  # of the width of its column, and points
_GAP = 10.0


def plan_gates(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The pages of the gates ahead; none where no project follows a methodology, or no gate falls due."""
    days = subject.governance.gates
    if not days:
        return []
    heading = _make_heading(subject, paper)
    columns = _lay_out(paper)
    rows = _make_rows(subject, columns, annex)
    room = paper.bottom - heading.bottom - 14.0 - _KEY
    return [
        Sheet(
            SECTION_TITLE,
            partial(_paint, heading, columns, page),
            ((ANCHOR, SECTION_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(paginate(rows, room, room))
    ]


def gates_message(days: Sequence[GateDay]) -> str:
    """How many gates fall due, how many of them are ready, and how many are overdue."""
    ahead = [each for each in days if each.days >= 0]
    late = len(days) - len(ahead)
    if not ahead:
        return f"{count_words(late, 'gate')} {_is(late)} overdue; none falls due in the next {WEEKS} weeks"
    said = f"{count_words(len(ahead), 'gate')} {'falls' if len(ahead) == 1 else 'fall'} due in the next {WEEKS} weeks"
    ready = sum(each.readiness == READY for each in ahead)
    if any(each.mandatory for each in ahead):
        said += f", {_ready_words(ready, len(ahead))}"
    return f"{said}; {count_word(late)} more {_is(late)} overdue" if late else said


def _ready_words(ready: int, total: int) -> str:
    if total == 1:
        return "and is ready" if ready else "and is not ready yet"
    if ready == total:
        return "all of them ready"
    return f"{count_word(ready)} of them ready" if ready else "none of them ready yet"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _make_heading(subject: Subject, paper: Paper) -> Heading:
    days, today = subject.governance.gates, subject.material.data_date
    blockers = sum(len(each.blockers) for each in days)
    parts = [
        "Undecided gates that have a code, by date",
        f"{day_text(today)} to {day_text(today + timedelta(days=SPANS[-1]))}",
        f"{count_text(blockers, 'mandatory item')} in the way",
        "waived items count as not met",
    ]
    return make_heading(gates_message(days), parts, paper)


def _lay_out(paper: Paper) -> tuple[Column, ...]:
    columns, x = [], paper.left
    for number, (title, share) in enumerate(_SHARES):
        width = paper.content * share
        last = number == len(_SHARES) - 1
        columns.append(Column(title, x, width - (0.0 if last else _GAP), pad=0.0 if number else 4.0))
        x += width
    return tuple(columns)


def _make_rows(subject: Subject, columns: Sequence[Column], annex: Annex) -> list[Row]:
    """The gates under the span of days they fall in."""
    rows: list[Row] = []
    before = ""
    for each in subject.governance.gates:
        span = _span_words(each)
        if span != before:
            again = Row({0: Cell((f"{span}, continued",), TABLE_TOTAL)}, group=True)
            rows.append(Row({0: Cell((span,), TABLE_TOTAL)}, group=True, again=again))
            before = span
        rows.append(_make_row(each, subject, columns, annex))
    return rows


def _span_words(day: GateDay) -> str:
    if day.days < 0:
        return "Overdue"
    if day.within == SPANS[0]:
        return f"In the next {SPANS[0]} days"
    return f"{SPANS[SPANS.index(day.within) - 1] + 1} to {day.within} days from now"


def _make_row(day: GateDay, subject: Subject, columns: Sequence[Column], annex: Annex) -> Row:
    owner = f"gate {day.project} {day.gate}"
    title = one_line(f"{subject.project_title(day.project)}, {day.gate} {day.name}")[:200]
    called = f"{day.gate} {day.name}" if day.name != day.gate else day.gate
    cells: dict[int, Cell | Painter] = {
        0: Cell((short_day(day.day),), TABLE, BAD if day.days < 0 else ""),
        1: annex.cell(owner, title, "Gate", called, TABLE_NAME, columns[1].room, 2),
        2: annex.cell(owner, title, "Project", subject.project_title(day.project), TABLE, columns[2].room, 2),
        3: partial(_paint_readiness, day, subject.material.data_date, columns[3].width),
        4: _blockers(day, owner, title, columns[4], annex),
    }
    return Row(cells, row_height(cells, 17.0, 6.0))


def _blockers(day: GateDay, owner: str, title: str, column: Column, annex: Annex) -> Cell:
    """The first things in the way, a line each; where there are more or longer ones, all of them in the annex."""
    if not day.blockers:
        return Cell(("Nothing is mandatory" if not day.mandatory else "Nothing",), TABLE_QUIET)
    said = [one_line(each) for each in day.blockers]
    shown = said if len(said) <= _SHOWN else said[: _SHOWN - 1]
    lines = [_fit_blocker(each, column.room) for each in shown]
    if len(shown) < len(said):
        lines.append(f"and {count_word(len(said) - len(shown))} more")
    anchor = annex.add(owner, title, "In the way", "\n".join(said), listed=True) if lines != said else ""
    return Cell(tuple(lines), TABLE_QUIET, anchor=anchor)


def _fit_blocker(said: str, width: float) -> str:
    """One thing in the way on one line; what is cut is its name, never how it stands."""
    name, colon, state = said.rpartition(": ")
    tail = colon + state
    return fit_text(name, TABLE_QUIET, width - width_of(tail, TABLE_QUIET)) + tail if name else said


def _paint_readiness(day: GateDay, today: date, width: float, page: Page, x: float, y: float) -> None:
    colour = colour_gate(None, 0, day.readiness, day.day, today)
    draw_rating(page, x + 6.0, y, colour, 10.0)
    open_ = day.mandatory - day.met - day.waived
    kinds = [Kind("G", day.met, "met"), Kind(WAIVED, day.waived, "waived"), Kind("N", open_, "open")]
    draw_blocks(page, x + 18.0, y - _HIGH / 2, width * _BLOCKS, _HIGH, kinds)
    words = DASH if day.readiness is None else percent_text(day.readiness)
    page.text(x + width, y + TABLE.size * CAP_HEIGHT / 2, words, TABLE, align="right")


def _paint(heading: Heading, columns: Sequence[Column], rows: Sequence[Row], page: Page) -> None:
    y = paint_heading(page, heading) - 3.6
    y = paint_rows(page, columns, rows, paint_head(page, columns, y, 0.9))
    _paint_key(page, y + 12.0)


_MARKS = (("G", "ready"), ("A", "not ready yet"), ("R", "overdue, not ready"), (None, "nothing mandatory"))


def _paint_key(page: Page, y: float) -> None:
    """What the marks and the blocks mean, in one line around y."""
    x = page.paper.left
    for code, words in _MARKS:
        draw_rating(page, x + 6.0, y, code, 10.0)
        x += 16.0 + page.text(x + 16.0, y + 2.7, words, CAPTION) + 12.0
    x += 8.0
    for code, words in (("G", "met"), (WAIVED, "waived"), ("N", "not met")):
        draw_block(page, x, y - 4.0, 12.0, _HIGH, code)
        x += 16.0 + page.text(x + 16.0, y + 2.7, words, CAPTION) + 12.0
