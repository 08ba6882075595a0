"""Whatever takes long can be ended at any place: nothing is written then, and the same deed works again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange.grid import Workbook, read_workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.exports import export_registers
from pmo_desktop.operations.history import undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.sendouts import find_people, send_out
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store, create_store
from pmo_desktop.store.pace import Cancelled, listening

ROWS = 1_200
OPTIONS = ImportOptions(currency="GBP", money_unit="1")
HEADER = ["Ref", "Project name", "PM", "RAG", "Finish", "EAC", "Ward"]
NAMES = ["Priya Nair", "Tom Okafor", "Ann Lee", "A Lee", "Maria Diaz"]


@dataclass
class Ends:
    """Counts the places at which work can be ended, and ends it at one of them."""

    at: int = -1
    told: list[tuple[int, int, str]] = field(default_factory=list)

    def tell(self, *told: Any) -> None:
        """What is told."""
        self.told.append(told)
        if len(self.told) - 1 == self.at:
            raise Cancelled


def write_register(path: Path, *, later: bool = False) -> Path:
    """Some thousands of projects; `later` is the month after, with other amounts, rows gone and names changed."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.append(HEADER)
    for number in range(30 if later else 0, ROWS):
        name = f"Bridge {number}" + (" renewed" if later and number % 100 == 0 else "")
        eac = number * 1000 + (5 if later and number % 7 == 0 else 0)
        sheet.append(
            [f"A-{number}", name, NAMES[number % 5], "Green", "12 Mar 2027" if number % 9 else "soon", eac, number % 40]
        )
    book.save(path)
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {
        "first": write_register(folder / "register.xlsx"),
        "later": write_register(folder / "later.xlsx", later=True),
    }


@pytest.fixture(scope="module")
def filled(files: dict[str, Path]) -> Iterator[Store]:
    """A portfolio that holds the first month."""
    store = create_memory_store(currency="GBP")
    apply_plan(store, plan_import(store, read_workbook(files["first"]), OPTIONS))
    yield store
    store.close()


def state(store: Store) -> list[str]:
    """All that a portfolio holds."""
    with store.lock:
        assert not store.raw.in_transaction
        assert (store.writing, store.snapshot) == (None, None)
        return list(store.raw.iterdump())


Deed = Callable[[], object]


def plan_of(store: Store, book: Workbook) -> Plan:
    return plan_import(store, book, OPTIONS)


DEEDS = ["plan", "apply", "undo", "export", "send out", "plan an export", "plan an answer"]


@pytest.fixture(scope="module", params=DEEDS)
def deed(request: pytest.FixtureRequest, filled: Store, files: dict[str, Path], tmp_path_factory: Any) -> Deed:
    """One long deed; each call does it whole, unless it is ended."""
    folder = tmp_path_factory.mktemp("out")
    later = read_workbook(files["later"])  # beforehand: how often that is told of depends on its time

    def send() -> Path:
        shutil.rmtree(folder / "sent", ignore_errors=True)
        (folder / "sent").mkdir()
        return send_out(filled, find_people(filled, []), folder / "sent")[0].path

    if request.param == "plan":
        return lambda: plan_of(filled, later)
    if request.param == "apply":
        return lambda: apply_plan(filled, plan_of(filled, later))
    if request.param == "undo":
        done = apply_plan(filled, plan_of(filled, later))
        assert done.batch
        number = done.batch
        return lambda: undo_batch(filled, number)
    if request.param == "export":
        return lambda: export_registers(filled, folder / "out.xlsx")
    if request.param == "send out":
        return send
    path = send() if request.param == "plan an answer" else export_registers(filled, folder / "back.xlsx").path
    back = read_workbook(path)
    return lambda: plan_of(filled, back)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 0.98))
def test_a_deed_ended_anywhere_leaves_nothing_and_works_again(
    deed: Deed, filled: Store, places: int, share: float
) -> None:
    before = state(filled)
    ends = Ends(at=int(share * (places - 1)))
    with pytest.raises(Cancelled), listening(ends.tell, every=0):
        deed()
    assert len(ends.told) == ends.at + 1  # it ended there and then
    assert state(filled) == before


@pytest.fixture(scope="module")
def places(deed: Deed, filled: Store) -> int:
    """At how many places the deed can be ended; what it writes is taken back."""
    ends = Ends()
    newest = filled.raw.execute("SELECT max(id) FROM batch").fetchone()[0]
    with listening(ends.tell, every=0):
        deed()
    after = filled.raw.execute("SELECT max(id) FROM batch").fetchone()[0]
    if after > newest:
        undo_batch(filled, after)
    assert len(ends.told) > 10
    return len(ends.told)


def test_every_part_of_an_import_has_its_words(files: dict[str, Path], tmp_path: Path) -> None:
    ends = Ends()
    store = create_store(tmp_path / "small.pmo", "ann")
    with listening(ends.tell, every=0):
        apply_plan(store, plan_of(store, read_workbook(files["first"])))
    with listening(ends.tell, every=0):
        done = apply_plan(store, plan_of(store, read_workbook(files["later"])))
    assert done.batch
    with listening(ends.tell, every=0):
        undo_batch(store, done.batch)
    store.close()
    assert list(dict.fromkeys(what for *_, what in ends.told)) == [
        "Reading the file",
        "Reading the portfolio",
        "Finding tables",
        "Comparing rows",
        "Looking for what vanished",
        "Making a backup",
        "Writing rows",
        "Remembering what the file said",
        "Saving",
        "Reading what was written",
        "Taking rows back",
    ]
    compared = [done for done, of, what in ends.told if what == "Comparing rows" and of == ROWS]
    assert compared[0] == 0
    assert compared[-1] == ROWS
    assert len(set(compared)) > 8


def test_no_file_is_left_of_an_export_that_was_ended(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for at in (0, 5, 500, 3_000):
        with pytest.raises(Cancelled), listening(Ends(at).tell, every=0):
            export_registers(filled, folder / "out.xlsx")
    assert list(folder.iterdir()) == []
