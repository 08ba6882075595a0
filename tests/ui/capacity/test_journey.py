"""The grid driven by the keyboard alone: unfold, type, fill, paste, shift, and all of it undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.builders import state_hash
from tests.ui.capacitystage import CapacityStage

Key, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_a_morning_at_the_grid_and_everything_undone(stage: CapacityStage) -> None:
    before = state_hash(stage.store)
    assert stage.names == ["Data", "Chris Obi", "Dev Patel", "No team", "Ivo Marin"]
    assert stage.pane.view.line is stage.line("Chris Obi")
    stage.press(Key.Key_Space)
    assert stage.names[1:4] == ["Chris Obi", "Alpha", "Beta"]
    stage.press(Key.Key_Down)
    stage.enter("2d")
    assert stage.text("Chris Obi", "Alpha") == "2"
    assert stage.text("Chris Obi") == "100"
    stage.press(Key.Key_Up)
    stage.press(Key.Key_Right, SHIFT)
    stage.press(Key.Key_Right, SHIFT)
    stage.perform("edit.fill_right")
    assert stage.texts("Chris Obi", "Alpha", count=4) == ["2", "2", "2", "3"]
    QGuiApplication.clipboard().setText("1\t0.5\n2.5\t50%\n")
    stage.go("Chris Obi", "Alpha")
    stage.perform("edit.paste")
    assert stage.texts("Chris Obi", "Alpha", count=3) == ["1", "0.5", "2"]
    assert stage.texts("Chris Obi", "Beta", count=3) == ["2.5", "2.5", "3"]
    stage.go("Chris Obi", "Beta")
    stage.press(Key.Key_Right, ALT)
    assert stage.texts("Chris Obi", "Beta", count=2)[0] == ""
    steps = 0
    while state_hash(stage.store) != before:
        stage.undo()
        steps += 1
        assert steps < 10
    assert steps == 4
    assert stage.texts("Chris Obi", "Alpha", count=4) == ["3", "3", "3", "3"]
