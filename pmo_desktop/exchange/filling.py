"""The child process that fills a template: a hostile one can hang or kill its library's process, so it is not ours.

Started by `exchange.documents`; reads one line of JSON {"content": base64, "values": {...}} from standard input and
answers one: {"ok": true, "content": base64} or {"ok": false, "error": sentence without the file's name}.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.exceltext import escape_text, is_formula_like, shown_text
from pmo_desktop.exchange.mergefields import FIELD, MergeFields, as_markup, find_value, unfilled
from pmo_desktop.exchange.officefile import WORD, check_office
from pmo_desktop.exchange.reader import limit_memory

FLAG = "--fill-template"
_DAMAGED = "it is damaged or incomplete. Open it in its program and save it anew"


def main(_arguments: Sequence[str]) -> int:
    """Fill what standard input says and print the answer. Always 0: what went wrong is in the answer."""
    limit_memory()
    asked = json.loads(sys.stdin.read())
    answer: dict[str, Any]
    try:
        filled = fill(base64.b64decode(asked["content"]), asked["values"])
        answer = {"ok": True, "content": base64.b64encode(filled).decode("ascii")}
    except Refused as refusal:
        answer = {"ok": False, "error": str(refusal)}
    except MemoryError:
        answer = {"ok": False, "error": "filling it needs more memory than is safe. Make it smaller"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def fill(content: bytes, values: Mapping[str, Any]) -> bytes:
    """A Word document or workbook with its merge fields filled. Raises Refused with the sentence for the person.

    A value is a text, a group of values by name, or a list of groups. What is not there stays visible as words.
    """
    kind = check_office(content)
    try:
        return _fill_document(content, values) if kind == WORD else _fill_workbook(content, values)
    except (Refused, MemoryError):
        raise
    except TemplateSyntaxError as error:
        raise Refused(f"a merge field in it is not written as it should be: {error.message}") from error
    except TemplateError as error:
        raise Refused(f"a merge field in it asks for what templates may not do: {error.message}") from error
    except Exception as error:  # the libraries raise anything on odd files
        raise Refused(_DAMAGED) from error


# --- Word ------------------------------------------------------------------------------------------------------------


class _Document(DocxTemplate):  # type: ignore[misc]  # published without types
    """Leaves the document's properties as they are, and refuses what the library would mend by leaving text out."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: values belong into the text."""

    def fix_tables(self, xml: str) -> Any:
        """Check that the filled document is whole before its tables are looked at."""
        try:
            etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=False))
        except etree.XMLSyntaxError as error:
            raise Refused(
                "its repeated or left-out parts cut through its structure. Put {%p or {%tr in rows of their own"
            ) from error
        return super().fix_tables(xml)


def _fill_document(content: bytes, values: Mapping[str, Any]) -> bytes:
    document = _Document(io.BytesIO(content))
    document.render(as_markup(values), MergeFields(), autoescape=True)
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


# --- Excel -----------------------------------------------------------------------------------------------------------


def _fill_workbook(content: bytes, values: Mapping[str, Any]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in list(sheet.iter_rows()):
            _fill_row(sheet, row, values)
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


def _fill_row(sheet: Worksheet, row: Sequence[Any], values: Mapping[str, Any]) -> None:
    cells = [cell for cell in row if isinstance(cell.value, str) and FIELD.search(cell.value)]
    for cell in cells:
        if cell.data_type == "f":
            raise Refused(
                f"{sheet.title}!{cell.coordinate} has a merge field in a formula. Put it in a cell of its own"
            )
    named = {path.split(".")[0] for cell in cells for path in FIELD.findall(cell.value)}
    lists = sorted(name for name in named if isinstance(values.get(name), list))
    if len(lists) > 1:
        raise Refused(f"row {row[0].row} of {sheet.title} repeats {' and '.join(lists)}. Give each a row of its own")
    if lists:
        _repeat(sheet, row, values, lists[0])
        return
    for cell in cells:
        _write(cell, cell.value, values)


def _repeat(sheet: Worksheet, row: Sequence[Any], values: Mapping[str, Any], name: str) -> None:
    """Write the row once for each entry of a list, downwards; an empty list leaves one empty row."""
    entries: list[Mapping[str, Any]] = values[name]
    texts = [cell.value for cell in row]
    first: int = row[0].row
    last = min(first + len(entries) - 1, sheet.max_row)
    below = sheet.iter_rows(min_row=first + 1, max_row=last) if last > first else ()
    taken = [cell.coordinate for cells in below for cell in cells if cell.value is not None]
    if taken:
        raise Refused(f"{sheet.title}!{taken[0]} stands where the rows of {name} go. Let nothing stand below that row")
    height = sheet.row_dimensions[first].height
    for number, entry in enumerate(entries or [_Blank()]):
        sheet.row_dimensions[first + number].height = height
        for model, text in zip(row, texts, strict=True):
            cell: Any = sheet.cell(first + number, model.column)
            if isinstance(cell, MergedCell):
                continue  # it shows the cell it is merged with
            cell._style = model._style  # noqa: SLF001  the only way to copy a style whole
            if isinstance(text, str) and FIELD.search(text):
                _write(cell, text, {**values, name: entry}, name)
            else:
                cell.value = text


class _Blank(dict[str, str]):
    """The entry of an empty list: whatever is asked of it is blank."""

    def __contains__(self, _: object) -> bool:
        return True


def _write(cell: Any, text: str, values: Mapping[str, Any], listed: str = "") -> None:
    """Put the filled text into a cell, as text; what an entry of a list has and does not say is blank."""

    def said(match: re.Match[str]) -> str:
        value = find_value(values, match[1])
        group, _, name = match[1].partition(".")
        blank = group == listed and name in values[group]
        return value if value is not None else "" if blank else unfilled(match[1])

    filled = FIELD.sub(said, text)
    cell.value = escape_text(shown_text(filled)) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(filled)
