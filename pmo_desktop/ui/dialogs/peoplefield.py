"""A field that names one person, or nobody."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QComboBox, QWidget

from pmo_desktop.rules.words import RecordStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows

_MOST_SHOWN = 16


def people_in_use(store: Store) -> list[tuple[str, str]]:
    """Id and name of everybody who is still there, by name."""
    found = [(row["id"], row["name"]) for row in read_rows(store, "person") if row["status"] != RecordStatus.CLOSED]
    return sorted(found, key=lambda each: each[1].casefold())


class PeopleField(QComboBox):
    """Typing a beginning finds a person; `person` is an id, None for nobody."""

    def __init__(
        self,
        people: Collection[tuple[str, str]],
        chosen: str | None = None,
        nobody: str = "Nobody",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.addItem(nobody, None)
        for identity, name in people:
            self.addItem(name, identity)
        self.choose(chosen)

    @property
    def person(self) -> str | None:
        """Who is chosen."""
        found = self.currentData()
        return None if found is None else str(found)

    def choose(self, person: str | None) -> None:
        """Choose a person; somebody who is not offered is nobody."""
        self.setCurrentIndex(max(0, self.findData(person)) if person else 0)
