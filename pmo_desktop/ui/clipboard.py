"""Blocks of cells to and from other programs: as text with tabs, as HTML, and back from either spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from PySide6.QtCore import QMimeData

Block = list[list[str]]


def block_to_text(block: Sequence[Sequence[str]]) -> str:
    """Rows on lines, cells between tabs; a cell with a tab, a quote or a line break is quoted as Excel quotes it."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def block_to_html(block: Sequence[Sequence[str]], headers: bool, right: Sequence[bool]) -> str:
    """A plain table; numbers stand right."""
    import html  # noqa: PLC0415  brings the names of all characters: read when something is first copied

    rows = []
    for place, row in enumerate(block):
        tag = "th" if headers and place == 0 else "td"
        sides = [' align="right"' if at < len(right) and right[at] else "" for at in range(len(row))]
        cells = (
            f"<{tag}{side}>{html.escape(cell).replace(chr(10), '<br>')}</{tag}>"
            for cell, side in zip(row, sides, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<meta charset="utf-8"><table>{"".join(rows)}</table>'


def block_to_mime(block: Sequence[Sequence[str]], headers: bool, right: Sequence[bool]) -> QMimeData:
    """A block for the clipboard, in both forms."""
    data = QMimeData()
    data.setText(block_to_text(block))
    data.setHtml(block_to_html(block, headers, right))
    return data


def block_from_text(text: str) -> Block:
    """A block from the clipboard's text: tabs between cells, quoted cells may hold line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    if not text:
        return []
    if "\t" not in text and not (text.startswith('"') and text.endswith('"')):
        return [[line] for line in text.split("\n")]
    import csv  # noqa: PLC0415  read when something is first pasted

    rows = list(csv.reader(StringIO(text), delimiter="\t", doublequote=True, strict=False))
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def repeat_block(block: Block, rows: int, places: int) -> Block:
    """A block repeated over a selection that it fits into a whole number of times, as a spreadsheet does."""
    tall, wide = len(block), len(block[0])
    if rows % tall or places % wide or (rows, places) == (tall, wide):
        return block
    return [[block[row % tall][place % wide] for place in range(places)] for row in range(rows)]


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
