"""The contents: every project's page with what it says, or, where they are many, two columns of links."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pmo_desktop.reports.frame import Heading, Sheet, fit_text, make_heading, paint_heading
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.message import project_news
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.project import anchor_of
from pmo_desktop.reports.style import GRID, TABLE, TABLE_ID, TABLE_NAME, TABLE_QUIET, Paper
from pmo_desktop.reports.subject import Subject
from pmo_desktop.rules.wording import count_words

SECTION_TITLE = "Contents"
ANCHOR = "contents"
_ROW, _GAP = 14.4, 24.0
_NAME_SHARE = 0.44  # of a line that also says the project's news


def plan_contents(projects: Sequence[str], subject: Subject, paper: Paper) -> list[Sheet]:
    """Pages that list the project reports with their page numbers, in the order of the pack.

    As many as fit a page stand one under another, each with its page's message; more stand in two columns without.
    """
    noun = count_words(len(projects), "project report")
    heading = make_heading(f"{noun}, worst first", ["Each line leads to its page"], paper)
    rows = int((paper.bottom - heading.bottom) // _ROW)
    columns = 1 if len(projects) <= rows else 2
    pages = [projects[start : start + rows * columns] for start in range(0, len(projects), rows * columns)]
    return [
        Sheet(
            SECTION_TITLE,
            partial(_paint, heading, page, rows, columns, subject),
            ((ANCHOR, SECTION_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(pages)
    ]


def _paint(heading: Heading, projects: Sequence[str], rows: int, columns: int, subject: Subject, page: Page) -> None:
    top = paint_heading(page, heading)
    width = (page.paper.content - _GAP * (columns - 1)) / columns
    for place, project in enumerate(projects):
        column, row = divmod(place, rows)
        x, y = page.paper.left + column * (width + _GAP), top + row * _ROW
        name_width = width * _NAME_SHARE if columns == 1 else width - 30.0
        _paint_line(page, x, y, width, project, subject, name_width)
        if columns == 1:
            left, news = x + name_width + 8.0, project_news(subject.by_id[project], subject.figures[project])
            words = fit_text(news[:1].upper() + news[1:], TABLE_QUIET, x + width - 30.0 - left)
            page.text(left, y + 10.2, words, TABLE_QUIET)


def _paint_line(
    page: Page, x: float, y: float, width: float, project: str, subject: Subject, name_width: float
) -> None:
    anchor = anchor_of(project)
    draw_rating(page, x + 8.0, y + 7.2, subject.by_id[project].get("rag_overall"), 10.0)
    ref = fit_text(subject.project_ref(project), TABLE_ID, name_width * 0.3)
    used = page.text(x + 22.0, y + 10.2, ref, TABLE_ID)
    left = x + 22.0 + (used + 7.0 if used else 0.0)
    page.text(left, y + 10.2, fit_text(subject.project_name(project), TABLE_NAME, x + name_width - left), TABLE_NAME)
    page.text(x + width, y + 10.2, str(page.numbers[anchor]), TABLE, align="right")
    page.rule(x, x + width, y + _ROW, 0.4, GRID)
    page.link(x, y, x + width, y + _ROW, anchor)
