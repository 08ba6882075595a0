"""Preferences: what one person likes on this computer. Everything takes effect at once; nothing is in the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row, as_widget
from pmo_desktop.ui.state import read_bool, write_theme
from pmo_desktop.ui.theme import DENSITIES, SCALES, THEMES, Theme

_THEME_WORDS = {"system": "As the system", "light": "Light", "dark": "Dark"}
_DENSITY_WORDS = {"compact": "Compact", "default": "Default", "comfortable": "Comfortable"}


class Preferences(Dialog):
    """Look, text size, motion, the person's name in histories, and a second place for backups."""

    def __init__(self, state: QSettings, theme: Theme, system_name: str, parent: QWidget | None = None) -> None:
        super().__init__("Preferences", parent)
        self._state, self._theme = state, theme
        form = self.add_form()
        self.theme = choice([_THEME_WORDS[each] for each in THEMES], THEMES.index(theme.choice))
        self.theme.currentIndexChanged.connect(lambda index: theme.set_name(THEMES[index]))
        add_row(form, "Colours", self.theme)
        self.density = choice([_DENSITY_WORDS[each] for each in DENSITIES], DENSITIES.index(theme.density))
        self.density.currentIndexChanged.connect(lambda index: theme.set_density(DENSITIES[index]))
        add_row(form, "Rows of tables", self.density)
        nearest = min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - theme.scale))
        self.scale = choice([f"{each} %" for each in SCALES], nearest)
        self.scale.currentIndexChanged.connect(lambda index: theme.set_scale(SCALES[index]))
        add_row(form, "Text size", self.scale)
        self.motion = QCheckBox("Do without movement")
        self.motion.setChecked(read_bool(state, "look/reduced_motion"))
        self.motion.toggled.connect(self._set_motion)
        add_row(form, "Motion", self.motion)
        self.person = QLineEdit(str(state.value("person/name", "")))
        self.person.setPlaceholderText(system_name)
        self.person.editingFinished.connect(lambda: state.setValue("person/name", self.person.text().strip()))
        add_row(form, "Your name", self.person, "Stands in the history beside what you change, from the next opening")
        self.place = QLineEdit(str(state.value("backup/second_place", "")))
        self.place.setPlaceholderText("None")
        self.place.setReadOnly(True)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(Button("Choose…", slot=self._choose_place))
        row.addWidget(Button("Clear", kind="ghost", slot=lambda: self._set_place("")))
        self.place.setAccessibleName("Second place for backups")
        add_row(form, "Second backup", as_widget(row), "Every verified backup is copied there as well")
        self.body.addStretch(1)

    def done(self, result: int) -> None:
        """Remember the look."""
        self._state.setValue("person/name", self.person.text().strip())
        write_theme(self._state, self._theme)
        super().done(result)

    def _set_motion(self, reduced: bool) -> None:
        self._theme.set_reduced_motion(reduced)
        self._state.setValue("look/reduced_motion", reduced)

    def _choose_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Second place for backups", str(Path.home()))
        if chosen:
            self._set_place(chosen)

    def _set_place(self, place: str) -> None:
        self.place.setText(place)
        self._state.setValue("backup/second_place", place)


def choice(words: list[str], index: int) -> QComboBox:
    """A list to choose one of."""
    made = QComboBox()
    made.addItems(words)
    made.setCurrentIndex(index)
    return made
