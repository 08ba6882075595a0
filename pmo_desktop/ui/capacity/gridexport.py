"""The capacity grid as an Excel workbook: in the unit and the periods on screen, and as it is filtered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.source import lens_of


def export_shown(pane: ShownGrid) -> None:
    """Ask where to, then write in the background."""
    name = f"{pane.title} {pane.source.book.data_date.isoformat()}.xlsx"
    place, _ = QFileDialog.getSaveFileName(pane, "Export capacity", name, "Excel workbook (*.xlsx)")
    if place:
        write_shown(pane, Path(place).with_suffix(".xlsx"))


def write_shown(pane: ShownGrid, path: Path) -> None:
    """Write the resources in sight into a workbook."""
    # openpyxl takes a quarter of a second to import: not before somebody exports.
    from pmo_desktop.operations.exports import export_grid  # noqa: PLC0415

    store, lens = pane.context.store, lens_of(pane.source.wanted)

    def work(_progress: Any) -> object:
        return export_grid(store, path, lens)

    pane.context.run("Export capacity", work, lambda _done: pane.context.toast(f"Capacity exported to {path.name}"))
