"""The appendix: what the words and figures of the pack mean, and what is missing from the data behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pmo_desktop.figures.portfolio import ProgrammeFigures
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import Heading, Sheet, draw_section, fit_text, make_heading, paint_heading
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import DENSE, DENSE_STRONG, TABLE, TABLE_ID, TABLE_NAME, TABLE_TOTAL, Paper
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paginate, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import REPLACEMENT, Line, lines_of, missing_characters, one_line
from pmo_desktop.rules.wording import count_text, count_words, number_text, short_day
from pmo_desktop.rules.words import rag_label

SECTION_TITLE = "Definitions and data quality"
ANCHOR = "appendix"
REPORTS_TITLE = "Reports missing or out of date"
REPORTS_ANCHOR = "reports-missing"
_MOST_MISSING_SHOWN = 24


@dataclass(frozen=True, slots=True)
class _Definition:
    """A word, what it means, and its mark when it is a rating."""

    word: str
    lines: tuple[Line, ...]
    code: str | None = None
    is_rating: bool = False


def plan_appendix(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The page of definitions and data quality; reports missing stand there too if they are few."""
    left, right = _halves(paper)
    checks = list_checks(subject)
    wrong = len(checks)
    limits = f"{count_words(wrong, 'gap')} in the data {'limits' if wrong == 1 else 'limit'} what this pack can say"
    heading = make_heading(
        limits if wrong else "No gap was found in the data",
        ["How figures are computed, and what is missing behind them"],
        paper,
    )
    quality = [lines_of(text, DENSE, right[1]) for _, text in checks]
    used = heading.bottom + 4.0 + 20.0 + sum(len(lines) * DENSE.leading + 4.0 for lines in quality) + 12.0
    columns = _columns(*right)
    rows = _list_missing(subject, columns, annex)
    beside = used + 34.0 + sum(row.height for row in rows) <= paper.bottom
    definitions = _list_definitions(subject, left[1] - 78.0)
    paint = partial(_paint, heading, definitions, quality, (columns, rows if beside else []))
    first = Sheet(SECTION_TITLE, paint, ((ANCHOR, SECTION_TITLE, 0),))
    return [first] if beside else [first, *_plan_missing(subject, paper, annex)]


def _halves(paper: Paper) -> tuple[tuple[float, float], tuple[float, float]]:
    left, right = paper.column(1, 6), paper.column(7, 12)
    return left, (right[0] + 12.0, right[1] - 12.0)


def list_checks(subject: Subject) -> list[tuple[int, str]]:
    """What is missing in the data of the open projects: how often, and a sentence; zero counts are good news."""
    rows = [subject.by_id[project] for project in subject.portfolio.projects]
    found = [subject.figures[row["id"]] for row in rows]
    total = len(rows)
    absent = sum(each.rag_prev_on is None for each in found)
    checks = [
        (sum(row.get("rag_overall") is None for row in rows), "{} of {} not rated."),
        (subject.portfolio.reports_due - subject.portfolio.reports_in, "{} of {} without a report in this cycle."),
        (absent, "{} of {} without an earlier report, so without a trend."),
        (sum(each.slip_days is None for each in found), "{} of {} without a baseline or a forecast finish: no slip."),
        (sum(each.variance is None for each in found), "{} of {} without a budget or an EAC: no variance."),
        (sum((each.watermelon or 0) > 0 for each in found), "{} of {} rated better than time and cost compute."),
        (sum(each.overdue_milestones > 0 for each in found), "{} of {} with an overdue milestone."),
        (sum(row.get("pm") is None for row in rows), "{} of {} without a manager."),
    ]
    said = [(number, text.format(number, count_text(total, "project"))) for number, text in checks if number]
    risks = subject.risks.risks
    odd = sum(each.ratings.is_odd for each in risks)
    if odd:
        said.append((odd, f"{odd:,} of {count_text(len(risks), 'open risk')} rated higher with controls than without."))
    texts = len(subject.texts)
    if texts:
        said.append(
            (texts, f"{count_text(texts, 'imported cell')} kept as text, because the words say more than a value.")
        )
    strange = _missing_everywhere(subject)
    if strange:
        codes = ", ".join(f"U+{ord(each):04X}" for each in strange[:_MOST_MISSING_SHOWN])
        more = f" and {len(strange) - _MOST_MISSING_SHOWN} more" if len(strange) > _MOST_MISSING_SHOWN else ""
        said.append((len(strange), f"The font of this pack cannot draw {codes}{more}: they stand as {REPLACEMENT}."))
    return said


def _missing_everywhere(subject: Subject) -> list[str]:
    texts = (str(value) for row in subject.by_id.values() for value in row.values() if isinstance(value, str))
    milestones = (each["name"] for rows in subject.material.milestones.values() for each in rows)
    names = subject.material.names.values()
    return sorted(set().union(*(missing_characters(text) for each in (texts, milestones, names) for text in each)))


def _list_definitions(subject: Subject, width: float) -> list[_Definition]:
    meanings = subject.material.meanings
    used = {row.get("rag_overall") for row in subject.by_id.values()} | {"R", "A", "G", "C"}
    ratings = [
        (rag_label(code), meanings.get(code) or rag_label(code), code, True)
        for code in ("R", "AR", "A", "AG", "G", "C")
        if code in used
    ]
    limits = subject.material.thresholds
    amber, red = f"{number_text(limits.amber_from)}%", f"{number_text(limits.red_above)}%"
    words = [
        ("Not rated", "No rating has been given. It is never counted as green.", None, True),
        ("Trend", "The rating against the one in the status report before: better, same or worse.", None, False),
        ("Slip", "Forecast or actual finish minus baseline finish, in calendar days, shown in weeks.", None, False),
        ("Variance", "EAC minus budget, as a percentage of the budget. A total is the ratio of its sums.", None, False),
        ("EAC", "Estimate at completion: what the project is expected to cost over its whole life.", None, False),
        (
            "Computed",
            f"Time: slip in percent of the duration. Cost: variance. {limits_text(amber, red)}",
            None,
            False,
        ),
        (
            "Out of date",
            f"The last report is older than the reporting cycle of {count_text(subject.material.report_days, 'day')}.",
            None,
            False,
        ),
        ("Overdue", "A milestone that lies before the data date and is not achieved.", None, False),
    ]
    return [
        _Definition(word, tuple(lines_of(sentence_of(text), DENSE, width)[:6]), code, rating)
        for word, text, code, rating in [*ratings, *words]
    ]


def limits_text(amber: str, red: str) -> str:
    """The thresholds of computed ratings in words."""
    return f"Below {amber} green, from {amber} amber, above {red} red. No universal standard exists."


def sentence_of(text: str) -> str:
    """A meaning as a sentence."""
    text = one_line(text)
    return text if text.endswith(".") else f"{text}."


def _paint(
    heading: Heading,
    definitions: Sequence[_Definition],
    quality: Sequence[Sequence[Line]],
    missing: tuple[Sequence[Column], Sequence[Row]],
    page: Page,
) -> None:
    left, right = _halves(page.paper)
    top = paint_heading(page, heading) + 4.0
    y = draw_section(page, *left, top, "Definitions") + 2.0
    for each in definitions:
        if each.is_rating:
            draw_rating(page, left[0] + 8.5, y + 6.2, each.code, 10.4)
        page.text(left[0] + 21.0, y + 8.8, each.word, DENSE_STRONG)
        y = max(page.lines(left[0] + 78.0, y, each.lines, DENSE), y + DENSE.leading) + 4.0
    y = draw_section(page, *right, top, "Data quality") + 2.0
    if not quality:
        page.text(right[0], y + 8.8, "Every open project is rated, reported, baselined and budgeted.", DENSE)
    for lines in quality:
        y = page.lines(right[0], y, lines, DENSE) + 4.0
    columns, rows = missing
    if rows:
        y = draw_section(page, *right, y + 10.0, REPORTS_TITLE)
        paint_rows(page, columns, rows, paint_head(page, columns, y, 0.4))


def _plan_missing(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    missing = sum(len(each.missing) for each in subject.portfolio.programmes)
    words = count_words(missing, "status report")
    verb = "is" if missing == 1 else "are"
    message = f"{words} of {subject.portfolio.reports_due} {verb} missing or out of date"
    heading = make_heading(message, ["By programme, those never reported first"], paper)
    columns = _columns(paper.left, paper.content)
    rows = _list_missing(subject, columns, annex)
    room = paper.bottom - heading.bottom - 14.0
    return [
        Sheet(
            REPORTS_TITLE,
            partial(_paint_missing, heading, columns, page),
            ((REPORTS_ANCHOR, REPORTS_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(paginate(rows, room, room))
    ]


def _columns(left: float, width: float) -> tuple[Column, ...]:
    shares = (
        ("ID", 0.16, "left"),
        ("Project", 0.39, "left"),
        ("Rating", 0.11, "left"),
        ("Last report", 0.17, "right"),
        ("Age", 0.17, "right"),
    )
    columns, x = [], left
    for place, (title, share, align) in enumerate(shares):
        size = width * share
        columns.append(Column(title, x, size - (6.0 if align == "left" else 0.0), align, pad=0.0 if place else 4.0))
        x += size
    return tuple(columns)


def _list_missing(subject: Subject, columns: Sequence[Column], annex: Annex) -> list[Row]:
    return [row for each in subject.portfolio.programmes for row in _missing_rows(each, subject, columns, annex)]


def _missing_rows(programme: ProgrammeFigures, subject: Subject, columns: Sequence[Column], annex: Annex) -> list[Row]:
    if not programme.missing:
        return []
    name = fit_text(one_line(programme.name), TABLE_TOTAL, 240.0)
    words = f"{name}, {programme.reports_in} of {programme.reports_due} in"
    ordered = sorted(programme.missing, key=lambda project: -(subject.figures[project].report_age_days or 10**6))
    return [
        Row({0: Cell((words,), TABLE_TOTAL)}, group=True),
        *(_missing_row(project, subject, columns, annex) for project in ordered),
    ]


def _missing_row(project: str, subject: Subject, columns: Sequence[Column], annex: Annex) -> Row:
    row, found = subject.by_id[project], subject.figures[project]
    title = subject.project_title(project)
    age = "never" if found.report_age_days is None else count_text(found.report_age_days, "day")
    cells: dict[int, Cell | Painter] = {
        0: annex.cell(project, title, "Reference", subject.project_ref(project), TABLE_ID, columns[0].room, 2),
        1: annex.cell(project, title, "Name", subject.project_name(project), TABLE_NAME, columns[1].width, 3),
        2: partial(_paint_mark, row.get("rag_overall")),
        3: Cell((short_day(row.get("report_date")),), TABLE),
        4: Cell((age,), TABLE),
    }
    return Row(cells, row_height(cells))


def _paint_mark(code: str | None, page: Page, x: float, y: float) -> None:
    draw_rating(page, x + 8.0, y, code, 10.4)


def _paint_missing(heading: Heading, columns: Sequence[Column], rows: Sequence[Row], page: Page) -> None:
    y = paint_heading(page, heading) - 4.0
    paint_rows(page, columns, rows, paint_head(page, columns, y, 0.9))
