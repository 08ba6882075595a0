"""The tabs of a family: each with its count, which gives way where there is no room for all."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.store.file import Store
from pmo_desktop.ui.family import FamilyBar, family_of
from tests.builders import a_project, a_row
from tests.ui.stage import dressed


@pytest.fixture
def bar(qtbot: QtBot, empty: Store) -> FamilyBar:
    dressed()
    made = FamilyBar(family_of("governance"), "governance")
    qtbot.addWidget(made)
    a_row(empty, "deliverable", project=a_project(empty), name="Brief", custom={})
    made.resize(1400, 40)
    made.show()
    made.show_counts(empty)
    return made


def texts(bar: FamilyBar) -> list[str]:
    return [bar.tabs.tabText(at) for at in range(bar.tabs.count())]


def test_the_governance_pane_leads_its_registers(bar: FamilyBar) -> None:
    assert texts(bar)[:3] == ["Governance", "Gate reviews", "Deliverables  1"]
    assert family_of("gate_reviews") == family_of("governance")


def test_counts_give_way_to_names_and_come_back(bar: FamilyBar) -> None:
    bar.resize(500, 40)
    QApplication.processEvents()
    assert "Deliverables" in texts(bar)
    assert bar.tabs.tabToolTip(2) == "Deliverables, 1"
    bar.resize(1400, 40)
    QApplication.processEvents()
    assert texts(bar)[2] == "Deliverables  1"
