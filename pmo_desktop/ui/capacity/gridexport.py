"""The capacity grid in other forms: an Excel workbook of what is on screen, and the capacity pages of the pack."""

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


def print_shown(pane: ShownGrid) -> None:
    """Make the capacity pages of the 13 weeks from the first one in sight on, in the background, and show them."""
    # reportlab and QtPdf are imported when somebody prints.
    from pmo_desktop.operations.packs import print_capacity  # noqa: PLC0415
    from pmo_desktop.ui.printing import show_pages  # noqa: PLC0415

    store, axis = pane.context.store, pane.source.axis
    day = axis.firsts[max(0, pane.view.columnAt(0))]
    show_pages(pane, "capacity", lambda path: print_capacity(store, path, day))
    if pane.scenario is not None:
        pane.context.say("The pages are of the plan, not of the scenario.")
