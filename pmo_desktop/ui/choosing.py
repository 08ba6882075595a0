"""Choosing files: a portfolio to open, a place for a new one, a workbook to bring in."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtWidgets import QFileDialog

from pmo_desktop.ui.state import recent_files
from pmo_desktop.ui.window import WORKBOOKS, Window

_PORTFOLIOS = "Portfolios (*.pmo)"


def choose_portfolio(window: Window, beside: Path | None) -> Path | None:
    """A portfolio to open; None when the person thought better of it."""
    chosen, _kind = QFileDialog.getOpenFileName(
        window, "Open portfolio", str(usual_folder(window, beside)), _PORTFOLIOS
    )
    return Path(chosen) if chosen else None


def choose_new(window: Window, beside: Path | None, stem: str) -> Path | None:
    """Where a new portfolio is to lie."""
    place = usual_folder(window, beside) / f"{stem}.pmo"
    chosen, _kind = QFileDialog.getSaveFileName(window, "New portfolio", str(place), _PORTFOLIOS)
    return Path(chosen).with_suffix(".pmo") if chosen else None


def choose_workbook(window: Window, beside: Path | None) -> Path | None:
    """A workbook to bring in."""
    kinds = "Workbooks (" + " ".join(f"*{each}" for each in WORKBOOKS) + ")"
    chosen, _kind = QFileDialog.getOpenFileName(window, "Import from Excel", str(usual_folder(window, beside)), kinds)
    return Path(chosen) if chosen else None


def usual_folder(window: Window, beside: Path | None) -> Path:
    """The folder of the open portfolio, else of the last one, else the person's documents."""
    if beside is not None:
        return beside.parent
    recent = recent_files(window.state)
    return recent[0][0].parent if recent else platformdirs.user_documents_path()
