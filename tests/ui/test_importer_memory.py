"""Answers are remembered by the form of a file, and only those that a later file can use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from pmo_desktop.exchange.plan import ImportOptions, Struck
from pmo_desktop.ui.importer.memory import form_of, recall, remember
from tests.ui.importstage import small_plan


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_a_form_is_its_headers_in_any_order_and_case() -> None:
    plan, other = small_plan(), small_plan()
    other.tables[0].columns = [replace(each, header=each.header.upper()) for each in reversed(other.tables[0].columns)]
    other.tables[0].sheet = "Another sheet"
    assert form_of(plan) == form_of(other)
    other.tables[0].columns.pop()
    assert form_of(plan) != form_of(other)


def test_answers_come_back_but_for_single_cells_and_rows(settings: QSettings) -> None:
    given = ImportOptions(
        columns={"Cluster": "department"},
        values={"rag_overall": {"Gren": "G"}, "custom.1": {"x": "y"}},
        money_unit="m",
        day_first=True,
        hidden=False,
        struck=Struck.LEAVE,
        fixes={"Register!F5": "x"},
        skip=frozenset({"Register!5"}),
    )
    remember(settings, "form", "October.xlsx", given)
    found = recall(settings)["form"]
    kept = replace(given, fixes={}, skip=frozenset(), values={"rag_overall": {"Gren": "G"}})
    assert (found.file, found.options) == ("October.xlsx", kept)
    assert found.options.struck is Struck.LEAVE


def test_no_answers_are_not_worth_keeping(settings: QSettings) -> None:
    remember(settings, "form", "October.xlsx", ImportOptions(money_unit="k"))
    remember(settings, "form", "November.xlsx", ImportOptions())
    assert recall(settings) == {}


def test_the_oldest_form_is_forgotten_first(settings: QSettings) -> None:
    for number in range(35):
        remember(settings, f"form {number}", "October.xlsx", ImportOptions(money_unit="k"))
    assert len(recall(settings)) == 30
    assert "form 34" in recall(settings)


@pytest.mark.parametrize(
    "kept", ["no JSON", "[]", '{"form": {"file": "x"}}', '{"form": {"file": "x", "on": "y", "options": {}}}']
)
def test_what_cannot_be_read_counts_as_not_remembered(settings: QSettings, kept: str) -> None:
    settings.setValue("import/answers", kept)
    assert recall(settings) == {}
