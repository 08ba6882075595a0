"""Properties of the file: where it lies, how large it and its journal are, its backups, its schema and engine."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pmo_desktop.rules.wording import count_text
from pmo_desktop.store.properties import Properties
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row
from pmo_desktop.ui.firstrun import when_words
from pmo_desktop.ui.label import label

_UNITS = ("bytes", "kB", "MB", "GB")


class PropertiesDialog(Dialog):
    """Facts to read and to copy."""

    def __init__(self, facts: Properties, parent: QWidget | None = None) -> None:
        super().__init__("Properties", parent)
        form = self.add_form()
        for name, text in list_facts(facts):
            add_row(form, name, _selectable(text))


def list_facts(facts: Properties) -> list[tuple[str, str]]:
    """The facts as words, in the order of asking."""
    backup = when_words(facts.last_backup) if facts.last_backup else "None yet"
    if facts.last_backup and facts.same_disk:
        backup += ", on the same disk as the file. Name a second place in Preferences."
    journal = (
        f"{count_text(facts.batches, 'step')}, {count_text(facts.changes, 'change')}, {size_words(facts.journal_size)}"
    )
    return [
        ("File", str(facts.path) if facts.path else "A copy in memory"),
        ("Where it lies", facts.place),
        ("Size", size_words(facts.size)),
        ("Journal", journal),
        ("Last backup", backup),
        ("Backups lie in", str(facts.backup_folder) if facts.backup_folder else "–"),
        ("Schema", facts.schema),
        ("SQLite", f"{facts.sqlite}. {facts.engine_note}"),
        ("Protection", "The file is not encrypted; use the disk encryption of your system."),
    ]


def size_words(size: float) -> str:
    """A size in the unit that reads best: 640 kB, 12.3 MB."""
    unit = 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size /= 1000
        unit += 1
    return f"{size:,.0f} {_UNITS[unit]}" if unit < 2 or size >= 100 else f"{size:,.1f} {_UNITS[unit]}"


def _selectable(text: str) -> QLabel:
    made = label(text, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setMinimumWidth(420)
    return made
