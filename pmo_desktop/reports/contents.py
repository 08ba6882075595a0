"""The contents: every page of a large pack with its number, in columns of links."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pmo_desktop.reports.frame import Heading, Sheet, fit_text, make_heading, paint_heading
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.project import anchor_of
from pmo_desktop.reports.style import GRID, TABLE, TABLE_ID, TABLE_NAME, Paper
from pmo_desktop.reports.subject import Subject
from pmo_desktop.rules.wording import count_words

SECTION_TITLE = "Contents"
ANCHOR = "contents"
_ROW, _GAP, _COLUMNS = 14.4, 24.0, 2


def plan_contents(projects: Sequence[str], subject: Subject, paper: Paper) -> list[Sheet]:
    """Pages that list the project reports with their page numbers, in the order of the pack."""
    noun = count_words(len(projects), "project report")
    heading = make_heading(f"{noun}, worst first", ["Each line leads to its page"], paper)
    rows = int((paper.bottom - heading.bottom) // _ROW)
    pages = [projects[start : start + rows * _COLUMNS] for start in range(0, len(projects), rows * _COLUMNS)]
    return [
        Sheet(
            SECTION_TITLE,
            partial(_paint, heading, page, rows, subject),
            ((ANCHOR, SECTION_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(pages)
    ]


def _paint(heading: Heading, projects: Sequence[str], rows: int, subject: Subject, page: Page) -> None:
    top = paint_heading(page, heading)
    width = (page.paper.content - _GAP) / _COLUMNS
    for place, project in enumerate(projects):
        column, row = divmod(place, rows)
        _paint_line(page, page.paper.left + column * (width + _GAP), top + row * _ROW, width, project, subject)


def _paint_line(page: Page, x: float, y: float, width: float, project: str, subject: Subject) -> None:
    anchor = anchor_of(project)
    draw_rating(page, x + 8.0, y + 7.2, subject.by_id[project].get("rag_overall"), 10.0)
    ref = fit_text(subject.project_ref(project), TABLE_ID, width * 0.25)
    used = page.text(x + 22.0, y + 10.2, ref, TABLE_ID)
    left = x + 22.0 + (used + 7.0 if used else 0.0)
    page.text(left, y + 10.2, fit_text(subject.project_name(project), TABLE_NAME, x + width - 30.0 - left), TABLE_NAME)
    page.text(x + width, y + 10.2, str(page.numbers[anchor]), TABLE, align="right")
    page.rule(x, x + width, y + _ROW, 0.4, GRID)
    page.link(x, y, x + width, y + _ROW, anchor)
