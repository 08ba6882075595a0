"""One banding, one count: matrix, list, pack, export and command line say the same of the same risks."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.cli_risks import describe_risks
from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.riskbook import read_risk_book
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.operations.exports import export_registers
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.listing import list_register
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.reports.subject import read_subject
from pmo_desktop.rules.words import OVER, RiskStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.matrix.panel import MatrixPanel
from pmo_desktop.ui.panes.risks import chip_of
from pmo_desktop.ui.theme import Theme
from tests.conftest import SHARED_DATA

Fill = Callable[[Store, Path], None]


def sample(store: Store, _shared: Path) -> None:
    load_sample(store)


def workbook(*places: str) -> Fill:
    """Bring in the workbooks at these places of the shared data, one after the other."""

    def fill(store: Store, shared: Path) -> None:
        found = [path for place in places for path in sorted(shared.glob(place))]
        if not found:
            pytest.skip(f"no {places[0]} beside this checkout")
        for path in found:
            apply_plan(store, plan_import(store, read_workbook(path)))

    return fill


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store()
    yield opened
    opened.close()


SOURCES: dict[str, Fill] = {
    "the sample": sample,
    "a student project's register": workbook("risks/*.xlsx"),
    "a handbook": workbook("projects/packt_tpm_tables.xlsx"),
    "two months": workbook("monthly/Portfolio register Jan 2026.xlsx", "monthly/Portfolio register Feb 2026.xlsx"),
}


@pytest.mark.parametrize("source", SOURCES)
def test_matrix_list_pack_export_and_command_line_count_alike(
    store: Store, source: str, tmp_path: Path, qtbot: QtBot
) -> None:
    SOURCES[source](store, SHARED_DATA)
    over = OVER[RiskStatus]
    listed = [row for row in list_register(store, BY_NAME["risks"]) if row["status"] not in over]
    bands = Counter(row["band"] for row in listed)
    assert sum(bands.values())
    book = read_risk_book(store)
    assert Counter(each.now.band if each.now else None for each in book.risks) == bands
    assert {name: count for name, count in book.bands.items() if count} == {k: n for k, n in bands.items() if k}
    assert read_subject(store).risks.bands == book.bands
    panel = MatrixPanel(Theme("light"))
    qtbot.addWidget(panel)
    panel.show_risks([chip_of(each) for each in book.risks], book.scheme, book.above_cells(), book.appetite)
    plotted = sum(1 if each.chip else len(each.hidden) for each in panel.board.placed)
    assert plotted == sum(count for name, count in bands.items() if name)
    options = argparse.Namespace(simulate=False, json=True)
    told, _ = describe_risks(store, options)
    assert {name: count for name, count in told["bands"].items() if count} == {k: n for k, n in bands.items() if k}
    assert (told["open"], told["not_rated"]) == (len(listed), bands[None])
    path = export_registers(store, tmp_path / "risks.xlsx", ["risks"]).path
    header, *rows = openpyxl.load_workbook(path)["Risks"].iter_rows(values_only=True)
    places = {name: header.index(name) for name in ("Band", "Status", "Score")}
    written = [row for row in rows if row[places["Status"]] not in over]
    assert Counter(row[places["Band"]] for row in written) == bands
    scores = [float(str(row[places["Score"]])) for row in written if row[places["Score"]] is not None]
    assert sum(scores) == sum(row["score"] for row in listed if row["score"] is not None)
