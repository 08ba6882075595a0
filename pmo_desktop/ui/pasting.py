"""Pasting a block as new records: the clipboard becomes a workbook of one sheet, and the import plans it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.ui.clipboard import Block, block_from_text
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.importer.files import CLIPBOARD

if TYPE_CHECKING:  # reading workbooks brings what the register itself can do without
    from pmo_desktop.exchange.grid import Workbook


def paste_records(editing: Editing, entity: str, host: QWidget) -> None:
    """Show what the clipboard's block would become; a sentence when there is nothing on it."""
    text = QGuiApplication.clipboard().text()
    block = block_from_text(text)
    if not any(cell.strip() for row in block for cell in row):
        editing.context.say("There is nothing on the clipboard to paste.")
        return
    from pmo_desktop.ui.importer.window import open_importer  # noqa: PLC0415  the wizard's rooms: 0.2 s

    table = editing.grid.table
    editable = [column.field for column in table.columns if column.editable]
    headed = with_header(block, editable, table.arrangement.fields)
    open_importer(editing.context, None, host).paste(clipboard_book(headed, text), BY_ENTITY[entity].name)


def with_header(block: Block, editable: Iterable[Field], fields: Mapping[str, Field]) -> Block:
    """The block under headings: its own first row where most of it names fields, else the columns on screen."""
    known = _headings(fields.values())
    if sum(text.strip().casefold() in known for text in block[0]) * 2 > len(block[0]):
        return block
    labels = [field.label for field in editable][: len(block[0])]
    more = [f"Column {number}" for number in range(len(labels) + 1, len(block[0]) + 1)]
    return [[*labels, *more], *block]


def clipboard_book(block: Block, text: str) -> Workbook:
    """A block as a workbook of one sheet; blank cells are empty."""
    import hashlib  # noqa: PLC0415  a library of ciphers, needed only when something is pasted

    from pmo_desktop.exchange.grid import Sheet, Workbook  # noqa: PLC0415  as above

    rows: list[list[object]] = [[cell if cell.strip() else None for cell in row] for row in block]
    fingerprint = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return Workbook(CLIPBOARD, fingerprint, [Sheet(CLIPBOARD, rows)])  # type: ignore[arg-type]


def _headings(fields: Iterable[Field]) -> set[str]:
    """Folded headings that name a field: labels, names and the words other people use."""
    return {word.casefold() for each in fields if not each.computed for word in (*each.also, each.name, each.label)}
