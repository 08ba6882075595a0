"""Size, methodology and what is left out are one step, which undo takes back as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmo_desktop.figures.sizing import propose_method
from pmo_desktop.figures.tailoring import read_tailoring
from pmo_desktop.operations.fitting import Fitting, fit_project
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.sizing import SCALES
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_person, a_project, state_hash
from tests.twosteps import DAY, FIRST, approved

SMALL = dict.fromkeys((each.name for each in SCALES), 1)


def test_a_project_is_sized_and_gets_its_methodology_and_does_without_something_in_one_step(store: Store) -> None:
    project, version, ann = a_project(store), approved(store), a_person(store, "Ann Lee")
    before = state_hash(store)
    fitting = Fitting(SMALL, version, without={"study"}, without_reason=" Known already. ", by=ann)
    fit_project(store, project, fitting, DAY)
    row = read_row(store, "project", project)
    assert row is not None
    assert (row["tier"], row["methodology"]) == ("Tier 3", version)
    outputs = {each["code"]: each for each in read_rows(store, "deliverable")}
    assert (outputs["study"]["status"], outputs["brief"]["status"]) == ("Not needed", "Not started")
    assert (outputs["brief"]["mandatory"], outputs["risks"]["mandatory"]) == (True, False)  # by the new tier
    (line,) = read_tailoring(store, project, DAY)
    assert (line.code, line.reason, line.requested_by, line.until) == ("study", "Known already.", "Ann Lee", None)
    assert latest_batches(store)[0].what == "Size Alpha and apply Two steps 1.0"
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"without": {"study"}}, "say why the project does without"),
        ({"without": {"brief"}, "without_reason": "no"}, "Brief cannot be left out of a project of Tier 3"),
        ({"scores": {"cost": 1}}, "has no size yet"),
        ({"tier": "Tier 1"}, "say why it is Tier 1"),
    ],
)
def test_what_stands_against_it_is_said_and_nothing_changes(
    store: Store, changes: dict[str, object], told: str
) -> None:
    project, version = a_project(store), approved(store)
    before = state_hash(store)
    with pytest.raises(Known, match=told):
        fit_project(store, project, replace(Fitting(SMALL, version), **changes), DAY)  # type: ignore[arg-type]
    assert state_hash(store) == before


def test_another_tier_is_chosen_with_a_reason_and_binds_what_is_created(store: Store) -> None:
    project, version = a_project(store), approved(store)
    fit_project(store, project, Fitting(SMALL, version, "Tier 1", "The press watches."), DAY)
    (sizing,) = read_rows(store, "sizing")
    assert (sizing["tier"], sizing["reason"]) == ("Tier 1", "The press watches.")
    assert {each["code"] for each in read_rows(store, "deliverable") if not each["mandatory"]} == {"study"}


def test_a_tier_it_is_about_to_get_decides_which_methodology_comes_first(store: Store) -> None:
    project = a_project(store, tier="Tier 2")
    approved(store)
    approved(store, replace(FIRST, code="light", name="Light", tier="Tier 3"))
    assert [each.method.name for each in propose_method(store, project)] == ["Two steps", "Light"]
    assert [each.method.name for each in propose_method(store, project, "Tier 3")] == ["Light", "Two steps"]
