"""Which files the wizard takes when they are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")


def dropped_workbook(data: QMimeData) -> Path | None:
    """The first workbook among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls()]
    return next((path for path in paths if path.suffix.lower() in WORKBOOKS), None)
