"""How an exported sheet looks: header, widths, rating colours, and the printed page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from pmo_desktop.exchange.cells import FORMS, CellForm
from pmo_desktop.exchange.exceltext import escape_text
from pmo_desktop.exchange.lists import column_letter
from pmo_desktop.exchange.sheets import Column
from pmo_desktop.exchange.stream import StreamSheet, make_style
from pmo_desktop.model.kind import Kind
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.words import Rag

HEADER_HEIGHT, TWO_LINES, ONE_LINE = 30.0, 30.0, 15.0  # points
PAGE_CHARACTERS = 190  # of column width on one landscape page that is still read with ease
_SAMPLE = 200  # rows a width is judged by
_ARROW = 4  # characters the filter's arrow takes in a header
_A4 = 9
_WHOLE, _HALF = 100, 0.5  # percent, and what is rounded up
_LONGEST_FOOTER = 200  # Excel allows 255 for the three parts together


def header_style(sheet: StreamSheet, number_format: str = "General") -> int:
    """The style of header cells; with a number format that of headers which are dates, in the middle of theirs."""
    dated = number_format != "General"
    return make_style(
        sheet,
        number_format=number_format,
        font=Font(bold=True, color=_argb(_tokens()["color"]["light"]["text"])),
        fill=header_fill(),
        alignment=Alignment(horizontal="center" if dated else None, vertical="center", wrap_text=True),
    )


def header_fill() -> PatternFill:
    """The ground of headers and of groups."""
    return PatternFill("solid", fgColor=_argb(_tokens()["color"]["light"]["bg_nav"]))


def quiet_font() -> Font:
    """The type of what explains something else."""
    return Font(color=_argb(_tokens()["color"]["light"]["text3"]))


def leave_fill() -> PatternFill:
    """The hatching of time off."""
    return PatternFill("lightUp", fgColor=_argb(_tokens()["color"]["light"]["border_strong"]))


@dataclass(frozen=True, slots=True)
class HeatStep:
    """A step of the capacity heat: the share it begins at, whether that is over-booked, its type and ground."""

    begins: float
    over: bool
    font: Font
    fill: PatternFill


def heat_steps() -> list[HeatStep]:
    """The steps of the capacity heat that have a colour, the worst first."""
    steps = [each for each in _tokens()["heat_capacity"]["light"] if each["frm"]]
    return [
        HeatStep(
            (each["frm"] - _HALF) / _WHOLE,
            each["frm"] > _WHOLE,
            Font(bold=each["frm"] > _WHOLE, color=_argb(each["fg"])),
            PatternFill("solid", bgColor=_argb(each["bg"])),
        )
        for each in reversed(steps)
    ]


def set_widths(sheet: StreamSheet, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> float:
    """Give each column the width its content asks for, within what its kind allows; the sum, in characters.

    Must come before the first row.
    """
    total = 0.0
    for index, column in enumerate(columns):
        dimension = sheet.column_dimensions[column_letter(index)]
        dimension.width = _width(column, rows[:_SAMPLE])
        dimension.hidden = column.hidden
        total += 0 if column.hidden else dimension.width
    return total


def set_heights(sheet: StreamSheet, columns: Sequence[Column]) -> None:
    """Rows of one or two lines, whatever a note holds, so that a register stays a register. Before the first row."""
    wraps = any(FORMS[column.field.kind].wrap for column in columns)
    sheet.sheet_format.defaultRowHeight = TWO_LINES if wraps else ONE_LINE
    sheet.sheet_format.customHeight = True
    sheet.row_dimensions[1].height = HEADER_HEIGHT


def set_page(sheet: StreamSheet, *, width: float, keys: int, footer: str) -> None:
    """Landscape, as many pages wide as stay readable, header row and key columns on each, footer. Before the rows."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = max(1, round(width / PAGE_CHARACTERS))
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_title_rows = "1:1"
    if keys:
        sheet.print_title_cols = f"A:{column_letter(keys - 1)}"
    foot: Any = sheet.oddFooter
    foot.left.text, foot.center.text, foot.right.text = (
        escape_text(footer[:_LONGEST_FOOTER]).replace("&", "&&"),
        "&A",
        "Page &P of &N",
    )


def add_table(sheet: StreamSheet, name: str, columns: Sequence[Column], rows: int) -> None:
    """An Excel table with filters over the header and so many rows; a table of none has one blank row."""
    area = f"A1:{column_letter(len(columns) - 1)}{max(rows, 1) + 1}"
    table = Table(displayName=name, name=name, ref=area, autoFilter=AutoFilter(ref=area))
    named = enumerate((escape_text(column.header) for column in columns), start=1)
    table.tableColumns = [TableColumn(id=number, name=header) for number, header in named]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.place_table(table)


def colour_ratings(sheet: StreamSheet, columns: Sequence[Column], rows: int) -> None:
    """Fill rating cells by their letter; the letter stays, so that nobody has to see colours."""
    for index, column in enumerate(columns):
        if column.field.kind is not Kind.RAG or not rows:
            continue
        cells = f"{column_letter(index)}2:{column_letter(index)}{rows + 1}"
        for code in Rag:
            sheet.conditional_formatting.add(cells, _rating_rule(code))


def alignment(form: CellForm) -> Alignment:
    """Where a value stands in its cell."""
    return Alignment(horizontal=form.align, vertical="top", wrap_text=form.wrap)


def cover(*, opened: bool) -> PatternFill:
    """The ground of a cell of a protected sheet: white where something is asked for, grey elsewhere."""
    colours = _tokens()["color"]["light"]
    return PatternFill("solid", fgColor=_argb(colours["surface" if opened else "bg_nav"]))


def protect(sheet: StreamSheet) -> None:
    """Let nobody type but in unlocked cells, by mistake: there is no password, and widths and filters stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False  # not forbidden


def _rating_rule(code: Rag) -> Any:
    colours = _tokens()["rag"][code.three_point.value]["light"]
    return CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal",
        formula=[f'"{code.value}"'],
        font=Font(bold=True, color=_argb(colours["ink"])),
        fill=PatternFill("solid", bgColor=_argb(colours["fill"])),
    )


def _width(column: Column, rows: Sequence[Mapping[str, Any]]) -> float:
    form = FORMS[column.field.kind]
    texts = (row.get(column.field.name) for row in rows)
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    if column.field.kind in (Kind.LINK, Kind.PERSON):
        longest = form.wide * 2 // 3  # an id's length says nothing about the name's
    words = max(map(len, column.header.split()))
    return min(max(form.narrow, words + _ARROW, longest + 1), max(form.wide, words + _ARROW))


@cache
def _tokens() -> dict[str, Any]:
    tokens: dict[str, Any] = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return tokens


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")
