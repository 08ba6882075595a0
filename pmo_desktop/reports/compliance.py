"""Compliance on one page: what is met by manager and version, the worst controls, rules got past, findings open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pmo_desktop.figures.compliance import ComplianceTable, Grouping, GroupShare, share_by
from pmo_desktop.reports.annex import POINTER_HEIGHT, Annex, point_to
from pmo_desktop.reports.blocks import WAIVED, Kind, draw_block, draw_legend, draw_shares
from pmo_desktop.reports.frame import (
    SECTION_HEIGHT,
    Heading,
    Sheet,
    draw_section,
    fit_text,
    make_heading,
    paint_heading,
)
from pmo_desktop.reports.governance import Governance
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.standing import mark_of
from pmo_desktop.reports.style import BAD, CAPTION, DENSE, TABLE, TABLE_NAME, TABLE_QUIET, TABLE_TOTAL, Paper, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import HEAD_HEIGHT, ROW, Cell, Column, Painter, Row, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.compliance import Share
from pmo_desktop.rules.wording import (
    DASH,
    count_text,
    count_word,
    count_words,
    day_text,
    percent_text,
    short_day,
)

SECTION_TITLE = "Compliance and overrides"
ANCHOR = "compliance"
_MOST_METHODS, _MOST_CONTROLS, _MOST_OVERRIDES, _MOST_LATE = 5, 12, 6, 5
_GAP, _KEY = 15.0, 18.0
_LEGEND = 16.0
_INSET = 6.0  # by which the two columns keep further off each other
_BAR = 7.6
Say = Callable[[Page, float, float, float], None]  # page, left edge, width, top edge of the content


@dataclass(frozen=True, slots=True)
class _Block:
    """A section of a column: its title, the height of what stands under it, and how that is drawn."""

    title: str
    height: float
    paint: Say

    @property
    def whole(self) -> float:
        return SECTION_HEIGHT + self.height + _GAP


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of shares: a manager, a version or a control."""

    name: str
    share: Share
    projects: int | None = None


def plan_compliance(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The page of compliance; none where nothing is due, no rule was got past and no finding is open."""
    found = subject.governance
    if not _says_something(found):
        return []
    heading = _make_heading(found, paper)
    room, width = paper.bottom - heading.bottom - 4.0 - _KEY, paper.column(1, 6)[1] - _INSET
    late = _late_block(subject, annex, width)
    if found.table is None or not found.table.share().due:
        left, right = [_override_block(found, 20)], [late]
    else:
        methods = _method_block(found.table, annex, width)
        left = [_manager_block(found.table, annex, width, room - methods.whole), methods]
        passed = _override_block(found, _MOST_OVERRIDES)
        right = [_control_block(found.table, annex, width, room - passed.whole - late.whole), passed, late]
    return [Sheet(SECTION_TITLE, partial(_paint, heading, left, right), ((ANCHOR, SECTION_TITLE, 0),))]


def _says_something(found: Governance) -> bool:
    due = found.table.share().due if found.table else 0
    return bool(due or found.overrides or any(found.findings.open.values()))


def compliance_message(found: Governance) -> str:
    """How much of what is due is met; where nothing is, what became of rules and findings."""
    share = found.table.share() if found.table else Share(0, 0, 0)
    if share.percent is not None:
        left = share.due - share.met
        if not left:
            return "All that is due is met"
        waived = f", {count_word(share.waived)} of them waived" if share.waived else ""
        met = percent_text(share.percent)
        return f"{met} of what is due is met; {count_word(left)} of {share.due:,} {_are(left)} not{waived}"
    still, late = sum(found.findings.open.values()), len(found.findings.overdue)
    if still:
        tail = f", {count_word(late)} of them overdue" if late else ""
        return f"{count_words(still, 'audit finding')} {_are(still)} open{tail}"
    times = sum(each.count for each in found.overrides)
    often = "once" if times == 1 else f"{count_word(times)} times"
    return f"Rules were got past {often}{_since(found)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _since(found: Governance) -> str:
    return f" since {day_text(found.since)}" if found.since else " so far"


def _make_heading(found: Governance, paper: Paper) -> Heading:
    table = found.table
    parts = [
        "What is mandatory and due on the data date" if table else "",
        f"{count_text(len(table.projects), 'project')} by {count_text(len(table.controls), 'control')}"
        if table
        else "",
        "waived counts as not met" if table else "",
        f"overrides{_since(found)}" if found.overrides else "",
    ]
    return make_heading(compliance_message(found), parts, paper)


def _manager_block(table: ComplianceTable, annex: Annex, width: float, room: float) -> _Block:
    groups = _worst_first(share_by(table, Grouping.MANAGER))
    total = _Line("All projects", table.share(), len(table.projects))
    most = int((room - SECTION_HEIGHT - HEAD_HEIGHT - ROW - POINTER_HEIGHT - _GAP) / ROW)
    return _share_block("By manager, the lowest first", groups, (annex, width, most), total)


def _method_block(table: ComplianceTable, annex: Annex, width: float) -> _Block:
    groups = _worst_first(share_by(table, Grouping.METHODOLOGY))
    return _share_block("By methodology and version", groups, (annex, width, _MOST_METHODS))


def _control_block(table: ComplianceTable, annex: Annex, width: float, room: float) -> _Block:
    found = [
        _Line(f"{control.name} ({control.phase})" if control.phase else control.name, share)
        for control, share in zip(table.controls, table.control_shares(), strict=True)
        if share.due > share.met
    ]
    found.sort(key=lambda line: (line.share.percent or 0.0, line.share.met - line.share.due, line.name))
    if not found:
        return _words_block("Controls not met", "Every control that is due is met in every project.")
    most = min(_MOST_CONTROLS, int((room - SECTION_HEIGHT - HEAD_HEIGHT - POINTER_HEIGHT - _GAP) / ROW))
    return _share_block("Controls met least often", found, (annex, width, most))


def _worst_first(groups: Sequence[GroupShare]) -> list[_Line]:
    """Those with something due, the lowest share first."""
    due = [each for each in groups if each.share.due]
    due.sort(key=lambda each: (each.share.percent or 0.0, -each.share.due, each.name.casefold()))
    return [_Line(each.name, each.share, each.projects) for each in due]


def _share_block(
    title: str, lines: Sequence[_Line], place: tuple[Annex, float, int], total: _Line | None = None
) -> _Block:
    """A table of shares in a place: the annex beside it, its width, and how many lines; the others are in the annex."""
    annex, width, most = place
    shown = lines if len(lines) <= most else lines[:most]
    words = anchor = ""
    if len(shown) < len(lines):
        words = f"{count_text(len(lines) - len(shown), 'more line')}, in full"
        text = "\n".join(f"{one_line(line.name)}: {_share_words(line.share)}" for line in lines)
        anchor = annex.add("compliance", SECTION_TITLE, title, text, listed=True)
    columns = _columns(0.0, width, counted=lines[0].projects is not None)
    rows = [_share_row(line, title, columns, annex) for line in shown]
    if total:
        rows.append(replace(_share_row(total, title, columns, annex, TABLE_TOTAL), total=True))
    height = HEAD_HEIGHT + ROW * len(rows) + (POINTER_HEIGHT if anchor else 0.0)
    return _Block(title, height, partial(_paint_shares, rows, len(columns) == len(_GROUPS), words, anchor))


def _share_words(share: Share) -> str:
    waived = f", {share.waived:,} waived" if share.waived else ""
    return f"{percent_text(share.percent)}, {share.met:,} of {share.due:,} met{waived}"


def _paint_shares(
    rows: Sequence[Row], counted: bool, words: str, anchor: str, page: Page, x: float, width: float, y: float
) -> None:
    columns = _columns(x, width, counted=counted)
    bottom = paint_rows(page, columns, rows, paint_head(page, columns, y, 0.4))
    if anchor:
        point_to(page, x, bottom + 1.0, words, anchor)


_Spec = tuple[tuple[str, float, str], ...]
_FIGURES: _Spec = (("", 0.22, "left"), ("Met", 0.15, "right"), ("Waived", 0.10, "right"), ("Share", 0.10, "right"))
_GROUPS: _Spec = (("", 0.33, "left"), ("Projects", 0.10, "right"), *_FIGURES)
_CONTROLS: _Spec = (("", 0.43, "left"), *_FIGURES)


def _columns(x: float, width: float, *, counted: bool) -> tuple[Column, ...]:
    """Columns with the number of projects or without; what stands at the left keeps off what follows it."""
    columns: list[Column] = []
    for title, share, align in _GROUPS if counted else _CONTROLS:
        inset = 8.0 if align == "left" and counted and columns else 0.0
        free = 8.0 if align == "left" and not (counted and columns) else 0.0
        columns.append(Column(title, x + inset, width * share - inset - free, align))
        x += width * share
    return tuple(columns)


def _share_row(line: _Line, title: str, columns: Sequence[Column], annex: Annex, style: Type = TABLE_NAME) -> Row:
    share = line.share
    name = annex.cell(f"compliance {title} {line.name}", SECTION_TITLE, title, line.name, style, columns[0].room, 1)
    bar = len(columns) - len(_FIGURES)
    cells: dict[int, Cell | Painter] = {0: name}
    if line.projects is not None:
        cells[1] = Cell((f"{line.projects:,}",), TABLE_QUIET)
    cells[bar] = partial(_paint_bar, share, columns[bar].width)
    cells[bar + 1] = Cell((f"{share.met:,} of {share.due:,}",), TABLE_QUIET)
    cells[bar + 2] = Cell((f"{share.waived:,}" if share.waived else DASH,), TABLE_QUIET)
    cells[bar + 3] = Cell((percent_text(share.percent),), TABLE_TOTAL if style is TABLE_TOTAL else TABLE)
    return Row(cells)


def _paint_bar(share: Share, width: float, page: Page, x: float, y: float) -> None:
    open_ = share.due - share.met - share.waived
    kinds = [Kind("G", share.met, "met"), Kind(WAIVED, share.waived, "waived"), Kind("N", open_, "not met")]
    draw_shares(page, x, y - _BAR / 2, width, _BAR, kinds)


def _override_block(found: Governance, most: int) -> _Block:
    """Rules got past, by event and by how, those most often first; the rest is counted in one line."""
    title = f"Rules got past{_since(found)}"
    counted: Counter[tuple[str, str]] = Counter()
    for each in found.overrides:
        counted[str(each.event), str(each.outcome)] += each.count
    if not counted:
        return _words_block(title, "No rule was got past.")
    ordered = counted.most_common()
    shown = ordered if len(ordered) <= most else ordered[: most - 1]
    lines = [(event, outcome, f"{count:,}") for (event, outcome), count in shown]
    if len(shown) < len(ordered):
        others = ordered[len(shown) :]
        lines.append((f"{count_words(len(others), 'other kind')}", "", f"{sum(count for _, count in others):,}"))
    return _Block(title, ROW * len(lines), partial(_paint_overrides, lines))


def _paint_overrides(lines: Sequence[tuple[str, str, str]], page: Page, x: float, width: float, y: float) -> None:
    columns = (
        Column("", x, width * 0.55 - 8.0),
        Column("", x + width * 0.55, width * 0.37 - 8.0),
        Column("", x + width * 0.92, width * 0.08, "right"),
    )
    rows = [
        Row(
            {
                0: Cell((fit_text(event, TABLE_NAME, columns[0].room),), TABLE_NAME),
                1: Cell((fit_text(outcome, TABLE_QUIET, columns[1].room),), TABLE_QUIET),
                2: Cell((count,), TABLE_TOTAL),
            }
        )
        for event, outcome, count in lines
    ]
    paint_rows(page, columns, rows, y)


def _late_block(subject: Subject, annex: Annex, width: float) -> _Block:
    """The findings that are open by grade, and those longest overdue."""
    found = subject.governance.findings
    still, late = sum(found.open.values()), found.overdue
    if not still:
        closed = f"; {count_text(found.closed, 'finding')} closed" if found.closed else ""
        return _words_block("Audit findings", f"No finding is open{closed}.")
    title = f"{count_words(still, 'audit finding')} open"
    title += f", {count_word(len(late))} overdue" if late else ", none overdue"
    title += f", the {count_word(_MOST_LATE)} longest due" if len(late) > _MOST_LATE else ""
    rows = [_late_row(row, subject, _late_columns(0.0, width), annex) for row in late[:_MOST_LATE]]
    kinds = [
        Kind(mark_of(grade), count, grade.lower() if grade else "not graded") for grade, count in found.open.items()
    ]
    return _Block(title, _LEGEND + sum(row.height for row in rows), partial(_paint_findings, kinds, rows))


def _late_row(finding: Mapping[str, Any], subject: Subject, columns: Sequence[Column], annex: Annex) -> Row:
    called = " ".join(part for part in (finding["ref"] or "", finding["title"]) if part)
    owner = subject.name_of(finding["owner"]) or "nobody"
    key = (f"finding {finding['id']}", f"Finding {one_line(called)[:120]}")
    cells: dict[int, Cell | Painter] = {
        0: Cell((short_day(finding["due"]),), TABLE, BAD),
        1: annex.cell(*key, "Finding", called, TABLE_NAME, columns[1].room, 2),
        2: annex.cell(*key, "Owner", owner, TABLE_QUIET, columns[2].room, 1),
    }
    return Row(cells, row_height(cells))


def _late_columns(x: float, width: float) -> tuple[Column, ...]:
    return (
        Column("", x, width * 0.15),
        Column("", x + width * 0.15, width * 0.60 - 8.0),
        Column("", x + width * 0.75, width * 0.25, "right"),
    )


def _paint_findings(kinds: Sequence[Kind], rows: Sequence[Row], page: Page, x: float, width: float, y: float) -> None:
    draw_legend(page, x, y + 8.0, kinds)
    paint_rows(page, _late_columns(x, width), rows, y + _LEGEND)


def _words_block(title: str, words: str) -> _Block:
    return _Block(title, DENSE.leading + 2.0, partial(_paint_words, words))


def _paint_words(words: str, page: Page, x: float, width: float, y: float) -> None:
    page.text(x, y + 9.0, words, DENSE, width=width)


def _paint(heading: Heading, left: Sequence[_Block], right: Sequence[_Block], page: Page) -> None:
    top = paint_heading(page, heading) + 4.0
    columns = page.paper.column(1, 6), page.paper.column(7, 12)
    for blocks, (start, span), inset in zip((left, right), columns, (0.0, _INSET), strict=True):
        x, width, y = start + inset, span - _INSET, top
        for block in blocks:
            block.paint(page, x, width, draw_section(page, x, width, y, block.title))
            y += block.whole
        if blocks is left and len(left) > 1:
            _paint_key(page, x, y - _GAP + 11.0)


def _paint_key(page: Page, x: float, y: float) -> None:
    for code, words in (("G", "met"), (WAIVED, "waived, counted as not met"), ("N", "not met")):
        draw_block(page, x, y - _BAR / 2, 12.0, _BAR, code, radius=0.0)
        x += 16.0 + page.text(x + 16.0, y + 2.7, words, CAPTION) + 12.0
