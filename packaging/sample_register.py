"""Make resources/sample/register.xlsx from the sample portfolio: the same projects, as a busy PMO really keeps them.

Title rows, section bands, a total row, thousands in the header, months where days belong, TBC, two names in a cell,
people with their leave and their days by month, and their risks.
Run: `python packaging/sample_register.py [TARGET]`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pmo_desktop.figures.capacity import Lens, Measure
from pmo_desktop.figures.gridrows import read_grid_rows, read_whole_book
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.opening import create_memory_store

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"
PENCE_IN_THOUSAND = 100_000
PENCE_IN_POUND = 100
HEADINGS = (
    "Ref",
    "Project",
    "RAG",
    "Time RAG",
    "Cost RAG",
    "Sponsor",
    "Project manager",
    "Stage",
    "Start date",
    "Baseline finish",
    "Forecast finish",
    "Budget (£k)",
    "Spend to date (£k)",
    "EAC (£k)",
    "% complete",
    "Commentary",
    "Last updated",
    "Carbon saved",
)
WORDS = {"R": "Red", "A": "Amber", "G": "Green", "C": "Complete", None: "-"}
# What the people who keep the register wrote instead of the plain value: (ref, heading) -> text.
TYPED_IN = {
    ("MT-101", "Baseline finish"): "end Mar 27",
    ("MT-102", "RAG"): "amber ",
    ("MT-103", "RAG"): "G",
    ("MT-105", "Forecast finish"): "TBC",
    ("MT-202", "EAC (£k)"): "£8.69m",
    ("MT-203", "Forecast finish"): "end Oct 27",
    ("MT-301", "Project manager"): "Beth Tanner / Luca Moretti",
    ("MT-303", "RAG"): "GREEN",
    ("MT-404", "Budget (£k)"): "690k",
    ("MT-504", "Forecast finish"): "after the Harbour closure",
}
RISKS = (
    (
        "R1",
        "MT-101",
        "The drain needs a second diversion under Custom House",
        4,
        5,
        "Owen Pryce",
        "Radar survey, priced option",
    ),
    (
        "R2",
        "MT-202",
        "The network operator moves the grid connection again",
        3,
        5,
        "Daniel Asante",
        "Keep the hired unit",
    ),
    ("R3", "MT-401", "Trial 3 mismatches more than 0.1 % of balances", 3, 5, "Shreya Iyer", "One owner for the rules"),
    ("R4", "MT-201", "The last ten buses arrive after the old ones leave", 3, 3, "Kofi Mensah", "Extend two leases"),
    (
        "R5",
        "MT-301",
        "Consent for Castle Street is refused",
        2,
        4,
        "Beth Tanner",
        "Heritage officer in the design team",
    ),
    ("R6", "MT-501", "The radio switch fails its second test", 3, 4, "Callum Reid", "Loan switch from the maker"),
    ("R7", "MT-404", "No decision on the youth cap in November", 2, 4, "Meera Joshi", "Tables ready for both caps"),
)
BOLD, BAND = Font(bold=True), PatternFill("solid", fgColor="DDE3EE")


def main() -> None:
    """Write the workbook to the path given, or to its place."""
    write_register(Path(sys.argv[1]) if sys.argv[1:] else SAMPLE / "register.xlsx")


def write_register(target: Path) -> None:
    """Write the whole workbook."""
    sample = json.loads((SAMPLE / "portfolio.json").read_text(encoding="utf-8"))
    book = Workbook()
    register = book.worksheets[0]
    register.title = "Register"
    _write_projects(register, sample)
    _write_milestones(book.create_sheet("Milestones"), sample["milestones"])
    _write_risks(book.create_sheet("Risks"))
    _write_resources(book.create_sheet("Resources"), sample["resources"])
    _write_leave(book.create_sheet("Leave"), sample["absences"])
    _write_plan(book.create_sheet("Resource plan"))
    notes = book.create_sheet("Notes")
    for line in ("How to fill this in", "One line a project, please.", "Do not merge cells. (Sorry about the bands.)"):
        notes.append([line])
    book.save(target)


def _write_projects(sheet: Worksheet, sample: dict[str, Any]) -> None:
    sheet.append([f"{sample['settings']['organisation']}: {sample['settings']['title'].lower()} register"])
    sheet.append(["Data as at 13 November 2026"])
    sheet.append([])
    sheet.append(list(HEADINGS))
    sheet["A1"].font = BOLD
    for cell in sheet[4]:
        cell.font = BOLD
    for programme in sample["programmes"]:
        sheet.append([programme["name"].upper()])
        for cell in sheet[sheet.max_row][: len(HEADINGS)]:
            cell.fill = BAND
        for project in sample["projects"]:
            if project["programme"] == programme["name"]:
                sheet.append(_project_line(project))
    totals = [sum(row[name] for row in sample["projects"]) for name in ("budget_approved", "actual_to_date", "eac")]
    line = ["Total", *[None] * (len(HEADINGS) - 1)]
    line[HEADINGS.index("Budget (£k)") : HEADINGS.index("% complete")] = [each / PENCE_IN_THOUSAND for each in totals]
    sheet.append(line)
    _finish(sheet, {"A": 9, "B": 36, "F": 18, "G": 26, "P": 60})
    done = HEADINGS.index("% complete") + 1
    for (cell,) in sheet.iter_rows(min_row=5, min_col=done, max_col=done):
        cell.number_format = "0%"
    sheet["C6"].comment = Comment("Agreed with the sponsor on 6 November", "PMO")


def _project_line(row: dict[str, Any]) -> list[Any]:
    plain = {
        "Ref": row["ref"],
        "Project": row["name"],
        "RAG": WORDS[row.get("rag_overall")],
        "Time RAG": row.get("rag_time"),
        "Cost RAG": row.get("rag_cost"),
        "Sponsor": row["sro"],
        "Project manager": row["pm"],
        "Stage": row["stage"],
        "Start date": _day(row["start_forecast"]),
        "Baseline finish": _day(row["finish_baseline"]),
        "Forecast finish": _day(row["finish_forecast"]),
        "Budget (£k)": row["budget_approved"] / PENCE_IN_THOUSAND,
        "Spend to date (£k)": row["actual_to_date"] / PENCE_IN_THOUSAND,
        "EAC (£k)": row["eac"] / PENCE_IN_THOUSAND,
        "% complete": row["pct_complete"] / 100,
        "Commentary": row.get("rag_comment"),
        "Last updated": _day(row.get("report_date")),
        "Carbon saved": row["custom"].get("Carbon saved"),
    }
    return [TYPED_IN.get((row["ref"], heading), plain[heading]) for heading in HEADINGS]


def _write_milestones(sheet: Worksheet, milestones: list[dict[str, Any]]) -> None:
    sheet.append(["Key milestones"])
    sheet.append(
        ["Project ref", "Milestone", "Milestone type", "Baseline date", "Forecast date", "Date achieved", "Owner"]
    )
    for row in milestones:
        days = [_day(row.get(name)) for name in ("baseline", "forecast", "actual")]
        sheet.append([row["project"], row["name"], row["type"], *days, row.get("owner")])
    _finish(sheet, {"A": 12, "B": 34, "G": 20})


def _write_risks(sheet: Worksheet) -> None:
    sheet.append(["Risk ID", "Project", "Risk", "Likelihood", "Impact", "Score", "Risk owner", "Mitigation"])
    for ref, project, risk, likelihood, impact, owner, mitigation in RISKS:
        sheet.append([ref, project, risk, likelihood, impact, likelihood * impact, owner, mitigation])
    _finish(sheet, {"C": 52, "H": 34})


def _write_resources(sheet: Worksheet, resources: list[dict[str, Any]]) -> None:
    sheet.append(
        ["Staff no", "Resource name", "Resource type", "Job title", "Team", "FTE", "Day rate (£)", "Leaver date"]
    )
    for row in resources:
        rate = row["cost_rate"] / PENCE_IN_POUND if "cost_rate" in row else None
        what = [row[name] for name in ("ref", "name", "type")]
        sheet.append([*what, row.get("role"), row["team"], row.get("fte"), rate, _day(row.get("end"))])
    _finish(sheet, {"B": 28, "D": 24, "E": 22})


def _write_leave(sheet: Worksheet, absences: list[dict[str, Any]]) -> None:
    sheet.append(["Employee", "Leave type", "First day", "Last day", "Comments"])
    for row in absences:
        sheet.append([row["resource"], row["type"], _day(row["start"]), _day(row["finish"]), row.get("note")])
    _finish(sheet, {"A": 24, "E": 24})


def _write_plan(sheet: Worksheet) -> None:
    """One column a month, in days to a tenth, with a total at either end, as such plans are kept."""
    store = create_memory_store()
    load_sample(store)
    book = read_whole_book(store, Grain.MONTH)
    found = read_grid_rows(book, Lens(Grain.MONTH, Measure.DAYS, confirmed_only=True))
    rows = [row for under in found.rows for row in under]
    names = {each.id: each.name for each in book.resources}
    months = [f"{day:%b-%y}" for day in found.grid.periods.firsts]
    sheet.append(["Resource plan, days a month, confirmed only"])
    sheet.append(["Name", "Role", "Project", *months, "Total"])
    days = [[round(value, 1) or None for value in row.values.tolist()] for row in rows]
    for row, values in zip(rows, days, strict=True):
        project = book.projects[row.project].ref
        sheet.append([names[row.resource], book.names.get(row.role or ""), project, *values, _sum(values)])
    by_month = [_sum(list(column)) for column in zip(*days, strict=True)]
    sheet.append(["Total", None, None, *by_month, _sum(by_month)])
    store.close()
    _finish(sheet, {"A": 24, "B": 22, "C": 10})


def _sum(values: Sequence[float | None]) -> float:
    return round(sum(value or 0.0 for value in values), 1)


def _finish(sheet: Worksheet, widths: dict[str, int]) -> None:
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


if __name__ == "__main__":
    main()
