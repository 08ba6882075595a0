"""Exporting a table as it is shown: its columns, its rows, in its order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from pmo_desktop.operations.exports import Exported
    from pmo_desktop.ui.panes.register import RegisterPane


def export_shown(pane: RegisterPane) -> None:
    """Ask where to, then write in the background."""
    name = f"{pane.title} {pane.table.reading.today.isoformat()}.xlsx"
    place, _ = QFileDialog.getSaveFileName(pane, f"Export {pane.outline.many}", name, "Excel workbook (*.xlsx)")
    if place:
        write_shown(pane, Path(place).with_suffix(".xlsx"))


def write_shown(pane: RegisterPane, path: Path) -> None:
    """Write the rows on screen into a workbook."""
    table = pane.table
    fields = [column.field for column in table.columns]
    rows = [record.row for record in table.arrangement.shown]
    computed = [each.name for each in fields if each.computed]
    figures = {row["id"]: {name: row.get(name) for name in computed} for row in rows} if computed else {}
    note, store, register = note_of(pane), pane.context.store, pane.outline.name

    def work(_progress: Any) -> Exported:
        from pmo_desktop.operations.exports import export_view  # noqa: PLC0415  keeps openpyxl out of start-up

        return export_view(store, path, register, fields, [row["id"] for row in rows], note, figures)

    pane.context.run(
        f"Export {pane.outline.many}",
        work,
        lambda _done: pane.context.toast(f"{len(rows):,} rows exported to {path.name}"),
    )


def note_of(pane: RegisterPane) -> str:
    """How the table is filtered, sorted and grouped, in words."""
    view, fields = pane.arranger.view, pane.arranger.fields
    said = [pane.arranger.base.name]
    said += pane.controls.said_conditions()
    if pane.bar.finder.text():
        said.append(f"containing {pane.bar.finder.text()}")
    if view.sort:
        keys = [f"{fields[name].label}{' (descending)' if down else ''}" for name, down in view.sort if name in fields]
        said.append(f"sorted by {', '.join(keys)}")
    if view.group in fields:
        said.append(f"grouped by {fields[view.group].label}")
    return "; ".join(said)
