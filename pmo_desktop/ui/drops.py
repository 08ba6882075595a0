"""Files dropped on a window: which one is opened, and a sentence for those that are not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(data: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def choose_path(paths: Sequence[Path], wanted: Collection[str]) -> Path | None:
    """The first of a wanted kind (endings in small letters)."""
    return next((path for path in paths if path.suffix.lower() in wanted and not path.is_dir()), None)


def drop_words(paths: Sequence[Path], chosen: Path | None, what: str) -> str:
    """What to say of a drop: why nothing is opened, or which files wait; empty when there is nothing to say.

    `what` names the kinds that are opened: `a workbook`.
    """
    if not paths:
        return ""
    if chosen is None:
        first = paths[0]
        if first.is_dir():
            return f"“{first.name}” is a folder. Drop {what} out of it."
        return f"“{first.name}” is not {what}, so it was not opened."
    if len(paths) > 1:
        return f"One file at a time: “{chosen.name}” is opened. Drop the others after it."
    return ""
