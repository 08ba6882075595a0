"""What a pane or dialog is given: the file, the look, the commands, and ways to speak and to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QSettings

from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.theme import Theme

if TYPE_CHECKING:  # the store must not be imported before the first frame
    from pmo_desktop.store.file import Store


class Toast(Protocol):
    """Says what happened at the bottom of the window, with one action such as Undo, for eight seconds."""

    def __call__(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None: ...


class Progress(Protocol):
    """Tells how far work has come, from any thread; raises Cancelled when the person has cancelled."""

    def __call__(self, done: int, of: int, what: str = "") -> None: ...


class Run(Protocol):
    """Runs work off the window's thread; `done` gets its result in the window's thread, `failed` a Known."""

    def __call__(
        self,
        label: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None: ...


class Read(Protocol):
    """Reads beside whatever runs; `done` gets the result in the window's thread, `failed` an error."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None: ...


class Navigate(Protocol):
    """Shows a pane by name, and in it a record."""

    def __call__(self, pane: str, row_id: str | None = None) -> None: ...


class ImportFile(Protocol):
    """Opens the import of a workbook; without a path it asks for one first."""

    def __call__(self, path: Path | None = None) -> None: ...


@dataclass(slots=True)
class Context:
    """Everything a pane may use. One per open file."""

    store: Store
    theme: Theme
    actions: ActionRegistry
    settings: QSettings
    toast: Toast
    say: Callable[[str], None]  # a sentence in the status bar
    run: Run
    read: Read
    navigate: Navigate
    import_file: ImportFile
