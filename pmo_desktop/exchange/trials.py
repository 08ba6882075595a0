"""The trials of a risk simulation as a workbook, so that whoever doubts a figure can check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from pmo_desktop.exchange.cells import write_text
from pmo_desktop.figures.exposure import DAYS, SHOWN, ExposureReport, UnitExposure
from pmo_desktop.rules.money import decimals
from pmo_desktop.store.writing import replacing

_LONGEST_TITLE = 31  # of a sheet, by Excel
_RISKS = (
    "Risk",
    "Project",
    "Probability",
    "Least",
    "Likely",
    "Most",
    "Expected value",
    "Trials it happened in",
    "Part of spread",
)


def write_trials(path: Path, report: ExposureReport, names: Mapping[str, str]) -> int:
    """Write what went in and what came out; the answer is the number of trials on each sheet of them.

    A sheet of the percentiles, then for each unit one of its risks and one of its trials: the total and each project.
    Amounts are in whole units of their currency. `names`: what projects are called, by id. Raises Known when the file
    cannot be written; nothing is left of it.
    """
    with replacing(path) as temporary:
        book = Workbook(write_only=True)
        book.properties.creator, book.properties.title = "PMO Desktop", "Risk simulation"
        _add(book, "Summary", list(_summary(report)), (34, 18, 18, 18, 18, 18, 18))
        for each in report.units:
            _add(book, f"Risks {each.unit}", [_RISKS, *_risk_rows(each, names)], (16, 34, *[16] * 7))
            heads = ("Trial", "Portfolio", *(project.name or "Unnamed project" for project in each.projects))
            _add(book, f"Trials {each.unit}", [heads, *_trial_rows(each)], (8, *[16] * (len(heads) - 1)))
        book.save(temporary)
    return report.trials


def _add(book: Workbook, title: str, rows: Iterable[Sequence[object]], widths: Sequence[int]) -> None:
    """A sheet of numbers and texts; a text stays text whatever it begins with."""
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for row in rows:
        sheet.append([_text(sheet, each) if isinstance(each, str) else each for each in row])


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, str(write_text(text)))
    cell.data_type = "s"
    return cell


def _summary(report: ExposureReport) -> Iterator[tuple[object, ...]]:
    yield ("Seed", report.seed)
    yield ("Trials", report.trials)
    yield ("Sampler", report.sampler)
    yield ("Percentiles", "nearest rank")
    yield ("Open risks", report.open_risks)
    yield ()
    yield ("Of", "Unit", *(f"P{round(100 * share)}" for share in SHOWN), "Mean", "Contingency held")
    for each in report.units:
        scale = _scale(each.unit)
        mean = each.run.portfolio.mean / scale
        held = None if each.held is None else each.held / scale
        yield ("Portfolio", each.unit, *(value / scale for value in each.before), mean, held)
        yield ("Portfolio once all actions are done", each.unit, *(value / scale for value in each.after))
        for project in each.projects:
            kept = None if project.held is None else project.held / scale
            shares = (value / scale for value in project.percentiles)
            yield (project.name, each.unit, *shares, project.mean / scale, kept)
    yield ()
    yield ("Left out", "Why")
    for risk in report.left_out:
        yield (risk.called, risk.reason)


def _risk_rows(each: UnitExposure, names: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    scale, parts = _scale(each.unit), {driver.risk: driver for driver in each.drivers}
    for risk in each.risks:
        impact, driver = risk.model.impact, parts[risk.risk]
        project = ", ".join(names.get(one, "") for one in risk.projects)
        ends = (impact.low / scale, impact.likely / scale, impact.high / scale)
        expected = risk.model.mean / scale
        yield (risk.called, project, risk.model.probability, *ends, expected, driver.happened, driver.part)


def _trial_rows(each: UnitExposure) -> Iterator[tuple[object, ...]]:
    scale = _scale(each.unit)
    columns = [each.run.portfolio.totals, *(outcome.totals for outcome in each.run.projects)]
    for number, amounts in enumerate(zip(*((column / scale).tolist() for column in columns), strict=True), start=1):
        yield (number, *amounts)


def _scale(unit: str) -> int:
    """Minor units in a whole one; days are whole already."""
    return 1 if unit == DAYS else 10 ** decimals(unit)
