"""What the open risks may cost and delay together, under the matrix: the numbers of the simulation, with its seed."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.exposure import SHOWN, UnitExposure, amount_text, unit_words, verb_of
from pmo_desktop.reports.frame import SECTION_HEIGHT, draw_section
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import TABLE_QUIET
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import Line, wrap
from pmo_desktop.rules.wording import count_text

TITLE = "What the open risks may cost together"
_MOST_UNITS = 3
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class ExposureBlock:
    """The block, measured: its lines, and how high it is with its heading; no lines where nothing was simulated."""

    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """In points; 0 without lines."""
        return SECTION_HEIGHT + _GAP + len(self.lines) * TABLE_QUIET.leading if self.lines else 0.0


def plan_exposure(subject: Subject, width: float) -> ExposureBlock:
    """What is said of each currency and of days, the most risks first, and what the numbers rest on."""
    report = subject.exposure
    if not report.units:
        return ExposureBlock(())
    counted = max(len(each.risks) for each in report.units)
    told = [_unit_words(each) for each in report.units[:_MOST_UNITS]]
    told.append(
        f"{counted:,} of {count_text(report.open_risks, 'open risk')} with amounts, {report.trials:,} simulated "
        f"outcomes, seed {report.seed}. An expected value is a mean: it promises no level of confidence."
    )
    return ExposureBlock(tuple(line for text in told for line in wrap(text, TABLE_QUIET, width)))


def paint_exposure(page: Page, block: ExposureBlock, left: float, width: float, top: float) -> None:
    """Draw the block from its top edge."""
    if block.lines:
        y = draw_section(page, left, width, top, TITLE)
        page.lines(left, y + 2, [Line(text) for text in block.lines], TABLE_QUIET)


def _unit_words(each: UnitExposure) -> str:
    half = amount_text(each.before[SHOWN.index(0.5)], each.unit)
    net = amount_text(each.expected.net, each.unit)
    return f"{unit_words(each)} Half {verb_of(each.unit)} at most {half}. Expected value {net}."
