"""Word documents and workbooks made for tests of templates, the hostile ones too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
from docx import Document


def a_document(*paragraphs: str, rows: Sequence[Sequence[str]] = (), footer: str = "") -> bytes:
    """A Word document of these paragraphs, and a table of these rows."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.sections[0].footer.paragraphs[0].text = footer
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_book(*rows: Sequence[str | float | None]) -> bytes:
    """A workbook with one sheet, named Sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_parts(content: bytes, parts: Mapping[str, str]) -> bytes:
    """The file with parts added or put in the place of its own."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return kept.getvalue()


def part_of(content: bytes, name: str) -> str:
    """The text of one part of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def texts_of(content: bytes) -> list[str]:
    """The paragraphs of a Word document, then the cells of its tables, then its footer."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [each.text for each in document.paragraphs] + cells + [document.sections[0].footer.paragraphs[0].text]
    return [text for text in texts if text]


def cells_of(content: bytes) -> list[list[object]]:
    """The cells of a workbook's first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
