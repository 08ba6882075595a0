"""The dialog of a simulation: figures, charts in words, what is left out, and trials to check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.store.file import Store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.exposure import ExposureDialog
from pmo_desktop.ui.panes.risks import RiskPane
from tests.builders import a_project, a_row


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


def a_risk(store: Store, ref: str, **values: Any) -> str:
    plain = {"prob_residual": 3, "impact_residual": 3, "cost_min": 100_000, "cost_likely": 400_000, "cost_max": 900_000}
    return a_row(store, "risk", ref=ref, title=f"Risk {ref}", **(plain | values))


@pytest.fixture
def filled(sample: Store) -> Store:
    alpha = a_project(sample, "Alpha", ref="ZZ-1", contingency=100_000)
    a_risk(sample, "R-1", project=alpha, days_likely=4.0)
    a_risk(sample, "R-2", cost_max=5_000_000)
    a_risk(sample, "R-3", cost_min=None, cost_likely=None, cost_max=None)
    return sample


def opened(desk: Desk, qtbot: QtBot) -> ExposureDialog:
    """The dialog as the command opens it, with its figures."""
    desk.show("risks")
    pane = desk.window.pane
    assert isinstance(pane, RiskPane)
    desk.context.actions["risk.simulate"].trigger()
    dialog = pane.dialog
    assert isinstance(dialog, ExposureDialog)
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=10_000)
    return dialog


def test_the_dialog_says_what_80_of_100_outcomes_stay_within(filled: Store, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    assert dialog.sentence.text().startswith("80 of 100 simulated outcomes cost at most £")
    assert "is held" in dialog.sentence.text()
    assert "2 risks, 10,000 outcomes, seed 1." in dialog.note.text()
    assert "1 open risk left out: It has neither a cost nor days." in dialog.note.text()
    assert dialog.curve.accessibleName().startswith("S-curve: P10 £")
    assert dialog.tornado.accessibleName().startswith("What drives the spread: R-2")
    assert not dialog.grab().isNull()


def test_days_are_another_unit(filled: Store, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    assert dialog.units is not None
    dialog.units.buttons["days"].click()
    assert dialog.sentence.text() == "80 of 100 simulated outcomes delay by at most 4.0 d."
    assert not dialog.grab().isNull()


def test_another_seed_is_simulated_anew_and_the_same_one_is_not(filled: Store, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    first = dialog.report
    dialog.run()
    assert dialog.report is first
    dialog.seed.setValue(7)
    dialog.seed.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.report is not None and dialog.report.seed == 7, timeout=10_000)
    dialog.together.setCurrentIndex(2)
    qtbot.waitUntil(lambda: dialog.report is not first, timeout=10_000)


def test_a_register_without_ranges_says_so(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, qtbot)
    assert "nothing can be simulated" in dialog.sentence.text()
    assert not dialog.export_button.isEnabled()
    assert not dialog.grab().isNull()


def test_the_trials_are_exported_and_a_place_that_cannot_be_written_is_said(
    filled: Store, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(desk, qtbot)
    out = tmp_path / "trials.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.export_button.click()
    assert openpyxl.load_workbook(out)["Trials GBP"].max_row == 10_001
    assert dialog.report is not None
    dialog.write(tmp_path / "trials.xlsx" / "again.xlsx", dialog.report)
    assert dialog._message is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.export_button.click()


def test_contingency_to_spare_is_said_and_lies_beyond_the_curve(filled: Store, desk: Desk, qtbot: QtBot) -> None:
    a_project(filled, "Rich", ref="ZZ-2", contingency=900_000_000)
    dialog = opened(desk, qtbot)
    assert "to spare" in dialog.sentence.text()
    assert not dialog.grab().isNull()
