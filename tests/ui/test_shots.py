"""Pictures of every pane: made without a screen, of the size asked for, in the theme asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.store.file import Store
from pmo_desktop.ui.places import PLACES
from pmo_desktop.ui.shots import still_picture, take_shots
from pmo_desktop.ui.theme import Theme


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_there_is_a_picture_of_every_pane(qapp: QApplication, sample: Store, tmp_path: Path, theme: str) -> None:
    made = take_shots(sample, tmp_path / "out", theme, (1280, 720))
    assert [path.name for path in made] == [
        f"{theme}_first_run.png",
        *(f"{theme}_{place.name}.png" for place in PLACES),
    ]
    for path in made:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1280, 720)
        colours = {picture.pixelColor(x, y).rgb() for x in range(0, 1280, 40) for y in range(0, 720, 24)}
        assert len(colours) > 4, path.name
        assert Theme(theme).color("bg_window").rgb() in colours or path.name.endswith(("reports.png", "s.png"))
    assert not sample.closed


def test_a_picture_waits_until_nothing_moves_any_more(qtbot: QtBot) -> None:
    moving = QLabel("0")
    qtbot.addWidget(moving)
    timer, steps = QTimer(moving, interval=40), iter(range(1, 9))

    def step() -> None:
        number = next(steps, None)
        if number is None:
            timer.stop()
        else:
            moving.setText(str(number))

    timer.timeout.connect(step)
    timer.start()
    picture = still_picture(moving)
    assert moving.text() == "8"
    assert picture == moving.grab().toImage()
