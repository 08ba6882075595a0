"""A table as it is shown, in other forms: an Excel workbook, pages to look at, save and print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.arrange import Group, Line
from pmo_desktop.ui.panes.shown import ShownRegister

if TYPE_CHECKING:
    from pmo_desktop.reports.listing import Listing


def export_shown(pane: ShownRegister) -> None:
    """Ask where to, then write in the background."""
    name = f"{pane.title} {pane.table.reading.today.isoformat()}.xlsx"
    place, _ = QFileDialog.getSaveFileName(pane, f"Export {pane.outline.many}", name, "Excel workbook (*.xlsx)")
    if place:
        write_shown(pane, Path(place).with_suffix(".xlsx"))


def write_shown(pane: ShownRegister, path: Path) -> None:
    """Write the rows on screen into a workbook."""
    # openpyxl takes a quarter of a second to import: not before somebody exports.
    from pmo_desktop.operations.exports import Exported, export_view  # noqa: PLC0415

    table = pane.table
    fields = [column.field for column in table.columns]
    rows = [record.row for record in table.arrangement.shown]
    computed = [each.name for each in fields if each.computed]
    figures = {row["id"]: {name: row.get(name) for name in computed} for row in rows} if computed else {}
    note, store, register = note_of(pane), pane.context.store, pane.outline.name

    def work(_progress: Any) -> Exported:
        return export_view(store, path, register, fields, [row["id"] for row in rows], note, figures)

    def done(_exported: Exported) -> None:
        pane.context.toast(f"{count_text(len(rows), 'row')} exported to {path.name}")

    pane.context.run(f"Export {pane.outline.many}", work, done)


def print_shown(pane: ShownRegister) -> None:
    """Make pages of the table in the background and show them."""
    # reportlab and QtPdf are imported when somebody prints.
    from pmo_desktop.operations.packs import print_list  # noqa: PLC0415
    from pmo_desktop.ui.printing import show_pages  # noqa: PLC0415

    listing, store = listing_of(pane), pane.context.store
    show_pages(pane, pane.outline.many, lambda path: print_list(store, path, listing))


def listing_of(pane: ShownRegister) -> Listing:
    """The lines on screen as a list to print."""
    from pmo_desktop.reports.listing import Listing, ListRow  # noqa: PLC0415  as above

    lines = [ListRow(_cells(pane, line), group=isinstance(line, Group)) for line in _lines(pane)]
    # The words are those on screen, and so are the headings: a unit stands where the table shows it.
    reading = pane.table.reading
    fields = tuple(replace(column.field, label=column.heading(reading), unit="") for column in pane.table.columns)
    return Listing(pane.title, (note_of(pane),), fields, tuple(lines))


def note_of(pane: ShownRegister) -> str:
    """How the table is filtered, sorted and grouped, in words."""
    view, fields = pane.arranger.view, pane.arranger.fields
    said = [pane.arranger.base.name, *pane.controls.said_conditions()]
    if pane.bar.finder.text():
        said.append(f"containing {pane.bar.finder.text()}")
    if view.sort:
        keys = [f"{fields[name].label}{' (descending)' if down else ''}" for name, down in view.sort if name in fields]
        said.append(f"sorted by {', '.join(keys)}")
    if view.group in fields:
        said.append(f"grouped by {fields[view.group].label}")
    return "; ".join(said)


def _lines(pane: ShownRegister) -> list[Line]:
    """Every line, folded groups opened: paper does not unfold."""
    found = pane.table.arrangement
    if not found.groups:
        return list(found.shown)
    lines: list[Line] = []
    for group in found.groups:
        lines += [group, *group.records]
    return lines


def _cells(pane: ShownRegister, line: Line) -> tuple[Any, ...]:
    from pmo_desktop.reports.marks import Rating  # noqa: PLC0415  as above

    columns, reading = pane.table.columns, pane.table.reading
    if isinstance(line, Group):
        figures = [(column.heading(reading), line.total(column, reading)) for column in columns]
        totals = [f"{heading} {figure}" for heading, figure in figures if figure]
        words = f"{line.label} ({len(line.records):,})"
        return (", ".join([words, *totals]), *("" for _ in columns[1:]))
    return tuple(
        Rating(line.row.get(column.name), line.row.get(column.beside) if column.beside else None)
        if column.field.kind is Kind.RAG
        else text or pane.table.kept_text(line, column)
        for column, text in zip(columns, line.texts, strict=True)
    )
