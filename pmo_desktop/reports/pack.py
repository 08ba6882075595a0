"""The steering pack: which pages there are, in which order, drawn into one document that is the same for one state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from pmo_desktop.reports import appendix, capacity, compliance, contents, dashboard, gatesahead, risks
from pmo_desktop.reports.annex import SECTION_TITLE as ANNEX_TITLE
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.document import Progress, draw_sheets
from pmo_desktop.reports.frame import Sheet, make_imprint
from pmo_desktop.reports.overview import Content
from pmo_desktop.reports.project import anchor_of, plan_project
from pmo_desktop.reports.style import PAPERS, Paper
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.summary import plan_summary
from pmo_desktop.rules.words import Rag, Trend

TITLE = "Portfolio steering pack"
ALL, WORSENED = "all", "worsened"
_LISTED_ON_COVER = 6  # more project reports than these get a contents page of their own


@dataclass(frozen=True, slots=True)
class PackOptions:
    """What a pack is printed on and what it holds.

    `projects` is ALL (a page for every open project, worst first), WORSENED (reds, and ambers that worsened), or the
    ids chosen, in their order.
    """

    paper: str = "a4"
    data_date: date | None = None
    projects: str | tuple[str, ...] = ALL


@dataclass(frozen=True, slots=True)
class Built:
    """What was drawn: the pages, and which of them is each project's."""

    pages: int
    numbers: dict[str, int]
    annexed: int  # texts and lists that their page had no room for


def write_pack(subject: Subject, options: PackOptions, out: BinaryIO, progress: Progress | None = None) -> Built:
    """Plan and draw the pack into a stream of bytes.

    Raises KeyError for a paper or project that does not exist, Bug when anything would be clipped.
    """
    paper = PAPERS[options.paper]
    annex = Annex()
    sheets = plan_pack(subject, options, paper, annex)
    material = subject.material
    imprint = make_imprint(TITLE, material.settings, material.data_date, subject.stamp)
    numbers = draw_sheets(imprint, sheets, paper, out, progress)
    return Built(len(sheets), numbers, len(annex.entries))


def write_capacity(subject: Subject, paper: Paper, out: BinaryIO, progress: Progress | None = None) -> int:
    """Draw the capacity pages alone, with what they had no room for; how many pages. Something has to be booked."""
    annex = Annex()
    sheets = capacity.plan_capacity(subject, paper, annex)
    sheets += annex.plan(paper)
    material = subject.material
    imprint = make_imprint(capacity.SECTION_TITLE, material.settings, material.data_date, subject.stamp)
    draw_sheets(imprint, sheets, paper, out, progress)
    return len(sheets)


def plan_pack(subject: Subject, options: PackOptions, paper: Paper, annex: Annex) -> list[Sheet]:
    """Every page in its order; the cover is planned with the others' titles, the annex once all have given to it."""
    projects = choose_projects(subject, options.projects)
    board = dashboard.plan_dashboard(subject, paper, annex)
    reports = [plan_project(project, subject, paper, annex) for project in projects]
    others = [
        (risks.SECTION_TITLE, risks.ANCHOR, risks.plan_risks(subject, paper, annex)),
        (capacity.SECTION_TITLE, capacity.ANCHOR, capacity.plan_capacity(subject, paper, annex)),
        (gatesahead.SECTION_TITLE, gatesahead.ANCHOR, gatesahead.plan_gates(subject, paper, annex)),
        (compliance.SECTION_TITLE, compliance.ANCHOR, compliance.plan_compliance(subject, paper, annex)),
        (appendix.SECTION_TITLE, appendix.ANCHOR, appendix.plan_appendix(subject, paper, annex)),
    ]
    listed = contents.plan_contents(projects, subject, paper) if len(projects) > _LISTED_ON_COVER else []
    lines = [Content(dashboard.SECTION_TITLE, dashboard.ANCHOR)]
    if listed:
        lines.insert(0, Content(contents.SECTION_TITLE, contents.ANCHOR))
        lines.append(Content(f"Project reports, {len(projects)}", anchor_of(projects[0])))
    else:
        lines += [Content(subject.project_title(project), anchor_of(project)) for project in projects]
    lines += [Content(title, anchor) for title, anchor, sheets in others if sheets]
    cover = plan_summary(subject, paper, annex, lines, set(projects))
    annexed = annex.plan(paper)
    if annexed:
        lines.append(Content(ANNEX_TITLE, "annex"))
    return [cover, *listed, *board, *reports, *(sheet for _, _, sheets in others for sheet in sheets), *annexed]


def choose_projects(subject: Subject, chosen: str | tuple[str, ...]) -> list[str]:
    """The ids of the projects that get a page. Raises KeyError for an id or a word that is not known."""
    if isinstance(chosen, tuple):
        return [subject.by_id[project]["id"] for project in chosen]
    wanted = _CHOICES[chosen]
    return [project for project in subject.portfolio.projects if wanted(subject, project)]


def _is_any(_subject: Subject, _project: str) -> bool:
    return True


def _has_worsened(subject: Subject, project: str) -> bool:
    code = subject.by_id[project].get("rag_overall")
    if code is None:
        return False
    worse = subject.figures[project].rag_trend is Trend.WORSE
    return code == Rag.RED or (worse and Rag(code).three_point is Rag.AMBER)


_CHOICES = {ALL: _is_any, WORSENED: _has_worsened}
